//! Columns side by side: a frame for each cluster, its boxes as cards in one or more lanes, in their order.
//!
//! Lines run in the gutters between lanes and in a channel above the cards, never through one. What does not fit with
//! names of nine points goes on to a further slide, cluster by cluster.

mod card;
mod deal;
mod wires;

use std::collections::BTreeSet;

use super::canvas::{Canvas, Placed};
use super::content::Type;
use super::net::Net;
use super::page::Page;
use super::pen::Pen;
use crate::legend::legend;
use crate::number::real;
use crate::scene::{Ink, Owner, Point, Rect, Scene};
use crate::text::{self, ASCENT, LINE_HEIGHT};
use crate::{Cluster, Diagram};
use card::Card;
use deal::Lanes;
use wires::{Cards, Wires};

/// Type sizes of names, the most comfortable first.
const SIZES: [f64; 13] = [18.0, 16.5, 15.0, 14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.75, 9.5, 9.25, 9.0];
/// How many lanes are tried, in this order.
const LANES: [usize; 6] = [3, 4, 2, 5, 1, 6];
/// Within frames, between frames, and between lanes of one frame.
const PAD: f64 = 8.0;
const GAP: f64 = 10.0;
const LANE_GAP: f64 = 10.0;
/// Widest and narrowest lane.
const WIDEST: f64 = 440.0;
const NARROWEST: f64 = 110.0;
/// Between the cards of a lane: least, with an arrow between them, and most.
const BETWEEN: (f64, f64, f64) = (7.0, 16.0, 18.0);
/// Lines that the words beneath the heading of a frame may take.
const HEAD_LINES: usize = 3;

/// The slides of `diagram`; never empty.
pub(super) fn board(diagram: &Diagram) -> Vec<Scene> {
    let columns: Vec<(usize, Vec<usize>)> = columns(diagram);
    let all = of_columns(diagram, &columns);
    if let Some(scene) = slide(&all, diagram, SIZES.as_slice()) {
        return vec![scene];
    }
    let parts = parted(diagram, columns);
    let count = parts.len();
    let titled = parts.iter().enumerate().map(|(at, columns)| {
        let mut part = of_columns(diagram, columns);
        part.title = format!("{} ({} of {count})", diagram.title, at + 1);
        slide(&part, diagram, SIZES.as_slice()).or_else(|| {
            // The longer title took a line more.
            part.title.clone_from(&diagram.title);
            slide(&part, diagram, SIZES.as_slice())
        })
    });
    let scenes: Vec<Scene> = titled.flatten().collect();
    if scenes.is_empty() { vec![nothing(diagram)] } else { scenes }
}

fn nothing(diagram: &Diagram) -> Scene {
    Canvas::new(diagram, &Page::new(&diagram.title, &diagram.subtitle, &diagram.source, &[], &[])).scene
}

/// Every cluster that has nodes, with them.
fn columns(diagram: &Diagram) -> Vec<(usize, Vec<usize>)> {
    let mut taken = BTreeSet::new();
    let mut column = |(at, cluster): (usize, &Cluster)| {
        let is_own = |node: &usize| diagram.nodes[*node].cluster.as_ref() == Some(&cluster.id);
        let own: Vec<usize> = (0..diagram.nodes.len()).filter(is_own).collect();
        (taken.insert(cluster.id.clone()) && !own.is_empty()).then_some((at, own))
    };
    diagram.clusters.iter().enumerate().filter_map(&mut column).collect()
}

/// Columns dealt to slides, as many to each as fit; one that is too long goes on to the next slide.
fn parted(diagram: &Diagram, columns: Vec<(usize, Vec<usize>)>) -> Vec<Vec<(usize, Vec<usize>)>> {
    // A title with its number may take a line more than one without.
    let fits = |columns: &[(usize, Vec<usize>)]| {
        let mut part = of_columns(diagram, columns);
        part.title.push_str(" (10 of 10)");
        slide(&part, diagram, &SIZES[SIZES.len() - 1..]).is_some()
    };
    let mut parts: Vec<Vec<(usize, Vec<usize>)>> = Vec::new();
    let mut queue = std::collections::VecDeque::from(columns);
    while let Some((cluster, nodes)) = queue.pop_front() {
        if let Some(last) = parts.last_mut() {
            last.push((cluster, nodes.clone()));
            if fits(last) {
                continue;
            }
            last.pop();
        }
        let most = (1..=nodes.len()).rev().find(|count| fits(&[(cluster, nodes[..*count].to_vec())])).unwrap_or(1);
        if most < nodes.len() {
            queue.push_front((cluster, nodes[most..].to_vec()));
        }
        parts.push(vec![(cluster, nodes[..most].to_vec())]);
    }
    parts
}

