//! A document for people: headings, paragraphs, items and tables, with no word of how a format writes them.
//!
//! Parts of a report and answers from the catalogue become documents; [`markdown`] and [`terminal`] write them. Text in
//! a document is as the user typed it: making it harmless is the format's business, and done for every piece.

mod markdown;
mod terminal;
mod wrap;

pub use markdown::markdown;
pub use terminal::terminal;

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

/// How a piece of text looks where the format has looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Running text.
    Plain,
    /// A word of the stack file or of the tool: an id, a key, a command.
    Code,
    /// What stands out.
    Strong,
    /// What stands back.
    Muted,
    /// The word of a high severity.
    High,
    /// The word of a medium severity.
    Medium,
    /// The word of a low severity.
    Low,
}

/// Text of which each piece has its look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line(Vec<(Look, String)>);

impl Line {
    /// Running text.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self::looking(Look::Plain, text)
    }

    /// An id, key or command.
    #[must_use]
    pub fn code(text: &str) -> Self {
        Self::looking(Look::Code, text)
    }

    /// Text that stands out.
    #[must_use]
    pub fn strong(text: &str) -> Self {
        Self::looking(Look::Strong, text)
    }

    /// Text of a look.
    #[must_use]
    pub fn looking(look: Look, text: impl Into<String>) -> Self {
        Self(vec![(look, text.into())])
    }

    /// The same, with running text behind it.
    #[must_use]
    pub fn and(self, text: impl Into<String>) -> Self {
        self.and_looking(Look::Plain, text)
    }

    /// The same, with an id, key or command behind it.
    #[must_use]
    pub fn and_code(self, text: &str) -> Self {
        self.and_looking(Look::Code, text)
    }

    /// The same, with text of a look behind it.
    #[must_use]
    pub fn and_looking(mut self, look: Look, text: impl Into<String>) -> Self {
        self.0.push((look, text.into()));
        self
    }

    /// The same, with all pieces of another line behind it.
    #[must_use]
    pub fn and_line(mut self, line: Self) -> Self {
        self.0.extend(line.0);
        self
    }

    /// Its pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[(Look, String)] {
        &self.0
    }
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
