//! Systems that nothing touches, and objects that arrive where nothing uses them: mostly a flow that is missing in the
//! file, and so worth a question.

use std::collections::BTreeSet;

use super::name;
use crate::catalog::Kind;
use crate::model::id::{DataIx, SystemIx};
use crate::model::stack::{Flow, FlowStatus, Requirement, Stack, System};
use crate::model::table::{quoted, text};
use crate::source::{Diagnostic, Diagnostics, nearest};

/// Warns of live systems without a flow, a `makes` or a need, on which nothing depends.
pub(super) fn lone_systems(stack: &Stack, problems: &mut Diagnostics) {
    let mut touched: BTreeSet<SystemIx> = stack.flows.iter().flat_map(Flow::systems).collect();
    touched.extend(stack.processes.iter().flat_map(|process| process.data_needs()).map(|need| need.at));
    touched.extend(stack.systems.iter().flat_map(System::named_dependencies));
    touched.extend(stack.systems.iter().filter_map(|system| system.replaced_by));
    touched.extend(stack.data.iter().filter_map(|object| object.master));
    for (ix, system) in stack.live_systems().filter(|(_, system)| system.makes.is_empty()) {
        if !touched.contains(&ix) {
            problems.push(
                Diagnostic::warning("lone-system", system.place, format!("nothing touches {}", name(system)))
                    .help("add what goes into it or comes out of it under `flows`; what nobody uses may go"),
            );
        }
    }
}

/// Warns of domains that `lanes` names and no system is in.
pub(super) fn unknown_domains(stack: &Stack, problems: &mut Diagnostics) {
    let known: BTreeSet<&str> = stack.systems.iter().filter_map(|system| system.domain.as_deref()).collect();
    for (domain, place) in stack.lanes.places.iter().filter(|(domain, _)| !known.contains(domain.as_str())) {
        let message = format!("no system is in the domain {}", quoted(domain));
        let problem = Diagnostic::warning("unknown-domain", *place, message);
        problems.push(match nearest(domain, known.iter().copied()) {
            Some(near) => problem.help(format!("did you mean {}?", quoted(near))).instead(*place, text(near), ""),
            None => problem.help("write the `domain` of some system, or take it out"),
        });
    }
}

/// An object that a live flow brings to a system where no process needs it, nothing is made of it, no model learns from it and
/// no flow carries it on, unless keeping or showing it is what the system is for.
#[derive(Clone, Copy)]
pub(crate) struct Unused<'s> {
    /// Where it arrives.
    pub(crate) at: SystemIx,
    /// What arrives.
    pub(crate) data: DataIx,
    /// The flow that brings it, the first of the file where several do.
    flow: &'s Flow,
}

/// What arrives unused, by system and object. A stack that states no process does not say what is used: there nothing is.
pub(crate) fn unused(stack: &Stack) -> Vec<Unused<'_>> {
    if stack.processes.is_empty() {
        return Vec::new();
    }
    let used = uses(stack);
    let arriving = stack.live_flows().map(|(_, flow)| flow).filter(|flow| !is_a_use_itself(stack.system(flow.to)));
    let facts = arriving.flat_map(|flow| flow.data.iter().map(move |data| Unused { at: flow.to, data: *data, flow }));
    let mut unused: Vec<Unused<'_>> = facts.filter(|one| used.binary_search(&(one.at, one.data)).is_err()).collect();
    unused.sort_by_key(|one| (one.at, one.data, one.flow.place));
    unused.dedup_by_key(|one| (one.at, one.data));
    unused
}

/// Warns of objects that arrive where nothing uses them.
pub(super) fn unused_arrivals(stack: &Stack, problems: &mut Diagnostics) {
    for Unused { at, data, flow } in unused(stack) {
        let (object, system) = (quoted(stack.data_object(data).id.as_str()), name(stack.system(at)));
        problems.push(
            Diagnostic::warning(
                "unused-arrival",
                flow.place,
                format!("{object} arrives at {system} and is used nowhere there"),
            )
            .help("say what uses it: what the system makes from it (`makes: [{ data: …, from: … }]`), a process that needs it there, or a flow that carries it on"),
        );
    }
}

/// Every object that something uses at a system, by both. What is planned is a use as well: it was said what the object is for.
fn uses(stack: &Stack) -> Vec<(SystemIx, DataIx)> {
    let mut used: Vec<(SystemIx, DataIx)> = Vec::new();
    for flow in stack.flows.iter().filter(|flow| flow.status != FlowStatus::Off) {
        used.extend(flow.data.iter().map(|data| (flow.from, *data)));
    }
    let needs = stack.processes.iter().flat_map(|process| process.needs.iter().flatten());
    used.extend(needs.filter_map(Requirement::data).map(|need| (need.at, need.data)));
    for (ix, system) in stack.all_systems() {
        for made in &system.makes {
            let learns = made.model.iter().flat_map(|model| &model.feedback);
            used.extend(made.from.iter().chain(learns).map(|data| (ix, *data)));
        }
    }
    used.extend(stack.all_data().filter_map(|(ix, object)| Some((object.master?, ix))));
    used.sort_unstable();
    used.dedup();
    used
}

/// Whether whatever arrives at a system is used by people or customers there, or only passes on by hand.
fn is_a_use_itself(system: &System) -> bool {
    let kind = system.facts.kind;
    let ends_there = matches!(kind, Kind::Bi | Kind::Warehouse | Kind::Analytics | Kind::Ads);
    system.is_audience_facing() || system.is_carrier() || ends_there
}
