//! Where the tables of a sheet are: below titles and banners, between blank columns, one under another.

use std::collections::BTreeMap;

use super::headers::Header;
use super::map::HeaderMap;
use crate::catalog::people::meaning;
use crate::grid::{At, Sheet, Value};

/// Rows in which the first header stands, if there is one.
const FIRST: u32 = 30;

/// A header with the rows below it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// By column.
    pub(super) headers: BTreeMap<u32, Header>,
    /// Rows of the table that say something.
    pub(super) rows: Vec<u32>,
}

/// What a row is that belongs to no table, or says nothing of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Other {
    /// Above the first table, or where no table is.
    Outside,
    /// It adds up the rows above it.
    Total,
    /// The header once more.
    HeaderAgain,
}

/// The tables of a sheet, and the other rows that are not blank; headers are neither.
pub(super) fn tables(sheet: &Sheet, map: &HeaderMap) -> (Vec<Found>, Vec<(u32, Other)>) {
    let rows: Vec<u32> = sheet.rows().map(|(row, _)| row).collect();
    let (mut found, mut others): (Vec<Found>, Vec<(u32, Other)>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < rows.len() {
        let row = rows[at];
        let after_blank = at == 0 || rows[at - 1] + 1 < row;
        let after_other = others.last().is_some_and(|(other, _)| at > 0 && *other == rows[at - 1]);
        let may_begin = match found.is_empty() {
            // Nothing but the row above the dashes is a header, whatever words stand below.
            _ if sheet.is_headed => at == 0,
            true => row < rows[0] + FIRST,
            // Below a banner a row of data may hold two words that are headers elsewhere, such as `live`.
            false if after_other => known(&headers(sheet, row, None, map)) >= 3,
            false => after_blank || is_surely_header(&headers(sheet, row, None, map)),
        };
        let Some((begins, headers)) = may_begin.then(|| begins(sheet, &rows, at, map)).flatten() else {
            let other = match found.last_mut() {
                Some(table) if repeats(sheet, row, &table.headers) => Other::HeaderAgain,
                Some(_) if is_total(sheet, row) => Other::Total,
                Some(table)
                    if has_cell(sheet, row, &table.headers)
                        && !is_banner(sheet, row, after_blank)
                        && !(after_blank && is_title_of_next(sheet, &rows, at, map)) =>
                {
                    table.rows.push(row);
                    at += 1;
                    continue;
                }
                _ => Other::Outside,
            };
            others.push((row, other));
            at += 1;
            continue;
        };
        // Rows between this one and the header are its banner.
        found.push(Found { headers, rows: Vec::new() });
        at = begins + 1;
    }
    (found, others)
}

/// The header that begins at a row or, below a banner, at the next.
fn begins(sheet: &Sheet, rows: &[u32], at: usize, map: &HeaderMap) -> Option<(usize, BTreeMap<u32, Header>)> {
    let own = headers(sheet, rows[at], None, map);
    if sheet.is_headed {
        return (rows.len() > 1 && is_header(&own)).then_some((at, own));
    }
    let next = rows.get(at + 1).copied().filter(|next| *next == rows[at] + 1);
    let below = next.map(|next| headers(sheet, next, None, map));
    let filled = |row: u32| sheet.row(row).map_or(0, BTreeMap::len);
    if let (Some(next), Some(below)) = (next, &below) {
        let joined = headers(sheet, next, Some(rows[at]), map);
        // A banner spans: it has fewer cells than the header below it, and at least two.
        let is_banner = filled(rows[at]) >= 2 && filled(rows[at]) < below.len();
        if is_banner && is_header(&joined) && known(&joined) > known(&own) {
            return Some((at + 1, joined));
        }
        if is_header(&own) && is_header(below) && known(below) > known(&own) {
            return Some((at + 1, below.clone()));
        }
    }
    let has_rows = rows.get(at + 1).is_some();
    (has_rows && is_header(&own)).then_some((at, own))
}

/// The cells of a row as headers; those of a `banner` above are read with them, as far as each reaches.
fn headers(sheet: &Sheet, row: u32, banner: Option<u32>, map: &HeaderMap) -> BTreeMap<u32, Header> {
    let Some(cells) = sheet.row(row) else { return BTreeMap::new() };
    let banner = banner.and_then(|row| Some((row, sheet.row(row)?)));
    let above = |column: u32| {
        let (row, banner) = banner?;
        sheet.shown(At { row, column }).or_else(|| banner.range(..=column).next_back().map(|(_, cell)| cell))
    };
    let header = |column: u32, text: &str| {
        // A link is never the head of a column.
        if text.contains("](") {
            return Header { text: text.to_owned(), ..Header::default() };
        }
        let header = match above(column) {
            Some(banner) => Header::below(&banner.text, text),
            None => Header::of(text),
        };
        match map.field(&header.text) {
            Some(field) => Header { fields: vec![(field, 0)], ..header },
            None => header,
        }
    };
    let texts = cells.iter().filter(|(_, cell)| matches!(cell.value, Value::Text));
    texts.map(|(column, cell)| (*column, header(*column, &cell.text))).collect()
}

/// How many different fields the headers can mean.
fn known(headers: &BTreeMap<u32, Header>) -> usize {
    let mut fields: Vec<&str> = headers.values().filter_map(|header| header.fields.first()).map(|(f, _)| *f).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.len()
}

/// Two known headers, and where there are many at least a third of them: a row of data may hold a word or two.
fn is_header(headers: &BTreeMap<u32, Header>) -> bool {
    let known = headers.values().filter(|header| header.is_known()).count();
    known >= 2 && known * 3 >= headers.len()
}

/// Four known headers and hardly anything else: no row of data looks like that, whatever stands above it.
fn is_surely_header(headers: &BTreeMap<u32, Header>) -> bool {
    let known = headers.values().filter(|header| header.is_known()).count();
    known >= 4 && known * 4 >= headers.len() * 3
}

/// Whether a row of one cell stands right above a header.
fn is_title_of_next(sheet: &Sheet, rows: &[u32], at: usize, map: &HeaderMap) -> bool {
    let next = rows.get(at + 1).filter(|next| **next == rows[at] + 1);
    sheet.row(rows[at]).is_some_and(|cells| cells.len() == 1)
        && next.is_some_and(|next| is_header(&headers(sheet, *next, None, map)))
}

fn repeats(sheet: &Sheet, row: u32, headers: &BTreeMap<u32, Header>) -> bool {
    let Some(cells) = sheet.row(row) else { return false };
    let same = cells.iter().filter(|(column, cell)| {
        headers.get(column).is_some_and(|header| Header::of(&cell.text).plain == header.plain)
    });
    same.count() * 2 > cells.len().max(2)
}

/// Whether a row adds up those above it: it begins with a word for that, or holds one number and nothing else.
fn is_total(sheet: &Sheet, row: u32) -> bool {
    let Some(cells) = sheet.row(row) else { return false };
    let first = cells.values().next();
    let word = |text: &str| meaning("word for a total", text.trim_end_matches(':')).is_some();
    let lone = cells.len() == 1 && first.is_some_and(|cell| is_number(&cell.text, cell.value));
    lone || first.is_some_and(|cell| word(&cell.text))
}

/// Whether a row only speaks of the rows below it: one cell over several columns, or behind a blank row one cell with a
/// sentence or a colon in it.
fn is_banner(sheet: &Sheet, row: u32, after_blank: bool) -> bool {
    let Some(cells) = sheet.row(row) else { return false };
    // `Hourly rate | 75`, as people put it under a table.
    let is_setting = cells.len() <= 3
        && cells
            .first_key_value()
            .is_some_and(|(_, cell)| meaning("setting", cell.text.split(':').next().unwrap_or_default()).is_some());
    if is_setting {
        return true;
    }
    let Some((column, cell)) = cells.first_key_value().filter(|_| cells.len() == 1) else { return false };
    let spans = sheet.area(At { row, column: *column }).is_some_and(|area| area.from.column < area.to.column);
    spans || after_blank && (cell.text.split_whitespace().count() > 4 || cell.text.contains(':'))
}

fn is_number(text: &str, value: Value) -> bool {
    let figures = |text: &str| text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
    matches!(value, Value::Number(_)) || figures(text)
}

fn has_cell(sheet: &Sheet, row: u32, headers: &BTreeMap<u32, Header>) -> bool {
    headers.keys().any(|column| sheet.shown(At { row, column: *column }).is_some())
}
