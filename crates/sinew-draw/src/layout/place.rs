//! Placement: which node stands in which cell of its group's area.
//!
//! Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983) over swaps of cells, with the change of
//! cost computed from the links of the nodes that move. The cost of a link is its length at right
//! angles and its likely bends; each crossing of two straight lines between cells adds to it.

use super::grid::{Area, Cell, Floor};
use super::net::Net;
use super::reading::Astray;
use super::rng::Rng;
use super::spans::{Spans, count};
use super::work::Work;
use crate::number::real;

/// Width and height of a cell in the unit of cost (points), a bend, a line against the reading
/// direction, and a crossing.
const STEP: (f64, f64) = (130.0, 52.0);
const BEND: f64 = 16.0;
const BACKWARD: f64 = 10.0;
const CROSSING: f64 = 35.0;
/// A box that stands a column, or a row, from where it would be by its step and its layer.
const ASTRAY: (f64, f64) = (250.0, 30.0);

/// Cells of all nodes; `effort` bounds the number of pairs of links compared.
pub(super) fn place(net: &Net, floor: &Floor, seed: u64, effort: usize, work: &Work) -> Vec<Cell> {
    let mut state = State::new(net, floor);
    let links = net.links.len();
    let mean_degree = (2 * links).div_ceil(net.group_of.len().max(1)).max(1);
    let moves = (effort / (4 * mean_degree * links.max(1))).clamp(200, 10_000);
    let mut rng = Rng::new(seed);
    let (mut best, mut cost, mut least) = (state.cell.clone(), 0.0, 0.0);
    if links == 0 && net.reading.is_empty() || state.free.iter().all(|cells| cells.len() < 2) {
        return best;
    }
    let mut compared = 0;
    for step in 0..moves {
        let heat = 120.0 * (1.0 - real(step) / real(moves)).powi(2) + 0.5;
        let Some((a, b)) = state.pick(&mut rng) else { continue };
        let change = state.swap(a, b);
        compared += 2 * state.moved.len() * links;
        if change <= 0.0 || rng.unit() < (-change / heat).exp() {
            state.keep();
            cost += change;
            if cost < least - 1e-9 {
                least = cost;
                best.clone_from(&state.cell);
            }
        } else {
            state.exchange(a, b);
        }
    }
    work.add(compared);
    best
}

struct State<'a> {
    net: &'a Net,
    /// Cells of each group, and who stands in them.
    free: Vec<Vec<Cell>>,
    held: Vec<Vec<Option<usize>>>,
    cell: Vec<Cell>,
    /// Where each link lies.
    spans: Spans,
    incident: Vec<Vec<usize>>,
    /// For each link the number of links that it crosses.
    met: Vec<i16>,
    /// Links that move, where they lay before, how many they cross now, and for each link -1 where it is among them, else 0.
    moved: Vec<usize>,
    left: Vec<[(i16, i16); 2]>,
    now_met: Vec<i16>,
    moves: Vec<i16>,
    /// Groups that have a choice, each as often as it has nodes.
    lots: Vec<usize>,
    /// Columns and rows of the grid.
    grid: (usize, usize),
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
        let spans = Spans::new(net.links.iter().map(|l| [cell[l.from], cell[l.to]]));
        let moves = vec![0; net.links.len()];
        let mut met = moves.clone();
        (0..net.links.len()).for_each(|l| spans.tally(spans.at(l), 1, &mut met));
        let lots = net.group_of.iter().copied().filter(|&g| free[g].len() > 1).collect();
        let (moved, left, now_met) = (Vec::new(), Vec::new(), Vec::new());
        let grid = (floor.cols, floor.rows);
        State { net, free, held, cell, spans, incident, met, moved, left, now_met, moves, lots, grid }
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
        for (node, spot) in [(y, a), (x, b)] {
            let Some(n) = node else { continue };
            self.cell[n] = self.free[spot.0][spot.1];
            for &l in &self.incident[n] {
                let link = &self.net.links[l];
                self.spans.set(l, [self.cell[link.from], self.cell[link.to]]);
            }
        }
    }

    /// Exchanges what stands in two cells and returns by how much the cost rose.
    fn swap(&mut self, a: Spot, b: Spot) -> f64 {
        self.moved.clear();
        let two = [self.held[a.0][a.1], self.held[b.0][b.1]];
        for n in two.into_iter().flatten() {
            for &l in &self.incident[n] {
                if std::mem::replace(&mut self.moves[l], -1) == 0 {
                    self.moved.push(l);
                }
            }
        }
        let before = self.cost_before() + self.astray(two);
        self.exchange(a, b);
        let after = self.cost_after() + self.astray(two);
        self.moved.iter().for_each(|&l| self.moves[l] = 0);
        after - before
    }

    /// Counts who crosses whom after the exchange. Most exchanges are taken back, and cost no count.
    fn keep(&mut self) {
        for (&l, &left) in self.moved.iter().zip(&self.left) {
            self.spans.tally(left, -1, &mut self.met);
            self.spans.tally(self.spans.at(l), 1, &mut self.met);
        }
        for (&l, &met) in self.moved.iter().zip(&self.now_met) {
            self.met[l] = met;
        }
    }

    /// What it costs that boxes do not stand where they would for the sake of the reading direction.
    fn astray(&self, nodes: [Option<usize>; 2]) -> f64 {
        let of = |n: usize| {
            let Astray { columns, rows } = self.net.reading.of_cell(n, self.cell[n], self.grid);
            columns * ASTRAY.0 + rows * ASTRAY.1
        };
        nodes.into_iter().flatten().map(of).sum()
    }

    /// The cost of the links that are about to move.
    fn cost_before(&mut self) -> f64 {
        self.left.clear();
        let (mut sum, mut met) = (0.0, 0);
        for &l in &self.moved {
            let line = self.spans.at(l);
            self.left.push(line);
            sum += link_cost(line);
            met += count(self.met[l]);
        }
        // Each crossing of two of them was met twice.
        sum + CROSSING * real(met - self.spans.pairs(&self.moved))
    }

    /// The cost of the links that have moved.
    fn cost_after(&mut self) -> f64 {
        self.now_met.clear();
        let (mut sum, mut all, mut within) = (0.0, 0, 0);
        for &l in &self.moved {
            sum += link_cost(self.spans.at(l));
            let met = self.spans.met_by(l, &self.moves);
            self.now_met.push(met.all);
            all += count(met.all);
            within += count(met.marked);
        }
        sum + CROSSING * real(all - within / 2)
    }
}

