//! How every number of an item came about, line by line.

use sinew_order::Weeks;

use crate::analysis::handoffs::{self, DEFAULT_ERROR_MINUTES};
use crate::analysis::words::listed;
use crate::model::{FlowIx, ProcessIx, Quantity, Range};

use super::candidates::{Candidate, Subject};
use super::effort::{Term, sum};
use super::maker::PlanItem;
use super::making::Plan;
use super::problem::{Origin, is_buildable};
use super::settings::Unit;
use crate::analysis::Analysis;

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A key of the stack file, from the top: `["plan", "efforts", "native"]`. Systems, teams and processes stand under
    /// their ids.
    Key(Vec<String>),
    /// A key of a flow.
    FlowKey(String, &'static str),
    /// A default that the stack file can override under this key.
    Default(String),
    /// The analysis of the stack, before and after.
    Analysis,
    /// Computed from the numbers above it.
    Above,
    /// No number: a statement, which names its source itself.
    Statement,
}

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How far it is indented: what it is part of.
    pub depth: usize,
    /// What it says, numbers included.
    pub words: String,
    /// Where its number comes from.
    pub basis: Basis,
}

struct Lines(Vec<Line>);

impl Lines {
    fn push(&mut self, depth: usize, words: String, basis: Basis) {
        self.0.push(Line { depth, words, basis });
    }
}

/// `12`, `12.5`, or `12 (10 to 15)`.
fn shown(range: Range<f64>) -> String {
    if range.low == range.high {
        number(range.likely)
    } else {
        format!("{} ({} to {})", number(range.likely), number(range.low), number(range.high))
    }
}

