//! What stops the business: the system whose failure stops most, and how many stop something alone.

use super::Message;
use crate::analysis::outages::most_severe_first;
use crate::analysis::words::{capital, grouped, price_per_hour, spelled, spelled_of};
use crate::analysis::{Analysis, Component, Outage};
use crate::model::{System, SystemIx};
use crate::report::say::{Figure, percent};

/// What a failure of one system, and of one person, does to the processes of `analysis`. What stops most comes first, then how many
/// stop something, what that is expected to cost, and the people.
#[must_use]
pub(in crate::report::facts) fn failing(analysis: &Analysis<'_>) -> Message {
    let stack = analysis.stack;
    let alone = |text: &str| Message::in_order([capital(text)], Vec::new());
    if stack.processes.is_empty() {
        return alone("what a failure stops is not known: no process is stated");
    }
    let systems: Vec<(SystemIx, &System, &Outage)> =
        stack.live_systems().map(|(ix, system)| (ix, system, analysis.outage_of(Component::System(ix)))).collect();
    let stopping: Vec<_> = systems.iter().filter(|(.., outage)| !outage.processes_down.is_empty()).collect();
    let covered =
        systems.iter().filter(|(.., outage)| outage.processes_down.is_empty() && !outage.processes_degraded.is_empty());
    let covered = covered.count();
    let Some((_, first, outage)) = stopping.iter().min_by(|a, b| most_severe_first(a.2, b.2).then(a.0.cmp(&b.0)))
    else {
        return alone(&match covered {
            0 => "no single system can stop a process".to_owned(),
            1 => "no single system stops a process; one is covered by standby".to_owned(),
            n => format!("no single system stops a process; {} are covered by standby", spelled(n)),
        });
    };
    let texts = [
        Some(worst(analysis, first, outage)),
        Some(counting(stopping.len(), systems.len(), covered)),
        expected(analysis),
        people(analysis),
    ];
    Message::in_order(texts.into_iter().flatten().map(|text| capital(&text)), vec![first.id.to_string()])
}

/// `Without Marketo three of four processes stop: USD 2,500 per hour`.
fn worst(analysis: &Analysis<'_>, system: &System, outage: &Outage) -> String {
    let (down, all) = (outage.processes_down.len(), analysis.stack.processes.len());
    let price = match price_per_hour(analysis.stack, outage) {
        Some(price) => format!(": {price}"),
        None if outage.cost_per_hour.is_none() => "; what that costs is not known".to_owned(),
        None => String::new(),
    };
    let stop = match (down, all) {
        (1, 1) => "the one process stops".to_owned(),
        (1, _) => {
            let process = outage.processes_down.first().map(|ix| analysis.stack.process(*ix).name.clone());
            format!("{} stops", process.unwrap_or_default())
        }
        (2, 2) => "both processes stop".to_owned(),
        (down, all) if down == all => format!("all {} processes stop", spelled(all)),
        (down, all) => format!("{} of {} processes stop", spelled(down), spelled(all)),
    };
    format!("without {} {stop}{price}", system.name)
}

/// `16 of 19 systems can stop a process alone`.
fn counting(stopping: usize, systems: usize, covered: usize) -> String {
    let of = match systems {
        1 => "the one system".to_owned(),
        n => format!("{} of {} systems", spelled(stopping), grouped(n as f64)),
    };
    let covered = match covered {
        0 => String::new(),
        1 => "; one more is covered by standby".to_owned(),
        n => format!("; {} more are covered by standby", spelled(n)),
    };
    format!("{of} can stop a process alone{covered}")
}

/// `Failures of one system are expected to cost at least USD 67k a year, 32% of that Marketo`: the sum of what each system alone costs.
fn expected(analysis: &Analysis<'_>) -> Option<String> {
    let stack = analysis.stack;
    let of = |(ix, system)| Some((analysis.outage_of(Component::System(ix)).expected_cost?.0, system));
    let costs: Vec<(f64, &System)> = stack.live_systems().filter_map(of).filter(|(cost, _)| *cost > 0.0).collect();
    let total: f64 = costs.iter().map(|(cost, _)| cost).sum();
    let (most, system) = costs.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let mut unpriced = stack.live_systems().filter(|(ix, _)| {
        let outage = analysis.outage_of(Component::System(*ix));
        !outage.processes_down.is_empty() && (outage.expected_cost.is_none() || outage.is_cost_least())
    });
    let by = match costs.len() {
        1 => format!("all of that {}", system.name),
        _ => format!("{} of that {}", percent(most / total), system.name),
    };
    let amount = Figure::least_if(unpriced.next().is_some(), total).spoken(stack.currency.as_deref());
    let said = format!("failures of one system are expected to cost {amount} a year, {by}");
    (total >= 0.5).then_some(said)
}

/// `One person alone also stops a process`.
fn people(analysis: &Analysis<'_>) -> Option<String> {
    let people = analysis.supply.components().iter().filter(|component| matches!(component, Component::Team(_)));
    let count = people.filter(|team| !analysis.outage_of(**team).processes_down.is_empty()).count();
    match count {
        0 => None,
        1 => Some("one person alone also stops a process".to_owned()),
        n => Some(format!("{} each stop a process alone", spelled_of(n, "person", "people"))),
    }
}
