//! Where the stack stands today, and where with the plan.

use std::collections::BTreeMap;

use super::processes::{availability as up, decimals, with_unknown};
use super::{Cell, Column, Kind, Row, Table, id_in_words};
use crate::report::facts::plan::{Plan, Standing};
use crate::report::facts::process::Availability;
use crate::report::facts::{Names, Range, Report};
use crate::report::say::{Amount, Bound, Line, a_year};

/// Hours of a year.
const YEAR: f64 = 8_760.0;

/// What counts processes that do not run even if nothing fails. What they lost are no single points any more, so that a stack in
/// which they stand still looks better by that count.
pub(in crate::report::tables) const CANNOT_RUN: &str = "Processes that cannot run";

/// From this size on a change is told as a share too.
const LARGE: f64 = 100.0;

/// The table; `None` where no plan was asked for.
#[must_use]
pub fn before_after(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let columns = vec![
        Column::new("what", "Figure", Kind::Words).on_slides(),
        Column::new("before", "Today", Kind::Number).on_slides(),
        Column::new("after", "With the plan", Kind::Number).on_slides(),
        Column::new("change", "Change", Kind::Number).on_slides().computed("{after}-{before}"),
        Column::new("share", "Change, %", Kind::Share).on_slides(),
    ];
    let table = Table::new("before_after", "Before and after", ["figure", "figures"], columns);
    let is_idle = [&plan.before, &plan.after].iter().any(|at| !at.cannot_run.is_empty());
    let figures = figures(report.stack.currency.as_deref()).into_iter();
    let rows = figures.filter(|figure| is_idle || figure.key != "cannot_run").map(|figure| row(plan, &figure));
    let stated = [&plan.before, &plan.after].into_iter().flat_map(|at| at.availability.values().flatten());
    let digits = decimals(stated);
    let names = &report.stack.names;
    let least = (plan.gained_unknown() > 0 || plan.before.hours_unknown > plan.after.hours_unknown).then(|| {
        Line::of("Some of the work that ends has no figures: the change is at least as large as it stands here.")
    });
    let processes = plan.before.availability.keys().flat_map(|id| availability(names, plan, id, digits));
    Some(Table {
        title: "Before and after: today's stack, and the target of the plan".into(),
        rows: rows.chain(new_findings(plan)).chain(processes).collect(),
        notes: introduced(report, plan).into_iter().chain(least).chain([
            Line::of("What the plan replaces stays as standby and takes no hours."),
            Line::of(
                "Expected outage cost counts an hour without a process once, however many components have failed; the value of \
                 items counts failures one at a time.",
            ),
        ]).collect(),
        ..table
    })
}

/// How many findings come with the target; nothing where none does.
fn new_findings(plan: &Plan) -> Option<Row> {
    let new = Cell::Measured(Kind::Count, Amount::of(plan.introduces.len() as f64));
    (!plan.introduces.is_empty()).then(|| Row {
        id: "introduces".to_owned(),
        cells: vec![Cell::text("Findings that come with the plan"), Cell::Empty, new, Cell::Empty, Cell::Empty],
        ..Row::default()
    })
}

/// Which they are.
fn introduced(report: &Report, plan: &Plan) -> Option<Line> {
    let names: Vec<String> = plan.introduces.iter().map(|id| id_in_words(report, id)).collect();
    (!names.is_empty()).then(|| Line::of(format!("Findings that come with the plan: {}.", names.join("; "))))
}

/// One line of the table.
struct Figure {
    key: &'static str,
    heading: String,
    kind: Kind,
    of: fn(&Standing) -> Option<Amount>,
}

