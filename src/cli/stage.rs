//! `sinew stage`: where does the stack stand, and what holds it there?

use clap::Args;

use super::exit::Failure;
use super::format::{Format, Length};
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::ask;

/// Show the maturity stage, with evidence, and what blocks the next one
///
/// Five stages: ad hoc, structured piloting, isolated production, integrated operations, AI-native. Each criterion is
/// met, not met or not known; what is not known never counts as met.
#[derive(Args, Debug)]
pub(super) struct Stage {
    #[command(flatten)]
    stack: StackFile,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    length: Length,
}

impl Stage {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format.is_json()
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let analysis = Analysis::of(&opened.stack);
        self.format.print(&ask::stage(&analysis, &opened.findings(&analysis)), self.length)
    }
}
