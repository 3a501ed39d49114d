//! One slide: floor plans, placements and type sizes are tried, the best that fits is drawn.

mod compose;

use super::super::legend::{LegendEntry, Mark, legend, meaning};
use super::super::scene::{Anchor, Ink, Owner, Point, Rect, Scene, Text};
use super::super::text;
use super::super::{Diagram, Emphasis};
use super::content::{Type, widths};
use super::floor::{Floor, floors};
use super::geometry::{self, Geometry, Routed, Spread};
use super::labels::{self, Field, Label};
use super::net::Net;
use super::page::{self, KeyEntry, Page};
use super::place::{Cell, place};
use super::route::{Crowd, Route, route};
use super::tracks::{Order, order};
use super::wiring::Wiring;
use compose::scene;
pub(super) use compose::{blank, draw_box};

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// For the one slide that a person looks at first.
    Full,
    /// For each of many slides.
    Quick,
}

/// Type sizes tried, the most comfortable first; captions go before names get smaller than 9.
const TYPES: [(f64, bool); 12] = [
    (16.0, true),
    (14.5, true),
    (13.0, true),
    (12.0, true),
    (11.0, true),
    (10.5, true),
    (10.0, true),
    (9.5, true),
    (9.0, true),
    (10.0, false),
    (9.5, false),
    (9.0, false),
];

/// Ways to weigh width against height in routing.
const CROWDS: [Crowd; 3] =
    [Crowd { upright: 3, level: 8 }, Crowd { upright: 2, level: 26 }, Crowd { upright: 1, level: 70 }];

/// Widths of lines in points: without weight, and what the heaviest gets on top.
const LINE: f64 = 1.1;
const HEAVIEST: f64 = 1.7;

/// A floor plan with nodes placed and links routed.
struct Plan {
    floor: Floor,
    cells: Vec<Cell>,
    routes: Vec<Route>,
    wiring: Wiring,
    order: Order,
}

/// A plan drawn at a type size.
struct Attempt {
    geometry: Geometry,
    heads: Vec<Option<Text>>,
    labels: Vec<Label>,
    key: Vec<KeyEntry>,
    key_room: Rect,
    kind: Type,
    /// Which of the job's type sizes it is.
    index: usize,
    /// Whether some label found no room even as a number.
    lost: bool,
    cost: f64,
}

/// What all attempts at a slide share.
struct Job<'a> {
    diagram: &'a Diagram,
    net: &'a Net,
    /// The page without and with the key among the marks of its legend.
    pages: [Page; 2],
    /// The type sizes, each with the least and the wished-for width of every box.
    types: Vec<(Type, Vec<(f64, f64)>)>,
}

/// The slide of a diagram, or `None` where it does not fit with readable names.
pub(super) fn slide(diagram: &Diagram, notes: &[String], effort: Effort) -> Option<Scene> {
    let net = Net::new(diagram);
    let mut marks = legend(diagram);
    let page = |marks: &[LegendEntry]| Page::new(&diagram.title, &diagram.subtitle, &diagram.source, notes, marks);
    let plain = page(&marks);
    marks.push(LegendEntry { mark: Mark::Key, words: meaning(diagram, Mark::Key) });
    let pages = [plain, page(&marks)];
    let types = TYPES
        .iter()
        .map(|&(name, captions)| {
            let t = Type::of(name, captions, 0.0);
            (t, diagram.nodes.iter().map(|n| widths(n, &t)).collect())
        })
        .collect();
    let job = Job { diagram, net: &net, pages, types };
    if diagram.nodes.is_empty() {
        return Some(scene(diagram, &net, &job.pages[0], None));
    }
    // Where nothing fits, other placements are tried before the slide is given up.
    let seeds = if effort == Effort::Full { 1..=4 } else { 1..=1 };
    let (plan, attempt) = seeds.into_iter().find_map(|seed| best_plan(&job, effort, seed))?;
    let attempt = refine(&job, &plan, attempt);
    let page = &job.pages[usize::from(!attempt.key.is_empty())];
    Some(scene(diagram, &net, page, Some((&plan, &attempt))))
}

