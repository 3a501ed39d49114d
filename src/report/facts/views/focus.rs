//! Three levels of what a picture shows: what its title is about, what touches that, and the rest, in one gray without words.

use std::collections::BTreeSet;

use sinew_draw::{Diagram, EdgeEmphasis, Emphasis};

/// Things that a picture is about at most.
const MOST: usize = 3;

/// The diagram with the flows and systems of `hot`, at most three, as they are drawn, flows strong; with the systems and flows that
/// touch a hot system, and the ends of hot flows, named but without more words; and with all else gray and, where it is a line,
/// without words. Single points of failure among them keep the color of rings as their outline. Where nothing is hot it stays as it is.
#[must_use]
pub(super) fn focused(mut diagram: Diagram, hot: &[String]) -> Diagram {
    let hot: BTreeSet<&str> = hot.iter().take(MOST).map(String::as_str).collect();
    let is_hot = |id: &str| hot.contains(id);
    let is_about =
        diagram.nodes.iter().any(|node| is_hot(&node.id)) || diagram.edges.iter().any(|edge| is_hot(&edge.id));
    if !is_about {
        return diagram;
    }
    let mut near: BTreeSet<String> = BTreeSet::new();
    for edge in &mut diagram.edges {
        let touches = edge.way().into_iter().any(is_hot);
        edge.emphasis = match is_hot(&edge.id) {
            true => EdgeEmphasis::Strong,
            false if touches => EdgeEmphasis::Normal,
            false => EdgeEmphasis::Receded,
        };
        if edge.emphasis != EdgeEmphasis::Receded {
            near.extend(edge.way().into_iter().map(str::to_owned));
        }
        if edge.emphasis != EdgeEmphasis::Strong {
            edge.label.clear();
            edge.rank.clear();
            edge.price.clear();
            (edge.weight, edge.is_guess) = (0.0, false);
        }
    }
    for node in diagram.nodes.iter_mut().filter(|node| !is_hot(&node.id)) {
        let is_near = near.contains(&node.id);
        // What stops something by failing, as the hot one does, says so without a word.
        let plain = if node.emphasis == Emphasis::Ringed { Emphasis::Point } else { Emphasis::Normal };
        node.emphasis = if is_near { plain } else { plain.receded() };
        node.notes.clear();
        node.price.clear();
        if !is_near {
            node.caption.clear();
            node.badge.clear();
        }
    }
    diagram
}

#[cfg(test)]
mod tests {
    use super::*;
    use sinew_draw::{Edge, Node, Style};

    fn diagram() -> Diagram {
        let node = |id: &str| Node { id: id.into(), name: id.into(), caption: "CRM".into(), ..Node::default() };
        let edge = |id: &str, from: &str, to: &str| Edge {
            id: id.into(),
            from: from.into(),
            to: to.into(),
            label: vec!["Lead".into(), "12 h a year".into()],
            rank: "1".into(),
            style: Style::Manual,
            weight: 12.0,
            ..Edge::default()
        };
        let nodes = ["a", "b", "c", "d"].map(node).to_vec();
        let edges = vec![edge("ab", "a", "b"), edge("bc", "b", "c"), edge("cd", "c", "d")];
        Diagram { nodes, edges, ..Diagram::default() }
    }

    fn levels(hot: &[&str]) -> (Vec<Emphasis>, Vec<(EdgeEmphasis, usize)>) {
        let hot: Vec<String> = hot.iter().map(|id| (*id).to_owned()).collect();
        let made = focused(diagram(), &hot);
        let nodes = made.nodes.iter().map(|node| node.emphasis).collect();
        (nodes, made.edges.iter().map(|edge| (edge.emphasis, edge.words().len())).collect())
    }

    #[test]
    fn a_hot_flow_has_its_words_and_its_ends_their_names() {
        let (nodes, edges) = levels(&["ab"]);
        assert_eq!(nodes, [Emphasis::Normal, Emphasis::Normal, Emphasis::Receded, Emphasis::Receded]);
        assert_eq!(edges, [(EdgeEmphasis::Strong, 2), (EdgeEmphasis::Receded, 0), (EdgeEmphasis::Receded, 0)]);
    }

    #[test]
    fn what_touches_a_hot_system_is_near_and_the_rest_is_gray() {
        let (nodes, edges) = levels(&["b"]);
        assert_eq!(nodes, [Emphasis::Normal, Emphasis::Normal, Emphasis::Normal, Emphasis::Receded]);
        assert_eq!(edges, [(EdgeEmphasis::Normal, 0), (EdgeEmphasis::Normal, 0), (EdgeEmphasis::Receded, 0)]);
        assert_eq!(focused(diagram(), &["nobody".into()]), diagram(), "nothing is hot");
    }
}
