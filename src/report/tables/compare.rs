//! The tables of scenarios: their figures beside those of today, and what they change among the findings.

use super::before_after::{CANNOT_RUN, known, outage_cost, single_points};
use super::{Cell, Column, Kind, Row, Table, severity};
use crate::report::facts::Number;
use crate::report::facts::compare::{Compared, Comparison, Contracts, Figures, Found, MOST_SCENARIOS};
use crate::report::facts::plan::Standing;
use crate::report::say::{self, Amount, Bound, Line, a_year, counted, in_currency, per_hour};

/// Names of the columns for scenarios.
const KEYS: [&str; MOST_SCENARIOS] = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12"];

/// Today and each scenario side by side.
#[must_use]
pub fn scenarios(comparison: &Comparison) -> Table {
    let mut columns = vec![
        Column::new("what", "Figure", Kind::Words).on_slides(),
        Column::new("today", "Today", Kind::Number).on_slides(),
    ];
    let named = comparison.scenarios.iter().zip(KEYS);
    columns.extend(named.map(|(one, key)| Column::new(key, &one.name, Kind::Number).on_slides()));
    let rows = rows(comparison);
    let weeks: Vec<f64> = comparison.columns().map(|column| column.plan.horizon_weeks.get()).collect();
    let is_one = weeks.windows(2).all(|pair| pair[0] == pair[1]);
    let horizon = match weeks.first() {
        Some(weeks) if is_one => format!("within {}", say::weeks(*weeks)),
        _ => "each within the horizon of its plan".to_owned(),
    };
    let notes = vec![
        Line::of(
            "Each column is a stack of its own, with its own plan; contracts and findings are counted against today. A figure is \
             “at least” so much where a part of it is not known.",
        ),
        Line::of(format!("Net value and spending of the plan count {horizon}; contracts are in neither.")),
    ];
    let table = Table::new("scenarios", "Scenarios", ["figure", "figures"], columns);
    Table { title: "Today and each scenario side by side".into(), rows, notes, is_answer: true, ..table }
}

/// How a figure of one column is told.
type Of = fn(&Figures) -> Cell;

fn rows(comparison: &Comparison) -> Vec<Row> {
    let currency = comparison.stack.currency.as_deref();
    let in_hours = comparison.columns().any(|column| column.plan.net_value.is_none());
    let in_money = comparison.columns().any(|column| column.plan.net_value.is_some());
    let row = |key: &str, heading: String, cells: Vec<Cell>| Row {
        id: key.to_owned(),
        cells: std::iter::once(Cell::Text(heading)).chain(cells).collect(),
        ..Row::default()
    };
    let of = |key: &str, heading: &str, of: Of| row(key, heading.to_owned(), comparison.columns().map(of).collect());
    let against = |key: &str, heading: &str, of: &dyn Fn(&Compared) -> Cell| {
        row(key, heading.to_owned(), std::iter::once(Cell::Empty).chain(comparison.scenarios.iter().map(of)).collect())
    };
    let worst = comparison.columns().map(worst).collect();
    let mut rows = vec![
        of("hours", "Hours a year by hand, rework included", |column| measured(Kind::Hours, hours(&column.standing))),
        of("cost", &a_year("Cost of that", currency), |column| measured(Kind::Money, cost(&column.standing))),
        against("contracts", &a_year("Contracts saved", currency), &|one| contracts(&one.contracts)),
        of("outage_cost", &a_year("Expected outage cost", currency), |column| {
            measured(Kind::Money, outage_cost(&column.standing))
        }),
        of("handoffs", "Handoffs", |column| count(column.standing.handoffs)),
        of("cannot_run", CANNOT_RUN, |column| count(column.standing.cannot_run.len())),
        of("single_points", "Single points of failure", |column| {
            measured(Kind::Count, single_points(&column.standing))
        }),
        row("worst_outage", "Worst single outage".into(), worst),
        row("worst_price", per_hour("Cost of that", currency), comparison.columns().map(price).collect()),
        of("stage", "Maturity stage", |column| count(column.standing.stage.into())),
        of("findings", "Open findings", |column| count(column.standing.findings.values().sum())),
        against("new", "New findings", &|one| count(one.findings.new.len())),
        against("worse", "Findings more severe than today", &|one| count(one.findings.worse.len())),
        against("fixed", "Findings fixed", &|one| count(one.findings.fixed.len())),
        against("void", "Findings about what is gone", &|one| count(one.findings.void.len())),
        of("items", "Items of the plan", |column| count(column.plan.items)),
        of("days", "Person-days of the plan", |column| {
            measured(Kind::Days, Some(Amount::of(column.plan.effort.likely.get())))
        }),
    ];
    if comparison.columns().all(|column| column.standing.cannot_run.is_empty()) {
        rows.retain(|row| row.id != "cannot_run");
    }
    if in_money {
        let heading = in_currency("Spent on the plan", currency);
        rows.push(of("spent", &heading, |column| number(Kind::Money, column.plan.spent)));
        let heading = in_currency("Net value of the plan", currency);
        rows.push(of("net_value", &heading, |column| number(Kind::Money, column.plan.net_value)));
    }
    if in_hours {
        rows.push(of("net_hours", "Net hours of the plan", |column| number(Kind::Hours, column.plan.net_hours)));
    }
    rows
}

