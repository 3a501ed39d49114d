//! The same tables as CSV files, one for each sheet.

use super::book::{Book, Page};
use super::hidden;
use super::raw::{MARK, needs_mark};
use super::value::Value;
use crate::grid;

/// One file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvFile {
    /// Its name: that of the sheet, and `.csv`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// So that spreadsheets take the text for UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The files of a book.
pub(super) fn write(book: &Book) -> Vec<CsvFile> {
    let mut files: Vec<CsvFile> = book.sheets.iter().map(page).collect();
    let widest = book.hidden.iter().map(Vec::len).max().unwrap_or(0);
    // Rows of equal length, so that any reader takes them for a table.
    let rows = book.hidden.iter().map(|row| {
        let rest = std::iter::repeat_n(String::new(), widest - row.len());
        row.iter().cloned().chain(rest).collect::<Vec<_>>()
    });
    files.push(file(hidden::NAME, rows.map(|row| row.iter().map(|text| marked(text)).collect())));
    files
}

fn page(page: &Page) -> CsvFile {
    let head = page.heads.iter().map(|head| head.heading.clone()).collect();
    let rows = page.rows.iter().map(|row| {
        row.iter()
            .map(|cell| match &cell.value {
                Value::Text(text) => marked(text),
                value => value.text(),
            })
            .collect::<Vec<_>>()
    });
    file(page.name, std::iter::once(head).chain(rows))
}

fn file(name: &str, rows: impl Iterator<Item = Vec<String>>) -> CsvFile {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for row in rows {
        writer.write_record(&row).expect("writing into memory does not fail");
    }
    let bytes = writer.into_inner().expect("writing into memory does not fail");
    CsvFile { name: format!("{name}.csv"), bytes }
}

/// A text that no spreadsheet takes for a formula.
fn marked(text: &str) -> String {
    if needs_mark(text) { format!("{MARK}{text}") } else { text.to_owned() }
}

/// The book of which `files` are the sheets.
///
/// # Errors
/// What is wrong with a file.
pub(super) fn read(files: &[CsvFile]) -> Result<grid::Book, String> {
    let mut book = grid::Book { what: "a folder of CSV files", ..grid::Book::default() };
    for file in files {
        let Some(name) = file.name.strip_suffix(".csv") else { continue };
        let Some((text, _)) = grid::decode(&file.bytes) else {
            return Err(format!("error: {}: the file is not text\n  = help: save it as CSV in UTF-8\n", file.name));
        };
        let sheet = grid::separated_sheet(name, &text, separator(&text));
        let refused =
            |refusal: grid::Refusal| format!("error: {}: {}\n  = help: {}\n", file.name, refusal.message, refusal.help);
        book.sheets.push(sheet.map_err(refused)?);
    }
    Ok(book)
}

/// What stands most often between the cells of the first row: programs of some countries write semicolons.
fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}
