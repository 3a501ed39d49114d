//! Placement: which node stands in which cell of its group's area.
//!
//! Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983) over swaps of cells, with the change of
//! cost computed from the links of the nodes that move. The cost of a link is its length at right
//! angles and its likely bends; each crossing of two straight lines between cells adds to it.

use super::floor::Floor;
use super::net::Net;
use super::rng::Rng;

/// A cell: column and row.
pub(super) type Cell = (usize, usize);

/// Width and height of a cell in the unit of cost (points), a bend, a line against the reading
/// direction, and a crossing.
const STEP: (f64, f64) = (130.0, 52.0);
const BEND: f64 = 16.0;
const BACKWARD: f64 = 10.0;
const CROSSING: f64 = 26.0;

/// Cells of all nodes; `effort` bounds the number of pairs of links compared.
pub(super) fn place(net: &Net, floor: &Floor, seed: u64, effort: usize) -> Vec<Cell> {
    let mut state = State::new(net, floor);
    let links = net.links.len();
    let mean_degree = (2 * links).div_ceil(net.group_of.len().max(1)).max(1);
    let moves = (effort / (4 * mean_degree * links.max(1))).clamp(200, 40_000);
    let mut rng = Rng::new(seed);
    let (mut best, mut cost, mut least) = (state.cell.clone(), 0.0, 0.0);
    if links == 0 || state.free.iter().all(|cells| cells.len() < 2) {
        return best;
    }
    for step in 0..moves {
        let heat = 120.0 * (1.0 - step as f64 / moves as f64).powi(2) + 0.5;
        let Some((a, b)) = state.pick(&mut rng) else { continue };
        let change = state.swap(a, b);
        if change <= 0.0 || rng.unit() < (-change / heat).exp() {
            cost += change;
            if cost < least - 1e-9 {
                least = cost;
                best.clone_from(&state.cell);
            }
        } else {
            state.exchange(a, b);
        }
    }
    best
}

struct State<'a> {
    net: &'a Net,
    /// Cells of each group, and who stands in them.
    free: Vec<Vec<Cell>>,
    held: Vec<Vec<Option<usize>>>,
    cell: Vec<Cell>,
    incident: Vec<Vec<usize>>,
    /// Groups that have a choice, each as often as it has nodes.
    lots: Vec<usize>,
}

/// A cell of a group, by index.
type Spot = (usize, usize);

impl<'a> State<'a> {
    fn new(net: &'a Net, floor: &Floor) -> State<'a> {
        let mut cell = vec![(0, 0); net.group_of.len()];
        let (mut free, mut held) = (Vec::new(), Vec::new());
        for (g, group) in net.groups.iter().enumerate() {
            let area = &floor.areas[g];
            let cells: Vec<Cell> =
                (0..area.rows).flat_map(|r| (0..area.cols).map(move |c| (area.col + c, area.row + r))).collect();
            let mut who = vec![None; cells.len()];
            for (i, &n) in group.nodes.iter().enumerate() {
                cell[n] = cells[i];
                who[i] = Some(n);
            }
            free.push(cells);
            held.push(who);
        }
        let mut incident = vec![Vec::new(); cell.len()];
        for (l, link) in net.links.iter().enumerate() {
            incident[link.from].push(l);
            if link.to != link.from {
                incident[link.to].push(l);
            }
        }
        let lots = net.group_of.iter().copied().filter(|&g| free[g].len() > 1).collect();
        State { net, free, held, cell, incident, lots }
    }

    fn pick(&self, rng: &mut Rng) -> Option<(Spot, Spot)> {
        let g = *self.lots.get(rng.below(self.lots.len()))?;
        let n = self.free[g].len();
        let (a, b) = (rng.below(n), rng.below(n));
        (a != b && (self.held[g][a].is_some() || self.held[g][b].is_some())).then_some(((g, a), (g, b)))
    }

    fn exchange(&mut self, a: Spot, b: Spot) {
        let (x, y) = (self.held[a.0][a.1], self.held[b.0][b.1]);
        self.held[a.0][a.1] = y;
        self.held[b.0][b.1] = x;
        if let Some(n) = y {
            self.cell[n] = self.free[a.0][a.1];
        }
        if let Some(n) = x {
            self.cell[n] = self.free[b.0][b.1];
        }
    }

    /// Exchanges what stands in two cells and returns by how much the cost rose.
    fn swap(&mut self, a: Spot, b: Spot) -> f64 {
        let mut moved: Vec<usize> = Vec::new();
        for n in [self.held[a.0][a.1], self.held[b.0][b.1]].into_iter().flatten() {
            moved.extend(&self.incident[n]);
        }
        moved.sort_unstable();
        moved.dedup();
        let before = self.cost_of(&moved);
        self.exchange(a, b);
        self.cost_of(&moved) - before
    }

    fn cost_of(&self, moved: &[usize]) -> f64 {
        let mut sum = 0.0;
        for &l in moved {
            let link = &self.net.links[l];
            let (p, q) = (self.cell[link.from], self.cell[link.to]);
            sum += link_cost(p, q);
            for (o, other) in self.net.links.iter().enumerate() {
                // Two moved links are compared once.
                if o == l || (o < l && moved.binary_search(&o).is_ok()) {
                    continue;
                }
                let (r, s) = (self.cell[other.from], self.cell[other.to]);
                if crosses(p, q, r, s) {
                    sum += CROSSING;
                }
            }
        }
        sum
    }
}

fn link_cost(p: Cell, q: Cell) -> f64 {
    let (dx, dy) = (p.0.abs_diff(q.0), p.1.abs_diff(q.1));
    let bends = match (dx, dy) {
        (0, 0) | (1, 0) | (0, 1) => 0.0,
        (0 | 1, _) => 2.0,
        _ => 5.0,
    };
    let backward = if q.0 < p.0 { BACKWARD } else { 0.0 };
    dx as f64 * STEP.0 + dy as f64 * STEP.1 + bends * BEND + backward
}

/// Whether the straight lines p-q and r-s cross or lie on one another; a shared end is no crossing.
fn crosses(p: Cell, q: Cell, r: Cell, s: Cell) -> bool {
    if p == r || p == s || q == r || q == s {
        return false;
    }
    let turn = |a: Cell, b: Cell, c: Cell| -> i64 {
        let v = |x: usize, y: usize| x as i64 - y as i64;
        (v(b.0, a.0) * v(c.1, a.1) - v(b.1, a.1) * v(c.0, a.0)).signum()
    };
    turn(p, q, r) * turn(p, q, s) < 0 && turn(r, s, p) * turn(r, s, q) < 0
}
