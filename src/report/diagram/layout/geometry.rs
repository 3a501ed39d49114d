//! Geometry: channels get their widths, rows their heights, and everything its place in points.
//!
//! Least sizes come first: if they do not fit the area, the attempt fails. What is left is handed
//! out: to channels until labels have room, to names until they need one line, then evenly.

use super::super::Diagram;
use super::super::scene::{Point, Rect, Side};
use super::super::text;
use super::content::{Content, Type, content};
use super::floor::Floor;
use super::labels;
use super::net::Net;
use super::place::Cell;
use super::route::Route;
use super::tracks::{Order, pack};
use super::wiring::{At, Channel, Tip, Wire, Wiring};

/// Least distance of parallel lines: half the height of a label of 7 points, and clear of it.
pub(super) const PITCH: f64 = 6.4;
/// Least distance of ports at the upper or lower side of a box: numbers fit between.
const PITCH_ACROSS: f64 = 8.0;
const WIDEST_PITCH: f64 = 11.0;
/// From a frame to its boxes; from a frame or box to the first line; for an arrowhead.
const PAD: f64 = 5.0;
const GAP: f64 = 4.5;
const STUB: f64 = 9.0;
const STUB_LEVEL: f64 = 7.5;
/// Least length of a straight line between facing boxes.
const STRAIGHT: (f64, f64) = (26.0, 17.0);
/// Ports keep this far from the corners of a box.
const CORNER: f64 = 4.5;

/// What does not change from attempt to attempt.
pub(super) struct Routed<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) net: &'a Net,
    pub(super) floor: &'a Floor,
    pub(super) cells: &'a [Cell],
    pub(super) routes: &'a [Route],
    pub(super) wiring: &'a Wiring,
    pub(super) order: &'a Order,
}

/// How the lines of an upright channel use its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    Even,
    Low,
    High,
    Middle,
}

/// Everything in its place, in points.
pub(super) struct Geometry {
    pub(super) boxes: Vec<Rect>,
    pub(super) contents: Vec<Content>,
    /// Frame of each group that has one, and the strip for its name.
    pub(super) frames: Vec<Option<(Rect, Rect)>>,
    /// Corners of each link's line.
    pub(super) lines: Vec<Vec<Point>>,
}

/// Sizes along one axis: channels and cells in turn.
struct Axis {
    channel: Vec<f64>,
    cell: Vec<f64>,
}

impl Axis {
    fn total(&self) -> f64 {
        self.channel.iter().chain(&self.cell).sum()
    }

    /// Start of each channel and of each cell, from `start`.
    fn starts(&self, start: f64) -> (Vec<f64>, Vec<f64>) {
        let (mut channel, mut cell) = (Vec::new(), Vec::new());
        let mut at = start;
        for (i, &w) in self.channel.iter().enumerate() {
            channel.push(at);
            at += w;
            if let Some(&c) = self.cell.get(i) {
                cell.push(at);
                at += c;
            }
        }
        (channel, cell)
    }
}

/// The least and the wished-for width of each column of boxes.
type Widths = Vec<(f64, f64)>;

/// Tracks of a channel's wires, and their number.
type Tracks = (Vec<usize>, usize);

/// Places everything in `area`, or says that it does not fit.
///
/// `sizes` has the least and the wished-for width of each box at this type size.
pub(super) fn place(
    r: &Routed<'_>,
    t: &Type,
    sizes: &[(f64, f64)],
    area: &Rect,
    spread: &[Spread],
) -> Option<Geometry> {
    let (col_width, contents) = columns(r, t, sizes, area)?;
    // Boxes and bare channels alone may be too much; then the rest need not be worked out.
    if row_heights(r, &heights(&contents)).iter().sum::<f64>() + 2.0 * GAP * r.floor.rows as f64 > area.h {
        return None;
    }
    let mut placed = closest(r, t, area, &col_width, &contents, spread)?;
    // Boxes have become wider than their words needed; what now takes fewer lines needs less height.
    let wider: Vec<(f64, f64)> = placed.1.axis.cell.iter().map(|&w| (w, w)).collect();
    let mut rewrapped = wrapped(r, t, &wider);
    if heights(&rewrapped) != heights(&contents)
        && let Some(better) = closest(r, t, area, &wider, &rewrapped, spread)
    {
        rewrapped = wrapped(r, t, &better.1.axis.cell.iter().map(|&w| (w, w)).collect::<Vec<_>>());
        placed = better;
    }
    Some(assemble(r, rewrapped, &placed.0, &placed.1, &placed.2))
}

