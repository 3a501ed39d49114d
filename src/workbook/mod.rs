//! The editable workbook: a stack as a spreadsheet that comes back without loss.
//!
//! Which sheets and columns there are follows from the model's table of keys. Reading makes the tree that a stack file
//! would have, with cells for places, so that the same reader judges both.

mod accepted;
mod added;
// Only spreadsheets have drop-downs and looks.
#[cfg_attr(not(feature = "xlsx"), allow(dead_code))]
mod book;
mod columns;
mod currency;
mod fill;
mod folder;
mod gone;
#[cfg(feature = "xlsx")]
mod guide;
mod hidden;
mod ids;
mod into;
mod items;
mod keys;
mod likely;
mod names;
mod own;
mod parse;
mod plans;
mod questions;
mod raw;
mod show;
mod table;
mod tree;
mod value;
mod vocabulary;
mod words;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::collections::BTreeMap;

#[cfg(feature = "xlsx")]
use crate::catalog::SharedCatalog;
use crate::grid;
use crate::model::{Bring, Reading, Stack, read_tree, word_of_list};
use crate::source::{CellPlace, CellText, Diagnostic, Diagnostics, Source, Span};

use raw::Raw;
use words::Places;

pub use folder::CsvFile;
pub use into::{Absent, Brought, Unbrought, bring, stack_text};
pub(crate) use raw::is_ours;

/// What a sheet is called, and the number of its column for each key.
type Columns = (String, Vec<(String, u32)>);

