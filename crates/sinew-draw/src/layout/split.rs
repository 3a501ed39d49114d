//! Splitting: an overview of the clusters and a slide for each part, where one slide is too small.

use std::collections::BTreeSet;

use super::arranged::Arrangements;
use super::lacking::{self, Details, Gap};
use super::laid::Laid;
use super::means::Means;
use super::overview::overview;
use super::parts::{Parts, counted, flows, may_fit};
use super::places::Places;
use super::plan::Effort;
use super::slide::slide;
use super::work::{Budget, Work};
use crate::parallel::in_order;
use crate::scene::Scene;
use crate::{Diagram, Emphasis, Node, Role, Style};

/// The diagram with each node id once and without edges that lack an end; on what is left every
/// reference holds.
pub(super) fn sound(d: &Diagram) -> Diagram {
    let mut d = d.clone();
    let mut seen = BTreeSet::new();
    d.nodes.retain(|n| seen.insert(n.id.clone()));
    d.edges.retain(|e| seen.contains(&e.from) && seen.contains(&e.to));
    for edge in d.edges.iter_mut().filter(|edge| !edge.stops.is_empty()) {
        *edge = edge.stopping_at(|id| seen.contains(id));
    }
    d
}

/// The diagram with lines that run from end to end and name what they pass on their way, and without a reading direction.
pub(super) fn plainer(d: &Diagram) -> Diagram {
    let edges = d.edges.iter().map(|edge| edge.stopping_at(|_| false)).collect();
    let nodes = d.nodes.iter().map(|node| Node { step: None, layer: None, ..node.clone() }).collect();
    Diagram { nodes, edges, ..d.clone() }
}

/// A part of a diagram, what its slide says is left out, and the slide where it fits.
struct Piece {
    diagram: Diagram,
    notes: Vec<String>,
    effort: Effort,
    scene: Option<Scene>,
}

/// The whole on one slide, then the parts it takes to say in full what `unsaid` edges carry: again and again the part
/// that has most of those not said yet.
pub(super) fn with_details(whole: Scene, d: &Diagram, unsaid: &[usize], means: Means<'_>) -> Laid {
    let parts = Parts::new(d);
    let homes = |e: usize| parts.homes(e);
    let mut left: Vec<usize> = unsaid.to_vec();
    let mut chosen = BTreeSet::new();
    while !left.is_empty() {
        let count = |p: usize| left.iter().filter(|&&e| homes(e).contains(&p)).count();
        let Some(p) = (0..parts.clusters.len()).rev().max_by_key(|&p| count(p)) else { break };
        left.retain(|&e| !homes(e).contains(&p));
        chosen.insert(p);
    }
    let details = details(d, &parts, &chosen.into_iter().collect::<Vec<_>>(), means);
    let gap = details.gap(d, unsaid.iter().copied(), Some(&whole));
    let mut slides = vec![whole];
    slides.extend(lacking::slide(d, &gap));
    laid(slides, details, gap)
}

/// Where the domains of a sound diagram stand on its overview: in these places if that leaves room for lines.
pub(super) fn domains(d: &Diagram, places: Option<&Places>, known: &Arrangements) -> Option<Places> {
    Some(overview(d, &Parts::new(d), places, known)?.1)
}

/// An overview, on which the domains stand in these places if that leaves room for lines, and the slides of all parts.
pub(super) fn slides(d: &Diagram, places: Option<&Places>, means: Means<'_>) -> Laid {
    let parts = Parts::new(d);
    let details = details(d, &parts, &(0..parts.clusters.len()).collect::<Vec<_>>(), means);
    let gap = details.gap(d, 0..d.edges.len(), None);
    let mut slides = Vec::new();
    slides.extend(lacking::slide(d, &gap));
    let (overview, domains) = overview(d, &parts, places, means.known).unzip();
    slides.extend(overview);
    Laid { stood: domains.map(|places| places.to_keep(true)), ..laid(slides, details, gap) }
}

fn laid(mut slides: Vec<Scene>, details: Details, gap: Gap) -> Laid {
    let spent = Budget { work: details.work, slides: details.scenes.len() };
    slides.extend(details.scenes);
    Laid { slides, gap, stood: None, spent }
}

