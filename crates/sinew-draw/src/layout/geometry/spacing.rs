//! Sizes along one axis, and where they begin on a slide.

/// Sizes along one axis: channels and cells in turn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    pub(super) channel: Vec<f64>,
    pub(super) cell: Vec<f64>,
}

impl Axis {
    pub(super) fn total(&self) -> f64 {
        self.channel.iter().chain(&self.cell).sum()
    }

    /// Start of each channel and of each cell, from `start`.
    pub(super) fn starts(&self, start: f64) -> (Vec<f64>, Vec<f64>) {
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

/// An axis in its place on a slide.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Spacing {
    pub(super) start: f64,
    pub(super) axis: Axis,
}

impl Spacing {
    pub(in super::super) fn new(start: f64, channel: Vec<f64>, cell: Vec<f64>) -> Spacing {
        Spacing { start, axis: Axis { channel, cell } }
    }

    /// Where it begins, its channels and its cells.
    pub(in super::super) fn sizes(&self) -> (f64, &[f64], &[f64]) {
        (self.start, &self.axis.channel, &self.axis.cell)
    }

    /// So many cells and the channels between and beside them, all of ten points.
    #[cfg(test)]
    pub(in super::super) fn even(cells: usize, start: f64) -> Spacing {
        Spacing::new(start, vec![10.0; cells + 1], vec![10.0; cells])
    }

    /// The same again as far as it can be, between `from` and `to`: channels and cells that need more have that, and where all
    /// becomes too much the others give up the same share of what they do not need. `None` where the needed is too much.
    pub(super) fn near(&self, channel: &[f64], cell: &[f64], (from, to): (f64, f64)) -> Option<Spacing> {
        let Axis { channel: channels, cell: cells } = &self.axis;
        let needed: f64 = channel.iter().chain(cell).sum();
        let room = to - from;
        if channels.len() != channel.len() || cells.len() != cell.len() || needed > room {
            return None;
        }
        let spare = |have: &[f64], need: &[f64]| have.iter().zip(need).map(|(h, n)| (h - n).max(0.0)).sum::<f64>();
        let spare = spare(channels, channel) + spare(cells, cell);
        let share = if spare > 0.0 { ((room - needed) / spare).min(1.0) } else { 0.0 };
        let sizes =
            |have: &[f64], need: &[f64]| have.iter().zip(need).map(|(h, n)| n + (h - n).max(0.0) * share).collect();
        let axis = Axis { channel: sizes(channels, channel), cell: sizes(cells, cell) };
        let start = self.start.min(to - axis.total()).max(from);
        Some(Spacing { start, axis })
    }

    /// Where lines may lie in each channel, start and length, within its margins before the first and after the last line.
    pub(super) fn zones(&self, margins: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let (starts, _) = self.axis.starts(self.start);
        let widths = starts.iter().zip(&self.axis.channel);
        widths.zip(margins).map(|((start, width), (before, after))| (start + before, width - before - after)).collect()
    }

    /// How far the cell that moved most is from where it is in the other, in points.
    pub(in super::super) fn distance(&self, other: &Spacing) -> f64 {
        let middles = |spacing: &Spacing| {
            let (_, starts) = spacing.axis.starts(spacing.start);
            starts
                .into_iter()
                .zip(spacing.axis.cell.clone())
                .map(|(start, size)| start + size / 2.0)
                .collect::<Vec<_>>()
        };
        let moved = middles(self).into_iter().zip(middles(other)).map(|(a, b)| (a - b).abs());
        moved.fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(channel: &[f64], cell: &[f64], room: (f64, f64)) -> Option<(f64, Vec<f64>, Vec<f64>)> {
        let spacing = Spacing::even(2, 5.0).near(channel, cell, room)?;
        Some((spacing.start, spacing.axis.channel, spacing.axis.cell))
    }

    #[test]
    fn what_has_room_stays_as_it_is() {
        let same = Some((5.0, vec![10.0; 3], vec![10.0; 2]));
        assert_eq!(near(&[0.0, 10.0, 2.0], &[1.0, 10.0], (0.0, 55.0)), same);
        assert_eq!(near(&[10.0; 3], &[10.0; 2], (5.0, 55.0)), same);
    }

    #[test]
    fn what_needs_more_has_it_and_the_others_give_way_alike() {
        let wide = near(&[10.0; 3], &[10.0, 14.0], (0.0, 60.0));
        assert_eq!(wide, Some((5.0, vec![10.0; 3], vec![10.0, 14.0])));
        // Too much by four: the channels, which need but five, have lost half a third of that each and more.
        let (start, channel, cell) = near(&[5.0; 3], &[10.0, 14.0], (5.0, 55.0)).unwrap();
        assert_eq!((start, cell), (5.0, vec![10.0, 14.0]));
        assert!(channel.iter().all(|size| (size - 26.0 / 3.0).abs() < 1e-9), "{channel:?}");
        // It moves as a whole where it would not end in time.
        assert_eq!(near(&[10.0; 3], &[10.0; 2], (0.0, 52.0)).unwrap().0, 2.0);
        assert_eq!(near(&[10.0; 3], &[10.0, 16.0], (0.0, 55.0)), None);
    }

    #[test]
    fn the_distance_is_that_of_the_middle_that_moved_most() {
        let mut other = Spacing::even(2, 5.0);
        other.axis.cell[0] = 16.0;
        assert_eq!(Spacing::even(2, 5.0).distance(&other), 6.0);
    }
}
