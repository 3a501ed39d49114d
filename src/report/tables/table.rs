//! A table as a value: what it says, in typed cells. A format lays it out, and neither chooses words, nor rounds, nor
//! looks up a name.

use crate::report::facts::Range;
use crate::report::say::{Amount, Bound, Kind, Line, grouped};

/// A table with typed columns and cells, which every format lays out for itself.
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
    /// What stands where there are no rows: `The stack file names no work by hand.`
    pub empty: String,
    /// What has to be said beside it, such as what the totals do not hold.
    pub notes: Vec<Line>,
    /// How running text tells it.
    pub shape: Shape,
    /// How many rows running text shows before it counts the rest; all without a number.
    pub most: Option<usize>,
    /// How many more rows there are that the report leaves out, and the workbook of the stack has.
    pub beyond: usize,
    /// Whether it is the answer itself, all of which a short text shows.
    pub is_answer: bool,
}

/// How running text tells a table; formats with room for columns show columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As rows and columns.
    Grid,
    /// As a list: the first columns, as many as this, are the head of each entry; the others stand below it with their
    /// headings.
    Entries(usize),
}

/// A column: key for formulas, heading with unit, kind of value, where it is shown.
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
    /// columns in braces, and names of the workbook (`hourly_rate`) as they are. The column of another table is named
    /// by both, as `handoffs_cost`. The cell holds the result.
    pub formula: Option<&'static str>,
    /// Whether a spreadsheet adds up the rows shown.
    pub is_summed: bool,
    /// The tables in which what a cell names has a row, by their ids: there a spreadsheet links it to, in the first that has
    /// it. Lists of the stack count as tables, as `stack/flows`, where the workbook has their sheets.
    pub leads: &'static [&'static str],
}

/// How much a column matters, and so where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Shown everywhere, and on slides too.
    Slide,
    /// Wherever there is the width of a page.
    Page,
    /// Where there is room for everything: the workbook, and behind a click on the page.
    Detail,
}

/// A row: one cell for each column, and what it is about.
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
    /// How a spreadsheet computes cells of this row alone, by the keys of their columns.
    pub formulas: Vec<(&'static str, String)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing, since the question does not arise here.
    #[default]
    Empty,
    /// The answer is not known.
    NotKnown,
    /// There is nothing to judge, and so no answer: a dash, in a column where others have one.
    NothingToJudge,
    /// It should be there and is not: the word says what (`no owner`).
    Missing(&'static str),
    /// Words that the program chose, not the user: what stands between backticks in them is a key, an id or a command, and
    /// formats that have a look for it leave out the backticks.
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
    /// A quantity of another kind than the column's.
    Measured(Kind, Amount),
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
    /// Neither good news nor bad.
    Plain,
}

impl Cell {
    /// The ids that it names, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Self::Name(named) => vec![&named.id],
            Self::Code(id) => vec![id],
            Self::List(cells) => cells.iter().flat_map(Self::ids).collect(),
            _ => Vec::new(),
        }
    }

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

    /// A quantity with its range; not known where there is none.
    #[must_use]
    pub fn range(range: Option<Range>) -> Self {
        range.map_or(Self::NotKnown, |range| Self::Amount(range.into()))
    }

    /// A name; the id itself where nothing has a name.
    #[must_use]
    pub fn name(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Name(Named { id: id.into(), name: name.into() })
    }

    /// What the ids stand for, each called by `name`.
    #[must_use]
    pub fn names<T: AsRef<str>>(ids: &[T], name: impl Fn(&str) -> String) -> Self {
        Self::list(ids.iter().map(|id| Self::name(id.as_ref(), name(id.as_ref()))))
    }

    /// The same, and how many more there are that are not listed: `a, b, and 940 more`.
    #[must_use]
    pub fn names_and_more<T: AsRef<str>>(ids: &[T], more: Option<&usize>, name: impl Fn(&str) -> String) -> Self {
        let listed = ids.iter().map(|id| Self::name(id.as_ref(), name(id.as_ref())));
        Self::list(listed.chain(more.map(|more| Self::Text(and_more(*more)))))
    }

    /// Sentences or other texts, one after the other.
    #[must_use]
    pub fn texts<T: AsRef<str>>(texts: &[T]) -> Self {
        Self::list(texts.iter().map(|text| Self::Text(text.as_ref().to_owned())))
    }

    /// Several cells; none is an empty cell.
    #[must_use]
    pub fn list(cells: impl IntoIterator<Item = Self>) -> Self {
        let cells: Vec<Self> = cells.into_iter().collect();
        if cells.is_empty() { Self::Empty } else { Self::List(cells) }
    }

    /// Words, or what is missing where there are none.
    #[must_use]
    pub fn or_missing(words: Option<&str>, missing: &'static str) -> Self {
        words.map_or(Self::Missing(missing), Self::text)
    }

    /// How many there are.
    #[must_use]
    pub fn count(number: usize) -> Self {
        Self::Amount(Amount::of(number as f64))
    }

    /// The word `yes`, or an empty cell.
    #[must_use]
    pub fn yes(is: bool) -> Self {
        if is { Self::Yes } else { Self::Empty }
    }

    /// What it counts or measures, where it does.
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        match self {
            Self::Amount(amount) | Self::Linked(amount, _) | Self::Measured(_, amount) => Some(*amount),
            _ => None,
        }
    }
}

/// What stands at the end of a list that is cut.
#[must_use]
pub(super) fn and_more(left_out: usize) -> String {
    format!("and {} more", grouped(left_out as f64))
}

impl Column {
    /// A column of a kind for pages and wider.
    #[must_use]
    pub fn new(key: &'static str, heading: impl Into<String>, kind: Kind) -> Self {
        Self { key, heading: heading.into(), kind, rank: Rank::Page, formula: None, is_summed: false, leads: &[] }
    }

    /// The same column, on slides too.
    #[must_use]
    pub fn on_slides(self) -> Self {
        Self { rank: Rank::Slide, ..self }
    }

    /// The same column, where there is room for everything.
    #[must_use]
    pub fn detail(self) -> Self {
        Self { rank: Rank::Detail, ..self }
    }

    /// The same column, computed by a spreadsheet.
    #[must_use]
    pub fn computed(self, formula: &'static str) -> Self {
        Self { formula: Some(formula), ..self }
    }

    /// The same column, linked by a spreadsheet to the rows of what it names.
    #[must_use]
    pub fn leading_to(self, leads: &'static [&'static str]) -> Self {
        Self { leads, ..self }
    }

    /// The same column, added up by a spreadsheet.
    #[must_use]
    pub fn summed(self) -> Self {
        Self { is_summed: true, ..self }
    }
}

impl From<Range> for Amount {
    fn from(range: Range) -> Self {
        let (low, likely, high) = (range.low.get(), range.likely.get(), range.high.get());
        Self { low, likely, high, bound: Bound::Value }
    }
}

impl Table {
    /// A table without rows and notes, told as rows and columns.
    #[must_use]
    pub fn new(id: &'static str, name: &'static str, unit: [&'static str; 2], columns: Vec<Column>) -> Self {
        let (title, empty) = (name.to_owned(), String::new());
        Self {
            id,
            title,
            name,
            unit,
            columns,
            rows: Vec::new(),
            foot: None,
            empty,
            notes: Vec::new(),
            shape: Shape::Grid,
            most: None,
            beyond: 0,
            is_answer: false,
        }
    }

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
