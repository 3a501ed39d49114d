//! What could be built and is not in the plan: the cheapest option for each gap.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::open::Open;
use super::{range, words};
use crate::analysis::Severity;
use crate::plan::candidates::{Candidate, Subject};
use crate::plan::making::effort_of;
use crate::plan::quota::together;
use crate::plan::settings::{Unit, WEEKS_A_YEAR};
use crate::plan::{Plan, PlanItem};
use crate::report::facts::Number;
use crate::report::facts::Range;

/// What could be built and is not.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unfunded {
    /// What it would do something about.
    pub about: String,
    /// The findings that it would do something about, by id.
    pub findings: Vec<String>,
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
    /// Why it is not in the plan; null where it is none of these, such as where items of the plan earn a part of it already.
    pub why_not: Option<WhyNot>,
}

/// Why an option is not in the plan; of several reasons the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// Nothing is known of what it would earn.
    ValueNotKnown,
    /// It would earn less than it costs, were it built first.
    CostsMore,
    /// Its calls do not fit into a quota beside those of the plan.
    Quota,
    /// It costs more than the plan leaves of the budget.
    Budget,
    /// Built after the plan it would not repay itself within the horizon: what the plan builds earns more.
    TooLate,
}

impl WhyNot {
    /// In a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ValueNotKnown => "value not known",
            Self::CostsMore => "costs more than it earns",
            Self::Quota => "no room in a quota",
            Self::Budget => "over the budget",
            Self::TooLate => "other work earns more in the time",
        }
    }
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

/// What is left open, with the way of least effort: first what could earn something, nearest to breaking even first, then what
/// only takes days: for findings by severity, what the next stage asks for before findings of low severity.
pub(super) fn unfunded(open: &Open<'_>) -> Vec<Unfunded> {
    let mut found = earning(open);
    let told: BTreeSet<String> = found.iter().flat_map(|one| one.findings.clone()).collect();
    found.extend(measures(open, &told));
    found
}

/// The option of least effort for a subject that nothing in the plan does.
fn least<'a>(open: &Open<'a>, subject: Subject) -> Option<&'a Candidate> {
    if open.is_done(subject) {
        return None;
    }
    let effort = |one: &Candidate| effort_of(one).0.likely;
    open.options(subject).min_by(|a, b| effort(a).total_cmp(&effort(b)).then_with(|| a.id.cmp(&b.id)))
}

/// The rows of handoffs, needs, loops and single points; one for subjects that are the same findings.
fn earning(open: &Open<'_>) -> Vec<Unfunded> {
    let plan = open.plan;
    let subjects = plan.links.places().map(Subject::Link).chain(plan.points.places().map(Subject::Point));
    let mut found: Vec<Unfunded> =
        subjects.filter_map(|subject| Some(row(open, subject, least(open, subject)?))).collect();
    found.sort_by(|a, b| {
        let missing = |one: &Unfunded| one.breaks_even_at() - one.known();
        missing(a).total_cmp(&missing(b)).then_with(|| a.item.cmp(&b.item))
    });
    let mut told: BTreeSet<Vec<String>> = BTreeSet::new();
    found.retain(|one| one.findings.is_empty() || told.insert(one.findings.clone()));
    found
}

/// The rows of what takes days only, one for each item; findings that are `told` are left out.
fn measures(open: &Open<'_>, told: &BTreeSet<String>) -> Vec<Unfunded> {
    let plan = open.plan;
    let (severe, low): (Vec<_>, Vec<_>) = plan
        .gaps
        .enumerate()
        .filter(|(_, gap)| !told.contains(&gap.id))
        .partition(|(_, gap)| gap.severity != Severity::Low);
    let gaps = |gaps: Vec<_>| -> Vec<Subject> { gaps.into_iter().map(|(at, _)| Subject::Gap(at)).collect() };
    let subjects = gaps(severe).into_iter().chain(next_practices(open)).chain(gaps(low));
    let mut by_item: Vec<(&Candidate, Vec<Subject>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for subject in subjects {
        let Some(candidate) = least(open, subject) else { continue };
        let at = *places.entry(&candidate.id).or_insert(by_item.len());
        if at == by_item.len() {
            by_item.push((candidate, Vec::new()));
        }
        by_item[at].1.push(subject);
    }
    let one = |(candidate, subjects): (&Candidate, Vec<Subject>)| {
        let mut row = row(open, subjects[0], candidate);
        row.findings = subjects.iter().flat_map(|subject| open.findings_of(*subject)).collect();
        if subjects.len() > 1 {
            row.about = format!("{}, and {} more", row.about, subjects.len() - 1);
        }
        row
    };
    by_item.into_iter().map(one).collect()
}

/// The criteria that the next stage asks for and that no finding stands for: practices for the most part.
fn next_practices<'a>(open: &Open<'a>) -> impl Iterator<Item = Subject> + use<'a> {
    let standing = &open.plan.before.standing;
    let asked = standing.next.iter().filter_map(|id| standing.criterion(id));
    asked.filter(|one| one.findings.is_empty() && one.weight <= 1).map(|one| Subject::Criterion(one.id))
}

