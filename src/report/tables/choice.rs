//! Where a reader of a spreadsheet may choose a word from a list.

use std::collections::BTreeSet;

use crate::report::facts::Report;

/// The words that a reader may choose from in a column of a table; others may be written as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id of the table.
    pub table: &'static str,
    /// The key of its column.
    pub column: &'static str,
    /// The words, in order.
    pub words: Vec<String>,
}

/// Most words of a list that a person looks through.
const MOST: usize = 200;

/// Who is to build an item is up to the reader: the teams of the stack. The sheet of weeks follows.
#[must_use]
pub fn choices(report: &Report) -> Vec<Choice> {
    let has_items = report.plan.as_ref().is_some_and(|plan| !plan.items.is_empty());
    let teams: BTreeSet<&String> = report.stack.names.teams.values().collect();
    let words: Vec<String> = teams.into_iter().take(MOST).cloned().collect();
    let owner = Choice { table: "plan_items", column: "owner", words };
    Some(owner).filter(|choice| has_items && !choice.words.is_empty()).into_iter().collect()
}
