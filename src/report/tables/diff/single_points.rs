//! Single points of failure that processes gained and lost.

use crate::report::facts::diff::{Diff, SinglePointChange};
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// The table, by process.
#[must_use]
pub fn single_points(diff: &Diff) -> Table {
    let columns = vec![
        Column::new("process", "Process", Kind::Words),
        Column::new("added", "Now stops without", Kind::Words),
        Column::new("removed", "No longer stops without", Kind::Words),
        Column::new("covered", "Falls back on", Kind::Words),
    ];
    let (old, new) = (&diff.old.names, &diff.new.names);
    let removed = |of: &SinglePointChange| match of.runs {
        Some(true) => Cell::names(&of.removed, |id| old.component(id)),
        Some(false) => Cell::text("it cannot run now, so nothing stops it"),
        None => Cell::text("it is not in the new file"),
    };
    let names = |id: &str| if new.processes.contains_key(id) { new } else { old };
    let rows = diff.single_points.iter().map(|of| Row {
        id: of.process.clone(),
        cells: vec![
            Cell::name(&of.process, names(&of.process).process(&of.process)),
            Cell::names(&of.added, |id| new.component(id)),
            removed(of),
            of.covered_by(new).map_or(Cell::Empty, Cell::text),
        ],
        ..Row::default()
    });
    let table = Table::new("single_points", "Single points of failure", ["process", "processes"], columns);
    Table { rows: rows.collect(), ..table }
}