fn number(number: f64) -> String {
    let digits = if number.abs() >= 1_000.0 { 0 } else { 2 };
    let text = format!("{number:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.to_owned()
}

/// How the numbers of `candidate` came about; `item` is its place in the plan, where it has one.
#[must_use]
pub fn explain(analysis: &Analysis<'_>, plan: &Plan, candidate: &Candidate) -> Vec<Line> {
    let item = plan.find(&candidate.id);
    let mut lines = Lines(Vec::new());
    feasibility(analysis, plan, candidate, &mut lines);
    estimate(&mut lines, "effort", "person-days", "efforts", &candidate.effort);
    let days = sum(&candidate.effort);
    let rate = plan.settings.day_rate.map(Quantity::amount);
    let cost = shown(days.zip(rate, |a, b| a * b));
    match plan.settings.unit {
        Unit::Money => {
            lines.push(0, format!("one-off cost: {cost}"), Basis::Above);
            let is_default = plan.settings.defaults.iter().any(|one| one.key == "plan.day_rate");
            lines.push(1, format!("cost per person-day: {}", shown(rate)), key(is_default, "day_rate"));
        }
        Unit::Hours => {
            lines.push(0, format!("hours of work: {cost}"), Basis::Above);
            lines.push(
                1,
                "8 hours per person-day; without an hourly rate the plan counts hours".to_owned(),
                Basis::Statement,
            );
        }
    }
    estimate(&mut lines, "running cost", "a year", "running_costs", &candidate.running);
    gains(analysis, plan, candidate, &mut lines);
    match item {
        Some(item) => in_plan(plan, item, &mut lines),
        None => not_in_plan(plan, candidate, &mut lines),
    }
    lines.0
}

fn key(is_default: bool, name: &str) -> Basis {
    if is_default {
        Basis::Default(format!("plan.{name}"))
    } else {
        Basis::Key(std::iter::once("plan").chain(name.split('.')).map(str::to_owned).collect())
    }
}

fn feasibility(analysis: &Analysis<'_>, plan: &Plan, candidate: &Candidate, lines: &mut Lines) {
    let can = is_buildable(&plan.candidates.all, candidate);
    let unverified = plan.candidates.unverified.iter().find(|one| one.candidate.id == candidate.id);
    let words = match (unverified, can) {
        (Some(_), _) => "nothing speaks against it, but it is not verified",
        (None, true) => "it can be built",
        (None, false) => "it cannot be built",
    };
    lines.push(0, words.to_owned(), Basis::Statement);
    for check in unverified.iter().flat_map(|one| &one.checks) {
        let id = &analysis.stack.system(check.system).id;
        lines.push(1, format!("{}; then add `{}` at `{id}`", check.title, check.add), Basis::Statement);
    }
    for why in candidate.obstacles.iter().chain(&candidate.why) {
        lines.push(1, why.clone(), Basis::Statement);
    }
    for quota in &candidate.quotas {
        lines.push(1, quota.words(), Basis::Statement);
        let together = plan.quotas.iter().find(|all| all.is_about(quota) && plan.find(&candidate.id).is_some());
        if let Some(all) = together.filter(|all| all.added > quota.added) {
            lines.push(2, format!("with all items of the plan: {}", all.words()), Basis::Statement);
        }
    }
    for need in &candidate.needs {
        lines.push(1, format!("it needs {need} first"), Basis::Statement);
    }
}

fn estimate(lines: &mut Lines, what: &str, unit: &str, table: &str, terms: &[Term]) {
    lines.push(0, format!("{what}: {} {unit}", shown(sum(terms))), Basis::Above);
    for term in terms {
        let times = if term.times == 1.0 { String::new() } else { format!("{} times ", number(term.times)) };
        let words = format!("{times}{}: {}", term.key, shown(term.amount));
        lines.push(1, words, key(term.is_default, &format!("{table}.{}", term.key)));
    }
}

/// What could be earned by it, whether alone or with others, whether or not the plan builds it.
fn gains(analysis: &Analysis<'_>, plan: &Plan, candidate: &Candidate, lines: &mut Lines) {
    let place = plan.item_of(candidate);
    let unit = if plan.settings.unit == Unit::Hours { ", in hours" } else { "" };
    lines.push(0, format!("what it can earn a year{unit}"), Basis::Statement);
    let mut is_empty = true;
    for gain in &plan.problem.gains {
        let Some(way) = gain.ways.iter().find(|way| place.is_some_and(|item| way.contains(&item))) else { continue };
        is_empty = false;
        let others = way.iter().filter(|item| Some(**item) != place).map(|item| plan.instance.items[*item].id.as_str());
        let others: Vec<&str> = others.collect();
        let with = if others.is_empty() { String::new() } else { format!(", together with {}", others.join(", ")) };
        let value = shown(gain.value.map(|money| money.0));
        match &gain.origin {
            Origin::Handoff(flow) => {
                lines.push(
                    1,
                    format!("handoff {} removed: {value}{with}", analysis.stack.flow(*flow).id),
                    Basis::Above,
                );
                handoff(analysis, *flow, lines);
            }
            Origin::Worth(flow) => {
                let id = analysis.stack.flow(*flow).id.to_string();
                lines.push(1, format!("value of automating {id}: {value}{with}"), Basis::FlowKey(id, "value"));
            }
            Origin::Outage(exposure) => {
                let id = |process: &ProcessIx| analysis.stack.process(*process).id.to_string();
                let processes: Vec<String> = exposure.processes.iter().map(id).collect();
                let named = listed(&processes.iter().map(String::as_str).collect::<Vec<_>>());
                let words = format!("failures of {} no longer stop {named}: {value}{with}", exposure.component);
                lines.push(1, words, Basis::Analysis);
                for process in processes {
                    let words = "(1 - availability) x 8,760 hours x outage_cost".to_owned();
                    lines.push(2, words, Basis::Key(vec!["processes".into(), process, "outage_cost".into()]));
                }
                let system = analysis.stack.find_system(&exposure.component).map(|_| "systems");
                let team = analysis.stack.find_team(&exposure.component).map(|_| "teams");
                if let Some(list) = system.or(team) {
                    let path = vec![list.to_owned(), exposure.component.clone(), "availability".to_owned()];
                    lines.push(2, "its availability".to_owned(), Basis::Key(path));
                }
            }
        }
    }
    if let Some(value) = value_if_verified(plan, candidate) {
        lines.push(1, format!("if it is verified, after all items of the plan: {}", shown(value)), Basis::Analysis);
    } else if is_empty {
        let words = match candidate.subjects.as_slice() {
            [Subject::Enabler] => "none by itself: other items need it",
            subjects if is_obligation(subjects) => "no money: it takes days, and answers findings or criteria",
            _ if place.is_none() => {
                "not considered: it cannot be built, or another item does the same at no higher cost"
            }
            _ => "no value is stated in the stack file",
        };
        lines.push(1, words.to_owned(), Basis::Statement);
    }
}

fn handoff(analysis: &Analysis<'_>, ix: FlowIx, lines: &mut Lines) {
    let stack = analysis.stack;
    let flow = stack.flow(ix);
    let id = flow.id.to_string();
    let mut state = |key: &'static str, value: Option<Range<f64>>, unit: &str| {
        if let Some(value) = value {
            lines.push(2, format!("{key}: {} {unit}", shown(value)), Basis::FlowKey(id.clone(), key));
        }
    };
    state("runs", flow.runs.map(|range| range.map(Quantity::amount)), "a year");
    state("minutes", flow.run.minutes.map(|range| range.map(Quantity::amount)), "for one run");
    state("minutes_per_record", flow.run.minutes_per_record.map(|range| range.map(Quantity::amount)), "for one record");
    state("records", flow.run.records.map(|range| range.map(Quantity::amount)), "in one run");
    state("error_rate", flow.run.error_rate.map(|range| range.map(Quantity::amount)), "of the records");
    if flow.run.error_rate.is_some() {
        let stated = stack.error_minutes.map(|range| range.map(Quantity::amount));
        let basis = match stated {
            Some(_) => Basis::Key(vec!["error_minutes".to_owned()]),
            None => Basis::Default("error_minutes".to_owned()),
        };
        let minutes = stated.unwrap_or(Range::exact(DEFAULT_ERROR_MINUTES.0));
        lines.push(2, format!("error_minutes: {} to fix one record", shown(minutes)), basis);
    }
    let team = flow.performer.filter(|team| stack.team(*team).hourly_rate.is_some());
    let basis = match team {
        Some(team) => Basis::Key(vec!["teams".into(), stack.team(team).id.to_string(), "hourly_rate".into()]),
        None => Basis::Key(vec!["hourly_rate".to_owned()]),
    };
    if let Some(rate) = stack.rate(flow.performer) {
        lines.push(2, format!("cost per hour: {}", shown(rate.map(Quantity::amount))), basis);
    }
    if let Some(effort) = handoffs::effort(stack, flow) {
        let (hours, rework) = (effort.hours.map(Quantity::amount), effort.error_hours.map(Quantity::amount));
        let words = format!("{} hours of work and {} hours of rework a year", shown(hours), shown(rework));
        lines.push(2, words, Basis::Above);
    }
}

