//! What can only be judged once the whole file is read: cycles, missing rates, what is retired, what dates mean.

mod circles;
mod doubts;
mod unused;

pub(crate) use unused::unused;

use std::collections::BTreeMap;

use super::id::SystemIx;
use super::stack::{Flow, FlowStatus, Stack, Status, System};
use super::table::quoted;
use crate::source::{Diagnostic, Diagnostics, Span};

/// Reports the errors and warnings that concern more than one entry.
pub(in crate::model) fn check(stack: &Stack, problems: &mut Diagnostics) {
    circles::circles(stack, problems);
    rates(stack, problems);
    not_live(stack, problems);
    successors(stack, problems);
    performers(stack, problems);
    dates(stack, problems);
    // What seems to be missing may stand in an entry that could not be read.
    if !problems.has_errors() {
        unused::lone_systems(stack, problems);
        unused::unused_arrivals(stack, problems);
        unused::unknown_domains(stack, problems);
        doubts::workloads(stack, problems);
        doubts::doubles(stack, problems);
    }
    former_ids(stack, problems);
    if stack.systems.is_empty() && !problems.has_errors() {
        problems.push(
            Diagnostic::warning("empty-stack", Span::new(0, 1), "the stack has no systems")
                .help("list what holds or transforms data under `systems:`; `sinew init` writes a starter file"),
        );
    }
}

