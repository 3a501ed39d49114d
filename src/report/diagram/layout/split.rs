//! Splitting: an overview of the clusters and a slide for each part, where one slide is too small.

use std::collections::{BTreeMap, BTreeSet};

use super::super::scene::Scene;
use super::super::{Cluster, Diagram, Edge, Emphasis, Node, Role, Style};
use super::slide::{Effort, slide};

/// Beyond these no slide is tried: it would not be readable, and the search would be wasted.
const MOST_NODES: usize = 64;
const MOST_EDGES: usize = 170;
/// Nodes of a part where the diagram has no clusters to part it by.
const CHUNK: usize = 14;

pub(super) fn may_fit(d: &Diagram) -> bool {
    d.nodes.len() <= MOST_NODES && d.edges.len() <= MOST_EDGES
}

/// The diagram with each node id once and without edges that lack an end; on what is left every
/// reference holds.
pub(super) fn sound(d: &Diagram) -> Diagram {
    let mut d = d.clone();
    let mut seen = BTreeSet::new();
    d.nodes.retain(|n| seen.insert(n.id.clone()));
    d.edges.retain(|e| seen.contains(&e.from) && seen.contains(&e.to));
    d
}

/// A part of a diagram, what its slide says is left out, and the slide where it fits.
struct Piece {
    diagram: Diagram,
    notes: Vec<String>,
    scene: Option<Scene>,
}

/// Nodes with a home: an index into the parts' names.
struct Parts {
    clusters: Vec<Cluster>,
    of: Vec<usize>,
    index: BTreeMap<String, usize>,
}

pub(super) fn slides(d: &Diagram) -> Vec<Scene> {
    let parts = Parts::new(d);
    let mut scenes = Vec::new();
    scenes.extend(overview(d, &parts));
    for p in 0..parts.clusters.len() {
        let own: Vec<usize> = (0..d.nodes.len()).filter(|&n| parts.of[n] == p).collect();
        let edges: Vec<usize> = (0..d.edges.len())
            .filter(|&e| parts.of[parts.index[&d.edges[e].from]] == p || parts.of[parts.index[&d.edges[e].to]] == p)
            .collect();
        let mut found = Vec::new();
        part(d, &parts, p, &own, &edges, &mut found);
        let count = found.len();
        for (i, mut piece) in found.into_iter().enumerate() {
            if count > 1 {
                piece.diagram.title = format!("{} ({} of {count})", piece.diagram.title, i + 1);
                // The longer title may take a second line; should the rest not fit beneath it, the
                // slide keeps its shorter one.
                if let Some(scene) = slide(&piece.diagram, &piece.notes, Effort::Quick) {
                    piece.scene = Some(scene);
                }
            }
            scenes.extend(piece.scene);
        }
    }
    scenes
}

impl Parts {
    fn new(d: &Diagram) -> Parts {
        let index: BTreeMap<String, usize> = d.nodes.iter().enumerate().map(|(i, n)| (n.id.clone(), i)).collect();
        let known: BTreeMap<&str, usize> =
            d.clusters.iter().enumerate().rev().map(|(i, c)| (c.id.as_str(), i)).collect();
        let home: Vec<Option<usize>> =
            d.nodes.iter().map(|n| n.cluster.as_deref().and_then(|c| known.get(c).copied())).collect();
        let mut clusters = d.clusters.clone();
        let mut of: Vec<usize> = home.iter().map(|h| h.unwrap_or(usize::MAX)).collect();
        let loose = connected_order(d, &index, &home);
        let chunks = loose.len().div_ceil(CHUNK).max(1);
        let size = loose.len().div_ceil(chunks).max(1);
        for (c, members) in loose.chunks(size).enumerate() {
            let name =
                if chunks == 1 && !d.clusters.is_empty() { "Other".to_owned() } else { format!("Part {}", c + 1) };
            for &n in members {
                of[n] = clusters.len();
            }
            // A blank is not part of any id a stack file can hold.
            clusters.push(Cluster { id: format!(" part {}", c + 1), name });
        }
        Parts { clusters, of, index }
    }
}

