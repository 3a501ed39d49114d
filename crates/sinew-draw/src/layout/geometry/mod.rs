//! Geometry: channels get their widths, rows their heights, and everything its place in points.
//!
//! Least sizes come first: if they do not fit the area, the attempt fails. What is left is handed
//! out: to channels until labels have room, to names until they need one line, then evenly.

mod columns;
mod room;
mod rows;

use super::content::{Content, Type, Words};
use super::floor::Floor;
use super::net::Net;
use super::place::Cell;
use super::route::Route;
use super::tracks::{Order, pack};
use super::wiring::{At, Channel, Tip, Wire, Wiring};
use crate::Diagram;
use crate::scene::{Point, Rect, Side};
use crate::text;
use columns::Columns;
use rows::{Rows, row_heights};

/// Least distance of ports at the upper or lower side of a box: numbers fit between.
const PITCH_ACROSS: f64 = 8.0;
const WIDEST_PITCH: f64 = 11.0;
/// Ports keep this far from the corners of a box.
const CORNER: f64 = 4.5;

/// What does not change from attempt to attempt.
pub(super) struct Routed<'a> {
    pub(super) diagram: &'a Diagram,
    /// Words of each node.
    pub(super) words: &'a [Words],
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
    if row_heights(r, &heights(&contents)).iter().sum::<f64>() + 2.0 * t.gap() * r.floor.rows as f64 > area.h {
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
    Some(assemble(r, t.pad(), rewrapped, &placed.0, &placed.1, &placed.2))
}

fn heights(contents: &[Content]) -> Vec<f64> {
    contents.iter().map(|c| c.height).collect()
}

/// The words of all boxes broken to the widths of their columns.
fn wrapped(r: &Routed<'_>, t: &Type, col_width: &[(f64, f64)]) -> Vec<Content> {
    r.words.iter().enumerate().map(|(n, words)| words.content(t, col_width[r.cells[n].0].0)).collect()
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
    let close = level_tracks(r, |a, b| parted(a, b, &rough, 3.0 * t.pitch()));
    let count = |tracks: &[Tracks]| tracks.iter().map(|t| t.1).sum::<usize>();
    let still_apart = |at: &Coordinates| {
        r.wiring.level.iter().zip(&close).all(|(channel, tracks)| {
            let wires = &channel.wires;
            (0..wires.len()).all(|i| {
                (i + 1..wires.len()).all(|j| tracks.0[i] != tracks.0[j] || parted(&wires[i], &wires[j], at, t.pitch()))
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
    rows.fill(r, t, level, &mut at);
    let upright: Vec<Tracks> =
        r.wiring.upright.iter().zip(&r.order.upright).map(|(c, o)| upright_tracks(c, o, &at, t.pitch())).collect();
    let cols = Columns::new(r, t, area, col_width, &upright)?;
    cols.fill(r, t, &upright, spread, &mut at);
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
fn upright_tracks(channel: &Channel, order: &[usize], at: &Coordinates, pitch: f64) -> Tracks {
    let span: Vec<(f64, f64)> = channel
        .wires
        .iter()
        .map(|w| {
            let (a, b) = (at.tip(&w.tips[0]), at.tip(&w.tips[1]));
            (a.min(b), a.max(b))
        })
        .collect();
    pack(order, |a, b| span[a].0 < span[b].1 + pitch && span[b].0 < span[a].1 + pitch)
}

fn assemble(
    r: &Routed<'_>,
    pad: f64,
    contents: Vec<Content>,
    rows: &Rows,
    cols: &Columns,
    at: &Coordinates,
) -> Geometry {
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
                let x = cols.cell[area.col] - pad;
                let y = rows.cell[area.row] - rows.strip - 2.0;
                let right = cols.cell[last_col] + cols.axis.cell[last_col] + pad;
                let bottom = rows.cell[last_row] + rows.axis.cell[last_row] + pad;
                let frame = Rect { x, y, w: right - x, h: bottom - y };
                (frame, Rect { x: x + pad, y: y + 2.0, w: right - x - 2.0 * pad, h: rows.strip - 2.0 })
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
