#![doc = include_str!("../../../docs/rules/sole-owner.md")]

use super::{Rule, about};
use crate::analysis::Component;
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::{System, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "sole-owner",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "one person owns a system: what is known of it is in one head",
    page: include_str!("../../../docs/rules/sole-owner.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    analysis.stack.live_systems().filter_map(|(ix, system)| finding(analysis, ix, system)).collect()
}

fn finding(analysis: &Analysis<'_>, ix: SystemIx, system: &System) -> Option<Finding> {
    let stack = analysis.stack;
    let owner = stack.team(system.owner?);
    if !owner.is_one_person() {
        return None;
    }
    let down = &analysis.outage_of(Component::System(ix)).processes_down;
    let mut evidence = vec![format!("owner: {}, one person", owner.name)];
    let names: Vec<&str> = down.iter().map(|process| stack.process(*process).name.as_str()).collect();
    if !down.is_empty() {
        evidence.push(format!("down without it: {}", listed(&names)));
    }
    let message = format!("{} alone owns {}", owner.name, system.name);
    let severity = if down.is_empty() { Severity::Low } else { Severity::Medium };
    let processes = || down.iter().map(|process| stack.process(*process).id.clone());
    Some(
        Finding { severity, ..about(&RULE, system, message, evidence) }.of_processes(processes()).stopping(processes()),
    )
}

#[cfg(test)]
mod tests {
    use crate::analysis::Severity;
    use crate::analysis::rules::trial::found;

    const OWNED: &str = "sinew: 1\nteams: { ana: { people: 1 }, ops: { people: 2 }, all: {} }\nsystems:
  crm: { kind: crm, owner: ana, makes: [d] }
  map: { kind: cms, owner: ana }
  bi: { kind: bi, owner: ops }
  dwh: { kind: warehouse, owner: all }
  old: { kind: erp, owner: ana, status: retired }
  nobody: { kind: erp }
data: { d: {} }
processes: { p: { needs: [{ data: d, at: crm }] } }
";

    #[test]
    fn a_system_that_stops_a_process_weighs_more() {
        let found: Vec<_> =
            found("sole-owner", OWNED).into_iter().map(|one| (one.subjects[0].clone(), one.severity)).collect();
        assert_eq!(found, [("crm".to_owned(), Severity::Medium), ("map".to_owned(), Severity::Low)]);
    }

    #[test]
    fn what_stops_without_the_system_is_told_where_something_does() {
        let evidence: Vec<_> = found("sole-owner", OWNED).into_iter().map(|one| one.evidence).collect();
        assert_eq!(evidence, [&["owner: Ana, one person", "down without it: P"][..], &["owner: Ana, one person"]]);
    }
}