/// Reports former ids that two entries of one kind claim: in an earlier stack only one of them can have had it.
fn former_ids(stack: &Stack, problems: &mut Diagnostics) {
    type Claim<'s> = (&'static str, &'s str, &'s [String], Span);
    let teams = stack.teams.iter().map(|one| -> Claim<'_> { ("team", one.id.as_str(), &one.remarks.was, one.place) });
    let systems =
        stack.systems.iter().map(|one| -> Claim<'_> { ("system", one.id.as_str(), &one.remarks.was, one.place) });
    let data =
        stack.data.iter().map(|one| -> Claim<'_> { ("data object", one.id.as_str(), &one.remarks.was, one.place) });
    let flows = stack.flows.iter().map(|one| -> Claim<'_> { ("flow", one.id.as_str(), &one.remarks.was, one.place) });
    let processes =
        stack.processes.iter().map(|one| -> Claim<'_> { ("process", one.id.as_str(), &one.remarks.was, one.place) });
    let mut all: Vec<Claim<'_>> = teams
        .chain(systems)
        .chain(data)
        .chain(flows)
        .chain(processes)
        .filter(|(_, _, was, _)| !was.is_empty())
        .collect();
    all.sort_by_key(|(kind, id, _, place)| (*place, *kind, *id));
    let mut claimed: BTreeMap<(&str, &str), (&str, Span)> = BTreeMap::new();
    for (kind, id, was, place) in all {
        for former in was {
            let (first, there) = *claimed.entry((kind, former)).or_insert((id, place));
            if there == place || (kind == "flow" && is_one_entry(stack, first, id)) {
                continue;
            }
            let message =
                format!("{} and {} both say that they were the {kind} {}", quoted(first), quoted(id), quoted(former));
            problems.push(
                Diagnostic::error("duplicate-was", place, message)
                    .related(there, "claimed here first")
                    .help("only one of them can have had this id; remove it from the other's `was`"),
            );
        }
    }
}

/// Whether two flows may be those of one entry with a list of targets, which a written stack has as one entry each, and of
/// which a plan may have changed one: they come from one system to different ones, and were called the same.
fn is_one_entry(stack: &Stack, a: &str, b: &str) -> bool {
    let flow = |id: &str| stack.find_flow(id).map(|ix| stack.flow(ix));
    let (Some(a), Some(b)) = (flow(a), flow(b)) else { return false };
    a.from == b.from && a.to != b.to && a.remarks.was == b.remarks.was
}

/// Warns of handoffs whose work has no price: their hours stand, and their cost is not known.
fn rates(stack: &Stack, problems: &mut Diagnostics) {
    let is_handoff = |flow: &&Flow| flow.is_manual() && !flow.is_standby && stack.is_live(flow);
    let mut unpriced: Vec<&Flow> =
        stack.flows.iter().filter(is_handoff).filter(|flow| stack.rate(flow.performer).is_none()).collect();
    unpriced.sort_by_key(|flow| flow.place);
    let Some((first, others)) = unpriced.split_first() else { return };
    let message = match others.len() {
        0 => format!("handoff {} has no hourly rate", quoted(first.id.as_str())),
        1 => format!("handoff {} and one other have no hourly rate", quoted(first.id.as_str())),
        n => format!("handoff {} and {n} others have no hourly rate", quoted(first.id.as_str())),
    };
    problems.push(
        Diagnostic::warning("missing-rate", first.place, message).help(
            "add `hourly_rate:` to the file (loaded cost of an hour of manual work), or to the performing team; until then hours are counted and their cost is not known",
        ),
    );
}

/// Warns of live systems that stand on what is not live, and of flows that touch a retired system.
fn not_live(stack: &Stack, problems: &mut Diagnostics) {
    let is_missing = |ix: &SystemIx| !stack.system(*ix).is_live();
    for system in stack.systems.iter().filter(|system| system.is_live()) {
        for any in system.depends_on.iter().filter(|any| any.iter().all(is_missing)) {
            problems.push(stands_on_nothing(system, &any.iter().map(|ix| stack.system(*ix)).collect::<Vec<_>>()));
        }
    }
    let is_retired = |ix: &SystemIx| stack.system(*ix).status == Status::Retired;
    for flow in stack.flows.iter().filter(|flow| flow.status == FlowStatus::Live) {
        if let Some(ix) = flow.systems().find(is_retired) {
            let system = stack.system(ix);
            problems.push(
                Diagnostic::warning(
                    "flow-touches-retired",
                    flow.place,
                    format!("flow {} is not in today's graph: {} is retired", quoted(flow.id.as_str()), name(system)),
                )
                .related(system.place, "retired here")
                .help("remove the flow, name the system that took over, or write `status: off`"),
            );
        }
    }
}

fn stands_on_nothing(system: &System, needed: &[&System]) -> Diagnostic {
    let (message, help) = match needed {
        [one] => {
            let status = one.status.as_str();
            let help = match one.status {
                Status::Planned => {
                    "leave the dependency out until it is there, or make the system `status: planned` too"
                }
                _ => "name what it depends on now, or retire it too",
            };
            (format!("{} is down today: it depends on {}, which is {status}", name(system), name(one)), help)
        }
        several => {
            let names: Vec<String> = several.iter().map(|one| name(one)).collect();
            let words = format!("it depends on one of {}, and none of them is live", names.join(", "));
            (format!("{} is down today: {words}", name(system)), "name what it depends on now, or retire it too")
        }
    };
    let note = format!("{} here", needed[0].status.as_str());
    Diagnostic::warning("depends-on-retired", system.place, message).related(needed[0].place, note).help(help)
}

fn name(system: &System) -> String {
    quoted(system.id.as_str())
}

fn performers(stack: &Stack, problems: &mut Diagnostics) {
    for flow in stack
        .flows
        .iter()
        .filter(|flow| flow.is_manual() && flow.performer.is_none() && flow.status == FlowStatus::Live)
    {
        problems.push(
            Diagnostic::warning(
                "no-performer",
                flow.place,
                format!("flow {} has no performer", quoted(flow.id.as_str())),
            )
            .help("add `performer:` with the id of a team; until then it is priced at the stack's `hourly_rate`"),
        );
    }
}

/// Warns of ends and successors that do not agree with the status.
fn successors(stack: &Stack, problems: &mut Diagnostics) {
    for system in &stack.systems {
        let is_ending = matches!(system.status, Status::PhasingOut | Status::Retired);
        if system.ends.is_some() && !is_ending {
            problems.push(
                Diagnostic::warning(
                    "ends-in-use",
                    system.place,
                    format!("{} has a day on which it `ends`, and is {}", name(system), system.status.as_str()),
                )
                .help("write `status: phasing-out` beside it, or remove `ends`"),
            );
        }
        let Some(next) = system.replaced_by.map(|ix| stack.system(ix)) else { continue };
        if next.id == system.id || next.status == Status::Retired {
            let what =
                if next.id == system.id { "itself".to_owned() } else { format!("{}, which is retired", name(next)) };
            problems.push(
                Diagnostic::warning(
                    "replaced-by-nothing",
                    system.place,
                    format!("{} is replaced by {what}", name(system)),
                )
                .help("name the system that takes its place, or remove `replaced_by`"),
            );
        }
    }
}

/// Warns of dates that cannot mean what they seem to.
fn dates(stack: &Stack, problems: &mut Diagnostics) {
    let dated = |system: &&System| {
        system.contract.renews.is_some()
            || system.ends.is_some()
            || system.vendor_review.last.is_some()
            || system.pilot.as_ref().is_some_and(|pilot| pilot.decide_by.is_some())
    };
    let until = stack.accept.iter().find(|accepted| accepted.until.is_some()).map(|accepted| accepted.place);
    let Some(today) = stack.as_of else {
        if let Some(place) = stack.systems.iter().find(dated).map(|system| system.place).or(until) {
            problems.push(
                Diagnostic::warning("no-as-of", place, "dates are given, but no `as_of`")
                    .help("add `as_of: 2026-11-21` at the top; without it all date rules are skipped"),
            );
        }
        return;
    };
    for system in stack.systems.iter().filter(|system| system.is_live()) {
        if let Some(renews) = system.contract.renews.filter(|renews| *renews < today) {
            problems.push(
                Diagnostic::warning(
                    "contract-renewed",
                    system.place,
                    format!("the contract of {} renewed on {renews}, before `as_of`", name(system)),
                )
                .help("give the next date on which it renews"),
            );
        }
        if let Some(ended) = system.ends.filter(|ends| *ends < today) {
            problems.push(
                Diagnostic::warning(
                    "has-ended",
                    system.place,
                    format!("{} was to end on {ended}, before `as_of`", name(system)),
                )
                .help("write `status: retired`, or the new day"),
            );
        }
        if let Some(last) = system.vendor_review.last.filter(|last| *last > today) {
            problems.push(
                Diagnostic::warning(
                    "review-in-future",
                    system.place,
                    format!("the last vendor review of {} is on {last}, after `as_of`", name(system)),
                )
                .help("`last` is the review that has been done; move `as_of` if the file is newer"),
            );
        }
    }
}
