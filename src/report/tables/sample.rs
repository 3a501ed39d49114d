//! The stack on which tables are tested: the smallest example, with its plan.

use std::collections::BTreeMap;

use super::{Table, cell};
use crate::analysis::Analysis;
use crate::model;
use crate::plan::questions::{Budget, ranked};
use crate::plan::{self, Options};
use crate::report::facts::diff::Diff;
use crate::report::facts::question::{OF_REPORT, Places, first};
use crate::report::facts::{Plan, Report};
use crate::source::Source;

/// The report of a stack file, with a plan that is simulated a few times.
pub(crate) fn report_of(text: &str) -> Report {
    let source = Source::new("stack.yaml", text.to_owned());
    let stack = model::read(&source).stack.expect("the stack is valid");
    let analysis = Analysis::of(&stack);
    let options = Options { samples: 20, ..Options::default() };
    let plan = plan::Plan::of(&analysis, &options).expect("the stack can be planned");
    let asked = ranked(&analysis, &plan, &options, &Budget::default());
    let places = Places { source: &source, cells: &BTreeMap::new() };
    let questions = first(&analysis, Some(&plan), &asked, places, OF_REPORT);
    let report = Report::of(&analysis, &analysis.findings(), &source);
    report.with_plan(Plan::of(&stack, &plan, &options)).with_questions(questions)
}

/// Fernwood Tea with its plan.
pub(crate) fn tiny() -> Report {
    report_of(include_str!("../../../examples/stacks/tiny.yaml"))
}

/// Acme, whose plan has two items that earn something, and reviews.
pub(crate) fn acme() -> Report {
    report_of(include_str!("../../../tests/golden/10-acme/stack.yaml"))
}

/// The difference between two stack files.
pub(crate) fn diff_of(old: &str, new: &str) -> Diff {
    let sources = [old, new].map(|text| Source::new("stack.yaml", text.to_owned()));
    let stacks = sources.each_ref().map(|source| model::read(source).stack.expect("the stack is valid"));
    Diff::of((&stacks[0], &sources[0]), (&stacks[1], &sources[1]))
}

/// A row in words: the cells of these columns.
pub(crate) fn words(table: &Table, row: usize, keys: &[&str]) -> Vec<String> {
    let word = |key: &&str| {
        let at = table.columns.iter().position(|column| column.key == *key).expect("the table has the column");
        let line = cell(table.columns[at].kind, &table.rows[row].cells[at]);
        line.pieces().iter().map(|(_, text)| text.as_str()).collect()
    };
    keys.iter().map(word).collect()
}
