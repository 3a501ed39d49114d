//! What an AI tool lacks that those who run it ought to have settled: one table with a row for each rule.
//!
//! A row says which systems are looked at and what is missing. Each rule keeps its own id and page.

use super::{Rule, about};
use crate::analysis::lineage::outputs;
use crate::analysis::words::{counted, listed};
use crate::analysis::{Analysis, Finding, Severity};
use crate::catalog::Kind;
use crate::model::{Stack, Status, System, SystemIx};

/// One rule: what is missing where.
struct Lack {
    id: &'static str,
    severity: Severity,
    summary: &'static str,
    page: &'static str,
    /// The systems that ought to have it.
    applies_to: fn(&System) -> bool,
    /// What to say of one that lacks it, and what shows that; `None` where it has it.
    lacks: fn(&Analysis<'_>, SystemIx, &System) -> Option<(String, String)>,
}

pub(super) const SHADOW_AI: Rule = rule::<0>();
pub(super) const NO_OWNER: Rule = rule::<1>();
pub(super) const NO_BUDGET_OWNER: Rule = rule::<2>();
pub(super) const NO_RUNBOOK: Rule = rule::<3>();
pub(super) const NO_QUALITY_STANDARD: Rule = rule::<4>();
pub(super) const PILOT_WITHOUT_DECISION: Rule = rule::<5>();

const LACKS: [Lack; 6] = [
    Lack {
        id: "shadow-ai",
        severity: Severity::Medium,
        summary: "an AI tool in use that nobody decided on",
        page: include_str!("../../../docs/rules/shadow-ai.md"),
        applies_to: |tool| tool.is_ai() && tool.status == Status::AdHoc,
        lacks: |analysis, ix, tool| {
            let flows = analysis.stack.live_flows().filter(|(_, flow)| flow.from == ix || flow.to == ix).count();
            let there = counted(flows, "live flow begins or ends", "live flows begin or end");
            Some((
                format!("{} is used ad hoc: nobody decided on it", tool.name),
                format!("status ad-hoc; {there} there"),
            ))
        },
    },
    Lack {
        id: "no-owner",
        severity: Severity::Medium,
        summary: "an AI tool without an owner",
        page: include_str!("../../../docs/rules/no-owner.md"),
        applies_to: |tool| tool.is_live() && tool.is_ai() && tool.owner.is_none(),
        lacks: |_, _, tool| Some((format!("{} has no owner", tool.name), unstated(tool, "owner"))),
    },
    Lack {
        id: "no-budget-owner",
        severity: Severity::Low,
        summary: "a production AI tool without a budget owner",
        page: include_str!("../../../docs/rules/no-budget-owner.md"),
        applies_to: |tool| is_in_production(tool) && tool.budget_owner.is_none(),
        lacks: |_, _, tool| Some((format!("{} has no budget owner", tool.name), unstated(tool, "budget_owner"))),
    },
    Lack {
        id: "no-runbook",
        severity: Severity::Medium,
        summary: "a production AI tool without a runbook",
        page: include_str!("../../../docs/rules/no-runbook.md"),
        applies_to: |tool| is_in_production(tool) && tool.runbook.is_none(),
        lacks: |_, _, tool| Some((format!("{} has no runbook", tool.name), unstated(tool, "runbook"))),
    },
    Lack {
        id: "no-quality-standard",
        severity: Severity::Low,
        summary: "a production AI tool without a quality standard for its output",
        page: include_str!("../../../docs/rules/no-quality-standard.md"),
        applies_to: |tool| is_in_production(tool) && tool.quality_standard.is_none(),
        lacks: |analysis, ix, tool| {
            let judged = judged_outputs(analysis, ix, tool);
            let message = format!("{} has no quality standard", tool.name);
            (!judged.is_empty()).then(|| (message, format!("`quality_standard` is not stated; {}", listed(&judged))))
        },
    },
    Lack {
        id: "pilot-without-decision",
        severity: Severity::Low,
        summary: "a pilot without a decision date, or with one that has passed",
        page: include_str!("../../../docs/rules/pilot-without-decision.md"),
        applies_to: |system| system.status == Status::Pilot,
        lacks: |analysis, _, pilot| undecided(analysis.stack, pilot),
    },
];

const fn rule<const ROW: usize>() -> Rule {
    let Lack { id, severity, summary, page, .. } = LACKS[ROW];
    Rule { id, severity, moves_with_cost: false, summary, page, find: find::<ROW> }
}

fn find<const ROW: usize>(analysis: &Analysis<'_>) -> Vec<Finding> {
    let (stack, lack) = (analysis.stack, &LACKS[ROW]);
    let systems = stack.all_systems().filter(|(_, system)| (lack.applies_to)(system));
    systems
        .filter_map(|(ix, system)| {
            let (message, evidence) = (lack.lacks)(analysis, ix, system)?;
            Some(about(&rule::<ROW>(), system, message, vec![evidence]))
        })
        .collect()
}

fn is_in_production(tool: &System) -> bool {
    tool.is_live() && tool.is_production_ai()
}

fn unstated(tool: &System, key: &str) -> String {
    format!("status {}, `{key}` is not stated", tool.status.as_str())
}

/// Whether something in the output of `tool` can be held to a standard: content, what a model makes, or scores.
pub(crate) fn has_checkable_output(analysis: &Analysis<'_>, ix: SystemIx, tool: &System) -> bool {
    !judged_outputs(analysis, ix, tool).is_empty()
}

/// What in the output of `tool` a standard can be stated for.
fn judged_outputs(analysis: &Analysis<'_>, ix: SystemIx, tool: &System) -> Vec<String> {
    let mut judged = Vec::new();
    for data in outputs(analysis, ix) {
        let object = analysis.stack.data_object(data);
        if object.is_content() {
            judged.push(format!("it makes {}, which is content", object.name));
        } else if tool.makes.iter().any(|making| making.data == data && making.model.is_some()) {
            judged.push(format!("a model makes {}", object.name));
        }
    }
    if judged.is_empty() && tool.facts.kind == Kind::AiScoring {
        judged.push("it scores".to_owned());
    }
    judged
}

fn undecided(stack: &Stack, system: &System) -> Option<(String, String)> {
    let decide_by = system.pilot.as_ref().and_then(|pilot| pilot.decide_by);
    let since = system.pilot.as_ref().and_then(|pilot| pilot.since);
    let since = since.map(|since| format!(", since {since}")).unwrap_or_default();
    match (decide_by, stack.as_of) {
        (None, _) => Some((
            format!("{} is a pilot without a decision date", system.name),
            format!("status pilot{since}; `decide_by` is not stated"),
        )),
        (Some(day), Some(today)) if day < today => Some((
            format!("{} was to be decided by {day} and is still a pilot", system.name),
            format!("status pilot{since}; decide_by {day}, before {today}"),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn each_rule_finds_the_tools_that_lack_what_it_is_about() {
        let ai = |keys: &[&str]| -> String {
            keys.iter().enumerate().map(|(at, keys)| format!("  t{at}: {{ {keys} }}\n")).collect()
        };
        for (rule, systems, expected) in [
            (
                "shadow-ai",
                &["kind: ai-content, status: ad-hoc", "kind: ai-content, status: pilot", "kind: forms, status: ad-hoc"]
                    [..],
                &["t0"][..],
            ),
            (
                "no-owner",
                &[
                    "kind: ai-content, status: ad-hoc",
                    "kind: ai-content, status: retired",
                    "kind: ai-content, owner: ops",
                    "kind: cms",
                ],
                &["t0"],
            ),
            (
                "no-budget-owner",
                &["kind: ai-content", "kind: ai-content, budget_owner: CMO", "kind: ai-content, status: pilot"],
                &["t0"],
            ),
            (
                "no-runbook",
                &["kind: ai-scoring", "kind: ai-scoring, runbook: docs/offline.md", "kind: ai-scoring, status: pilot"],
                &["t0"],
            ),
            (
                // It makes content, has a model, or scores.
                "no-quality-standard",
                &[
                    "kind: ai-content, makes: [draft]",
                    "kind: ai-agent, makes: [{ data: note, model: {} }]",
                    "kind: ai-agent, makes: [note]",
                    "kind: ai-scoring",
                    "kind: ai-scoring, quality_standard: docs/scores.md",
                ],
                &["t0", "t1", "t3"],
            ),
            (
                // No day, or one that has passed.
                "pilot-without-decision",
                &[
                    "kind: ai-content, status: pilot, pilot: { decide_by: 2026-11-20 }",
                    "kind: ai-content, status: pilot",
                    "kind: ai-content, pilot: { decide_by: 2026-11-20 }",
                    "kind: ai-content, status: pilot, pilot: { decide_by: 2026-11-21 }",
                ],
                &["t0", "t1"],
            ),
        ] {
            let text = format!(
                "sinew: 1\nas_of: 2026-11-21\nteams: {{ ops: {{}} }}\ndata: {{ draft: {{ content: true }}, note: {{}} }}\nsystems:\n{}",
                ai(systems)
            );
            assert_eq!(subjects(rule, &text), expected, "{rule}");
        }
    }

    #[test]
    fn a_tool_in_ad_hoc_use_tells_how_many_flows_begin_or_end_there() {
        let text = "sinew: 1
systems: { t: { kind: ai-content, status: ad-hoc, makes: [d] }, a: { kind: crm, makes: [e] }, b: { kind: cms } }
data: { d: {}, e: {} }
flows:
  - { id: in, from: a, to: t, data: e, mechanism: message }
  - { id: out, from: t, to: b, data: d, mechanism: message }
  - { id: by, from: a, to: b, data: e, mechanism: message }
  - { id: by-itself, from: a, to: b, data: e, mechanism: api }
";
        let evidence = &crate::analysis::rules::trial::found("shadow-ai", text)[0].evidence;
        assert_eq!(evidence[..], ["status ad-hoc; 2 live flows begin or end there".to_owned()]);
    }
}
