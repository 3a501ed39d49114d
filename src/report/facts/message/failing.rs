//! What stops the business: the system whose failure stops most, and how many stop something alone.

use super::Message;
use super::choice::Statement;
use crate::analysis::outages::most_severe_first;
use crate::analysis::words::{capital, grouped, price_per_hour, spelled, spelled_of};
use crate::analysis::{Analysis, Component, Outage};
use crate::model::{System, SystemIx};
use crate::report::say::{percent, spoken};

/// What a failure of one system, and of one person, does to the processes of `analysis`. What stops most comes first, then how many
/// stop something, what that is expected to cost, and the people.
#[must_use]
pub(in crate::report::facts) fn failing(analysis: &Analysis<'_>) -> Message {
    let stack = analysis.stack;
    if stack.processes.is_empty() {
        return Message::of(vec![plain("the stack file names no process, so nothing can stop")]);
    }
    let systems: Vec<(SystemIx, &System, &Outage)> =
        stack.live_systems().map(|(ix, system)| (ix, system, analysis.outage_of(Component::System(ix)))).collect();
    let mut stopping: Vec<_> = systems.iter().filter(|(.., outage)| !outage.processes_down.is_empty()).collect();
    stopping.sort_by(|a, b| most_severe_first(a.2, b.2).then(a.0.cmp(&b.0)));
    let covered =
        systems.iter().filter(|(.., outage)| outage.processes_down.is_empty() && !outage.processes_degraded.is_empty());
    let covered = covered.count();
    let Some((_, first, outage)) = stopping.first() else {
        return Message::of(vec![plain(&match covered {
            0 => "no single system can stop a process".to_owned(),
            1 => "no single system stops a process; one is covered by standby".to_owned(),
            n => format!("no single system stops a process; {} are covered by standby", spelled(n)),
        })]);
    };
    let mut statements = vec![worst(analysis, first, outage), counting(stopping.len(), systems.len(), covered)];
    statements.extend(expected(analysis));
    statements.extend(people(analysis));
    // What stops most is what the picture is about; the rest follows in this order.
    let about = stopping.iter().take(super::HOT).map(|(_, system, _)| system.id.to_string()).collect();
    statements[0].about = about;
    Message::of(statements)
}

fn plain(text: &str) -> Statement {
    Statement { text: capital(text), share: 1.0, taken: 0.0, names: 1.0, about: Vec::new() }
}

/// `Without Marketo three of four processes stop: USD 2,500 per hour`.
fn worst(analysis: &Analysis<'_>, system: &System, outage: &Outage) -> Statement {
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
    Statement { share: 1.0, ..plain(&format!("without {} {stop}{price}", system.name)) }
}

/// `16 of 19 systems can stop a process alone`.
fn counting(stopping: usize, systems: usize, covered: usize) -> Statement {
    let of = match systems {
        1 => "the one system".to_owned(),
        n => format!("{} of {} systems", spelled(stopping), grouped(n as f64)),
    };
    let covered = match covered {
        0 => String::new(),
        1 => "; one more is covered by standby".to_owned(),
        n => format!("; {} more are covered by standby", spelled(n)),
    };
    Statement { share: 0.9, ..plain(&format!("{of} can stop a process alone{covered}")) }
}

/// `Single failures are expected to cost at least USD 67k a year, 31% of that by OpenAI`.
fn expected(analysis: &Analysis<'_>) -> Option<Statement> {
    let stack = analysis.stack;
    let of = |(ix, system)| Some((analysis.outage_of(Component::System(ix)).expected_cost?.0, system));
    let costs: Vec<(f64, &System)> = stack.live_systems().filter_map(of).collect();
    let total: f64 = costs.iter().map(|(cost, _)| cost).sum();
    let (most, system) = costs.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let live = stack.live_systems().filter(|(ix, _)| {
        let outage = analysis.outage_of(Component::System(*ix));
        !outage.processes_down.is_empty() && (outage.expected_cost.is_none() || outage.is_cost_least())
    });
    let least = if live.count() > 0 { "at least " } else { "" };
    let by = match costs.len() {
        1 => format!("all of that {}", system.name),
        _ => format!("{} of that {}", percent(most / total), system.name),
    };
    let amount = spoken(stack.currency.as_deref(), total);
    let said = format!("failures of one system are expected to cost {least}{amount} a year, {by}");
    (total >= 0.5).then(|| Statement { share: 0.8, ..plain(&said) })
}

/// `One person alone also stops a process`.
fn people(analysis: &Analysis<'_>) -> Option<Statement> {
    let people = analysis.supply.components().iter().filter(|component| matches!(component, Component::Team(_)));
    let count = people.filter(|team| !analysis.outage_of(**team).processes_down.is_empty()).count();
    let said = match count {
        0 => return None,
        1 => "one person alone also stops a process".to_owned(),
        n => format!("{} each stop a process alone", spelled_of(n, "person", "people")),
    };
    Some(Statement { share: 0.7, ..plain(&said) })
}
