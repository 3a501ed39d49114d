//! The failure view: which systems are single points of failure, and which are covered by standby flows.

use crate::analysis::Analysis;
use crate::analysis::Component;
use crate::analysis::outages::most_severe_first;
use crate::analysis::words::{grouped, price_per_hour, spelled_of};
use crate::model::SystemIx;
use sinew_draw::{Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Node};

use super::elements::Elements;
use super::phrases::{capital, spelled, tied};

/// Every live system in its domain, ringed where its failure alone takes a process down, with a dashed ring where
/// standby flows cover it; flows whose failure alone takes a process down stand out. Systems come by id, flows by id.
#[must_use]
pub fn failure(analysis: &Analysis<'_>) -> Diagram {
    let stack = analysis.stack;
    let elements = Elements::of(analysis);
    let systems: Vec<SystemIx> = stack.live_systems().map(|(ix, _)| ix).collect();
    let nodes: Vec<Node> = systems.iter().map(|ix| node(analysis, &elements, *ix)).collect();
    let edges: Vec<Edge> = stack
        .live_flows()
        .map(|(ix, _)| {
            let takes_down = !analysis.outage_of(Component::Flow(ix)).processes_down.is_empty();
            let emphasis = if takes_down { EdgeEmphasis::Strong } else { EdgeEmphasis::Receded };
            Edge { emphasis, label: Vec::new(), ..elements.flow(ix) }
        })
        .collect();
    let clusters = elements.domains(systems.iter().copied());
    let (title, subtitle) = (title(analysis, &nodes), subtitle(analysis));
    let alt = format!("{title}. Failure diagram: {subtitle}.");
    let meanings = vec![
        (Mark::Emphasis(Emphasis::RingedDashed), "Covered: the process runs on standby"),
        (Mark::Emphasis(Emphasis::Receded), "Stops no process"),
        (Mark::EdgeEmphasis(EdgeEmphasis::Strong), "Flow that alone stops a process"),
    ];
    let source = elements.source();
    Diagram { title, subtitle, source, alt, clusters, nodes, edges, meanings, ..Diagram::default() }
}

fn node(analysis: &Analysis<'_>, elements: &Elements<'_>, ix: SystemIx) -> Node {
    let outage = analysis.outage_of(Component::System(ix));
    let (down, degraded) = (outage.processes_down.len(), outage.processes_degraded.len());
    let mut node = elements.system(ix);
    node.notes.clear();
    match (down, degraded) {
        (0, 0) => node.emphasis = Emphasis::Receded,
        (0, _) => node.emphasis = Emphasis::RingedDashed,
        _ => {
            node.emphasis = Emphasis::Ringed;
            node.caption = match price_per_hour(analysis.stack, outage) {
                Some(price) => {
                    let amount = price.trim_end_matches(" per hour");
                    format!("stops {down} · {} {}", tied(amount), tied("per hour"))
                }
                None if outage.cost_per_hour.is_none() => format!("stops {down} · {}", tied("cost not known")),
                None => format!("stops {down}"),
            };
        }
    }
    node
}

fn title(analysis: &Analysis<'_>, nodes: &[Node]) -> String {
    let ringed = nodes.iter().filter(|node| node.emphasis == Emphasis::Ringed).count();
    let covered = nodes.iter().filter(|node| node.emphasis == Emphasis::RingedDashed).count();
    let of = match nodes.len() {
        1 => "the one system".to_owned(),
        n => format!("{} of {} systems", spelled(ringed), grouped(n as f64)),
    };
    if analysis.stack.processes.is_empty() {
        return "The stack file names no process, so nothing can stop".to_owned();
    }
    let words = match (ringed, covered) {
        (0, 0) => "no single system can stop a process".to_owned(),
        (0, 1) => "no single system stops a process; one is covered by standby".to_owned(),
        (0, n) => format!("no single system stops a process; {} are covered by standby", spelled(n)),
        (1, 0) => format!("{of} can stop a process alone"),
        (_, 0) => format!("{of} can stop a process alone"),
        (_, n) => {
            format!(
                "{of} can stop a process alone; {} more {} covered by standby",
                spelled(n),
                if n == 1 { "is" } else { "are" }
            )
        }
    };
    capital(&words)
}

/// Where an hour is most expensive, and who alone stops something.
fn subtitle(analysis: &Analysis<'_>) -> String {
    let stack = analysis.stack;
    let mut parts = Vec::new();
    let systems = stack.live_systems().map(|(ix, system)| (analysis.outage_of(Component::System(ix)), system));
    let worst = systems.min_by(|a, b| most_severe_first(a.0, b.0));
    if let Some((outage, system)) = worst.filter(|(outage, _)| !outage.processes_down.is_empty()) {
        let price = price_per_hour(stack, outage).map(|price| format!(", {price}")).unwrap_or_default();
        let stops = spelled_of(outage.processes_down.len(), "process", "processes");
        parts.push(format!("{} stops most: {stops}{price}", system.name));
    }
    let people = analysis.supply.components().iter().filter(|component| matches!(component, Component::Team(_)));
    let people = people.filter(|team| !analysis.outage_of(**team).processes_down.is_empty()).count();
    match people {
        0 => {}
        1 => parts.push("one person alone also stops a process".to_owned()),
        n => parts.push(format!("{} people each stop a process alone", spelled(n))),
    }
    parts.join(" · ")
}
