#![doc = include_str!("../../../docs/rules/quota-overrun.md")]

use super::{Rule, about};
use crate::analysis::calls::{Calls, calls_by_system};
use crate::analysis::words::{counted, grouped};
use crate::analysis::{Analysis, Finding, Severity};
use crate::catalog::{Catalog, DailyBasis, DailyQuota};
use crate::model::{Stack, System};

pub(super) const RULE: Rule = Rule {
    id: "quota-overrun",
    severity: Severity::High,
    moves_with_cost: false,
    summary: "the flows of a system make more calls a day than it accepts",
    page: include_str!("../../../docs/rules/quota-overrun.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let over = calls_by_system(stack).into_iter().filter_map(|(at, calls)| {
        let system = stack.system(at);
        let quota = Catalog::builtin().daily_call_quota(&system.facts)?;
        (calls.a_day() > quota.calls_per_day as f64).then(|| finding(stack, system, &calls, &quota))
    });
    over.collect()
}

fn finding(stack: &Stack, system: &System, calls: &Calls, quota: &DailyQuota) -> Finding {
    let message = format!(
        "the flows of {} make {} a day; it accepts {}",
        system.name,
        counted(calls.a_day().round() as usize, "call", "calls"),
        grouped(quota.calls_per_day as f64)
    );
    let mut evidence: Vec<String> = calls
        .connectors
        .iter()
        .map(|(with, calls)| {
            format!(
                "{} a day by the connector with {}, only to look for changes",
                counted(calls.round() as usize, "call", "calls"),
                stack.system(*with).id
            )
        })
        .collect();
    evidence.extend(calls.flows.iter().map(|use_of| {
        let batch = match use_of.batch {
            Some(batch) => format!("{} a call", counted(batch as usize, "record", "records")),
            None => "1 record a call, since no batch size is documented".to_owned(),
        };
        format!(
            "{} a day by flow {}: {} of {} a day, {batch}",
            counted(use_of.a_day.round() as usize, "call", "calls"),
            stack.flow(use_of.flow).id,
            counted(use_of.runs_a_day.round() as usize, "run", "runs"),
            counted(use_of.records.ceil() as usize, "record", "records"),
        )
    }));
    evidence.push(basis(quota));
    about(&RULE, system, message, evidence)
}

/// Where the limit comes from, and what could raise it.
fn basis(quota: &DailyQuota) -> String {
    let mut words = match (quota.basis, &quota.row) {
        (DailyBasis::Stated, _) | (_, None) => return "the limit is stated in the stack file".to_owned(),
        (DailyBasis::Daily, Some(row)) => format!("the limit is published by {}", row.source.url),
        (DailyBasis::Rate, Some(row)) => {
            format!("the limit is a published rate, used to the full all day: {}", row.source.url)
        }
    };
    if let Some(plan) = quota.row.as_ref().and_then(|row| row.plan.as_ref()) {
        words.push_str(&format!(" (plan {plan}, the largest known)"));
    }
    if !quota.adders.is_empty() {
        words.push_str("; licenses or add-ons raise it: state what the contract allows under `quotas`");
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    const STACK: &str = "sinew: 1\ndata: { lead: {} }\nsystems:
  crm: { kind: crm, quotas: { daily_calls: 1000, batch_size: 10 } }
  shop: { kind: erp }
flows:
  - { id: sync, from: shop, to: crm, data: lead, mechanism: api, runs: 100/day, records: 101 }
";

    #[test]
    fn calls_are_runs_times_batches_and_a_day_is_a_day() {
        let found = found("quota-overrun", STACK);
        assert_eq!(found[0].message, "the flows of crm make 1,100 calls a day; it accepts 1,000");
        assert_eq!(
            found[0].evidence[0],
            "1,100 calls a day by flow sync: 100 runs of 101 records a day, 10 records a call"
        );
    }

    #[test]
    fn exactly_the_limit_is_within_it_and_what_is_by_hand_or_standby_makes_no_calls() {
        assert!(found("quota-overrun", &STACK.replace("records: 101", "records: 100")).is_empty());
        assert!(found("quota-overrun", &STACK.replace("mechanism: api", "mechanism: api, standby: true")).is_empty());
        assert!(found("quota-overrun", &STACK.replace("mechanism: api", "mechanism: file-drop")).is_empty());
    }

    #[test]
    fn what_a_connector_spends_to_look_for_changes_counts_once() {
        let text = "sinew: 1\ndata: { lead: {}, score: {} }\nsystems:
  salesforce: { product: salesforce-sales-cloud, quotas: { daily_calls: 7000 } }
  marketo: { product: marketo-engage }
flows:
  - { from: salesforce, to: marketo, data: lead, mechanism: native }
  - { from: marketo, to: salesforce, data: score, mechanism: native }
";
        let found = found("quota-overrun", text);
        assert_eq!(found[0].subjects, ["salesforce"]);
        assert!(found[0].message.contains("make 7,200 calls a day"), "{}", found[0].message);
    }
}
