//! Obligations: findings that a plan holds an answer to, whatever that pays.

use std::collections::BTreeSet;
use std::sync::Arc;

use sinew_order::{Index, List, OrderError};

use super::ahead;
use super::cut::Cut;
use super::judge::{Asker, Judge, Looks, Thing};
use super::must::{Goal, Must};
use super::pool::{Pool, Set};
use super::smallest::Smallest;
use crate::analysis::stage::Obstacle;
use crate::analysis::{Finding, rules};
use crate::plan::budget::Budget;
use crate::plan::building::Site;
use crate::plan::candidates::{CandidateIx, Candidates, Subject};
use crate::plan::covering::Trials;
use crate::plan::gap::GapIx;
use crate::plan::problem::Problem;
use crate::plan::settings::{Options, Settings};

/// Looks that what takes one thing away takes at least, where candidates are not looked at by themselves: most often one candidate
/// of a hundred does, and is found by halving.
const LOOKS_EACH: usize = 8;

/// An obligation that has an answer and is in no plan beside those before it.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The finding, by id.
    pub finding: String,
    /// The smallest settings with which a plan holds it beside all that this one holds; `None` where none would do.
    pub smallest: Option<Smallest>,
}

/// The obligations of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Obligations {
    /// The findings that the plan holds an answer to, in the order of findings.
    pub held: Vec<String>,
    /// Those of them of which it only finds out whether an answer can be built.
    pub only_verified: Vec<String>,
    /// The items of the plan that answer them first, with what these need.
    pub items: BTreeSet<CandidateIx>,
    /// Those that it does not, in the order of findings.
    pub left_out: Vec<LeftOut>,
}

/// What the obligations are asked of.
pub(in crate::plan) struct Asked<'a> {
    pub(in crate::plan) gaps: &'a List<GapIx, Finding>,
    pub(in crate::plan) answers: &'a List<GapIx, Vec<Subject>>,
}

impl<'a> Must<'a> {
    /// What a plan of `found` at `site` may have to hold: nothing of it is looked for yet.
    pub(in crate::plan) fn of(
        site: &'a Site<'a>,
        found: &'a Candidates,
        settings: &'a Settings,
        options: &'a Options,
        asked: &Asked<'_>,
        budget: &Budget,
    ) -> Self {
        let is_asked = |finding: &&Finding| settings.obligations.contains(&finding.rule);
        let standing: BTreeSet<String> = asked.gaps.iter().filter(is_asked).map(|gap| gap.id.clone()).collect();
        let rules: Vec<_> = settings.obligations.iter().filter_map(|id| rules::find(id)).collect();
        let judge = Judge::of(site, rules, standing, Trials::most(budget.reach));
        let pool = Arc::new(Pool::of(found, &options.without));
        Self {
            found,
            settings,
            options,
            pool,
            judge,
            alone: false,
            cuts: Vec::new(),
            hopeless: Default::default(),
            memory: Default::default(),
        }
    }

    /// The obligations that have an answer, by id, in the order of findings; what answers them becomes cuts.
    pub(in crate::plan) fn find_obligations(&mut self, asked: &Asked<'_>) -> Obligations {
        let mut found = Obligations::default();
        let today = Set::new();
        let left = self.judge.left(&self.pool, &today);
        let is_obligation = |thing: &&Thing| matches!(thing.asker, Asker::Finding(_));
        let all: Vec<Thing> = left.iter().flat_map(|left| &left.things).filter(is_obligation).cloned().collect();
        let asks_more = self.options.frontier || self.settings.reach.is_some();
        let asked_for = if asks_more { left.as_ref().map_or(0, |left| left.things.len()) } else { all.len() };
        self.alone = asked_for * LOOKS_EACH >= self.pool.verified.len();
        ahead::answers(&self.pool, &mut self.judge, &today, &all, self.alone);
        for (at, gap) in asked.gaps.enumerate() {
            if !self.settings.obligations.contains(&gap.rule) {
                continue;
            }
            let asker = Asker::Finding(gap.id.clone());
            let things: Vec<Thing> =
                left.iter().flat_map(|left| &left.things).filter(|thing| thing.asker == asker).cloned().collect();
            let before = self.cuts.len();
            let is_known = !things.is_empty() && things.iter().all(|thing| self.learn(thing, &today).is_some());
            let is_hopeless = things.iter().any(|thing| self.hopeless.contains_key(thing));
            if is_hopeless {
                // An answer to a part of it is none.
                self.cuts.truncate(before);
            }
            if !is_known {
                self.guess(&asker, &asked.answers[at]);
            }
            if self.cuts.len() == before && self.verify(&asker, &asked.answers[at]) {
                found.only_verified.push(gap.id.clone());
            }
            if self.cuts.iter().any(|cut| cut.thing.asker == asker) {
                found.held.push(gap.id.clone());
            }
        }
        found
    }

