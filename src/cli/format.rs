//! The forms of an answer: for people, for programs, for documents.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::console;
use super::exit::Failure;
use crate::report::document::{Document, markdown};
use crate::report::tables::Table;
use crate::report::{Medium, Report, csv, told};

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

/// In which form to answer what is one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    /// For people, in color on a terminal
    Text,
    /// For programs; `sinew schema` describes it
    Json,
    /// For documents
    Markdown,
    /// For spreadsheets, one line a row
    Csv,
}

impl Listing {
    /// The same as an answer; nothing for the bare table.
    pub(super) fn as_answer(self) -> Option<Format> {
        match self {
            Self::Text => Some(Format::Text),
            Self::Json => Some(Format::Json),
            Self::Markdown => Some(Format::Markdown),
            Self::Csv => None,
        }
    }
}

/// Prints a table for spreadsheets.
pub(super) fn print_csv(table: &Table) -> Result<(), Failure> {
    console::result(&csv(table))
}

/// What matters most: so many rows of each table stand in text before the rest is counted.
const MOST: usize = 5;

/// How much of an answer is said in text.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Length {
    /// Show everything in text; without it, the five things of each kind that matter most and how many more there are
    #[arg(long)]
    all: bool,
}

impl Length {
    /// `document` as text says it.
    pub(super) fn of(self, document: Document) -> Document {
        if self.all { document.whole() } else { document.brief(MOST) }
    }
}

impl Format {
    /// Prints a report.
    pub(super) fn print(self, report: &Report, length: Length) -> Result<(), Failure> {
        let document = || match self {
            Self::Text => length.of(told(report, Medium::Terminal)),
            Self::Json | Self::Markdown => told(report, Medium::Document),
        };
        self.print_either(document, || report)
    }

    /// Whether programs read it.
    pub(super) fn is_json(self) -> bool {
        self == Self::Json
    }

    /// Prints what `document` makes, or for programs what `answer` does; only one of them is asked for.
    pub(super) fn print_either<T: Serialize>(
        self,
        document: impl FnOnce() -> Document,
        answer: impl FnOnce() -> T,
    ) -> Result<(), Failure> {
        match self {
            Self::Text => console::document(&document()),
            Self::Json => console::json(&answer()),
            Self::Markdown => console::result(&markdown(&document())),
        }
    }
}
