//! One row of a data file: its cells by column, and everything that is wrong with them.

use csv::StringRecord;

use super::file::DataFile;
use super::product::{ProductId, Source};
use super::words::Confidence;
use crate::source::nearest;

/// A cell that does not say what its column takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellFault {
    /// The place of the column.
    pub(super) at: usize,
    pub(super) message: String,
    /// The nearest word that would fit.
    pub(super) near: Option<String>,
}

/// The cells of a row in the order of the columns of its file.
pub(super) struct Row<'r> {
    file: DataFile,
    record: &'r StringRecord,
    /// The place of the column that was read last.
    at: usize,
    /// Whether it is a row of somebody's own, who needs no page to know a fact.
    is_own: bool,
    faults: Vec<CellFault>,
}

/// One kind of row: the file it stands in, and what its cells mean.
pub(super) trait Record: Sized {
    /// The data file.
    const FILE: DataFile;

    /// What the cells say; nothing where one that is needed is missing. What is wrong with a cell is noted in the row.
    fn read(row: &mut Row<'_>) -> Option<Self>;

    /// The record of these cells, or everything that is wrong with them.
    fn of(record: &StringRecord, is_own: bool) -> Result<Self, Vec<CellFault>> {
        let mut row = Row { file: Self::FILE, record, at: 0, is_own, faults: Vec::new() };
        let read = Self::read(&mut row);
        match read {
            Some(read) if row.faults.is_empty() => Ok(read),
            _ => Err(row.faults),
        }
    }
}

impl<'r> Row<'r> {
    /// The text of a cell.
    pub(super) fn text(&mut self, column: &str) -> &'r str {
        // Rows are read from left to right, so that the next one is nearly always meant.
        let next = self.at + 1;
        self.at = match self.file.columns().get(next) {
            Some(name) if *name == column => next,
            _ => self.file.column(column).expect("every column that is read is one of the file"),
        };
        self.record.get(self.at).unwrap_or_default()
    }

    /// Notes what is wrong with the cell that was read last.
    pub(super) fn fault(&mut self, message: impl Into<String>) {
        self.faults.push(CellFault { at: self.at, message: message.into(), near: None });
    }

    /// A cell that may be empty, which means "not verified".
    pub(super) fn cell(&mut self, column: &str) -> Option<String> {
        let text = self.text(column);
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(super) fn required(&mut self, column: &str) -> Option<String> {
        let found = self.cell(column);
        if found.is_none() {
            self.fault(format!("{column} is empty"));
        }
        found
    }

    pub(super) fn list(&mut self, column: &str) -> Vec<String> {
        items(self.text(column)).map(str::to_owned).collect()
    }

    /// A list that is not known where it is empty.
    pub(super) fn known_list(&mut self, column: &str) -> Option<Vec<String>> {
        let found = self.list(column);
        (!found.is_empty()).then_some(found)
    }

    fn parsed<T>(&mut self, what: &str, text: &str, parse: impl Fn(&str) -> Option<T>, known: &[&str]) -> Option<T> {
        let found = parse(text);
        if found.is_none() {
            let near = nearest(text, known.iter().copied()).map(str::to_owned);
            self.faults.push(CellFault { at: self.at, message: format!("`{text}` is not a valid {what}"), near });
        }
        found
    }

    /// A cell that has to be filled; `what` names what it takes.
    pub(super) fn value<T>(&mut self, what: &str, column: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            self.fault(format!("{column} is empty"));
            return None;
        }
        self.parsed(what, text, parse, &[])
    }

    /// A cell that may be empty.
    pub(super) fn optional<T>(&mut self, what: &str, column: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() { None } else { self.parsed(what, text, parse, &[]) }
    }

    /// A word of a vocabulary that has to be there.
    pub(super) fn word<W: super::words::Word>(&mut self, what: &str, column: &str) -> Option<W> {
        let text = self.text(column);
        if text.is_empty() {
            self.fault(format!("{column} is empty"));
            return None;
        }
        self.one_word(what, text)
    }

    /// A word that may be missing.
    pub(super) fn optional_word<W: super::words::Word>(&mut self, what: &str, column: &str) -> Option<W> {
        let text = self.text(column);
        if text.is_empty() { None } else { self.one_word(what, text) }
    }

    /// Words separated by semicolons.
    pub(super) fn words<W: super::words::Word>(&mut self, what: &str, column: &str) -> Vec<W> {
        let text = self.text(column);
        items(text).filter_map(|word| self.one_word(what, word)).collect()
    }

    fn one_word<W: super::words::Word>(&mut self, what: &str, text: &str) -> Option<W> {
        if let Some(found) = W::WORDS.iter().find(|word| word.word() == text) {
            return Some(*found);
        }
        let known: Vec<&str> = W::WORDS.iter().map(|word| word.word()).collect();
        self.parsed(what, text, |_| None, &known)
    }

    pub(super) fn id(&mut self, column: &str) -> Option<ProductId> {
        self.value("product id", column, ProductId::parse)
    }

    pub(super) fn ids(&mut self, column: &str) -> Vec<ProductId> {
        let text = self.text(column);
        items(text).filter_map(|id| self.parsed("product id", id, ProductId::parse, &[])).collect()
    }

    /// A word that a row of somebody's own may leave out.
    pub(super) fn word_or<W: super::words::Word>(&mut self, what: &str, column: &str, usual: W) -> Option<W> {
        if self.is_own { Some(self.optional_word(what, column).unwrap_or(usual)) } else { self.word(what, column) }
    }

    /// Where the row was read. A row of somebody's own may name no page: then its file is the source.
    pub(super) fn source(&mut self, has_read_in: bool) -> Option<Source> {
        let url = if self.is_own { self.cell("source_url") } else { self.required("source_url") };
        if let Some(url) = url.as_ref().filter(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            self.fault(format!("`{url}` is not a valid address"));
        }
        let date = self.optional("date", "source_date", date);
        let confidence = self.word_or("confidence", "confidence", Confidence::Documented);
        let read_in = if has_read_in { self.cell("read_in") } else { None };
        Some(Source { url, date, confidence: confidence?, read_in, own: Vec::new() })
    }
}

/// The parts of a list inside a cell.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

fn date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    let digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let in_range =
        |i: usize, max: u32| parts.get(i).is_none_or(|p| p.parse::<u32>().is_ok_and(|n| (1..=max).contains(&n)));
    let shape = matches!(widths[..], [4, 2] | [4, 2, 2]);
    (shape && digits && in_range(1, 12) && in_range(2, 31)).then(|| text.to_owned())
}
