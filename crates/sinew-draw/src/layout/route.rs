//! Routing: through which channels each link runs, before anything has a size.
//!
//! The grid is doubled: an even x is a channel between columns, an odd x a column of boxes, and
//! likewise y. Lines move along even x or even y only, so none ever runs through a box. Each link
//! takes the cheapest way (Dijkstra 1959) by length, bends, crowding and crossings met; then each
//! is taken out and routed anew with all others in place, a few times (rip-up and reroute).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::grid::{Cell, Floor};
use super::net::Net;
use crate::scene::Side;

/// A straight stretch in a channel, from `a` to `b` in doubled coordinates along it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Upright, in a channel between columns; or level, in a channel between rows.
    pub(super) upright: bool,
    pub(super) channel: usize,
    pub(super) a: usize,
    pub(super) b: usize,
}

/// The way of one link: out of a side, along its runs (none for two facing boxes), into a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) from: Side,
    pub(super) to: Side,
    pub(super) runs: Vec<Run>,
}

/// What one more line in the same stretch costs: between columns (width), between rows (height).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crowd {
    pub(super) upright: u32,
    pub(super) level: u32,
}

/// Costs in points of line: a bend, a crossing met, one more line at the same side of a box beyond
/// those that fit with ease, one more end at the same side, and leaving by top or bottom.
const BEND: u32 = 22;
const CROSS: u32 = 15;
const SIDE_FULL: u32 = 20;
const SIDE: u32 = 3;
const UPRIGHT_END: u32 = 10;
/// Lengths of a row, a column and a channel crossed.
const ROW: u32 = 34;
const COLUMN: u32 = 92;
const CHANNEL: u32 = 26;
const PASSES: usize = 4;

const SIDES: [Side; 4] = [Side::Top, Side::Left, Side::Bottom, Side::Right];

/// Where a line at `side` of the box in `cell` meets its channel, in doubled coordinates.
pub(super) fn mouth(cell: Cell, side: Side) -> (usize, usize) {
    let (x, y) = (2 * cell.0 + 1, 2 * cell.1 + 1);
    match side {
        Side::Top => (x, y - 1),
        Side::Left => (x - 1, y),
        Side::Bottom => (x, y + 1),
        Side::Right => (x + 1, y),
    }
}

/// Routes of all links.
pub(super) fn route(net: &Net, floor: &Floor, cells: &[Cell], crowd: Crowd) -> Vec<Route> {
    let mut grid = Grid::new(net, floor, cells, crowd);
    let mut order: Vec<usize> = (0..net.links.len()).collect();
    let span = |l: usize| {
        let (p, q) = (cells[net.links[l].from], cells[net.links[l].to]);
        p.0.abs_diff(q.0) * 3 + p.1.abs_diff(q.1)
    };
    order.sort_by_key(|&l| (span(l), l));
    let mut routes: Vec<Option<Route>> = vec![None; net.links.len()];
    for _ in 0..PASSES {
        for &l in &order {
            let (from, to) = (net.links[l].from, net.links[l].to);
            if let Some(old) = routes[l].take() {
                grid.count(cells[from], cells[to], &old, -1);
            }
            let new = grid.cheapest(cells[from], cells[to]);
            grid.count(cells[from], cells[to], &new, 1);
            routes[l] = Some(new);
        }
    }
    routes.into_iter().flatten().collect()
}

struct Grid {
    width: usize,
    height: usize,
    /// How many lines go up and down, how many go across, and how many end, at each place.
    upright: Vec<i32>,
    level: Vec<i32>,
    ends: Vec<i32>,
    /// Sides (cell, side) of boxes from which no line may leave: beneath a frame's name.
    shut: Vec<Cell>,
    crowd: Crowd,
}

impl Grid {
    fn new(net: &Net, floor: &Floor, cells: &[Cell], crowd: Crowd) -> Grid {
        let (width, height) = (2 * floor.cols + 1, 2 * floor.rows + 1);
        let shut = |g: usize| (floor.areas[g].col, floor.areas[g].row);
        let shut = (0..net.groups.len())
            .filter(|&g| net.groups[g].cluster.is_some())
            .map(shut)
            .filter(|c| cells.contains(c))
            .collect();
        let n = width * height;
        Grid { width, height, upright: vec![0; n], level: vec![0; n], ends: vec![0; n], shut, crowd }
    }

    fn open(&self, cell: Cell, side: Side) -> bool {
        side != Side::Top || !self.shut.contains(&cell)
    }

    fn count(&mut self, p: Cell, q: Cell, route: &Route, by: i32) {
        for (cell, side) in [(p, route.from), (q, route.to)] {
            let (x, y) = mouth(cell, side);
            self.ends[y * self.width + x] += by;
        }
        for run in &route.runs {
            let (lo, hi) = (run.a.min(run.b), run.a.max(run.b));
            for t in lo..=hi {
                if run.upright {
                    self.upright[t * self.width + 2 * run.channel] += by;
                } else {
                    self.level[2 * run.channel * self.width + t] += by;
                }
            }
        }
    }

    /// Facing boxes are joined by a straight line; all else by the cheapest way.
    fn cheapest(&self, p: Cell, q: Cell) -> Route {
        let facing = match (q.0 as i64 - p.0 as i64, q.1 as i64 - p.1 as i64) {
            (1, 0) => Some((Side::Right, Side::Left)),
            (-1, 0) => Some((Side::Left, Side::Right)),
            (0, 1) => Some((Side::Bottom, Side::Top)),
            (0, -1) => Some((Side::Top, Side::Bottom)),
            _ => None,
        };
        if let Some((from, to)) = facing
            && self.open(p, from)
            && self.open(q, to)
        {
            return Route { from, to, runs: Vec::new() };
        }
        self.search(p, q)
    }

