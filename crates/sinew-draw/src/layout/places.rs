//! Places: where the boxes of a picture stand, so that another one can have them there too.

use std::collections::{BTreeMap, BTreeSet};

use super::geometry::Spacing;
use super::grid::{Area, Cell, Floor};
use super::net::Net;
use crate::Diagram;
use crate::stood::{Frame, Seat, Sizes, Stood};

/// The cells of a picture's grid, by the ids of frames and boxes: what another picture needs to have the same boxes in the same
/// places.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Places {
    /// Whether lines name what they pass instead of stopping there.
    is_plain: bool,
    /// Columns and rows of the slide.
    spacings: [Spacing; 2],
    cols: usize,
    rows: usize,
    /// By frame; the boxes outside of all frames are under `None`.
    areas: BTreeMap<Option<String>, Area>,
    /// By box, with the frame that it stands in.
    cells: BTreeMap<String, (Option<String>, Cell)>,
}

impl Places {
    pub(super) fn of(diagram: &Diagram, net: &Net, (floor, cells): (&Floor, &[Cell]), spacings: [Spacing; 2]) -> Self {
        let areas = floor.areas.iter().enumerate().map(|(g, area)| (frame_of(diagram, net, g), *area)).collect();
        let cell = |n: usize| (diagram.nodes[n].id.clone(), (frame_of(diagram, net, net.group_of[n]), cells[n]));
        let cells = (0..cells.len()).map(cell).collect();
        Self { is_plain: false, spacings, cols: floor.cols, rows: floor.rows, areas, cells }
    }

    /// Those that are kept; `None` where these have a fault.
    pub(super) fn kept(stood: &Stood) -> Option<Self> {
        if stood.fault().is_some() {
            return None;
        }
        let area =
            |frame: &Frame| Area { col: frame.first.0, row: frame.first.1, cols: frame.span.0, rows: frame.span.1 };
        let spacing = |sizes: &Sizes| Spacing::new(sizes.start, sizes.channels.clone(), sizes.cells.clone());
        Some(Self {
            is_plain: stood.is_plain,
            spacings: [spacing(&stood.columns), spacing(&stood.rows)],
            cols: stood.columns.cells.len(),
            rows: stood.rows.cells.len(),
            areas: stood.frames.iter().map(|frame| (frame.id.clone(), area(frame))).collect(),
            cells: stood.boxes.iter().map(|seat| (seat.id.clone(), (seat.frame.clone(), seat.cell))).collect(),
        })
    }

    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    pub(super) fn set_plain(&mut self, is_plain: bool) {
        self.is_plain = is_plain;
    }

    /// The same to be kept: of boxes, or of domains on an overview.
    pub(super) fn to_keep(&self, is_parted: bool) -> Stood {
        let [columns, rows] = self.spacings.each_ref().map(|spacing| {
            let (start, channels, cells) = spacing.sizes();
            Sizes { start, channels: channels.to_vec(), cells: cells.to_vec() }
        });
        let frame = |(id, area): (&Option<String>, &Area)| Frame {
            id: id.clone(),
            first: (area.col, area.row),
            span: (area.cols, area.rows),
        };
        let seat = |(id, (frame, cell)): (&String, &(Option<String>, Cell))| Seat {
            id: id.clone(),
            frame: frame.clone(),
            cell: *cell,
        };
        let (frames, boxes) = (self.areas.iter().map(frame).collect(), self.cells.iter().map(seat).collect());
        Stood { is_parted, is_plain: self.is_plain, columns, rows, frames, boxes }
    }

    /// Columns and rows of the slide.
    pub(super) fn spacings(&self) -> &[Spacing; 2] {
        &self.spacings
    }

