#![doc = include_str!("../../../docs/rules/shadow-ai.md")]

use super::{Rule, about};
use crate::analysis::words::counted;
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::Status;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "shadow-ai",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "an AI tool that is in use without anybody having decided so",
    page: include_str!("../../../docs/rules/shadow-ai.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let tools = stack.all_systems().filter(|(_, system)| system.is_ai() && system.status == Status::AdHoc);
    tools
        .map(|(ix, tool)| {
            let flows = stack.live_flows().filter(|(_, flow)| flow.from == ix || flow.to == ix).count();
            let evidence = format!(
                "status ad-hoc; {} there",
                counted(flows, "live flow begins or ends", "live flows begin or end")
            );
            about(&RULE, tool, format!("{} is used ad hoc: nobody decided on it", tool.name), vec![evidence])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn only_ai_tools_and_only_ad_hoc() {
        let text = "sinew: 1\nsystems:
  a: { kind: ai-content, status: ad-hoc }
  b: { kind: ai-content, status: pilot }
  c: { kind: forms, status: ad-hoc }
";
        assert_eq!(subjects("shadow-ai", text), ["a"]);
    }
}
