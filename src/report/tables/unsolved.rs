//! Gaps for which no option is verified.

use super::{Cell, Column, Kind, Row, Shape, Table};
use crate::report::facts::Report;

/// The table; `None` where no plan was asked for.
#[must_use]
pub fn unsolved(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let columns = vec![
        Column::new("gap", "Gap", Kind::Words).on_slides(),
        Column::new("why", "What is missing", Kind::Words).on_slides(),
    ];
    let rows = plan.unsolved.iter().map(|one| Row {
        id: one.about.clone(),
        cells: vec![Cell::text(&one.about), Cell::texts(&one.why)],
        ..Row::default()
    });
    let table = Table::new("unsolved", "No verified solution", ["gap", "gaps"], columns);
    Some(Table {
        title: "Gaps with no verified solution".into(),
        empty: "Every gap has an option.".into(),
        rows: rows.collect(),
        shape: Shape::Entries(1),
        most: Some(12),
        ..table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_gap_says_what_is_missing() {
        let table = unsolved(&tiny()).unwrap();
        assert_eq!(words(&table, 0, &["gap"]), ["handoff: Draft from ChatGPT to HubSpot"]);
        assert!(words(&table, 0, &["why"])[0].contains("; interfaces of ChatGPT are not known: state them at chatgpt"));
    }
}
