#![doc = include_str!("../../../docs/rules/bus-factor.md")]

use super::Rule;
use crate::analysis::Component;
use crate::analysis::words::{at_price, listed};
use crate::analysis::{Analysis, EntryKind, Finding, Place, Severity, Statement};
use crate::model::{ProcessIx, TeamIx};

pub(super) const RULE: Rule = Rule {
    id: "bus-factor",
    severity: Severity::High,
    moves_with_cost: true,
    summary: "a process depends on one person",
    page: include_str!("../../../docs/rules/bus-factor.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let teams = analysis.supply.components().iter().filter_map(|component| match component {
        Component::Team(ix) => Some(*ix),
        _ => None,
    });
    teams.filter_map(|team| finding(analysis, team)).collect()
}

fn finding(analysis: &Analysis<'_>, ix: TeamIx) -> Option<Finding> {
    let stack = analysis.stack;
    let team = stack.team(ix);
    let outage = analysis.outage_of(Component::Team(ix));
    let (processes, verb, severity) = match (outage.processes_down.as_slice(), outage.processes_degraded.as_slice()) {
        ([], []) => return None,
        ([], degraded) => (degraded, ["can run only on standby", "can run only on standby"], Severity::Medium),
        (down, _) => (down, ["stops", "stop"], Severity::High),
    };
    let is_down = severity == Severity::High;
    let list = |processes: &[ProcessIx]| -> Vec<&str> {
        processes.iter().map(|process| stack.process(*process).id.as_str()).collect()
    };
    let names: Vec<&str> = processes.iter().map(|process| stack.process(*process).name.as_str()).collect();
    let verb = verb[usize::from(processes.len() > 1)];
    let price = if is_down { at_price(stack, outage) } else { String::new() };
    let performed = stack.live_flows().filter(|(_, flow)| flow.is_manual() && flow.performer == Some(ix));
    let performed: Vec<&str> = performed.map(|(_, flow)| flow.id.as_str()).collect();
    let made: Vec<String> = stack
        .live_systems()
        .flat_map(|(_, system)| system.makes.iter().map(move |making| (system, making)))
        .filter(|(_, making)| making.by == Some(ix))
        .map(|(system, making)| format!("{} at {}", stack.data_object(making.data).id, system.id))
        .collect();
    let mut evidence = Vec::new();
    if !performed.is_empty() {
        evidence.push(format!("performs {}", listed(&performed)));
    }
    if !made.is_empty() {
        evidence.push(format!("makes {}", listed(&made)));
    }
    if !outage.processes_down.is_empty() {
        evidence.push(format!("down: {}", listed(&list(&outage.processes_down))));
    }
    if !outage.processes_degraded.is_empty() {
        evidence.push(format!("on standby: {}", listed(&list(&outage.processes_degraded))));
    }
    let statement = Statement {
        subjects: vec![team.id.to_string()],
        message: format!("{} is one person; without that person, {} {verb}{price}", team.name, listed(&names)),
        evidence,
        // Only what takes a process down moves with cost.
        cost: if is_down { outage.expected_cost } else { None },
        place: team.place,
    };
    let harmed = outage.processes_down.iter().chain(&outage.processes_degraded).map(|ix| stack.process(*ix).id.clone());
    Some(
        Finding::new(RULE.id, severity, team.id.as_str(), statement)
            .known_by(vec![Place::one(EntryKind::Team, &team.id)])
            .of_processes(harmed)
            .of_outage(stack, outage),
    )
}
