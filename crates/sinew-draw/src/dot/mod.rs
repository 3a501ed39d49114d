//! DOT: a diagram as Graphviz reads it, with title, source line and legend.
//!
//! Any text comes out as text: it is quoted and escaped in one place, `quote`. What is too long for a box is shortened there and
//! stands in full in the tooltip.

mod legend;
mod marks;
mod pinned;
mod quote;
mod wrap;

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::dot_structures::{
    Edge as DotEdge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use crate::scene::Ink;
use crate::svg::disc;
use crate::theme::{Theme, hex};
use crate::way::parts;
use crate::{Diagram, Edge, EdgeEmphasis, Node, Role, Style};
use marks::FONT;
pub use pinned::pinned;
use quote::{Words, badged, left, name, named, rich, set, text};
use wrap::wrapped;

/// Columns and lines of a box and of the label of a line.
const BOX_COLUMNS: u32 = 26;
const LABEL_COLUMNS: u32 = 30;
const LINES: usize = 3;

/// Edges between two boxes up to which their labels leave room for each other.
const FEW_BETWEEN: usize = 4;

/// Columns of the title and of the lines beneath it.
const TITLE_COLUMNS: u32 = 90;
const SMALL_COLUMNS: u32 = 130;

/// The diagram in DOT, in the colors of the light theme. Nodes, edges and clusters come in the order of the
/// diagram; the same diagram gives the same text. An edge of which an end is unknown and a cluster without nodes are
/// left out, as in every format.
#[must_use]
pub fn dot(diagram: &Diagram) -> String {
    let theme = Theme::light();
    let mut stmts = settings(diagram, &theme);
    stmts.push(body(diagram, &theme));
    stmts.extend(edges(diagram, &theme));
    let graph = Graph::DiGraph { id: text("sinew"), strict: false, stmts };
    let mut printed = graph.print(&mut PrinterContext::default());
    printed.push('\n');
    printed
}

/// The page: title above, left to right, as wide as a slide is.
fn settings(diagram: &Diagram, theme: &Theme) -> Vec<Stmt> {
    let graph = vec![
        named("label", bold(&wrapped(&diagram.title, TITLE_COLUMNS, LINES), 22.0)),
        named("tooltip", quote::tooltip(&diagram.alternative_text())),
        set("labelloc", "t"),
        set("labeljust", "l"),
        set("fontname", FONT),
        set("fontcolor", &hex(theme.strong)),
        set("bgcolor", &hex(theme.background)),
        set("rankdir", "LR"),
        set("ratio", "0.5625"),
        set("nodesep", "0.3"),
        set("ranksep", "0.7"),
        set("pad", "0.3"),
        set("newrank", "true"),
    ];
    let node = vec![set("fontname", FONT), set("fontsize", "12"), set("margin", "0.14,0.07")];
    let edge = vec![set("fontname", FONT), set("fontsize", "10")];
    [GraphAttributes::Graph(graph), GraphAttributes::Node(node), GraphAttributes::Edge(edge)]
        .map(Stmt::GAttribute)
        .into()
}

/// Subtitle and source line are labels of two frames around everything that nobody sees: a graph has one label only,
/// and one label has one size of letters.
fn body(diagram: &Diagram, theme: &Theme) -> Stmt {
    let mut inner = unseen_frame(&diagram.source, "b", "10", theme);
    let clusters: BTreeSet<&str> = diagram.clusters.iter().map(|cluster| cluster.id.as_str()).collect();
    for cluster in &diagram.clusters {
        let nodes: Vec<Stmt> = diagram
            .nodes
            .iter()
            .filter(|node| node.cluster.as_deref() == Some(&cluster.id))
            .map(|node| node_stmt(node, theme))
            .collect();
        if !nodes.is_empty() {
            let mut stmts = frame(&cluster.name, theme);
            stmts.extend(nodes);
            inner.push(subgraph(&format!("cluster_ {}", cluster.id), stmts));
        }
    }
    let is_outside = |node: &&Node| node.cluster.as_deref().is_none_or(|cluster| !clusters.contains(cluster));
    let joined: BTreeSet<&str> = diagram.edges.iter().flat_map(Edge::way).collect();
    let (free, alone): (Vec<&Node>, Vec<&Node>) =
        diagram.nodes.iter().filter(is_outside).partition(|node| joined.contains(node.id.as_str()));
    let free = free.into_iter().map(|node| node_stmt(node, theme));
    if diagram.clusters.is_empty() {
        // Frames come in their order, so that the legend is drawn after this one and not above it.
        let mut stmts = unseen_frame("", "t", "10", theme);
        stmts.extend(free);
        inner.push(subgraph("cluster_free", stmts));
    } else {
        inner.extend(free);
    }
    if !alone.is_empty() {
        // Kept together, or Graphviz would put them anywhere between the others.
        let mut stmts = unseen_frame("", "t", "10", theme);
        stmts.extend(alone.into_iter().map(|node| node_stmt(node, theme)));
        inner.push(subgraph("cluster_alone", stmts));
    }
    inner.extend(legend::cluster(diagram, theme));
    let mut outer = unseen_frame(&diagram.subtitle, "t", "13", theme);
    outer.push(subgraph("cluster_source", inner));
    subgraph("cluster_subtitle", outer)
}

fn subgraph(id: &str, stmts: Vec<Stmt>) -> Stmt {
    Stmt::Subgraph(Subgraph { id: name(id), stmts })
}

fn unseen_frame(label: &str, place: &str, size: &str, theme: &Theme) -> Vec<Stmt> {
    let all = [
        named("label", left(&wrapped(label, SMALL_COLUMNS, LINES))),
        set("labelloc", place),
        set("labeljust", "l"),
        set("fontname", FONT),
        set("fontsize", size),
        set("fontcolor", &hex(theme.muted)),
        set("peripheries", "0"),
        set("margin", "10"),
    ];
    all.map(Stmt::Attribute).into()
}

fn frame(label: &str, theme: &Theme) -> Vec<Stmt> {
    let all = [
        named("label", bold(&wrapped(label, BOX_COLUMNS, LINES), 13.0)),
        named("tooltip", quote::tooltip(label)),
        set("labelloc", "t"),
        set("labeljust", "l"),
        set("fontname", FONT),
        set("style", "filled,rounded"),
        set("peripheries", "1"),
        set("fillcolor", &hex(theme.frame_fill)),
        set("color", &hex(theme.frame_stroke)),
        set("margin", "14"),
    ];
    all.map(Stmt::Attribute).into()
}

fn node_stmt(node: &Node, theme: &Theme) -> Stmt {
    let badge = if node.badge.is_empty() { String::new() } else { format!(" [{}]", node.badge) };
    let title = wrapped(&format!("{}{badge}", node.name), BOX_COLUMNS, LINES);
    let small = [&node.caption].into_iter().chain(&node.notes).filter(|line| !line.is_empty());
    let small: Vec<String> = small.map(|line| wrapped(line, BOX_COLUMNS, LINES)).collect();
    let caption = Some(theme.of_box(node.role, node.emphasis).caption);
    // The upper edge of a cylinder is a curve that comes down into it.
    let curve = (node.role == Role::SystemOfRecord).then_some(Words { text: "", bold: false, size: 5.0, color: None });
    let mut lines: Vec<Words<'_>> = curve.into_iter().collect();
    lines.push(Words { text: &title, bold: true, size: 12.0, color: None });
    lines.extend(small.iter().map(|line| Words { text: line, bold: false, size: 10.0, color: caption }));
    let mut look = vec![named(
        "label",
        match disc(Ink::Price(node.emphasis), theme).filter(|_| !node.price.is_empty()) {
            Some(fill) => badged(&lines, &price(&node.price, theme), fill, &[]),
            None => rich(&lines),
        },
    )];
    look.extend(marks::of_box(theme, node.role, node.emphasis));
    look.push(named("tooltip", quote::tooltip(&tooltip(&node.tooltip, &[&node.name, &node.caption]))));
    Stmt::Node(DotNode::new(NodeId(name(&node.id), None), look))
}

/// A price as the words of its badge.
fn price<'p>(said: &'p str, theme: &Theme) -> Words<'p> {
    Words { text: said, bold: true, size: 10.0, color: Some(theme.background) }
}

