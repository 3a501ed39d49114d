//! One picture: the ladder, the board, or a network on one slide or several.

use super::board::board;
use super::ladder::ladder;
use super::laid::Laid;
use super::work::Budget;
use super::{slide, split};
use crate::{Arrangement, Diagram};

/// The slides of a diagram that may take so much; as [`layout`](super::layout) where that is enough. Where it is not, further slides are
/// arranged by the first way that fits, which their notes say, and then no longer drawn: a slide in front says how many
/// of the edges are on none, and so does [`Laid::gap`].
#[must_use]
pub fn within(diagram: &Diagram, budget: Budget) -> Laid {
    let diagram = split::sound(diagram);
    match diagram.arrangement {
        Arrangement::Ladder => return Laid::whole(vec![ladder(&diagram)]),
        Arrangement::Board => return Laid::whole(board(&diagram)),
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
