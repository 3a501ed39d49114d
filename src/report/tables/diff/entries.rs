//! What differs in the file, key by key.

use crate::report::facts::diff::{Change, Diff, Moves};
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// What differs and moved a figure, or may have.
#[must_use]
pub fn changes(diff: &Diff) -> Table {
    table("changes", "What changed in the file", diff.changes.iter().filter(|change| change.moved != Moves::Nothing))
}

/// What differs and moved no figure.
#[must_use]
pub fn without_effect(diff: &Diff) -> Table {
    table("without_effect", "No figure moved", diff.changes.iter().filter(|change| change.moved == Moves::Nothing))
}

fn table<'d>(id: &'static str, name: &'static str, changes: impl Iterator<Item = &'d Change>) -> Table {
    let columns = vec![
        Column::new("change", "Change", Kind::Words),
        Column::new("entry", "Entry", Kind::Words),
        Column::new("key", "Key", Kind::Words),
        Column::new("before", "Before", Kind::Words),
        Column::new("now", "Now", Kind::Words),
    ];
    let row = |change: &Change| Row {
        id: change.id.clone(),
        cells: vec![
            Cell::text(match (&change.key, &change.old, &change.new) {
                (None, None, _) => "added",
                (None, _, None) => "removed",
                (Some(_), None, _) => "stated now",
                (Some(_), _, None) => "no longer stated",
                _ => "changed",
            }),
            change.entry.as_ref().map_or(Cell::text("the file"), |entry| Cell::Code(entry.clone())),
            change.key.as_ref().map_or(Cell::Empty, |key| Cell::Code(key.clone())),
            value(change.old.as_ref()),
            value(change.new.as_ref()),
        ],
        ..Row::default()
    };
    Table { rows: changes.map(row).collect(), ..Table::new(id, name, ["change", "changes"], columns) }
}

/// Letters of a value that a table shows; the JSON has all of it.
const SHOWN: usize = 160;

/// What stands in the file, whose backticks are its own.
fn value(of: Option<&String>) -> Cell {
    let Some(text) = of else { return Cell::Empty };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cell::name(text, format!("{}…", &text[..end])),
        None => Cell::name(text, text),
    }
}
