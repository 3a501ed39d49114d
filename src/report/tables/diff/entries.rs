//! Systems or flows that came, went or changed.

use crate::report::facts::diff::{EntryChanges, KeyChange};
use crate::report::tables::{Cell, Column, Kind, Row, Shape, Table};

/// The table of systems or of flows, called `id` and `name`.
#[must_use]
pub fn entries(id: &'static str, name: &'static str, changes: &EntryChanges) -> Table {
    let columns = vec![
        Column::new("change", "Change", Kind::Words),
        Column::new("entry", "Entry", Kind::Words),
        Column::new("keys", "Changed keys", Kind::Words),
    ];
    let row = |word: &str, id: &String, keys: &[KeyChange]| Row {
        id: id.clone(),
        cells: vec![Cell::text(word), Cell::Code(id.clone()), Cell::list(keys.iter().map(|of| Cell::Text(said(of))))],
        ..Row::default()
    };
    let added = changes.added.iter().map(|id| row("added", id, &[]));
    let removed = changes.removed.iter().map(|id| row("removed", id, &[]));
    let changed = changes.changed.iter().map(|entry| row("changed", &entry.id, &entry.keys));
    let table = Table::new(id, name, ["change", "changes"], columns);
    Table { rows: added.chain(removed).chain(changed).collect(), shape: Shape::Entries(2), ..table }
}

/// `kind: crm, was cms`.
fn said(of: &KeyChange) -> String {
    match (&of.old, &of.new) {
        (Some(old), Some(new)) => format!("{}: {new}, was {old}", of.key),
        (None, Some(new)) => format!("{}: {new}, was not stated", of.key),
        (Some(old), None) => format!("{}: not stated, was {old}", of.key),
        (None, None) => of.key.to_owned(),
    }
}
