//! A diagram in numbers: nodes by index, clusters with their members, parallel edges merged.

use std::collections::BTreeMap;

use super::reading::Reading;
use crate::way::led_on;
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
    /// Where boxes would stand for the sake of the reading direction.
    pub(super) reading: Reading,
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Index of the cluster whose frame is drawn; `None` for no frame.
    pub(super) cluster: Option<usize>,
    pub(super) nodes: Vec<usize>,
}

/// Edges, or parts of their way from stop to stop, with the same ends, style and emphasis, drawn as one line.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) style: Style,
    pub(super) emphasis: EdgeEmphasis,
    /// What it stands for, by edge: those that begin here and those that are led on from a stop.
    pub(super) legs: Vec<Leg>,
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
    /// Indices of the edges, ascending.
    pub(super) fn edges(&self) -> impl Iterator<Item = usize> {
        self.legs.iter().map(|leg| leg.edge)
    }

    /// Indices of the edges that begin here, and so are said here in full.
    pub(super) fn beginning(&self) -> impl Iterator<Item = usize> {
        self.legs.iter().filter(|leg| leg.part == 0).map(|leg| leg.edge)
    }

    /// Whether it only leads on what has been said before a stop.
    pub(super) fn is_repeated(&self) -> bool {
        self.legs.iter().all(|leg| leg.part > 0)
    }

    /// The id of its line.
    pub(super) fn id(&self, diagram: &Diagram) -> String {
        let Some(Leg { edge, part }) = self.legs.first().copied() else { return String::new() };
        let id = &diagram.edges[edge].id;
        if part == 0 { id.clone() } else { format!("{id} from {}", diagram.nodes[self.from].id) }
    }

    /// Whether its label must be said on a crowded slide too: work by hand, what is new, and what the
    /// picture is about.
    pub(super) fn is_vital(&self) -> bool {
        if self.is_repeated() {
            return false;
        }
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
        Net { groups, group_of, links: links(diagram, &index), reading: Reading::of(diagram) }
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

/// A part of the way of an edge: which edge, and the how-manieth part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) edge: usize,
    pub(super) part: usize,
}

fn links(diagram: &Diagram, index: &BTreeMap<&str, usize>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut seen = BTreeMap::new();
    for (i, edge) in diagram.edges.iter().enumerate() {
        let way: Option<Vec<usize>> = edge.way().into_iter().map(|id| index.get(id).copied()).collect();
        let weight = if edge.weight.is_finite() { edge.weight.max(0.0) } else { 0.0 };
        for (part, ends) in way.unwrap_or_default().windows(2).enumerate() {
            let at = *seen.entry((ends[0], ends[1], edge.style, edge.emphasis)).or_insert_with(|| {
                links.push(Link {
                    from: ends[0],
                    to: ends[1],
                    style: edge.style,
                    emphasis: edge.emphasis,
                    legs: Vec::new(),
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
            links[at].legs.push(Leg { edge: i, part });
            links[at].weight += weight;
        }
    }
    for link in &mut links {
        label(link, diagram);
    }
    links
}

/// Prices that one badge holds.
const PRICES: usize = 2;

/// The prices of the edges that begin with these legs: `3 × USD 1,300` where they are the same, each where they are few, else none, as
/// the key has them.
fn prices(legs: &[Leg], diagram: &Diagram) -> String {
    let begun = legs.iter().filter(|leg| leg.part == 0);
    let all: Vec<String> = begun.map(|leg| text::clean(&diagram.edges[leg.edge].price)).collect();
    let all: Vec<String> = all.into_iter().filter(|price| !price.is_empty()).collect();
    match &all[..] {
        [] => String::new(),
        [price] => price.clone(),
        [first, rest @ ..] if rest.iter().all(|price| price == first) => format!("{} × {first}", all.len()),
        some if some.len() <= PRICES => some.join(", "),
        _ => String::new(),
    }
}

/// What is said at a link, by the edges that begin here in full, and by those that are led on only what they carry.
fn label(link: &mut Link, diagram: &Diagram) {
    let legs = link.legs.clone();
    let said_once = |of: &dyn Fn(&Edge) -> String, of_led_on: bool| {
        let mut found: Vec<String> = Vec::new();
        for leg in &legs {
            let edge = &diagram.edges[leg.edge];
            let said = text::clean(&of(edge));
            let pieces = match leg.part {
                // Several edges may carry the same object: where nothing else is said of them, it is said once.
                0 if edge.words().len() == 1 => said.split(", ").map(str::to_owned).collect(),
                0 => vec![said],
                _ if of_led_on => led_on(edge).map(text::clean).collect(),
                _ => Vec::new(),
            };
            for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
                if !found.contains(&piece) {
                    found.push(piece);
                }
            }
        }
        found
    };
    let each_once = |of: &dyn Fn(&Edge) -> String, of_led_on: bool| said_once(of, of_led_on).join(", ");
    link.label = each_once(&|edge| edge.words().join(" "), true);
    link.brief = each_once(&|edge| edge.words().into_iter().next().unwrap_or_default(), true);
    link.rank = in_brief(&each_once(&|edge| edge.rank.clone(), false));
    link.price = prices(&legs, diagram);
    let plain = |edge: &Edge| {
        let said: Vec<&str> = edge.label.iter().chain([&edge.price]).map(String::as_str).collect();
        let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
        said.join(if edge.rank.is_empty() { " " } else { ", " })
    };
    let plain = said_once(&plain, true).join(if link.rank.is_empty() { ", " } else { "; " });
    let name = |node: usize| text::clean(&diagram.nodes[node].name);
    link.in_key = match link.rank.is_empty() {
        true => plain,
        false => format!("{} to {}: {plain}", name(link.from), name(link.to)),
    };
    if let [Leg { edge, part: 0 }] = link.legs[..]
        && let [first, rest @ ..] = &diagram.edges[edge].words()[..]
    {
        let (first, rest) = (text::clean(first), text::clean(&rest.join(" ")));
        link.folded = (!first.is_empty() && !rest.is_empty()).then_some([first, rest]);
    }
}
