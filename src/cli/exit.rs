//! Exit codes: the one place that decides them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::ask::Refused;
use crate::report::diagnosis::Diagnosis;
use crate::report::json_text;
use crate::report::sarif::sarif_of;
use crate::source::{Diagnostic, Source};

/// Why a command ends otherwise than by having done what it was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// `check` found what it was told to deny, which it has said already.
    Denied,
    /// Some of several inputs are wrong, which has been said with the answer about the others.
    Partly,
    /// The input or the call is wrong; the text says everything that is.
    Input(String),
    /// Files could not be read as what they should be: everything that is wrong with each.
    Unreadable(Vec<Unreadable>),
    /// Reading or writing failed.
    Environment {
        /// What was to be done.
        doing: String,
        /// Why it failed.
        cause: std::io::Error,
    },
    /// Whoever reads our results has seen enough.
    ClosedPipe,
}

/// A file with what is wrong with it.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) source: Source,
    pub(super) problems: Vec<Diagnostic>,
    /// The same in words.
    pub(super) text: String,
}

/// A form of answers for programs, which is valid also where the input is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Machine {
    /// As `sinew schema diagnosis` says.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Input(refused.0)
    }
}

impl Failure {
    /// What is wrong with the input in the form that was asked for; nothing where the input is right.
    pub(super) fn for_programs(&self, machine: Machine) -> Option<String> {
        if matches!(self, Self::Denied | Self::Partly | Self::ClosedPipe | Self::Environment { .. }) {
            return None;
        }
        let diagnosis = self.diagnosis();
        Some(match machine {
            Machine::Json => json_text(&diagnosis),
            Machine::Sarif => sarif_of(&diagnosis),
        })
    }

    /// Everything that is wrong with the input, by place.
    pub(super) fn diagnosis(&self) -> Diagnosis {
        match self {
            Self::Unreadable(files) => {
                Diagnosis::of(files.iter().flat_map(|file| file.problems.iter().map(|problem| (problem, &file.source))))
            }
            Self::Input(text) => Diagnosis::without_place(text),
            _ => Diagnosis::without_place(&self.plain()),
        }
    }

    /// What is wrong, without colors.
    pub(super) fn plain(&self) -> String {
        anstream::adapter::strip_str(&self.to_string()).to_string()
    }

    /// A failure of reading or writing the file at `path`.
    pub(super) fn file(doing: &str, path: &Path, cause: std::io::Error) -> Self {
        Self::Environment { doing: format!("{doing} {}", path.display()), cause }
    }

    /// A picture or another file that could not be made.
    pub(super) fn drawing(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Environment { doing: "make the files".into(), cause: std::io::Error::other(error) }
    }

    /// The code with which the program ends.
    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            // Of no interest to anybody: `sinew catalog list | head` has done its work.
            Self::ClosedPipe => 0,
            // The gate of a build: the input is right, and what it says is not to be.
            Self::Denied => 1,
            // The caller can mend it; the same code as a wrong argument.
            Self::Input(_) | Self::Unreadable(_) | Self::Partly => 2,
            // Nobody's fault, and worth trying again.
            Self::Environment { .. } => 3,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied | Self::Partly | Self::ClosedPipe => Ok(()),
            Self::Input(text) => f.write_str(text),
            Self::Unreadable(files) => files.iter().try_for_each(|file| f.write_str(&file.text)),
            Self::Environment { doing, cause } => writeln!(f, "error: cannot {doing}: {cause}"),
        }
    }
}

/// The path for a message: `-` is standard input.
pub(super) fn source_name(path: &Path) -> String {
    if path == PathBuf::from("-").as_path() { "<stdin>".into() } else { path.display().to_string() }
}
