//! Words that titles and boxes are made of.

pub(super) use crate::analysis::words::{capital, spelled};

/// The words with blanks at which no line ends.
pub(super) fn tied(words: &str) -> String {
    words.replace(' ', "\u{a0}")
}
