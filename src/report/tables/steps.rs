//! What people do by hand, each flow once: what the totals of the handoffs add up.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::handoff::{Rework, Step};
use crate::report::facts::{Range, Report};
use crate::report::say::{Amount, Bound, a_year, in_currency};

/// A rate at which steps are paid, which a workbook can change.
pub(super) struct Rate {
    /// Its name in formulas: `hourly_rate` for that of the stack, `rate_TEAM` for a team's own.
    pub(super) name: String,
    /// The team whose own it is; none for that of the stack.
    pub(super) team: Option<String>,
    /// What an hour costs.
    pub(super) rate: Range,
}

/// The rates of all steps: that of the stack first, then by team.
pub(super) fn rates(report: &Report) -> Vec<Rate> {
    let steps = report.handoff_totals.iter().flat_map(|totals| &totals.steps);
    let by_team: BTreeMap<Option<&str>, Range> = steps.filter_map(|step| Some((owner(step), step.rate?))).collect();
    let mut taken = BTreeSet::new();
    let one = |(team, rate): (Option<&str>, Range)| {
        let own = team.map_or_else(|| "hourly_rate".to_owned(), |team| format!("rate_{}", word(team)));
        // Teams can differ by what no name of a workbook has: `a-b` and `a.b`.
        let free = (2..).map(|n| format!("{own}_{n}"));
        let name = std::iter::once(own.clone()).chain(free).find(|name| taken.insert(name.clone())).unwrap_or(own);
        Rate { name, team: team.map(str::to_owned), rate }
    };
    by_team.into_iter().map(one).collect()
}

/// The team whose own rate holds for a step.
fn owner(step: &Step) -> Option<&str> {
    step.performer.as_deref().filter(|_| step.has_own_rate)
}

/// An id as a part of a name: small letters, digits and `_`.
fn word(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}

/// Manual flows in regular use, most expensive first; none where handoffs were not asked for.
#[must_use]
pub fn steps(report: &Report) -> Option<Table> {
    let totals = report.handoff_totals.as_ref()?;
    let rates = rates(report);
    let currency = report.stack.currency.as_deref();
    let columns = vec![
        Column::new("number", "Step", Kind::Count),
        Column::new("flow", "What is done by hand", Kind::Words).leading_to(&["stack/flows"]),
        Column::new("team", "Team", Kind::Words),
        Column::new("hours", "Hours a year", Kind::Hours).summed(),
        Column::new("rework", "Rework hours a year", Kind::Hours).summed(),
        Column::new("rate", in_currency("Hourly rate", currency), Kind::Number),
        Column::new("cost", a_year("Cost", currency), Kind::Money)
            .computed("({hours}*work_share+{rework}*rework_share)*{rate}")
            .summed(),
        Column::new("together", "Hours a year, rework included", Kind::Hours)
            .detail()
            .computed("{hours}*work_share+{rework}*rework_share"),
        Column::new("id", "Id", Kind::Words).detail(),
    ];
    Some(Table {
        title: "Work by hand, most expensive first; a step counts once, whatever it carries".to_owned(),
        rows: totals.steps.iter().enumerate().map(|(at, step)| row(report, &rates, at, step)).collect(),
        empty: "The stack file names no work by hand.".to_owned(),
        ..Table::new("steps", "Steps", ["step", "steps"], columns)
    })
}

fn row(report: &Report, rates: &[Rate], at: usize, step: &Step) -> Row {
    let names = &report.stack.names;
    let team = step.performer.as_ref().map(|id| Cell::name(id, names.team(id)));
    let name = rates.iter().find(|rate| rate.team.as_deref() == owner(step)).map(|rate| rate.name.clone());
    let rate = step.rate.zip(name).map(|(rate, name)| Cell::Linked(rate.into(), name));
    Row {
        id: step.flow.clone(),
        about: step.performer.iter().chain([&step.flow]).cloned().collect(),
        without: vec![step.flow.clone()],
        cells: vec![
            Cell::count(at + 1),
            Cell::name(&step.flow, names.component(&step.flow)),
            team.unwrap_or(Cell::Missing("not stated")),
            Cell::range(step.hours),
            rework(report, step),
            rate.unwrap_or(Cell::NotKnown),
            Cell::range(step.cost),
            Cell::range(step.work_hours),
            Cell::Code(step.flow.clone()),
        ],
        ..Row::default()
    }
}

/// The rework of a step, which a reader may correct: at least 0 where no error rate is stated.
fn rework(report: &Report, step: &Step) -> Cell {
    let totals = report.handoff_totals.as_ref();
    let is_stated = totals.is_none_or(|totals| totals.rework_of([&step.flow]) == Rework::Stated);
    match step.error_hours {
        Some(hours) if !is_stated => Cell::Amount(Amount { bound: Bound::AtLeast, ..hours.into() }),
        hours => Cell::range(hours),
    }
}

/// The steps by their number, which a formula finds them by: sorting a table changes nothing.
pub(super) struct StepNumbers<'r>(BTreeMap<&'r str, usize>);

impl<'r> StepNumbers<'r> {
    pub(super) fn of(report: &'r Report) -> Self {
        let steps = report.handoff_totals.iter().flat_map(|totals| &totals.steps);
        Self(steps.zip(1..).map(|(step, number)| (step.flow.as_str(), number)).collect())
    }

    /// What the column `key` of the steps adds up to for the flows of a chain: `SUMIF(steps_number,3,steps_cost)`.
    pub(super) fn sum_of(&self, chain: &[String], key: &str) -> Option<String> {
        let numbers = chain.iter().filter_map(|flow| self.0.get(flow.as_str()));
        let sum: Vec<String> = numbers.map(|number| format!("SUMIF(steps_number,{number},steps_{key})")).collect();
        // Excel takes formulas of up to 8,192 characters.
        (!sum.is_empty() && sum.len() <= 100).then(|| sum.join("+"))
    }
}