    /// Those of the items built in this `order` that are there because of `obligations`: the first that answers each, with all
    /// that it needs.
    pub(in crate::plan) fn items_of(&self, obligations: &Obligations, order: &[CandidateIx]) -> BTreeSet<CandidateIx> {
        let is_held = |cut: &&Cut| {
            matches!(&cut.thing.asker, Asker::Finding(id) if obligations.held.contains(id))
                && cut.where_all.iter().all(|ix| order.contains(ix))
        };
        let first = |cut: &Cut| order.iter().copied().find(|ix| cut.any.contains(ix));
        let held = self.cuts.iter().filter(is_held).filter_map(first);
        held.flat_map(|ix| self.pool.closure(ix)).copied().collect()
    }

    /// Without trials: whatever was made for the finding and can be built.
    fn guess(&mut self, asker: &Asker, subjects: &[Subject]) {
        let serves = |ix: &&CandidateIx| subjects.iter().any(|subject| self.pool.get(**ix).does_all_of(*subject));
        let any: Vec<CandidateIx> = self.pool.verified.iter().filter(serves).copied().collect();
        let any = self.pool.least(&any);
        if !any.is_empty() {
            self.cuts.push(cut(asker, any));
        }
    }

    /// Finding out all that the least of the answers that are not verified rests on; whether there is one.
    fn verify(&mut self, asker: &Asker, subjects: &[Subject]) -> bool {
        let serves = |at: &usize| {
            let one = &self.found.unverified[*at].candidate;
            subjects.iter().any(|subject| one.does_all_of(*subject))
        };
        let first = self.found.all.len();
        let can_be = |at: &usize| self.pool.doubtful.contains(&CandidateIx::new(first + at));
        let days = |at: &usize| -> f64 {
            let checks = &self.found.unverified[*at].checks;
            checks.iter().map(|check| crate::plan::effort::sum(&check.effort).likely).sum()
        };
        let all = (0..self.found.unverified.len()).filter(|at| serves(at) && can_be(at));
        let Some(least) = all.min_by(|a, b| days(a).total_cmp(&days(b)).then(a.cmp(b))) else { return false };
        for check in &self.found.unverified[least].checks {
            if let Ok(place) = self.found.all.binary_search_by(|one| one.id.cmp(&check.id)) {
                self.cuts.push(cut(asker, vec![CandidateIx::new(place)]));
            }
        }
        true
    }

    /// Leaves out of `obligations` what fits in no plan beside those before it.
    ///
    /// # Errors
    /// Where the problem makes no sense.
    pub(in crate::plan) fn leave_out(
        &mut self,
        problem: &mut Problem,
        obligations: &mut Obligations,
        work: &mut u64,
    ) -> Result<(), OrderError> {
        let goal = |held: &[String]| Goal { obligations: held.iter().cloned().collect(), ..Goal::default() };
        let as_set = |_: &mut sinew_order::Instance| {};
        if self.can_be(problem, &goal(&obligations.held), &as_set, work)? == Some(true) {
            return Ok(());
        }
        let (mut held, mut out) = (Vec::new(), Vec::new());
        for finding in std::mem::take(&mut obligations.held) {
            held.push(finding);
            if self.can_be(problem, &goal(&held), &as_set, work)? != Some(true) {
                out.extend(held.pop());
            }
        }
        for finding in out {
            let mut with = held.clone();
            with.push(finding.clone());
            let smallest = self.smallest(problem, &goal(&with), work)?;
            obligations.left_out.push(LeftOut { finding, smallest });
        }
        obligations.held = held;
        let is_held = |id: &String| obligations.held.contains(id);
        obligations.only_verified.retain(is_held);
        Ok(())
    }

    /// The goal of a plan that holds these obligations.
    pub(in crate::plan) fn goal(obligations: &Obligations) -> Goal {
        Goal { obligations: obligations.held.iter().cloned().collect(), ..Goal::default() }
    }
}

fn cut(asker: &Asker, any: Vec<CandidateIx>) -> Cut {
    let thing = Thing { asker: asker.clone(), obstacle: Obstacle::named(&[]) };
    Cut { thing, any, where_all: Vec::new() }
}