/// Nodes without a cluster, neighbours next to each other (breadth first).
fn connected_order(d: &Diagram, index: &BTreeMap<String, usize>, home: &[Option<usize>]) -> Vec<usize> {
    let mut near = vec![Vec::new(); d.nodes.len()];
    for e in &d.edges {
        let (a, b) = (index[&e.from], index[&e.to]);
        near[a].push(b);
        near[b].push(a);
    }
    let mut seen = vec![false; d.nodes.len()];
    let mut order = Vec::new();
    for start in 0..d.nodes.len() {
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(n) = queue.pop_front() {
            if seen[n] || home[n].is_some() {
                continue;
            }
            seen[n] = true;
            order.push(n);
            queue.extend(near[n].iter().copied());
        }
    }
    order
}

/// The clusters as boxes, flows between them counted; with the heaviest handoffs in words.
fn overview(d: &Diagram, parts: &Parts) -> Option<Scene> {
    let mut o = Diagram {
        title: d.title.clone(),
        subtitle: d.subtitle.clone(),
        source: d.source.clone(),
        alt: d.alt.clone(),
        meanings: d.meanings.clone(),
        ..Diagram::default()
    };
    let mut inside = vec![0usize; parts.clusters.len()];
    let mut between: BTreeMap<(usize, usize, Style), (usize, f64)> = BTreeMap::new();
    for e in &d.edges {
        let (a, b) = (parts.of[parts.index[&e.from]], parts.of[parts.index[&e.to]]);
        if a == b {
            inside[a] += 1;
        } else {
            let entry = between.entry((a, b, e.style)).or_default();
            entry.0 += 1;
            entry.1 += if e.weight.is_finite() { e.weight.max(0.0) } else { 0.0 };
        }
    }
    for (p, c) in parts.clusters.iter().enumerate() {
        let systems = parts.of.iter().filter(|&&o| o == p).count();
        if systems > 0 {
            let notes = if inside[p] > 0 { vec![format!("{} inside", flows(inside[p]))] } else { Vec::new() };
            o.nodes.push(Node {
                id: c.id.clone(),
                name: c.name.clone(),
                caption: counted(systems, "system"),
                role: Role::Domain,
                notes,
                ..Node::default()
            });
        }
    }
    let mut links: Vec<_> = between.iter().collect();
    // Manual ones and heavy ones last to go where not all fit.
    links.sort_by(|x, y| {
        let manual = |k: &(usize, usize, Style)| k.2 == Style::Manual;
        manual(y.0).cmp(&manual(x.0)).then(y.1.1.total_cmp(&x.1.1)).then(y.1.0.cmp(&x.1.0)).then(x.0.cmp(y.0))
    });
    let all = links.len();
    for most in [all, 80, 50, 30, 15, 0] {
        if most > all || o.nodes.len() > MOST_NODES {
            continue;
        }
        let mut shown = o.clone();
        shown.edges = links[..most].iter().map(|(k, v)| aggregate(parts, k, v)).collect();
        let mut notes = heaviest(d);
        notes.push(left_out_of_overview(all, most));
        if let Some(scene) = slide(&shown, &notes, Effort::Full) {
            return Some(scene);
        }
    }
    None
}

fn left_out_of_overview(all: usize, most: usize) -> String {
    let inside = "Flows inside a domain, and the systems themselves, are on the slides that follow";
    if most < all {
        format!("{inside}; so are {} of the {all} lines between domains, the lightest.", all - most)
    } else {
        format!("{inside}.")
    }
}

fn aggregate(parts: &Parts, &(a, b, style): &(usize, usize, Style), &(count, weight): &(usize, f64)) -> Edge {
    let (from, to) = (parts.clusters[a].id.clone(), parts.clusters[b].id.clone());
    Edge {
        id: format!("{from} to {to} {style:?}"),
        from,
        to,
        label: vec![flows(count)],
        style,
        weight,
        ..Edge::default()
    }
}

fn flows(n: usize) -> String {
    counted(n, "flow")
}

fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// The three heaviest handoffs in one line.
fn heaviest(d: &Diagram) -> Vec<String> {
    let name = |id: &str| d.nodes.iter().find(|n| n.id == id).map_or(id, |n| n.name.as_str()).to_owned();
    let mut manual: Vec<&Edge> = d.edges.iter().filter(|e| e.style == Style::Manual && e.weight > 0.0).collect();
    manual.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
    let words: Vec<String> =
        manual.iter().take(3).map(|e| format!("{} → {} ({})", name(&e.from), name(&e.to), e.label.join(" "))).collect();
    if words.is_empty() { Vec::new() } else { vec![format!("Heaviest handoffs: {}.", words.join("; "))] }
}

