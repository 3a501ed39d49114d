//! Edits of a stack file that keep its comments: bytes that are not part of an edit do not change.
//!
//! An edit is a span of the text and what stands there instead, at the places that our own reader gives. It knows texts,
//! places and the keys of a stack file, and nothing of what an edit is for. Where an edit would touch an anchor, an alias
//! or a merge key, nothing is edited: such a change shows in more than one place, and only a person knows which is meant.

mod diff;
mod editor;
mod fix;
mod flow;
mod lines;
mod members;
mod names;
mod piece;
mod place;
mod print;
mod scenario;
mod single;
mod step;
#[cfg(test)]
mod tests;
mod text;

pub use diff::unified_diff;
pub use editor::{Change, Editor, Refused, Said};
pub use fix::{Fixed, Made, fix, fix_as_read, written};
pub use names::{Named, list_of_what, named, other_ids, renamed};
pub use piece::{Pair, Piece};
pub use place::Place;
pub use scenario::edited_as_scenario;
pub use single::{Entry, Single, guessed, in_own_words, keys_of, list_of};
pub use step::{Part, Step, is_blank, path, stepped};
