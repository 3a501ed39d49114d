//! The landscape: every live system in its domain, and every flow between them.

use crate::analysis::Analysis;
use crate::analysis::words::counted;
use crate::model::{Flow, SystemIx};
use crate::report::diagram::{Diagram, Edge, Node, Role};

use super::elements::{Elements, some};
use super::phrases::{Known, capital, known_hours, spelled};

/// Systems in clusters by domain, with all live and planned flows.
///
/// What runs through middleware says so on its line (`via …`), and the middleware says how many flows run through it.
/// Retired systems and flows that touch one are no part of the landscape; the subtitle counts what is left out.
/// Systems come by id, clusters by name, flows by id; parallel flows are separate lines.
#[must_use]
pub fn landscape(analysis: &Analysis<'_>) -> Diagram {
    let stack = analysis.stack;
    let elements = Elements::of(analysis);
    let systems: Vec<SystemIx> = stack.live_systems().map(|(ix, _)| ix).collect();
    let nodes: Vec<Node> = systems.iter().map(|ix| elements.system(*ix)).collect();
    let edges: Vec<Edge> =
        stack.all_flows().filter(|(_, flow)| is_shown(analysis, flow)).map(|(ix, _)| elements.flow(ix)).collect();
    let clusters = elements.domains(systems.iter().copied());
    let title = title(analysis, nodes.len());
    let subtitle = subtitle(analysis, &nodes, clusters.len());
    let alt = alternative(&title, &subtitle, &nodes, &edges);
    Diagram { title, subtitle, source: elements.source(), alt, clusters, nodes, edges }
}

/// Live flows, and planned ones whose systems are all live.
fn is_shown(analysis: &Analysis<'_>, flow: &Flow) -> bool {
    let stack = analysis.stack;
    [flow.from, flow.to].iter().chain(&flow.through).all(|ix| stack.system(*ix).is_live())
}

fn title(analysis: &Analysis<'_>, systems: usize) -> String {
    let flows = analysis.stack.live_flows().count();
    let handoffs = analysis.handoffs.steps.len();
    let of_all = format!("{} of {}", spelled(handoffs), counted(flows, "flow", "flows"));
    let subject = match (systems, flows, handoffs) {
        (0, _, _) => return "No live systems in this stack".to_owned(),
        (_, 0, _) => return format!("{}, no flows between them", counted(systems, "system", "systems")),
        (_, 1, 0) => return "The one flow is not a manual handoff".to_owned(),
        (_, _, 0) => return format!("None of {flows} flows is a manual handoff"),
        (_, 1, 1) => "the one flow is a manual handoff".to_owned(),
        (_, _, 1) => format!("{of_all} is a manual handoff"),
        _ => format!("{of_all} are manual handoffs"),
    };
    capital(&match known_hours(analysis) {
        Known::All(hours) => format!("{subject}: {hours}"),
        Known::Some(hours, missing) => format!("{subject}: {hours}; {missing}"),
        Known::Nothing => format!("{subject}, hours not known"),
    })
}

/// What is on the picture, and what is not.
fn subtitle(analysis: &Analysis<'_>, nodes: &[Node], domains: usize) -> String {
    let stack = analysis.stack;
    let ai = nodes.iter().filter(|node| node.role == Role::AiTool).count();
    let planned = stack.flows.iter().filter(|flow| flow.is_planned && is_shown(analysis, flow)).count();
    let standby = stack.live_flows().filter(|(_, flow)| flow.is_standby).count();
    let retired = stack.systems.len() - nodes.len();
    let untaken = stack.flows.iter().filter(|flow| !is_shown(analysis, flow)).count();
    let left_out =
        [some(retired, "retired system", "retired systems"), some(untaken, "flow of theirs", "flows of theirs")];
    let left_out: Vec<String> = left_out.into_iter().flatten().collect();
    let parts = [
        some(nodes.len(), "system", "systems"),
        some(domains, "domain", "domains"),
        some(ai, "AI tool", "AI tools"),
        some(standby, "standby flow", "standby flows"),
        some(planned, "planned flow", "planned flows"),
        (!left_out.is_empty()).then(|| format!("left out: {}", left_out.join(" and "))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn alternative(title: &str, subtitle: &str, nodes: &[Node], edges: &[Edge]) -> String {
    let mut text = format!("{title}. Landscape diagram with {}", counted(edges.len(), "line", "lines"));
    if !subtitle.is_empty() {
        text.push_str(": ");
        text.push_str(subtitle);
    }
    let busy = |node: &&Node| edges.iter().filter(|edge| edge.from == node.id || edge.to == node.id).count();
    let most = nodes.iter().rev().max_by_key(busy).filter(|node| busy(node) > 1);
    if let Some(node) = most {
        text.push_str(&format!(". Most flows meet at {}: {}", node.name, busy(&node)));
    }
    text.push('.');
    text
}