fn heights(contents: &[Content]) -> Vec<f64> {
    contents.iter().map(|c| c.height).collect()
}

/// The words of all boxes broken to the widths of their columns.
fn wrapped(r: &Routed<'_>, t: &Type, col_width: &[(f64, f64)]) -> Vec<Content> {
    r.diagram.nodes.iter().enumerate().map(|(n, node)| content(node, t, col_width[r.cells[n].0].0)).collect()
}

/// Extent of a wire along its channel.
fn span(w: &Wire, at: &Coordinates) -> (f64, f64) {
    let (a, b) = (at.tip(&w.tips[0]), at.tip(&w.tips[1]));
    (a.min(b), a.max(b))
}

fn parted(a: &Wire, b: &Wire, at: &Coordinates, gap: f64) -> bool {
    let (p, q) = (span(a, at), span(b, at));
    p.0 > q.1 + gap || q.0 > p.1 + gap
}

/// Rows and columns with as few level tracks as can be had.
///
/// Whether two level lines meet depends on where upright ones lie, and that on the rows. So all is
/// placed once with tracks that are safe whatever the widths, if need be on a slide of twice the
/// height; lines that keep well apart there then share a track, and where they are still apart
/// after that has changed the rows, it stands.
fn closest(
    r: &Routed<'_>,
    t: &Type,
    area: &Rect,
    col_width: &[(f64, f64)],
    contents: &[Content],
    spread: &[Spread],
) -> Option<(Rows, Columns, Coordinates)> {
    let safe = level_tracks(r, |a, b| a.lo > b.hi || b.lo > a.hi);
    let tall = Rect { h: 2.0 * area.h, ..*area };
    let (_, _, rough) = sized(r, t, &tall, col_width, contents, &safe, spread)?;
    let close = level_tracks(r, |a, b| parted(a, b, &rough, 3.0 * PITCH));
    let count = |tracks: &[Tracks]| tracks.iter().map(|t| t.1).sum::<usize>();
    let still_apart = |at: &Coordinates| {
        r.wiring.level.iter().zip(&close).all(|(channel, tracks)| {
            let wires = &channel.wires;
            (0..wires.len()).all(|i| {
                (i + 1..wires.len()).all(|j| tracks.0[i] != tracks.0[j] || parted(&wires[i], &wires[j], at, PITCH))
            })
        })
    };
    if count(&close) < count(&safe)
        && let Some(placed) = sized(r, t, area, col_width, contents, &close, spread)
        && still_apart(&placed.2)
    {
        return Some(placed);
    }
    sized(r, t, area, col_width, contents, &safe, spread)
}

/// Rows and columns in an area, given the tracks of the level channels.
fn sized(
    r: &Routed<'_>,
    t: &Type,
    area: &Rect,
    col_width: &[(f64, f64)],
    contents: &[Content],
    level: &[Tracks],
    spread: &[Spread],
) -> Option<(Rows, Columns, Coordinates)> {
    let rows = Rows::new(r, t, area, contents, level)?;
    let mut at = Coordinates { port: vec![0.0; r.wiring.ports.len()], run: vec![0.0; r.wiring.run_count] };
    rows.fill(r, level, &mut at);
    let upright: Vec<Tracks> =
        r.wiring.upright.iter().zip(&r.order.upright).map(|(c, o)| upright_tracks(c, o, &at)).collect();
    let cols = Columns::new(r, t, area, col_width, &upright)?;
    cols.fill(r, &upright, spread, &mut at);
    Some((rows, cols, at))
}

