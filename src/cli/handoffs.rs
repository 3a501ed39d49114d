//! `sinew handoffs`: what is carried by hand, for how many hours and at what cost?

use clap::Args;

use super::exit::Failure;
use super::format::{Format, Length};
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::ask;

/// List the manual handoffs with their hours and cost
#[derive(Args, Debug)]
pub(super) struct Handoffs {
    #[command(flatten)]
    stack: StackFile,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    length: Length,
}

impl Handoffs {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format.is_json()
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let analysis = Analysis::of(&opened.stack);
        self.format.print(&ask::handoffs(&analysis, &analysis.findings()), self.length)
    }
}
