#![doc = include_str!("../../../docs/rules/no-quality-standard.md")]

use super::{Rule, about};
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding, Severity};
use crate::catalog::Kind;
use crate::model::{Stack, System};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-quality-standard",
    severity: Severity::Low,
    moves_with_cost: false,
    summary: "a production AI tool whose output has nothing to come up to",
    page: include_str!("../../../docs/rules/no-quality-standard.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let tools = stack.live_systems().map(|(_, system)| system);
    tools
        .filter(|tool| tool.is_production_ai() && tool.quality_standard.is_none())
        .filter_map(|tool| {
            let judged = judged_outputs(stack, tool);
            let message = format!("nothing says what the output of {} must come up to", tool.name);
            (!judged.is_empty()).then(|| {
                about(&RULE, tool, message, vec![format!("`quality_standard` is not stated; {}", listed(&judged))])
            })
        })
        .collect()
}

/// What in the output of `tool` a standard can be stated for.
fn judged_outputs(stack: &Stack, tool: &System) -> Vec<String> {
    let mut judged = Vec::new();
    for making in &tool.makes {
        let object = stack.data_object(making.data);
        if object.is_content {
            judged.push(format!("it makes {}, which is content", object.id));
        } else if making.model.is_some() {
            judged.push(format!("a model makes {}", object.id));
        }
    }
    judged.dedup();
    if judged.is_empty() && tool.facts.kind == Kind::AiScoring {
        judged.push("it scores".to_owned());
    }
    judged
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn where_it_makes_content_has_a_model_or_scores() {
        let text = "sinew: 1\ndata: { draft: { content: true }, note: {} }\nsystems:
  content: { kind: ai-content, makes: [draft] }
  model: { kind: ai-agent, makes: [{ data: note, model: {} }] }
  notes: { kind: ai-agent, makes: [note] }
  scorer: { kind: ai-scoring }
  stated: { kind: ai-scoring, quality_standard: docs/scores.md }
";
        assert_eq!(subjects("no-quality-standard", text), ["content", "model", "scorer"]);
    }
}
