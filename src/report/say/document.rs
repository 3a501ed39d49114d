//! A document for people: headings, paragraphs, items and tables, with no word of how a format writes them.
//!
//! Text in a document is as the user typed it: making it harmless is the format's business, and done for every piece.

pub use super::line::{Line, Look};

/// One part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The title of the whole.
    Title(Line),
    /// The title of a part.
    Heading(Line),
    /// Running text.
    Paragraph(Line),
    /// A list.
    Items(Vec<Item>),
    /// A table.
    Table(Table),
}

/// One entry of a list, with lines below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it says.
    pub head: Line,
    /// What belongs to it.
    pub details: Vec<Line>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Whether it holds numbers, which stand to the right.
    pub is_number: bool,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: false }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: true }
    }
}

/// A table: every row has as many cells as there are columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Line>>,
}

impl Table {
    /// A table of these columns, without rows.
    #[must_use]
    pub fn new(columns: impl Into<Vec<Column>>) -> Self {
        Self { columns: columns.into(), rows: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// Where it does not have a cell for each column.
    pub fn push(&mut self, row: impl Into<Vec<Line>>) {
        let row = row.into();
        assert_eq!(row.len(), self.columns.len(), "a row has a cell for each column");
        self.rows.push(row);
    }

    /// Its columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Line>] {
        &self.rows
    }
}