/// Words that are set off, on lines of one size.
fn bold(words: &str, size: f64) -> Id {
    if words.is_empty() { text("") } else { rich(&[Words { text: words, bold: true, size, color: None }]) }
}

/// What is said on pointing: the tooltip, or the texts in full where there is none.
fn tooltip(tooltip: &str, texts: &[&str]) -> String {
    if tooltip.is_empty() { texts.join(" ").trim().to_owned() } else { tooltip.to_owned() }
}

fn edges(diagram: &Diagram, theme: &Theme) -> Vec<Stmt> {
    let drawn = parts(diagram);
    let most = drawn.iter().map(|edge| edge.weight).fold(0.0, f64::max);
    let mut between: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
    for (at, edge) in drawn.iter().enumerate() {
        let (from, to) = (edge.from.as_str(), edge.to.as_str());
        between.entry([from.min(to), from.max(to)]).or_default().push(at);
    }
    // Graphviz may put the labels of edges between the same two boxes on the same spot: each leaves room for the others.
    let height = |at: usize| label_of(&drawn[at]).lines().count() + usize::from(!drawn[at].price.is_empty());
    let room = |at: usize| -> [usize; 2] {
        let edge = &drawn[at];
        let pair = &between[&[edge.from.as_str().min(&edge.to), edge.from.as_str().max(&edge.to)]];
        let is_few = pair.len() <= FEW_BETWEEN;
        let of = |others: &[usize]| if is_few { others.iter().map(|&other| height(other)).sum() } else { 0 };
        let place = pair.iter().position(|&other| other == at).unwrap_or(0);
        [of(&pair[..place]), of(&pair[place + 1..])]
    };
    (0..drawn.len()).map(|at| edge_stmt(&drawn[at], room(at), most, theme)).collect()
}

