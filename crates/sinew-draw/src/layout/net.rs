//! A diagram in numbers: nodes by index, clusters with their members, parallel edges merged.

use std::collections::BTreeMap;

use crate::{Diagram, Edge, EdgeEmphasis, Style, text};

/// What the layout works on.
#[derive(Debug, Clone)]
pub(super) struct Net {
    /// Members of each group that has any: the framed clusters in the order of the diagram, then
    /// the nodes outside of all frames.
    pub(super) groups: Vec<Group>,
    /// Group of each node.
    pub(super) group_of: Vec<usize>,
    /// Merged edges, in the order of their first edge.
    pub(super) links: Vec<Link>,
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Index of the cluster whose frame is drawn; `None` for no frame.
    pub(super) cluster: Option<usize>,
    pub(super) nodes: Vec<usize>,
}

/// Edges with the same ends, style and emphasis, drawn as one line.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) style: Style,
    pub(super) emphasis: EdgeEmphasis,
    /// Indices of the edges, ascending.
    pub(super) edges: Vec<usize>,
    /// Sum of the edges' weights.
    pub(super) weight: f64,
    /// Labels of the edges, each once, on one line, with their ranks; empty for none.
    pub(super) label: String,
    /// Only the first line of each label; what the flow carries, mostly.
    pub(super) brief: String,
    /// The label on two lines as its edge has them, where there is one edge with more than one line.
    pub(super) folded: Option<[String; 2]>,
    /// The ranks of the edges, each once; empty for none.
    pub(super) rank: String,
    /// The prices of the edges, each once; empty for none.
    pub(super) price: String,
    /// The label as the key has it: the rank stands on the disc before it, and the ends are named.
    pub(super) in_key: String,
}

impl Link {
    /// Whether its label must be said on a crowded slide too: work by hand, what is new, and what the
    /// picture is about.
    pub(super) fn is_vital(&self) -> bool {
        matches!(self.style, Style::Manual | Style::New)
            || matches!(self.emphasis, EdgeEmphasis::Strong | EdgeEmphasis::Lost)
    }
}

impl Net {
    pub(super) fn new(diagram: &Diagram) -> Net {
        let mut index = BTreeMap::new();
        for (i, node) in diagram.nodes.iter().enumerate() {
            index.entry(node.id.as_str()).or_insert(i);
        }
        let (groups, group_of) = groups(diagram);
        Net { groups, group_of, links: links(diagram, &index) }
    }
}

fn groups(diagram: &Diagram) -> (Vec<Group>, Vec<usize>) {
    let mut cluster_index = BTreeMap::new();
    for (i, cluster) in diagram.clusters.iter().enumerate() {
        cluster_index.entry(cluster.id.as_str()).or_insert(i);
    }
    let none = diagram.clusters.len();
    let mut members = vec![Vec::new(); none + 1];
    for (i, node) in diagram.nodes.iter().enumerate() {
        let c = node.cluster.as_deref().and_then(|id| cluster_index.get(id).copied()).unwrap_or(none);
        members[c].push(i);
    }
    let mut groups = Vec::new();
    let mut group_of = vec![0; diagram.nodes.len()];
    for (c, nodes) in members.into_iter().enumerate() {
        if !nodes.is_empty() {
            nodes.iter().for_each(|&n| group_of[n] = groups.len());
            groups.push(Group { cluster: (c < none).then_some(c), nodes });
        }
    }
    (groups, group_of)
}

/// Pieces of a list of ranks that a disc has room for.
const RANKS: usize = 3;

/// Ranks as a disc has room for them: `1–10` for ten in a row, and of many pieces the first.
fn in_brief(ranks: &str) -> String {
    let numbers: Option<Vec<usize>> = ranks.split(", ").map(|rank| rank.parse().ok()).collect();
    let Some(numbers) = numbers else { return ranks.to_owned() };
    let rows = numbers.chunk_by(|a, b| a + 1 == *b);
    let mut pieces: Vec<String> = Vec::new();
    for row in rows {
        match row {
            [first, _, .., last] => pieces.push(format!("{first}–{last}")),
            few => pieces.extend(few.iter().map(ToString::to_string)),
        }
    }
    if pieces.len() > RANKS {
        pieces.truncate(RANKS);
        pieces.push("…".to_owned());
    }
    pieces.join(", ")
}

fn links(diagram: &Diagram, index: &BTreeMap<&str, usize>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut seen = BTreeMap::new();
    for (i, edge) in diagram.edges.iter().enumerate() {
        let (Some(&from), Some(&to)) = (index.get(edge.from.as_str()), index.get(edge.to.as_str())) else { continue };
        let weight = if edge.weight.is_finite() { edge.weight.max(0.0) } else { 0.0 };
        let at = *seen.entry((from, to, edge.style, edge.emphasis)).or_insert_with(|| {
            links.push(Link {
                from,
                to,
                style: edge.style,
                emphasis: edge.emphasis,
                edges: Vec::new(),
                weight: 0.0,
                label: String::new(),
                brief: String::new(),
                folded: None,
                rank: String::new(),
                price: String::new(),
                in_key: String::new(),
            });
            links.len() - 1
        });
        links[at].edges.push(i);
        links[at].weight += weight;
    }
    for link in &mut links {
        let each_once = |of: &dyn Fn(&Edge) -> String| {
            let mut found: Vec<String> = Vec::new();
            for &e in &link.edges {
                let words = text::clean(&of(&diagram.edges[e]));
                if !words.is_empty() && !found.contains(&words) {
                    found.push(words);
                }
            }
            found.join(", ")
        };
        let label = each_once(&|edge| edge.words().join(" "));
        let brief = each_once(&|edge| edge.words().into_iter().next().unwrap_or_default());
        let rank = in_brief(&each_once(&|edge| edge.rank.clone()));
        link.price = each_once(&|edge| edge.price.clone());
        let plain = each_once(&|edge| {
            let said: Vec<&str> = edge.label.iter().chain([&edge.price]).map(String::as_str).collect();
            let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
            said.join(if edge.rank.is_empty() { " " } else { ", " })
        });
        let name = |node: usize| text::clean(&diagram.nodes[node].name);
        link.in_key = match rank.is_empty() {
            true => plain,
            false => format!("{} to {}: {plain}", name(link.from), name(link.to)),
        };
        if let [only] = link.edges[..]
            && let [first, rest @ ..] = &diagram.edges[only].words()[..]
        {
            let (first, rest) = (text::clean(first), text::clean(&rest.join(" ")));
            link.folded = (!first.is_empty() && !rest.is_empty()).then_some([first, rest]);
        }
        (link.label, link.brief, link.rank) = (label, brief, rank);
    }
    links
}
