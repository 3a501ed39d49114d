//! An attempt: a plan drawn at a type size, with heads and labels in their places, and what speaks against it.

use std::sync::OnceLock;

use super::super::arranged::Arrangements;
use super::super::content::{LineKind, Type, Words};
use super::super::geometry::{self, Geometry, Held, Sheet, Spacing, Spread};
use super::super::labels::{self, Field, Label, Lack, Saying};
use super::super::net::Net;
use super::super::page::{self, KeyEntry, Page};
use super::super::pen::Pen;
use super::super::plan::Plan;
use super::super::work::Work;
use crate::number::real;
use crate::scene::{Ink, Owner, Point, Rect, Text};
use crate::text;
use crate::{Diagram, Emphasis};

/// Type sizes tried, the most comfortable first, with captions and without.
const CAPTIONED: [f64; 9] = [16.0, 14.5, 13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0];
const PLAIN: [f64; 6] = [12.0, 11.0, 10.5, 10.0, 9.5, 9.0];

/// Widths of lines in points: without weight, and what the heaviest gets on top.
const LINE: f64 = 1.1;
const HEAVIEST: f64 = 1.7;

/// Everything that depends on the type size and on nothing else, worked out when it is asked for.
pub(super) struct Sizes {
    pub(super) words: Vec<Words>,
    kinds: Vec<Type>,
    /// How many of them have captions: the first.
    captioned: usize,
    /// With ample distances, then with the least.
    widths: Vec<OnceLock<Vec<(f64, f64)>>>,
    sayings: Vec<OnceLock<Vec<Option<Saying>>>>,
}

impl Sizes {
    pub(super) fn of(diagram: &Diagram) -> Sizes {
        let least = diagram.paper.least;
        let of = |names: &[f64], captions: bool| -> Vec<Type> {
            let names = names.iter().filter(|name| **name >= least);
            names.map(|&name| Type::of(name, captions, 0.0, least)).collect()
        };
        let kinds = [of(&CAPTIONED, true), of(&PLAIN, false)];
        let captioned = kinds[0].len();
        let kinds = kinds.concat();
        Sizes {
            words: diagram.nodes.iter().map(Words::of).collect(),
            widths: (0..2 * kinds.len()).map(|_| OnceLock::new()).collect(),
            sayings: kinds.iter().map(|_| OnceLock::new()).collect(),
            kinds,
            captioned,
        }
    }

    /// The sizes with captions, or those without, as indices.
    pub(super) fn range(&self, captions: bool) -> std::ops::Range<usize> {
        if captions { 0..self.captioned } else { self.captioned..self.kinds.len() }
    }

    /// Least and wished-for width of every box.
    fn widths(&self, index: usize, tight: bool) -> &[(f64, f64)] {
        let kind = Type { tight, ..self.kinds[index] };
        let known = &self.widths[index + if tight { self.kinds.len() } else { 0 }];
        known.get_or_init(|| self.words.iter().map(|w| w.widths(&kind)).collect())
    }

    /// What is to be said at every line.
    fn sayings(&self, index: usize, net: &Net) -> &[Option<Saying>] {
        let size = self.kinds[index].label;
        self.sayings[index].get_or_init(|| net.links.iter().map(|l| Saying::of(l, size)).collect())
    }
}

/// A plan drawn at a type size.
pub(super) struct Attempt {
    pub(super) geometry: Geometry,
    pub(super) heads: Vec<Option<Text>>,
    pub(super) labels: Vec<Label>,
    pub(super) key: Vec<KeyEntry>,
    pub(super) key_room: Rect,
    /// Whether the key stands at the right.
    pub(super) aside: bool,
    pub(super) kind: Type,
    /// Which of the type sizes it is.
    pub(super) index: usize,
    /// Whether some label that may not be lacking found no room even as a number.
    lost: bool,
    pub(super) cost: f64,
}

/// What all attempts at a slide share.
pub(super) struct Job<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) net: &'a Net,
    pub(super) sizes: &'a Sizes,
    /// The page without and with the key among the marks of its legend.
    pub(super) pages: [Page; 2],
    /// Which labels may be shortened or left unsaid.
    pub(super) may_lack: Lack,
    /// Whether distances are the least that can be told apart.
    pub(super) tight: bool,
    pub(super) work: &'a Work,
    pub(super) known: &'a Arrangements,
    pub(super) held: Held<'a>,
}

