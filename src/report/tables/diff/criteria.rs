//! Criteria whose state changed.

use crate::report::facts::diff::Diff;
use crate::report::say::criterion;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// Criteria of the stages whose state changed.
#[must_use]
pub fn criteria(diff: &Diff) -> Table {
    let columns = vec![
        Column::new("criterion", "Criterion", Kind::Words),
        Column::new("before", "Before", Kind::Words),
        Column::new("now", "Now", Kind::Words),
    ];
    let word = |word: &str| Cell::text(word.replace('-', " "));
    let rows = diff.stage.criteria.iter().map(|moved| Row {
        id: moved.id.clone(),
        cells: vec![Cell::name(&moved.id, criterion(&moved.id)), word(moved.old), word(moved.new)],
        ..Row::default()
    });
    let table = Table::new("criteria", "Criteria of the stages", ["criterion", "criteria"], columns);
    Table { rows: rows.collect(), ..table }
}
