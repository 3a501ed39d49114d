//! `sinew questions`: what is not known or guessed, and what would an answer be worth?

use clap::Args;

use super::console::under_way;
use super::exit::Failure;
use super::format::Format;
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::ask;
use crate::report::question::Places;

/// Questions that text shows unless told otherwise.
const SHOWN: usize = 5;

/// List what is not known or guessed, ranked by what the answer is worth
///
/// Each question says who may know, where to write the answer, and what it decides. A missing hourly rate comes first, then
/// what alone changes the maturity stage. Of the others, the first twenty are ranked by what the plan gains from knowing the
/// answer: the stack is planned again under each plausible answer. The rest follow by the yearly amount that an answer can
/// move.
#[derive(Args, Debug)]
pub(super) struct Questions {
    #[command(flatten)]
    stack: StackFile,
    /// Number of questions to show; without it, five in text and all in the other formats
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Show all questions
    #[arg(long, conflicts_with = "top")]
    all: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Questions {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format.is_json()
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let analysis = Analysis::of(&opened.stack);
        let usual = if self.all || self.format != Format::Text { usize::MAX } else { SHOWN };
        let cells = opened.cells();
        let places = Places { source: &opened.source, cells: &cells };
        let asked = ask::questions(&analysis, places, self.top.unwrap_or(usual), under_way)?;
        self.format.print_either(|| asked.document(), || &asked.report)
    }
}
