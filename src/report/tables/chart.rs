//! A chart as a value: a small table of what it draws, looked up from the other tables, and how it is drawn.

use super::Table;
use crate::report::say::Line;

/// A sheet of charts.
#[derive(Clone, Debug, PartialEq)]
pub struct Dashboard {
    /// The first line of the sheet.
    pub title: String,
    /// What has to be known of all charts.
    pub notes: Vec<Line>,
    /// At least one, in the order of reading.
    pub charts: Vec<Chart>,
}

/// A chart of a spreadsheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it draws: a row for each group of marks, most of all first. Formulas look the cells up, so that they follow the
    /// tables however those are sorted; the cells hold the results.
    pub data: Table,
    /// The column of `data` that names the rows.
    pub names: &'static str,
    /// What is drawn of each row, in order.
    pub series: Vec<Series>,
    /// How it is drawn.
    pub form: Form,
    /// What it says now, and the formula that says it again after a change.
    pub headline: (String, String),
    /// What the axis of amounts measures, with its unit.
    pub axis: String,
    /// What has to be said of it, such as what it does not draw.
    pub notes: Vec<Line>,
    /// The sheet that has all that it draws from.
    pub from: &'static str,
}

/// The amounts of one column of a chart's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// The key of the column.
    pub key: &'static str,
    /// What the color means.
    pub paint: Paint,
    /// Whether it is a share of 1, drawn as a line on an axis of its own.
    pub is_share: bool,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns side by side, and a line for a share.
    Columns,
    /// A column for each row, its series on top of each other.
    Stacked,
    /// Bars, the first on top.
    Bars,
}

/// What a color means, the same as in the pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Work by hand.
    ByHand,
    /// What stops the business.
    Stops,
    /// What the plan builds.
    Built,
    /// None of these.
    Plain,
}

/// The plan on weeks, a row for each item.
#[derive(Clone, Debug, PartialEq)]
pub struct Gantt {
    /// The items with the weeks of their start and finish, looked up from the plan.
    pub items: Table,
    /// How many weeks have a column.
    pub weeks: usize,
    /// The day on which the first week begins, `2026-11-21`; none in a stack without a day.
    pub day: Option<String>,
    /// When the plan ends, and the formula that says it again after a change.
    pub headline: (String, String),
    /// The key of the column with the kind of an item, and the kind that is hatched.
    pub hatched: (&'static str, &'static str),
}

impl Series {
    /// Amounts in the color of what they mean.
    #[must_use]
    pub fn of(key: &'static str, paint: Paint) -> Self {
        Self { key, paint, is_share: false }
    }
}

/// A text as a string of a formula.
#[must_use]
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The place in the column `of` of the amount in the row: where several are equal, as many before it are passed over. Plain
/// functions that all spreadsheet programs compute alike, without formulas of several cells.
#[must_use]
pub(super) fn place_of(of: &str, amounts: &str, ranks: &str) -> String {
    format!(
        "SUMPRODUCT(SMALL(({of}={{amount}})*(ROW({of})-ROW(INDEX({of},1))+1)+({of}<>{{amount}})*9999999,\
         SUMPRODUCT(({amounts}={{amount}})*({ranks}<={{rank}}))))"
    )
}
