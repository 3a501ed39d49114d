//! Lines between cards: straight down to the next card of a lane, else by way of gutters and the channel above.

use super::super::canvas::{Canvas, Course};
use super::super::net::Net;
use super::deal::Lanes;
use crate::number::real;
use crate::scene::{Point, Rect, Side};

/// Between lines that run side by side, and least height between the ends of lines in one gutter.
const STEP: f64 = 5.0;
const APART: f64 = 3.4;
/// Between the last line of a gutter and the cards that it leads to: room for an arrowhead.
const HEAD: f64 = 10.0;
/// What ends of lines keep from the corners of cards.
const CORNER: f64 = 5.0;
/// Height of a line in the channel.
const ROW: f64 = 4.5;
const WIDTH: f64 = 1.2;

/// The way of a line; gutters are numbered by the lane at their right, tracks from the cards outwards.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// From the card above to the next one beneath.
    Down {
        lane: usize,
        place: usize,
    },
    Near {
        gutter: usize,
        track: usize,
    },
    /// Up one gutter, along the channel, down another.
    Far {
        exit: usize,
        up: usize,
        row: usize,
        entry: usize,
        down: usize,
    },
}

/// Where the cards of a board are.
pub(super) struct Cards {
    pub(super) rects: Vec<Rect>,
    /// Left edge of the cards of each lane.
    pub(super) lefts: Vec<f64>,
    /// Upper edge of all.
    pub(super) top: f64,
}

/// The lines of a board, before it is measured.
#[derive(Debug)]
pub(super) struct Wires {
    /// The link of the net and its way.
    ways: Vec<(usize, Way)>,
    /// Lane of each node, and its place in it.
    places: Vec<(usize, usize)>,
    /// For each gutter, how many lines run along it.
    tracks: Vec<usize>,
    /// How many lines run in the channel.
    rows: usize,
}

impl Wires {
    pub(super) fn new(net: &Net, lanes: &Lanes) -> Wires {
        let mut places = vec![(0, 0); net.group_of.len()];
        for (lane, (_, nodes)) in lanes.of.iter().enumerate() {
            nodes.iter().enumerate().for_each(|(place, node)| places[*node] = (lane, place));
        }
        let mut wires = Wires { ways: Vec::new(), places, tracks: vec![0; lanes.of.len()], rows: 0 };
        for (at, link) in net.links.iter().enumerate().filter(|(_, link)| link.from != link.to) {
            let way = wires.way(link.from, link.to);
            wires.ways.push((at, way));
        }
        wires
    }

    fn way(&mut self, from: usize, to: usize) -> Way {
        let ((a, above), (b, beneath)) = (self.places[from], self.places[to]);
        if a == b && above + 1 == beneath && !self.joins_down(b, beneath) {
            return Way::Down { lane: b, place: beneath };
        }
        if a.abs_diff(b) <= 1 {
            return Way::Near { gutter: a.max(b), track: self.track(a.max(b)) };
        }
        let exit = if b > a { a + 1 } else { a };
        self.rows += 1;
        Way::Far { exit, up: self.track(exit), row: self.rows - 1, entry: b, down: self.track(b) }
    }

    fn track(&mut self, gutter: usize) -> usize {
        self.tracks[gutter] += 1;
        self.tracks[gutter] - 1
    }

    /// Whether a line comes straight down to the card at `place` of a lane.
    pub(super) fn joins_down(&self, lane: usize, place: usize) -> bool {
        self.ways.iter().any(|(_, way)| matches!(way, Way::Down { lane: l, place: p } if (*l, *p) == (lane, place)))
    }

    /// Width that a gutter needs for its tracks; nothing without.
    pub(super) fn gutter_width(&self, gutter: usize) -> f64 {
        match self.tracks[gutter] {
            0 => 0.0,
            tracks => HEAD + STEP * real(tracks),
        }
    }

    /// Height of the channel above the cards.
    pub(super) fn channel_height(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { ROW * real(self.rows) + 3.0 }
    }