/// The slides of some of the parts, each with its share of the budget.
fn details(d: &Diagram, parts: &Parts, chosen: &[usize], means: Means<'_>) -> Details {
    let mut own = vec![Vec::new(); parts.clusters.len()];
    (0..d.nodes.len()).for_each(|n| own[parts.of[n]].push(n));
    let mut edges = vec![Vec::new(); parts.clusters.len()];
    for e in 0..d.edges.len() {
        // What passes through a system of a part is drawn there as well.
        let stops = parts.stops[e].iter().map(|&n| parts.of[n]);
        let homes: BTreeSet<usize> = parts.homes(e).into_iter().chain(stops).collect();
        homes.into_iter().for_each(|p| edges[p].push(e));
    }
    let weight = |p: usize| own[p].len() + edges[p].len();
    let chosen = &most_telling(d, chosen, &own, &edges, means.budget.slides);
    let all = chosen.iter().map(|&p| weight(p)).sum();
    let of_part = |&p: &usize| {
        let mut part = Part {
            d,
            parts,
            budget: means.budget.share(weight(p), all, chosen.len()),
            known: means.known,
            work: Work::default(),
            found: Vec::new(),
            drawn: BTreeSet::new(),
        };
        part.slides(Share { p, own: &own[p], edges: &edges[p] });
        let hasty = part.found.iter().filter(|piece| piece.effort == Effort::Hasty).count();
        let mut scenes = Vec::new();
        let count = part.found.len();
        for (i, mut piece) in part.found.into_iter().enumerate() {
            if count > 1 {
                piece.diagram.title = format!("{} ({} of {count})", piece.diagram.title, i + 1);
                // The longer title may take a second line; should the rest not fit beneath it, the
                // slide keeps its shorter one.
                if let Some(scene) = slide(&piece.diagram, &piece.notes, piece.effort, (&part.work, means.known)) {
                    piece.scene = Some(scene);
                }
            }
            scenes.extend(piece.scene);
        }
        Details { scenes, drawn: part.drawn, hasty, work: part.work.spent() }
    };
    let mut details = Details::default();
    for part in in_order(chosen, of_part) {
        details.scenes.extend(part.scenes);
        details.drawn.extend(part.drawn);
        details.hasty += part.hasty;
        details.work += part.work;
    }
    details
}

/// As many of the parts as there are slides, in their order: those with most boxes that stand out, then most hours by
/// hand, then most lines by hand, then most lines.
fn most_telling(d: &Diagram, chosen: &[usize], own: &[Vec<usize>], edges: &[Vec<usize>], slides: usize) -> Vec<usize> {
    if chosen.len() <= slides {
        return chosen.to_vec();
    }
    let stands_out = |n: &&usize| matches!(d.nodes[**n].emphasis, Emphasis::Ringed | Emphasis::Lost | Emphasis::New);
    let key = |p: usize| {
        let manual = || edges[p].iter().map(|&e| &d.edges[e]).filter(|edge| edge.style == Style::Manual);
        let hours: f64 = manual().map(|edge| edge.hours).sum();
        (own[p].iter().filter(stands_out).count(), hours, manual().count(), edges[p].len())
    };
    let mut ranked: Vec<_> = chosen.iter().map(|&p| (key(p), p)).collect();
    ranked.sort_by(|(a, p), (b, q)| {
        let rest = |key: &(usize, f64, usize, usize)| (key.2, key.3);
        b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(rest(b).cmp(&rest(a))).then(p.cmp(q))
    });
    let mut kept: Vec<usize> = ranked.into_iter().take(slides).map(|(_, p)| p).collect();
    kept.sort_unstable();
    kept
}

/// A part while its slides are laid out.
struct Part<'a> {
    d: &'a Diagram,
    parts: &'a Parts,
    budget: Budget,
    known: &'a Arrangements,
    work: Work,
    found: Vec<Piece>,
    /// Edges that are on some of the slides.
    drawn: BTreeSet<usize>,
}

