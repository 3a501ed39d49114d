//! Planning again under each answer.

use std::cell::Cell;

use super::Decided;
use super::value_now::ValueNow;
use crate::analysis::Analysis;
use crate::model::asking::{Answer, Question};
use crate::model::outline::Outline;
use crate::plan::Plan;
use crate::plan::budget::Budget;
use crate::plan::candidates::Subject;
use crate::plan::settings::Options;

/// How much of a plan's value may be rounding: work is counted in thousandths of a day, money in cents.
const ROUNDING: f64 = 2e-5;

/// What knowing an answer is worth.
pub(super) struct Gain {
    /// What the plan gains within its horizon, on average over the answers; never below 0.
    pub(super) gain: f64,
    /// An item that is in the plan under one answer and not under another: one that does what is asked about, where there is
    /// one.
    pub(super) decides: Option<Decided>,
}

/// The plan chosen now, and what it is held against.
pub(super) struct Replan<'a> {
    analysis: &'a Analysis<'a>,
    outline: Outline,
    plan: &'a Plan,
    options: Options,
    /// Its items, in their order.
    now: Vec<&'a str>,
    /// What the last plan under an answer took: the next one takes about as much.
    took: Cell<usize>,
}

impl<'a> Replan<'a> {
    pub(super) fn of(analysis: &'a Analysis<'a>, plan: &'a Plan, options: &Options) -> Self {
        let options = Options { samples: 0, frontier: false, ..options.clone() };
        Self { analysis, outline: Outline::of(analysis.stack), plan, options, now: ids(plan), took: Cell::new(0) }
    }

    /// What knowing the answer is worth; `None` where `work` does not reach, where a plan is not proved, or where an answer
    /// makes no stack that can be planned in the same unit.
    pub(super) fn gain(&self, question: &Question, work: &mut usize) -> Option<Gain> {
        if question.answers.len() < 2 {
            return None;
        }
        let (mut gain, mut decides) = (0.0, None);
        for answer in &question.answers {
            if self.is_as_stated(question, answer) {
                continue;
            }
            let stack = question.under(&self.outline, answer)?;
            let analysis = Analysis::of(&stack);
            let best = self.planned(&analysis, work)?;
            let then = ids(&best);
            if then == self.now {
                // The plan chosen now is the best one.
                continue;
            }
            let kept = ValueNow { analysis: &analysis, best: &best }.of(&self.now, work)?;
            let more = best.net_value.0 - kept;
            // What is less is rounding.
            if more > 0.005 + ROUNDING * best.net_value.0.abs() {
                gain += answer.weight * more;
                decides = decides.or_else(|| self.decided(question, &best, &then));
            }
        }
        Some(Gain { gain, decides })
    }

    /// Whether an answer is what the file states already, as a guess.
    fn is_as_stated(&self, question: &Question, answer: &Answer) -> bool {
        let told = question.told(self.outline.clone(), answer);
        question.is_guess && self.outline.changes(&told).iter().all(crate::model::outline::Change::is_remark)
    }

    fn decided(&self, question: &Question, best: &Plan, then: &[&str]) -> Option<Decided> {
        let of_then = || then.iter().filter(|id| !self.now.contains(id)).map(|id| (best, *id));
        let of_now = || self.now.iter().filter(|id| !then.contains(id)).map(|id| (self.plan, *id));
        let is_meant = |(plan, id): &(&Plan, &str)| {
            let links =
                plan.find(id).into_iter().flat_map(|item| &plan.candidate(item).subjects).filter_map(|subject| {
                    match subject {
                        Subject::Link(at) => Some(&plan.links[*at]),
                        _ => None,
                    }
                });
            // Flows keep their ids, and so their order, under an answer about one of them.
            let steps = links.flat_map(|link| &link.steps);
            let stack = self.analysis.stack;
            let mut ids = steps.filter(|step| step.at() < stack.flows.len()).map(|step| &stack.flow(*step).id);
            question.list == "flows" && ids.any(|id| question.entries().any(|entry| entry == id.as_str()))
        };
        let mut all = of_then().chain(of_now());
        let meant = all.find(is_meant).or_else(|| of_then().next()).or_else(|| of_now().next());
        let title = |(plan, id): (&Plan, &str)| {
            let candidate = plan.find(id).map(|item| plan.candidate(item))?;
            Some(Decided { id: id.to_owned(), title: candidate.title.clone() })
        };
        meant.and_then(title)
    }

    /// A plan of the same unit that is proved, within `work`, of which it takes what it took.
    fn planned(&self, analysis: &Analysis<'_>, work: &mut usize) -> Option<Plan> {
        if *work == 0 || *work < self.took.get() {
            return None;
        }
        let plan = Plan::within(analysis, &self.options, &Budget::of(analysis.stack)).ok()?;
        let is_within = plan.work <= *work;
        self.took.set(plan.work);
        *work = work.saturating_sub(plan.work);
        let is_same_unit = plan.settings.unit == self.plan.settings.unit;
        (is_within && is_same_unit && plan.solution.proved).then_some(plan)
    }
}

/// The items of a plan, in their order.
fn ids(plan: &Plan) -> Vec<&str> {
    plan.items.iter().map(|item| plan.candidate(item).id.as_str()).collect()
}
