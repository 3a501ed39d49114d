//! One picture: the ladder, the board, or a network on one slide or several.

use std::borrow::Cow;

use super::arranged::Arrangements;
use super::gantt::gantt;
use super::labels::Lack;
use super::ladder::ladder;
use super::laid::Laid;
use super::means::Means;
use super::parts::may_fit;
use super::places::Places;
use super::slide::Whole;
use super::work::Budget;
use super::{slide, split};
use crate::stood::Stood;
use crate::{Arrangement, Diagram};

/// Where the boxes of a picture are to stand.
#[derive(Debug, Clone, Default)]
pub(super) enum Standing {
    /// Wherever their lines are best.
    #[default]
    Free,
    /// In these places, where they leave room for lines.
    In(Places),
    /// On an overview and the slides of their parts, as a picture does that is too large for one slide; with domains in the
    /// places of those of that picture, where these are known.
    Parted(Option<Places>),
}

impl Standing {
    /// In the places of an earlier picture.
    fn of(stood: Option<&Stood>) -> Self {
        let kept = stood.and_then(|stood| Some((stood.is_parted, Places::kept(stood)?)));
        match kept {
            None => Self::Free,
            Some((false, places)) => Self::In(places),
            Some((true, places)) => Self::Parted(Some(places)),
        }
    }

    /// As the boxes of another picture, which stand so, so that a reader finds each where it was.
    pub(super) fn beside(base: &Diagram, stood: Option<&Stood>) -> Self {
        match Self::of(stood) {
            Self::Free if says_where(base) => Self::Parted(None),
            standing => standing,
        }
    }
}

/// Whether a picture says where boxes stand: of a network that has some.
fn says_where(base: &Diagram) -> bool {
    base.arrangement == Arrangement::Network && !base.nodes.is_empty()
}

/// The slides of a diagram that may take so much; as [`layout`](super::layout) where that is enough. Where it is not, further slides are
/// arranged by the first way that fits, which their notes say, and then no longer drawn: a slide in front says how many
/// of the edges are on none, and so does [`Laid::gap`].
///
/// Where it [stands as](Diagram::stands_as) a picture that fits on one slide, and fits in those places itself, if need be without its
/// stops and some of its words, it has them; where that picture is too large for one slide, it is drawn as an overview and parts as well. The places that it [stands
/// in](Diagram::stands_in) are for a picture that stands as no other.
#[must_use]
pub fn within(diagram: &Diagram, budget: Budget) -> Laid {
    laid_out(diagram, Means { budget, known: &Arrangements::default() })
}

/// The same for whoever knows arrangements.
pub(super) fn laid_out(diagram: &Diagram, means: Means<'_>) -> Laid {
    let base = diagram.stands_as.as_deref().map(split::sound).filter(says_where);
    let Some(base) = base else {
        return within_places(diagram, Standing::of(diagram.stands_in.as_deref()), means);
    };
    let stood = match Standing::of(base.stands_in.as_deref()) {
        Standing::Parted(places) => {
            split::domains(&base, places.as_ref(), means.known).map(|places| places.to_keep(true))
        }
        Standing::In(places) => alone(&base, Some(&places), means.known),
        Standing::Free => alone(&base, None, means.known),
    };
    within_places(diagram, Standing::beside(&base, stood.as_ref()), means)
}

/// Where the boxes of a sound diagram stand, or its domains where that is too much for one slide.
fn alone(base: &Diagram, places: Option<&Places>, known: &Arrangements) -> Option<Stood> {
    let boxes = whole(base, places, known).map(|(_, whole)| whole.places.to_keep(false));
    boxes.or_else(|| split::domains(base, None, known).map(|places| places.to_keep(true)))
}

/// The same with the boxes where they are said to stand.
#[must_use]
pub(super) fn within_places(diagram: &Diagram, standing: Standing, means: Means<'_>) -> Laid {
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
        Standing::Parted(domains) => return split::slides(&diagram, domains.as_ref(), means),
    };
    let Some((shown, whole)) = whole(&diagram, places.as_ref(), means.known) else {
        let base = diagram.stands_as.as_deref().map(split::sound);
        let domains = base.and_then(|base| split::domains(&base, None, means.known));
        return split::slides(&diagram, domains.as_ref(), means);
    };
    let laid = match whole.unsaid.is_empty() {
        true => Laid::whole(vec![whole.scene]),
        false => split::with_details(whole.scene, &shown, &whole.unsaid, means),
    };
    Laid { stood: Some(whole.places.to_keep(false)), ..laid }
}

/// All of a sound diagram on one slide, if it fits, and what is drawn there.
fn whole<'d>(diagram: &'d Diagram, places: Option<&Places>, known: &Arrangements) -> Option<(Cow<'d, Diagram>, Whole)> {
    // Where that is too much for one slide, stops are named and boxes stand where their lines are shortest.
    let plainer = Some(split::plainer(diagram)).filter(|plainer| plainer != diagram);
    let drawn = [Some(Cow::Borrowed(diagram)), plainer.map(Cow::Owned)].into_iter().flatten();
    let mut fitting: Vec<_> = drawn.filter(|drawn| may_fit(drawn)).collect();
    // Stops are left out, and then words, before a box moves. Where the other picture has no stops, this has none either.
    let there = places.and_then(|places| {
        let last = fitting.len().checked_sub(1)?;
        let first = if places.is_plain() { last } else { 0 };
        let mut ways = (first..=last).map(|at| (at, Lack::Lesser)).chain([(last, Lack::Any)]);
        ways.find_map(|(at, lack)| Some((at, slide::whole_at(&fitting[at], places, lack, known)?)))
    });
    let anywhere = || fitting.iter().enumerate().find_map(|(at, drawn)| Some((at, slide::whole(drawn, known)?)));
    let (at, mut whole) = there.or_else(anywhere)?;
    let drawn = fitting.swap_remove(at);
    whole.places.set_plain(matches!(drawn, Cow::Owned(_)));
    Some((drawn, whole))
}
