//! Routing: through which channels each link runs, before anything has a size.
//!
//! The grid is doubled: an even x is a channel between columns, an odd x a column of boxes, and
//! likewise y. Lines move along even x or even y only, so none ever runs through a box. Each link
//! takes the cheapest way by length, bends, crowding and crossings met; then each is taken out and
//! routed anew with all others in place, a few times (rip-up and reroute).
//!
//! The cheapest way is found by A* (Hart, Nilsson, Raphael 1968): what is left costs at least its
//! length and bends on empty ground. Of ways that cost the same, the one is taken that a search
//! without that estimate (Dijkstra 1959) comes to first, so the estimate saves time and changes nothing.

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

/// What lines cost each other, in points of line: one more in the same stretch between columns (width) and between rows (height),
/// and a crossing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crowd {
    pub(super) upright: u32,
    pub(super) level: u32,
    pub(super) cross: u32,
}

/// Costs in points of line: a bend, one more line at the same side of a box beyond those that fit with ease, one more end at
/// the same side, and leaving by top or bottom.
const BEND: u32 = 22;
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
        let mut has_changed = false;
        for &l in &order {
            let (from, to) = (net.links[l].from, net.links[l].to);
            let old = routes[l].take();
            if let Some(old) = &old {
                grid.count(cells[from], cells[to], old, -1);
            }
            let new = grid.cheapest(cells[from], cells[to]);
            grid.count(cells[from], cells[to], &new, 1);
            has_changed |= old.as_ref() != Some(&new);
            routes[l] = Some(new);
        }
        // Another pass would find what this one found.
        if !has_changed {
            break;
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
    across: Lengths,
    down: Lengths,
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
        let (across, down) = (Lengths::new(width, COLUMN), Lengths::new(height, ROW));
        Grid { width, height, upright: vec![0; n], level: vec![0; n], ends: vec![0; n], shut, crowd, across, down }
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
        BEND + self.crowd.cross / 2 * crossed.max(0) as u32
            + SIDE_FULL * many as u32
            + SIDE * self.ends[at].max(0) as u32
            + if upright_end { UPRIGHT_END } else { 0 }
    }

    fn state(&self, (x, y): (usize, usize), upright: bool) -> usize {
        2 * (y * self.width + x) + usize::from(upright)
    }

    /// Where a state is, and whether its line stands upright.
    fn place(&self, s: usize) -> ((usize, usize), bool) {
        ((s / 2 % self.width, s / 2 / self.width), s % 2 == 1)
    }

    /// The sides of a box at which a line from it, or to it, may be, with the state there and what ending there costs.
    fn mouths(&self, cell: Cell, may: impl Fn(Side) -> bool) -> Vec<Mouth> {
        let open = SIDES.into_iter().filter(|&side| self.open(cell, side) && may(side));
        open.map(|side| {
            let at = mouth(cell, side);
            let upright = at.0.is_multiple_of(2);
            Mouth { side, at, upright, state: self.state(at, upright), cost: self.end_cost(cell, side) }
        })
        .collect()
    }

    fn search(&self, p: Cell, q: Cell) -> Route {
        // A line from a box to itself leaves by the right or left and comes back from above or below.
        let is_level = |side| matches!(side, Side::Left | Side::Right);
        let starts = self.mouths(p, |side| p != q || is_level(side));
        let goals = self.mouths(q, |side| p != q || !is_level(side));
        let mut cost = vec![u32::MAX; 2 * self.width * self.height];
        let mut heap = BinaryHeap::new();
        for start in &starts {
            cost[start.state] = start.cost;
            heap.push(Reverse((start.cost + self.at_least(start.state, &goals), start.cost, start.state)));
        }
        let mut best: Option<(u32, u32, usize, Side)> = None;
        while let Some(Reverse((whole, c, s))) = heap.pop() {
            if c > cost[s] {
                continue;
            }
            // Ways that cost as much as the best are looked at too: one of them may come first.
            if best.is_some_and(|best| whole > best.0) {
                break;
            }
            // A start that is also a goal would be a line without a run between boxes not in line.
            if let Some(goal) = goals.iter().find(|goal| goal.state == s)
                && !starts.iter().any(|start| start.state == s && start.cost == c)
                && best.is_none_or(|best| (c + goal.cost, c, s) < (best.0, best.1, best.2))
            {
                best = Some((c + goal.cost, c, s, goal.side));
            }
            for (next, step) in self.steps(s).into_iter().flatten() {
                if c + step < cost[next] {
                    cost[next] = c + step;
                    heap.push(Reverse((c + step + self.at_least(next, &goals), c + step, next)));
                }
            }
        }
        self.trace(best.map(|(_, _, goal, side)| (goal, side)), &cost, &starts)
    }

    /// What the rest of a way costs at least, its end included: length and bends, as if nothing else were there.
    fn at_least(&self, s: usize, goals: &[Mouth]) -> u32 {
        let ((x, y), upright) = self.place(s);
        let rest = |goal: &Mouth| {
            let (along, aside) = (self.across.between(x, goal.at.0), self.down.between(y, goal.at.1));
            let is_beside = if upright { along > 0 } else { aside > 0 };
            let bends = if upright == goal.upright { 2 * u32::from(is_beside) } else { 1 };
            along + aside + BEND * bends + goal.cost
        };
        goals.iter().map(rest).min().unwrap_or(0)
    }

    /// The states one step away, with what the step costs.
    fn steps(&self, s: usize) -> [Option<(usize, u32)>; 3] {
        let ((x, y), upright) = self.place(s);
        let to = |at: (usize, usize)| (self.state(at, upright), self.entering(at, upright));
        let turned = (x % 2 == 0 && y % 2 == 0).then_some((s ^ 1, BEND));
        if upright {
            [turned, (y > 0).then(|| to((x, y - 1))), (y + 1 < self.height).then(|| to((x, y + 1)))]
        } else {
            [turned, (x > 0).then(|| to((x - 1, y))), (x + 1 < self.width).then(|| to((x + 1, y)))]
        }
    }

    /// What a step to a place costs.
    fn entering(&self, (x, y): (usize, usize), upright: bool) -> u32 {
        let at = y * self.width + x;
        let (along, across) =
            if upright { (self.upright[at], self.level[at]) } else { (self.level[at], self.upright[at]) };
        let length = if upright { self.down.length(y) } else { self.across.length(x) };
        let crowd = if upright { self.crowd.upright } else { self.crowd.level };
        let crossed = if x.is_multiple_of(2) && y.is_multiple_of(2) { across } else { self.ends[at] };
        length + crowd * along.max(0) as u32 + self.crowd.cross / 2 * crossed.max(0) as u32
    }

    /// The way to a goal, from what its states cost: each state is come to from that of all cheapest ways which costs least
    /// itself, and of these from the first.
    fn trace(&self, goal: Option<(usize, Side)>, cost: &[u32], starts: &[Mouth]) -> Route {
        // Channels join everything, so there is always a way; the fallback keeps the type honest.
        let none = Route { from: Side::Right, to: Side::Left, runs: Vec::new() };
        let Some((goal, to)) = goal else { return none };
        let mut states = vec![goal];
        let from = loop {
            let at = states[states.len() - 1];
            if let Some(start) = starts.iter().find(|start| start.state == at && start.cost == cost[at]) {
                break start.side;
            }
            // A step back is as long as one from here, but for what the place costs that is entered.
            let (place, upright) = self.place(at);
            let back = |(before, _): (usize, u32)| {
                let step = if before == at ^ 1 { BEND } else { self.entering(place, upright) };
                (cost[before].checked_add(step) == Some(cost[at])).then_some((cost[before], before))
            };
            let Some((_, before)) = self.steps(at).into_iter().flatten().filter_map(back).min() else { return none };
            states.push(before);
        };
        states.reverse();
        Route { from, to, runs: self.runs(&states) }
    }

    /// The straight stretches of a way.
    fn runs(&self, states: &[usize]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for pair in states.windows(2) {
            let (s, t) = (pair[0], pair[1]);
            if s ^ 1 == t {
                continue;
            }
            let (((x, y), _), ((nx, ny), upright)) = (self.place(s), self.place(t));
            let (channel, a, b) = if upright { (x / 2, y, ny) } else { (y / 2, x, nx) };
            match runs.last_mut() {
                Some(last) if last.upright == upright && last.channel == channel => last.b = b,
                _ => runs.push(Run { upright, channel, a, b }),
            }
        }
        runs
    }
}

