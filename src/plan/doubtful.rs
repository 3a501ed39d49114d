//! What options that are not verified would bring, after all items of the plan.

use crate::analysis::{Analysis, handoffs};
use crate::model::Range;

use super::candidates::{Candidate, Subject, Unverified};
use super::effort::sum;
use super::maker::Maker;
use super::problem::{LEAST_EFFORT, find};
use super::value::{Account, Change};

/// Options that are not verified and that are given a value: each takes a stack that is built and analyzed.
const MOST_DOUBTFUL: usize = 24;

/// What building something that is not verified would bring, after all items of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubtful {
    /// Its place among [`Candidates::unverified`](super::candidates::Candidates::unverified).
    pub place: usize,
    /// What it would earn a year, running cost not taken off; `None` where that was not looked at.
    pub value: Option<Range<f64>>,
}

impl Maker<'_> {
    /// What each option that is not verified would bring after the items that are `built`, whose account is `before` and
    /// which are worth `worth` besides; and whether each was looked at.
    pub(super) fn doubtful(&self, built: &[&Candidate], before: &Account, worth: f64) -> (Vec<Doubtful>, bool) {
        let stack = self.site.analysis.stack;
        let by_hand = |one: &Unverified| -> f64 {
            let links = one.candidate.subjects.iter().filter_map(|subject| match subject {
                Subject::Link(at) => Some(&self.site.links[*at]),
                _ => None,
            });
            let steps =
                links.flat_map(|link| &link.steps).filter_map(|step| handoffs::effort(stack, stack.flow(*step)));
            steps.map(|effort| effort.hours.likely.0).sum()
        };
        let all = &self.found.unverified;
        let mut order: Vec<(f64, usize)> = all.iter().enumerate().map(|(at, one)| (by_hand(one), at)).collect();
        order.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        let priced = MOST_DOUBTFUL.min(self.budget.trials);
        let mut found: Vec<(f64, Doubtful)> = Vec::new();
        for (rank, (_, place)) in order.into_iter().enumerate() {
            let one = &all[place];
            let value = (rank < priced).then(|| self.value_of(&one.candidate, built, before, worth));
            let days: f64 = one.checks.iter().map(|check| sum(&check.effort).likely).sum();
            let rate = value.map_or(0.0, |value| value.likely / days.max(LEAST_EFFORT));
            found.push((rate, Doubtful { place, value }));
        }
        found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.place.cmp(&other.place)));
        (found.into_iter().map(|(_, one)| one).collect(), all.len() <= priced)
    }

    /// What a candidate earns a year when it comes, with what it needs, after those that are `built`.
    fn value_of(&self, one: &Candidate, built: &[&Candidate], before: &Account, worth: f64) -> Range<f64> {
        let needs = one.needs.iter().filter_map(|need| find(&self.found.all, need));
        let more = needs.filter(|need| !built.iter().any(|known| known.id == need.id)).chain([one]);
        let all: Vec<&Candidate> = built.iter().copied().chain(more).collect();
        let target = self.site.build(&all);
        let now = Account::of(&Analysis::of(&target.stack), self.runs);
        let change = Change::between(before, &now, self.site.worth(&target) - worth, self.settings);
        let gone = before.without_those_of(&now);
        self.value_range([before, &now], &gone, &change)
    }
}