fn best_plan(job: &Job<'_>, effort: Effort, seed: u64) -> Option<(Plan, Attempt)> {
    let (count, work) = match effort {
        Effort::Full => (6, 1_600_000),
        Effort::Quick => (3, 400_000),
    };
    let room = &job.pages[0].room;
    let mut best: Option<(Plan, Attempt)> = None;
    for floor in floors(job.net, (room.w, room.h), count) {
        let cells = place(job.net, &floor, seed, work);
        for crowd in CROWDS {
            let routes = route(job.net, &floor, &cells, crowd);
            let wiring = Wiring::new(job.net, &floor, &cells, &routes);
            let order = order(&wiring);
            let plan = Plan { floor: floor.clone(), cells: cells.clone(), routes, wiring, order };
            if let Some(attempt) = best_type(job, &plan)
                && best.as_ref().is_none_or(|(_, b)| attempt.cost < b.cost - 1e-9)
            {
                best = Some((plan, attempt));
            }
        }
    }
    best
}

impl Plan {
    fn routed<'a>(&'a self, diagram: &'a Diagram, net: &'a Net) -> Routed<'a> {
        Routed {
            diagram,
            net,
            floor: &self.floor,
            cells: &self.cells,
            routes: &self.routes,
            wiring: &self.wiring,
            order: &self.order,
        }
    }
}

/// The best of the two largest type sizes that fit.
fn best_type(job: &Job<'_>, plan: &Plan) -> Option<Attempt> {
    let spread = vec![Spread::Even; plan.floor.cols + 1];
    let mut best: Option<Attempt> = None;
    let mut found = 0;
    for index in 0..job.types.len() {
        // Captions are dropped only where nothing fits with them.
        if !job.types[index].0.captions && found > 0 {
            break;
        }
        let mut fits = false;
        for wide in [1.0, 0.4, 0.0] {
            if let Some(attempt) = attempt(job, plan, index, wide, &spread) {
                fits = true;
                if best.as_ref().is_none_or(|b| attempt.cost < b.cost - 1e-9) {
                    best = Some(attempt);
                }
            }
        }
        found += usize::from(fits);
        if found == 2 {
            break;
        }
    }
    best
}

/// Tries other uses of each upright channel's width, and keeps those that leave fewer numbers.
fn refine(job: &Job<'_>, plan: &Plan, mut best: Attempt) -> Attempt {
    let mut spread = vec![Spread::Even; plan.floor.cols + 1];
    for v in 0..spread.len() {
        if plan.wiring.upright[v].wires.is_empty() || best.key.is_empty() {
            continue;
        }
        for choice in [Spread::Low, Spread::High, Spread::Middle] {
            let kept = std::mem::replace(&mut spread[v], choice);
            match attempt(job, plan, best.index, best.kind.wide, &spread) {
                Some(a) if a.cost < best.cost - 1e-9 => best = a,
                _ => spread[v] = kept,
            }
        }
    }
    best
}

/// The plan at a type size: places everything, makes room for the key of what finds no room for
/// words, at the right or at the foot, and rates the result.
fn attempt(job: &Job<'_>, plan: &Plan, index: usize, wide: f64, spread: &[Spread]) -> Option<Attempt> {
    let bare = job.pages[0].room;
    let first = draw(job, plan, index, wide, spread, &bare)?;
    if first.key.is_empty() && !first.lost {
        return Some(first);
    }
    let mut best: Option<Attempt> = None;
    for aside in [true, false] {
        if let Some(a) = with_key(job, plan, index, wide, spread, aside, &first.key)
            && best.as_ref().is_none_or(|b| a.cost < b.cost - 1e-9)
        {
            best = Some(a);
        }
    }
    best
}

/// The plan with room for a key; less room may ask for more numbers, so a few rounds are made.
fn with_key(
    job: &Job<'_>,
    plan: &Plan,
    index: usize,
    wide: f64,
    spread: &[Spread],
    aside: bool,
    wanted: &[KeyEntry],
) -> Option<Attempt> {
    let room = job.pages[1].room;
    let size = job.types[index].0.label;
    let mut wanted = wanted.to_vec();
    for _ in 0..4 {
        let (area, key_room) = page::part(&room, &wanted, size, aside)?;
        let mut a = draw(job, plan, index, wide, spread, &area)?;
        if a.lost {
            return None;
        }
        let (needed, _) = page::part(&room, &a.key, size, aside)?;
        if needed.contains(&area) {
            a.key_room = key_room;
            return Some(a);
        }
        wanted = a.key;
    }
    None
}

