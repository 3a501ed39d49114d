//! What comes of laying out a picture.

use super::lacking::Gap;
use super::places::Places;
use super::work::Budget;
use crate::scene::Scene;

/// A picture that is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// Its slides, at least one.
    pub slides: Vec<Scene>,
    /// What they lack.
    pub gap: Gap,
    /// Where its boxes stand, if all of them are on one slide; such places can be given to another picture.
    pub places: Option<Places>,
    /// Where its domains stand, if it has an overview of them.
    pub(super) domains: Option<Places>,
    /// What it took: slides of parts, and the work to arrange them.
    pub spent: Budget,
}

impl Laid {
    /// A picture without parts.
    pub(super) fn whole(slides: Vec<Scene>) -> Self {
        Self { slides, gap: Gap::default(), places: None, domains: None, spent: Budget { work: 0, slides: 0 } }
    }
}
