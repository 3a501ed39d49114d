//! The outage view: what is lost when the named components fail, and the road it was lost by.

use std::collections::BTreeSet;

use crate::analysis::outages::{component_id, joint_outage};
use crate::analysis::roads::roads;
use crate::analysis::words::{listed, price_per_hour};
use crate::analysis::{Analysis, Outage};
use crate::analysis::{Component, Fact};
use crate::model::{Flow, FlowIx, ProcessIx, SystemIx};
use sinew_draw::{Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Node, Role, Style};

use super::elements::{Elements, receded};
use super::landscape::landscape;
use super::phrases::{capital, spelled};

/// Every live system and flow: what failed and what went down with it is struck out, what no longer works is marked,
/// the road to each process that stops stands out, and what survives recedes. Processes that stop or degrade are boxes
/// of their own, joined to the systems that no longer give them what they need. Systems come by id, then processes.
#[must_use]
pub fn outage(analysis: &Analysis<'_>, components: &[Component]) -> Diagram {
    let stack = analysis.stack;
    let elements = Elements::of(analysis);
    let found = joint_outage(stack, &analysis.supply, components);
    let roads = roads(stack, &analysis.supply, components, &found.processes_down);
    let touched: BTreeSet<Component> = roads.iter().flat_map(|road| road.touched.iter().copied()).collect();
    let picture = Picture { analysis, elements, found, touched };
    let systems: Vec<SystemIx> = stack.live_systems().map(|(ix, _)| ix).collect();
    let mut nodes: Vec<Node> = systems.iter().map(|ix| picture.system(*ix)).collect();
    let mut edges: Vec<Edge> = stack.live_flows().map(|(ix, flow)| picture.flow(ix, flow)).collect();
    edges.extend(picture.dependencies());
    picture.processes(&mut nodes, &mut edges);
    let clusters = picture.elements.domains(systems);
    let (title, subtitle) = (picture.title(), picture.subtitle());
    let alt = format!("{title}. Outage diagram: {subtitle}.");
    let meanings = vec![
        (Mark::Emphasis(Emphasis::Lost), "Failed, down or stopped"),
        (Mark::Emphasis(Emphasis::RingedDashed), "Runs only on standby"),
        (Mark::Emphasis(Emphasis::Receded), "Works as before"),
        (Mark::EdgeEmphasis(EdgeEmphasis::Lost), "No longer carries anything"),
        (Mark::EdgeEmphasis(EdgeEmphasis::Receded), "Flow that still works"),
        (Mark::Weight, "Thicker: on the way to what stops"),
    ];
    let source = picture.elements.source();
    Diagram { title, subtitle, source, alt, clusters, nodes, edges, meanings, ..Diagram::default() }
        .standing_as(landscape(analysis))
}

struct Picture<'a> {
    analysis: &'a Analysis<'a>,
    elements: Elements<'a>,
    found: Outage,
    touched: BTreeSet<Component>,
}

