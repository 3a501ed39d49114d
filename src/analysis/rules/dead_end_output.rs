#![doc = include_str!("../../../docs/rules/dead-end-output.md")]

use super::Rule;
use crate::analysis::Fact;
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding, Severity, Statement};
use crate::model::{DataIx, System, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "dead-end-output",
    severity: Severity::Medium,
    moves_with_cost: true,
    summary: "an AI tool makes something that nothing carries away and nothing uses",
    page: include_str!("../../../docs/rules/dead-end-output.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let tools = analysis.stack.live_systems().filter(|(_, system)| system.is_ai());
    tools.filter_map(|(ix, system)| finding(analysis, ix, system)).collect()
}

fn finding(analysis: &Analysis<'_>, ix: SystemIx, tool: &System) -> Option<Finding> {
    let stack = analysis.stack;
    let mut objects: Vec<DataIx> = tool.makes.iter().map(|making| making.data).collect();
    objects.dedup();
    objects.retain(|data| is_dead_end(analysis, tool, Fact { at: ix, data: *data }));
    if objects.is_empty() {
        return None;
    }
    let names: Vec<&str> = objects.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
    let evidence = objects.iter().map(|data| evidence(analysis, ix, *data)).collect();
    let statement = Statement {
        subjects: vec![tool.id.to_string()],
        message: format!("{} makes {} and nothing carries it away or uses it there", tool.name, listed(&names)),
        evidence,
        cost: None,
        place: tool
            .makes
            .iter()
            .find(|making| objects.contains(&making.data))
            .map_or(tool.place, |making| making.place),
    };
    let ids = objects.iter().map(|data| &stack.data_object(*data).id);
    Some(Finding::new(RULE.id, RULE.severity, tool.id.as_str(), statement).of_data(ids))
}

fn is_dead_end(analysis: &Analysis<'_>, tool: &System, fact: Fact) -> bool {
    let is_needed = |fact: Fact| {
        let needs = analysis.stack.processes.iter().flat_map(|process| process.data_needs());
        needs.into_iter().any(|need| need.at == fact.at && need.data == fact.data)
    };
    let is_used = tool.makes.iter().any(|making| making.data != fact.data && making.from.contains(&fact.data));
    !analysis.deliveries().leaves(fact) && !is_used && !is_needed(fact)
}

/// Where the object is wanted elsewhere, somebody probably carries it, and the file does not say so.
fn evidence(analysis: &Analysis<'_>, at: SystemIx, data: DataIx) -> String {
    let stack = analysis.stack;
    let mut wanted: Vec<String> = Vec::new();
    for process in &stack.processes {
        for need in process.data_needs().filter(|need| need.data == data && need.at != at) {
            wanted.push(format!("{} at {}", process.name, stack.system(need.at).name));
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    let object = &stack.data_object(data).name;
    if wanted.is_empty() {
        format!("{object}: no live flow carries it, no process needs it here, nothing here is made of it")
    } else {
        format!(
            "{object}: no live flow carries it, yet it is needed by {}: somebody probably carries it by hand",
            listed(&wanted)
        )
    }
}