struct Coordinates {
    /// Of ports along their channel: y at left and right sides, x at upper and lower ones.
    port: Vec<f64>,
    /// Of runs across their channel: x of upright, y of level ones.
    run: Vec<f64>,
}

impl Coordinates {
    fn tip(&self, tip: &Tip) -> f64 {
        match tip.at {
            At::Port(p) => self.port[p],
            At::Run(r) => self.run[r],
        }
    }
}

/// Least width of each column of boxes, and the words broken to it.
fn columns(r: &Routed<'_>, t: &Type, sizes: &[(f64, f64)], area: &Rect) -> Option<(Widths, Vec<Content>)> {
    let mut col = vec![(0.0f64, 0.0f64); r.floor.cols];
    for (n, &(least, wish)) in sizes.iter().enumerate() {
        let c = &mut col[r.cells[n].0];
        let width = least + (wish - least) * t.wide;
        *c = (c.0.max(width), c.1.max(wish));
    }
    for channel in &r.wiring.level {
        for gate in &channel.gates {
            let need = gate.ports.len() as f64 * PITCH_ACROSS + 2.0 * CORNER;
            let c = &mut col[gate.row];
            *c = (c.0.max(need), c.1.max(need));
        }
    }
    for (place, group) in r.floor.areas.iter().zip(&r.net.groups) {
        // The name of a narrow frame has no other room than over its one column.
        if let (Some(cluster), 1) = (group.cluster, place.cols) {
            let name = text::clean(&r.diagram.clusters[cluster].name);
            let need = (text::width(&name, t.head, true) + 1.0).min(11.0 * t.name);
            let c = &mut col[place.col];
            *c = (c.0.max(need), c.1.max(need));
        }
    }
    if col.iter().map(|c| c.0).sum::<f64>() > area.w {
        return None;
    }
    let contents = wrapped(r, t, &col);
    Some((col, contents))
}

/// Tracks of the level channels, given which of two lines of a channel are apart.
fn level_tracks(r: &Routed<'_>, apart: impl Fn(&Wire, &Wire) -> bool) -> Vec<Tracks> {
    let channels = r.wiring.level.iter().zip(&r.order.level);
    channels.map(|(channel, order)| pack(order, |a, b| !apart(&channel.wires[a], &channel.wires[b]))).collect()
}

/// Lines between columns clash where they come nearer than a pitch.
fn upright_tracks(channel: &Channel, order: &[usize], at: &Coordinates) -> Tracks {
    let span: Vec<(f64, f64)> = channel
        .wires
        .iter()
        .map(|w| {
            let (a, b) = (at.tip(&w.tips[0]), at.tip(&w.tips[1]));
            (a.min(b), a.max(b))
        })
        .collect();
    pack(order, |a, b| span[a].0 < span[b].1 + PITCH && span[b].0 < span[a].1 + PITCH)
}

struct Rows {
    axis: Axis,
    /// Where lines may lie in each channel: start and length.
    zone: Vec<(f64, f64)>,
    cell: Vec<f64>,
    /// Height of each box, and distance of ports at each gate (by channel, then gate).
    height: Vec<f64>,
    pitch: Vec<Vec<f64>>,
    strip: f64,
}

/// Whether a frame ends before, and whether one starts after, each channel.
fn borders(r: &Routed<'_>, upright: bool) -> Vec<(bool, bool)> {
    let count = if upright { r.floor.cols } else { r.floor.rows } + 1;
    let mut found = vec![(false, false); count];
    for (area, group) in r.floor.areas.iter().zip(&r.net.groups) {
        if group.cluster.is_some() {
            let (start, length) = if upright { (area.col, area.cols) } else { (area.row, area.rows) };
            found[start].1 = true;
            found[start + length].0 = true;
        }
    }
    found
}

