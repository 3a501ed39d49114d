//! What one rule finds in a small stack text.

use crate::analysis::{Analysis, Finding};
use crate::model::trial::stack_of;

/// The findings of `rule` in `text`, in the order of the report.
pub(super) fn found(rule: &str, text: &str) -> Vec<Finding> {
    let stack = stack_of(text);
    Analysis::of(&stack).findings().into_iter().filter(|finding| finding.rule == rule).collect()
}

/// The first subject of each.
pub(super) fn subjects(rule: &str, text: &str) -> Vec<String> {
    found(rule, text).into_iter().map(|finding| finding.subjects[0].clone()).collect()
}
