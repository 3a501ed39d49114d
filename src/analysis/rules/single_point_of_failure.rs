#![doc = include_str!("../../../docs/rules/single-point-of-failure.md")]

use super::Rule;
use crate::analysis::Component;
use crate::analysis::words::{at_price, flow_name, listed};
use crate::analysis::{Analysis, Finding, Outage, Severity, Statement};
use crate::model::{FlowIx, ProcessIx, System, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "single-point-of-failure",
    severity: Severity::High,
    moves_with_cost: true,
    summary: "the failure of one system stops a process, or leaves it on standby",
    page: include_str!("../../../docs/rules/single-point-of-failure.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let mut into: Vec<Vec<FlowIx>> = vec![Vec::new(); analysis.stack.systems.len()];
    analysis.stack.live_flows().for_each(|(ix, flow)| into[flow.to.at()].push(ix));
    let systems = analysis.stack.live_systems();
    systems.filter_map(|(ix, system)| finding(analysis, ix, system, &into[ix.at()])).collect()
}

fn finding(analysis: &Analysis<'_>, ix: SystemIx, system: &System, flows_into: &[FlowIx]) -> Option<Finding> {
    let stack = analysis.stack;
    let outage = analysis.outage_of(Component::System(ix));
    let costs = |process: &ProcessIx| stack.process(*process).outage_cost.is_some_and(|cost| cost.likely.0 > 0.0);
    let severity = match (outage.processes_down.as_ref(), outage.processes_degraded.as_ref()) {
        ([], []) => return None,
        ([], _) => Severity::Low,
        (down, _) if down.iter().any(costs) => Severity::High,
        _ => Severity::Medium,
    };
    let statement = Statement {
        subjects: vec![system.id.to_string()],
        message: message(analysis, system, outage),
        evidence: evidence(analysis, flows_into, outage),
        // A covered one takes nothing down; it stays low whatever an hour costs.
        cost: if severity == Severity::Low { None } else { outage.expected_cost },
        place: system.place,
    };
    let harmed = outage.processes_down.iter().chain(&outage.processes_degraded).map(|ix| stack.process(*ix).id.clone());
    Some(Finding::new(RULE.id, severity, system.id.as_str(), statement).of_processes(harmed).of_outage(stack, outage))
}

fn names(analysis: &Analysis<'_>, processes: &[ProcessIx]) -> String {
    let names: Vec<&str> = processes.iter().map(|ix| analysis.stack.process(*ix).name.as_str()).collect();
    match names.as_slice() {
        [a, b, c, rest @ ..] if rest.len() > 1 => format!("{a}, {b}, {c} and {} more", rest.len()),
        few => listed(few),
    }
}

fn message(analysis: &Analysis<'_>, system: &System, outage: &Outage) -> String {
    if outage.processes_down.is_empty() {
        let degraded = names(analysis, &outage.processes_degraded);
        return format!("without {}, {degraded} can run only on standby", system.name);
    }
    let stop = if outage.processes_down.len() == 1 { "stops" } else { "stop" };
    let down = names(analysis, &outage.processes_down);
    format!("without {}, {down} {stop}{}", system.name, at_price(analysis.stack, outage))
}

/// What stops and what degrades, and which flows into the system would do the same by failing alone.
fn evidence(analysis: &Analysis<'_>, flows_into: &[FlowIx], outage: &Outage) -> Vec<String> {
    let stack = analysis.stack;
    let names = |processes: &[ProcessIx]| -> Vec<String> {
        processes.iter().map(|process| stack.process(*process).name.to_string()).collect()
    };
    let mut evidence = Vec::new();
    if !outage.processes_down.is_empty() {
        evidence.push(format!("down: {}", listed(&names(&outage.processes_down))));
    }
    if !outage.cost_unknown.is_empty() {
        evidence.push(format!("without an outage cost: {}", listed(&names(&outage.cost_unknown))));
    }
    if !outage.processes_degraded.is_empty() {
        evidence.push(format!("on standby: {}", listed(&names(&outage.processes_degraded))));
    }
    let flows: Vec<String> = flows_into
        .iter()
        .filter(|flow| {
            let alone = analysis.outage_of(Component::Flow(**flow));
            !alone.processes_down.is_empty() || !alone.processes_degraded.is_empty()
        })
        .map(|flow| flow_name(stack, stack.flow(*flow)))
        .collect();
    if !flows.is_empty() {
        evidence.push(format!("flows into it that also stop it alone: {}", listed(&flows)));
    }
    evidence
}

#[cfg(test)]
mod tests {
    use crate::analysis::Severity;
    use crate::analysis::rules::trial::found;

    #[test]
    fn four_processes_are_named_and_of_more_the_first_three_with_the_number_of_the_others() {
        let message = |names: &[&str]| {
            let process = |name: &&str| format!("  {name}: {{ needs: [{{ data: d, at: crm }}] }}\n");
            let processes: String = names.iter().map(process).collect();
            let crm = "systems: { crm: { kind: crm, name: CRM, makes: [d] } }\ndata: { d: {} }";
            let text = format!("sinew: 1\n{crm}\nprocesses:\n{processes}");
            found("single-point-of-failure", &text)[0].message.clone()
        };
        assert_eq!(message(&["a"]), "without CRM, A stops");
        assert_eq!(message(&["a", "b", "c", "d"]), "without CRM, A, B, C and D stop");
        assert_eq!(message(&["a", "b", "c", "d", "e"]), "without CRM, A, B, C and 2 more stop");
    }

    #[test]
    fn it_is_grave_where_an_hour_costs_something_and_the_cost_is_at_least_what_is_known() {
        let of = |[first, second]: [&str; 2]| {
            let text = format!(
                "sinew: 1
systems: {{ crm: {{ kind: crm, availability: 99%, makes: [d] }} }}
data: {{ d: {{}} }}
processes: {{ p: {{ needs: [{{ data: d, at: crm }}]{first} }}, q: {{ needs: [{{ data: d, at: crm }}]{second} }} }}
"
            );
            let one = found("single-point-of-failure", &text).swap_remove(0);
            (one.severity, one.cost.map(|cost| cost.0.round()), one.is_cost_least)
        };
        let (five, free) = (", outage_cost: 5000", ", outage_cost: 0");
        // A hundredth of 8,760 hours, which cost 10,000 where both cost 5,000.
        assert_eq!(of([five, five]), (Severity::High, Some(876_000.0), false));
        assert_eq!(of([five, ""]), (Severity::High, Some(438_000.0), true));
        // What is known to cost nothing weighs a step less.
        assert_eq!(of([free, free]), (Severity::Low, Some(0.0), false));
        assert_eq!(of(["", ""]), (Severity::Medium, None, false));
    }
}
