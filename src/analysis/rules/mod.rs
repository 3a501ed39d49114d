//! The rules: the one ordered table, and a file and a page for each.

mod bus_factor;
mod common_dependency;
mod dead_end_output;
mod file_relay;
mod manual_handoff;
mod repeated_entry;
mod single_point_of_failure;
mod unsupplied_need;

use super::{Analysis, Finding, Severity};

/// What a rule looks for, and how to live with what it finds.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name: what is found, never the remedy.
    pub id: &'static str,
    /// The severity of its findings before cost moves it; where it has several, the gravest.
    pub severity: Severity,
    /// Whether the yearly cost of a finding moves its severity.
    pub moves_with_cost: bool,
    /// What it means, in one sentence.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
    /// Finds it.
    pub find: fn(&Analysis<'_>) -> Vec<Finding>,
}

/// All rules; their order is the order of the docs and of findings of one severity.
pub const RULES: &[Rule] = &[
    manual_handoff::RULE,
    file_relay::RULE,
    dead_end_output::RULE,
    unsupplied_need::RULE,
    repeated_entry::RULE,
    single_point_of_failure::RULE,
    bus_factor::RULE,
    common_dependency::RULE,
];

/// The rule called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}
