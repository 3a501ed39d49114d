//! `sinew outage`: what breaks if …?

use clap::{Args, ValueEnum};

use super::console;
use super::exit::Failure;
use super::format::{Format, Length};
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::analysis::resilience::{DEFAULT_ORDER, MAX_ORDER};
use crate::ask;
use crate::report::facts::Outages;
use crate::report::facts::fault_tree::fault_tree;
use crate::report::open_psa::open_psa;

/// Show what breaks if a system, flow or person fails
///
/// By default, components fail one at a time, most severe first. With `--without`, all named components fail together, and
/// each process that stops is shown with the shortest chain of reasons.
#[derive(Args, Debug)]
pub(super) struct Outage {
    #[command(flatten)]
    stack: StackFile,
    /// Component that fails: id or name of a live system, id of a live flow, or a team of one; may be repeated
    #[arg(long, value_name = "ID", conflicts_with = "process")]
    without: Vec<String>,
    /// Largest number of components in the cut sets listed
    #[arg(long, value_name = "N", default_value_t = DEFAULT_ORDER, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_ORDER)))]
    order: u32,
    /// Process to write as a fault tree; needs `--format open-psa`
    #[arg(long, value_name = "ID", required_if_eq("format", "open-psa"))]
    process: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: OutageFormat,
    #[command(flatten)]
    length: Length,
}

/// In which form to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutageFormat {
    /// For people, in color on a terminal
    Text,
    /// For programs; `sinew schema report` describes it
    Json,
    /// For documents
    Markdown,
    /// One process as a fault tree in the Open-PSA model exchange format
    OpenPsa,
}

impl Outage {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format == OutageFormat::Json
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        // The text of the file is not held any longer.
        let stack = self.stack.open()?.stack;
        let analysis = Analysis::of(&stack);
        let format = match self.format {
            OutageFormat::Text => Format::Text,
            OutageFormat::Json => Format::Json,
            OutageFormat::Markdown => Format::Markdown,
            OutageFormat::OpenPsa => return self.fault_tree(&analysis),
        };
        if self.process.is_some() {
            return Err(Failure::Input("error: `--process` needs `--format open-psa`\n".into()));
        }
        if self.without.is_empty() && format.is_json() {
            return console::json(&Outages::of(&analysis, self.order));
        }
        if self.without.is_empty() {
            return format.print(&ask::outages(&analysis, self.order), self.length);
        }
        format.print(&ask::together(&analysis, &self.without)?, self.length)
    }

    fn fault_tree(&self, analysis: &Analysis<'_>) -> Result<(), Failure> {
        let said = self.process.as_deref().unwrap_or_default();
        let process = ask::process(analysis.stack, said)?;
        let wanted = &analysis.stack.process(process).id;
        let tree = fault_tree(analysis, process).map_err(|refused| {
            Failure::Input(format!("error: `{wanted}` cannot be written as a fault tree: {refused}\n"))
        })?;
        console::result(&open_psa(&tree))
    }
}
