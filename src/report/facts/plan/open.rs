//! What the plan leaves open: what could be built and is not, and what nothing is known for.

use schemars::JsonSchema;
use serde::Serialize;

use super::{range, words};
use crate::model::Stack;
use crate::plan;
use crate::plan::candidates::{Candidate, Subject};
use crate::plan::making::effort_of;
use crate::plan::problem::is_buildable;
use crate::plan::settings::Unit;
use crate::report::facts::Number;
use crate::report::facts::Range;

/// What could be built and is not.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unfunded {
    /// What it would do something about.
    pub about: String,
    /// The way of least effort, by id.
    pub item: String,
    /// One line for a person.
    pub title: String,
    /// Person-days, with what it needs that the plan does not build.
    pub effort: Range,
    /// What it would earn a year as far as known; null where the plan counts hours.
    pub value: Option<Number>,
    /// What it would have to be worth a year to repay itself within the horizon, were it built first; null where the plan
    /// counts hours.
    pub pays_from: Option<Number>,
    /// Hours a year that it would save as far as known; null where the plan counts money.
    pub hours: Option<Number>,
    /// Hours a year that it would have to save to repay those of the work within the horizon; null where the plan counts
    /// money.
    pub pays_from_hours: Option<Number>,
}

impl Unfunded {
    /// What it would earn a year as far as known, in what the plan counts.
    #[must_use]
    pub fn known(&self) -> f64 {
        self.value.or(self.hours).map_or(0.0, Number::get)
    }

    /// What it would have to earn a year to repay itself in time; the largest number where it never can.
    #[must_use]
    pub fn breaks_even_at(&self) -> f64 {
        self.pays_from.or(self.pays_from_hours).map_or(f64::MAX, Number::get)
    }
}

/// What nothing can be built for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unsolved {
    /// What it is about.
    pub about: String,
    /// What each kind of candidate lacks, one sentence each.
    pub why: Vec<String>,
    /// The manual flows of the handoff that it is, by id; empty where it is none.
    pub steps: Vec<String>,
    /// The systems whose interfaces are not known, by id: what to check first.
    pub check: Vec<String>,
}

/// Subjects that no item of the plan does anything about, with the way of least effort.
pub(super) fn unfunded(stack: &Stack, plan: &plan::Plan) -> Vec<Unfunded> {
    let subjects = plan.links.places().map(Subject::Link).chain(plan.points.places().map(Subject::Point));
    let subjects = subjects.chain(plan.gaps.places().map(Subject::Gap));
    let is_done = |subject: &Subject| {
        let is_gone = match subject {
            Subject::Point(at) => !words::stands(stack, plan, *at),
            Subject::Gap(at) => !plan.after.findings.iter().any(|after| after.id == plan.gaps[*at].id),
            _ => false,
        };
        is_gone || plan.items.iter().any(|item| plan.candidate(item).does_all_of(*subject))
    };
    let mut found: Vec<Unfunded> = Vec::new();
    for subject in subjects.filter(|subject| !is_done(subject)) {
        let options = plan.candidates.all.iter().filter(|one| one.does_all_of(subject));
        let buildable = options.filter(|one| is_buildable(&plan.candidates.all, one));
        let least = buildable
            .min_by(|a, b| effort_of(a).0.likely.total_cmp(&effort_of(b).0.likely).then_with(|| a.id.cmp(&b.id)));
        let Some(candidate) = least else { continue };
        let (mut effort, mut running) = effort_of(candidate);
        for need in candidate.needs.iter().filter(|need| plan.find(need).is_none()) {
            if let Some(need) = plan.candidates.all.iter().find(|one| one.id == *need) {
                let (more, cost) = effort_of(need);
                (effort, running) = (effort + more, running + cost);
            }
        }
        let value = words::known_value(plan, subject);
        let years = (plan.settings.horizon.0 - effort.likely / plan.settings.capacity.0).max(0.0) / 52.0;
        let is_money = plan.settings.unit == Unit::Money;
        let cost = effort.likely * plan.settings.day_rate.likely.0;
        let running = if is_money { running.likely } else { 0.0 };
        let pays_from = if years > 0.0 { cost / years + running } else { f64::MAX };
        let in_unit = |unit: Unit, amount: f64| (plan.settings.unit == unit).then(|| Number::from(amount));
        found.push(Unfunded {
            about: words::subject(stack, plan, subject),
            item: candidate.id.clone(),
            title: candidate.title.clone(),
            effort: range(effort),
            value: in_unit(Unit::Money, value),
            pays_from: in_unit(Unit::Money, pays_from),
            hours: in_unit(Unit::Hours, value),
            pays_from_hours: in_unit(Unit::Hours, pays_from),
        });
    }
    found.sort_by(|a, b| {
        let missing = |one: &Unfunded| one.breaks_even_at() - one.known();
        missing(a).total_cmp(&missing(b)).then_with(|| a.item.cmp(&b.item))
    });
    found
}

pub(super) fn unsolved(stack: &Stack, plan: &plan::Plan) -> Vec<Unsolved> {
    let steps = |subject: Subject| match subject {
        Subject::Link(at) => plan.links[at].steps.iter().map(|ix| stack.flow(*ix).id.to_string()).collect(),
        _ => Vec::new(),
    };
    let one = |missing: &plan::candidates::Missing| Unsolved {
        about: words::subject(stack, plan, missing.subject),
        why: missing.why.clone(),
        steps: steps(missing.subject),
        check: missing.unknown.iter().map(|ix| stack.system(*ix).id.to_string()).collect(),
    };
    let has_other = |missing: &&plan::candidates::Missing| {
        let serves = |candidate: &Candidate| candidate.does_all_of(missing.subject) && candidate.is_feasible();
        !plan.candidates.all.iter().any(serves)
    };
    // A point that is none any more needs no cover.
    let stands = |missing: &&plan::candidates::Missing| match missing.subject {
        Subject::Point(at) => words::stands(stack, plan, at),
        _ => true,
    };
    plan.candidates.missing.iter().filter(has_other).filter(stands).map(one).collect()
}