/// The slides of a part of the nodes with their flows: neighbours as they are, then gathered by
/// domain, then in halves; two boxes and one line fit on any slide, so this ends.
fn part(d: &Diagram, parts: &Parts, p: usize, own: &[usize], edges: &[usize], found: &mut Vec<Piece>) {
    if own.is_empty() {
        return;
    }
    for gathered in [false, true] {
        let mut piece = piece(d, parts, p, own, edges, gathered);
        if may_fit(&piece.diagram) {
            piece.scene = slide(&piece.diagram, &piece.notes, Effort::Quick);
        }
        if piece.scene.is_some() {
            found.push(piece);
            return;
        }
    }
    if own.len() > 1 {
        for half in own.chunks(own.len().div_ceil(2)) {
            let ids: BTreeSet<&str> = half.iter().map(|&n| d.nodes[n].id.as_str()).collect();
            let touching: Vec<usize> = edges
                .iter()
                .copied()
                .filter(|&e| ids.contains(d.edges[e].from.as_str()) || ids.contains(d.edges[e].to.as_str()))
                .collect();
            part(d, parts, p, half, &touching, found);
        }
    } else if edges.len() > 1 {
        for half in edges.chunks(edges.len().div_ceil(2)) {
            part(d, parts, p, own, half, found);
        }
    }
}

/// A diagram of some nodes, their flows, and what these join them to.
fn piece(d: &Diagram, parts: &Parts, p: usize, own: &[usize], edges: &[usize], gathered: bool) -> Piece {
    let manual = edges.iter().filter(|&&e| d.edges[e].style == Style::Manual).count();
    let by_hand = if manual > 0 { format!(", {manual} by hand") } else { String::new() };
    let name = &parts.clusters[p].name;
    let mut out = Diagram {
        title: format!("{name}: {}, {}{by_hand}", counted(own.len(), "system"), flows(edges.len())),
        subtitle: d.title.clone(),
        source: d.source.clone(),
        alt: String::new(),
        meanings: d.meanings.clone(),
        ..Diagram::default()
    };
    let mine: BTreeSet<usize> = own.iter().copied().collect();
    let mut used: BTreeSet<usize> = BTreeSet::from([p]);
    for &n in own {
        out.nodes.push(Node { cluster: Some(parts.clusters[p].id.clone()), ..d.nodes[n].clone() });
    }
    let mut stubs: BTreeSet<String> = BTreeSet::new();
    for &e in edges {
        let mut edge = d.edges[e].clone();
        for end in [&mut edge.from, &mut edge.to] {
            let n = parts.index[end.as_str()];
            if mine.contains(&n) {
                continue;
            }
            let home = parts.of[n];
            let stub = if gathered { gathered_stub(parts, home) } else { plain_stub(d, parts, n) };
            (*end).clone_from(&stub.id);
            if stubs.insert(stub.id.clone()) {
                if !gathered {
                    used.insert(home);
                }
                out.nodes.push(stub);
            }
        }
        out.edges.push(edge);
    }
    out.clusters = used.iter().map(|&c| parts.clusters[c].clone()).collect();
    let elsewhere = d.edges.len() - edges.len();
    let note = if elsewhere == 0 {
        Vec::new()
    } else {
        vec![format!("Not on this slide: {} between other systems, drawn on theirs.", flows(elsewhere))]
    };
    Piece { diagram: out, notes: note, scene: None }
}

fn plain_stub(d: &Diagram, parts: &Parts, n: usize) -> Node {
    let node = &d.nodes[n];
    Node {
        caption: String::new(),
        notes: Vec::new(),
        badge: String::new(),
        cluster: Some(parts.clusters[parts.of[n]].id.clone()),
        emphasis: if node.emphasis == Emphasis::Normal { Emphasis::Receded } else { node.emphasis },
        ..node.clone()
    }
}

fn gathered_stub(parts: &Parts, home: usize) -> Node {
    let c = &parts.clusters[home];
    // A blank parts it from all ids of nodes, which a domain may share its own with.
    Node {
        id: format!("domain {}", c.id),
        name: c.name.clone(),
        role: Role::Domain,
        emphasis: Emphasis::Receded,
        ..Node::default()
    }
}
