//! The results of two stacks side by side.

use crate::report::facts::diff::{Diff, HandoffSum};
use crate::report::say::{Amount, Bound, in_currency};
use crate::report::tables::before_after::CANNOT_RUN;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// Stage, findings and totals of both files side by side.
#[must_use]
pub fn figures(diff: &Diff) -> Table {
    let columns = vec![
        Column::new("what", "Figure", Kind::Words),
        Column::new("before", "Before", Kind::Number),
        Column::new("now", "Now", Kind::Number),
    ];
    let row = |key: &str, heading: String, before: Cell, now: Cell| Row {
        id: key.to_owned(),
        cells: vec![Cell::Text(heading), before, now],
        ..Row::default()
    };
    let stage = |stage: u8, blocked_by: Option<&str>| match blocked_by {
        Some(constraint) => Cell::Text(format!("{stage} ({})", constraint.replace('-', " "))),
        None => Cell::Text(stage.to_string()),
    };
    let of = &diff.stage;
    let same = diff.findings.unchanged.len();
    let ended = diff.findings.fixed.len() + diff.findings.void.len();
    let (before, now) = (ended + same, diff.findings.new.len() + same);
    let (old, new) = (&diff.handoffs.old, &diff.handoffs.new);
    // Where a handoff has no figures, the sum is at least so much.
    let least = |sum: &HandoffSum, amount: f64| {
        let bound = if sum.unknown > 0 { Bound::AtLeast } else { Bound::Value };
        Amount { bound, ..Amount::of(amount) }
    };
    let hours = |sum: &HandoffSum| {
        let work = sum.hours.zip(sum.error_hours).map(|(hours, rework)| hours.likely.get() + rework.likely.get());
        work.map_or(Cell::NotKnown, |hours| Cell::Measured(Kind::Hours, least(sum, hours)))
    };
    let cost = |sum: &HandoffSum| {
        let likely = sum.cost.map(|cost| cost.likely.get());
        likely.map_or(Cell::NotKnown, |likely| Cell::Measured(Kind::Money, least(sum, likely)))
    };
    let currency = diff.new.currency.as_deref().filter(|_| diff.old.currency == diff.new.currency);
    let mut rows = vec![
        row("stage", "Stage (blocked by)".into(), stage(of.old, of.old_constraint), stage(of.new, of.new_constraint)),
        row("findings", "Findings, accepted ones too".into(), Cell::count(before), Cell::count(now)),
        row("hours", "Hours a year by hand, rework included".into(), hours(old), hours(new)),
        row("cost", in_currency("Cost of that a year", currency), cost(old), cost(new)),
    ];
    if old.unknown + new.unknown > 0 {
        let heading = "Handoffs without figures".into();
        rows.push(row("unknown", heading, Cell::count(old.unknown), Cell::count(new.unknown)));
    }
    let idle = &diff.cannot_run;
    if !(idle.old.is_empty() && idle.new.is_empty()) {
        rows.push(row("cannot_run", CANNOT_RUN.into(), Cell::count(idle.old.len()), Cell::count(idle.new.len())));
    }
    Table { rows, ..Table::new("figures", "Figures", ["figure", "figures"], columns) }
}
