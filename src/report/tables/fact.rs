//! A figure by itself, with what to know of it; and the figures that stand before all tables.

use std::borrow::Cow;

use super::{Cell, Kind};
use crate::report::say::Line;

/// A figure by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name for formulas (`hourly_rate`), and for comparison between formats: unique.
    pub key: Cow<'static, str>,
    /// What it is, the unit included: `Hourly rate, USD`.
    pub label: String,
    /// What the value is.
    pub kind: Kind,
    /// The value, typed like a cell of a table.
    pub value: Cell,
    /// What to know of it; may be empty.
    pub note: String,
    /// Where a reader of a spreadsheet may change it, and formulas follow: the least and the most that it can be.
    pub allowed: Option<[f64; 2]>,
}

impl Fact {
    /// Whether a reader of a spreadsheet may change it.
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.allowed.is_some()
    }
}

/// What a workbook says before its tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The first line of the sheet.
    pub title: String,
    /// What the report comes to, a sentence a row.
    pub sentences: Vec<Line>,
    /// Figures under headings, in the order shown.
    pub parts: Vec<(String, Vec<Fact>)>,
    /// What has to be known of the whole, such as what the workbook leaves out.
    pub notes: Vec<Line>,
}
