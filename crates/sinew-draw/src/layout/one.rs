//! One picture: the ladder, the board, or a network on one slide or several.

use std::borrow::Cow;

use super::gantt::gantt;
use super::ladder::ladder;
use super::laid::Laid;
use super::places::Places;
use super::slide::Whole;
use super::work::Budget;
use super::{slide, split};
use crate::{Arrangement, Diagram};

/// Where the boxes of a picture are to stand.
#[derive(Debug, Clone, Copy, Default)]
pub enum Standing<'a> {
    /// Wherever their lines are best.
    #[default]
    Free,
    /// In these places, where they leave room for lines: [`Laid::places`] of a picture of nearly the same boxes keeps each where
    /// it was, and finds room for those that are new.
    In(&'a Places),
    /// On an overview and the slides of their parts, as a picture does that is too large for one slide; with domains in the
    /// places of those of that picture, where these are known.
    Parted(Option<&'a Places>),
}

impl<'a> Standing<'a> {
    /// As the boxes of another picture, so that a reader finds each where it was.
    pub(super) fn of(base: &'a Laid) -> Self {
        match (&base.places, &base.domains) {
            (Some(places), _) => Self::In(places),
            (None, Some(domains)) => Self::Parted(Some(domains)),
            (None, None) => Self::Free,
        }
    }
}

/// The slides of a diagram that may take so much; as [`layout`](super::layout) where that is enough. Where it is not, further slides are
/// arranged by the first way that fits, which their notes say, and then no longer drawn: a slide in front says how many
/// of the edges are on none, and so does [`Laid::gap`].
///
/// Where it [stands as](Diagram::stands_as) a picture that fits on one slide, and fits in those places itself, it has them; where
/// that picture is too large for one slide, it is drawn as an overview and parts as well.
#[must_use]
pub fn within(diagram: &Diagram, budget: Budget) -> Laid {
    let base = diagram.stands_as.as_deref().map(split::sound);
    let is_drawn = |base: &Diagram| base.arrangement == Arrangement::Network && !base.nodes.is_empty();
    let Some(base) = base.filter(is_drawn) else { return within_places(diagram, Standing::Free, budget) };
    let places = whole(&base, None).map(|(_, whole)| whole.places);
    let domains = if places.is_none() { split::domains(&base) } else { None };
    let standing = match &places {
        Some(places) => Standing::In(places),
        None => Standing::Parted(domains.as_ref()),
    };
    within_places(diagram, standing, budget)
}

/// The same with the boxes where they are said to stand.
#[must_use]
pub fn within_places(diagram: &Diagram, standing: Standing<'_>, budget: Budget) -> Laid {
    let diagram = split::sound(diagram);
    match diagram.arrangement {
        Arrangement::Ladder => return Laid::whole(vec![ladder(&diagram)]),
        Arrangement::Gantt => return Laid::whole(gantt(&diagram)),
        Arrangement::Network => {}
    }
    if diagram.nodes.is_empty() {
        return Laid::whole(vec![slide::empty(&diagram)]);
    }
    let places = match standing {
        Standing::Free => None,
        Standing::In(places) => Some(places),
        Standing::Parted(domains) => return split::slides(&diagram, domains, budget),
    };
    let Some((shown, whole)) = whole(&diagram, places) else {
        let base = diagram.stands_as.as_deref().map(split::sound);
        let domains = base.and_then(|base| split::domains(&base));
        return split::slides(&diagram, domains.as_ref(), budget);
    };
    let laid = match whole.unsaid.is_empty() {
        true => Laid::whole(vec![whole.scene]),
        false => split::with_details(whole.scene, &shown, &whole.unsaid, budget),
    };
    Laid { places: Some(whole.places), ..laid }
}

/// All of a sound diagram on one slide, if it fits, and what is drawn there.
fn whole<'d>(diagram: &'d Diagram, places: Option<&Places>) -> Option<(Cow<'d, Diagram>, Whole)> {
    // Where that is too much for one slide, stops are named and boxes stand where their lines are shortest.
    let plainer = Some(split::plainer(diagram)).filter(|plainer| plainer != diagram);
    let drawn = [Some(Cow::Borrowed(diagram)), plainer.map(Cow::Owned)].into_iter().flatten();
    let mut fitting = drawn.filter(|drawn| split::may_fit(drawn));
    fitting.find_map(|drawn| {
        let there = places.and_then(|places| slide::whole_at(&drawn, places));
        let whole = there.or_else(|| slide::whole(&drawn))?;
        Some((drawn, whole))
    })
}