    /// Draws the lines; `None` where one finds no place to leave or enter a card.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, net: &Net, cards: &Cards) -> Option<()> {
        let Cards { rects, lefts, top } = cards;
        let mut ends = Ends { taken: vec![Vec::new(); lefts.len()] };
        let along = |gutter: usize, track: usize| lefts[gutter] - HEAD - STEP * real(track);
        for (at, way) in &self.ways {
            let link = &net.links[*at];
            let (from, to) = (&rects[link.from], &rects[link.to]);
            let (a, b) = (self.places[link.from].0, self.places[link.to].0);
            let mut end = |node: usize, rect: &Rect, gutter: usize| ends.place(rect, self.places[node].0, gutter);
            let (sides, points) = match *way {
                Way::Down { .. } => {
                    let x = from.center().x;
                    ((Side::Bottom, Side::Top), vec![(x, from.bottom()), (x, to.y)])
                }
                Way::Near { gutter, track } => {
                    let (y0, y1) = (end(link.from, from, gutter)?, end(link.to, to, gutter)?);
                    let x = along(gutter, track);
                    let (from_side, to_side) = (side(a, gutter), side(b, gutter));
                    let points = vec![(edge(from, from_side), y0), (x, y0), (x, y1), (edge(to, to_side), y1)];
                    ((from_side, to_side), points)
                }
                Way::Far { exit, up, row, entry, down } => {
                    let (y0, y1) = (end(link.from, from, exit)?, end(link.to, to, entry)?);
                    let (x0, x1) = (along(exit, up), along(entry, down));
                    let y = top - 5.0 - ROW * real(row);
                    let (from_side, to_side) = (side(a, exit), side(b, entry));
                    let begin = [(edge(from, from_side), y0), (x0, y0), (x0, y)];
                    ((from_side, to_side), [&begin[..], &[(x1, y), (x1, y1), (edge(to, to_side), y1)]].concat())
                }
            };
            let points = straightened(points.into_iter().map(|(x, y)| Point { x, y }).collect());
            canvas.line(link, Course { from: sides.0, to: sides.1, points, width: WIDTH });
        }
        Some(())
    }
}

/// The side of a card in `lane` that looks on a gutter.
fn side(lane: usize, gutter: usize) -> Side {
    if lane == gutter { Side::Left } else { Side::Right }
}

fn edge(rect: &Rect, side: Side) -> f64 {
    if side == Side::Left { rect.x } else { rect.right() }
}

/// Without corners that are none.
fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for point in points {
        if out.last().is_some_and(|last| *last == point) {
            continue;
        }
        let is_straight = |a: &Point, b: &Point| (a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y);
        if out.len() > 1 && is_straight(&out[out.len() - 2], &out[out.len() - 1]) {
            out.pop();
        }
        out.push(point);
    }
    out
}

/// Where lines leave and enter cards: no two at one height in one gutter.
struct Ends {
    taken: Vec<Vec<f64>>,
}

impl Ends {
    /// The height nearest to the middle of the card that is still free in the gutter.
    fn place(&mut self, rect: &Rect, lane: usize, gutter: usize) -> Option<f64> {
        debug_assert!(lane == gutter || lane + 1 == gutter, "a card looks on the gutters at its sides");
        let reach = rect.h / 2.0 - CORNER;
        let steps = (reach / APART).floor().max(0.0) as i32;
        let offsets = (0..=steps).flat_map(|step| [f64::from(step) * APART, f64::from(-step) * APART]);
        let taken = &mut self.taken[gutter];
        let middle = rect.center().y;
        let free = |y: &f64| taken.iter().all(|other| (other - y).abs() >= APART - 1e-9);
        let y = offsets.map(|offset| middle + offset).find(free)?;
        taken.push(y);
        Some(y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_in_one_gutter_keep_apart_until_there_is_no_room() {
        let mut ends = Ends { taken: vec![Vec::new(); 2] };
        let rect = Rect { x: 0.0, y: 0.0, w: 100.0, h: 40.0 };
        let mut found: Vec<f64> = std::iter::from_fn(|| ends.place(&rect, 1, 1)).collect();
        assert_eq!(found.len(), 9);
        assert_eq!(found[0], 20.0);
        found.sort_by(f64::total_cmp);
        assert!(found.windows(2).all(|pair| pair[1] - pair[0] >= 3.0));
        assert!(ends.place(&rect, 0, 0).is_some(), "another gutter is free");
    }

    #[test]
    fn corners_that_are_none_go() {
        let at = |x, y| Point { x, y };
        let points = vec![at(0.0, 0.0), at(5.0, 0.0), at(5.0, 0.0), at(9.0, 0.0), at(9.0, 4.0)];
        assert_eq!(straightened(points), [at(0.0, 0.0), at(9.0, 0.0), at(9.0, 4.0)]);
    }
}
