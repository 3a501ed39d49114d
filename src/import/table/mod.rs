//! Tables as people have them: workbooks, separated text and tables of Markdown, with titles above the header, merged
//! cells, several tables a sheet, and words in the cells.
//!
//! A sheet is searched for tables ([`find`]), each is about systems, flows, processes, teams or data ([`columns`]), and
//! every row becomes entries of a draft or is dropped with its reason.

mod cell;
mod columns;
mod days;
mod find;
mod flows;
mod headers;
mod how;
mod map;
mod matrix;
mod names;
mod others;
mod reader;
mod route;
mod systems;
mod worded;

use super::clean::LeftOut;
use super::detect::is_graphviz;
use super::opened::Opened;
use super::problem::Fault;
use super::reading::{File, Reading};
use crate::grid::{self, Book, Kind, Sheet, Visibility};
use columns::About;
use find::Found;
use reader::Reader;

pub use map::HeaderMap;
pub(super) use systems::INTEGRATION;

/// What of a file shows that it holds tables.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    let text = opened.text.unwrap_or_default().trim_start();
    if opened.json.is_some() || opened.xml.is_some() || text.starts_with("sinew:") || is_graphviz(text) {
        return None;
    }
    Some(match grid::kind(opened.bytes)? {
        Kind::Xlsx => "an Excel workbook",
        Kind::Xls => "an older Office file",
        Kind::Ods => "an OpenDocument spreadsheet",
        Kind::Separated => "rows of equal columns",
        Kind::Markdown => "a table of Markdown",
    })
}

/// Reads all tables of a file.
pub(super) fn read(file: &File<'_>, opened: &Opened<'_>, left_out: &mut LeftOut) -> Reading {
    let Some(kind) = grid::kind(opened.bytes) else { return Reading::default() };
    let book = match grid::open(kind, opened.bytes) {
        Ok(book) => book,
        Err(refusal) => {
            let fault = Fault::new(refusal.code, refusal.message).help(refusal.help);
            return Reading { faults: vec![fault], ..Reading::default() };
        }
    };
    let plan = plan(&book, file.map);
    if plan.iter().all(|sheet| sheet.tables.is_empty() && sheet.matrix.is_none()) {
        let fault = Fault::new("no-table", format!("{} holds no table of systems or flows", book.what));
        let help = "a table needs a header with two columns that are known, such as `Tool` and `Owner`, or `From` and \
                    `To`; `--map 'Header=field'` names others";
        return Reading { faults: vec![fault.help(help)], ..Reading::default() };
    }
    let mut reader = Reader::new(file, left_out);
    reader.names_of(&plan);
    for sheet in &plan {
        reader.sheet(sheet);
    }
    reader.finish(&book)
}

/// A visible sheet and what is on it, or one that is hidden.
struct Planned<'b> {
    sheet: &'b Sheet,
    tables: Vec<(About, Found)>,
    matrix: Option<matrix::Matrix>,
    /// Rows that belong to no table.
    others: Vec<(u32, find::Other)>,
}

/// Where the tables of all visible sheets are, and what they are about.
fn plan<'b>(book: &'b Book, map: &HeaderMap) -> Vec<Planned<'b>> {
    let planned = book.sheets.iter().map(|sheet| {
        if sheet.visibility != Visibility::Visible {
            return Planned { sheet, tables: Vec::new(), matrix: None, others: Vec::new() };
        }
        if let Some(matrix) = matrix::Matrix::of(sheet) {
            return Planned { sheet, tables: Vec::new(), others: matrix.others.clone(), matrix: Some(matrix) };
        }
        let (found, mut others) = find::tables(sheet, map);
        let mut tables = Vec::new();
        for mut table in found {
            match About::of(&table.headers) {
                Some(about) => tables.push((about, table)),
                None if route::is_of_routes(sheet, &mut table) => tables.push((About::Flows, table)),
                None => others.extend(table.rows.iter().map(|row| (*row, find::Other::Outside))),
            }
        }
        others.sort_unstable_by_key(|(row, _)| *row);
        Planned { sheet, tables, matrix: None, others }
    });
    planned.collect()
}