fn figures(currency: Option<&str>) -> Vec<Figure> {
    let figure = |key, heading: &str, kind, of| Figure { key, heading: heading.to_owned(), kind, of };
    let (cost, outages) = (a_year("Cost of that", currency), a_year("Expected outage cost", currency));
    vec![
        figure("hours", "Hours a year by hand, rework included", Kind::Hours, |at| known(at.hours, at.hours_unknown)),
        figure("cost", &cost, Kind::Money, |at| known(at.cost, at.cost_unknown)),
        figure("handoffs", "Handoffs", Kind::Count, |at| count(at.handoffs as f64)),
        figure("ai_handoffs", "Handoffs of AI output", Kind::Count, |at| count(at.ai_handoffs as f64)),
        figure("ai_silos", "AI tools that are silos", Kind::Count, |at| count(at.ai_silos as f64)),
        figure("loops_closed", "Feedback loops closed", Kind::Count, |at| count(at.loops_closed as f64)),
        figure("loops_open", "Feedback loops open", Kind::Count, |at| count(at.loops_open as f64)),
        figure("cannot_run", CANNOT_RUN, Kind::Count, |at| count(at.cannot_run.len() as f64)),
        figure("single_points", "Single points of failure", Kind::Count, single_points),
        figure("outage_cost", &outages, Kind::Money, outage_cost),
        figure("outage_cost_unknown", "Processes not in it: cost or availability not known", Kind::Count, |at| {
            count(at.outage_cost_unknown.len() as f64)
        }),
        figure("stops_unpriced", "Stops of a process by one of them, expected cost not known", Kind::Count, |at| {
            count(at.stops_unpriced as f64)
        }),
        figure("stage", "Maturity stage", Kind::Count, |at| count(f64::from(at.stage))),
        figure("criteria_met", "Criteria met", Kind::Count, |at| count(at.criteria_met.len() as f64)),
        figure("findings", "Findings", Kind::Count, |at| count(at.findings.values().sum::<usize>() as f64)),
    ]
}

fn row(plan: &Plan, figure: &Figure) -> Row {
    let (before, after) = ((figure.of)(&plan.before), (figure.of)(&plan.after));
    let is_exact = |amount: Amount| figure.key != "outage_cost" || amount.bound == Bound::Value;
    let both = before.zip(after).filter(|(before, after)| is_exact(*before) && is_exact(*after));
    let both = both.map(|(before, after)| (before.likely, after.likely));
    let by = both.map(|(before, after)| after - before);
    let share = both.map(|(before, after)| (after - before) / before);
    let is_told = both.is_some_and(|(before, after)| before >= LARGE && before != after);
    // Of what is at least so much there is no share, but where nothing is left.
    let is_gone = after.is_some_and(|after| after.likely == 0.0 && after.bound == Bound::Value);
    let is_open = !is_gone && before.is_some_and(|before| before.bound == Bound::AtLeast);
    let share = match share.filter(|_| is_told) {
        Some(_) if is_open => Cell::NotKnown,
        Some(share) => Cell::number(Some(share)),
        None => Cell::Empty,
    };
    let measured = |amount: Option<Amount>| amount.map_or(Cell::NotKnown, |one| Cell::Measured(figure.kind, one));
    Row {
        id: figure.key.to_owned(),
        cells: vec![
            Cell::text(&figure.heading),
            measured(before),
            measured(after),
            measured(by.map(Amount::of)),
            share,
        ],
        formulas: both.map(|(before, after)| followed(figure.key, before, after)).unwrap_or_default(),
        ..Row::default()
    }
}

/// Components whose failure alone stops a process; not known without a process.
pub(super) fn single_points(at: &Standing) -> Option<Amount> {
    if at.availability.is_empty() { None } else { count(at.single_points.len() as f64) }
}

/// What outages are expected to cost: the number, its bounds, or at least so much.
pub(super) fn outage_cost(at: &Standing) -> Option<Amount> {
    let cost = at.outage_cost?;
    let low = cost.low.get();
    Some(match (at.exact_outage_cost(), cost.high) {
        (Some(exact), _) => Amount::of(exact),
        (None, Some(high)) if at.outage_cost_unknown.is_empty() => {
            Amount { low, likely: low, high: high.get(), bound: Bound::Between }
        }
        _ => Amount { bound: Bound::AtLeast, ..Amount::of(low) },
    })
}

/// A number of things, or a sum of which all is known.
fn count(number: f64) -> Option<Amount> {
    Some(Amount::of(number))
}

/// A sum of which some parts may not be known: then it is at least that.
pub(super) fn known(range: Option<Range>, unknown: usize) -> Option<Amount> {
    let bound = if unknown > 0 { Bound::AtLeast } else { Bound::Value };
    range.map(|range| Amount { bound, ..range.into() })
}

