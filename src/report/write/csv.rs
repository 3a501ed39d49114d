//! A table as comma-separated values (RFC 4180) for spreadsheets: UTF-8 with its mark at the beginning, one line a row.

use csv::{Terminator, WriterBuilder};
use sinew_draw::text::clean;

use crate::report::say::{Bound, Kind};
use crate::report::tables::{self, Amount, Cell, Table};

/// Letters with which spreadsheets begin a formula.
const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Says that what follows is UTF-8, without which Excel takes it for something else.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The rows of `table` under its headings. A quantity is a plain number in the unit of its heading, and takes three columns where
/// any of its column has a range; what is not known says so. No text begins a formula, also not where a spreadsheet takes a
/// semicolon for the end of a cell: one that would has an apostrophe before it.
///
/// # Panics
/// Never: memory takes every line, and all have as many fields.
#[must_use]
pub fn csv(table: &Table) -> String {
    let has_range: Vec<bool> = (0..table.columns.len())
        .map(|at| table.rows.iter().filter_map(|row| range(&row.cells[at])).any(|(low, high)| low != high))
        .collect();
    let mut head = Vec::new();
    for (column, has_range) in table.columns.iter().zip(&has_range) {
        head.push(safe(&column.heading));
        if *has_range {
            head.extend(["low", "high"].map(|end| safe(&format!("{}: {end}", column.heading))));
        }
    }
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.to_vec());
    writer.write_record(head).expect("memory takes every line");
    for row in &table.rows {
        let mut fields = Vec::new();
        for (at, cell) in row.cells.iter().enumerate() {
            fields.push(field(table.columns[at].kind, cell));
            if has_range[at] {
                let ends = range(cell).map_or([String::new(), String::new()], |(low, high)| [low, high].map(number));
                fields.extend(ends);
            }
        }
        writer.write_record(fields).expect("memory takes every line");
    }
    let bytes = writer.into_inner().expect("memory takes every line");
    String::from_utf8(bytes).expect("whole texts were written")
}

/// The ends of a plain quantity.
fn range(cell: &Cell) -> Option<(f64, f64)> {
    cell.amount().filter(|amount| amount.bound == Bound::Value).map(|Amount { low, high, .. }| (low, high))
}

fn field(kind: Kind, cell: &Cell) -> String {
    match cell.amount() {
        Some(amount) if amount.bound == Bound::Value => number(amount.likely),
        _ => {
            let line = tables::cell(kind, cell);
            safe(&line.pieces().iter().map(|(_, piece)| piece.as_str()).collect::<String>())
        }
    }
}

/// A number without the noise of a sum.
fn number(number: f64) -> String {
    ((number * 1e6).round() / 1e6 + 0.0).to_string()
}

/// Text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    let text = clean(text);
    let parts: Vec<String> = text
        .split(';')
        .map(|part| {
            let word = part.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
            let space = &part[..part.len() - word.len()];
            if word.starts_with(BEGINS_FORMULA) { format!("{space}'{word}") } else { part.to_owned() }
        })
        .collect();
    parts.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::{Column, Row};

    fn table(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
        let rows = rows.into_iter().map(|cells| Row { cells, ..Row::default() }).collect();
        Table { rows, ..Table::new("sample", "Sample", ["one", "several"], columns) }
    }

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn no_text_begins_a_formula_and_every_other_comes_back() {
        let words = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "x; =1", "a \"b\", c; d", "plain", "it's"];
        let rows = words.iter().map(|word| vec![Cell::text(*word)]).collect();
        let text = csv(&table(vec![Column::new("words", "Words", Kind::Words)], rows));
        let fields: Vec<String> = read(&text).into_iter().skip(1).map(|row| row.concat()).collect();
        for (word, field) in words.iter().zip(&fields) {
            assert!(field.split(';').all(|part| !part.trim_start().starts_with(BEGINS_FORMULA)), "{word}: {field}");
        }
        assert_eq!(fields[0], "'=1+1");
        assert_eq!(fields[7..], ["x; '=1", "a \"b\", c; d", "plain", "it's"]);
        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
    }

    #[test]
    fn quantities_are_numbers_negative_ones_too_and_unknown_ones_say_so() {
        let columns = vec![Column::new("cost", "Cost, USD", Kind::Money), Column::new("count", "Count", Kind::Count)];
        let range = Amount { low: -1.5, likely: 2.0, high: 1200.25, bound: Bound::Value };
        let rows = vec![
            vec![Cell::Amount(range), Cell::count(3)],
            vec![Cell::NotKnown, Cell::number(Some(-4.0))],
            vec![Cell::Amount(Amount { bound: Bound::AtLeast, ..Amount::of(1000.0) }), Cell::Empty],
        ];
        let text = csv(&table(columns, rows));
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "\"Cost, USD\",\"Cost, USD: low\",\"Cost, USD: high\",Count");
        assert_eq!(lines[1..], ["2,-1.5,1200.25,3", "not known,,,-4", "\"at least 1,000\",,,"]);
    }
}
