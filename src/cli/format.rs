//! The forms of an answer: for people, for programs, for documents.

use clap::ValueEnum;

use super::console;
use super::exit::Failure;
use crate::report::document::{Document, markdown};
use crate::report::{Medium, Report, json, told};

/// In which form to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, in color on a terminal
    Text,
    /// For programs; `sinew schema report` describes it
    Json,
    /// For documents
    Markdown,
}

impl Format {
    /// Prints a report.
    pub(super) fn print(self, report: &Report) -> Result<(), Failure> {
        let medium = if self == Self::Text { Medium::Terminal } else { Medium::Document };
        self.print_either(&told(report, medium), || json(report))
    }

    /// Prints `document`, or for programs what `json` makes.
    pub(super) fn print_either(self, document: &Document, json: impl FnOnce() -> String) -> Result<(), Failure> {
        match self {
            Self::Text => console::document(document),
            Self::Json => console::result(&json()),
            Self::Markdown => console::result(&markdown(document)),
        }
    }
}
