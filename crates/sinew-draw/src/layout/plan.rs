//! A plan: which box in which cell, and which way each line goes, before anything has a size.

use super::content::Words;
use super::geometry::Routed;
use super::grid::{Cell, Floor};
use super::net::Net;
use super::route::Route;
use super::tracks::Order;
use super::wiring::Wiring;
use crate::Diagram;

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// For the one slide that a person looks at first.
    Full,
    /// For each of many slides.
    Quick,
    /// For what is left where a picture has used up its work: the first way that fits.
    Hasty,
}

/// A floor plan with nodes placed and links routed.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) floor: Floor,
    pub(super) cells: Vec<Cell>,
    pub(super) routes: Vec<Route>,
    pub(super) wiring: Wiring,
    pub(super) order: Order,
}

impl Plan {
    pub(super) fn routed<'a>(&'a self, diagram: &'a Diagram, words: &'a [Words], net: &'a Net) -> Routed<'a> {
        Routed {
            diagram,
            words,
            net,
            floor: &self.floor,
            cells: &self.cells,
            routes: &self.routes,
            wiring: &self.wiring,
            order: &self.order,
        }
    }
}
