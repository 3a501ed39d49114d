//! A table on a slide: the columns that matter most, and as many rows as fit.

use sinew_draw::deck::{Cell, Column, Table as Shown};

use crate::report::say::Line;
use crate::report::story::Medium;
use crate::report::tables::{self, Table};

/// Most rows of a table whose sums stand on the slide; with more, the notes have them.
const SUMMED: usize = 6;

/// What a last row says of those that do not fit, behind their number.
pub(super) const REST: &str = "more, in the workbook";

/// The rows and columns that a slide shows.
pub(super) fn shown(table: &Table) -> Shown {
    let is_used = |at: usize| table.rows.iter().any(|row| row.cells[at] != tables::Cell::Empty);
    let columns: Vec<_> = table.columns_to(Medium::Deck.rank()).filter(|(at, _)| is_used(*at)).collect();
    let heading = |(_, column): &(usize, &tables::Column)| Column {
        name: column.heading.clone(),
        is_number: column.kind.is_number(),
    };
    // Ranges would take the width that names need.
    let cell = |row: &tables::Row, (at, column): &(usize, &tables::Column)| {
        Cell::from(words(&tables::cell_parts(column.kind, &row.cells[*at]).0))
    };
    let mut rows: Vec<Vec<Cell>> =
        table.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    // Sums stand beneath what they add up, where all of that is on the slide.
    if let Some(foot) = table.foot.as_ref().filter(|_| rows.len() <= SUMMED) {
        rows.push(columns.iter().map(|column| Cell { is_strong: true, ..cell(foot, column) }).collect());
    }
    Shown { columns: columns.iter().map(heading).collect(), rows, rest: Some(REST.to_owned()), beyond: table.beyond }
}

/// What is said beside the table, its totals, and what the slide leaves out of it.
pub(super) fn notes(table: &Table) -> Vec<String> {
    let mut notes = vec![format!("{}.", table.title)];
    notes.extend(table.notes.iter().map(words));
    if let Some(foot) = &table.foot {
        let total = |(at, column): (usize, &tables::Column)| {
            foot.cells[at].amount()?;
            Some(format!("{}: {}", column.heading, words(&tables::cell(column.kind, &foot.cells[at]))))
        };
        let totals: Vec<String> = table.columns.iter().enumerate().filter_map(total).collect();
        notes.push(format!("All together: {}.", totals.join("; ")));
    }
    let left_out = table.left_out(Medium::Deck.rank());
    let also = match left_out.len() {
        0 => String::new(),
        1 => format!(" and the column “{}”", left_out[0]),
        _ => format!(" and the columns “{}”", left_out.join("”, “")),
    };
    notes.push(format!("Likely values; {} has the ranges{also}.", Medium::Workbook.file()));
    notes
}

/// A line without its looks.
pub(super) fn words(line: &Line) -> String {
    line.text()
}
