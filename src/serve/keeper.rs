//! Who keeps the files: what the page needs of a disk, and no more.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::model::{ScenarioReading, Stack};
use crate::report::diagnosis::{Diagnosis, Problem};
use crate::source::{CellPlace, Diagnostic, Level, Source, render};

/// A file that is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// The stack.
    Stack,
    /// A scenario of it, by the word in its name: an id, so that it names no other folder.
    Scenario(String),
}

/// Opens and saves the stack and its scenarios.
pub trait Keeper: Send + Sync + 'static {
    /// The path of the file as it was given.
    fn name(&self, file: &File) -> String;

    /// What the file holds now.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn text(&self, file: &File) -> Result<Kept, Wrong>;

    /// Reads a text that stands in the stack file, or would stand there.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    fn stack(&self, kept: &Kept) -> Result<Opened, Wrong>;

    /// Reads a text that stands in a scenario of the stack, or would stand there.
    ///
    /// # Errors
    /// Where a catalog file of the call cannot be read.
    fn scenario(&self, of: &Opened, text: &Source) -> Result<ScenarioReading, Wrong>;

    /// Saves a text, if the file still holds what has the hash `was`; without one, if there is no such file. Whoever opens it
    /// sees the old text or the new one.
    ///
    /// # Errors
    /// Where it holds something else by now, or cannot be written.
    fn save(&self, file: &File, was: Option<&str>, text: &str) -> Result<(), Unkept>;

    /// The words in the names of the scenario files beside the stack, sorted.
    fn scenarios(&self) -> Vec<String>;
}

/// Why a text was not saved.
#[derive(Debug)]
pub enum Unkept {
    /// The file holds something else than was expected.
    Stale,
    /// It cannot be written.
    Failed(String),
}

/// The text of a file.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The text, or the rows of a workbook.
    pub source: Source,
    /// The mark of its encoding that stands before the text.
    pub mark: &'static str,
    /// Of all its bytes.
    pub hash: String,
    /// Whether it is a workbook, whose cells are edited elsewhere.
    pub is_workbook: bool,
}

/// A stack and what it was read from.
#[derive(Debug)]
pub struct Opened {
    /// The text; of a scenario both texts as one.
    pub source: Source,
    /// What it says.
    pub stack: Stack,
    /// What is odd about it.
    pub warnings: Vec<Diagnostic>,
    /// The cell of each key, where the stack is a workbook.
    pub cells: BTreeMap<String, CellPlace>,
    /// The catalog files that it was read with.
    pub catalogs: Vec<String>,
}

/// What is wrong, in words and by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// For people.
    pub text: String,
    /// With lines.
    pub problems: Vec<Problem>,
}

impl Wrong {
    /// A problem without a place.
    #[must_use]
    pub fn because(text: impl Into<String>) -> Self {
        Self { text: text.into(), problems: Vec::new() }
    }

    /// The problems of a text.
    #[must_use]
    pub fn with(source: &Source, problems: &[Diagnostic]) -> Self {
        // Beside what keeps the edit from being written, what is odd about the file is noise.
        let errors: Vec<Diagnostic> = problems.iter().filter(|one| one.level == Level::Error).cloned().collect();
        let problems = if errors.is_empty() { problems } else { errors.as_slice() };
        let text = render(source, problems, false);
        Self { text, problems: Diagnosis::of(problems.iter().map(|problem| (problem, source))).diagnostics }
    }
}

impl From<crate::edit::Refused> for Wrong {
    fn from(refused: crate::edit::Refused) -> Self {
        Self::because(refused.why)
    }
}

impl From<crate::ask::Refused> for Wrong {
    fn from(refused: crate::ask::Refused) -> Self {
        let text = refused.0.trim();
        Self::because(text.strip_prefix("error: ").unwrap_or(text))
    }
}

/// The hash of the bytes of a file.
#[must_use]
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
