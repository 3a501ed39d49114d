//! The slide layout: from a diagram to scenes of 16 to 9, one slide or as many as it takes.
//!
//! Groups stand in a grid, nodes in its cells, lines run at right angles in the channels between
//! rows and columns. By this construction no line runs through a box and no two lines share a
//! stretch; labels are placed where they cover nothing. Everything is seeded and bounded by counts
//! of work, never by a clock, so that the same diagram gives the same scenes on every machine.
//! `docs/theory/layout.md` has the method in full.

mod arranged;
mod boxes;
mod canvas;
mod column;
mod content;
mod floor;
mod gantt;
mod geometry;
mod grid;
mod headline;
mod labels;
mod lacking;
mod ladder;
mod laid;
mod means;
mod net;
mod one;
mod overview;
mod page;
mod parts;
mod pen;
mod place;
mod places;
mod plan;
mod reading;
mod rng;
mod route;
mod shared;
mod slide;
mod spans;
mod split;
mod tracks;
mod wiring;
mod work;

pub use arranged::Arrangements;
pub use headline::{Headline, headline};
pub use lacking::Gap;
pub use laid::Laid;
pub use one::within;
pub use shared::together;
pub use work::Budget;

use crate::Diagram;
use crate::scene::Scene;

/// The slides of a diagram: one where it fits with names of at least 9 points, or the [least size](crate::Paper::least), else an overview of
/// its clusters and slides for the parts. Every edge whose ends exist is on some slide as long as the
/// [budget of a picture](Budget::PICTURE) lasts, and a slide says what it leaves out. Never empty.
#[must_use]
pub fn layout(diagram: &Diagram) -> Vec<Scene> {
    within(diagram, Budget::PICTURE).slides
}