/// The floor without what stayed empty: rows and columns of the grid in which nobody stands, and those at the edges of
/// a group's area.
pub(super) fn trimmed(net: &Net, floor: &Floor, cells: &[Cell]) -> (Floor, Vec<Cell>) {
    let used = |count: usize, of: &dyn Fn(&Cell) -> usize| -> Vec<usize> {
        let mut taken = vec![false; count];
        cells.iter().for_each(|c| taken[of(c)] = true);
        // Where each row or column lies once the empty ones are gone.
        taken.iter().scan(0, |at, &t| Some(std::mem::replace(at, *at + usize::from(t)))).collect()
    };
    let (cols, rows) = (used(floor.cols, &|c| c.0), used(floor.rows, &|c| c.1));
    let cells: Vec<Cell> = cells.iter().map(|c| (cols[c.0], rows[c.1])).collect();
    let area = |nodes: &[usize]| {
        let edge = |of: &dyn Fn(&Cell) -> usize| {
            let at = nodes.iter().map(|&n| of(&cells[n]));
            (at.clone().min().unwrap_or(0), at.max().unwrap_or(0))
        };
        let ((left, right), (top, bottom)) = (edge(&|c| c.0), edge(&|c| c.1));
        Area { col: left, row: top, cols: right - left + 1, rows: bottom - top + 1 }
    };
    let areas = net.groups.iter().map(|g| area(&g.nodes)).collect();
    let most = |of: &dyn Fn(&Cell) -> usize| cells.iter().map(of).max().map_or(1, |m| m + 1);
    (Floor { cols: most(&|c| c.0), rows: most(&|c| c.1), areas }, cells)
}

fn link_cost([from, to]: [(i16, i16); 2]) -> f64 {
    let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    let bends = match (dx, dy) {
        (0, 0) | (1, 0) | (0, 1) => 0.0,
        (0 | 1, _) => 2.0,
        _ => 5.0,
    };
    let backward = if to.0 < from.0 { BACKWARD } else { 0.0 };
    f64::from(dx) * STEP.0 + f64::from(dy) * STEP.1 + bends * BEND + backward
}

#[cfg(test)]
mod tests {
    use super::super::floor::floors;
    use super::*;
    use crate::{Cluster, Diagram, Edge, Node};

    /// Boxes in three frames, joined at random; every second has a step and a layer.
    fn net(rng: &mut Rng) -> Net {
        let count = 12 + rng.below(20);
        let node = |at: usize| Node {
            id: format!("n{at}"),
            cluster: Some(format!("c{}", at % 3)),
            step: at.is_multiple_of(2).then_some((at % 5) as u8),
            layer: at.is_multiple_of(2).then_some((at % 4) as u8),
            ..Node::default()
        };
        let mut end = || format!("n{}", rng.below(count));
        let edge = |at: usize| Edge { id: format!("e{at}"), from: end(), to: end(), ..Edge::default() };
        let cluster = |at: usize| Cluster { id: format!("c{at}"), name: format!("C {at}") };
        Net::new(&Diagram {
            clusters: (0..3).map(cluster).collect(),
            nodes: (0..count).map(node).collect(),
            edges: (0..2 * count).map(edge).collect(),
            ..Diagram::default()
        })
    }

    /// All that a placement costs, counted from nothing.
    fn whole(state: &State<'_>) -> f64 {
        let links: Vec<usize> = (0..state.net.links.len()).collect();
        let length: f64 = links.iter().map(|&l| link_cost(state.spans.at(l))).sum();
        let astray = (0..state.cell.len()).map(|n| state.astray([Some(n), None])).sum::<f64>();
        length + CROSSING * real(state.spans.pairs(&links)) + astray
    }

    #[test]
    fn an_exchange_changes_the_cost_by_what_it_says_whether_those_before_were_kept_or_taken_back() {
        let mut rng = Rng::new(3);
        let (mut kept, mut taken_back) = (0, 0);
        for _ in 0..20 {
            let net = net(&mut rng);
            let floor = floors(&net, (900.0, 450.0), 1, &Work::default()).remove(0);
            let mut state = State::new(&net, &floor);
            let mut cost = whole(&state);
            for _ in 0..60 {
                let Some((a, b)) = state.pick(&mut rng) else { continue };
                let change = state.swap(a, b);
                let now = whole(&state);
                assert!((now - cost - change).abs() < 1e-6, "{cost} {now} {change}");
                if rng.below(2) == 0 {
                    state.keep();
                    (cost, kept) = (now, kept + 1);
                } else {
                    state.exchange(a, b);
                    assert!((whole(&state) - cost).abs() < 1e-6);
                    taken_back += 1;
                }
            }
        }
        assert!(kept > 300 && taken_back > 300, "{kept} {taken_back}");
    }
}