impl Part<'_> {
    /// The slides of some of the nodes with their flows: neighbors as they are, then gathered by
    /// domain, then in halves; two boxes and one line fit on any slide, so this ends.
    fn slides(&mut self, share: Share<'_>) {
        let Share { own, edges, .. } = share;
        if own.is_empty() || self.found.len() >= self.budget.slides {
            return;
        }
        for gathered in [false, true] {
            let mut piece = share.piece(self.d, self.parts, gathered);
            if may_fit(&piece.diagram) {
                if self.work.spent() >= self.budget.work {
                    piece.effort = Effort::Hasty;
                    piece.notes.push("Arranged in haste: this picture has used up its work.".to_owned());
                }
                piece.scene = slide(&piece.diagram, &piece.notes, piece.effort, (&self.work, self.known));
            }
            if piece.scene.is_some() {
                self.found.push(piece);
                self.drawn.extend(edges);
                return;
            }
        }
        if own.len() > 1 {
            for half in own.chunks(own.len().div_ceil(2)) {
                let mine: BTreeSet<usize> = half.iter().copied().collect();
                let of_edge = |e: usize| self.parts.ends[e].iter().chain(&self.parts.stops[e]);
                let is_touching = |e: &usize| of_edge(*e).any(|n| mine.contains(n));
                let touching: Vec<usize> = edges.iter().copied().filter(is_touching).collect();
                self.slides(Share { own: half, edges: &touching, ..share });
            }
        } else if edges.len() > 1 {
            for half in edges.chunks(edges.len().div_ceil(2)) {
                self.slides(Share { edges: half, ..share });
            }
        }
    }
}

/// Some nodes of a part, and the flows that touch them.
#[derive(Clone, Copy)]
struct Share<'a> {
    p: usize,
    own: &'a [usize],
    edges: &'a [usize],
}

impl Share<'_> {
    /// A diagram of some nodes, their flows, and what these join them to.
    fn piece(self, d: &Diagram, parts: &Parts, gathered: bool) -> Piece {
        let Share { p, own, edges } = self;
        let manual = edges.iter().filter(|&&e| d.edges[e].style == Style::Manual).count();
        let by_hand = if manual > 0 { format!(", {manual} by hand") } else { String::new() };
        let carried = edges.iter().filter(|&&e| d.edges[e].style.is_flow()).count();
        let name = &parts.clusters[p].name;
        let mut out = Diagram {
            title: format!("{name}: {}, {}{by_hand}", counted(own.len(), "system"), flows(carried)),
            subtitle: d.title.clone(),
            source: d.source.clone(),
            alt: String::new(),
            meanings: d.meanings.clone(),
            paper: d.paper,
            ..Diagram::default()
        };
        let mine: BTreeSet<usize> = own.iter().copied().collect();
        let mut used: BTreeSet<usize> = BTreeSet::from([p]);
        for &n in own {
            out.nodes.push(Node { cluster: Some(parts.clusters[p].id.clone()), ..d.nodes[n].clone() });
        }
        let mut stubs: BTreeSet<String> = BTreeSet::new();
        for &e in edges {
            // Stops elsewhere are named, as each of them is drawn with all that passes it where it is at home.
            let is_mine = |id: &str| own.iter().any(|&n| d.nodes[n].id == id);
            let mut edge = d.edges[e].stopping_at(is_mine);
            for (end, n) in [&mut edge.from, &mut edge.to].into_iter().zip(parts.ends[e]) {
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
        let elsewhere = d.flows() - carried;
        let note = if elsewhere == 0 {
            Vec::new()
        } else {
            vec![format!("Not on this slide: {} between other systems, drawn on theirs.", flows(elsewhere))]
        };
        Piece { diagram: out, notes: note, effort: Effort::Quick, scene: None }
    }
}

fn plain_stub(d: &Diagram, parts: &Parts, n: usize) -> Node {
    let node = &d.nodes[n];
    Node {
        caption: String::new(),
        notes: Vec::new(),
        badge: String::new(),
        price: String::new(),
        cluster: Some(parts.clusters[parts.of[n]].id.clone()),
        emphasis: node.emphasis.receded(),
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
