//! Text and places: files as spanned trees, diagnostics that point into them, the nearest known word, and quantities as words.

mod bound;
mod cells;
mod diagnostic;
mod folded;
mod json;
mod letters;
mod merge;
mod nearest;
mod parse;
mod render;
mod repair;
mod small;
mod text;
mod tree;
mod visible;
pub mod words;
mod yaml;

pub use bound::{Bound, Figure};
pub use cells::{CellPlace, CellText, column_letters};
pub use diagnostic::{Diagnostic, Diagnostics, Fix, Level};
pub(crate) use folded::folded;
pub(crate) use letters::in_ids;
pub use merge::MERGE;
pub use nearest::nearest;
pub(crate) use parse::one_line;
pub use parse::{is_json, parse};
pub use render::{render, render_few};
pub use small::{Items, Text};
pub use text::{Position, Source, SourceError, Span, Spanned};
pub use tree::{Entry, Limits, Node, Scalar, Value};
pub use visible::{is_invisible, visible};
