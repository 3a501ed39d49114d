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

    /// Where each box would stand, across and down.
    pub(super) fn wished(&self) -> impl Iterator<Item = [Option<f64>; 2]> + '_ {
        self.wished.iter().copied()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Node;

    fn reading(boxes: &[(Option<u8>, Option<u8>)]) -> Reading {
        let node = |&(step, layer): &(Option<u8>, Option<u8>)| Node { step, layer, ..Node::default() };
        Reading::of(&Diagram { nodes: boxes.iter().map(node).collect(), ..Diagram::default() })
    }

    #[test]
    fn steps_share_the_width_by_their_boxes() {
        // One box of the first step and two of the next: the middle of the first third, and that of the rest.
        let found = reading(&[(Some(1), None), (Some(7), None), (Some(7), None), (None, None)]);
        let across: Vec<Option<f64>> = found.wished.iter().map(|wished| wished[0]).collect();
        assert_eq!(across, [Some(1.0 / 6.0), Some(4.0 / 6.0), Some(4.0 / 6.0), None]);
        // Where all have one step, or none has any, there is no order.
        assert!(reading(&[(Some(3), None), (Some(3), Some(0))]).is_empty());
        assert!(!reading(&[(Some(3), Some(1)), (Some(3), Some(0))]).is_empty());
    }

    #[test]
    fn a_box_is_astray_by_columns_and_rows() {
        let found = reading(&[(Some(0), Some(1)), (Some(1), Some(0)), (None, None)]);
        // They would stand in the middles of the halves: the first at the left and beneath.
        let floor = Floor { cols: 2, rows: 2, areas: Vec::new() };
        let in_place = found.of_cells(&floor, &[(0, 1), (1, 0), (1, 1)]);
        assert_eq!(in_place, Astray::default());
        assert_eq!(found.of_cells(&floor, &[(1, 1), (1, 0), (0, 0)]), Astray { columns: 1.0, rows: 0.0 });
        assert_eq!(found.of_cell(0, (3, 0), (4, 4)), Astray { columns: 2.5, rows: 2.5 });
    }

    #[test]
    fn in_an_area_a_box_is_astray_by_what_is_left_wherever_it_stands_there() {
        let found = reading(&[(Some(0), None), (Some(1), None)]);
        let floor = Floor { cols: 4, rows: 1, areas: Vec::new() };
        let area = |col, cols| Area { col, row: 0, cols, rows: 1 };
        assert_eq!(found.of_area(&[0, 1], &area(0, 4), &floor), Astray::default());
        // The first would stand between the first two columns, half a column from each.
        assert_eq!(found.of_area(&[0], &area(2, 2), &floor), Astray { columns: 1.5, rows: 0.0 });
        assert_eq!(found.mean(&[0, 1]), [0.5, 0.5]);
        assert_eq!(found.mean(&[]), [0.5, 0.5]);
    }
}
