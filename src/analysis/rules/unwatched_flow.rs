#![doc = include_str!("../../../docs/rules/unwatched-flow.md")]

use std::collections::BTreeMap;

use super::Rule;
use crate::analysis::words::{flow_name, listed};
use crate::analysis::{Analysis, Component, Finding, Severity, Statement};
use crate::model::{FlowIx, ProcessId, ProcessIx, SystemIx, WatchedBy};

pub(super) const RULE: Rule = Rule {
    id: "unwatched-flow",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "nobody would notice that an automated flow fails",
    page: include_str!("../../../docs/rules/unwatched-flow.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let unwatched =
        analysis.stack.live_flows().filter(|(_, flow)| !flow.is_manual() && flow.watched_by == Some(WatchedBy::Nobody));
    let mut by_ends: BTreeMap<(SystemIx, SystemIx), Vec<FlowIx>> = BTreeMap::new();
    for (ix, flow) in unwatched {
        by_ends.entry((flow.from, flow.to)).or_default().push(ix);
    }
    by_ends.into_iter().map(|(ends, flows)| finding(analysis, ends, &flows)).collect()
}

fn finding(analysis: &Analysis<'_>, ends: (SystemIx, SystemIx), flows: &[FlowIx]) -> Finding {
    let stack = analysis.stack;
    let [from, to] = [stack.system(ends.0), stack.system(ends.1)];
    let stops = |flow: FlowIx| -> &[ProcessIx] { &analysis.outage_of(Component::Flow(flow)).processes_down };
    let is_critical = flows.iter().any(|flow| !stops(*flow).is_empty());
    let evidence = flows.iter().map(|ix| {
        let flow = stack.flow(*ix);
        let processes: Vec<&str> = stops(*ix).iter().map(|process| stack.process(*process).name.as_str()).collect();
        let harm = if processes.is_empty() {
            "its failure alone stops no process".to_owned()
        } else {
            format!("its failure alone stops {}", listed(&processes))
        };
        format!("{} ({}), watched by nobody: {harm}", flow_name(stack, flow), flow.mechanism.as_str())
    });
    let (which, fail) =
        if flows.len() == 1 { ("the flow".to_owned(), "fails") } else { (format!("{} flows", flows.len()), "fail") };
    let statement = Statement {
        subjects: vec![from.id.to_string(), to.id.to_string()],
        message: format!("nobody would notice that {which} from {} to {} {fail}", from.name, to.name),
        evidence: evidence.collect(),
        cost: None,
        place: stack.flow(flows[0]).place,
    };
    let processes: Vec<ProcessId> =
        flows.iter().flat_map(|ix| stops(*ix)).map(|ix| stack.process(*ix).id.clone()).collect();
    let severity = if is_critical { Severity::Medium } else { Severity::Low };
    Finding::new(RULE.id, severity, &format!("{}:{}", from.id, to.id), statement)
        .of_processes(processes.iter().cloned())
        .stopping(processes)
        .shown_by(flows.iter().copied())
}

#[cfg(test)]
mod tests {
    use crate::analysis::Severity;
    use crate::analysis::rules::trial::found;

    const STACK: &str = "sinew: 1
teams: { ops: {} }
systems: { form: { kind: forms, makes: [lead] }, crm: { kind: crm } }
data: { lead: {} }
flows:
  - { id: hook, from: form, to: crm, data: lead, mechanism: webhook, watched_by: nobody }
processes: { follow-up: { needs: [{ data: lead, at: crm }] } }
";

    #[test]
    fn what_stops_a_process_unseen_is_medium_and_a_second_way_makes_it_low() {
        let alone = found("unwatched-flow", STACK);
        assert_eq!(alone.len(), 1);
        assert_eq!((alone[0].severity, alone[0].id.as_str()), (Severity::Medium, "unwatched-flow:form:crm"));
        assert_eq!(
            alone[0].evidence,
            ["Form -> CRM: Lead (webhook), watched by nobody: its failure alone stops Follow up"]
        );
        let second =
            "  - { id: again, from: form, to: crm, data: lead, mechanism: api, watched_by: nobody }\nprocesses:";
        let both = found("unwatched-flow", &STACK.replace("processes:", second));
        assert_eq!((both.len(), both[0].severity, both[0].evidence.len()), (1, Severity::Low, 2));
    }

    #[test]
    fn a_team_silence_and_a_person_are_no_nobody() {
        for (old, new) in [
            ("watched_by: nobody", "watched_by: ops"),
            (", watched_by: nobody", ""),
            ("mechanism: webhook", "mechanism: message, performer: ops"),
            ("watched_by: nobody", "watched_by: nobody, status: planned"),
        ] {
            let text = STACK.replace(old, new).replace("sinew: 1", "sinew: 1\nhourly_rate: 1");
            assert!(found("unwatched-flow", &text).is_empty(), "{new}");
        }
    }
}
