//! Grids of cells: spreadsheets, separated text and tables in Markdown as one kind of book.
//!
//! Bytes come in, sheets of rows come out: each cell with its text as shown and its value, each sheet with its merged
//! areas and with the cells that hold formulas or bear comments. Nothing is evaluated and no link is followed; what a
//! file declares of its own size is not believed.

mod bounds;
mod markdown;
#[cfg(feature = "xlsx")]
mod ods;
mod separated;
#[cfg(feature = "xlsx")]
mod shown;
mod text;
#[cfg(feature = "xlsx")]
mod xls;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::source::is_invisible;

pub(crate) use separated::{is_separated, sheet as separated_sheet};
pub(crate) use text::decode;

/// Sheets in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Book {
    /// What kind of file it was, with its article: `an Excel workbook`.
    pub(crate) what: &'static str,
    /// Its sheets; a text has one, a page of Markdown one for each table.
    pub(crate) sheets: Vec<Sheet>,
    /// Names that it gives to cells, as far as the kind of file is asked for them.
    pub(crate) names: Vec<String>,
}

/// The name that every workbook of results gives to its first cell, so that nobody takes it for a stack. Spreadsheet programs keep it.
pub(crate) const RESULTS: &str = "sinew_results";

impl Book {
    /// Whether it holds what was computed of a stack.
    pub(crate) fn is_of_results(&self) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case(RESULTS))
    }
}

/// Whether somebody who opens the file sees a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// As a tab.
    #[default]
    Visible,
    /// After a click.
    Hidden,
    /// Only for programs.
    VeryHidden,
}

/// A place in a sheet: row and column from 0, in the order of reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    /// Row from 0.
    pub(crate) row: u32,
    /// Column from 0.
    pub(crate) column: u32,
}

/// Cells that are shown as one, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Area {
    /// The upper left cell, which has the value.
    pub(crate) from: At,
    /// The lower right cell.
    pub(crate) to: At,
}

/// One sheet: filled cells only.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sheet {
    /// The name on its tab; empty for text, the heading above for a table of Markdown.
    pub(crate) name: String,
    /// Whether people see it.
    pub(crate) visibility: Visibility,
    /// Whether its first row is the header by the rules of the format, as in Markdown.
    pub(crate) is_headed: bool,
    /// Rows with at least one filled cell, by number; cells by column.
    rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Merged areas of more than one cell, sorted.
    pub(crate) merged: Vec<Area>,
    /// The same by row, from left to right.
    covered: BTreeMap<u32, Vec<Area>>,
    /// Cells that hold a formula, sorted; their value is the one that was last computed.
    pub(crate) formulas: Vec<At>,
    /// Those of them beside which the file keeps no value, as scripts write them; sorted.
    pub(crate) unread: Vec<At>,
    /// Cells that bear a comment, sorted.
    pub(crate) comments: Vec<At>,
}

/// A filled cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    /// As shown: `12%`, `2026-11-20`, `€1200`; line breaks kept, spaces at the ends not.
    pub(crate) text: String,
    /// What it is, as far as the file says so.
    pub(crate) value: Value,
}

/// The value of a cell. Text may be a number in disguise: separated text knows nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    /// The text.
    Text,
    /// A number; 0.12 where `12%` is shown.
    Number(f64),
    /// A tick or a cross.
    Bool(bool),
    /// A day, with or without the time of day.
    Date(Date),
    /// A time of day or a length of time, in minutes.
    Minutes(f64),
    /// An error such as `#REF!`.
    Error,
}

/// Why a file is no book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Stable name.
    pub(crate) code: &'static str,
    /// One sentence.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

impl Refusal {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }
}

/// What the bytes of a file are, as far as grids are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// XLSX or XLSM.
    Xlsx,
    /// XLS, up to Excel 2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// Rows of a text with the same separator.
    Separated,
    /// A page with at least one table between vertical bars.
    Markdown,
}

/// The kind of grid that the bytes hold, by content; nothing where they hold none.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    match bytes {
        [b'P', b'K', 3, 4, ..] if has(b"xl/workbook.xml") => Some(Kind::Xlsx),
        [b'P', b'K', 3, 4, ..] if has(b"application/vnd.oasis.opendocument.spreadsheet") => Some(Kind::Ods),
        [b'P', b'K', ..] => None,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Kind::Xls),
        _ => {
            let text = decode(bytes)?.0;
            if markdown::has_table(&text) {
                return Some(Kind::Markdown);
            }
            is_separated(&text).then_some(Kind::Separated)
        }
    }
}

