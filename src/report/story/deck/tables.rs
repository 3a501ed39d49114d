//! A table on a slide: the columns that matter most, and as many rows as fit.

use std::collections::BTreeSet;

use sinew_draw::deck::{Cell, Column, Table as Shown};

use crate::report::facts::Report;
use crate::report::say::{Line, counted};
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

/// Of failures those that stop a process, as the title of their slide says, where there are some; a note counts the others. Any other
/// table is as it was.
pub(super) fn stopping(report: &Report, mut table: Table) -> Table {
    let stopping = report.outages.iter().flatten().filter(|outage| outage.stopping() > 0);
    let stopping: BTreeSet<String> = stopping.map(|outage| outage.components.join(" ")).collect();
    if table.id != "outages" || stopping.is_empty() {
        return table;
    }
    let all = table.rows.len();
    table.rows.retain(|row| stopping.contains(&row.id));
    let others = all - table.rows.len();
    if others > 0 {
        let words = counted(others, "failure more stops no process", "failures more stop no process");
        table.notes.push(Line::of(format!("{words}; {} has all of them.", Medium::Workbook.file())));
    }
    table
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::tiny;

    #[test]
    fn a_slide_that_says_who_stops_a_process_lists_nobody_else() {
        let mut report = tiny();
        let of = |report: &Report| stopping(report, tables::outages(report).unwrap());
        let all = of(&report);
        assert!(all.rows.len() > 2);
        report.outages.as_mut().unwrap()[1].processes_down.clear();
        let fewer = of(&report);
        assert_eq!((fewer.rows.len(), fewer.rows[0].id == all.rows[0].id), (all.rows.len() - 1, true));
        assert_eq!(fewer.rows[1].id, all.rows[2].id);
        let others = tables::outages(&report).unwrap().rows.len() - fewer.rows.len();
        let told = fewer.notes.last().map(Line::text);
        assert_eq!(told, Some(format!("{others} failures more stop no process; plan.xlsx has all of them.")));
    }
}