fn in_plan(plan: &Plan, item: &PlanItem, lines: &mut Lines) {
    let change = item.change;
    let what = if plan.settings.unit == Unit::Hours { "hours saved" } else { "added value" };
    let earned = format!("{what} a year, after the items before it: {}", shown(item.value));
    lines.push(0, earned, Basis::Analysis);
    for (words, amount) in [
        ("handoffs removed", change.handoffs),
        ("stated value", change.worth),
        ("expected outage cost removed", change.outages_removed),
        ("expected outage cost added", -change.outages_added),
    ] {
        if amount != 0.0 {
            lines.push(1, format!("{words}: {}", number(amount)), Basis::Analysis);
        }
    }
    let times = format!("weeks {} to {}, wave {}", number(item.start.0), number(item.finish.0), item.wave);
    lines.push(0, times, Basis::Above);
    let capacity = plan.settings.capacity.0;
    let is_default = plan.settings.defaults.iter().any(|one| one.key == "plan.capacity");
    lines.push(1, format!("{} person-days a week", number(capacity)), key(is_default, "capacity"));
    let wsjf = number(plan.solution.wsjf[item.item]);
    let unit = if plan.settings.unit == Unit::Hours { " hours" } else { "" };
    lines.push(0, format!("WSJF: {wsjf}{unit} a year for each person-day"), Basis::Above);
    if let Some(Weeks(weeks)) = item.payback {
        lines.push(
            0,
            format!(
                "breaks even {} {} after its start",
                number(weeks),
                if number(weeks) == "1" { "week" } else { "weeks" }
            ),
            Basis::Above,
        );
    }
}

fn value_if_verified(plan: &Plan, candidate: &Candidate) -> Option<Range<f64>> {
    let is_it = |one: &&super::doubtful::Doubtful| plan.candidates.unverified[one.place].candidate.id == candidate.id;
    plan.doubtful.iter().find(is_it)?.value
}

fn is_unverified(plan: &Plan, candidate: &Candidate) -> bool {
    plan.candidates.unverified.iter().any(|one| one.candidate.id == candidate.id)
}

/// Whether it is for findings and criteria only, none of which is work by hand or a failure.
fn is_obligation(subjects: &[Subject]) -> bool {
    subjects.iter().all(|subject| matches!(subject, Subject::Gap(_) | Subject::Criterion(_) | Subject::Enabler))
}

fn not_in_plan(plan: &Plan, candidate: &Candidate, lines: &mut Lines) {
    let rival = plan.items.iter().map(|item| plan.candidate(item)).find(|one| {
        let is_shared = |subject: &Subject| {
            !matches!(subject, Subject::Enabler | Subject::Criterion(_)) && candidate.subjects.contains(subject)
        };
        one.subjects.iter().any(is_shared)
    });
    let words = match rival {
        Some(rival) => format!("not in the plan: {} does it", rival.id),
        None if is_obligation(&candidate.subjects) && is_buildable(&plan.candidates.all, candidate) => {
            format!("not in the plan: it earns no money; `--with {}` puts it in", candidate.id)
        }
        None if is_unverified(plan, candidate) => {
            "not in the plan: what it rests on has to be found out first".to_owned()
        }
        None => "not in the plan: it would not break even within horizon and budget".to_owned(),
    };
    lines.push(0, words, Basis::Analysis);
}