    /// The grid for another picture: boxes that are known stand where they stood, and the cells of those that it lacks stay
    /// empty. What is new takes a free cell of its frame, or else a row that is added beneath the frame; a frame that is new
    /// stands beneath all others.
    pub(super) fn applied(&self, diagram: &Diagram, net: &Net) -> (Floor, Vec<Cell>) {
        let mut grid = self.clone();
        let mut new = vec![Vec::new(); net.groups.len()];
        for (n, node) in diagram.nodes.iter().enumerate() {
            let group = net.group_of[n];
            match grid.cells.get(&node.id) {
                Some((frame, _)) if *frame == frame_of(diagram, net, group) => {}
                _ => new[group].push(n),
            }
        }
        // A box that changed its frame leaves its cell.
        for &n in new.iter().flatten() {
            grid.cells.remove(&diagram.nodes[n].id);
        }
        let mut taken: BTreeSet<Cell> = grid.cells.values().map(|(_, cell)| *cell).collect();
        for (group, nodes) in new.iter().enumerate() {
            let frame = frame_of(diagram, net, group);
            let mut free = grid.free(&frame, &taken);
            if free.len() < nodes.len() {
                grid.grow(&frame, nodes.len() - free.len());
                taken = grid.cells.values().map(|(_, cell)| *cell).collect();
                free = grid.free(&frame, &taken);
            }
            for (&n, &cell) in nodes.iter().zip(&free) {
                grid.cells.insert(diagram.nodes[n].id.clone(), (frame.clone(), cell));
                taken.insert(cell);
            }
        }
        let nowhere = Area { col: 0, row: 0, cols: 1, rows: 1 };
        let area = |group: usize| grid.areas.get(&frame_of(diagram, net, group)).copied().unwrap_or(nowhere);
        let areas = (0..net.groups.len()).map(area).collect();
        let cell = |node: &crate::Node| grid.cells.get(&node.id).map_or((0, 0), |(_, cell)| *cell);
        (Floor { cols: grid.cols, rows: grid.rows, areas }, diagram.nodes.iter().map(cell).collect())
    }

    /// Cells of a frame in which nobody stands, row by row.
    fn free(&self, frame: &Option<String>, taken: &BTreeSet<Cell>) -> Vec<Cell> {
        let Some(area) = self.areas.get(frame) else { return Vec::new() };
        let rows = area.row..area.row + area.rows;
        let cells = rows.flat_map(|row| (area.col..area.col + area.cols).map(move |col| (col, row)));
        cells.filter(|cell| !taken.contains(cell)).collect()
    }

    /// Makes room for so many more boxes of a frame.
    fn grow(&mut self, frame: &Option<String>, count: usize) {
        let Some(area) = self.areas.get(frame).copied() else {
            let cols = count.min(self.cols).max(1);
            let rows = count.div_ceil(cols);
            self.areas.insert(frame.clone(), Area { col: 0, row: self.rows, cols, rows });
            (self.cols, self.rows) = (self.cols.max(cols), self.rows + rows);
            return;
        };
        let (rows, end) = (count.div_ceil(area.cols), area.row + area.rows);
        for (other, at) in &mut self.areas {
            if other == frame || at.row < end && at.row + at.rows > end {
                at.rows += rows;
            } else if at.row >= end {
                at.row += rows;
            }
        }
        for (_, cell) in self.cells.values_mut().filter(|(_, cell)| cell.1 >= end) {
            cell.1 += rows;
        }
        self.rows += rows;
    }
}

