//! The currency that the amounts of a workbook bear, where Settings names none.

use std::collections::BTreeMap;

use super::columns::Holds;
use super::table::{Cell, Given, Slot, Table};
use crate::model::shape::Takes;
use crate::model::spoken;
use crate::source::Span;

/// The currency that most amounts bear, the first of equals, with the first cell that does. Amounts in another are refused
/// at their cells, as nothing is converted.
pub(super) fn of_cells(tables: &[Table], given: &[Given]) -> Option<(&'static str, Span)> {
    if given.iter().any(|one| one.path == ["currency"] && !one.cell.value.is_empty()) {
        return None;
    }
    let mut counts: BTreeMap<&'static str, (usize, Span)> = BTreeMap::new();
    let mut count = |takes: Takes, cell: &Cell| {
        let (Takes::Number(unit) | Takes::NumberRange(unit)) = takes else { return };
        if !unit.starts_with("money") || cell.value.is_empty() {
            return;
        }
        let Some((_, Some(sign))) = spoken::money(&cell.value.amount(), unit) else { return };
        let held = counts.entry(if sign == "$" { "USD" } else { sign }).or_insert((0, cell.span));
        *held = (held.0 + 1, if cell.span.start < held.1.start { cell.span } else { held.1 });
    };
    for one in given {
        count(one.takes, &one.cell);
    }
    for table in tables {
        for (slot, cell) in table.rows.iter().flat_map(|row| &row.cells) {
            if let Slot::Known(at) = slot
                && let Holds::Key(takes) = table.sheet.columns[*at].holds
            {
                count(takes, cell);
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(first.start)));
    most.map(|(currency, (_, first))| (currency, first))
}
