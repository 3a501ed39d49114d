//! What one rule finds in a small stack text.

use crate::analysis::{Analysis, Finding};
use crate::source::Source;

/// The findings of `rule` in `text`, in the order of the report.
pub(super) fn found(rule: &str, text: &str) -> Vec<Finding> {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = crate::model::read(&source);
    let stack = reading.stack.unwrap_or_else(|| panic!("{:?}\n{text}", reading.problems));
    Analysis::of(&stack).findings().into_iter().filter(|finding| finding.rule == rule).collect()
}

/// The first subject of each.
pub(super) fn subjects(rule: &str, text: &str) -> Vec<String> {
    found(rule, text).into_iter().map(|finding| finding.subjects[0].clone()).collect()
}