/// Height of the strip that holds a frame's name.
fn strip(t: &Type) -> f64 {
    t.head * 1.35 + 2.0
}

/// What a channel keeps free before its first and after its last line: for the edge of a frame and
/// its name, for arrowheads, and, where a line crosses others straight from box to box, for a
/// number at its tail.
fn margin(r: &Routed<'_>, t: &Type, upright: bool, index: usize, (end, start): (bool, bool), used: bool) -> (f64, f64) {
    let (channel, last, stub, head) = if upright {
        (&r.wiring.upright[index], r.floor.cols, STUB, PAD)
    } else {
        (&r.wiring.level[index], r.floor.rows, STUB_LEVEL, strip(t) + 2.0)
    };
    let outer = index == 0 || index == last;
    let gap = if used || !outer { GAP } else { 0.0 };
    let plain = if channel.gates.is_empty() { GAP } else { stub };
    let side = |frame: bool, frame_width: f64, edge: bool| {
        if frame {
            frame_width + gap
        } else if edge {
            2.0
        } else {
            plain
        }
    };
    let mut before = side(end, PAD, index == 0);
    let mut after = side(start, head, index == last);
    if used {
        let (w, h) = labels::disc(t.label, 2);
        let disc = if upright { w } else { h } + 3.6;
        for &p in &channel.straight {
            let link = r.wiring.ports[p].link;
            if r.net.links[link].label.is_empty() {
                continue;
            }
            if matches!(r.routes[link].from, Side::Right | Side::Bottom) {
                before = before.max(disc);
            } else {
                after = after.max(disc);
            }
        }
    }
    (before, after)
}

impl Rows {
    fn new(r: &Routed<'_>, t: &Type, area: &Rect, contents: &[Content], level: &[Tracks]) -> Option<Rows> {
        let strip = strip(t);
        let borders = borders(r, false);
        let mut margins = Vec::new();
        let mut least = Vec::new();
        let mut wish = Vec::new();
        for (h, channel) in r.wiring.level.iter().enumerate() {
            let tracks = level[h].1 as f64;
            let outer = h == 0 || h == r.floor.rows;
            let (before, after) = margin(r, t, false, h, borders[h], tracks > 0.0);
            let straight = if channel.straight.is_empty() { 0.0 } else { STRAIGHT.1 };
            let lines = (tracks - 1.0).max(0.0);
            margins.push((before, after));
            least.push((before + after + lines * PITCH).max(straight));
            wish.push(before + after + lines * (PITCH + 1.5) + if outer { 0.0 } else { 8.0 });
        }
        let mut height: Vec<f64> = contents.iter().map(|c| c.height).collect();
        let content_rows = row_heights(r, &height);
        let pitch = gate_pitches(r, &mut height);
        let mut rows = row_heights(r, &height);
        let spare = area.h - least.iter().sum::<f64>() - rows.iter().sum::<f64>();
        if spare < 0.0 {
            return None;
        }
        // Boxes may grow by a quarter of what is left, lines take the rest.
        let grow = (1.0 + 0.25 * spare / content_rows.iter().sum::<f64>().max(1.0)).min(1.3);
        let mut taller: Vec<f64> = contents.iter().map(|c| c.height * grow).collect();
        let wider = gate_pitches(r, &mut taller);
        let grown = row_heights(r, &taller);
        let (height, pitch) = if least.iter().chain(&grown).sum::<f64>() <= area.h {
            rows = grown;
            (taller, wider)
        } else {
            (height, pitch)
        };
        let spare = area.h - least.iter().chain(&rows).sum::<f64>();
        let cap: Vec<f64> =
            least.iter().enumerate().map(|(h, &l)| if h == 0 || h == r.floor.rows { l } else { l.max(64.0) }).collect();
        let channel = hand_out(&least, &wish, &cap, spare);
        let axis = Axis { channel, cell: rows };
        let top = area.y + (area.h - axis.total()) / 2.0;
        let (starts, cell) = axis.starts(top);
        let zone =
            starts.iter().zip(&axis.channel).zip(&margins).map(|((&s, &w), m)| (s + m.0, w - m.0 - m.1)).collect();
        Some(Rows { zone, cell, axis, height, pitch, strip })
    }

