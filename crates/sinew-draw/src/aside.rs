//! What is said beside a picture, in words and bars.

use crate::paint::Paint;

/// What is said beside a picture: in a column at its right, or beneath the rows of bars.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aside {
    /// What the bars measure, above them; empty for nothing.
    pub scale: String,
    /// Bars to compare, in order.
    pub meters: Vec<Meter>,
    /// What to take away, most important first; what has no room is not drawn.
    pub takeaways: Vec<Takeaway>,
    /// What to do about it; empty for nothing.
    pub so_what: String,
}

impl Aside {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.meters.is_empty() && self.takeaways.is_empty() && self.so_what.is_empty()
    }
}

/// A bar beside a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Meter {
    /// What it is of.
    pub name: String,
    /// How much, in words.
    pub figure: String,
    /// How long it is, 0 to 1 of the column.
    pub share: f64,
    /// Its color.
    pub paint: Paint,
}

/// One thing to take away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Takeaway {
    /// What its disc shows: its place, or the rank that the picture speaks of.
    pub number: String,
    /// The statement, in bold.
    pub head: String,
    /// What goes with it; may be empty.
    pub text: String,
}
