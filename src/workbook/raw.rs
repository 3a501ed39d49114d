//! A spreadsheet as it was opened: our sheets by name, and what is not ours.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{sheet_named, sheets};
use super::hidden::{self, Hidden};
use super::value::Value;
use super::vocabulary::folded;
use crate::grid;

/// The name of the sheet of questions, and of the one that nobody reads.
pub(super) const QUESTIONS: &str = "Questions";
pub(super) const READ_ME: &str = "Read me";
pub(super) const LISTS: &str = "Lists";

/// One sheet: rows and columns count from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct RawSheet {
    pub(super) name: String,
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, Value>>,
}

/// A spreadsheet that holds a stack.
#[derive(Clone, Debug, Default)]
pub(super) struct Raw {
    /// By the name of our sheet.
    pub(super) sheets: BTreeMap<&'static str, RawSheet>,
    pub(super) hidden: Hidden,
    /// The version of the format, where it is not ours.
    pub(super) other_version: Option<String>,
    /// Sheets of people's own, which are not read, each with its first row.
    pub(super) others: Vec<(String, u32)>,
    /// Cells with comments, and with formulas: `Flows!F12`.
    pub(super) comments: Vec<String>,
    pub(super) formulas: Vec<String>,
    /// Those formulas beside which no value is kept, by sheet, row and column from 1: what they come to is not known.
    pub(super) unread: Vec<(String, u32, u32)>,
}

/// Whether a book is a workbook of ours: by its hidden sheet, else by its sheets of systems and flows and their headings. Where
/// the settings are there too, most headings are enough, as people rename some.
pub(crate) fn is_ours(book: &grid::Book) -> bool {
    let has = |name: &str, headings: &[&str]| {
        book.sheets.iter().any(|sheet| {
            let first: Vec<String> =
                sheet.rows().take(10).flat_map(|(_, row)| row.values()).map(|cell| folded(&cell.text)).collect();
            folded(&sheet.name) == folded(name) && headings.iter().all(|heading| first.contains(&folded(heading)))
        })
    };
    let is_whole = || has("Systems", &["System"]) && has("Flows", &["From", "To", "Data", "How"]);
    let is_most = || has("Settings", &["Setting", "Value"]) && has_most(book, "Systems") && has_most(book, "Flows");
    has_base(book) || is_whole() || is_most()
}

/// Whether a row of the sheet of this name holds headings, of which most are ours.
fn has_most(book: &grid::Book, name: &str) -> bool {
    let Some(ours) = sheet_named(name) else { return false };
    let known: BTreeSet<String> = ours.columns.iter().map(|column| folded(&column.heading)).collect();
    let is_ours = |cells: &BTreeMap<u32, grid::Cell>| {
        let filled: Vec<String> =
            cells.values().map(|cell| folded(&cell.text)).filter(|text| !text.is_empty()).collect();
        let count = filled.iter().filter(|text| known.contains(*text)).count();
        count >= 4 && count * 2 > filled.len()
    };
    let sheet = book.sheets.iter().find(|sheet| folded(&sheet.name) == folded(name));
    sheet.is_some_and(|sheet| sheet.rows().take(10).any(|(_, cells)| is_ours(cells)))
}

/// Whether a book has the hidden sheet of a workbook that was exported.
pub(super) fn has_base(book: &grid::Book) -> bool {
    book.sheets.iter().any(|sheet| {
        let first = sheet.rows().next().and_then(|(_, row)| row.values().next());
        sheet.name == hidden::NAME && first.is_some_and(|cell| cell.text == "sinew workbook")
    })
}

impl Raw {
    /// Takes a book apart. `is_text` tells that its cells come from CSV files, where a mark before a text keeps it one.
    pub(super) fn of(book: &grid::Book, is_text: bool) -> Self {
        let mut raw = Self::default();
        let known = sheets().iter().map(|sheet| sheet.name).chain([QUESTIONS]);
        let known: Vec<&'static str> = known.collect();
        // What was computed stands on sheets of its own, which nobody is told are not read.
        let has_results = book.is_of_results();
        for sheet in &book.sheets {
            if sheet.name == hidden::NAME {
                let rows = sheet.rows().map(|(_, row)| {
                    let last = row.keys().next_back().map_or(0, |last| last + 1);
                    let text = |at: u32| row.get(&at).map(|cell| unmarked(&cell.text, is_text)).unwrap_or_default();
                    (0..last.min(1_000)).map(text).collect::<Vec<String>>()
                });
                match Hidden::of(rows) {
                    Ok(hidden) => raw.hidden = hidden,
                    Err(version) => raw.other_version = Some(version),
                }
                continue;
            }
            let name = known.iter().find(|name| folded(name) == folded(&sheet.name)).copied();
            let Some(name) = name.filter(|name| !raw.sheets.contains_key(name)) else {
                let is_read_me = [READ_ME, LISTS].iter().any(|name| folded(name) == folded(&sheet.name));
                let first = sheet.rows().next().map(|(row, _)| row + 1);
                if let Some(row) = first.filter(|_| !has_results && !is_read_me)
                    && sheet.visibility == grid::Visibility::Visible
                {
                    raw.others.push((sheet.name.clone(), row));
                }
                continue;
            };
            let place = |at: &grid::At| sheet.place(*at);
            raw.comments.extend(sheet.comments.iter().map(place));
            raw.formulas.extend(sheet.formulas.iter().map(place));
            raw.unread.extend(sheet.unread.iter().map(|at| (sheet.name.clone(), at.row + 1, at.column + 1)));
            let rows = sheet.rows().map(|(row, cells)| {
                let cells = cells.iter().map(|(column, cell)| (column + 1, value(cell, is_text)));
                (row + 1, cells.filter(|(_, value)| !value.is_empty()).collect())
            });
            raw.sheets.insert(name, RawSheet { name: sheet.name.clone(), rows: rows.collect() });
        }
        raw
    }
}

fn value(cell: &grid::Cell, is_text: bool) -> Value {
    match cell.value {
        grid::Value::Number(number) if cell.text.ends_with('%') => Value::Share(number),
        grid::Value::Number(number) if cell.text.parse::<f64>().is_err() => Value::Money(number, cell.text.clone()),
        grid::Value::Number(number) => Value::Number(number),
        grid::Value::Bool(flag) => Value::Flag(flag),
        grid::Value::Date(day) => Value::Day(day),
        grid::Value::Minutes(minutes) if minutes >= 120.0 && minutes % 60.0 == 0.0 => {
            Value::of(format!("{}h", minutes / 60.0))
        }
        grid::Value::Minutes(minutes) => Value::of(format!("{minutes}min")),
        grid::Value::Text if is_text => literal(&cell.text),
        grid::Value::Text | grid::Value::Error => Value::of(cell.text.clone()),
    }
}

/// What is written before a text in a CSV file that a spreadsheet could take for a formula.
pub(super) const MARK: char = '\'';

/// Whether a text in a CSV file bears the mark: it begins like a formula, or with the mark itself.
pub(super) fn needs_mark(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', MARK])
}

/// A cell of a CSV file, which does not say what it is.
fn literal(text: &str) -> Value {
    match text.parse::<f64>() {
        Ok(number) if number.to_string() == text => Value::Number(number),
        _ if text == "TRUE" => Value::Flag(true),
        _ if text == "FALSE" => Value::Flag(false),
        _ => Value::of(unmarked(text, true)),
    }
}

fn unmarked(text: &str, is_text: bool) -> String {
    let without = text.strip_prefix(MARK).filter(|rest| is_text && needs_mark(rest));
    without.unwrap_or(text).to_owned()
}
