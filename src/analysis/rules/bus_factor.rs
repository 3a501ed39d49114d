#![doc = include_str!("../../../docs/rules/bus-factor.md")]

use std::collections::BTreeMap;

use super::Rule;
use crate::analysis::Component;
use crate::analysis::words::{at_price, flow_name, listed};
use crate::analysis::{Analysis, EntryKind, Finding, Place, Severity, Statement};
use crate::model::{ProcessIx, Stack, TeamIx};

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
    let work = work_of_teams(analysis.stack);
    let none = Work::default();
    teams.filter_map(|team| finding(analysis, team, work.get(&team).unwrap_or(&none))).collect()
}

/// What a team does.
#[derive(Default)]
struct Work {
    /// The live flows that it carries, by name.
    performed: Vec<String>,
    /// What it makes in live systems: `Draft at Jasper`.
    made: Vec<String>,
}

fn work_of_teams(stack: &Stack) -> BTreeMap<TeamIx, Work> {
    let mut all: BTreeMap<TeamIx, Work> = BTreeMap::new();
    for (_, flow) in stack.live_flows().filter(|(_, flow)| flow.is_manual()) {
        if let Some(team) = flow.performer {
            all.entry(team).or_default().performed.push(flow_name(stack, flow));
        }
    }
    for (_, system) in stack.live_systems() {
        for making in &system.makes {
            if let Some(team) = making.by {
                let made = format!("{} at {}", stack.data_object(making.data).name, system.name);
                all.entry(team).or_default().made.push(made);
            }
        }
    }
    all
}

fn finding(analysis: &Analysis<'_>, ix: TeamIx, work: &Work) -> Option<Finding> {
    let stack = analysis.stack;
    let team = stack.team(ix);
    let outage = analysis.outage_of(Component::Team(ix));
    let (processes, verb, severity) = match (outage.processes_down.as_ref(), outage.processes_degraded.as_ref()) {
        ([], []) => return None,
        ([], degraded) => (degraded, ["can run only on standby", "can run only on standby"], Severity::Medium),
        (down, _) => (down, ["stops", "stop"], Severity::High),
    };
    let is_down = severity == Severity::High;
    let list = |processes: &[ProcessIx]| -> Vec<&str> {
        processes.iter().map(|process| stack.process(*process).name.as_str()).collect()
    };
    let names: Vec<&str> = processes.iter().map(|process| stack.process(*process).name.as_str()).collect();
    let verb = verb[usize::from(processes.len() > 1)];
    let price = if is_down { at_price(stack, outage) } else { String::new() };
    let mut evidence = Vec::new();
    if !work.performed.is_empty() {
        evidence.push(format!("performs {}", listed(&work.performed)));
    }
    if !work.made.is_empty() {
        evidence.push(format!("makes {}", listed(&work.made)));
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

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    #[test]
    fn one_process_stops_and_two_stop() {
        let message = |processes: &str, standby: &str| {
            let text = format!(
                "sinew: 1
teams: {{ solo: {{ name: Solo, people: 1 }} }}
systems: {{ a: {{ kind: crm, makes: [d] }}, b: {{ kind: cms }} }}
data: {{ d: {{}} }}
flows:
  - {{ id: f, from: a, to: b, data: d, mechanism: message, performer: solo }}
{standby}processes: {{ {processes} }}
"
            );
            found("bus-factor", &text).swap_remove(0).message
        };
        let (p, both) = (
            "p: { needs: [{ data: d, at: b }] }",
            "p: { needs: [{ data: d, at: b }] }, q: { needs: [{ data: d, at: b }] }",
        );
        assert_eq!(message(p, ""), "Solo is one person; without that person, P stops");
        assert_eq!(message(both, ""), "Solo is one person; without that person, P and Q stop");
        let standby = "  - { id: g, from: a, to: b, data: d, mechanism: api, standby: true }\n";
        assert_eq!(message(both, standby), "Solo is one person; without that person, P and Q can run only on standby");
    }
}