/// The diagram of some columns: their nodes, and the lines between these.
fn of_columns(diagram: &Diagram, columns: &[(usize, Vec<usize>)]) -> Diagram {
    let nodes: Vec<usize> = columns.iter().flat_map(|(_, nodes)| nodes.iter().copied()).collect();
    let ids: BTreeSet<&str> = nodes.iter().map(|node| diagram.nodes[*node].id.as_str()).collect();
    let is_inside = |id: &String| ids.contains(id.as_str());
    Diagram {
        clusters: columns.iter().map(|(cluster, _)| diagram.clusters[*cluster].clone()).collect(),
        nodes: nodes.iter().map(|node| diagram.nodes[*node].clone()).collect(),
        edges: diagram.edges.iter().filter(|edge| is_inside(&edge.from) && is_inside(&edge.to)).cloned().collect(),
        ..diagram.clone()
    }
}

/// What is to be laid out, and where; `after` says of each node what it waits for on other slides.
#[derive(Clone, Copy)]
struct Task<'d> {
    diagram: &'d Diagram,
    net: &'d Net,
    after: &'d [String],
    room: Rect,
}

/// A diagram dealt, measured and wired at one type size.
struct Draft<'d> {
    diagram: &'d Diagram,
    net: &'d Net,
    kind: Type,
    lanes: Lanes,
    wires: Wires,
    cards: Vec<Card>,
    heads: Vec<(String, Vec<String>)>,
    room: Rect,
    width: f64,
}

/// The slide of `part` of `whole` at the first of `sizes` at which it fits.
fn slide(part: &Diagram, whole: &Diagram, sizes: &[f64]) -> Option<Scene> {
    let page = Page::new(&part.title, &part.subtitle, &part.source, &[], &legend(part));
    if part.nodes.is_empty() {
        return Some(Canvas::new(part, &page).scene);
    }
    let net = Net::new(part);
    let after: Vec<String> = part.nodes.iter().map(|node| card::after(node, part, whole)).collect();
    let task = Task { diagram: part, net: &net, after: &after, room: page.room };
    let attempts = sizes.iter().flat_map(|size| LANES.map(|lanes| (*size, lanes)));
    attempts.into_iter().find_map(|(size, lanes)| {
        let draft = task.draft(size, lanes)?;
        let mut canvas = Canvas::new(part, &page);
        canvas.scene.name_size = draft.kind.name;
        draft.draw(&mut canvas).map(|()| canvas.scene)
    })
}

impl<'d> Task<'d> {
    /// The board with names of `size` points in `count` lanes.
    fn draft(&self, size: f64, count: usize) -> Option<Draft<'d>> {
        let Task { diagram, net, after, room } = *self;
        let frames: Vec<&[usize]> = net.groups.iter().map(|group| group.nodes.as_slice()).collect();
        if count < frames.len() {
            return None;
        }
        let kind = Type { caption: (size * 0.82).clamp(7.5, 12.0), ..Type::of(size, true, 1.0) };
        let cards = |width: f64| -> Vec<Card> {
            diagram.nodes.iter().zip(after).map(|(node, after)| card::card(node, after, &kind, width)).collect()
        };
        let bare = |lanes: usize| {
            let inner = real(lanes - frames.len()) * LANE_GAP + real(frames.len()) * 2.0 * PAD;
            ((room.w - inner - GAP * real(frames.len() - 1)) / real(lanes)).min(WIDEST)
        };
        let count = count.min(diagram.nodes.len());
        let heights: Vec<f64> = cards(bare(count)).iter().map(|card| card.height + BETWEEN.0).collect();
        let lanes = deal::deal(&frames, &heights, count);
        let wires = Wires::new(net, &lanes);
        let fixed: f64 = (0..lanes.of.len()).map(|lane| left_pad(&lanes, &wires, lane)).sum::<f64>()
            + PAD * real(frames.len())
            + GAP * real(frames.len() - 1);
        let width = ((room.w - fixed) / real(lanes.of.len())).min(WIDEST);
        if width < NARROWEST {
            return None;
        }
        if size > SIZES[SIZES.len() - 1] && cards(width).iter().any(|card| card.is_broken) {
            return None;
        }
        let mut draft = Draft { diagram, net, kind, wires, cards: cards(width), heads: Vec::new(), room, width, lanes };
        draft.heads = (0..frames.len()).map(|frame| draft.head(frame)).collect();
        (draft.cards_top() + draft.tallest(BETWEEN.0) + PAD <= room.bottom()).then_some(draft)
    }
}

/// What is left of the cards of a lane: room for the tracks of its gutter.
fn left_pad(lanes: &Lanes, wires: &Wires, lane: usize) -> f64 {
    let base = if lanes.begins_frame(lane) { PAD } else { LANE_GAP };
    base.max(wires.gutter_width(lane))
}

