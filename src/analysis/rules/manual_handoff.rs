#![doc = include_str!("../../../docs/rules/manual-handoff.md")]

use super::Rule;
use crate::analysis::words::{flow_name, hours, listed, listed_few, money};
use crate::analysis::{Analysis, Chain, EntryKind, Finding, Place, Severity, Statement};
use crate::model::{DataIx, Flow, Stack};

pub(super) const RULE: Rule = Rule {
    id: "manual-handoff",
    severity: Severity::High,
    moves_with_cost: true,
    summary: "a person carries data from one system to another",
    page: include_str!("../../../docs/rules/manual-handoff.md"),
    find,
};

/// Objects that the message names; of more, the rest is counted.
const NAMED: usize = 3;

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    analysis.handoffs().chains.iter().map(|chain| finding(analysis.stack, chain)).collect()
}

fn finding(stack: &Stack, chain: &Chain) -> Finding {
    let (from, to) = (stack.system(chain.from), stack.system(chain.to));
    let place = chain.steps.iter().map(|ix| stack.flow(*ix)).find(|flow| flow.is_manual()).map(|flow| flow.place);
    let what = carried(stack, chain);
    let message = match chain.effort {
        Some(effort) => format!(
            "people carry {what} from {} to {} by hand: {} a year, {}",
            from.name,
            to.name,
            hours((effort.hours + effort.error_hours).likely),
            effort.cost.map_or("cost not known".to_owned(), |cost| money(stack, cost.likely)),
        ),
        None => format!("people carry {what} from {} to {} by hand; hours and cost are not known", from.name, to.name),
    };
    let statement = Statement {
        subjects: [&from.id, &to.id].map(ToString::to_string).to_vec(),
        message,
        evidence: evidence(stack, chain),
        cost: chain.cost().map(|cost| cost.likely),
        place: place.unwrap_or(from.place),
    };
    let severity = if chain.is_ai_output() { Severity::High } else { Severity::Medium };
    let ids = chain.data.iter().map(|data| &stack.data_object(*data).id);
    Finding::new(RULE.id, severity, &chain.id, statement)
        .known_by(places(stack, chain))
        .of_data(ids)
        .shown_by(chain.steps.iter().copied())
}

/// The ends and the carriers in order; of a ring, which has no beginning of its own, all systems.
fn places(stack: &Stack, chain: &Chain) -> Vec<Place> {
    let passed = chain.steps.iter().map(|ix| stack.flow(*ix).from).chain([chain.to]).map(|ix| &stack.system(ix).id);
    if chain.from == chain.to {
        return vec![Place::set(EntryKind::System, passed)];
    }
    passed.map(|id| Place::one(EntryKind::System, id)).collect()
}

/// The objects, and which of them an AI tool makes: `Lead and Draft (Draft comes from an AI tool)`.
fn carried(stack: &Stack, chain: &Chain) -> String {
    let names =
        |objects: &[DataIx]| -> Vec<&str> { objects.iter().map(|ix| stack.data_object(*ix).name.as_str()).collect() };
    let all = listed_few(&names(&chain.data), NAMED);
    match chain.ai_data.len() {
        0 => all,
        some if some == chain.data.len() => format!("{all}, the output of an AI tool,"),
        1 => format!("{all} ({} comes from an AI tool)", listed(&names(&chain.ai_data))),
        _ => format!("{all} ({} come from an AI tool)", listed_few(&names(&chain.ai_data), NAMED)),
    }
}

