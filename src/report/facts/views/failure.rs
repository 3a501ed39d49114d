//! The failure view: which systems are single points of failure, and which are covered by standby flows.

use crate::analysis::Analysis;
use crate::analysis::Component;
use crate::analysis::words::{counted, price_per_hour};
use crate::model::SystemIx;
use crate::report::facts::message;
use sinew_draw::{Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Node};

use super::elements::{Elements, receded};
use super::focus::focused;
use super::landscape::landscape;
use super::phrases::tied;

/// Every live system in its domain, the one whose failure stops most ringed, what touches it named, the rest gray, and all that stop a
/// process alone with an outline in the color of rings. Where none does: those that standby flows cover have a dashed ring, and flows whose failure alone takes a process down stand
/// out. Systems come by id, flows by id.
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
        .chain(elements.dependencies().into_iter().map(receded))
        .collect();
    let clusters = elements.domains(systems.iter().copied());
    let message = message::failing(analysis);
    let hot = message.hot;
    let (title, subtitle) = (message.title, message.also.join(" · "));
    let alt = [title.as_str(), &subtitle]
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| format!("{text}. "))
        .collect::<String>();
    let alt = format!("Failure diagram. {}", alt.trim_end());
    let meanings = vec![
        (
            Mark::Emphasis(Emphasis::Ringed),
            if hot.is_empty() { "Single point of failure" } else { "Stops most by failing" },
        ),
        (Mark::Emphasis(Emphasis::RingedDashed), "Covered: the process runs on standby"),
        (Mark::Emphasis(Emphasis::Point), "Stops a process by failing as well"),
        (Mark::Emphasis(Emphasis::Receded), if hot.is_empty() { "Stops no process" } else { "Not next to it" }),
        (Mark::EdgeEmphasis(EdgeEmphasis::Receded), "Other flow"),
        (Mark::EdgeEmphasis(EdgeEmphasis::Strong), "Flow that alone stops a process"),
    ];
    let source = elements.source();
    let whole = Diagram {
        title,
        subtitle,
        source,
        alt,
        clusters,
        nodes,
        edges,
        meanings,
        points: "can stop a process",
        ..Diagram::default()
    };
    focused(whole, &hot).standing_as(landscape(analysis))
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
            // Not in the caption, as what it costs is said even where captions have no room.
            let price = price_per_hour(analysis.stack, outage);
            node.price = tied(price.as_deref().unwrap_or_default());
            node.notes = vec![match price {
                Some(_) => format!("stops {}", counted(down, "process", "processes")),
                None if outage.cost_per_hour.is_none() => format!("stops {down} · {}", tied("cost not known")),
                None => format!("stops {down}"),
            }];
        }
    }
    node
}
