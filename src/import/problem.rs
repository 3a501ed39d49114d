//! What is wrong with an input: a code, a place, a sentence and what to do.

use schemars::JsonSchema;
use serde::Serialize;

use super::clean::LeftOut;

/// One problem of one input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Problem {
    /// The input, or the entry of an archive as `archive.zip:entry`.
    pub file: String,
    /// The sheet, where the input is a workbook; line and column are then those of the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line from 1, where the input has lines.
    pub line: Option<usize>,
    /// Column from 1.
    pub column: Option<usize>,
    /// Stable name of the kind of problem.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A problem before it is known of which file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) sheet: Option<String>,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), sheet: None, line: None, column: None, help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With every name of the file in its sentence fit to be shown.
    pub(super) fn cleaned(mut self, left_out: &mut LeftOut) -> Self {
        self.message = left_out.clean(&self.message);
        self
    }

    pub(super) fn of(self, file: &str) -> Problem {
        let Self { code, message, sheet, line, column, help } = self;
        Problem { file: file.to_owned(), sheet, line, column, code, message, help }
    }
}

impl Problem {
    /// The problem as the report prints it, one or two lines.
    #[must_use]
    pub fn text(&self) -> String {
        let place = match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            (Some(line), None) => format!("{}:{line}", self.file),
            _ => self.file.clone(),
        };
        let help = self.help.as_ref().map(|help| format!("\n  = help: {help}")).unwrap_or_default();
        format!("warning[{}]: {place}: {}{help}\n", self.code, self.message)
    }
}
