//! Columns: widths of boxes and of the channels between them, and where upright lines lie.

use super::super::wiring::Channel;
use super::room::{hand_out, offset, spread_tracks};
use super::rows::{Lane, borders, margin};
use super::sheet::{CORNER, Coordinates, Sheet, Tracks};
use super::spacing::{Axis, Spacing};
use crate::number::real;
use crate::scene::Rect;
use crate::text;

/// Least distance of ports at the upper or lower side of a box: numbers fit between.
pub(super) const PITCH: f64 = 8.0;

pub(super) struct Columns {
    pub(super) spacing: Spacing,
    pub(super) zone: Vec<(f64, f64)>,
    pub(super) cell: Vec<f64>,
}

impl Columns {
    pub(super) fn new(sheet: Sheet<'_>, width: &[(f64, f64)], upright: &[Tracks]) -> Option<Columns> {
        let Sheet { plan: r, kind: t, area, .. } = sheet;
        let borders = borders(r, true);
        let (mut margins, mut least, mut wish) = (Vec::new(), Vec::new(), Vec::new());
        for (v, channel) in r.wiring.upright.iter().enumerate() {
            let tracks = real(upright[v].1);
            let (before, after) =
                margin(sheet, Lane { upright: true, index: v, border: borders[v], used: tracks > 0.0 });
            let straight = if channel.straight.is_empty() { 0.0 } else { t.straight().0 };
            let lines = (tracks - 1.0).max(0.0);
            let label = longest_label(sheet, v, channel);
            margins.push((before, after));
            least.push((before + after + lines * t.pitch()).max(straight));
            wish.push(before + after + lines * (t.pitch() + 2.0) + label);
        }
        let narrow: Vec<f64> = width.iter().map(|w| w.0).collect();
        let spacing = match sheet.held.cols {
            Some(held) => held.near(&least, &narrow, (area.x, area.right()))?,
            None => {
                let named: Vec<f64> = width.iter().map(|w| w.1).collect();
                spaced(&area, [&narrow, &named], [&least, &wish])?
            }
        };
        let (_, cell) = spacing.axis.starts(spacing.start);
        let zone = spacing.zones(&margins);
        Some(Columns { zone, cell, spacing })
    }

    pub(super) fn fill(&self, sheet: Sheet<'_>, upright: &[Tracks], at: &mut Coordinates) {
        let Sheet { plan: r, kind: t, spread, .. } = sheet;
        for (v, channel) in r.wiring.upright.iter().enumerate() {
            let xs = spread_tracks(self.zone[v], upright[v].1, spread[v], (t.pitch(), 26.0));
            for (w, wire) in channel.wires.iter().enumerate() {
                at.run[wire.run] = xs[upright[v].0[w]];
            }
        }
        for channel in &r.wiring.level {
            for gate in &channel.gates {
                let (start, width) = (self.cell[gate.row], self.spacing.axis.cell[gate.row]);
                let pitch = ((width - 2.0 * CORNER) / real(gate.ports.len())).clamp(PITCH, 18.0);
                for &p in &gate.ports {
                    at.port[p] = start + width / 2.0 + offset(r.order.slot[p]) * pitch;
                }
            }
        }
    }
}

/// Columns of boxes from the narrow to what names wish for, and channels from the least to what they wish for, in the middle of
/// the area; `None` where the least is too much.
fn spaced(area: &Rect, [narrow, named]: [&[f64]; 2], [least, wish]: [&[f64]; 2]) -> Option<Spacing> {
    let sum = |v: &[f64]| v.iter().sum::<f64>();
    let spare = area.w - sum(least) - sum(narrow);
    if spare < 0.0 {
        return None;
    }
    // A third of what is left may go to names that would like one line. What is still left when
    // channels have all they wish makes boxes a little wider than their words.
    let to_names = (spare / 3.0).min(sum(named) - sum(narrow));
    let cell = hand_out(narrow, named, narrow, to_names);
    let slack = spare - to_names - least.iter().zip(wish).map(|(l, w)| (w - l).max(0.0)).sum::<f64>();
    let ample: Vec<f64> = cell.iter().map(|w| (w + 18.0).min(w * 1.2)).collect();
    let cell = hand_out(&cell, &ample, &cell, (slack / 3.0).min(sum(&ample) - sum(&cell)));
    let spare = area.w - least.iter().chain(&cell).sum::<f64>();
    let last = least.len() - 1;
    let cap = least.iter().enumerate().map(|(v, &l)| if v == 0 || v == last { wish[v].max(l) } else { l.max(180.0) });
    let channel = hand_out(least, wish, &cap.collect::<Vec<_>>(), spare);
    let axis = Axis { channel, cell };
    Some(Spacing { start: area.x + (area.w - axis.total()) / 2.0, axis })
}

/// Width of the longest label that would best stand in an upright channel: of lines that cross it
/// straight, or start or end there.
fn longest_label(sheet: Sheet<'_>, v: usize, channel: &Channel) -> f64 {
    let (r, t) = (sheet.plan, sheet.kind);
    let straight = channel.straight.iter().map(|&p| r.wiring.ports[p].link);
    let wired = channel.wires.iter().map(|w| w.link).filter(|&l| {
        let runs = &r.routes[l].runs;
        runs.len() == 1 || v > 0 && v < r.floor.cols
    });
    let width = |l: usize| {
        let link = &r.net.links[l];
        let lines = link.folded.as_ref().map_or(std::slice::from_ref(&link.label), |two| &two[..]);
        lines.iter().map(|words| text::width(words, t.label, false)).fold(0.0, f64::max).min(90.0)
    };
    straight.chain(wired).map(width).fold(0.0, f64::max)
}
