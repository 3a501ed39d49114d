//! Text and places: files as spanned trees, diagnostics that point into them, and the nearest known word.

mod diagnostic;
mod json;
mod nearest;
mod parse;
mod render;
mod text;
mod tree;
mod visible;
mod yaml;

pub use diagnostic::{Diagnostic, Diagnostics, Level};
pub use nearest::nearest;
pub use parse::parse;
pub use render::render;
pub use text::{Position, Source, SourceError, Span, Spanned};
pub use tree::{Entry, Limits, Node, Scalar, Value};
pub use visible::{is_invisible, visible};
