//! The landscape: every live system in its domain, and every flow between them.

use crate::analysis::Analysis;
use crate::analysis::words::{counted, listed};
use crate::model::{Flow, FlowStatus, Status, SystemIx};
use crate::report::facts::message;
use sinew_draw::{Diagram, Edge, Node, Role};

use super::elements::{Elements, some};

/// Systems in clusters by domain, with all live and planned flows, and what they depend on.
///
/// What runs through middleware is drawn to it and on from it, and the middleware says how many flows run through it.
/// Planned and retired systems, flows that touch one and flows that are off are no part of the landscape; the subtitle
/// counts what is left out.
/// Systems come by id, clusters by name, flows by id; parallel flows are separate lines.
#[must_use]
pub fn landscape(analysis: &Analysis<'_>) -> Diagram {
    let stack = analysis.stack;
    let elements = Elements::of(analysis);
    let systems: Vec<SystemIx> = stack.live_systems().map(|(ix, _)| ix).collect();
    let nodes: Vec<Node> = systems.iter().map(|ix| elements.system(*ix)).collect();
    let flows = stack.all_flows().filter(|(_, flow)| is_shown(analysis, flow)).map(|(ix, _)| elements.flow(ix));
    let edges: Vec<Edge> = flows.chain(elements.dependencies()).collect();
    let clusters = elements.domains(systems.iter().copied());
    let message = message::landscape(analysis);
    let title = message.title;
    let subtitle = subtitle(analysis, &nodes, clusters.len(), &message.also);
    let alt = alternative(&title, &subtitle, &nodes, &edges);
    Diagram { title, subtitle, source: elements.source(), alt, clusters, nodes, edges, ..Diagram::default() }
}

/// Live flows, and planned ones whose systems are all live.
fn is_shown(analysis: &Analysis<'_>, flow: &Flow) -> bool {
    flow.status != FlowStatus::Off && has_live_systems(analysis, flow)
}

fn has_live_systems(analysis: &Analysis<'_>, flow: &Flow) -> bool {
    flow.systems().all(|ix| analysis.stack.system(ix).is_live())
}

/// What is on the picture, and what is not.
fn subtitle(analysis: &Analysis<'_>, nodes: &[Node], domains: usize, also: &[String]) -> String {
    let stack = analysis.stack;
    let ai = nodes.iter().filter(|node| node.role == Role::AiTool).count();
    let planned = stack.flows.iter().filter(|flow| flow.is_planned() && is_shown(analysis, flow)).count();
    let standby = stack.live_flows().filter(|(_, flow)| flow.is_standby).count();
    let of_status = |status| stack.systems.iter().filter(|system| system.status == status).count();
    let theirs = stack.flows.iter().filter(|flow| !has_live_systems(analysis, flow)).count();
    let off = stack.flows.iter().filter(|flow| !is_shown(analysis, flow)).count() - theirs;
    let left_out = [
        some(of_status(Status::Retired), "retired system", "retired systems"),
        some(of_status(Status::Planned), "planned system", "planned systems"),
        some(theirs, "flow of theirs", "flows of theirs"),
        some(off, "flow that is off", "flows that are off"),
    ];
    let left_out: Vec<String> = left_out.into_iter().flatten().collect();
    let parts = also.iter().cloned().map(Some).chain([
        some(nodes.len(), "system", "systems"),
        some(domains, "domain", "domains"),
        some(ai, "AI tool", "AI tools"),
        some(standby, "standby flow", "standby flows"),
        some(planned, "planned flow", "planned flows"),
        (!left_out.is_empty()).then(|| format!("not shown: {}", listed(&left_out))),
    ]);
    parts.flatten().collect::<Vec<_>>().join(" · ")
}

