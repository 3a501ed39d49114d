//! A sheet before it is written: facts above, a table beneath.

/// What a column holds, and so how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Hours, with tenths.
    Hours,
    /// Money, without decimals.
    Money,
    /// A rate or other number, with up to two decimals.
    Number,
    /// A whole number.
    Count,
    /// A share, 1 shown as 100 %.
    Share,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading; made unique where it is not.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether a total of the rows shown stands above it.
    pub has_total: bool,
    /// The name under which formulas of all sheets find its cells (`plan_days`).
    pub range: Option<&'static str>,
}

impl Column {
    /// A column without total.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), kind, has_total: false, range: None }
    }

    /// A column with a total of the rows shown.
    #[must_use]
    pub fn summed(name: impl Into<String>, kind: Kind) -> Self {
        Self { has_total: true, ..Self::new(name, kind) }
    }

    /// The same column, whose cells formulas find under `range`.
    #[must_use]
    pub fn found_as(self, range: &'static str) -> Self {
        Self { range: Some(range), ..self }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words; never read as a formula.
    Text(String),
    /// A number; one that is not finite is left out.
    Number(f64),
    /// A formula in the program's own words, never in the user's: columns of its row stand in it as
    /// `{0}`, `{1}`, and what it comes to stands beside it for readers that do not compute.
    Formula {
        /// The formula with its leading `=`.
        formula: String,
        /// What it comes to.
        result: f64,
    },
    /// Nothing: not known.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.into())
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Cell::Empty, Cell::Number)
    }
}

/// A line above the table: what it is, a value, and a note.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: Cell,
    /// How the value is shown.
    pub kind: Kind,
    /// What to know of it; may be empty.
    pub note: String,
    /// The name under which formulas of all sheets find the value (`hourly_rate`); unless it is a formula itself, the
    /// cell is shown as one to be changed.
    pub name: Option<&'static str>,
}

impl Fact {
    /// A fact in words.
    #[must_use]
    pub fn words(label: impl Into<String>, value: impl Into<String>) -> Self {
        let value = Cell::Text(value.into());
        Self { label: label.into(), value, kind: Kind::Text, note: String::new(), name: None }
    }
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name; cleaned and shortened to what Excel takes, made unique.
    pub name: String,
    /// What it says, its first line.
    pub title: String,
    /// Lines above the table.
    pub facts: Vec<Fact>,
    /// Columns of its table; none for a sheet without.
    pub columns: Vec<Column>,
    /// Rows of its table; at most a million are written.
    pub rows: Vec<Vec<Cell>>,
}
