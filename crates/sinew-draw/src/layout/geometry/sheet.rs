//! What rows and columns are worked out from: the routed plan, the type, the area.

use super::super::content::{Type, Words};
use super::super::grid::{Cell, Floor};
use super::super::net::Net;
use super::super::route::Route;
use super::super::tracks::Order;
use super::super::wiring::{At, Tip, Wiring};
use super::spacing::Spacing;
use crate::Diagram;
use crate::scene::Rect;

/// Ports keep this far from the corners of a box.
pub(super) const CORNER: f64 = 4.5;

/// What does not change from attempt to attempt.
pub(in super::super) struct Routed<'a> {
    pub(in super::super) diagram: &'a Diagram,
    /// Words of each node.
    pub(in super::super) words: &'a [Words],
    pub(in super::super) net: &'a Net,
    pub(in super::super) floor: &'a Floor,
    pub(in super::super) cells: &'a [Cell],
    pub(in super::super) routes: &'a [Route],
    pub(in super::super) wiring: &'a Wiring,
    pub(in super::super) order: &'a Order,
}

/// How the lines of an upright channel use its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Spread {
    Even,
    Low,
    High,
    Middle,
}

/// Columns and rows that have to be as they are in another picture.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Held<'a> {
    pub(in super::super) cols: Option<&'a Spacing>,
    pub(in super::super) rows: Option<&'a Spacing>,
}

/// A plan at a type size, in an area.
#[derive(Clone, Copy)]
pub(in super::super) struct Sheet<'a> {
    pub(in super::super) plan: &'a Routed<'a>,
    pub(in super::super) kind: &'a Type,
    pub(in super::super) area: Rect,
    /// How each upright channel uses its width.
    pub(in super::super) spread: &'a [Spread],
    pub(in super::super) held: Held<'a>,
}

/// Tracks of a channel's wires, and their number.
pub(super) type Tracks = (Vec<usize>, usize);

pub(super) struct Coordinates {
    /// Of ports along their channel: y at left and right sides, x at upper and lower ones.
    pub(super) port: Vec<f64>,
    /// Of runs across their channel: x of upright, y of level ones.
    pub(super) run: Vec<f64>,
}

impl Coordinates {
    pub(super) fn tip(&self, tip: &Tip) -> f64 {
        match tip.at {
            At::Port(p) => self.port[p],
            At::Run(r) => self.run[r],
        }
    }
}
