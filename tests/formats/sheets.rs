//! Every table of the story is a sheet of the workbook with all its rows and columns, ranges in columns of their own.

use std::io::Cursor;

use calamine::{Data, DataType as _, Range, Reader as _, Xlsx};
use sinew::report::say::spread;
use sinew::report::story::{self, Workbook};
use sinew::report::tables::{Amount, Bound, Cell, Kind, Table, cell};

use super::all;
use super::read::said;

/// The row of the heading of a table, which begins with that of its first column.
fn head(values: &Range<Data>, table: &Table) -> usize {
    let is_head = |row: &[Data]| row.first().is_some_and(|cell| cell.to_string() == table.columns[0].heading);
    values.rows().position(is_head).unwrap_or_else(|| panic!("{} has no heading", table.id))
}

fn is(found: &Data, number: f64) -> bool {
    found.as_f64().is_some_and(|found| (found - number).abs() <= 2e-6 * number.abs().max(1.0))
}

/// Whether a cell of a sheet says what the cell of the table says.
fn says(found: &Data, kind: Kind, shown: &Cell) -> bool {
    let words = said(&cell(kind, shown));
    match shown.amount() {
        Some(Amount { bound: Bound::Value, likely, .. }) if likely.is_finite() => is(found, likely),
        Some(_) => found.as_f64().is_some() || found.to_string() == words,
        None if kind == Kind::Date && matches!(found, Data::DateTime(_)) => true,
        None => found.to_string() == words.split('\n').map(sinew_draw::text::clean).collect::<Vec<_>>().join("\n"),
    }
}

/// The ends of a range that the table states.
fn ends(kind: Kind, shown: &Cell) -> Option<(f64, f64)> {
    let kind = if let Cell::Measured(own, _) = shown { *own } else { kind };
    let amount = shown.amount().filter(|amount| amount.bound == Bound::Value)?;
    spread(kind, amount).map(|_| (amount.low, amount.high))
}

#[test]
fn every_table_of_the_story_is_a_sheet_cell_by_cell() {
    let mut cells = 0;
    for told in all() {
        let mut book = Xlsx::new(Cursor::new(told.book.clone())).unwrap();
        let Workbook { tables, dashboard, gantt, choices, .. } = story::workbook(&told.report);
        let mut names = vec!["Summary"];
        names.extend(dashboard.iter().map(|_| "Dashboard"));
        for table in &tables {
            names.push(table.name);
            names.extend(gantt.iter().filter(|_| table.id == "plan_items").map(|_| "Gantt"));
        }
        names.extend(dashboard.iter().map(|_| "Chart data"));
        names.extend(choices.iter().take(1).map(|_| "Choices"));
        assert_eq!(book.sheet_names(), names);
        for table in &tables {
            let place = format!("{}, {}", told.name, table.id);
            let values = book.worksheet_range(table.name).unwrap();
            if table.rows.is_empty() {
                let said = if table.empty.is_empty() { format!("No {}.", table.unit[1]) } else { table.empty.clone() };
                assert!(values.rows().flatten().any(|cell| cell.to_string() == said), "{place}");
                continue;
            }
            let head = head(&values, table);
            let headings: Vec<String> = values.rows().nth(head).unwrap().iter().map(ToString::to_string).collect();
            let column_of = |heading: &str| headings.iter().position(|found| found == heading);
            for (index, column) in table.columns.iter().enumerate() {
                let at = column_of(&column.heading);
                let at = at.unwrap_or_else(|| panic!("{place}: {} is missing: {headings:?}", column.heading));
                for (row, shown) in table.rows.iter().enumerate() {
                    let place = format!("{place}, {}, {}", shown.id, column.key);
                    let value = |at: usize| values.get((head + 1 + row, at)).unwrap_or(&Data::Empty);
                    let shown = &shown.cells[index];
                    assert!(says(value(at), column.kind, shown), "{place}: {:?} for {shown:?}", value(at));
                    if let Some((low, high)) = ends(column.kind, shown).filter(|_| column.kind.is_number()) {
                        let end = |which: &str| value(column_of(&format!("{}: {which}", column.heading)).unwrap());
                        // What has no high end has an empty cell.
                        let is_high =
                            if high.is_infinite() { *end("high") == Data::Empty } else { is(end("high"), high) };
                        assert!(is(end("low"), low) && is_high, "{place}: {shown:?}");
                    }
                    cells += 1;
                }
            }
            let below = values.get((head + 1 + table.rows.len(), 0)).unwrap_or(&Data::Empty);
            assert_eq!(*below, Data::Empty, "{place}: a row that the table does not have");
        }
    }
    assert!(cells > 9_000, "{cells} cells were compared");
}
