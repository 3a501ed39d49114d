#![doc = include_str!("../../../docs/rules/repeated-entry.md")]

use std::collections::BTreeMap;

use super::Rule;
use crate::analysis::words::{counted, listed, sum};
use crate::analysis::{Analysis, EntryKind, Finding, Place, Severity, Statement};
use crate::model::{DataIx, FlowIx, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "repeated-entry",
    severity: Severity::Medium,
    moves_with_cost: true,
    summary: "people carry the same data object to several systems",
    page: include_str!("../../../docs/rules/repeated-entry.md"),
    find,
};

/// The targets of each object that people carry out of a system, with the flows that bring it there.
type Targets = BTreeMap<SystemIx, Vec<FlowIx>>;

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let mut carried: BTreeMap<(SystemIx, DataIx), Targets> = BTreeMap::new();
    for (ix, _) in &analysis.handoffs().steps {
        let flow = stack.flow(*ix);
        for data in &flow.data {
            carried.entry((flow.from, *data)).or_default().entry(flow.to).or_default().push(*ix);
        }
    }
    carried.retain(|_, targets| targets.len() > 1);
    // Objects that leave together for the same targets are one habit, and one finding.
    let mut habits: BTreeMap<(SystemIx, Targets), Vec<DataIx>> = BTreeMap::new();
    for ((source, data), targets) in carried {
        habits.entry((source, targets)).or_default().push(data);
    }
    habits.into_iter().map(|((source, targets), objects)| finding(analysis, source, &targets, &objects)).collect()
}

fn finding(analysis: &Analysis<'_>, source: SystemIx, targets: &Targets, objects: &[DataIx]) -> Finding {
    let stack = analysis.stack;
    let flows: Vec<FlowIx> = targets.values().flatten().copied().collect();
    let chains =
        analysis.handoffs().chains_over(flows.iter().copied()).into_iter().filter(|chain| chain.carries_any(objects));
    let total = analysis.handoffs().total_of(chains);
    let (cost, is_least) = (total.cost.map(|cost| cost.likely), total.without_cost > 0);
    let from = stack.system(source);
    let names: Vec<&str> = objects.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
    let ids: Vec<&str> = objects.iter().map(|data| stack.data_object(*data).id.as_str()).collect();
    let ends: Vec<&str> = targets.keys().map(|to| stack.system(*to).name.as_str()).collect();
    let price = cost.map(|cost| format!(", for {} a year", sum(stack, is_least, cost))).unwrap_or_default();
    let targets_counted = counted(targets.len(), "system", "systems");
    let evidence = targets.iter().map(|(to, flows)| {
        let mut ways: Vec<&str> = flows.iter().map(|ix| stack.flow(*ix).mechanism.as_str()).collect();
        ways.sort_unstable();
        ways.dedup();
        format!("{} -> {}: by {}", from.name, stack.system(*to).name, listed(&ways))
    });
    let statement = Statement {
        subjects: std::iter::once(source)
            .chain(targets.keys().copied())
            .map(|ix| stack.system(ix).id.to_string())
            .collect(),
        message: format!(
            "people carry {} out of {} to {targets_counted}, {}{price}",
            listed(&names),
            from.name,
            listed(&ends)
        ),
        evidence: evidence.collect(),
        cost,
        place: flows.first().map_or(from.place, |ix| stack.flow(*ix).place),
    };
    let to = targets.keys().map(|to| &stack.system(*to).id);
    Finding::new(RULE.id, RULE.severity, &format!("{}:{}", from.id, ids.join(",")), statement)
        .known_by(vec![Place::one(EntryKind::System, &from.id), Place::set(EntryKind::System, to)])
        .of_data(ids)
        .at_least(is_least)
        .shown_by(flows)
}
