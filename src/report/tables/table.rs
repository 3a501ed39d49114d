//! A table as a value: what it says, in typed cells. A format lays it out, and neither chooses words, nor rounds, nor
//! looks up a name.

use crate::report::say::{Amount, Kind, Line};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name in every format: anchor, sheet, golden file (`handoffs`).
    pub id: &'static str,
    /// What it shows and in which order: `Manual handoffs, most expensive first`.
    pub title: String,
    /// A tab or sheet is named by it: at most 31 letters.
    pub name: &'static str,
    /// What one row is, and several are: `handoff`, `handoffs`.
    pub unit: [&'static str; 2],
    /// Its columns, at least one.
    pub columns: Vec<Column>,
    /// Its rows, each with one cell for each column, in the order that the title says.
    pub rows: Vec<Row>,
    /// Totals beneath the rows, with one cell for each column.
    pub foot: Option<Row>,
    /// What stands where there are no rows: `No data is carried by hand.`
    pub empty: String,
    /// What has to be said beside it, such as what the totals do not hold.
    pub notes: Vec<Line>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name for formulas and for comparison between formats: unique in the table.
    pub key: &'static str,
    /// Its heading, the unit included: `Cost, USD a year`.
    pub heading: String,
    /// What its cells hold.
    pub kind: Kind,
    /// How much it matters.
    pub rank: Rank,
    /// How a spreadsheet computes a cell from others of its row: `({hours} + {rework}) * {rate}`, with the keys of
    /// columns in braces, and names of the workbook (`hourly_rate`) as they are. The cell holds the result.
    pub formula: Option<&'static str>,
    /// Whether a spreadsheet adds up the rows shown.
    pub is_summed: bool,
}

/// How much a column matters, and so where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// On slides too.
    Slide,
    /// Wherever there is the width of a page.
    Page,
    /// Where there is room for everything: the workbook, and behind a click on the page.
    Detail,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The id of what it is about, as report.json has it; unique in the table.
    pub id: String,
    /// Ids of all that it concerns: systems, teams, flows, processes, rules.
    pub about: Vec<String>,
    /// The components that are down where one asks what happens without it.
    pub without: Vec<String>,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing, since the question does not arise here.
    #[default]
    Empty,
    /// The answer is not known.
    NotKnown,
    /// It should be there and is not: the word says what (`no owner`).
    Missing(&'static str),
    /// Words of ours.
    Text(String),
    /// A name of the user's, with the id that it stands for.
    Name(Named),
    /// An id, a key or a command.
    Code(String),
    /// Several of them, in order; none is an empty cell.
    List(Vec<Cell>),
    /// A word from a fixed list, with what it means for the reader: `high`, `met`, `overdue`.
    Word(String, Tone),
    /// A quantity in the unit of the column.
    Amount(Amount),
    /// A quantity that a spreadsheet takes from elsewhere by this formula.
    Linked(Amount, String),
    /// Yes; no is an empty cell.
    Yes,
}

/// A name of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What the stack file calls it.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// What a word means for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// To be looked at.
    Fair,
    /// To be acted upon.
    Bad,
    /// Neither.
    Plain,
}

impl Cell {
    /// Words of ours; none is an empty cell.
    #[must_use]
    pub fn text(words: impl Into<String>) -> Self {
        match words.into() {
            none if none.is_empty() => Self::Empty,
            words => Self::Text(words),
        }
    }

    /// A number without a range; not known where there is none.
    #[must_use]
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::NotKnown, |number| Self::Amount(Amount::of(number)))
    }

    /// How many there are.
    #[must_use]
    pub fn count(number: usize) -> Self {
        Self::Amount(Amount::of(number as f64))
    }

    /// Yes, or nothing.
    #[must_use]
    pub fn yes(is: bool) -> Self {
        if is { Self::Yes } else { Self::Empty }
    }

    /// What it counts or measures, where it does.
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        match self {
            Self::Amount(amount) | Self::Linked(amount, _) => Some(*amount),
            _ => None,
        }
    }
}

impl Column {
    /// A column of a kind for pages and wider.
    #[must_use]
    pub fn new(key: &'static str, heading: impl Into<String>, kind: Kind) -> Self {
        Self { key, heading: heading.into(), kind, rank: Rank::Page, formula: None, is_summed: false }
    }

    /// The same column, of another rank.
    #[must_use]
    pub fn ranked(self, rank: Rank) -> Self {
        Self { rank, ..self }
    }

    /// The same column, computed by a spreadsheet.
    #[must_use]
    pub fn computed(self, formula: &'static str) -> Self {
        Self { formula: Some(formula), ..self }
    }

    /// The same column, added up by a spreadsheet.
    #[must_use]
    pub fn summed(self) -> Self {
        Self { is_summed: true, ..self }
    }
}

impl Table {
    /// The columns of at most this rank, with their places.
    pub fn columns_to(&self, rank: Rank) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(move |(_, column)| column.rank <= rank)
    }

    /// The headings of the columns that a format of this rank leaves out.
    #[must_use]
    pub fn left_out(&self, rank: Rank) -> Vec<&str> {
        self.columns.iter().filter(|column| column.rank > rank).map(|column| column.heading.as_str()).collect()
    }
}
