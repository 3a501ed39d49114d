//! The target: the stack as it will be, what is new marked, and the handoffs that go as ghosts; and the same after a wave.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::analysis::words::counted;
use crate::model::SystemIx;
use crate::plan::Plan;
use crate::plan::building::Trace;
use crate::plan::partway::Partway;
use crate::report::facts::message::{Doer, target_title};
use crate::report::facts::plan::Ended;
use sinew_draw::{Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Node, Style};

use super::elements::{Elements, receded};
use super::landscape::landscape;

/// The target of `plan`, analyzed: every live system in its domain, as in the landscape, and every live flow.
///
/// Its boxes stand where they stand `today`; what the plan does not touch stands back, without words. Systems come by id, flows by id.
#[must_use]
pub fn target(today: &Analysis<'_>, target: &Analysis<'_>, plan: &Plan) -> Diagram {
    changed(today, target, &plan.traces, Doer::Plan)
}

/// The same of the stack once the waves up to `wave`, counted from 1, are done.
#[must_use]
pub fn after_wave(today: &Analysis<'_>, plan: &Plan, wave: usize) -> Diagram {
    let Partway { stack, traces } = plan.after_wave(today, wave);
    changed(today, &Analysis::of(&stack), &traces, Doer::Waves(wave))
}

/// `then`, on which what came of `today` by `traces` is marked.
fn changed(today: &Analysis<'_>, then: &Analysis<'_>, traces: &BTreeMap<String, Trace>, doer: Doer) -> Diagram {
    let stack = then.stack;
    let elements = Elements::of(then);
    let flows: Vec<_> = stack.live_flows().collect();
    let is_new = |id: &str| today.stack.find_system(id).is_none();
    let touched: BTreeSet<SystemIx> = flows
        .iter()
        .filter(|(_, flow)| traces.contains_key(flow.id.as_str()))
        .flat_map(|(_, flow)| [flow.from, flow.to].into_iter().chain(flow.through.iter().copied()))
        .collect();
    let systems: Vec<SystemIx> = stack.live_systems().map(|(ix, _)| ix).collect();
    let node = |ix: &SystemIx| -> Node {
        let mut node = elements.system(*ix);
        node.emphasis = match (is_new(&node.id), touched.contains(ix)) {
            (true, _) => Emphasis::New,
            (false, true) => Emphasis::Normal,
            (false, false) => Emphasis::Receded,
        };
        if node.emphasis == Emphasis::Receded {
            node.caption.clear();
            node.notes.clear();
        }
        node
    };
    let edge = |ix| -> Edge {
        let mut edge = elements.flow(ix);
        match traces.get(&edge.id) {
            Some(Trace::Built(_) | Trace::Changed(_)) => {
                edge.style = Style::New;
            }
            Some(Trace::Replaced(_) | Trace::SplitOff(_)) => edge.style = Style::Ghost,
            Some(Trace::Relieved(_)) => {}
            None => edge.emphasis = EdgeEmphasis::Receded,
        }
        // What is new has words; what stays and what goes says nothing.
        if edge.emphasis == EdgeEmphasis::Receded || edge.style == Style::Ghost {
            edge.label.clear();
            edge.is_guess = false;
        }
        if let Some(trace) = traces.get(&edge.id) {
            edge.tooltip = format!("{trace}; {}", edge.tooltip);
        }
        edge
    };
    let nodes: Vec<Node> = systems.iter().map(node).collect();
    let was: BTreeSet<String> = Elements::of(today).dependencies().into_iter().map(|line| line.id).collect();
    let dependencies = elements.dependencies().into_iter().map(|line| match was.contains(&line.id) {
        true => receded(line),
        false => line,
    });
    let ghosts = traces.values().filter(|trace| matches!(trace, Trace::Replaced(_))).count();
    let hours = |of: &Analysis<'_>| of.handoffs().total.work().map(|work| work.likely.0);
    let unknown = [today, then].map(|of| of.handoffs().total.without_hours);
    let ended = hours(today).zip(hours(then)).map(|(of, then)| Ended::of([of, then], unknown));
    let title = target_title(doer, ended);
    let split_off = traces.values().filter(|trace| matches!(trace, Trace::SplitOff(_))).count();
    let replaced = traces.len() - ghosts - split_off;
    Diagram {
        title,
        subtitle: match replaced {
            0 => "Nothing is built, so the stack stays as it is".to_owned(),
            n if matches!(doer, Doer::Waves(_)) => {
                format!("{} built or changed by then; what they replace stays as standby", counted(n, "flow", "flows"))
            }
            n => format!("{} built or changed; what they replace stays as standby", counted(n, "flow", "flows")),
        },
        source: elements.source(),
        alt: String::new(),
        clusters: elements.domains(systems.iter().copied()),
        nodes,
        edges: flows.iter().map(|(ix, _)| edge(*ix)).chain(dependencies).collect(),
        meanings: vec![
            (Mark::Style(Style::New), "Flow built or changed"),
            (Mark::Style(Style::Ghost), "Replaced, kept as standby"),
            (Mark::Emphasis(Emphasis::New), "Adopted"),
            (Mark::Emphasis(Emphasis::Receded), "Not touched by the plan"),
            (Mark::EdgeEmphasis(EdgeEmphasis::Receded), "Flow as today"),
        ],
        ..Diagram::default()
    }
    .standing_as(landscape(today))
}
