//! Geometry: channels get their widths, rows their heights, and everything its place in points.
//!
//! Least sizes come first: if they do not fit the area, the attempt fails. What is left is handed
//! out: to channels until labels have room, to names until they need one line, then evenly.

mod columns;
mod room;
mod rows;
mod sheet;
mod spacing;

use super::content::Content;
use super::tracks::pack;
use super::wiring::{Channel, Wire};
use crate::number::real;
use crate::scene::{Point, Rect, Side};
use crate::text;
use columns::Columns;
use rows::{Rows, row_heights};
use sheet::{CORNER, Coordinates, Tracks};
pub(super) use sheet::{Held, Routed, Sheet, Spread};
pub(super) use spacing::Spacing;

/// Everything in its place, in points.
pub(super) struct Geometry {
    pub(super) boxes: Vec<Rect>,
    pub(super) contents: Vec<Content>,
    /// Frame of each group that has one, and the strip for its name.
    pub(super) frames: Vec<Option<(Rect, Rect)>>,
    /// Corners of each link's line.
    pub(super) lines: Vec<Vec<Point>>,
    /// Columns and rows.
    pub(super) spacings: [Spacing; 2],
}

/// The least and the wished-for width of each column of boxes.
type Widths = Vec<(f64, f64)>;

/// Rows and columns, and the lines between them.
struct Frame {
    rows: Rows,
    cols: Columns,
    at: Coordinates,
}

/// Places everything on the sheet, or says that it does not fit.
///
/// `sizes` has the least and the wished-for width of each box at this type size.
pub(super) fn place(sheet: Sheet<'_>, sizes: &[(f64, f64)]) -> Option<Geometry> {
    let (r, t) = (sheet.plan, sheet.kind);
    let (col_width, contents) = columns(sheet, sizes)?;
    // Boxes and bare channels alone may be too much; then the rest need not be worked out.
    if row_heights(r, &heights(&contents)).iter().sum::<f64>() + 2.0 * t.gap() * real(r.floor.rows) > sheet.area.h {
        return None;
    }
    let mut placed = closest(sheet, &col_width, &contents)?;
    // Boxes have become wider than their words needed; what now takes fewer lines needs less height.
    let wider: Vec<(f64, f64)> = placed.cols.spacing.axis.cell.iter().map(|&w| (w, w)).collect();
    let mut rewrapped = wrapped(sheet, &wider);
    if heights(&rewrapped) != heights(&contents)
        && let Some(better) = closest(sheet, &wider, &rewrapped)
    {
        rewrapped = wrapped(sheet, &better.cols.spacing.axis.cell.iter().map(|&w| (w, w)).collect::<Vec<_>>());
        placed = better;
    }
    Some(assemble(sheet, rewrapped, &placed))
}

fn heights(contents: &[Content]) -> Vec<f64> {
    contents.iter().map(|c| c.height).collect()
}

/// The words of all boxes broken to the widths of their columns.
fn wrapped(sheet: Sheet<'_>, col_width: &[(f64, f64)]) -> Vec<Content> {
    let (r, t) = (sheet.plan, sheet.kind);
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
fn closest(sheet: Sheet<'_>, col_width: &[(f64, f64)], contents: &[Content]) -> Option<Frame> {
    let (r, t) = (sheet.plan, sheet.kind);
    let safe = level_tracks(r, |a, b| a.lo > b.hi || b.lo > a.hi);
    let tall =
        Sheet { area: Rect { h: 2.0 * sheet.area.h, ..sheet.area }, held: Held { rows: None, ..sheet.held }, ..sheet };
    let rough = sized(tall, col_width, contents, &safe)?.at;
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
        && let Some(placed) = sized(sheet, col_width, contents, &close)
        && still_apart(&placed.at)
    {
        return Some(placed);
    }
    sized(sheet, col_width, contents, &safe)
}

/// Rows and columns in an area, given the tracks of the level channels.
fn sized(sheet: Sheet<'_>, col_width: &[(f64, f64)], contents: &[Content], level: &[Tracks]) -> Option<Frame> {
    let (r, t) = (sheet.plan, sheet.kind);
    let rows = Rows::new(sheet, contents, level)?;
    let mut at = Coordinates { port: vec![0.0; r.wiring.ports.len()], run: vec![0.0; r.wiring.run_count] };
    rows.fill(sheet, level, &mut at);
    let upright: Vec<Tracks> =
        r.wiring.upright.iter().zip(&r.order.upright).map(|(c, o)| upright_tracks(c, o, &at, t.pitch())).collect();
    let cols = Columns::new(sheet, col_width, &upright)?;
    cols.fill(sheet, &upright, &mut at);
    Some(Frame { rows, cols, at })
}

/// Least width of each column of boxes, and the words broken to it.
fn columns(sheet: Sheet<'_>, sizes: &[(f64, f64)]) -> Option<(Widths, Vec<Content>)> {
    let (r, t) = (sheet.plan, sheet.kind);
    let mut col = vec![(0.0f64, 0.0f64); r.floor.cols];
    for (n, &(least, wish)) in sizes.iter().enumerate() {
        let c = &mut col[r.cells[n].0];
        let width = least + (wish - least) * t.wide;
        *c = (c.0.max(width), c.1.max(wish));
    }
    for channel in &r.wiring.level {
        for gate in &channel.gates {
            let need = real(gate.ports.len()) * columns::PITCH + 2.0 * CORNER;
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
    if col.iter().map(|c| c.0).sum::<f64>() > sheet.area.w {
        return None;
    }
    let contents = wrapped(sheet, &col);
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

fn assemble(sheet: Sheet<'_>, contents: Vec<Content>, Frame { rows, cols, at }: &Frame) -> Geometry {
    let (r, pad) = (sheet.plan, sheet.kind.pad());
    let boxes: Vec<Rect> = r
        .cells
        .iter()
        .enumerate()
        .map(|(n, &(c, row))| {
            let h = rows.height[n];
            Rect {
                x: cols.cell[c],
                y: rows.cell[row] + (rows.spacing.axis.cell[row] - h) / 2.0,
                w: cols.spacing.axis.cell[c],
                h,
            }
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
                let right = cols.cell[last_col] + cols.spacing.axis.cell[last_col] + pad;
                let bottom = rows.cell[last_row] + rows.spacing.axis.cell[last_row] + pad;
                let frame = Rect { x, y, w: right - x, h: bottom - y };
                (frame, Rect { x: x + pad, y: y + 2.0, w: right - x - 2.0 * pad, h: rows.strip - 2.0 })
            })
        })
        .collect();
    let lines = (0..r.routes.len()).map(|l| corners(r, l, &boxes, at)).collect();
    Geometry { boxes, contents, frames, lines, spacings: [cols.spacing.clone(), rows.spacing.clone()] }
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
