#![doc = include_str!("../../../docs/rules/ai-silo.md")]

use super::{Rule, about};
use crate::analysis::reach::Reach;
use crate::analysis::words::{counted, flow_name};
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::{FlowIx, Stack, System, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "ai-silo",
    severity: Severity::High,
    moves_with_cost: false,
    summary: "a production AI tool without an automated flow to the rest of the stack",
    page: include_str!("../../../docs/rules/ai-silo.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let reach = Reach::of(stack);
    let tools = stack.live_systems().filter(|(_, system)| system.is_production_ai());
    let silos: Vec<(SystemIx, &System)> =
        tools.filter(|(ix, _)| reach.makes_or_moves(stack, *ix) && !reach.is_joined(*ix)).collect();
    if silos.is_empty() {
        return Vec::new();
    }
    let mut flows: Vec<Vec<FlowIx>> = vec![Vec::new(); stack.systems.len()];
    for (flow_ix, flow) in stack.live_flows() {
        flows[flow.from.at()].push(flow_ix);
        if flow.to != flow.from {
            flows[flow.to.at()].push(flow_ix);
        }
    }
    silos.into_iter().map(|(ix, tool)| finding(stack, (ix, tool), &flows[ix.at()])).collect()
}

/// The finding about a tool with its live `flows`.
fn finding(stack: &Stack, (ix, tool): (SystemIx, &System), flows: &[FlowIx]) -> Finding {
    let mut evidence: Vec<String> = flows
        .iter()
        .map(|flow| {
            let flow = stack.flow(*flow);
            let other = stack.system(if flow.from == ix { flow.to } else { flow.from });
            let why = match (flow.is_manual(), other.is_carrier()) {
                (true, _) => "by hand",
                (false, true) => "automated, with what people carry data in",
                (false, false) => "automated, with another AI tool",
            };
            format!("{} ({}, {why})", flow_name(stack, flow), flow.mechanism.as_str())
        })
        .collect();
    let by_hand = flows.iter().filter(|flow| stack.flow(**flow).is_manual()).count();
    let all = counted(flows.len(), "flow", "flows");
    let why = match (flows.len(), by_hand) {
        (0, _) => "has no flow".to_owned(),
        (1, 1) => "its only flow is by hand".to_owned(),
        (1, _) => "its only flow is automated, but with a file, a chat or an AI tool".to_owned(),
        (n, some) if n == some => format!("all of its {all} are by hand"),
        (_, 0) => format!("its {all} are automated, but only with files, chats or AI tools"),
        _ => format!("none of its {all} joins it to an application automatically"),
    };
    let link = if flows.is_empty() { " and" } else { ", and" };
    let message = format!("{} is in production{link} {why}", tool.name);
    if evidence.is_empty() {
        evidence.push(format!("0 live flows begin or end at {}", tool.name));
    }
    about(&RULE, tool, message, evidence).shown_by(flows.iter().copied())
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::{found, subjects};

    const TOOLS: &str = "sinew: 1\nhourly_rate: 1\ndata: { draft: {} }\nsystems:
  writer: { kind: ai-content, makes: [draft] }
  checker: { kind: ai-content }
  cms: { kind: cms }
  sheet: { kind: spreadsheet }
flows:
";

    #[test]
    fn flows_by_hand_to_carriers_and_to_ai_tools_do_not_join() {
        let alone = format!(
            "{TOOLS}  - {{ from: writer, to: cms, data: draft, mechanism: copy-paste }}
  - {{ from: writer, to: sheet, data: draft, mechanism: api }}
  - {{ from: writer, to: checker, data: draft, mechanism: api }}\n"
        );
        assert_eq!(subjects("ai-silo", &alone), ["checker", "writer"]);
        let messages: Vec<String> = found("ai-silo", &alone).into_iter().map(|one| one.message).collect();
        assert_eq!(
            messages,
            [
                "Checker is in production, and its only flow is automated, but with a file, a chat or an AI tool",
                "Writer is in production, and none of its 3 flows joins it to an application automatically",
            ]
        );
        let carried = "  - { from: writer, to: sheet, data: draft, mechanism: api }\n";
        let carried = format!("{TOOLS}{carried}  - {{ from: sheet, to: writer, data: draft, mechanism: api }}\n");
        let message = &found("ai-silo", &carried)[0].message;
        assert_eq!(
            message,
            "Writer is in production, and its 2 flows are automated, but only with files, chats or AI tools"
        );
        let by_hand = carried.replace("mechanism: api", "mechanism: copy-paste");
        assert_eq!(
            found("ai-silo", &by_hand)[0].message,
            "Writer is in production, and all of its 2 flows are by hand"
        );
    }

    #[test]
    fn one_automated_flow_in_or_out_is_enough_if_it_is_live() {
        let flow = "  - { from: cms, to: writer, data: draft, mechanism: api";
        assert_eq!(subjects("ai-silo", &format!("{TOOLS}{flow} }}\n")), [] as [&str; 0]);
        assert_eq!(subjects("ai-silo", &format!("{TOOLS}{flow}, status: planned }}\n")), ["writer"]);
    }

    #[test]
    fn each_flow_says_why_it_connects_the_tool_to_nothing() {
        let text = "sinew: 1
systems:
  t: { kind: ai-content, makes: [d] }
  u: { kind: ai-agent, makes: [e] }
  s: { kind: spreadsheet }
  x: { kind: cms }
data: { d: {}, e: {} }
flows:
  - { id: a, from: t, to: s, data: d, mechanism: api }
  - { id: b, from: u, to: t, data: e, mechanism: api }
  - { id: c, from: t, to: x, data: d, mechanism: message }
";
        let found = found("ai-silo", text);
        let tool = found.iter().find(|one| one.subjects[0] == "t").expect("it is found");
        let lines = [
            "T -> S: D (api, automated, with what people carry data in)",
            "U -> T: E (api, automated, with another AI tool)",
            "T -> X: D (message, by hand)",
        ];
        assert_eq!(tool.evidence, lines);
    }
}
