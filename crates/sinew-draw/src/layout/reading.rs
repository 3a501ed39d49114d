//! The reading direction: boxes of an earlier step stand further left, boxes of a higher layer further up.
//!
//! It is wished for and not enforced: a box that is far from its lines for the sake of its step would be harder to read.

use std::collections::BTreeMap;

use super::grid::{Area, Cell, Floor};
use crate::Diagram;
use crate::number::real;

/// Where boxes would stand if nothing but their steps and layers mattered.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// Across and down, by box: from 0 (left, top) to 1; `None` where it has no step or layer.
    wished: Vec<[Option<f64>; 2]>,
}

/// How far something stands from where it would, in columns and in rows.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Astray {
    pub(super) columns: f64,
    pub(super) rows: f64,
}

impl Reading {
    pub(super) fn of(diagram: &Diagram) -> Self {
        let across = spread(diagram.nodes.iter().map(|node| node.step));
        let down = spread(diagram.nodes.iter().map(|node| node.layer));
        Self { wished: across.into_iter().zip(down).map(|(across, down)| [across, down]).collect() }
    }

    /// Whether no box is to stand anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.wished.iter().all(|wished| *wished == [None, None])
    }

    /// How far box `node` stands from where it would, in a cell of a grid with so many columns and rows.
    pub(super) fn of_cell(&self, node: usize, (col, row): Cell, (cols, rows): (usize, usize)) -> Astray {
        let [across, down] = self.wished[node];
        let far = |wished: Option<f64>, at: usize, of: usize| {
            wished.map_or(0.0, |wished| (wished * real(of) - real(at) - 0.5).abs())
        };
        Astray { columns: far(across, col, cols), rows: far(down, row, rows) }
    }

    /// The same for all boxes of a floor together.
    pub(super) fn of_cells(&self, floor: &Floor, cells: &[Cell]) -> Astray {
        let of = |(node, cell): (usize, &Cell)| self.of_cell(node, *cell, (floor.cols, floor.rows));
        sum(cells.iter().enumerate().map(of))
    }

    /// Where `nodes` would stand on average, across and down; in the middle where none would stand anywhere.
    pub(super) fn mean(&self, nodes: &[usize]) -> [f64; 2] {
        [0, 1].map(|axis| {
            let wished: Vec<f64> = nodes.iter().filter_map(|node| self.wished[*node][axis]).collect();
            if wished.is_empty() { 0.5 } else { wished.iter().sum::<f64>() / real(wished.len()) }
        })
    }

    /// How far `nodes` stand from where they would at least, wherever they stand in their area of the floor.
    pub(super) fn of_area(&self, nodes: &[usize], area: &Area, floor: &Floor) -> Astray {
        let far = |wished: Option<f64>, start: usize, count: usize, of: usize| {
            let outside = |at: f64| f64::max(real(start) + 0.5 - at, at - real(start + count) + 0.5).max(0.0);
            wished.map_or(0.0, |wished| outside(wished * real(of)))
        };
        let of = |node: &usize| {
            let [across, down] = self.wished[*node];
            let columns = far(across, area.col, area.cols, floor.cols);
            Astray { columns, rows: far(down, area.row, area.rows, floor.rows) }
        };
        sum(nodes.iter().map(of))
    }
}

fn sum(all: impl Iterator<Item = Astray>) -> Astray {
    all.fold(Astray::default(), |a, b| Astray { columns: a.columns + b.columns, rows: a.rows + b.rows })
}

/// The places of values in their order from 0 to 1, each value with the room that its boxes take, so that the grid is
/// filled evenly. Where all are the same there is no order.
fn spread(values: impl Iterator<Item = Option<u8>>) -> Vec<Option<f64>> {
    let values: Vec<Option<u8>> = values.collect();
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    values.iter().flatten().for_each(|value| *counts.entry(*value).or_default() += 1);
    let all: usize = counts.values().sum();
    let mut before = 0;
    let places: BTreeMap<u8, f64> = counts
        .iter()
        .map(|(&value, &count)| {
            before += count;
            (value, (real(before) - real(count) / 2.0) / real(all))
        })
        .collect();
    let is_order = places.len() > 1;
    values.into_iter().map(|value| places.get(&value?).copied().filter(|_| is_order)).collect()
}
