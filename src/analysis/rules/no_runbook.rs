#![doc = include_str!("../../../docs/rules/no-runbook.md")]

use super::{Rule, about};
use crate::analysis::{Analysis, Finding, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-runbook",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "a production AI tool without a page that says what to do while it is down",
    page: include_str!("../../../docs/rules/no-runbook.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let tools = analysis.stack.live_systems().map(|(_, system)| system);
    tools
        .filter(|tool| tool.is_production_ai() && tool.runbook.is_none())
        .map(|tool| {
            let evidence = format!("status {}, `runbook` is not stated", tool.status.as_str());
            about(&RULE, tool, format!("nothing says what to do while {} is down", tool.name), vec![evidence])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn production_ai_tools_without_a_runbook() {
        let text = "sinew: 1\nsystems:
  live: { kind: ai-scoring }
  noted: { kind: ai-scoring, runbook: docs/offline.md }
  trial: { kind: ai-scoring, status: pilot }
";
        assert_eq!(subjects("no-runbook", text), ["live"]);
    }
}
