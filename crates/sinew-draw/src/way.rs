//! Lines from stop to stop: what is said behind a stop, and the parts of edges for formats that draw each edge by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Diagram, Edge};

/// What an edge says behind a stop: what it carries once more, object by object, as several edges may carry the same one.
pub(crate) fn led_on(edge: &Edge) -> impl Iterator<Item = &str> {
    edge.label.first().into_iter().flat_map(|words| words.split(", "))
}

/// The edges of a diagram whose ends it has, in its order, each that stops on its way in parts: the first is labeled as the
/// edge is, the others say once more what it carries. Parts behind a stop that join the same boxes in the same look are one.
pub(crate) fn parts(diagram: &Diagram) -> Vec<Edge> {
    let known: BTreeSet<&str> = diagram.nodes.iter().map(|node| node.id.as_str()).collect();
    let mut parts: Vec<Edge> = Vec::new();
    let mut seen = BTreeMap::new();
    for edge in diagram.edges.iter().filter(|edge| known.contains(&*edge.from) && known.contains(&*edge.to)) {
        let edge = edge.stopping_at(|id| known.contains(id));
        for (part, ends) in edge.way().windows(2).enumerate() {
            let [from, to] = [ends[0].to_owned(), ends[1].to_owned()];
            if part == 0 {
                parts.push(Edge { from, to, stops: Vec::new(), ..edge.clone() });
                continue;
            }
            let key = (from.clone(), to.clone(), edge.style, edge.emphasis);
            let at = *seen.entry(key).or_insert_with(|| {
                let id = format!("{} from {from}", edge.id);
                parts.push(Edge { id, from, to, style: edge.style, emphasis: edge.emphasis, ..Edge::default() });
                parts.len() - 1
            });
            let one = &mut parts[at];
            one.weight += edge.weight;
            for object in led_on(&edge) {
                if !one.label.iter().any(|other| other == object) {
                    one.label.push(object.to_owned());
                }
            }
            let tips = [&*one.tooltip, &*edge.tooltip].map(str::to_owned);
            one.tooltip = tips.into_iter().filter(|tip| !tip.is_empty()).collect::<Vec<_>>().join("\n");
        }
    }
    for at in seen.into_values() {
        let words = parts[at].label.join(", ");
        parts[at].label = if words.is_empty() { Vec::new() } else { vec![words] };
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Node, Stop};

    #[test]
    fn an_edge_is_drawn_from_stop_to_stop_and_what_it_lacks_is_named() {
        let node = |id: &str| Node { id: id.into(), ..Node::default() };
        let stop = |id: &str| Stop { id: id.into(), name: id.to_uppercase() };
        let edge = |id: &str, from: &str, label: &[&str], stops: &[&str]| Edge {
            id: id.into(),
            from: from.into(),
            to: "z".into(),
            label: label.iter().map(|&words| words.to_owned()).collect(),
            stops: stops.iter().map(|id| stop(id)).collect(),
            tooltip: format!("tip of {id}"),
            weight: 2.0,
            ..Edge::default()
        };
        let diagram = Diagram {
            nodes: ["a", "b", "hub", "z"].map(node).into(),
            edges: vec![
                edge("1", "a", &["Lead", "5 h"], &["hub"]),
                edge("2", "b", &["Order"], &["gone", "hub", "away"]),
                edge("3", "b", &["Lead"], &["hub", "hub", "z"]),
                edge("4", "a", &[], &["gone"]),
                edge("5", "gone", &["Lead"], &["hub"]),
            ],
            ..Diagram::default()
        };
        let parts = parts(&diagram);
        let said: Vec<[String; 4]> = parts
            .iter()
            .map(|part| [part.id.clone(), part.from.clone(), part.to.clone(), part.label.join(" / ")])
            .collect();
        let expected = [
            ["1", "a", "hub", "Lead / 5 h"],
            ["1 from hub", "hub", "z", "Lead, Order"],
            ["2", "b", "hub", "Order / via GONE and AWAY"],
            ["3", "b", "hub", "Lead"],
            ["4", "a", "z", ""],
        ];
        assert_eq!(said, expected.map(|row| row.map(str::to_owned)));
        assert_eq!((parts[1].weight, &*parts[1].tooltip), (6.0, "tip of 1\ntip of 2\ntip of 3"));
    }

    #[test]
    fn a_line_from_a_box_to_itself_stays_one() {
        let node = Node { id: "a".into(), ..Node::default() };
        let edge = Edge { id: "1".into(), from: "a".into(), to: "a".into(), ..Edge::default() };
        let diagram = Diagram { nodes: vec![node], edges: vec![edge.clone()], ..Diagram::default() };
        assert_eq!(parts(&diagram), [edge]);
    }
}