/// What the name of a frame costs that a line leaves no room for: as much as some four crossings.
const CUT: f64 = 3.0;
/// Comparisons that an outline and a draft with labels take for each line, about.
const OUTLINE: usize = 100;
const LABELED: usize = 1_000;

impl Job<'_> {
    pub(super) fn is_sparse(&self) -> bool {
        self.may_lack >= Lack::Lesser
    }

    fn kind(&self, draft: Draft<'_>) -> Type {
        Type { wide: draft.wide, tight: self.tight, ..self.sizes.kinds[draft.index] }
    }
}

/// A plan, a type size and a use of the widths: what an attempt draws.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    pub(super) plan: &'a Plan,
    pub(super) index: usize,
    pub(super) wide: f64,
    pub(super) spread: &'a [Spread],
}

/// What an attempt costs at least, whatever becomes of its labels; `None` where boxes and lines do not fit.
pub(super) fn promise(job: &Job<'_>, draft: Draft<'_>) -> Option<f64> {
    let kind = job.kind(draft);
    let geometry = outline(job, draft, &kind, &job.pages[0].room)?;
    let (_, cut) = heads(job.diagram, job.net, &geometry, &kind)?;
    Some(rate(job, draft.plan, &geometry, &kind, &[]) + CUT * real(cut))
}

/// Whether boxes and lines fit into an area, whatever becomes of the labels.
pub(super) fn fits(job: &Job<'_>, draft: Draft<'_>, area: &Rect) -> bool {
    outline(job, draft, &job.kind(draft), area).is_some()
}

fn outline(job: &Job<'_>, draft: Draft<'_>, kind: &Type, area: &Rect) -> Option<Geometry> {
    job.work.add(OUTLINE * job.net.links.len());
    let routed = draft.plan.routed(job.diagram, &job.sizes.words, job.net);
    let sheet = Sheet { plan: &routed, kind, area: *area, spread: draft.spread, held: job.held };
    geometry::place(sheet, job.sizes.widths(draft.index, job.tight))
}

/// The plan at a type size: places everything, makes room for the key of what finds no room for
/// words, at the right or at the foot, and rates the result.
pub(super) fn attempt(job: &Job<'_>, draft: Draft<'_>) -> Option<Attempt> {
    let first = draw(job, draft, &job.pages[0].room)?;
    if first.key.is_empty() && !first.lost {
        return Some(first);
    }
    let mut best: Option<Attempt> = None;
    // Where something is said at the right, or boxes are to stand where they stood, the key stands at the foot: boxes have
    // the same width with and without it.
    let is_free = job.diagram.aside.is_empty() && job.held.cols.is_none();
    let sides: &[bool] = if is_free { &[true, false] } else { &[false] };
    for &aside in sides {
        if let Some(a) = with_key(job, draft, aside, &first.key)
            && best.as_ref().is_none_or(|b| a.cost < b.cost - 1e-9)
        {
            best = Some(a);
        }
    }
    best
}

/// The same with the key where `like` has it.
pub(super) fn variation(job: &Job<'_>, draft: Draft<'_>, like: &Attempt) -> Option<Attempt> {
    with_key(job, draft, like.aside, &like.key)
}

/// The plan with room for a key; less room may ask for more numbers, so a few rounds are made.
fn with_key(job: &Job<'_>, draft: Draft<'_>, aside: bool, wanted: &[KeyEntry]) -> Option<Attempt> {
    let room = job.pages[1].room;
    let size = job.kind(draft).label;
    let mut wanted = wanted.to_vec();
    for _ in 0..4 {
        let (area, key_room) = page::part(&room, &wanted, size, aside)?;
        let mut a = draw(job, draft, &area)?;
        if a.lost {
            return None;
        }
        let (needed, _) = page::part(&room, &a.key, size, aside)?;
        if needed.contains(&area) {
            (a.key_room, a.aside) = (key_room, aside);
            return Some(a);
        }
        wanted = a.key;
    }
    None
}

/// The plan in an area.
fn draw(job: &Job<'_>, draft: Draft<'_>, area: &Rect) -> Option<Attempt> {
    let (diagram, net) = (job.diagram, job.net);
    let kind = job.kind(draft);
    let geometry = outline(job, draft, &kind, area)?;
    let (heads, cut) = heads(diagram, net, &geometry, &kind)?;
    job.work.add(LABELED * net.links.len());
    let labels = place_labels(job, draft, &geometry, &heads, area);
    let lost = job.may_lack < Lack::Any && labels.contains(&Label::Lost);
    let key = key_entries(net, &labels);
    let cost = rate(job, draft.plan, &geometry, &kind, &labels) + CUT * real(cut);
    let index = draft.index;
    Some(Attempt { geometry, heads, labels, key, key_room: Rect::default(), aside: false, kind, index, lost, cost })
}

