//! A workbook before it is written: sheets of rows of cells, with what a spreadsheet needs to know of each column.

use super::value::Value;

/// All sheets that people see, and the hidden ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<Page>,
    /// Rows of the sheet that keeps what no other has.
    pub(super) hidden: Vec<Vec<String>>,
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// Whether people add rows.
    pub(super) grows: bool,
}

/// The heading of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) heading: String,
    pub(super) doc: String,
    pub(super) look: Look,
    pub(super) list: Option<List>,
    pub(super) form: Form,
    /// Whether it is folded away while nothing stands in it.
    pub(super) folds: bool,
}

/// How much a column asks of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    /// It must be filled in.
    Needed,
    /// It may be.
    #[default]
    Usual,
    /// It is the workbook's own.
    Grey,
}

/// What a new cell of a column is formatted as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    General,
    /// So that a spreadsheet makes no date of `1/2`.
    Text,
    Share,
    Day,
    Money,
    /// Text of several lines.
    Long,
}

/// What a drop-down offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) of: Offer,
    /// Whether something else may stand there too.
    pub(super) is_open: bool,
}

/// Where the words of a drop-down are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Offer {
    /// On the hidden sheet of lists, under this heading.
    Words(String, Vec<String>),
    /// In the first column of another sheet.
    Sheet(&'static str),
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) value: Value,
    /// Whether it was inferred and nobody has confirmed it.
    pub(super) is_guess: bool,
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, is_guess: false }
    }
}
