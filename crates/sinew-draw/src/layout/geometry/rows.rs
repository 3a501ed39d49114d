//! Rows: heights of boxes and of the channels between them, and where ports and level lines lie.

use super::super::content::{Content, Type};
use super::super::labels;
use super::room::{hand_out, offset, spread_tracks};
use super::sheet::{CORNER, Coordinates, Routed, Sheet, Spread, Tracks};
use super::spacing::{Axis, Spacing};
use crate::number::real;
use crate::scene::{Rect, Side};

/// Widest distance of ports at the left or right side of a box.
const WIDEST_PITCH: f64 = 11.0;

pub(super) struct Rows {
    pub(super) spacing: Spacing,
    /// Where lines may lie in each channel: start and length.
    pub(super) zone: Vec<(f64, f64)>,
    pub(super) cell: Vec<f64>,
    /// Height of each box, and distance of ports at each gate (by channel, then gate).
    pub(super) height: Vec<f64>,
    pub(super) pitch: Vec<Vec<f64>>,
    pub(super) strip: f64,
}

/// Whether a frame ends before, and whether one starts after, each channel.
pub(super) fn borders(r: &Routed<'_>, upright: bool) -> Vec<(bool, bool)> {
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
pub(super) fn strip(t: &Type) -> f64 {
    t.head * if t.tight { 1.2 } else { 1.35 } + 2.0
}

/// A channel, and what it must make room for.
#[derive(Clone, Copy)]
pub(super) struct Lane {
    pub(super) upright: bool,
    pub(super) index: usize,
    /// Whether a frame ends before it, and whether one starts after it.
    pub(super) border: (bool, bool),
    /// Whether lines run along it.
    pub(super) used: bool,
}

/// What a channel keeps free before its first and after its last line: for the edge of a frame and
/// its name, for arrowheads, and, where a line crosses others straight from box to box, for a
/// number at its tail.
pub(super) fn margin(sheet: Sheet<'_>, lane: Lane) -> (f64, f64) {
    let (r, t) = (sheet.plan, sheet.kind);
    let Lane { upright, index, border: (end, start), used } = lane;
    let (channel, last, stub, head) = if upright {
        (&r.wiring.upright[index], r.floor.cols, t.stub().0, t.pad())
    } else {
        (&r.wiring.level[index], r.floor.rows, t.stub().1, strip(t) + 2.0)
    };
    let outer = index == 0 || index == last;
    let gap = if used || !outer { t.gap() } else { 0.0 };
    let plain = if channel.gates.is_empty() { t.gap() } else { stub };
    let side = |frame: bool, frame_width: f64, edge: bool| {
        if frame {
            frame_width + gap
        } else if edge {
            2.0
        } else {
            plain
        }
    };
    let mut before = side(end, t.pad(), index == 0);
    let mut after = side(start, head, index == last);
    if used {
        let (w, h) = labels::disc(t.label, 2);
        let disc = if upright { w } else { h } + 3.6;
        for &p in &channel.straight {
            let link = r.wiring.ports[p].link;
            // On a crowded slide only vital labels are sure to need a number.
            if r.net.links[link].label.is_empty() || t.tight && !r.net.links[link].is_vital() {
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
    pub(super) fn new(sheet: Sheet<'_>, contents: &[Content], level: &[Tracks]) -> Option<Rows> {
        let Sheet { plan: r, kind: t, area, .. } = sheet;
        let strip = strip(t);
        let borders = borders(r, false);
        let mut margins = Vec::new();
        let mut least = Vec::new();
        let mut wish = Vec::new();
        for (h, channel) in r.wiring.level.iter().enumerate() {
            let tracks = real(level[h].1);
            let outer = h == 0 || h == r.floor.rows;
            let (before, after) =
                margin(sheet, Lane { upright: false, index: h, border: borders[h], used: tracks > 0.0 });
            let straight = if channel.straight.is_empty() { 0.0 } else { t.straight().1 };
            let lines = (tracks - 1.0).max(0.0);
            margins.push((before, after));
            least.push((before + after + lines * t.pitch()).max(straight));
            wish.push(before + after + lines * (t.pitch() + 1.5) + if outer { 0.0 } else { 8.0 });
        }
        let mut height: Vec<f64> = contents.iter().map(|c| c.height).collect();
        let content_rows = row_heights(r, &height);
        let pitch = gate_pitches(r, t, &mut height);
        let mut rows = row_heights(r, &height);
        let spare = area.h - least.iter().sum::<f64>() - rows.iter().sum::<f64>();
        if spare < 0.0 {
            return None;
        }
        let held = match sheet.held.rows {
            Some(held) => Some(held.near(&least, &rows, (area.y, area.bottom()))?),
            None => None,
        };
        let grow = match &held {
            Some(held) => {
                let most = held.axis.cell.iter().zip(&content_rows).filter(|(_, need)| **need > 0.0);
                most.map(|(have, need)| have / need).fold(1.3, f64::min).max(1.0)
            }
            // Boxes may grow by a quarter of what is left, lines take the rest.
            None => (1.0 + 0.25 * spare / content_rows.iter().sum::<f64>().max(1.0)).min(1.3),
        };
        let mut taller: Vec<f64> = contents.iter().map(|c| c.height * grow).collect();
        let wider = gate_pitches(r, t, &mut taller);
        let grown = row_heights(r, &taller);
        let fits = match &held {
            Some(held) => grown.iter().zip(&held.axis.cell).all(|(need, have)| need <= have),
            None => least.iter().chain(&grown).sum::<f64>() <= area.h,
        };
        let (height, pitch) = if fits {
            rows = grown;
            (taller, wider)
        } else {
            (height, pitch)
        };
        let spacing = held.unwrap_or_else(|| spaced(&area, rows, [&least, &wish]));
        let (_, cell) = spacing.axis.starts(spacing.start);
        let zone = spacing.zones(&margins);
        Some(Rows { zone, cell, spacing, height, pitch, strip })
    }

    pub(super) fn fill(&self, sheet: Sheet<'_>, level: &[Tracks], at: &mut Coordinates) {
        let (r, t) = (sheet.plan, sheet.kind);
        for (h, channel) in r.wiring.level.iter().enumerate() {
            let ys = spread_tracks(self.zone[h], level[h].1, Spread::Even, (t.pitch(), 13.0));
            for (w, wire) in channel.wires.iter().enumerate() {
                at.run[wire.run] = ys[level[h].0[w]];
            }
        }
        for (v, channel) in r.wiring.upright.iter().enumerate() {
            for (g, gate) in channel.gates.iter().enumerate() {
                let middle = self.cell[gate.row] + self.spacing.axis.cell[gate.row] / 2.0;
                for &p in &gate.ports {
                    at.port[p] = middle + offset(r.order.slot[p]) * self.pitch[v][g];
                }
            }
        }
    }
}

/// Rows of boxes with their heights, and channels from the least to what they wish for, in the middle of the area.
fn spaced(area: &Rect, rows: Vec<f64>, [least, wish]: [&[f64]; 2]) -> Spacing {
    let spare = area.h - least.iter().chain(&rows).sum::<f64>();
    // Few rows may stand further apart than many.
    let apart = if rows.len() > 3 { 64.0 } else { 96.0 };
    let last = least.len() - 1;
    let cap = least.iter().enumerate().map(|(h, &l)| if h == 0 || h == last { l } else { l.max(apart) });
    let channel = hand_out(least, wish, &cap.collect::<Vec<_>>(), spare);
    let axis = Axis { channel, cell: rows };
    Spacing { start: area.y + (area.h - axis.total()) / 2.0, axis }
}

pub(super) fn row_heights(r: &Routed<'_>, height: &[f64]) -> Vec<f64> {
    let mut rows = vec![0.0f64; r.floor.rows];
    for (n, &(_, row)) in r.cells.iter().enumerate() {
        rows[row] = rows[row].max(height[n]);
    }
    rows
}

/// Distance of ports at each gate of the upright channels: as wide as the boxes allow; boxes that
/// have more ports than height for them are made higher.
pub(super) fn gate_pitches(r: &Routed<'_>, t: &Type, height: &mut [f64]) -> Vec<Vec<f64>> {
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
            let pitch = pitch.max(t.port_pitch());
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