/// Reads a book of this kind, within bounds: a million filled cells in 100,000 rows, 1,000 sheets, 64 MiB of text.
pub(crate) fn open(kind: Kind, bytes: &[u8]) -> Result<Book, Refusal> {
    match kind {
        #[cfg(feature = "xlsx")]
        Kind::Xlsx => xlsx::open(bytes),
        #[cfg(feature = "xlsx")]
        Kind::Xls => xls::open(bytes),
        #[cfg(feature = "xlsx")]
        Kind::Ods => ods::open(bytes),
        #[cfg(not(feature = "xlsx"))]
        Kind::Xlsx | Kind::Xls | Kind::Ods => Err(Refusal::new(
            "no-workbooks",
            "this build reads no workbooks",
            "save each sheet as CSV, or build with the feature `xlsx`",
        )),
        Kind::Separated | Kind::Markdown => {
            let Some((text, _)) = decode(bytes) else {
                return Err(Refusal::new("not-text", "the file is not text", "save it as CSV in UTF-8"));
            };
            if kind == Kind::Markdown { markdown::open(&text) } else { separated::open(&text) }
        }
    }
}

impl Cell {
    /// A cell of text; nothing where it holds only space.
    fn text(text: &str) -> Option<Self> {
        const ERRORS: [&str; 7] = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"];
        let text = text.trim();
        let value = if ERRORS.contains(&text) { Value::Error } else { Value::Text };
        (!text.is_empty()).then(|| Self { text: text.to_owned(), value })
    }
}

impl Sheet {
    /// A sheet without cells. A damaged file may have marks in a name that no text may hold.
    fn named(name: &str) -> Self {
        let name =
            name.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect();
        Self { name, ..Self::default() }
    }

    /// The filled cell at a place.
    pub(crate) fn cell(&self, at: At) -> Option<&Cell> {
        self.rows.get(&at.row)?.get(&at.column)
    }

    /// The filled cells of a row, by column; nothing for a blank one.
    pub(crate) fn row(&self, row: u32) -> Option<&BTreeMap<u32, Cell>> {
        self.rows.get(&row)
    }

    /// Rows with a filled cell: number from 0, and the cells by column.
    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = (u32, &BTreeMap<u32, Cell>)> {
        self.rows.iter().map(|(row, cells)| (*row, cells))
    }

    /// The cell at a place; in a merged area the one that is shown there.
    pub(crate) fn shown(&self, at: At) -> Option<&Cell> {
        self.cell(at).or_else(|| self.cell(self.area(at)?.from))
    }

    /// The merged area that a place is part of.
    pub(crate) fn area(&self, at: At) -> Option<Area> {
        let row = self.covered.get(&at.row)?;
        let next = row.partition_point(|area| area.from.column <= at.column);
        row[..next].last().filter(|area| at.column <= area.to.column).copied()
    }

    /// A place as people write it: `B7`, `Systems!B7`, `'My systems'!B7`.
    pub(crate) fn place(&self, at: At) -> String {
        match &self.name {
            name if name.is_empty() => at.to_string(),
            name if name.chars().all(|c| c.is_alphanumeric() || c == '_') => format!("{name}!{at}"),
            name => format!("'{}'!{at}", name.replace('\'', "''")),
        }
    }

    /// Fills a cell; whether it is the first of its row.
    fn put(&mut self, at: At, cell: Cell) -> bool {
        let row = self.rows.entry(at.row).or_default();
        row.insert(at.column, cell);
        row.len() == 1
    }

    /// Puts everything in the order of reading. Merged areas count as far as there are rows, so that an area of a million
    /// rows costs no more than the rows do.
    #[cfg(feature = "xlsx")]
    fn sort(&mut self) -> Result<(), Refusal> {
        for places in [&mut self.formulas, &mut self.unread, &mut self.comments] {
            places.sort_unstable();
            places.dedup();
        }
        self.merged.retain(|area| area.from.row <= area.to.row && area.from.column <= area.to.column);
        self.merged.retain(|area| area.from != area.to);
        self.merged.sort_unstable();
        self.merged.dedup();
        let last = self.rows.keys().next_back().copied().unwrap_or(0);
        let mut steps = 0;
        for area in &self.merged {
            for row in area.from.row..=area.to.row.min(last) {
                steps += 1;
                if steps > bounds::CELLS {
                    return Err(bounds::too_many_cells());
                }
                self.covered.entry(row).or_default().push(*area);
            }
        }
        for areas in self.covered.values_mut() {
            areas.sort_unstable_by_key(|area| area.from.column);
        }
        Ok(())
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", letters(self.column), u64::from(self.row) + 1)
    }
}

/// A column as spreadsheets call it: 0 is `A`, 26 is `AA`.
pub(crate) fn letters(column: u32) -> String {
    let (mut left, mut letters) = (u64::from(column) + 1, Vec::new());
    while left > 0 {
        letters.push(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0));
        left = (left - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_called_as_spreadsheets_call_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(column), name);
        }
        assert_eq!(Sheet::named("\0To\tols\u{202e}").name, "To ols", "of a damaged file");
        let place = |name: &str| Sheet::named(name).place(At { row: 6, column: 1 });
        assert_eq!(place(""), "B7");
        assert_eq!(place("Systems"), "Systems!B7");
        assert_eq!(place("Ann's list"), "'Ann''s list'!B7");
    }
}
