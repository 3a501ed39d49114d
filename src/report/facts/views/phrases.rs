//! The sentences that titles are made of: what all handoffs cost.

use crate::analysis::Analysis;
use crate::analysis::words::hours;
pub(super) use crate::analysis::words::{capital, spelled};

/// How far the hours of all handoffs are known.
pub(super) enum Known {
    /// All: `1,140 hours a year`.
    All(String),
    /// Some: `at least 1,140 hours a year`, and `two have no figures`.
    Some(String, String),
    Nothing,
}

/// The words with blanks at which no line ends.
pub(super) fn tied(words: &str) -> String {
    words.replace(' ', "\u{a0}")
}

/// What all handoffs take together.
pub(super) fn known_hours(analysis: &Analysis<'_>) -> Known {
    let handoffs = &analysis.handoffs;
    let Some(work) = handoffs.total.work() else { return Known::Nothing };
    let hours = format!("{} a year", hours(work.likely));
    match handoffs.total.without_hours {
        0 => Known::All(hours),
        1 => Known::Some(format!("at least {hours}"), "one has no figures".to_owned()),
        n => Known::Some(format!("at least {hours}"), format!("{} have no figures", spelled(n))),
    }
}