/// The plan in an area.
fn draw(job: &Job<'_>, plan: &Plan, index: usize, wide: f64, spread: &[Spread], area: &Rect) -> Option<Attempt> {
    let (diagram, net) = (job.diagram, job.net);
    let (kind, sizes) = &job.types[index];
    let kind = Type { wide, ..*kind };
    let routed = plan.routed(diagram, net);
    let geometry = geometry::place(&routed, &kind, sizes, area, spread)?;
    let heads = heads(diagram, net, &geometry, &kind)?;
    let labels = place_labels(diagram, net, &geometry, &heads, &line_widths(net), &kind, area);
    let lost = labels.contains(&Label::Lost);
    let key = key_entries(net, &labels);
    let cost = rate(diagram, plan, &geometry, &kind, key.len());
    Some(Attempt { geometry, heads, labels, key, key_room: Rect::default(), kind, index, lost, cost })
}

fn line_widths(net: &Net) -> Vec<f64> {
    let most = net.links.iter().map(|l| l.weight).fold(0.0, f64::max);
    net.links.iter().map(|l| if most > 0.0 { LINE + HEAVIEST * (l.weight / most).sqrt() } else { LINE }).collect()
}

/// Names of frames: as far left as they stand free of lines; shortened where no place is wide
/// enough, and `None` where there is none at all.
fn heads(diagram: &Diagram, net: &Net, geometry: &Geometry, kind: &Type) -> Option<Vec<Option<Text>>> {
    let mut heads = Vec::new();
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
        let at = Point { x: start, y: strip.y + strip.h / 2.0 + kind.head * 0.36 };
        let owner = Owner::Frame(cluster.id.clone());
        heads.push(Some(page::run(shown, at, Anchor::Start, kind.head, true, Ink::Muted, owner)));
    }
    Some(heads)
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
    diagram: &Diagram,
    net: &Net,
    geometry: &Geometry,
    heads: &[Option<Text>],
    widths: &[f64],
    kind: &Type,
    room: &Rect,
) -> Vec<Label> {
    let clear = |n: usize| match diagram.nodes[n].emphasis {
        Emphasis::Ringed | Emphasis::RingedDashed => 3.8,
        _ => 1.4,
    };
    let boxes = geometry.boxes.iter().enumerate().map(|(n, b)| b.grown(clear(n)));
    let names = heads.iter().flatten().map(|t| t.rect.grown(1.0));
    let solid: Vec<Rect> = boxes.chain(names).collect();
    let frames: Vec<Rect> = geometry.frames.iter().flatten().map(|f| f.0).collect();
    let ranks: Vec<String> = net.links.iter().map(|l| l.rank.clone()).collect();
    let broken: Vec<Vec<String>> = net.links.iter().map(|l| l.lines.clone()).collect();
    let field = Field {
        lines: &geometry.lines,
        widths,
        solid: &solid,
        frames: &frames,
        area: *room,
        size: kind.label,
        broken: &broken,
        ranks: &ranks,
    };
    let words: Vec<String> = net.links.iter().map(|l| l.label.clone()).collect();
    labels::place(&field, &words)
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
        let best = |entry: &KeyEntry| entry.number.split(',').next().and_then(|first| first.trim().parse().ok());
        entries.sort_by_key(|entry| best(entry).unwrap_or(usize::MAX));
    }
    entries
}

/// What speaks against an attempt: small type, crossings, bends, length, numbers, empty cells.
fn rate(diagram: &Diagram, plan: &Plan, geometry: &Geometry, kind: &Type, keyed: usize) -> f64 {
    let lines = &geometry.lines;
    let bends: usize = lines.iter().map(|l| l.len().saturating_sub(2)).sum();
    let length: f64 =
        lines.iter().flat_map(|l| l.windows(2)).map(|p| (p[0].x - p[1].x).abs() + (p[0].y - p[1].y).abs()).sum();
    let empty = (plan.floor.cols * plan.floor.rows - diagram.nodes.len()) as f64;
    let small = (12.0 - kind.name).max(0.0);
    let broken = geometry.contents.iter().filter(|c| c.lines.iter().filter(|l| l.name).count() > 1).count();
    let dropped = if kind.captions { 0.0 } else { 25.0 };
    small * small * 4.0
        + small * 3.0
        + (16.0 - kind.name)
        + broken as f64 * 0.6
        + dropped
        + crossings(lines) as f64 * 0.8
        + bends as f64 * 0.25
        + length / 150.0
        + keyed as f64 * 2.0
        + empty * 0.4
}

/// Crossings of lines of different links.
pub(super) fn crossings(lines: &[Vec<Point>]) -> usize {
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
