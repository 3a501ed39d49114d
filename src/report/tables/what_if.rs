//! What another choice would change.

use super::{Cell, Column, Kind, Row, Table, title};
use crate::report::facts::{Number, Report};
use crate::report::say::{Amount, a_year, in_currency};

/// The table; `None` where no other choice was asked about.
#[must_use]
pub fn what_if(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let found = plan.what_if.as_ref()?;
    let currency = report.stack.currency.as_deref();
    let columns = vec![
        Column::new("what", "Figure or item", Kind::Words).on_slides(),
        Column::new("change", "Change", Kind::Number).on_slides(),
    ];
    let figure = |key: &str, heading: String, kind: Kind, by: f64| Row {
        id: key.to_owned(),
        cells: vec![Cell::Text(heading), Cell::Measured(kind, Amount::of(by))],
        ..Row::default()
    };
    let known = |key: &str, heading: String, kind: Kind, by: Option<Number>| Row {
        cells: vec![Cell::Text(heading), by.map_or(Cell::NotKnown, |by| Cell::Measured(kind, Amount::of(by.get())))],
        id: key.to_owned(),
        ..Row::default()
    };
    let money = |key, what, by| known(key, in_currency(what, currency), Kind::Money, by);
    let mut rows = vec![
        money("net_value", "Net value", found.net_value),
        money("spent", "Work and running cost within the horizon", found.spent),
        known("hours", "Hours a year left by hand".into(), Kind::Hours, found.hours),
        known("cost", a_year("Cost of that", currency), Kind::Money, found.cost),
        figure("handoffs", "Handoffs left".into(), Kind::Count, found.handoffs as f64),
        known("outage_cost", a_year("Expected outage cost", currency), Kind::Money, found.outage_cost),
    ];
    if plan.is_in_hours() {
        let heading = "Hours saved within the horizon, those of the work taken off".into();
        rows.insert(0, known("net_hours", heading, Kind::Hours, found.net_hours));
    }
    let item = |id: &String, words: String| Row {
        id: id.clone(),
        about: vec![id.clone()],
        cells: vec![Cell::name(id, title(plan, id)), Cell::Text(words)],
        ..Row::default()
    };
    rows.extend(found.added.iter().map(|id| item(id, "added".into())));
    rows.extend(found.dropped.iter().map(|id| item(id, "dropped".into())));
    rows.extend(found.moved.iter().map(|moved| item(&moved.item, format!("wave {} to {}", moved.from, moved.to))));
    let table = Table::new("what_if", "What if", ["change", "changes"], columns);
    Some(Table { title: "What if: change against the plan without these options".into(), rows, ..table })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn changes_are_told_by_figure_and_by_item() {
        let mut report = acme();
        assert!(what_if(&report).is_none());
        let plan = report.plan.as_mut().unwrap();
        let mut usual = plan.clone();
        usual.items.remove(2);
        usual.net_value = Some(1_000.0.into());
        plan.what_if = Some(crate::report::facts::plan::WhatIf::between(&usual, plan));
        let table = what_if(&report).unwrap();
        assert_eq!(words(&table, 0, &["what", "change"]), ["Net value, USD", "14,853"]);
        let last = words(&table, table.rows.len() - 1, &["what", "change"]);
        assert_eq!(last, ["Carry Content draft from Jasper to WordPress through Workato", "added"]);
    }
}
