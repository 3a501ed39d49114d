//! What the plan chosen now is worth under an answer: its items built one after the other, each stack analyzed.

use crate::analysis::Analysis;
use crate::plan::Plan;
use crate::plan::building::Site;
use crate::plan::candidates::Candidate;
use crate::plan::effort::sum;
use crate::plan::problem::{LEAST_EFFORT, find, is_buildable};
use crate::plan::quota::together;
use crate::plan::settings::{Unit, WEEKS_A_YEAR};
use crate::plan::value::{Account, Change};

/// How much more an entry of a stack that is built and analyzed takes than an item at a node of the search.
const BUILT: usize = 8;

/// A stack under an answer, with its plan, which says what can be built.
pub(super) struct ValueNow<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) best: &'a Plan,
}

/// What has been built so far.
struct So<'c> {
    built: Vec<&'c Candidate>,
    /// When the last of it is finished, in weeks.
    time: f64,
    spent: f64,
    earned: f64,
}

impl ValueNow<'_> {
    /// What the items called `now` gain within the horizon, in this order, without those that the answer forbids: what
    /// cannot be built under it, or finds no place within horizon, budget and quotas any more. `None` where `work` does not
    /// reach, counted as [`Plan::work`] is.
    pub(super) fn of(&self, now: &[&str], work: &mut usize) -> Option<f64> {
        let stack = self.analysis.stack;
        let settings = &self.best.settings;
        let site = Site::of(self.analysis, &self.best.links);
        let runs = |process: &str| stack.find_process(process).is_some_and(|ix| self.analysis.runs(ix));
        let mut before = (Account::of(self.analysis, &runs), 0.0);
        let mut so = So { built: Vec::new(), time: 0.0, spent: 0.0, earned: 0.0 };
        for id in now {
            let Some(next) = self.fits(id, &so) else { continue };
            let took = BUILT * stack.count_entries();
            if took > *work {
                *work = 0;
                return None;
            }
            *work -= took;
            (so.time, so.spent) = self.cost(next, &so);
            so.built.push(next);
            let built = site.build(&so.built);
            let worth = site.worth(&built);
            let after = Account::of(&Analysis::of(&built.stack), &runs);
            let change = Change::between(&before.0, &after, worth - before.1, settings);
            so.earned += change.total() * (settings.horizon.0 - so.time) / WEEKS_A_YEAR;
            before = (after, worth);
        }
        Some(so.earned - so.spent)
    }

    /// The candidate, where it can be built next.
    fn fits(&self, id: &str, so: &So<'_>) -> Option<&Candidate> {
        let all = &self.best.candidates.all;
        let next = find(all, id).filter(|one| is_buildable(all, one))?;
        let has = |need: &String| so.built.iter().any(|one| one.id == *need);
        let (time, spent) = self.cost(next, so);
        let settings = &self.best.settings;
        let is_within = time <= settings.horizon.0 && settings.budget.is_none_or(|budget| spent <= budget.0);
        let quotas = || so.built.iter().copied().chain([next]).map(|one| one.quotas.as_slice());
        let is_allowed = || together(quotas()).iter().all(|quota| quota.left() >= 0.0);
        (next.needs.iter().all(has) && is_within && is_allowed()).then_some(next)
    }

    /// When it would be finished, and what would have been spent within the horizon.
    fn cost(&self, next: &Candidate, so: &So<'_>) -> (f64, f64) {
        let settings = &self.best.settings;
        let effort = sum(&next.effort).likely.max(LEAST_EFFORT);
        let time = so.time + effort / settings.capacity.0;
        let running = match settings.unit {
            Unit::Money => sum(&next.running).likely,
            // What running costs is money, which no hours are worth.
            Unit::Hours => 0.0,
        };
        let running = running * (settings.horizon.0 - time).max(0.0) / WEEKS_A_YEAR;
        (time, so.spent + effort * settings.day_rate.likely.0 + running)
    }
}
