//! Where the stack file says something.

use schemars::JsonSchema;
use serde::Serialize;

use crate::source::{Position, Source, Span, column_letters};

/// A place in the stack file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Location {
    /// The file as it was named on the command line; `<stdin>` for standard input.
    pub file: String,
    /// The sheet, where the stack is a workbook; `line` is the row then, and `column` the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line in the stack file, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// Column in characters, from 1.
    #[schemars(range(min = 1))]
    pub column: u32,
    /// Line on which it ends.
    #[serde(skip)]
    pub end_line: u32,
    /// Column just behind it.
    #[serde(skip)]
    pub end_column: u32,
}

impl Location {
    /// Where `span` is in `source`, without white space at its end.
    #[must_use]
    pub fn of(span: Span, source: &Source) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let text = source.text().get(start..end).unwrap_or_default();
        let position = source.position(start);
        let sheet = source.sheet(start).map(str::to_owned);
        let last = match sheet {
            // A place in a workbook is a whole cell.
            Some(_) => Position { column: position.column + 1, ..position },
            None => source.position(start + text.trim_end().len()),
        };
        Self {
            file: source.name_at(start).to_owned(),
            sheet,
            line: position.line,
            column: position.column,
            end_line: last.line,
            end_column: last.column,
        }
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{}:{sheet}!{}{}", self.file, column_letters(self.column), self.line),
            None => write!(f, "{}:{}:{}", self.file, self.line, self.column),
        }
    }
}
