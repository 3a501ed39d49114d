#![doc = include_str!("../../../docs/rules/no-owner.md")]

use super::{Rule, about};
use crate::analysis::{Analysis, Finding, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-owner",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "an AI tool that nobody answers for",
    page: include_str!("../../../docs/rules/no-owner.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let tools = analysis.stack.live_systems().map(|(_, system)| system);
    tools
        .filter(|tool| tool.is_ai() && tool.owner.is_none())
        .map(|tool| {
            let evidence = format!("status {}, `owner` is not stated", tool.status.as_str());
            about(&RULE, tool, format!("nobody answers for {}", tool.name), vec![evidence])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn live_ai_tools_without_an_owner() {
        let text = "sinew: 1\nteams: { ops: {} }\nsystems:
  adhoc: { kind: ai-content, status: ad-hoc }
  gone: { kind: ai-content, status: retired }
  owned: { kind: ai-content, owner: ops }
  plain: { kind: cms }
";
        assert_eq!(subjects("no-owner", text), ["adhoc"]);
    }
}
