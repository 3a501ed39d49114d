#![doc = include_str!("../../../docs/rules/file-relay.md")]

use super::Rule;
use crate::analysis::words::{listed, sum};
use crate::analysis::{Analysis, Delivery, EntryKind, Fact, Finding, Place, Severity, Statement};
use crate::model::{DataIx, FlowIx, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "file-relay",
    severity: Severity::Low,
    moves_with_cost: true,
    summary: "data passes between systems through a spreadsheet, mailbox or file share",
    page: include_str!("../../../docs/rules/file-relay.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let facts = analysis.regular().facts();
    for relay in facts.chunk_by(|a, b| a.at == b.at) {
        let at = relay[0].at;
        if analysis.stack.system(at).is_carrier() {
            let relayed = |fact: &&Fact| analysis.regular().arrives(**fact) && analysis.regular().leaves(**fact);
            let objects: Vec<DataIx> = relay.iter().filter(relayed).map(|fact| fact.data).collect();
            found.extend((!objects.is_empty()).then(|| finding(analysis, at, &objects)));
        }
    }
    found
}

fn finding(analysis: &Analysis<'_>, at: SystemIx, objects: &[DataIx]) -> Finding {
    let stack = analysis.stack;
    let carrier = stack.system(at);
    let passing = objects.iter().flat_map(|data| {
        let fact = Fact { at, data: *data };
        analysis
            .regular()
            .into_fact(fact)
            .into_iter()
            .chain(analysis.regular().out_of(fact))
            .map(|delivery| delivery.flow)
    });
    let passing: Vec<FlowIx> = passing.collect();
    let chains: Vec<_> = analysis
        .handoffs()
        .chains_over(passing.iter().copied())
        .into_iter()
        .filter(|chain| chain.carries_any(objects))
        .collect();
    // Where nobody carries anything there is no work, and so no price of it.
    let has_work = !chains.is_empty();
    let total = analysis.handoffs().total_of(chains);
    let (cost, is_least) = (total.cost.filter(|_| has_work).map(|cost| cost.likely), total.without_cost > 0);
    let names: Vec<&str> = objects.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
    let price = cost
        .map(|cost| format!("; the chains through it cost {} a year", sum(stack, is_least, cost)))
        .unwrap_or_default();
    let statement = Statement {
        subjects: vec![carrier.id.to_string()],
        message: format!("{} relays {} from system to system{price}", carrier.name, listed(&names)),
        evidence: objects.iter().map(|data| evidence(analysis, Fact { at, data: *data })).collect(),
        cost,
        place: carrier.place,
    };
    let ids = objects.iter().map(|data| &stack.data_object(*data).id);
    Finding::new(RULE.id, RULE.severity, carrier.id.as_str(), statement)
        .known_by(places(analysis, at, objects))
        .of_data(ids)
        .at_least(is_least)
        .shown_by(passing)
}

/// Where the objects come from, the carrier, and where they go.
fn places(analysis: &Analysis<'_>, at: SystemIx, objects: &[DataIx]) -> Vec<Place> {
    let stack = analysis.stack;
    let ends = |deliveries: &dyn Fn(Fact) -> Vec<Delivery>| {
        let all = objects.iter().flat_map(|data| deliveries(Fact { at, data: *data }));
        Place::set(EntryKind::System, all.map(|delivery| &stack.system(delivery.other.at).id))
    };
    let carrier = Place::one(EntryKind::System, &stack.system(at).id);
    vec![ends(&|fact| analysis.regular().into_fact(fact)), carrier, ends(&|fact| analysis.regular().out_of(fact))]
}

fn evidence(analysis: &Analysis<'_>, fact: Fact) -> String {
    let stack = analysis.stack;
    let ends = |deliveries: Vec<Delivery>| {
        let mut ends: Vec<String> =
            deliveries.iter().map(|delivery| stack.system(delivery.other.at).name.to_string()).collect();
        ends.sort_unstable();
        ends.dedup();
        listed(&ends)
    };
    format!(
        "{}: from {} to {}",
        stack.data_object(fact.data).name,
        ends(analysis.regular().into_fact(fact)),
        ends(analysis.regular().out_of(fact))
    )
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    #[test]
    fn the_chains_through_it_cost_at_least_what_is_known_of_them() {
        let message = |flows: &str| {
            let text = format!(
                "sinew: 1
hourly_rate: 60
systems: {{ a: {{ kind: crm, makes: [d] }}, s: {{ kind: spreadsheet, name: Sheet }}, x: {{ kind: cms }}, y: {{ kind: erp }} }}
data: {{ d: {{}} }}
flows:
  - {{ id: f, from: a, to: s, data: d, mechanism: message, runs: 60, minutes: 1 }}
  - {{ id: g, from: s, to: x, data: d, mechanism: message, runs: 60, minutes: 2 }}
{flows}"
            );
            found("file-relay", &text).swap_remove(0).message
        };
        let begin = "Sheet relays D from system to system; the chains through it cost";
        // Three hours a year at 60.
        assert_eq!(message(""), format!("{begin} 180 a year"));
        let unknown = "  - { id: h, from: s, to: y, data: d, mechanism: message }\n";
        assert_eq!(message(unknown), format!("{begin} at least 180 a year"));
    }
}
