#![doc = include_str!("../../../docs/rules/no-budget-owner.md")]

use super::{Rule, about};
use crate::analysis::{Analysis, Finding, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-budget-owner",
    severity: Severity::Low,
    moves_with_cost: false,
    summary: "a production AI tool that nobody is named to pay for",
    page: include_str!("../../../docs/rules/no-budget-owner.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let tools = analysis.stack.live_systems().map(|(_, system)| system);
    tools
        .filter(|tool| tool.is_production_ai() && tool.budget_owner.is_none())
        .map(|tool| {
            let evidence = format!("status {}, `budget_owner` is not stated", tool.status.as_str());
            about(&RULE, tool, format!("nobody is named who pays for {}", tool.name), vec![evidence])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn production_ai_tools_without_a_budget_owner() {
        let text = "sinew: 1\nsystems:
  live: { kind: ai-content }
  paid: { kind: ai-content, budget_owner: CMO }
  trial: { kind: ai-content, status: pilot }
";
        assert_eq!(subjects("no-budget-owner", text), ["live"]);
    }
}