    fn fill(&self, r: &Routed<'_>, level: &[Tracks], at: &mut Coordinates) {
        for (h, channel) in r.wiring.level.iter().enumerate() {
            let ys = spread_tracks(self.zone[h], level[h].1, Spread::Even, 13.0);
            for (w, wire) in channel.wires.iter().enumerate() {
                at.run[wire.run] = ys[level[h].0[w]];
            }
        }
        for (v, channel) in r.wiring.upright.iter().enumerate() {
            for (g, gate) in channel.gates.iter().enumerate() {
                let middle = self.cell[gate.row] + self.axis.cell[gate.row] / 2.0;
                for &p in &gate.ports {
                    at.port[p] = middle + offset(r.order.slot[p]) * self.pitch[v][g];
                }
            }
        }
    }
}

/// Distance of a slot from the middle of its gate, in slots.
fn offset((slot, count): (usize, usize)) -> f64 {
    slot as f64 - (count as f64 - 1.0) / 2.0
}

fn row_heights(r: &Routed<'_>, height: &[f64]) -> Vec<f64> {
    let mut rows = vec![0.0f64; r.floor.rows];
    for (n, &(_, row)) in r.cells.iter().enumerate() {
        rows[row] = rows[row].max(height[n]);
    }
    rows
}

/// Distance of ports at each gate of the upright channels: as wide as the boxes allow; boxes that
/// have more ports than height for them are made higher.
fn gate_pitches(r: &Routed<'_>, height: &mut [f64]) -> Vec<Vec<f64>> {
    let content = height.to_vec();
    let mut pitches = Vec::new();
    for channel in &r.wiring.upright {
        let mut of_channel = Vec::new();
        for gate in &channel.gates {
            let ends = |p: usize| r.wiring.ports[p].nodes.into_iter().flatten();
            let mut pitch = WIDEST_PITCH;
            for &p in &gate.ports {
                let off = offset(r.order.slot[p]).abs();
                for n in ends(p) {
                    if off > 0.0 {
                        pitch = pitch.min((content[n] / 2.0 - CORNER) / off);
                    }
                }
            }
            let pitch = pitch.max(PITCH);
            for &p in &gate.ports {
                for n in ends(p) {
                    height[n] = height[n].max(2.0 * (offset(r.order.slot[p]).abs() * pitch + CORNER));
                }
            }
            of_channel.push(pitch);
        }
        pitches.push(of_channel);
    }
    pitches
}

struct Columns {
    axis: Axis,
    zone: Vec<(f64, f64)>,
    cell: Vec<f64>,
}