fn frame_of(diagram: &Diagram, net: &Net, group: usize) -> Option<String> {
    net.groups[group].cluster.map(|c| diagram.clusters[c].id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cluster, Node};

    fn diagram(nodes: &[(&str, &str)]) -> Diagram {
        let mut clusters: Vec<Cluster> = Vec::new();
        for (_, frame) in nodes.iter().filter(|(_, frame)| !frame.is_empty()) {
            if clusters.iter().all(|c| c.id != *frame) {
                clusters.push(Cluster { id: (*frame).into(), name: (*frame).into() });
            }
        }
        let node = |(id, frame): &(&str, &str)| Node {
            id: (*id).into(),
            cluster: (!frame.is_empty()).then(|| (*frame).into()),
            ..Node::default()
        };
        Diagram { clusters, nodes: nodes.iter().map(node).collect(), ..Diagram::default() }
    }

    /// Frame `x` is two cells wide, with `a` and `b`; beneath it `y` with `c`; at the right, beside both, `z` with `d`.
    fn base() -> Places {
        let diagram = diagram(&[("a", "x"), ("b", "x"), ("c", "y"), ("d", "z")]);
        let area = |col, row, cols, rows| Area { col, row, cols, rows };
        let floor = Floor { cols: 3, rows: 2, areas: vec![area(0, 0, 2, 1), area(0, 1, 2, 1), area(2, 0, 1, 2)] };
        let cells = [(0, 0), (1, 0), (0, 1), (2, 1)];
        let spacings = [(3, 0.0), (2, 0.0)].map(|(cells, start)| Spacing::even(cells, start));
        Places::of(&diagram, &Net::new(&diagram), (&floor, &cells), spacings)
    }

    fn cells(nodes: &[(&str, &str)]) -> (Floor, Vec<Cell>) {
        let diagram = diagram(nodes);
        base().applied(&diagram, &Net::new(&diagram))
    }

    #[test]
    fn what_is_kept_is_read_back_as_it_was() {
        let kept = base().to_keep(true);
        assert_eq!((kept.fault(), kept.is_parted, kept.frames.len(), kept.boxes.len()), (None, true, 3, 4));
        assert_eq!(Places::kept(&kept), Some(base()));
        let twice = Stood { boxes: [&kept.boxes[..], &kept.boxes[..]].concat(), ..kept };
        assert_eq!(Places::kept(&twice), None);
    }

    #[test]
    fn what_is_known_stays_and_what_is_missing_leaves_its_cell_empty() {
        let (floor, at) = cells(&[("d", "z"), ("b", "x")]);
        assert_eq!((floor.cols, floor.rows, at), (3, 2, vec![(2, 1), (1, 0)]));
        assert_eq!(floor.areas, [Area { col: 2, row: 0, cols: 1, rows: 2 }, Area { col: 0, row: 0, cols: 2, rows: 1 }]);
    }

    #[test]
    fn what_is_new_takes_a_free_cell_of_its_frame() {
        assert_eq!(cells(&[("c", "y"), ("n", "y")]).1, [(0, 1), (1, 1)]);
        assert_eq!(cells(&[("d", "z"), ("n", "z")]).1, [(2, 1), (2, 0)]);
        // Who went to another frame is new there, and the cell left behind is free.
        assert_eq!(cells(&[("a", "z"), ("n", "x")]).1, [(2, 0), (0, 0)]);
    }

    #[test]
    fn a_full_frame_grows_by_a_row_and_all_beneath_it_move_down_by_one() {
        let (floor, at) = cells(&[("a", "x"), ("b", "x"), ("n", "x"), ("c", "y"), ("d", "z")]);
        assert_eq!((floor.cols, floor.rows), (3, 3));
        assert_eq!(at, [(0, 0), (1, 0), (0, 1), (0, 2), (2, 2)]);
        let area = |col, row, cols, rows| Area { col, row, cols, rows };
        assert_eq!(floor.areas, [area(0, 0, 2, 2), area(0, 2, 2, 1), area(2, 0, 1, 3)]);
    }

    #[test]
    fn a_new_frame_and_what_stands_in_none_are_beneath_all_others() {
        let (floor, at) = cells(&[("a", "x"), ("m", "new"), ("n", "new"), ("o", "new"), ("p", "new"), ("q", "")]);
        assert_eq!((floor.cols, floor.rows), (3, 5));
        assert_eq!(at, [(0, 0), (0, 2), (1, 2), (2, 2), (0, 3), (0, 4)]);
    }
}
