//! Where the stack file says something.

use schemars::JsonSchema;
use serde::Serialize;

use crate::source::{Source, Span};

/// A place in the stack file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Location {
    /// The file as it was named on the command line; `<stdin>` for standard input.
    pub file: String,
    /// Line, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// Column in characters, from 1.
    #[schemars(range(min = 1))]
    pub column: u32,
}

impl Location {
    /// Where `span` begins in `source`.
    #[must_use]
    pub fn of(span: Span, source: &Source) -> Self {
        let position = source.position(span.start as usize);
        Self { file: source.name().to_owned(), line: position.line, column: position.column }
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
