//! The options considered for each item of the plan.

use super::{Cell, Column, Kind, Row, Table, Tone};
use crate::report::facts::Report;
use crate::report::say::a_year;

/// The table: items in the order of the plan, options by kind, ready-made first, then by effort; `None` where no plan was asked for.
#[must_use]
pub fn options(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let columns = vec![
        Column::new("item", "Item of the plan", Kind::Words).on_slides().leading_to(&["plan_items"]),
        Column::new("option", "Option", Kind::Words).detail(),
        Column::new("kind", "Kind", Kind::Words).on_slides(),
        Column::new("state", "State", Kind::Words).on_slides(),
        Column::new("days", "Effort, person-days", Kind::Days).on_slides(),
        Column::new("running", a_year("Running cost", report.stack.currency.as_deref()), Kind::Money).on_slides(),
        Column::new("confidence", "Confidence", Kind::Words),
        Column::new("why", "Why", Kind::Words),
    ];
    let rows = plan.items.iter().flat_map(|item| {
        item.ways.iter().map(move |option| {
            let state = match (option.chosen, option.feasible) {
                (true, _) => Cell::Word("chosen".into(), Tone::Good),
                (false, true) => Cell::Word("feasible".into(), Tone::Plain),
                (false, false) => Cell::Word("not feasible".into(), Tone::Fair),
            };
            Row {
                id: format!("{} {}", item.id, option.id),
                about: vec![item.id.clone(), option.id.clone()],
                cells: vec![
                    Cell::name(&item.id, &item.title),
                    Cell::Code(option.id.clone()),
                    Cell::text(option.kind.as_str().replace('-', " ")),
                    state,
                    Cell::range(Some(option.effort)),
                    Cell::range(Some(option.running_cost)),
                    option.confidence.map_or(Cell::Empty, |confidence| Cell::text(confidence.as_str())),
                    Cell::text(&option.why),
                ],
                ..Row::default()
            }
        })
    });
    let table = Table::new("options", "Options considered", ["option", "options"], columns);
    Some(Table {
        title: "Options considered for each item, ready-made first".into(),
        empty: "The plan has no item.".into(),
        rows: rows.collect(),
        ..table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn each_item_has_one_chosen_option() {
        let report = acme();
        let table = options(&report).unwrap();
        let chosen = (0..table.rows.len()).filter(|at| words(&table, *at, &["state"]) == ["chosen"]).count();
        assert!(chosen >= report.plan.unwrap().items.len() && table.rows.len() > chosen, "{chosen}");
    }
}
