//! The floor plan: which cells of one grid belong to which group.
//!
//! Groups stand in columns of groups; a group takes as many columns of cells as its column of
//! groups has, and as many rows as its members need. All cells lie in one grid, so that channels
//! run between its rows and columns from edge to edge.

use std::collections::BTreeMap;

use super::grid::{Area, Floor};
use super::net::{Group, Net};
use super::reading::Astray;
use super::work::Work;
use crate::number::real;

/// Width of a cell with its channel, height of a cell with its channel, and height that a frame
/// adds, in points at the smallest type: only their ratio to the slide matters here.
const CELL: (f64, f64) = (122.0, 50.0);
const HEAD: f64 = 22.0;
/// What it costs that boxes stand a column from where they would for the sake of the reading direction, beside what the
/// distance of groups that share flows costs: so much at most, and so much over the number of boxes, as a full slide cannot
/// afford groups that are not stacked evenly.
const ASTRAY: (f64, f64) = (3.0, 48.0);
/// Groups and columns of groups beyond which no floor plan is tried.
const MAX_STACKS: usize = 7;
const MAX_COLS: usize = 10;

/// Floor plans worth trying, the most promising first, at most `keep`.
pub(super) fn floors(net: &Net, room: (f64, f64), keep: usize, work: &Work) -> Vec<Floor> {
    let affinity = affinity(net);
    let mut found: Vec<(f64, Floor)> = Vec::new();
    for widths in stack_widths(net) {
        let stacks = stack(net, &widths, &affinity, work);
        let floor = cells(net, &widths, &stacks);
        let heads = real(stacks.iter().map(Vec::len).max().unwrap_or(0));
        let width = real(floor.cols) * CELL.0;
        let height = real(floor.rows) * CELL.1 + heads * HEAD;
        let scale = (room.0 / width).min(room.1 / height);
        let waste = 1.0 - real(net.group_of.len()) / real((floor.cols * floor.rows).max(1));
        let distance = distance(&floor, &affinity) / (1.0 + affinity.total);
        let cost = -scale.min(1.9) + 0.35 * waste + 0.10 * (distance + astray(net, &floor));
        if !found.iter().any(|(_, f)| *f == floor) {
            found.push((cost, floor));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Of each shape of the grid only the best two, so that different shapes get their chance.
    let mut kept: Vec<Floor> = Vec::new();
    for (_, floor) in found {
        let alike = kept.iter().filter(|f| (f.cols, f.rows) == (floor.cols, floor.rows)).count();
        if alike < 2 && kept.len() < keep {
            kept.push(floor);
        }
    }
    kept
}

/// Number of cell columns in each column of groups, all choices worth a look.
fn stack_widths(net: &Net) -> Vec<Vec<usize>> {
    let groups = net.groups.len();
    let largest = net.groups.iter().map(|g| g.nodes.len()).max().unwrap_or(1);
    let mut choices = Vec::new();
    for stacks in 1..=groups.min(MAX_STACKS) {
        for base in 1..=largest.min(MAX_COLS) {
            // Every column of groups may be one wider than the base; beyond four only all at once.
            let variants = if stacks <= 4 { 1usize << stacks } else { 1 };
            for mask in 0..variants.max(1) {
                let widths: Vec<usize> = (0..stacks).map(|s| base + (mask >> s & 1)).collect();
                if mask + 1 < variants.max(2) && widths.iter().sum::<usize>() <= MAX_COLS {
                    choices.push(widths);
                }
            }
        }
    }
    choices
}

/// What joins the groups.
struct Affinity {
    /// Each two groups that links join, both ways round and ascending, with the number of links.
    pairs: Vec<(usize, usize, f64)>,
    /// Sum over all pairs.
    total: f64,
}

fn affinity(net: &Net) -> Affinity {
    let mut weight: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for link in &net.links {
        let (a, b) = (net.group_of[link.from], net.group_of[link.to]);
        if a != b {
            *weight.entry((a, b)).or_default() += 1.0;
            *weight.entry((b, a)).or_default() += 1.0;
        }
    }
    let total = weight.values().sum();
    Affinity { pairs: weight.into_iter().map(|((a, b), links)| (a, b, links)).collect(), total }
}

fn rows_of(net: &Net, group: usize, width: usize) -> usize {
    net.groups[group].nodes.len().div_ceil(width)
}

/// Groups dealt to the columns of groups, then improved by swaps and moves until none lowers height and distance: the
/// better of two beginnings, of which the second is tried where there is a reading direction.
fn stack(net: &Net, widths: &[usize], affinity: &Affinity, work: &Work) -> Vec<Vec<usize>> {
    let (stacks, cost) = improved(net, widths, tallest_first(net, widths), affinity, work);
    if widths.len() < 2 || net.reading.is_empty() {
        return stacks;
    }
    let (in_order, other) = improved(net, widths, in_reading_order(net, widths), affinity, work);
    if other < cost - 1e-9 { in_order } else { stacks }
}

/// The tallest group first, each to the shortest column.
fn tallest_first(net: &Net, widths: &[usize]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..net.groups.len()).collect();
    order.sort_by_key(|&g| (std::cmp::Reverse(net.groups[g].nodes.len()), g));
    let mut stacks = vec![Vec::new(); widths.len()];
    for g in order {
        let shortest = (0..widths.len())
            .min_by_key(|&s| stacks[s].iter().map(|&o| 1 + 2 * rows_of(net, o, widths[s])).sum::<usize>())
            .unwrap_or(0);
        stacks[shortest].push(g);
    }
    stacks
}

/// Groups from left to right as their boxes would stand, each column filled up to an even height; within a column from
/// the top down as their boxes would.
fn in_reading_order(net: &Net, widths: &[usize]) -> Vec<Vec<usize>> {
    let wished: Vec<[f64; 2]> = net.groups.iter().map(|group| net.reading.mean(&group.nodes)).collect();
    let mut order: Vec<usize> = (0..net.groups.len()).collect();
    order.sort_by(|&a, &b| wished[a][0].total_cmp(&wished[b][0]).then(a.cmp(&b)));
    // What is left is shared by the columns that are left, so that no column is empty while another is full.
    let cells: usize = net.groups.iter().map(|group| group.nodes.len()).sum();
    let mut stacks = vec![Vec::new(); widths.len()];
    let (mut s, mut taken, mut share) = (0, 0, 0);
    let all: usize = widths.iter().sum();
    for (i, &g) in order.iter().enumerate() {
        let size = net.groups[g].nodes.len();
        let limit = (share + widths[s]) * cells / all.max(1);
        let is_last = s + 1 == widths.len();
        let must = order.len() - i <= widths.len() - 1 - s;
        if !is_last && !stacks[s].is_empty() && (must || taken + size / 2 > limit) {
            share += widths[s];
            s += 1;
        }
        stacks[s].push(g);
        taken += size;
    }
    for stack in &mut stacks {
        stack.sort_by(|&a, &b| wished[a][1].total_cmp(&wished[b][1]).then(a.cmp(&b)));
    }
    stacks
}

/// The arrangement after improvement, and its cost.
fn improved(
    net: &Net,
    widths: &[usize],
    mut stacks: Vec<Vec<usize>>,
    affinity: &Affinity,
    work: &Work,
) -> (Vec<Vec<usize>>, f64) {
    let mut cost = stacks_cost(net, widths, &stacks, affinity, f64::INFINITY);
    // Each round tries all pairs; the number of rounds bounds the work.
    for _ in 0..if net.groups.len() > 20 { 1 } else { 4 } {
        let before = cost;
        let tried = improve(net, widths, &mut stacks, affinity, &mut cost);
        work.add(tried * (net.groups.len() + affinity.pairs.len()));
        if cost >= before - 1e-9 {
            break;
        }
    }
    (stacks, cost)
}

/// One round; the number of arrangements that were tried.
fn improve(net: &Net, widths: &[usize], stacks: &mut [Vec<usize>], affinity: &Affinity, cost: &mut f64) -> usize {
    let all: Vec<(usize, usize)> =
        stacks.iter().enumerate().flat_map(|(s, v)| (0..v.len()).map(move |i| (s, i))).collect();
    let mut tried = 0;
    let mut better = |stacks: &[Vec<usize>]| {
        tried += 1;
        let c = stacks_cost(net, widths, stacks, affinity, *cost - 1e-9);
        let is_better = c < *cost - 1e-9;
        if is_better {
            *cost = c;
        }
        is_better
    };
    let exchange = |stacks: &mut [Vec<usize>], a: (usize, usize), b: (usize, usize)| {
        let (x, y) = (stacks[a.0][a.1], stacks[b.0][b.1]);
        stacks[a.0][a.1] = y;
        stacks[b.0][b.1] = x;
    };
    for (i, &a) in all.iter().enumerate() {
        for &b in &all[i + 1..] {
            exchange(stacks, a, b);
            if !better(stacks) {
                exchange(stacks, a, b);
            }
        }
    }
    for a in 0..stacks.len() {
        for b in a + 1..stacks.len() {
            stacks.swap(a, b);
            if !better(stacks) {
                stacks.swap(a, b);
            }
        }
    }
    for from in 0..stacks.len() {
        for to in 0..stacks.len() {
            if from == to || stacks[from].len() < 2 {
                continue;
            }
            let Some(g) = stacks[from].pop() else { continue };
            stacks[to].push(g);
            if !better(stacks) {
                stacks[to].pop();
                stacks[from].push(g);
            }
        }
    }
    tried
}

/// Height counts most (it sets the size of the type), then the distance of groups that share flows, which is not
/// looked at where the height alone comes to `most`.
fn stacks_cost(net: &Net, widths: &[usize], stacks: &[Vec<usize>], affinity: &Affinity, most: f64) -> f64 {
    let heights = stacks
        .iter()
        .zip(widths)
        .map(|(s, &w)| s.iter().map(|&g| real(rows_of(net, g, w)) * CELL.1 + HEAD).sum::<f64>());
    let tallest = heights.fold(0.0, f64::max);
    if tallest * 3.0 >= most {
        return f64::INFINITY;
    }
    let floor = cells(net, widths, stacks);
    tallest * 3.0 + (distance(&floor, affinity) / (affinity.total + 1.0) + astray(net, &floor)) * 100.0
}

/// What it costs how far boxes stand at least from where they would for the sake of the reading direction, on average.
fn astray(net: &Net, floor: &Floor) -> f64 {
    let of = |(group, area): (&Group, &Area)| {
        let Astray { columns, rows } = net.reading.of_area(&group.nodes, area, floor);
        columns + rows * CELL.1 / CELL.0
    };
    let boxes = real(net.group_of.len().max(1));
    net.groups.iter().zip(&floor.areas).map(of).sum::<f64>() / boxes * ASTRAY.0.min(ASTRAY.1 / boxes)
}

/// Sum over links between groups of the distance of their middles, in cells.
fn distance(floor: &Floor, affinity: &Affinity) -> f64 {
    let middle = |a: &Area| (real(a.col) + real(a.cols) / 2.0, (real(a.row) + real(a.rows) / 2.0) * CELL.1 / CELL.0);
    let apart = |&(a, b, links): &(usize, usize, f64)| {
        let (p, q) = (middle(&floor.areas[a]), middle(&floor.areas[b]));
        links * ((p.0 - q.0).abs() + (p.1 - q.1).abs())
    };
    affinity.pairs.iter().map(apart).sum()
}

/// The areas; rows that a column of groups has to spare go to its groups in turn.
fn cells(net: &Net, widths: &[usize], stacks: &[Vec<usize>]) -> Floor {
    let needed = |s: usize| stacks[s].iter().map(|&g| rows_of(net, g, widths[s])).sum::<usize>();
    let rows = (0..stacks.len()).map(needed).max().unwrap_or(0);
    let mut areas = vec![Area { col: 0, row: 0, cols: 1, rows: 1 }; net.groups.len()];
    let mut col = 0;
    for (s, groups) in stacks.iter().enumerate() {
        let spare = rows - needed(s);
        let mut row = 0;
        let count = groups.len().max(1);
        for (i, &g) in groups.iter().enumerate() {
            let extra = spare / count + usize::from(i < spare % count);
            let tall = rows_of(net, g, widths[s]) + extra;
            areas[g] = Area { col, row, cols: widths[s], rows: tall };
            row += tall;
        }
        col += widths[s];
    }
    Floor { cols: col, rows, areas }
}
