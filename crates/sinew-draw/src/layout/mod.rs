//! The slide layout: from a diagram to scenes of 16 to 9, one slide or as many as it takes.
//!
//! Groups stand in a grid, nodes in its cells, lines run at right angles in the channels between
//! rows and columns. By this construction no line runs through a box and no two lines share a
//! stretch; labels are placed where they cover nothing. Everything is seeded and bounded by counts
//! of work, never by a clock, so that the same diagram gives the same scenes on every machine.
//! `docs/theory/layout.md` has the method in full.

mod board;
mod boxes;
mod canvas;
mod content;
mod floor;
mod geometry;
mod labels;
mod lacking;
mod ladder;
mod net;
mod page;
mod parallel;
mod pen;
mod place;
mod rng;
mod route;
mod shared;
mod slide;
mod split;
mod tracks;
mod wiring;
mod work;

pub use lacking::Gap;
pub use shared::together;
pub use work::Budget;

use crate::scene::Scene;
use crate::{Arrangement, Diagram};

/// A picture that is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// Its slides, at least one.
    pub slides: Vec<Scene>,
    /// What they lack.
    pub gap: Gap,
    /// What it took: slides of parts, and the work to arrange them.
    pub spent: Budget,
}

impl Laid {
    /// A picture without parts.
    fn whole(slides: Vec<Scene>) -> Self {
        Self { slides, gap: Gap::default(), spent: Budget { work: 0, slides: 0 } }
    }
}

/// The slides of a diagram: one where it fits with names of at least 9 points, else an overview of
/// its clusters and slides for the parts. Every edge whose ends exist is on some slide as long as the
/// [budget of a picture](Budget::PICTURE) lasts, and a slide says what it leaves out. Never empty.
#[must_use]
pub fn layout(diagram: &Diagram) -> Vec<Scene> {
    within(diagram, Budget::PICTURE).slides
}

/// The slides of a diagram that may take so much; as [`layout`] where that is enough. Where it is not, further slides are
/// arranged by the first way that fits, which their notes say, and then no longer drawn: a slide in front says how many
/// of the edges are on none, and so does [`Laid::gap`].
#[must_use]
pub fn within(diagram: &Diagram, budget: Budget) -> Laid {
    let diagram = split::sound(diagram);
    match diagram.arrangement {
        Arrangement::Ladder => return Laid::whole(vec![ladder::ladder(&diagram)]),
        Arrangement::Board => return Laid::whole(board::board(&diagram)),
        Arrangement::Network => {}
    }
    if split::may_fit(&diagram) {
        match slide::whole(&diagram) {
            Some(slide::Whole::Full(scene)) => return Laid::whole(vec![scene]),
            Some(slide::Whole::Sparse(scene, edges)) => return split::with_details(scene, &diagram, &edges, budget),
            None => {}
        }
    }
    split::slides(&diagram, budget)
}