impl Columns {
    fn new(r: &Routed<'_>, t: &Type, area: &Rect, width: &[(f64, f64)], upright: &[Tracks]) -> Option<Columns> {
        let borders = borders(r, true);
        let (mut margins, mut least, mut wish) = (Vec::new(), Vec::new(), Vec::new());
        for (v, channel) in r.wiring.upright.iter().enumerate() {
            let tracks = upright[v].1 as f64;
            let (before, after) = margin(r, t, true, v, borders[v], tracks > 0.0);
            let straight = if channel.straight.is_empty() { 0.0 } else { STRAIGHT.0 };
            let lines = (tracks - 1.0).max(0.0);
            let label = longest_label(r, t, v, channel);
            margins.push((before, after));
            least.push((before + after + lines * PITCH).max(straight));
            wish.push(before + after + lines * (PITCH + 2.0) + label);
        }
        let spare = area.w - least.iter().sum::<f64>() - width.iter().map(|w| w.0).sum::<f64>();
        if spare < 0.0 {
            return None;
        }
        // A third of what is left may go to names that would like one line. What is still left when
        // channels have all they wish makes boxes a little wider than their words.
        let narrow: Vec<f64> = width.iter().map(|w| w.0).collect();
        let named: Vec<f64> = width.iter().map(|w| w.1).collect();
        let sum = |v: &[f64]| v.iter().sum::<f64>();
        let to_names = (spare / 3.0).min(sum(&named) - sum(&narrow));
        let cell = hand_out(&narrow, &named, &narrow, to_names);
        let slack = spare - to_names - least.iter().zip(&wish).map(|(l, w)| (w - l).max(0.0)).sum::<f64>();
        let ample: Vec<f64> = cell.iter().map(|w| (w + 18.0).min(w * 1.2)).collect();
        let cell = hand_out(&cell, &ample, &cell, (slack / 3.0).min(sum(&ample) - sum(&cell)));
        let spare = area.w - least.iter().chain(&cell).sum::<f64>();
        let cap: Vec<f64> = least
            .iter()
            .enumerate()
            .map(|(v, &l)| if v == 0 || v == r.floor.cols { wish[v].max(l) } else { l.max(180.0) })
            .collect();
        let channel = hand_out(&least, &wish, &cap, spare);
        let axis = Axis { channel, cell };
        let left = area.x + (area.w - axis.total()) / 2.0;
        let (starts, cell) = axis.starts(left);
        let zone =
            starts.iter().zip(&axis.channel).zip(&margins).map(|((&s, &w), m)| (s + m.0, w - m.0 - m.1)).collect();
        Some(Columns { zone, cell, axis })
    }

    fn fill(&self, r: &Routed<'_>, upright: &[Tracks], spread: &[Spread], at: &mut Coordinates) {
        for (v, channel) in r.wiring.upright.iter().enumerate() {
            let xs = spread_tracks(self.zone[v], upright[v].1, spread[v], 26.0);
            for (w, wire) in channel.wires.iter().enumerate() {
                at.run[wire.run] = xs[upright[v].0[w]];
            }
        }
        for channel in &r.wiring.level {
            for gate in &channel.gates {
                let (start, width) = (self.cell[gate.row], self.axis.cell[gate.row]);
                let pitch = ((width - 2.0 * CORNER) / gate.ports.len() as f64).clamp(PITCH_ACROSS, 18.0);
                for &p in &gate.ports {
                    at.port[p] = start + width / 2.0 + offset(r.order.slot[p]) * pitch;
                }
            }
        }
    }
}

/// Width of the longest label that would best stand in an upright channel: of lines that cross it
/// straight, or start or end there.
fn longest_label(r: &Routed<'_>, t: &Type, v: usize, channel: &Channel) -> f64 {
    let straight = channel.straight.iter().map(|&p| r.wiring.ports[p].link);
    let wired = channel.wires.iter().map(|w| w.link).filter(|&l| {
        let runs = &r.routes[l].runs;
        runs.len() == 1 || v > 0 && v < r.floor.cols
    });
    let width = |l: usize| text::width(&r.net.links[l].label, t.label, false).min(90.0);
    straight.chain(wired).map(width).fold(0.0, f64::max)
}

/// `least` raised by `spare` in all: first towards `wish`, all in the same proportion, then evenly
/// up to `cap`.
fn hand_out(least: &[f64], wish: &[f64], cap: &[f64], spare: f64) -> Vec<f64> {
    let mut given = least.to_vec();
    let mut spare = spare.max(0.0);
    let want: f64 = least.iter().zip(wish).map(|(l, w)| (w - l).max(0.0)).sum();
    if want > 0.0 {
        let share = (spare / want).min(1.0);
        for (g, w) in given.iter_mut().zip(wish) {
            *g += (w - *g).max(0.0) * share;
        }
        spare -= want * share;
    }
    // Each round fills at least one up to its cap.
    for _ in 0..given.len() {
        let open: Vec<usize> = (0..given.len()).filter(|&i| given[i] < cap[i] - 1e-9).collect();
        if open.is_empty() || spare < 1e-9 {
            break;
        }
        let each = spare / open.len() as f64;
        for i in open {
            let more = each.min(cap[i] - given[i]);
            given[i] += more;
            spare -= more;
        }
    }
    given
}

