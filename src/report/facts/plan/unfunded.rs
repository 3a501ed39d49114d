//! What could be built and is not in the plan: the cheapest option for each gap.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::open::Open;
use super::{range, words};
use crate::analysis::Severity;
use crate::plan::candidates::{Candidate, Subject};
use crate::plan::making::effort_of;
use crate::plan::settings::Unit;
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

fn row(open: &Open<'_>, subject: Subject, candidate: &Candidate) -> Unfunded {
    let plan = open.plan;
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
    }
}
