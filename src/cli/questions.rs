//! `sinew questions`: what is not known or guessed, and what would an answer be worth?

use clap::Args;

use super::exit::Failure;
use super::format::Format;
use super::plan::planned;
use super::stack::StackFile;
use crate::analysis::Analysis;
use crate::plan::Options;
use crate::plan::questions::{WORK, ranked};
use crate::report::say::Line;
use crate::report::story::asked;
use crate::report::{self, Report, json, question};
use crate::workbook;

/// List what is not known or guessed, ranked by what the answer is worth
///
/// A missing hourly rate comes first. The first twenty others are ranked by what the plan gains from knowing the answer: the
/// stack is planned again under each plausible answer. The rest follow by the yearly amount that an answer can move.
#[derive(Args, Debug)]
pub(super) struct Questions {
    #[command(flatten)]
    stack: StackFile,
    /// Number of questions to show; 0 for all
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
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
        let options = Options { samples: 0, ..Options::default() };
        let plan = planned(&analysis, &options)?;
        let all = ranked(&analysis, &plan, &options, WORK);
        let shown = if self.top == 0 { all.len() } else { all.len().min(self.top) };
        let cells = workbook::cells(&opened.stack);
        let questions = question::questions(&analysis, &plan, &all[..shown], &opened.source, &cells);
        let part = report::Plan::of(&opened.stack, &plan, &options);
        let report = Report { questions: Some(questions), plan: Some(part), ..Report::about(&analysis) };
        let mut document = asked(&report);
        if shown < all.len() {
            let rest = all.len() - shown;
            document.lead.push(Line::of(format!(
                "The first {shown} of {}; `--top 0` shows the other {rest} as well.",
                all.len()
            )));
        }
        let answer = Report { plan: None, ..report };
        self.format.print_either(&document, || json(&answer))
    }
}
