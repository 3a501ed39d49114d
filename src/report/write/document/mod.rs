//! A document as text: Markdown, and lines for a terminal.

mod block;
mod layout;
mod markdown;
mod terminal;
mod wrap;

pub use markdown::markdown;
pub use terminal::terminal;
