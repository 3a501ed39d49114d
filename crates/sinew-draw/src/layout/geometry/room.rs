//! Room along one axis: how what is left over is handed out.

use super::sheet::Spread;
use crate::number::real;

/// Distance of a slot from the middle of its gate, in slots.
pub(super) fn offset((slot, count): (usize, usize)) -> f64 {
    real(slot) - (real(count) - 1.0) / 2.0
}

/// `least` raised by `spare` in all: first towards `wish`, all in the same proportion, then evenly
/// up to `cap`.
pub(super) fn hand_out(least: &[f64], wish: &[f64], cap: &[f64], spare: f64) -> Vec<f64> {
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
        let each = spare / real(open.len());
        for i in open {
            let more = each.min(cap[i] - given[i]);
            given[i] += more;
            spare -= more;
        }
    }
    given
}

/// Positions of `count` tracks in a zone, at the least and the widest distance of two.
pub(super) fn spread_tracks(
    (start, length): (f64, f64),
    count: usize,
    spread: Spread,
    (pitch, widest): (f64, f64),
) -> Vec<f64> {
    if count == 0 {
        return Vec::new();
    }
    let between = real(count - 1);
    let even = if count > 1 { (length / between).min(widest).max(pitch) } else { 0.0 };
    let (first, step) = match spread {
        Spread::Even => (start + (length - between * even) / 2.0, even),
        Spread::Low => (start, pitch),
        Spread::High => (start + length - between * pitch, pitch),
        Spread::Middle => (start + (length - between * pitch) / 2.0, pitch),
    };
    (0..count).map(|k| first + real(k) * step).collect()
}
