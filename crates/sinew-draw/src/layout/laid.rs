//! What comes of laying out a picture.

use super::lacking::Gap;
use super::work::Budget;
use crate::scene::Scene;
use crate::stood::Stood;

/// A picture that is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// Its slides, at least one.
    pub slides: Vec<Scene>,
    /// What they lack.
    pub gap: Gap,
    /// Where its boxes stand, or on several slides its domains; another picture can [stand there](crate::Diagram::stands_in).
    pub stood: Option<Stood>,
    /// What it took: slides of parts, and the work to arrange them.
    pub spent: Budget,
}

impl Laid {
    /// A picture without parts.
    pub(super) fn whole(slides: Vec<Scene>) -> Self {
        Self { slides, gap: Gap::default(), stood: None, spent: Budget { work: 0, slides: 0 } }
    }
}
