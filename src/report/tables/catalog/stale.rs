//! The facts that have to be looked up again.

use crate::catalog::Stale;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// The table, most used first.
#[must_use]
pub fn stale(facts: &[Stale]) -> Table {
    let columns = vec![
        Column::new("fact", "Fact", Kind::Words),
        Column::new("product", "Product", Kind::Words),
        Column::new("to", "To", Kind::Words),
        Column::new("says", "Says", Kind::Words),
        Column::new("date", "Date", Kind::Words),
        Column::new("age", "Age", Kind::Words),
        Column::new("counts_as", "Counts as", Kind::Words),
        Column::new("source", "Source", Kind::Words),
    ];
    let code = |id: &str| Cell::Code(id.to_owned());
    let row = |(at, stale): (usize, &Stale)| Row {
        id: at.to_string(),
        cells: vec![
            Cell::text(stale.fact.as_str()),
            code(stale.product.as_str()),
            stale.to.as_ref().map_or(Cell::Empty, |to| code(to.as_str())),
            stale.says.as_ref().map_or(Cell::Empty, Cell::text),
            stale.source.date.as_ref().map_or(Cell::NotKnown, Cell::text),
            Cell::text(stale.age.as_str()),
            Cell::text(stale.counts_as.as_str()),
            Cell::text(stale.source.cited()),
        ],
        ..Row::default()
    };
    let table = Table::new("stale", "Facts to look up again", ["fact", "facts"], columns);
    Table {
        empty: "Every fact has a date and is fresh.".into(),
        rows: facts.iter().enumerate().map(row).collect(),
        ..table
    }
}