impl Picture<'_> {
    fn system(&self, ix: SystemIx) -> Node {
        let is_down = self.found.systems_down.contains(&ix);
        let is_starved = self.found.systems_starved.contains(&ix);
        let mut node = self.elements.system(ix);
        node.notes.clear();
        node.emphasis = if is_down {
            Emphasis::Lost
        } else if is_starved {
            Emphasis::Normal
        } else {
            Emphasis::Receded
        };
        if is_down {
            let failed = self.found.components.contains(&Component::System(ix));
            node.badge = if failed { "failed" } else { "down" }.to_owned();
        } else if is_starved {
            let lost = self.found.facts_lost.iter().filter(|fact| fact.at == ix).count();
            node.badge = format!("loses {lost}");
        }
        node
    }

    /// Whether nothing that the flow carries arrives by it any more.
    fn is_lost(&self, ix: FlowIx, flow: &Flow) -> bool {
        let failed = &self.found.components;
        let is_down = |system: &SystemIx| self.found.systems_down.contains(system);
        let is_away = |team| flow.is_manual() && failed.contains(&Component::Team(team));
        let gone = |at| flow.data.iter().all(|data| self.found.facts_lost.contains(&Fact { at, data: *data }));
        failed.contains(&Component::Flow(ix))
            || [flow.from, flow.to].iter().chain(&flow.through).any(is_down)
            || flow.performer.is_some_and(is_away)
            || gone(flow.from)
    }

    fn flow(&self, ix: FlowIx, flow: &Flow) -> Edge {
        let is_on_road = self.touched.contains(&Component::Flow(ix));
        let is_lost = self.is_lost(ix, flow);
        let mut edge = self.elements.flow(ix);
        if !is_on_road {
            edge.label = Vec::new();
        }
        edge.emphasis = if is_lost { EdgeEmphasis::Lost } else { EdgeEmphasis::Receded };
        edge.weight = if is_on_road { 1.0 } else { 0.0 };
        edge
    }

    /// What a system that is down depends on where that is down too, which is why; the rest gray.
    fn dependencies(&self) -> impl Iterator<Item = Edge> {
        let is_down =
            |id: &str| self.analysis.stack.find_system(id).is_some_and(|ix| self.found.systems_down.contains(&ix));
        self.elements.dependencies().into_iter().map(move |line| match is_down(&line.from) && is_down(&line.to) {
            true => Edge { emphasis: EdgeEmphasis::Lost, ..line },
            false => receded(line),
        })
    }

    /// The processes that stop or degrade, and the needs that they lost.
    fn processes(&self, nodes: &mut Vec<Node>, edges: &mut Vec<Edge>) {
        let stack = self.analysis.stack;
        let down = self.found.processes_down.iter().map(|ix| (ix, Emphasis::Lost, "stops"));
        let degraded = self.found.processes_degraded.iter().map(|ix| (ix, Emphasis::RingedDashed, "on standby"));
        let mut affected: Vec<_> = down.chain(degraded).collect();
        affected.sort_by_key(|(ix, ..)| **ix);
        for (ix, emphasis, badge) in affected {
            let process = stack.process(*ix);
            let id = format!("process:{}", process.id);
            nodes.push(Node {
                id: id.clone(),
                name: process.name.to_string(),
                caption: "process".to_owned(),
                role: Role::Process,
                emphasis,
                badge: badge.to_owned(),
                ..Node::default()
            });
            let is_lost = |at, data| self.found.facts_lost.contains(&Fact { at, data });
            let lost = process.data_needs().filter(|need| is_lost(need.at, need.data));
            let systems: BTreeSet<SystemIx> = lost.map(|need| need.at).collect();
            edges.extend(systems.into_iter().map(|at| Edge {
                id: format!("{}->{id}", stack.system(at).id),
                from: stack.system(at).id.to_string(),
                to: id.clone(),
                style: Style::Automated,
                emphasis: EdgeEmphasis::Lost,
                weight: 1.0,
                ..Edge::default()
            }));
            let needed: BTreeSet<ProcessIx> = process.process_needs().map(|need| need.process).collect();
            let stopped = needed.into_iter().filter(|needed| self.found.processes_down.contains(needed));
            edges.extend(stopped.map(|needed| {
                let from = format!("process:{}", stack.process(needed).id);
                Edge {
                    id: format!("{from}->{id}"),
                    from,
                    to: id.clone(),
                    style: Style::Automated,
                    emphasis: EdgeEmphasis::Lost,
                    weight: 1.0,
                    ..Edge::default()
                }
            }));
        }
    }

    fn title(&self) -> String {
        let stack = self.analysis.stack;
        let names: Vec<&str> = self.found.components.iter().map(|component| name(stack, *component)).collect();
        let without = format!("Without {}", listed(&names));
        let names = |processes: &[ProcessIx]| -> Vec<&str> {
            processes.iter().map(|ix| stack.process(*ix).name.as_str()).collect()
        };
        match (self.found.processes_down.as_ref(), self.found.processes_degraded.as_ref()) {
            ([], []) if self.found.facts_lost.is_empty() => format!("{without}, nothing is lost"),
            ([], []) => format!("{without}, no process stops"),
            ([], degraded) => format!("{without}, {} can run only on standby", listed(&names(degraded))),
            ([one], _) => format!("{without}, {} stops", stack.process(*one).name),
            (down, _) if down.len() < 4 => format!("{without}, {} stop", listed(&names(down))),
            (down, _) => format!("{without}, {} processes stop", spelled(down.len())),
        }
    }

    fn subtitle(&self) -> String {
        let stack = self.analysis.stack;
        let mut parts = Vec::new();
        parts.extend(price_per_hour(stack, &self.found));
        let down =
            self.found.systems_down.iter().filter(|ix| !self.found.components.contains(&Component::System(**ix)));
        let counts = [
            (down.count(), "other system goes down", "other systems go down"),
            (self.found.systems_starved.len(), "system loses data", "systems lose data"),
        ];
        for (count, one, many) in counts {
            match count {
                0 => {}
                1 => parts.push(format!("one {one}")),
                n => parts.push(format!("{} {many}", spelled(n))),
            }
        }
        capital(&parts.join(" · "))
    }
}

fn name(stack: &crate::model::Stack, component: Component) -> &str {
    match component {
        Component::System(ix) => &stack.system(ix).name,
        Component::Team(ix) => &stack.team(ix).name,
        Component::Flow(_) => component_id(stack, component),
    }
}
