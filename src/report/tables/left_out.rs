//! Obligations that fit in no plan.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::plan::Smallest;
use crate::report::facts::{Number, Report};
use crate::report::say::in_currency;

/// The table; `None` where no plan was asked for.
#[must_use]
pub fn left_out(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let currency = report.stack.currency.as_deref();
    let columns = vec![
        Column::new("finding", "Finding", Kind::Words).on_slides().leading_to(&["findings"]),
        Column::new("budget", in_currency("Smallest budget", currency), Kind::Money).on_slides(),
        Column::new("capacity", "Smallest capacity, person-days a week", Kind::Number).on_slides(),
        Column::new("capacity_budget", in_currency("Budget with that capacity", currency), Kind::Money).on_slides(),
        Column::new("horizon", "Smallest horizon, weeks", Kind::Number).on_slides(),
        Column::new("horizon_budget", in_currency("Budget with that horizon", currency), Kind::Money).on_slides(),
    ];
    let rows = plan.obligations.left_out.iter().map(|one| {
        let message = report.findings.iter().flatten().find(|finding| finding.id == one.finding);
        let number = |of: fn(&Smallest) -> Option<Number>| match &one.smallest {
            None => Cell::NotKnown,
            Some(smallest) => of(smallest).map_or(Cell::NothingToJudge, |number| Cell::number(Some(number.get()))),
        };
        Row {
            id: one.finding.clone(),
            cells: vec![
                Cell::name(&one.finding, message.map_or(&one.finding, |finding| &finding.message)),
                number(|of| of.budget),
                number(|of| of.capacity),
                number(|of| of.capacity_budget),
                number(|of| of.horizon_weeks),
                number(|of| of.horizon_budget),
            ],
            ..Row::default()
        }
    });
    let table = Table::new("left_out", "Obligations left out", ["obligation", "obligations"], columns);
    Some(Table {
        title: "Findings that must be answered and do not fit: the smallest of each setting that would do".into(),
        empty: "Nothing that must be answered was left out.".into(),
        rows: rows.collect(),
        ..table
    })
}
