//! The colors of plain grounds and bars, by what they mean.

/// What a panel looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paint {
    /// The color of frames: a ground for words.
    Ground,
    /// The color of the outline of frames: a rule.
    Rule,
    /// A pale bar beside a figure.
    Worth,
    /// A bar of what is done by hand.
    Manual,
    /// A bar of what the plan builds.
    New,
    /// A bar of what stops.
    Loss,
}