/// A workbook that was read.
#[derive(Debug)]
pub struct Opened {
    /// Its rows as text, in which places are cells.
    pub source: Source,
    /// The stack, and what was odd about the workbook; or only what was wrong with it.
    pub reading: Reading,
    /// Rows that are entries.
    pub rows: usize,
    /// Cells with comments, which are not kept: `Flows!F12`.
    pub comments: Vec<String>,
    /// Cells with formulas, whose last values were read.
    pub formulas: Vec<String>,
    /// What rides on the hidden sheet.
    base: hidden::Hidden,
    /// The ids under which entries were exported, by their list and where they begin.
    exported: BTreeMap<(&'static str, u32), String>,
    /// The cells of each entry by key, by its list and where it begins; those of settings under no list.
    cells: BTreeMap<(&'static str, u32), Vec<(String, Span)>>,
    /// What each sheet of entries is called, by their list, and the number of its column for each key.
    columns: BTreeMap<&'static str, Columns>,
    /// The cell of each setting, filled or not.
    settings: Vec<(String, Span)>,
}

/// Reads a book as the workbook called `name`.
pub(crate) fn read(name: &str, book: &grid::Book, is_csv: bool, bring: Bring<'_>) -> Opened {
    let raw = Raw::of(book, is_csv);
    let mut problems = Diagnostics::default();
    let mut text = CellText::default();
    let mut given = table::given(&raw, &mut text, &mut problems);
    let mut tables = table::tables(&raw, &mut text, &mut problems);
    questions::answer(&raw, &mut tables, &mut given, &mut text, &mut problems);
    if let Some(version) = &raw.other_version {
        let message = format!("the workbook has format version `{version}`, and this program reads version 1");
        problems.push(Diagnostic::error("bad-version", Span::new(0, 1), message).help("export it again"));
    }
    words::not_read(&raw.others, &mut text).into_iter().for_each(|problem| problems.push(problem));
    gone::told(&tables, raw.sheets.contains_key("Settings"), &raw.hidden, &mut text)
        .into_iter()
        .for_each(|problem| problems.push(problem));
    words::without_value(&raw.unread, &mut text).into_iter().for_each(|problem| problems.push(problem));
    let rows = tables.iter().map(|table| table.rows.len()).sum();
    let cells = cells(&tables, &given);
    let columns = columns(&tables);
    let settings = given.iter().map(|one| (one.path.join("."), one.cell.span)).collect();
    // Of rows that lack what they cannot do without, nothing more is said: all of it would follow from that.
    let of_headings = if tables.iter().any(|table| table.is_cut) { problems.clone().into_sorted() } else { Vec::new() };
    let grown = tree::tree(&tables, &given, &raw.hidden, &mut problems);
    let mut reading = match tables.iter().any(|table| table.is_cut) {
        true => Reading { stack: None, problems: of_headings },
        false => read_tree(&grown.root, problems, bring),
    };
    let places = Places::of(&tables, &given, &grown.names, &raw.hidden);
    reading.problems = reading.problems.into_iter().map(|problem| places.told(problem)).collect();
    reading.problems.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    reading.problems.dedup();
    Opened {
        source: Source::of_cells(name, text),
        reading,
        rows,
        comments: raw.comments,
        formulas: raw.formulas,
        base: raw.hidden,
        exported: grown.exported,
        cells,
        columns,
        settings,
    }
}

/// The filled cells of entries and settings, by key.
fn cells(tables: &[table::Table], given: &[table::Given]) -> BTreeMap<(&'static str, u32), Vec<(String, Span)>> {
    let mut found: BTreeMap<(&'static str, u32), Vec<(String, Span)>> = BTreeMap::new();
    let settings = given.iter().filter(|one| !one.cell.value.is_empty());
    found.insert(("", 0), settings.map(|one| (one.path.join("."), one.cell.span)).collect());
    for table in tables.iter().filter(|table| table.sheet.id_column().is_some()) {
        for row in &table.rows {
            let columns = table.sheet.columns.iter().enumerate().filter(|(_, column)| !column.path.is_empty());
            let filled = columns.filter_map(|(at, column)| Some((column.key(), row.filled(Some(at))?.span)));
            found.insert((table.sheet.list(), row.start.start), filled.collect());
        }
    }
    found
}

/// The columns of the sheets of entries, by key; that of guesses stands for the word for the whole entry.
fn columns(tables: &[table::Table]) -> BTreeMap<&'static str, Columns> {
    let of_entries = tables.iter().filter(|table| table.sheet.id_column().is_some());
    let of_table = |table: &table::Table| {
        let number =
            |(at, number): (&usize, &u32)| Some((questions::key_of(table.sheet, &table.sheet.columns[*at])?, *number));
        (table.sheet.list(), (table.name.clone(), table.numbers.iter().filter_map(number).collect()))
    };
    of_entries.map(of_table).collect()
}

impl Opened {
    /// The cell of each key of each entry, filled or not, as `flows/draft-to-cms/minutes`, and of settings as
    /// `settings//hourly_rate`; keys without a column have none.
    #[must_use]
    pub fn cells_of_keys(&self) -> BTreeMap<String, CellPlace> {
        let mut found = BTreeMap::new();
        let at = |span: Span| self.source.position(span.start as usize);
        for (key, span) in &self.settings {
            let sheet = self.source.sheet(span.start as usize).unwrap_or_default().to_owned();
            let place = CellPlace { sheet, row: at(*span).line, column: at(*span).column };
            found.insert(format!("settings//{key}"), place);
        }
        let Some(stack) = &self.reading.stack else { return found };
        for list in into::LISTS {
            let Some((sheet, columns)) = self.columns.get(list) else { continue };
            for (id, span) in into::starts(stack, list) {
                let row = at(span).line;
                found.extend(columns.iter().map(|(key, column)| {
                    let place = CellPlace { sheet: sheet.clone(), row, column: *column };
                    (format!("{list}/{id}/{key}"), place)
                }));
            }
        }
        found
    }

    /// Whether it says what was exported, so that what changed since is known.
    #[must_use]
    pub fn knows_what_was_exported(&self) -> bool {
        !self.base.entries.is_empty()
    }

    /// The cell of each value, by the kind and id of its entry (`system crm`, `settings`) and its key; the row of an entry
    /// under no key.
    #[must_use]
    pub fn places(&self) -> BTreeMap<(String, String), String> {
        let mut found = BTreeMap::new();
        let Some(stack) = &self.reading.stack else { return found };
        let place = |span: Span| self.source.place(span.start as usize);
        let mut add = |entry: &str, cells: &[(String, Span)]| {
            found.extend(cells.iter().map(|(key, span)| ((entry.to_owned(), key.clone()), place(*span))));
        };
        add("settings", self.cells.get(&("", 0)).map_or(&[], Vec::as_slice));
        let mut rows = Vec::new();
        for list in into::LISTS {
            for (id, span) in into::starts(stack, list) {
                let entry = format!("{} {id}", word_of_list(list));
                add(&entry, self.cells.get(&(list, span.start)).map_or(&[], Vec::as_slice));
                rows.push(((entry, String::new()), place(span)));
            }
        }
        found.extend(rows);
        found
    }
}

/// The workbook of `stack` as the bytes of an XLSX file. Same stack, same bytes.
///
/// # Errors
/// Where the file cannot be put together; the tests know of no stack for which that is so.
#[cfg(feature = "xlsx")]
pub fn xlsx(stack: &Stack) -> Result<Vec<u8>, WorkbookError> {
    Ok(xlsx::write(&fill::fill(stack), stack.as_of)?)
}

/// Adds the sheets of the workbook of `stack` to a file, so that results can stand behind them: reading passes those over.
///
/// # Errors
/// As for [`xlsx()`].
#[cfg(feature = "xlsx")]
pub fn add_sheets(file: &mut rust_xlsxwriter::Workbook, stack: &Stack) -> Result<(), rust_xlsxwriter::XlsxError> {
    xlsx::add(file, &fill::fill(stack))
}

/// The workbook of a stack that says nothing yet: the same sheets without rows. The products to pick from are those of
/// `catalog`.
///
/// # Errors
/// As for [`xlsx()`].
#[cfg(feature = "xlsx")]
pub fn blank(catalog: &SharedCatalog) -> Result<Vec<u8>, WorkbookError> {
    let stack = Stack { name: "Unnamed stack".to_owned(), catalog: catalog.clone(), ..Stack::default() };
    Ok(xlsx::write(&fill::fill(&stack), None)?)
}

/// The tables of `stack`, a CSV file for each sheet.
#[must_use]
pub fn csv(stack: &Stack) -> Vec<CsvFile> {
    folder::write(&fill::fill(stack))
}

/// Reads the files of a folder as the workbook called `name`; nothing where they are none of ours.
///
/// # Errors
/// What is wrong with a file, and what to do.
pub fn read_csv(name: &str, files: &[CsvFile], bring: Bring<'_>) -> Result<Option<Opened>, String> {
    let book = folder::read(files)?;
    Ok(is_ours(&book).then(|| read(name, &book, true, bring)))
}

/// Why a spreadsheet is not read as a stack: what is wrong with it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It cannot be opened.
    #[error("{0}")]
    Unreadable(String),
    /// It holds what was computed of a stack.
    #[error("{0}")]
    OfResults(String),
}

/// Reads a spreadsheet as the workbook called `name`; nothing where it is none, or none of ours.
///
/// # Errors
/// What is wrong with the file, and what to do.
pub fn read_spreadsheet(name: &str, bytes: &[u8], bring: Bring<'_>) -> Result<Option<Opened>, Refused> {
    let Some(kind) = grid::kind(bytes).filter(|kind| matches!(kind, grid::Kind::Xlsx | grid::Kind::Ods)) else {
        return Ok(None);
    };
    let book = grid::open(kind, bytes)
        .map_err(|why| Refused::Unreadable(format!("error: {name}: {}\n  = help: {}\n", why.message, why.help)))?;
    // One that begins with the sheets of a stack is a stack, whatever was computed of it behind them.
    if book.is_of_results() && !raw::has_base(&book) {
        return Err(Refused::OfResults(format!(
            "error: {name} is a workbook of results from sinew, not a stack file\n  = help: give the stack file that it was made from\n"
        )));
    }
    Ok(is_ours(&book).then(|| read(name, &book, false, bring)))
}

/// Where the workbook that is exported of `stack` has each key, as [`Opened::cells_of_keys`] says it of one that was read.
#[must_use]
pub fn cells_of_export(stack: &Stack) -> BTreeMap<String, CellPlace> {
    fill::cells(stack)
}

/// What a workbook of `stack` holds, in words: `45 systems, 66 flows and 5 processes`.
#[must_use]
pub fn counted(stack: &Stack) -> String {
    fill::counted(stack)
}

/// Why no workbook came out.
#[cfg(feature = "xlsx")]
#[derive(Debug, thiserror::Error)]
#[error("cannot write the workbook: {0}")]
pub struct WorkbookError(#[from] rust_xlsxwriter::XlsxError);