pub(super) fn line_widths(net: &Net) -> Vec<f64> {
    let most = net.links.iter().map(|l| l.weight).fold(0.0, f64::max);
    net.links.iter().map(|l| if most > 0.0 { LINE + HEAVIEST * (l.weight / most).sqrt() } else { LINE }).collect()
}

/// Names of frames: as far left as they stand free of lines; shortened where no place is wide
/// enough, and how many are; `None` where there is none at all.
fn heads(diagram: &Diagram, net: &Net, geometry: &Geometry, kind: &Type) -> Option<(Vec<Option<Text>>, usize)> {
    let (mut heads, mut cut) = (Vec::new(), 0);
    for (group, frame) in net.groups.iter().zip(&geometry.frames) {
        let (Some((_, strip)), Some(cluster)) = (frame, group.cluster) else {
            heads.push(None);
            continue;
        };
        let cluster = &diagram.clusters[cluster];
        let name = text::clean(&cluster.name);
        let name = if name.is_empty() { text::clean(&cluster.id) } else { name };
        let (start, room) = gap(strip, &geometry.lines, text::width(&name, kind.head, true))?;
        let shown = text::ellipsize(&name, kind.head, true, room);
        cut += usize::from(shown != name);
        let at = Point { x: start, y: strip.y + strip.h / 2.0 + kind.head * 0.36 };
        let owner = Owner::Frame(cluster.id.clone());
        heads.push(Some(Pen::start(kind.head, Ink::Muted).bold().write(shown, at, owner)));
    }
    Some((heads, cut))
}

/// The first stretch of `strip` free of lines that is `wanted` wide, else the widest; `None` below
/// a width that shows anything.
fn gap(strip: &Rect, lines: &[Vec<Point>], wanted: f64) -> Option<(f64, f64)> {
    let mut cuts: Vec<f64> = Vec::new();
    for p in lines.iter().flat_map(|l| l.windows(2)) {
        let (top, bottom) = (p[0].y.min(p[1].y), p[0].y.max(p[1].y));
        if p[0].x == p[1].x
            && p[0].x > strip.x - 4.0
            && p[0].x < strip.right() + 4.0
            && top < strip.bottom()
            && bottom > strip.y
        {
            cuts.push(p[0].x);
        }
    }
    cuts.sort_by(f64::total_cmp);
    let mut gaps: Vec<(f64, f64)> = Vec::new();
    let mut from = strip.x;
    for x in cuts.iter().map(|c| c - 3.5).chain([strip.right()]) {
        if x > from {
            gaps.push((from, x - from));
        }
        from = from.max(x + 7.0);
    }
    let fitting = gaps.iter().find(|g| g.1 >= wanted + 0.01);
    let widest = gaps.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.total_cmp(&a.0)));
    fitting.copied().or(widest).filter(|g| g.1 >= wanted.min(24.0))
}

fn place_labels(
    job: &Job<'_>,
    draft: Draft<'_>,
    geometry: &Geometry,
    heads: &[Option<Text>],
    area: &Rect,
) -> Vec<Label> {
    let (diagram, net) = (job.diagram, job.net);
    let clear = |n: usize| match diagram.nodes[n].emphasis {
        Emphasis::Ringed | Emphasis::RingedDashed => 3.8,
        _ => 1.4,
    };
    let boxes = geometry.boxes.iter().enumerate().map(|(n, b)| b.grown(clear(n)));
    let names = heads.iter().flatten().map(|t| t.rect.grown(1.0));
    let solid: Vec<Rect> = boxes.chain(names).collect();
    let frames: Vec<Rect> = geometry.frames.iter().flatten().map(|f| f.0).collect();
    let widths = line_widths(net);
    let field = Field {
        lines: &geometry.lines,
        widths: &widths,
        solid: &solid,
        frames: &frames,
        area: *area,
        size: job.kind(draft).label,
        sparse: job.is_sparse(),
    };
    labels::place(&field, job.sizes.sayings(draft.index, net))
}