fn evidence(stack: &Stack, chain: &Chain) -> Vec<String> {
    let mut evidence: Vec<String> = Vec::new();
    for ix in &chain.steps {
        let flow = stack.flow(*ix);
        let by = flow.performer.filter(|_| flow.is_manual()).map(|team| format!(" by {}", stack.team(team).name));
        evidence.push(format!("{} ({}{})", flow_name(stack, flow), flow.mechanism.as_str(), by.unwrap_or_default()));
    }
    if chain.data.len() > NAMED + 1 {
        let names: Vec<&str> = chain.data.iter().map(|ix| stack.data_object(*ix).name.as_str()).collect();
        evidence.push(format!("carries {}", listed(&names)));
    }
    let manual = || chain.steps.iter().map(|ix| stack.flow(*ix)).filter(|flow| flow.is_manual());
    // A flow that states minutes for each record lacks the records, and not the minutes.
    let lacks_records = |flow: &Flow| flow.minutes_a_run().is_none() && flow.run.minutes_per_record.is_some();
    let lacks_figures = |flow: &Flow| flow.runs.is_none() || flow.minutes_a_run().is_none() && !lacks_records(flow);
    for (what, lacks) in [("runs or minutes", &lacks_figures as &dyn Fn(&Flow) -> bool), ("records", &lacks_records)] {
        let missing: Vec<String> = manual().filter(|flow| lacks(flow)).map(|flow| flow_name(stack, flow)).collect();
        if !missing.is_empty() {
            evidence.push(format!("without {what}: {}", listed(&missing)));
        }
    }
    let is_unpriced = |flow: &&Flow| flow.is_manual() && stack.rate(flow.performer).is_none();
    let unpriced: Vec<String> =
        chain.steps.iter().map(|ix| stack.flow(*ix)).filter(is_unpriced).map(|flow| flow_name(stack, flow)).collect();
    if !unpriced.is_empty() {
        evidence.push(format!("without an hourly rate: {}", listed(&unpriced)));
    }
    evidence
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    #[test]
    fn what_is_missing_for_the_cost_is_named() {
        let says = |figures: &str| -> Vec<String> {
            let text = format!(
                "sinew: 1
hourly_rate: 60
systems: {{ a: {{ kind: crm, makes: [d] }}, b: {{ kind: cms }} }}
data: {{ d: {{}} }}
flows: [{{ id: f, from: a, to: b, data: d, mechanism: message, {figures} }}]
"
            );
            let evidence = found("manual-handoff", &text).swap_remove(0).evidence;
            evidence.into_iter().filter(|line| line.starts_with("without")).collect()
        };
        let figures = ["without runs or minutes: A -> B: D"];
        assert_eq!(says("minutes: 5"), figures);
        assert_eq!(says("runs: 1/day"), figures);
        assert_eq!(says("runs: 1/day, minutes: 5"), [""; 0]);
        // With minutes for each record it is the records that are missing.
        assert_eq!(says("runs: 1/day, minutes_per_record: 5"), ["without records: A -> B: D"]);
        assert_eq!(says("minutes_per_record: 5"), ["without runs or minutes: A -> B: D", "without records: A -> B: D"]);
        assert_eq!(says("runs: 1/day, minutes_per_record: 5, records: 2"), [""; 0]);
    }

    #[test]
    fn all_objects_are_listed_where_the_sentence_counts_the_rest() {
        let carries = |count: usize| {
            let ids: Vec<String> = (1..=count).map(|at| format!("d{at}")).collect();
            let objects: Vec<String> = ids.iter().map(|id| format!("{id}: {{}}")).collect();
            let (ids, objects) = (ids.join(", "), objects.join(", "));
            let text = format!(
                "sinew: 1
systems: {{ a: {{ kind: crm, makes: [{ids}] }}, b: {{ kind: cms }} }}
data: {{ {objects} }}
flows: [{{ id: f, from: a, to: b, data: [{ids}], mechanism: message, runs: 1, minutes: 1 }}]
"
            );
            found("manual-handoff", &text).swap_remove(0).evidence.into_iter().find(|line| line.starts_with("carries"))
        };
        assert_eq!(carries(4), None, "four are named");
        assert_eq!(carries(5).as_deref(), Some("carries D1, D2, D3, D4 and D5"));
    }
}
