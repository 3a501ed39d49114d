//! `sinew lsp`: stack files as they are typed, over the Language Server Protocol.
//!
//! The reader of stack files says what is wrong, the questions of [`ask`](crate::ask) what follows, the table of keys what
//! can be written, and [`edit`](crate::edit) changes the text: nothing is computed or worded here for the second time. This
//! room opens no files: a [`Library`] reads what a document names beside itself.

mod actions;
mod complete;
mod cursor;
mod diagnose;
mod document;
mod finder;
mod hover;
mod keys;
mod names;
mod server;
mod symbols;
mod text;
mod uri;
mod wire;
mod within;

pub use server::{Ended, serve};

use crate::model::Reading;
use crate::source::Source;

/// Reads a stack with what it names beside itself.
pub trait Library: Send {
    /// What the text of the document at `path` says, with the catalog files that it names; an empty path is a document that
    /// stands nowhere yet.
    fn read(&self, path: &str, source: &Source) -> Reading;
}
