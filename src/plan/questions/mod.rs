//! What the answer to a question is worth: what the plan gains by knowing it, and the yearly amount that it can move.
//!
//! The worth is the expected value of perfect information: for each plausible answer the value of the best plan under it, less
//! the value that the plan chosen now has under it, weighed with how likely the answer is. `docs/theory/questions.md` has the
//! definition.

mod moves;
mod origins;
mod replan;
mod senders;
mod value_now;
mod yearly;

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::model::asking::{Question, questions};

use super::Plan;
use super::settings::{Options, Settings, Unit};

use moves::judge;
use replan::Replan;
use yearly::Yearly;

/// Questions whose worth is computed by planning again, beside those that alone change the stage.
pub const PLANNED: usize = 20;

/// What ranking the questions of one stack may look at. Counts, never the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Work that planning again may take for all questions together, counted as [`Plan::work`] is.
    pub plans: usize,
    /// Entries of stacks that are analyzed to see what an answer does to stage and findings.
    pub moves: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { plans: 500_000, moves: 10_000 }
    }
}

/// An item that hangs on an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Its id.
    pub id: String,
    /// One line for a person.
    pub title: String,
}

/// A question with its worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// What is at stake a year at its answers, from the lowest to the highest, in `unit`; `None` where no answer moves
    /// hours, cost or expected outage cost that are known.
    pub a_year: Option<(f64, f64)>,
    /// What the amounts are counted in: the unit of the plan, and money for a missing rate.
    pub unit: Unit,
    /// What the plan gains within its horizon, on average over the answers, by knowing; `None` where that was not computed.
    /// Never below 0.
    pub gain: Option<f64>,
    /// An item that is in the plan under one answer and not under another.
    pub decides: Option<Decided>,
    /// The lowest and the highest stage of the stack as it is and under each answer; `None` where that was not looked at.
    pub stages: Option<(u8, u8)>,
    /// Findings that appear or vanish under an answer, each counted once; `None` where that was not looked at.
    pub findings: Option<usize>,
}

impl Asked {
    /// How far the yearly amounts lie apart; 0 where none is known.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.a_year.map_or(0.0, |(low, high)| high - low)
    }

    /// Whether an answer alone moves the stack to another stage.
    #[must_use]
    pub fn changes_stage(&self) -> bool {
        self.stages.is_some_and(|(lowest, highest)| lowest != highest)
    }

    /// Cents, so that noise breaks no tie.
    fn cents(amount: f64) -> f64 {
        -(amount * 100.0).round()
    }
}

/// Keys in the order in which they come where amounts are equal; those that are not here come last.
const FIRST: &[&str] = &[
    "mechanism",
    "flow",
    "runs",
    "minutes",
    "performer",
    "interfaces",
    "outage_cost",
    "makes",
    "content",
    "processes",
    "practices.ai_policy.covers",
    "practices.evaluation_framework.covers",
    "practices.resilience_plan",
    "practices.quality_standards",
    "practices.vendor_review_cadence",
    "as_of",
    "security_review",
    "pilot.decide_by",
    "runbook",
    "owner",
    "quality_standard",
    "audience_facing",
    "budget_owner",
    "vendor_review.last",
];

fn place_of(question: &Question) -> usize {
    let key = question.asks[0].key.as_str();
    FIRST.iter().position(|known| *known == key).unwrap_or(FIRST.len())
}

/// All questions of a stack by the yearly amount that they can move, a missing rate first; equal ones by key, list and
/// entry. Availability is asked for only where a failure stops a process or leaves it to standby.
#[must_use]
pub fn by_year(analysis: &Analysis<'_>) -> Vec<Asked> {
    let settings = Settings::of(analysis.stack, &Options::default());
    let yearly = Yearly::of(analysis, &settings);
    let mut questions = questions(analysis.stack);
    for more in [senders::questions(analysis), origins::questions(analysis)] {
        let of_makes = questions.iter().filter(|one| one.has("makes"));
        let known: BTreeSet<String> = of_makes.map(|one| one.entry.clone()).collect();
        questions.extend(more.into_iter().filter(|one| !known.contains(&one.entry)));
    }
    let mut all: Vec<Asked> = questions
        .into_iter()
        .filter(|question| yearly.is_asked(question))
        .map(|question| Asked {
            a_year: yearly.amounts(&question),
            unit: if question.is_rate() { Unit::Money } else { settings.unit },
            question,
            gain: None,
            decides: None,
            stages: None,
            findings: None,
        })
        .collect();
    let rank = |asked: &Asked| (!asked.question.is_rate(), Asked::cents(asked.width()), place_of(&asked.question));
    all.sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(Ordering::Equal));
    all
}

/// The same with a missing rate first, then what alone changes the stage, then the others, of which the first
/// [twenty](PLANNED) stand by what the plan gains from knowing, as far as `budget` allows. Nothing is planned again where
/// `plan`, that of the analyzed stack, is not proved; what cannot be planned under an answer keeps its yearly amount.
#[must_use]
pub fn ranked(analysis: &Analysis<'_>, plan: &Plan, options: &Options, budget: &Budget) -> Vec<Asked> {
    let mut all = by_year(analysis);
    judge(analysis, &plan.before, &mut all, budget.moves);
    let group = |asked: &Asked| match () {
        () if asked.question.is_rate() => 0,
        () if asked.changes_stage() => 1,
        () => 2,
    };
    let findings = |asked: &Asked| Reverse(asked.findings.unwrap_or(0));
    let highest = |asked: &Asked| Reverse(asked.stages.filter(|_| asked.changes_stage()).map_or(0, |(_, high)| high));
    let rank = |asked: &Asked| {
        (group(asked), highest(asked), Asked::cents(asked.width()), findings(asked), place_of(&asked.question))
    };
    all.sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(Ordering::Equal));
    let first = all.partition_point(|asked| group(asked) < 2);
    let last = all.len().min(first + PLANNED);
    if plan.solution.proved {
        let replan = Replan::of(analysis, plan, options);
        let mut work = budget.plans;
        // Those of the twenty first, because what they gain decides their order.
        for at in (first..last).chain(0..first) {
            let asked = &mut all[at];
            if !asked.question.is_rate()
                && asked.a_year.is_some()
                && let Some(found) = replan.gain(&asked.question, &mut work)
            {
                (asked.gain, asked.decides) = (Some(found.gain), found.decides);
            }
        }
    }
    let rank = |asked: &Asked| (asked.gain.is_none(), Asked::cents(asked.gain.unwrap_or(0.0)));
    all[first..last].sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(Ordering::Equal));
    all
}
