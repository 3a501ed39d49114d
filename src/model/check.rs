//! What can only be judged once the whole file is read: cycles, missing rates, what is retired, what dates mean.

use super::id::SystemIx;
use super::stack::{Flow, Stack, System};
use super::table::quoted;
use crate::source::{Diagnostic, Diagnostics, Span};

/// Reports the errors and warnings that concern more than one entry.
pub(super) fn check(stack: &Stack, problems: &mut Diagnostics) {
    dependency_cycles(stack, problems);
    rates(stack, problems);
    retired(stack, problems);
    performers(stack, problems);
    dates(stack, problems);
    if stack.systems.is_empty() && !problems.has_errors() {
        problems.push(
            Diagnostic::warning("empty-stack", Span::new(0, 1), "the stack has no systems")
                .help("list what holds or transforms data under `systems:`; `sinew init` writes a starter file"),
        );
    }
}

/// Reports each cycle of `depends_on` once, at the system of its smallest id.
fn dependency_cycles(stack: &Stack, problems: &mut Diagnostics) {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![NEW; stack.systems.len()];
    for (start, _) in stack.all_systems() {
        if state[start.at()] != NEW {
            continue;
        }
        // A path of systems with how many of their dependencies have been followed.
        let mut path: Vec<(SystemIx, usize)> = vec![(start, 0)];
        state[start.at()] = OPEN;
        while let Some((system, next)) = path.last_mut() {
            let Some(needed) = stack.system(*system).depends_on.get(*next).copied() else {
                state[system.at()] = DONE;
                path.pop();
                continue;
            };
            *next += 1;
            match state[needed.at()] {
                NEW => {
                    state[needed.at()] = OPEN;
                    path.push((needed, 0));
                }
                OPEN => {
                    let from = path.iter().position(|(on, _)| *on == needed).unwrap_or(0);
                    problems.push(cycle(stack, path[from..].iter().map(|(system, _)| *system).collect()));
                }
                _ => {}
            }
        }
    }
}

fn cycle(stack: &Stack, mut cycle: Vec<SystemIx>) -> Diagnostic {
    let smallest = (0..cycle.len()).min_by_key(|at| cycle[*at]).unwrap_or(0);
    cycle.rotate_left(smallest);
    let system = stack.system(cycle[0]);
    let shown = if cycle.len() > 10 { 9 } else { cycle.len() };
    let mut words: Vec<String> = cycle[..shown].iter().map(|ix| quoted(stack.system(*ix).id.as_str())).collect();
    if shown < cycle.len() {
        words.push("…".to_owned());
    }
    words.push(quoted(system.id.as_str()));
    let message = if cycle.len() == 1 {
        format!("{} depends on itself", words[0])
    } else {
        format!("systems depend on each other in a circle: {}", words.join(" needs "))
    };
    let mut problem = Diagnostic::error("dependency-cycle", system.place, message)
        .help("`depends_on` lists what must be up first; remove one of these");
    for ix in cycle.iter().skip(1).take(3) {
        problem = problem.related(stack.system(*ix).place, "in the same circle");
    }
    problem
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

/// Warns of live systems and flows that lean on retired ones.
fn retired(stack: &Stack, problems: &mut Diagnostics) {
    let is_retired = |ix: &SystemIx| !stack.system(*ix).is_live();
    for system in stack.systems.iter().filter(|system| system.is_live()) {
        for needed in system.depends_on.iter().filter(|ix| is_retired(ix)) {
            let needed = stack.system(*needed);
            problems.push(
                Diagnostic::warning(
                    "depends-on-retired",
                    system.place,
                    format!("{} is down today: it depends on {}, which is retired", name(system), name(needed)),
                )
                .related(needed.place, "retired here")
                .help("name what it depends on now, or retire it too"),
            );
        }
    }
    for flow in stack.flows.iter().filter(|flow| !flow.is_planned) {
        if let Some(ix) = [flow.from, flow.to].iter().chain(&flow.through).find(|ix| is_retired(ix)) {
            let system = stack.system(*ix);
            problems.push(
                Diagnostic::warning(
                    "flow-touches-retired",
                    flow.place,
                    format!("flow {} is not in today's graph: {} is retired", quoted(flow.id.as_str()), name(system)),
                )
                .related(system.place, "retired here")
                .help("remove the flow, or name the system that took over"),
            );
        }
    }
}

fn name(system: &System) -> String {
    quoted(system.id.as_str())
}

fn performers(stack: &Stack, problems: &mut Diagnostics) {
    for flow in stack.flows.iter().filter(|flow| flow.is_manual() && flow.performer.is_none() && !flow.is_planned) {
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

/// Warns of dates that cannot mean what they seem to.
fn dates(stack: &Stack, problems: &mut Diagnostics) {
    let dated = |system: &&System| {
        system.contract.renews.is_some()
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
