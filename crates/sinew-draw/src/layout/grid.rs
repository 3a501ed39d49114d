//! The grid of a slide: one for all groups, so that channels run from edge to edge.

/// A cell: column and row.
pub(super) type Cell = (usize, usize);

/// The rectangle of cells of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Area {
    pub(super) col: usize,
    pub(super) row: usize,
    pub(super) cols: usize,
    pub(super) rows: usize,
}

/// A grid with an area for each group.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Floor {
    pub(super) cols: usize,
    pub(super) rows: usize,
    pub(super) areas: Vec<Area>,
}
