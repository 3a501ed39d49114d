//! The rules: the one ordered table, and a file and a page for each.

mod ai_silo;
mod ai_tool_lacks;
mod bolted_on_review;
mod bus_factor;
mod common_dependency;
mod competing_writers;
mod contract_ends_soon;
mod dead_end_output;
mod file_relay;
mod manual_handoff;
pub(crate) mod missing_feedback;
mod model_unwatched;
mod personal_data_to_ai;
mod quota_overrun;
mod repeated_entry;
mod review_overdue;
mod single_point_of_failure;
mod sole_owner;
mod stale_feed;
#[cfg(test)]
mod trial;
pub(crate) mod unreviewed_content;
pub(crate) mod unsupplied_need;
mod unwatched_flow;

pub(crate) use ai_tool_lacks::has_checkable_output;
pub(crate) use competing_writers::would_settle;

use super::{Analysis, Finding, Severity, Statement};
use crate::model::System;

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
    /// Its findings in a stack, before cost moves them; a pure function.
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
    ai_silo::RULE,
    missing_feedback::RULE,
    stale_feed::RULE,
    quota_overrun::RULE,
    personal_data_to_ai::RULE,
    unreviewed_content::RULE,
    bolted_on_review::RULE,
    ai_tool_lacks::SHADOW_AI,
    ai_tool_lacks::NO_OWNER,
    ai_tool_lacks::NO_BUDGET_OWNER,
    ai_tool_lacks::NO_RUNBOOK,
    ai_tool_lacks::NO_QUALITY_STANDARD,
    review_overdue::RULE,
    ai_tool_lacks::PILOT_WITHOUT_DECISION,
    model_unwatched::RULE,
    competing_writers::RULE,
    sole_owner::RULE,
    unwatched_flow::RULE,
    contract_ends_soon::RULE,
];

/// The rule called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// A finding of `rule` about one system, at the place that defines it; such findings have no cost of their own.
fn about(rule: &Rule, system: &System, message: String, evidence: Vec<String>) -> Finding {
    let subjects = vec![system.id.to_string()];
    let statement = Statement { subjects, message, evidence, cost: None, place: system.place };
    Finding::new(rule.id, rule.severity, system.id.as_str(), statement)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RULE_NAMES;

    #[test]
    fn the_file_names_every_rule_and_no_other() {
        let names: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(names, RULE_NAMES, "RULES here and RULE_NAMES in src/model/stack/settings.rs");
    }
}
