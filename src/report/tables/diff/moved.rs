//! Every computed figure that moved, with what moved it.

use crate::report::facts::diff::{Diff, Figure};
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// Rows of the table where not all are asked for.
const SHOWN: usize = 25;

/// The figures by path, the first of them or all.
#[must_use]
pub fn moved(diff: &Diff, all: bool) -> Table {
    let columns = vec![
        Column::new("figure", "Figure", Kind::Words),
        Column::new("before", "Before", Kind::Words),
        Column::new("now", "Now", Kind::Words),
        Column::new("by", "Moved by", Kind::Words),
    ];
    let row = |figure: &Figure| Row {
        id: figure.path.clone(),
        cells: vec![
            Cell::Code(figure.path.clone()),
            figure.old.as_ref().map_or(Cell::text("none"), Cell::text),
            figure.new.as_ref().map_or(Cell::text("none"), Cell::text),
            Cell::list(figure.by.iter().map(|id| Cell::Code(id.clone()))),
        ],
        ..Row::default()
    };
    let table = Table::new("moved", "Every figure that moved", ["figure", "figures"], columns);
    let most = (!all).then_some(SHOWN);
    Table { rows: diff.figures.iter().map(row).collect(), most, ..table }
}