fn alternative(title: &str, subtitle: &str, nodes: &[Node], edges: &[Edge]) -> String {
    let flows = edges.iter().filter(|edge| edge.style.is_flow());
    let mut text = format!("{title}. Landscape diagram with {}", counted(flows.clone().count(), "flow", "flows"));
    if !subtitle.is_empty() {
        text.push_str(": ");
        text.push_str(subtitle);
    }
    let busy = |node: &&Node| flows.clone().filter(|edge| edge.from == node.id || edge.to == node.id).count();
    let most = nodes.iter().rev().max_by_key(busy).filter(|node| busy(node) > 1);
    if let Some(node) = most {
        text.push_str(&format!(". Most flows meet at {}: {}", node.name, busy(&node)));
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::super::samples::{MIXED, manual, seen};
    use super::*;
    use sinew_draw::Style;

    #[test]
    fn roles_styles_and_middleware_are_told_apart() {
        let diagram = seen(MIXED, landscape);
        let roles: Vec<(&str, Role)> = diagram.nodes.iter().map(|node| (node.id.as_str(), node.role)).collect();
        assert_eq!(
            roles,
            [
                ("ai", Role::AiTool),
                ("crm", Role::SystemOfRecord),
                ("hub", Role::Middleware),
                ("map", Role::SystemOfRecord),
                ("sheet", Role::Carrier)
            ]
        );
        assert_eq!(diagram.nodes[2].notes, ["carries 1 flow"]);
        assert_eq!(diagram.nodes[0].badge, "pilot");
        let flows: Vec<(&str, Style, String)> =
            diagram.edges.iter().map(|edge| (edge.id.as_str(), edge.style, edge.label.join(" / "))).collect();
        let expected = [
            ("a", Style::Manual, "Draft / 26 h a year"),
            ("b", Style::Manual, "Draft / 61 h a year"),
            ("c", Style::Automated, "Lead"),
            ("d", Style::Manual, "Lead / 5 h a year"),
            ("e", Style::Standby, "Lead / by hand"),
            ("f", Style::Planned, "Draft, Lead, 1 more"),
        ];
        assert_eq!(flows, expected.map(|(id, style, label)| (id, style, label.to_owned())));
        let stops: Vec<&str> = diagram.edges[2].stops.iter().map(|stop| stop.id.as_str()).collect();
        assert_eq!((stops, diagram.edges[3].stops.len()), (vec!["hub"], 0));
        let clusters: Vec<&str> = diagram.clusters.iter().map(|cluster| cluster.name.as_str()).collect();
        assert_eq!(clusters, ["AI", "Marketing", "Sales"]);
    }

    #[test]
    fn the_title_agrees_with_the_totals_and_the_subtitle_says_what_is_left_out() {
        let diagram = seen(MIXED, landscape);
        assert_eq!(diagram.title, "Three of five flows are manual: 92 hours a year");
        assert_eq!(
            diagram.subtitle,
            "5 systems · 3 domains · 1 AI tool · 1 standby flow · 1 planned flow · not shown: 1 retired system and 1 flow of theirs"
        );
        assert_eq!(diagram.source, "Source: Mixed, as of 2026-11-21");
        let title = |text: &str| seen(text, landscape).title;
        assert_eq!(title("sinew: 1\nname: x\n"), "No live systems in this stack");
        assert_eq!(title(&manual(&[])), "2 systems, no flows between them");
        assert_eq!(title(&manual(&[Some(60)])), "The one flow is manual: 60 hours a year");
        assert_eq!(title(&manual(&[None, None])), "Both flows are manual, hours not known");
        let automated = manual(&[None, None]).replace("rekeying", "api");
        assert_eq!(title(&automated), "None of two flows is manual");
    }

    #[test]
    fn boxes_have_steps_by_lane_or_kind_and_layers_by_what_they_are() {
        let text = "sinew: 1
systems:
  ads: { kind: ads }
  bi: { kind: bi }
  chat: { kind: ai-content, depends_on: [model] }
  hub: { kind: ipaas }
  model: { kind: ai-content, lane: measure }
  moved: { kind: crm, lane: attract, depends_on: [ads] }
  sheet: { kind: spreadsheet }
  store: { kind: warehouse }
data: { lead: {} }
flows:
  - { from: ads, to: bi, data: lead, mechanism: api }
";
        let diagram = seen(text, landscape);
        let of = |node: &Node| (node.id.clone(), node.step, node.layer.unwrap());
        let found: Vec<(String, Option<u8>, u8)> = diagram.nodes.iter().map(of).collect();
        // The ads are needed as well, but data flows out of them: they are no foundation.
        let expected = [
            ("ads", Some(0), 1),
            ("bi", Some(4), 1),
            ("chat", None, 2),
            ("hub", None, 3),
            ("model", Some(4), 5),
            ("moved", Some(0), 1),
            ("sheet", None, 0),
            ("store", None, 4),
        ];
        assert_eq!(found, expected.map(|(id, step, layer)| (id.to_owned(), step, layer)));
    }

    #[test]
    fn what_is_planned_or_off_is_counted_and_what_is_phased_out_has_a_badge() {
        let text = MIXED
            .replace("hub: { kind: ipaas,", "hub: { kind: ipaas, status: phasing-out,")
            .replace("gone: { kind: other, status: retired }", "gone: { kind: other, status: planned }")
            .replace("mechanism: export-import, standby: true", "mechanism: export-import, status: off");
        let diagram = seen(&text, landscape);
        assert_eq!(diagram.nodes[2].badge, "phasing out");
        assert!(
            diagram
                .subtitle
                .ends_with("1 planned flow · not shown: 1 planned system, 1 flow of theirs and 1 flow that is off"),
            "{}",
            diagram.subtitle
        );
    }

    #[test]
    fn what_a_system_depends_on_is_a_line_and_no_flow() {
        let text = "sinew: 1
systems:
  a: { kind: crm, depends_on: [{ any_of: [b, c] }, b, gone, { any_of: [c, d] }] }
  b: { kind: cms, depends_on: d }
  c: { kind: cms }
  d: { kind: other }
  gone: { kind: other, status: retired }
  left: { kind: other, status: retired, depends_on: d }
";
        let diagram = seen(text, landscape);
        let lines: Vec<(&str, Style, String, &str)> = diagram
            .edges
            .iter()
            .map(|edge| (edge.id.as_str(), edge.style, edge.label.join(" / "), edge.tooltip.as_str()))
            .collect();
        // What is needed alone is no alternative, wherever it is one besides.
        let expected = [
            ("a depends on b", "", "A depends on B"),
            ("a depends on c", "or", "A depends on B or C"),
            ("a depends on d", "or", "A depends on C or D"),
            ("b depends on d", "", "B depends on D"),
        ];
        assert_eq!(lines, expected.map(|(id, label, said)| (id, Style::DependsOn, label.to_owned(), said)));
        assert_eq!(diagram.title, "4 systems, no flows between them");
        assert!(diagram.alt.contains("with 0 flows"), "{}", diagram.alt);
    }

    #[test]
    fn a_system_that_depends_on_a_retired_one_is_down_today() {
        let text = MIXED.replace("crm: { kind: crm,", "crm: { kind: crm, depends_on: [gone],");
        let diagram = seen(&text, landscape);
        assert_eq!(diagram.nodes[1].notes, ["down today"]);
    }
}