/// Entries for the lines that carry numbers: those with a rank by that, then the others numbered as one reads, from
/// top to bottom in bands, from left to right within them.
fn key_entries(net: &Net, labels: &[Label]) -> Vec<KeyEntry> {
    let mut found: Vec<(i64, i64, usize)> = labels
        .iter()
        .enumerate()
        .filter_map(|(l, label)| match label {
            Label::Number(r) => Some(((r.y / 60.0) as i64, (r.x * 10.0) as i64, l)),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    // Where some have ranks, those without stay without: a number of the layout's own would look like one.
    let ranked = found.iter().any(|(_, _, l)| !net.links[*l].rank.is_empty());
    let mut entries: Vec<KeyEntry> = Vec::new();
    for (i, (_, _, l)) in found.into_iter().enumerate() {
        let link = &net.links[l];
        let number = match link.rank.as_str() {
            "" if ranked => "–".to_owned(),
            "" => (i + 1).to_string(),
            rank => rank.to_owned(),
        };
        let words = link.in_key.clone();
        entries.push(KeyEntry { number, words, style: link.style, emphasis: link.emphasis, link: l });
    }
    if ranked {
        let best = |entry: &KeyEntry| entry.number.split([',', '–']).next().and_then(|first| first.trim().parse().ok());
        entries.sort_by_key(|entry| best(entry).unwrap_or(usize::MAX));
    }
    entries
}

/// How far the box that moved most is from where it is in the picture that this one shows again, in points.
fn moved(job: &Job<'_>, geometry: &Geometry) -> f64 {
    let [cols, rows] = &geometry.spacings;
    let from = |held: Option<&Spacing>, now: &Spacing| held.map_or(0.0, |held| held.distance(now));
    from(job.held.cols, cols).max(from(job.held.rows, rows))
}

/// What speaks against an attempt: small type, crossings, bends, length, numbers, words left out, empty cells, moved boxes.
fn rate(job: &Job<'_>, plan: &Plan, geometry: &Geometry, kind: &Type, labels: &[Label]) -> f64 {
    let lines = &geometry.lines;
    let bends: usize = lines.iter().map(|l| l.len().saturating_sub(2)).sum();
    let length: f64 =
        lines.iter().flat_map(|l| l.windows(2)).map(|p| (p[0].x - p[1].x).abs() + (p[0].y - p[1].y).abs()).sum();
    let empty = real((plan.floor.cols * plan.floor.rows).saturating_sub(job.diagram.nodes.len()));
    let astray = job.net.reading.of_cells(&plan.floor, &plan.cells);
    let small = (12.0 - kind.name).max(0.0);
    let broken =
        geometry.contents.iter().filter(|c| c.lines.iter().filter(|l| l.kind == LineKind::Name).count() > 1).count();
    let dropped = if kind.captions { 0.0 } else { 25.0 };
    let unsaid = |label: &Label| match label {
        // Words in the key are hardly better than none where some may be left unsaid anyway.
        Label::Number(_) => {
            if job.is_sparse() {
                2.5
            } else {
                4.0
            }
        }
        Label::Unsaid => 1.4,
        Label::Lost => 20.0,
        Label::Words(_, _, false) => 0.5,
        _ => 0.0,
    };
    small * small * 4.0
        + small * 3.0
        + (16.0 - kind.name)
        + real(broken) * 0.6
        + dropped
        + real(crossings(lines)) * 0.8
        + real(bends) * 0.25
        + length / 150.0
        + labels.iter().map(unsaid).sum::<f64>()
        + empty * 0.4
        + moved(job, geometry) * 0.4
        + astray.columns * 2.0
        + astray.rows * 0.4
}

/// Crossings of lines of different links.
fn crossings(lines: &[Vec<Point>]) -> usize {
    let mut level = Vec::new();
    let mut upright = Vec::new();
    for (l, points) in lines.iter().enumerate() {
        for p in points.windows(2) {
            if p[0].y == p[1].y {
                level.push((l, p[0].y, p[0].x.min(p[1].x), p[0].x.max(p[1].x)));
            } else {
                upright.push((l, p[0].x, p[0].y.min(p[1].y), p[0].y.max(p[1].y)));
            }
        }
    }
    let mut count = 0;
    for &(l, y, x0, x1) in &level {
        count += upright.iter().filter(|&&(o, x, y0, y1)| o != l && x > x0 && x < x1 && y > y0 && y < y1).count();
    }
    count
}
