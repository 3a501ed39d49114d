//! `sinew register`: which AI tools are there, what for, with which data, and who oversees them?

use clap::Args;

use super::exit::Failure;
use super::format::{Format, Length, Listing};
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::ask;
use crate::report::tables;

/// List the AI tools as registers of regulators ask for them
///
/// Intended purpose, users, role, oversight and evidence are what the stack file states. Which personal data reaches a tool and
/// how, who gets what leaves it, where people review and whether content reaches an audience follow from the flows. What is not
/// stated is shown as that. It judges no law.
#[derive(Args, Debug)]
pub(super) struct Register {
    #[command(flatten)]
    stack: StackFile,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Listing,
    #[command(flatten)]
    length: Length,
}

impl Register {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format.as_answer() == Some(Format::Json)
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let report = ask::register(&Analysis::of(&opened.stack));
        match self.format.as_answer() {
            Some(format) => format.print(&report, self.length),
            None => super::format::print_csv(&tables::ai_use(&report).expect("the register was asked for")),
        }
    }
}
