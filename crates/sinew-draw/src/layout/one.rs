//! One picture: the ladder, the board, or a network on one slide or several.

use super::gantt::gantt;
use super::ladder::ladder;
use super::laid::Laid;
use super::places::Places;
use super::work::Budget;
use super::{slide, split};
use crate::{Arrangement, Diagram};

/// The slides of a diagram that may take so much; as [`layout`](super::layout) where that is enough. Where it is not, further slides are
/// arranged by the first way that fits, which their notes say, and then no longer drawn: a slide in front says how many
/// of the edges are on none, and so does [`Laid::gap`].
///
/// Where it [stands as](Diagram::stands_as) a picture that fits on one slide, and fits in those places itself, it has them.
#[must_use]
pub fn within(diagram: &Diagram, budget: Budget) -> Laid {
    let base = diagram.stands_as.as_deref().map(split::sound).filter(split::may_fit);
    let places = base.and_then(|base| within(&base, Budget::PICTURE).places);
    within_places(diagram, places.as_ref(), budget)
}

/// The same with the boxes in these places, where they leave room for lines: [`Laid::places`] of a picture of nearly the same
/// boxes keeps each where it was, and finds room for those that are new.
#[must_use]
pub fn within_places(diagram: &Diagram, places: Option<&Places>, budget: Budget) -> Laid {
    let diagram = split::sound(diagram);
    match diagram.arrangement {
        Arrangement::Ladder => return Laid::whole(vec![ladder(&diagram)]),
        Arrangement::Gantt => return Laid::whole(gantt(&diagram)),
        Arrangement::Network => {}
    }
    if diagram.nodes.is_empty() {
        return Laid::whole(vec![slide::empty(&diagram)]);
    }
    // Where that is too much for one slide, stops are named and boxes stand where their lines are shortest.
    let plainer = Some(split::plainer(&diagram)).filter(|plainer| *plainer != diagram);
    for diagram in std::iter::once(&diagram).chain(&plainer).filter(|diagram| split::may_fit(diagram)) {
        let there = places.and_then(|places| slide::whole_at(diagram, places));
        if let Some(whole) = there.or_else(|| slide::whole(diagram)) {
            let laid = match whole.unsaid.is_empty() {
                true => Laid::whole(vec![whole.scene]),
                false => split::with_details(whole.scene, diagram, &whole.unsaid, budget),
            };
            return Laid { places: Some(whole.places), ..laid };
        }
    }
    split::slides(&diagram, budget)
}