/// Positions of `count` tracks in a zone.
fn spread_tracks((start, length): (f64, f64), count: usize, spread: Spread, widest: f64) -> Vec<f64> {
    if count == 0 {
        return Vec::new();
    }
    let between = (count - 1) as f64;
    let even = if count > 1 { (length / between).min(widest).max(PITCH) } else { 0.0 };
    let (first, pitch) = match spread {
        Spread::Even => (start + (length - between * even) / 2.0, even),
        Spread::Low => (start, PITCH),
        Spread::High => (start + length - between * PITCH, PITCH),
        Spread::Middle => (start + (length - between * PITCH) / 2.0, PITCH),
    };
    (0..count).map(|k| first + k as f64 * pitch).collect()
}

fn assemble(r: &Routed<'_>, contents: Vec<Content>, rows: &Rows, cols: &Columns, at: &Coordinates) -> Geometry {
    let boxes: Vec<Rect> = r
        .cells
        .iter()
        .enumerate()
        .map(|(n, &(c, row))| {
            let h = rows.height[n];
            Rect { x: cols.cell[c], y: rows.cell[row] + (rows.axis.cell[row] - h) / 2.0, w: cols.axis.cell[c], h }
        })
        .collect();
    let frames = r
        .floor
        .areas
        .iter()
        .zip(&r.net.groups)
        .map(|(area, group)| {
            group.cluster.map(|_| {
                let (last_col, last_row) = (area.col + area.cols - 1, area.row + area.rows - 1);
                let x = cols.cell[area.col] - PAD;
                let y = rows.cell[area.row] - rows.strip - 2.0;
                let right = cols.cell[last_col] + cols.axis.cell[last_col] + PAD;
                let bottom = rows.cell[last_row] + rows.axis.cell[last_row] + PAD;
                let frame = Rect { x, y, w: right - x, h: bottom - y };
                (frame, Rect { x: x + PAD, y: y + 2.0, w: right - x - 2.0 * PAD, h: rows.strip - 2.0 })
            })
        })
        .collect();
    let lines = (0..r.routes.len()).map(|l| corners(r, l, &boxes, at)).collect();
    Geometry { boxes, contents, frames, lines }
}

/// Corners of a link's line.
fn corners(r: &Routed<'_>, l: usize, boxes: &[Rect], at: &Coordinates) -> Vec<Point> {
    let (link, route) = (&r.net.links[l], &r.routes[l]);
    let [first, last] = r.wiring.ends[l];
    let end = |node: usize, side: Side, port: usize| {
        let (b, along) = (&boxes[node], at.port[port]);
        match side {
            Side::Top => Point { x: along, y: b.y },
            Side::Bottom => Point { x: along, y: b.bottom() },
            Side::Left => Point { x: b.x, y: along },
            Side::Right => Point { x: b.right(), y: along },
        }
    };
    let (start, goal) = (end(link.from, route.from, first), end(link.to, route.to, last));
    let mut points = vec![start];
    let mut here = start;
    for (run, &id) in route.runs.iter().zip(&r.wiring.runs[l]) {
        let across = at.run[id];
        here = if run.upright { Point { x: across, y: here.y } } else { Point { x: here.x, y: across } };
        points.push(here);
    }
    if let Some(run) = route.runs.last() {
        points.push(if run.upright { Point { x: here.x, y: goal.y } } else { Point { x: goal.x, y: here.y } });
    }
    points.push(goal);
    points
}
