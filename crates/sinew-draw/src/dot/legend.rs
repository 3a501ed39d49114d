//! The legend as a cluster of its own, with a sample of every mark that the diagram uses.

use graphviz_rust::dot_structures::{Edge, EdgeTy, Id, Node, NodeId, Stmt, Subgraph, Vertex};

use super::marks;
use super::quote::{left, name, named, set, text};
use crate::legend::legend;
use crate::theme::{Theme, hex};
use crate::{Diagram, Emphasis, LegendEntry, Mark, Role};

/// The cluster, if there is anything to explain: lines above boxes.
pub(super) fn cluster(diagram: &Diagram, theme: &Theme) -> Option<Stmt> {
    let entries = legend(diagram);
    if entries.is_empty() {
        return None;
    }
    let mut stmts: Vec<Stmt> = [
        named("label", left("Legend")),
        set("labelloc", "t"),
        set("labeljust", "l"),
        set("fontsize", "12"),
        set("peripheries", "1"),
        set("style", "rounded"),
        set("color", &hex(theme.frame_stroke)),
        set("fontcolor", &hex(theme.muted)),
    ]
    .map(Stmt::Attribute)
    .into();
    let (mut lines, mut boxes) = (Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        if entry.mark == Mark::Guess {
            let look =
                vec![named("label", text(&format!("? {}", entry.words))), set("shape", "none"), set("fontsize", "10")];
            stmts.push(Stmt::Node(Node::new(NodeId(sample(at, "guess"), None), look)));
            continue;
        }
        match sample_box(diagram, entry.mark) {
            Some((role, emphasis)) => boxes.push((sample(at, "box"), entry, role, emphasis)),
            None => lines.push((at, entry)),
        }
    }
    for (at, entry) in &lines {
        stmts.extend(line(theme, *at, entry));
    }
    for (id, entry, role, emphasis) in &boxes {
        let mut look = vec![named("label", text(entry.words)), set("fontsize", "10"), set("height", "0.3")];
        look.extend(marks::of_box(theme, *role, *emphasis));
        stmts.push(Stmt::Node(Node::new(NodeId(id.clone(), None), look)));
    }
    // Two to a row and no further apart than a line is long: any picture with a line has room for that.
    for pair in boxes.chunks_exact(2) {
        stmts.push(joined(pair[0].0.clone(), pair[1].0.clone(), vec![set("style", "invis")]));
    }
    Some(Stmt::Subgraph(Subgraph { id: name("cluster_legend"), stmts }))
}

/// A line with the words that explain it, as lines have them.
fn line(theme: &Theme, at: usize, entry: &LegendEntry) -> Vec<Stmt> {
    // As high at both ends, so that the lines run level.
    let end = |part| {
        let look = vec![set("shape", "none"), set("width", "0.05"), set("height", "0.3"), set("label", "")];
        Stmt::Node(Node::new(NodeId(sample(at, part), None), look))
    };
    let share = if entry.mark == Mark::Weight { 1.0 } else { 0.0 };
    let mut look = vec![set("label", &format!("{}\n ", entry.words))];
    look.extend(marks::of_line(theme, entry.line, entry.emphasis, share));
    vec![end("begin"), end("end"), joined(sample(at, "begin"), sample(at, "end"), look)]
}

fn joined(from: Id, to: Id, attributes: Vec<graphviz_rust::dot_structures::Attribute>) -> Stmt {
    Stmt::Edge(Edge { ty: EdgeTy::Pair(Vertex::N(NodeId(from, None)), Vertex::N(NodeId(to, None))), attributes })
}

/// The name of a sample: no name of the diagram begins so.
fn sample(at: usize, part: &str) -> Id {
    Id::Escaped(format!("\"!legend {at} {part}\""))
}

/// The box that a mark is shown on; for an emphasis, the first of the diagram that has it.
fn sample_box(diagram: &Diagram, mark: Mark) -> Option<(Role, Emphasis)> {
    match mark {
        Mark::Role(role) => Some((role, Emphasis::Normal)),
        Mark::Emphasis(emphasis) => {
            let first = diagram.nodes.iter().find(|node| node.emphasis == emphasis);
            Some((first.map_or(Role::System, |node| node.role), emphasis))
        }
        Mark::Style(_) | Mark::EdgeEmphasis(_) | Mark::Weight | Mark::Key | Mark::Guess => None,
    }
}