/// What running costs a year, in what the plan counts: it is money, which no hours are worth.
fn in_unit_of(plan: &Plan, running: f64) -> f64 {
    if plan.settings.unit == Unit::Money { running } else { 0.0 }
}

/// What an option takes and earns, each as its likely value, in what the plan counts.
struct Weighed<'a> {
    /// It, and what it needs that the plan does not build.
    built: Vec<&'a Candidate>,
    days: f64,
    /// A year.
    running: f64,
    value: f64,
}

impl Weighed<'_> {
    /// What it would have to earn a year to repay itself, with work on it begun so many weeks after the plan begins; the
    /// largest number where it never can.
    fn repays_from(&self, plan: &Plan, begun: f64) -> f64 {
        let years = (plan.settings.horizon.0 - begun - self.days / plan.settings.capacity.0) / WEEKS_A_YEAR;
        if years > 0.0 { self.days * plan.settings.day_rate.likely.0 / years + self.running } else { f64::MAX }
    }

    fn why_not(&self, plan: &Plan) -> Option<WhyNot> {
        let end = plan.items.iter().map(|item| item.finish.0).fold(0.0, f64::max);
        let all = plan.items.iter().map(|item| plan.candidate(item)).chain(self.built.iter().copied());
        let is_over_quota = || together(all.map(|one| one.quotas.as_slice())).iter().any(|quota| quota.left() < 0.0);
        Some(match () {
            () if self.value <= 0.0 => WhyNot::ValueNotKnown,
            () if self.value < self.repays_from(plan, 0.0) => WhyNot::CostsMore,
            () if is_over_quota() => WhyNot::Quota,
            () if self.is_over_budget(plan, end) => WhyNot::Budget,
            () if self.value < self.repays_from(plan, end) => WhyNot::TooLate,
            () => return None,
        })
    }

    fn is_over_budget(&self, plan: &Plan, end: f64) -> bool {
        let settings = &plan.settings;
        let spent = |days: f64, running: f64, finish: f64| {
            days * settings.day_rate.likely.0 + running * (settings.horizon.0 - finish).max(0.0) / WEEKS_A_YEAR
        };
        let of_item = |item: &PlanItem| {
            let (days, running) = effort_of(plan.candidate(item));
            spent(days.likely, in_unit_of(plan, running.likely), item.finish.0)
        };
        let finish = end + self.days / settings.capacity.0;
        let whole = plan.items.iter().map(of_item).sum::<f64>() + spent(self.days, self.running, finish);
        settings.budget.is_some_and(|budget| whole > budget.0)
    }
}

fn row(open: &Open<'_>, subject: Subject, candidate: &Candidate) -> Unfunded {
    let plan = open.plan;
    let (mut effort, mut running) = effort_of(candidate);
    let mut built = vec![candidate];
    for need in candidate.needs.iter().filter(|need| plan.find(need).is_none()) {
        if let Some(need) = plan.candidates.all.iter().find(|one| one.id == *need) {
            let (more, cost) = effort_of(need);
            (effort, running) = (effort + more, running + cost);
            built.push(need);
        }
    }
    let value = words::known_value(plan, subject);
    let weighed = Weighed { built, days: effort.likely, running: in_unit_of(plan, running.likely), value };
    let pays_from = weighed.repays_from(plan, 0.0);
    let in_unit = |unit: Unit, amount: f64| (plan.settings.unit == unit).then(|| Number::from(amount));
    Unfunded {
        about: words::subject(open.stack, plan, subject),
        findings: open.findings_of(subject),
        item: candidate.id.clone(),
        title: candidate.title.clone(),
        effort: range(effort),
        value: in_unit(Unit::Money, value),
        pays_from: in_unit(Unit::Money, pays_from),
        hours: in_unit(Unit::Hours, value),
        pays_from_hours: in_unit(Unit::Hours, pays_from),
        why_not: weighed.why_not(plan),
    }
}