/// The words of an edge in lines, with an empty one beneath that keeps them off the line, which Graphviz lets touch them.
fn label_of(edge: &Edge) -> String {
    let lines: Vec<String> = edge.words().iter().map(|line| wrapped(line, LABEL_COLUMNS, LINES)).collect();
    if lines.is_empty() { String::new() } else { format!("{}\n ", lines.join("\n")) }
}

fn edge_stmt(edge: &Edge, [above, beneath]: [usize; 2], most: f64, theme: &Theme) -> Stmt {
    let share = if most > 0.0 && edge.weight > 0.0 { edge.weight / most } else { 0.0 };
    let words = edge.words();
    let labels: Vec<&str> = words.iter().map(String::as_str).collect();
    let pointed = quote::tooltip(&tooltip(&edge.tooltip, &labels));
    let label = label_of(edge);
    let label =
        if label.is_empty() { label } else { format!("{}{label}{}", " \n".repeat(above), "\n ".repeat(beneath)) };
    let is_strong = edge.emphasis == EdgeEmphasis::Strong;
    let plain = |words| Words { text: words, bold: is_strong, size: 10.0, color: None };
    let fill = disc(Ink::Number(edge.style, edge.emphasis), theme).filter(|_| !edge.price.is_empty());
    let label = match fill {
        Some(fill) => {
            let words = format!("{}{}", " \n".repeat(above), label_of(edge).trim_end_matches("\n "));
            // As without a badge, an empty line keeps it off the line.
            badged(&[plain(&words)], &price(&edge.price, theme), fill, &vec![plain(" "); beneath + 1])
        }
        None if is_strong => bold(&label, 10.0),
        None => text(&label),
    };
    let mut look = vec![named("label", label), named("id", name(&edge.id))];
    look.extend(marks::of_line(theme, edge.style, edge.emphasis, share));
    look.extend([named("tooltip", pointed.clone()), named("labeltooltip", pointed)]);
    if edge.style == Style::DependsOn {
        // What runs on what does not bend the way that data goes.
        look.push(set("constraint", "false"));
    }
    let end = |id: &str| Vertex::N(NodeId(name(id), None));
    Stmt::Edge(DotEdge { ty: EdgeTy::Pair(end(&edge.from), end(&edge.to)), attributes: look })
}
