#![doc = include_str!("../../../docs/rules/quota-overrun.md")]

use std::collections::BTreeMap;

use super::{Rule, about};
use crate::analysis::calls::{Account, Share, accounts};
use crate::analysis::words::{counted, flow_name, grouped};
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::{Stack, SystemIx};
use crate::source::Figure;

pub(super) const RULE: Rule = Rule {
    id: "quota-overrun",
    severity: Severity::High,
    moves_with_cost: false,
    summary: "the flows of a system make more calls than it accepts",
    page: include_str!("../../../docs/rules/quota-overrun.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let mut by_system: BTreeMap<SystemIx, Vec<Account>> = BTreeMap::new();
    for account in accounts(analysis.stack).into_iter().filter(Account::is_over) {
        by_system.entry(account.system).or_default().push(account);
    }
    by_system.into_values().map(|over| finding(analysis.stack, &over)).collect()
}

/// The finding about one system, which names the first limit and shows all that are overrun.
fn finding(stack: &Stack, over: &[Account]) -> Finding {
    let first = &over[0];
    let system = stack.system(first.system);
    let unit = first.limit.unit();
    let message = format!(
        "the flows of {} make {}; it accepts {}",
        system.name,
        amount(Figure::least_if(first.is_at_least(), first.used()), &unit),
        grouped(first.limit.quota as f64)
    );
    let mut evidence = Vec::new();
    for account in over {
        evidence.extend(account.by.iter().map(|share| line(stack, account, share)));
        let quota = amount(exact(account.limit.quota as f64), &account.limit.unit());
        evidence.push(format!("{quota}: {}", account.limit.basis));
    }
    let flows = over.iter().flat_map(|account| &account.by).map(|share| share.charge.flow);
    about(&RULE, system, message, evidence).shown_by(flows)
}

/// `14,400 calls a day by Shop -> CRM: Order (write): 288 runs of 50 records, 1 record a call`.
fn line(stack: &Stack, account: &Account, share: &Share) -> String {
    let (flow, unit) = (stack.flow(share.charge.flow), account.limit.unit());
    if let Some((with, _)) = share.charge.connector {
        let with = &stack.system(with).name;
        let calls = amount(exact(share.at_least), &unit);
        return format!("{calls} by the connector with {with}, only to look for changes");
    }
    let by = format!("by {} ({})", flow_name(stack, flow), share.charge.kind);
    let Some(calls) = share.calls else {
        let why =
            share.missing.map_or("spread evenly".to_owned(), |missing| format!("`{}` is not stated", missing.key()));
        return format!("{} {by}: {why}", amount(Figure::least_if(true, share.at_least), &unit));
    };
    let size = share.charge.size.unwrap_or(1);
    format!(
        "{} {by}: {} of {}, {} a call",
        amount(exact(calls), &unit),
        counted(share.runs.unwrap_or_default() as usize, "run", "runs"),
        counted(share.charge.records.ceil() as usize, "record", "records"),
        counted(size as usize, "record", "records"),
    )
}

/// `5 calls a day`, `1 call a day`.
fn amount(number: Figure, unit: &str) -> String {
    let number = number.grouped();
    let unit = if number.split(' ').next_back() == Some("1") {
        unit.replacen("calls", "call", 1).replacen("tasks", "task", 1)
    } else {
        unit.to_owned()
    };
    format!("{number} {unit}")
}

fn exact(number: f64) -> Figure {
    Figure::least_if(false, number)
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
        assert_eq!(found[0].message, "the flows of CRM make 1,100 calls a day; it accepts 1,000");
        assert_eq!(
            found[0].evidence[0],
            "1,100 calls a day by Shop -> CRM: Lead (write): 100 runs of 101 records, 10 records a call"
        );
    }

    #[test]
    fn exactly_the_limit_is_within_it_and_what_is_by_hand_or_standby_makes_no_calls() {
        assert!(found("quota-overrun", &STACK.replace("records: 101", "records: 100")).is_empty());
        assert!(found("quota-overrun", &STACK.replace("mechanism: api", "mechanism: api, standby: true")).is_empty());
        assert!(found("quota-overrun", &STACK.replace("mechanism: api", "mechanism: file-drop")).is_empty());
    }

    #[test]
    fn what_is_certain_is_enough_and_what_is_not_stated_is_not_guessed() {
        let second = "  - { id: second, from: shop, to: crm, data: lead, mechanism: webhook }\n";
        let both = found("quota-overrun", &format!("{STACK}{second}"));
        assert_eq!(both[0].message, "the flows of CRM make at least 1,100 calls a day; it accepts 1,000");
        assert_eq!(both[0].evidence[1], "at least 0 calls a day by Shop -> CRM: Lead (event): `runs` is not stated");
        // Without a batch nothing is certain but one call a run.
        assert!(found("quota-overrun", &STACK.replace(", batch_size: 10", "")).is_empty());
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
        assert!(found[0].message.contains("make at least 7,200 calls a day"), "{}", found[0].message);
    }
}