impl<'d> Draft<'d> {
    /// Left edge of the cards of each lane, and left and right edge of each frame.
    fn columns(&self) -> (Vec<f64>, Vec<(f64, f64)>) {
        let (mut x, mut lefts, mut frames) = (self.room.x, Vec::new(), Vec::new());
        for (lane, (frame, _)) in self.lanes.of.iter().enumerate() {
            if self.lanes.begins_frame(lane) {
                if lane > 0 {
                    x += PAD + GAP;
                }
                frames.push((x, x));
            }
            x += left_pad(&self.lanes, &self.wires, lane);
            lefts.push(x);
            x += self.width;
            frames[*frame].1 = x + PAD;
        }
        (lefts, frames)
    }

    /// The heading of a frame and the lines beneath it.
    fn head(&self, frame: usize) -> (String, Vec<String>) {
        let (left, right) = self.columns().1[frame];
        let inner = right - left - 2.0 * PAD;
        let name =
            self.net.groups[frame].cluster.map_or(String::new(), |at| text::clean(&self.diagram.clusters[at].name));
        let (title, rest) = name.split_once(" · ").unwrap_or((&name, ""));
        let title = text::ellipsize(title, self.kind.head, true, inner);
        (title, text::wrap(rest, self.kind.caption, false, inner, HEAD_LINES))
    }

    fn cards_top(&self) -> f64 {
        let lines = self.heads.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        let head = self.kind.head * LINE_HEIGHT + real(lines) * self.kind.caption * LINE_HEIGHT;
        self.room.y + PAD + head + 5.0 + self.wires.channel_height()
    }

    /// Height of the tallest lane with `between` between cards.
    fn tallest(&self, between: f64) -> f64 {
        let lane = |(at, (_, nodes)): (usize, &(usize, Vec<usize>))| {
            let cards: f64 = nodes.iter().map(|node| self.cards[*node].height).sum();
            let gaps: f64 = (1..nodes.len()).map(|below| self.gap(at, below, between)).sum();
            cards + gaps
        };
        self.lanes.of.iter().enumerate().map(lane).fold(0.0, f64::max)
    }

    /// What is above the card at `place` of a lane.
    fn gap(&self, lane: usize, place: usize, between: f64) -> f64 {
        if self.wires.joins_down(lane, place) { BETWEEN.1.max(between) } else { between }
    }

    /// `None` where a line finds no place to leave or enter a card.
    fn draw(&self, canvas: &mut Canvas<'d>) -> Option<()> {
        let (lefts, frames) = self.columns();
        let top = self.cards_top();
        // What is to spare parts the cards, within bounds.
        let room = self.room.bottom() - PAD - top;
        let mut between = BETWEEN.0;
        while between + 1.0 <= BETWEEN.2 && self.tallest(between + 1.0) <= room {
            between += 1.0;
        }
        let bottom = top + self.tallest(between) + PAD;
        for (group, (left, right)) in self.net.groups.iter().zip(&frames) {
            let Some(cluster) = group.cluster.map(|at| &self.diagram.clusters[at]) else { continue };
            let rect = Rect { x: *left, y: self.room.y, w: right - left, h: bottom - self.room.y };
            canvas.frame(cluster, rect);
        }
        self.draw_heads(&mut canvas.scene, &frames);
        let mut rects = vec![Rect::default(); self.cards.len()];
        for (lane, (frame, nodes)) in self.lanes.of.iter().enumerate() {
            let mut y = top;
            let frame = self.net.groups[*frame].cluster.map(|at| &self.diagram.clusters[at]);
            for (place, node) in nodes.iter().enumerate() {
                if place > 0 {
                    y += self.gap(lane, place, between);
                }
                let rect = Rect { x: lefts[lane], y, w: self.width, h: self.cards[*node].height };
                rects[*node] = rect;
                let placed = Placed { node: &self.diagram.nodes[*node], rect, frame };
                card::draw(canvas, placed, &self.cards[*node], &self.kind);
                y += self.cards[*node].height;
            }
        }
        self.wires.draw(canvas, self.net, &Cards { rects, lefts, top })
    }

    fn draw_heads(&self, scene: &mut Scene, frames: &[(f64, f64)]) {
        for ((group, (title, lines)), (left, _)) in self.net.groups.iter().zip(&self.heads).zip(frames) {
            let Some(cluster) = group.cluster.map(|at| &self.diagram.clusters[at]) else { continue };
            let owner = Owner::Frame(cluster.id.clone());
            let mut y = self.room.y + PAD;
            let at = Point { x: left + PAD, y: y + self.kind.head * ASCENT };
            let size = self.kind.head;
            scene.texts.push(Pen::start(size, Ink::Strong).bold().write(title.clone(), at, owner.clone()));
            y += size * LINE_HEIGHT;
            let size = self.kind.caption;
            for line in lines {
                let at = Point { x: left + PAD, y: y + size * ASCENT };
                scene.texts.push(Pen::start(size, Ink::Muted).write(line.clone(), at, owner.clone()));
                y += size * LINE_HEIGHT;
            }
        }
    }
}