/// A side of a box where a line begins or ends.
struct Mouth {
    side: Side,
    at: (usize, usize),
    upright: bool,
    state: usize,
    /// What ending there costs.
    cost: u32,
}

/// How long lines are along one direction of the grid.
struct Lengths {
    /// The length of the places before each.
    before: Vec<u32>,
}

impl Lengths {
    /// Of so many places, each second of which is a row or column of boxes of that length.
    fn new(places: usize, boxes: u32) -> Lengths {
        let mut before = vec![0];
        (0..places).for_each(|at| before.push(before[at] + if at % 2 == 0 { CHANNEL } else { boxes }));
        Lengths { before }
    }

    /// Of one place.
    fn length(&self, at: usize) -> u32 {
        self.before[at + 1] - self.before[at]
    }

    /// Of all places that a line enters on its way.
    fn between(&self, from: usize, to: usize) -> u32 {
        if from <= to { self.before[to + 1] - self.before[from + 1] } else { self.before[from] - self.before[to] }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rng::Rng;
    use super::*;

    impl Grid {
        /// The cheapest way by the plain search (Dijkstra 1959) that looks at states in the order of what they cost, then of
        /// their numbers.
        fn plain(&self, p: Cell, q: Cell) -> Route {
            let is_level = |side| matches!(side, Side::Left | Side::Right);
            let starts = self.mouths(p, |side| p != q || is_level(side));
            let goals = self.mouths(q, |side| p != q || !is_level(side));
            let mut cost = vec![u32::MAX; 2 * self.width * self.height];
            let mut from = vec![None; cost.len()];
            starts.iter().for_each(|start| cost[start.state] = start.cost);
            let mut open: Vec<usize> = (0..cost.len()).collect();
            let mut best: Option<(u32, usize, Side)> = None;
            while let Some((_, s, at)) = open.iter().enumerate().map(|(at, &s)| (cost[s], s, at)).min() {
                open.swap_remove(at);
                if cost[s] == u32::MAX {
                    break;
                }
                if let Some(goal) = goals.iter().find(|goal| goal.state == s)
                    && from[s].is_some()
                    && best.is_none_or(|best| cost[s] + goal.cost < best.0)
                {
                    best = Some((cost[s] + goal.cost, s, goal.side));
                }
                for (next, step) in self.steps(s).into_iter().flatten() {
                    if cost[s] + step < cost[next] {
                        cost[next] = cost[s] + step;
                        from[next] = Some(s);
                    }
                }
            }
            let (_, goal, to) = best.expect("channels join everything");
            let mut states = vec![goal];
            while let Some(before) = from[states[states.len() - 1]] {
                states.push(before);
            }
            states.reverse();
            let side = starts.iter().find(|start| start.state == states[0]).expect("a start").side;
            Route { from: side, to, runs: self.runs(&states) }
        }
    }

    #[test]
    fn the_way_is_that_of_a_search_without_an_estimate() {
        let mut rng = Rng::new(11);
        for round in 0..400 {
            let (cols, rows) = (1 + rng.below(6), 1 + rng.below(6));
            let (width, height) = (2 * cols + 1, 2 * rows + 1);
            // Few different numbers, so that many ways cost the same.
            let mut some = |most: usize| (0..width * height).map(|_| rng.below(most) as i32).collect::<Vec<i32>>();
            let (upright, level, ends) = (some(1 + round % 4), some(1 + round % 3), some(1 + round % 5));
            let mut cell = || (rng.below(cols), rng.below(rows));
            let (p, q, shut) = (cell(), cell(), vec![cell()]);
            let crowd =
                [Crowd { upright: 3, level: 8, cross: 15 }, Crowd { upright: 1, level: 70, cross: 90 }][round % 2];
            let (across, down) = (Lengths::new(width, COLUMN), Lengths::new(height, ROW));
            let grid = Grid { width, height, upright, level, ends, shut, crowd, across, down };
            assert_eq!(grid.search(p, q), grid.plain(p, q), "{p:?} to {q:?} on {cols} by {rows}, round {round}");
        }
    }
}