/// The figures that follow the inputs of a workbook: today's from the steps, the target's in proportion.
fn followed(key: &str, before: f64, after: f64) -> Vec<(&'static str, String)> {
    let total = match key {
        "hours" => "handoff_hours",
        "cost" => "handoff_cost",
        _ => return Vec::new(),
    };
    if before > 0.0 {
        vec![("before", total.to_owned()), ("after", format!("{after}*{total}/{before}"))]
    } else {
        Vec::new()
    }
}

/// The availability of a process, and the hours a year without it.
fn availability(names: &Names, plan: &Plan, id: &str, digits: u8) -> [Row; 2] {
    let row = |key: &str, heading: String, kind: Kind, of: fn(&Availability) -> Amount| {
        let sides = [&plan.before, &plan.after].map(|at| {
            let found = at.availability.get(id).copied().flatten().map(|found| of(&found));
            let of = |all: &BTreeMap<String, usize>| all.get(id).copied().unwrap_or(0);
            (found, of(&at.availability_unknown), of(&at.availability_possibly_unknown))
        });
        let cells = sides.map(|(amount, unknown, possible)| match amount {
            Some(amount) => with_unknown(Cell::Measured(kind, amount), unknown, possible),
            None => Cell::NotKnown,
        });
        let [before, after] = sides.map(|(amount, unknown, possible)| amount.filter(|_| unknown + possible == 0));
        let by = before.zip(after).map(|(before, after)| Amount::of(after.likely - before.likely));
        let change = match by {
            _ if kind != Kind::Hours => Cell::Empty,
            Some(by) => Cell::Measured(kind, by),
            None => Cell::NotKnown,
        };
        let [before, after] = cells;
        Row {
            id: format!("{key}:{id}"),
            about: vec![id.to_owned()],
            cells: vec![Cell::text(heading), before, after, change, Cell::Empty],
            ..Row::default()
        }
    };
    let name = names.process(id);
    [
        row("availability", format!("Availability of {name}"), Kind::Availability(digits), up),
        row("down", format!("Hours a year without {name}"), Kind::Hours, hours_down),
    ]
}

/// How many hours of a year a process does not run.
fn hours_down(of: &Availability) -> Amount {
    let low = of.unavailability.low * YEAR;
    match of.unavailability.high.map(|high| high * YEAR) {
        None => Amount { bound: Bound::AtLeast, ..Amount::of(low) },
        Some(high) if of.exact => Amount { low, likely: high, high, bound: Bound::Value },
        Some(high) => Amount { low, likely: high, high, bound: Bound::Between },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn figures_stand_side_by_side_with_their_change() {
        let table = before_after(&acme()).unwrap();
        let keys = ["what", "before", "after", "change", "share"];
        let hours = ["Hours a year by hand, rework included", "573 (400 to 920)", "39", "-534", "-93%"];
        assert_eq!(words(&table, 0, &keys), hours);
        assert_eq!(words(&table, 2, &keys), ["Handoffs", "2", "1", "-1", ""]);
        let (last, known) = (table.rows.len() - 2, "at most 99.90%, 8 not known");
        assert_eq!(words(&table, last, &keys), ["Availability of Campaign launch", known, known, "", ""]);
    }

    #[test]
    fn findings_that_come_with_the_plan_are_counted_and_named() {
        let mut report = acme();
        let rows = |report: &Report| before_after(report).unwrap().rows.len();
        let known = rows(&report);
        report.plan.as_mut().unwrap().introduces = vec!["competing-writers:lead".to_owned()];
        let table = before_after(&report).unwrap();
        assert_eq!(table.rows.len(), known + 1);
        let at = table.rows.iter().position(|row| row.id == "introduces").unwrap();
        let said = ["Findings that come with the plan", "", "1", "", ""];
        assert_eq!(words(&table, at, &["what", "before", "after", "change", "share"]), said);
        let notes: String = table.notes[0].pieces().iter().map(|(_, text)| text.as_str()).collect();
        let name = id_in_words(&report, "competing-writers:lead");
        assert_eq!(notes, format!("Findings that come with the plan: {name}."));
    }
}