    fn end_cost(&self, cell: Cell, side: Side) -> u32 {
        let (x, y) = mouth(cell, side);
        let at = y * self.width + x;
        let upright_end = matches!(side, Side::Top | Side::Bottom);
        let crossed = if upright_end { self.level[at] } else { self.upright[at] };
        let many = (self.ends[at] - if upright_end { 4 } else { 3 }).max(0);
        BEND + CROSS / 2 * crossed.max(0) as u32
            + SIDE_FULL * many as u32
            + SIDE * self.ends[at].max(0) as u32
            + if upright_end { UPRIGHT_END } else { 0 }
    }

    fn search(&self, p: Cell, q: Cell) -> Route {
        let n = self.width * self.height;
        let state = |x: usize, y: usize, upright: bool| 2 * (y * self.width + x) + usize::from(upright);
        let mut cost = vec![u32::MAX; 2 * n];
        let mut from = vec![usize::MAX; 2 * n];
        let mut heap = BinaryHeap::new();
        let mut starts = Vec::new();
        for side in SIDES.into_iter().filter(|&s| self.open(p, s)) {
            // A line from a box to itself leaves by the right or left and comes back from above or below.
            if p == q && matches!(side, Side::Top | Side::Bottom) {
                continue;
            }
            let (x, y) = mouth(p, side);
            let s = state(x, y, x % 2 == 0);
            let c = self.end_cost(p, side);
            if c < cost[s] {
                cost[s] = c;
                heap.push(Reverse((c, s)));
            }
            starts.push((s, side));
        }
        let goals: Vec<(usize, Side, u32)> = SIDES
            .into_iter()
            .filter(|&s| self.open(q, s) && (p != q || matches!(s, Side::Top | Side::Bottom)))
            .map(|side| {
                let (x, y) = mouth(q, side);
                (state(x, y, x % 2 == 0), side, self.end_cost(q, side))
            })
            .collect();
        let mut best: Option<(u32, usize, Side)> = None;
        while let Some(Reverse((c, s))) = heap.pop() {
            if c > cost[s] || best.is_some_and(|b| b.0 <= c) {
                continue;
            }
            // A start that is also a goal would be a line without a run between boxes not in line.
            if let Some(&(_, side, end)) = goals.iter().find(|g| g.0 == s)
                && from[s] != usize::MAX
                && best.is_none_or(|b| c + end < b.0)
            {
                best = Some((c + end, s, side));
            }
            self.expand(s, |next, step| {
                if c + step < cost[next] {
                    cost[next] = c + step;
                    from[next] = s;
                    heap.push(Reverse((c + step, next)));
                }
            });
        }
        self.trace(best, &from, &starts)
    }

    fn expand(&self, s: usize, mut relax: impl FnMut(usize, u32)) {
        let upright = s % 2 == 1;
        let (x, y) = (s / 2 % self.width, s / 2 / self.width);
        if x % 2 == 0 && y % 2 == 0 {
            relax(s ^ 1, BEND);
        }
        let mut step = |nx: usize, ny: usize| {
            let at = ny * self.width + nx;
            let (along, across) =
                if upright { (self.upright[at], self.level[at]) } else { (self.level[at], self.upright[at]) };
            let length = match (upright, nx.is_multiple_of(2), ny.is_multiple_of(2)) {
                (true, _, false) => ROW,
                (false, false, _) => COLUMN,
                _ => CHANNEL,
            };
            let crowd = if upright { self.crowd.upright } else { self.crowd.level };
            let crossed = if nx.is_multiple_of(2) && ny.is_multiple_of(2) { across } else { self.ends[at] };
            relax(2 * at + s % 2, length + crowd * along.max(0) as u32 + CROSS / 2 * crossed.max(0) as u32);
        };
        if upright {
            if y > 0 {
                step(x, y - 1);
            }
            if y + 1 < self.height {
                step(x, y + 1);
            }
        } else {
            if x > 0 {
                step(x - 1, y);
            }
            if x + 1 < self.width {
                step(x + 1, y);
            }
        }
    }

    fn trace(&self, best: Option<(u32, usize, Side)>, from: &[usize], starts: &[(usize, Side)]) -> Route {
        // Channels join everything, so there is always a way; the fallback keeps the type honest.
        let Some((_, goal, to)) = best else {
            return Route { from: Side::Right, to: Side::Left, runs: Vec::new() };
        };
        let mut states = vec![goal];
        let mut at = goal;
        while from[at] != usize::MAX {
            at = from[at];
            states.push(at);
        }
        states.reverse();
        let side = starts.iter().find(|s| s.0 == at).map_or(Side::Right, |s| s.1);
        let mut runs: Vec<Run> = Vec::new();
        for pair in states.windows(2) {
            let (s, t) = (pair[0], pair[1]);
            if s ^ 1 == t {
                continue;
            }
            let upright = t % 2 == 1;
            let place = |s: usize| (s / 2 % self.width, s / 2 / self.width);
            let ((x, y), (nx, ny)) = (place(s), place(t));
            let (channel, a, b) = if upright { (x / 2, y, ny) } else { (y / 2, x, nx) };
            match runs.last_mut() {
                Some(last) if last.upright == upright && last.channel == channel => last.b = b,
                _ => runs.push(Run { upright, channel, a, b }),
            }
        }
        Route { from: side, to, runs }
    }
}