fn measured(kind: Kind, amount: Option<Amount>) -> Cell {
    amount.map_or(Cell::NotKnown, |amount| Cell::Measured(kind, amount))
}

fn number(kind: Kind, number: Option<Number>) -> Cell {
    measured(kind, number.map(|number| Amount::of(number.get())))
}

fn count(number: usize) -> Cell {
    Cell::Measured(Kind::Count, Amount::of(number as f64))
}

/// The likely hours by hand: ranges side by side would hide what differs.
fn hours(at: &Standing) -> Option<Amount> {
    known(at.hours, at.hours_unknown).map(|one| Amount { bound: one.bound, ..Amount::of(one.likely) })
}

fn cost(at: &Standing) -> Option<Amount> {
    known(at.cost, at.cost_unknown).map(|one| Amount { bound: one.bound, ..Amount::of(one.likely) })
}

/// What contracts cost less; below zero where they cost more.
fn contracts(of: &Contracts) -> Cell {
    let (saved, added) = (of.saved.likely.get(), of.added.likely.get());
    let amount = |bound| Cell::Measured(Kind::Money, Amount { bound, ..Amount::of(saved - added) });
    match (of.saved_unknown.is_empty(), of.added_unknown.is_empty()) {
        (true, true) => amount(Bound::Value),
        (false, true) if saved > 0.0 || added > 0.0 => amount(Bound::AtLeast),
        (true, false) if saved > 0.0 || added > 0.0 => amount(Bound::AtMost),
        _ => Cell::NotKnown,
    }
}

/// `Salesforce: 3 processes`.
fn worst(column: &Figures) -> Cell {
    let Some(worst) = &column.worst_outage else {
        return match single_points(&column.standing) {
            Some(_) => Cell::Text("none stops a process".into()),
            None => Cell::NotKnown,
        };
    };
    Cell::Text(format!("{}: {}", worst.name, counted(worst.processes, "process", "processes")))
}

/// What an hour of that costs.
fn price(column: &Figures) -> Cell {
    let Some(worst) = &column.worst_outage else {
        return if single_points(&column.standing).is_some() { Cell::Empty } else { Cell::NotKnown };
    };
    let bound = if worst.cost_unknown > 0 { Bound::AtLeast } else { Bound::Value };
    measured(Kind::Money, worst.cost_per_hour.map(|cost| Amount { bound, ..Amount::of(cost.get()) }))
}

/// What each scenario changes among the findings, scenario by scenario: new ones, more severe ones, fixed ones, and those
/// about what is gone.
#[must_use]
pub fn findings(comparison: &Comparison) -> Table {
    let columns = vec![
        Column::new("scenario", "Scenario", Kind::Words),
        Column::new("change", "Change", Kind::Words),
        Column::new("severity", "Severity", Kind::Words),
        Column::new("finding", "Finding", Kind::Words),
        Column::new("what", "What", Kind::Words),
    ];
    let mut rows = Vec::new();
    for (at, one) in (1..).zip(&comparison.scenarios) {
        let lists = [
            ("new", &one.findings.new),
            ("more severe", &one.findings.worse),
            ("fixed", &one.findings.fixed),
            ("about what is gone", &one.findings.void),
        ];
        let row = |change: &str, found: &Found| Row {
            id: format!("{at}:{change}:{}", found.id),
            cells: vec![
                Cell::name(&one.name, &one.name),
                Cell::text(change),
                severity(found.severity),
                Cell::Code(found.id.clone()),
                Cell::Text(found.message.clone()),
            ],
            ..Row::default()
        };
        rows.extend(lists.iter().flat_map(|(change, all)| all.iter().map(|found| row(change, found))));
    }
    let table = Table::new("scenario_findings", "Findings against today", ["finding", "findings"], columns);
    Table {
        title: "Findings against today".into(),
        empty: "No scenario changes a finding.".into(),
        rows,
        most: Some(24),
        ..table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::facts::Range;
    use crate::report::tables::cell;

    #[test]
    fn contracts_that_nobody_states_are_never_nothing() {
        let range = |likely: f64| Range { low: likely.into(), likely: likely.into(), high: likely.into() };
        let said = |saved: f64, saved_unknown: &[&str], added: f64, added_unknown: &[&str]| -> String {
            let ids = |all: &[&str]| all.iter().map(|id| (*id).to_owned()).collect();
            let (saved_unknown, added_unknown) = (ids(saved_unknown), ids(added_unknown));
            let of = Contracts { saved: range(saved), saved_unknown, added: range(added), added_unknown };
            cell(Kind::Number, &contracts(&of)).pieces().iter().map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!(said(0.0, &[], 0.0, &[]), "0");
        assert_eq!(said(24_000.0, &[], 6_000.0, &[]), "18,000");
        assert_eq!(said(0.0, &[], 6_000.0, &[]), "-6,000");
        assert_eq!(said(24_000.0, &["a"], 0.0, &[]), "at least 24,000");
        assert_eq!(said(0.0, &["a"], 0.0, &[]), "not known");
        assert_eq!(said(24_000.0, &[], 1_000.0, &["b"]), "at most 23,000");
        assert_eq!(said(0.0, &["a"], 60_000.0, &[]), "at least -60,000");
        assert_eq!(said(24_000.0, &[], 0.0, &["b"]), "at most 24,000");
        assert_eq!(said(24_000.0, &["a"], 1_000.0, &["b"]), "not known");
    }
}
