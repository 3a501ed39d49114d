//! `sinew diff`: what changed between two stack files?

use std::path::PathBuf;

use clap::Args;

use super::exit::Failure;
use super::format::Format;
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::report::story::changes;
use crate::report::{diff, json_text};
use crate::source::Source;

/// Show what changed between two stack files
///
/// Compares systems, flows, findings, manual hours, single points of failure and the stage, matched by id.
#[derive(Args, Debug)]
pub(super) struct Diff {
    /// Old stack file; `-` reads standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// New stack file; `-` reads standard input
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Refuse files larger than this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = Source::MAX_BYTES)]
    max_bytes: usize,
    /// Output format; `sinew schema diff` describes the JSON
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Diff {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let [old, new] = [&self.old, &self.new].map(|path| StackFile::new(path.clone(), self.max_bytes));
        if old.is_stdin() && new.is_stdin() {
            return Err(Failure::Input("error: standard input cannot be both stack files\n".into()));
        }
        // Everything that is wrong is said at once, in either file.
        let (old, new) = match (old.open(), new.open()) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(Failure::Input(old)), Err(Failure::Input(new))) => return Err(Failure::Input(old + &new)),
            (Err(failure), _) | (_, Err(failure)) => return Err(failure),
        };
        let analyses = [Analysis::of(&old.stack), Analysis::of(&new.stack)];
        let findings = analyses.each_ref().map(Analysis::findings);
        let side = |at: usize, source| diff::Side { analysis: &analyses[at], findings: &findings[at], source };
        let diff = diff::Diff::of(side(0, &old.source), side(1, &new.source));
        self.format.print_either(&changes(&diff), || json_text(&diff))
    }
}
