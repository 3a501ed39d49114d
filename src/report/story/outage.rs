//! One outage that was asked about, in full.

use super::Item;
use crate::report::facts::outage::Kind;
use crate::report::facts::{Number, Outage, Report};
use crate::report::say::Line;

/// What stops, what runs on standby, what is lost, what it costs, and why; nothing where no outage was asked about by
/// name.
pub(super) fn details(report: &Report) -> Vec<Item> {
    match report.outages.as_deref() {
        Some([one]) if one.reasons.is_some() => told(report, one),
        _ => Vec::new(),
    }
}

fn told(report: &Report, outage: &Outage) -> Vec<Item> {
    let names = &report.stack.names;
    let mut items = Vec::new();
    let mut say = |name: &str, words: String| {
        if !words.is_empty() {
            items.push(Item::of(Line::strong(name).and(format!(": {words}"))));
        }
    };
    say("Without", names.components_of(&outage.components).join(" and "));
    if outage.is_harmless() {
        say("Lost", "nothing".to_owned());
    }
    say("Processes that stop", names.processes_of(&outage.processes_down).join(", "));
    say("Processes on standby", names.processes_of(&outage.processes_degraded).join(", "));
    if outage.systems_down != outage.components {
        say("Systems down", names.components_of(&outage.systems_down).join(", "));
    }
    say("Systems that lose data", names.components_of(&outage.systems_starved).join(", "));
    let lost = outage.facts_lost.iter();
    let lost: Vec<String> =
        lost.map(|fact| format!("{} at {}", names.data(&fact.data), names.system(&fact.at))).collect();
    say("Data lost", lost.join(", "));
    let money = |amount: Option<Number>| match amount {
        Some(amount) => outage.figure(amount.get()).money(report.stack.currency.as_deref()),
        None => "not known".to_owned(),
    };
    say("Cost per hour", money(outage.cost_per_hour));
    say("No outage cost stated", names.processes_of(&outage.cost_unknown).join(", "));
    if outage.kind != Kind::Joint {
        say("Expected cost a year", money(outage.expected_cost));
    }
    items.extend(outage.reasons.iter().flatten().map(|road| Item {
        head: Line::strong(&format!("Why {} stops", names.process(&road.process))),
        details: road.steps.iter().map(Line::of).collect(),
    }));
    items
}
