//! `sinew schema`: what do the files look like that go in and come out?

use clap::{Args, ValueEnum};

use super::console;
use super::exit::Failure;
use crate::import::import_schema;
use crate::report::schema::{comparison_schema, diagnosis_schema, diff_schema, portfolio_schema, report_schema};
use crate::report::stack_schema::{scenario_schema, stack_schema};

/// Print the JSON Schema for stack files, scenarios, reports, diffs, comparisons, portfolios, import reports, tools of `mcp` or diagnoses
#[derive(Args, Debug)]
pub(super) struct Schema {
    /// Which files
    #[arg(value_name = "FILES")]
    files: Files,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Files {
    /// Stack files
    Stack,
    /// Scenario files
    Scenario,
    /// Reports: report.json, and `--format json` of every command
    Report,
    /// Diffs: `diff --format json`
    Diff,
    /// Comparisons: `compare --format json`
    Compare,
    /// Portfolios: `portfolio --format json`
    Portfolio,
    /// Import reports: `import --report FILE`
    Import,
    /// What the tools of `sinew mcp` take and answer
    #[cfg(feature = "mcp")]
    Mcp,
    /// Diagnoses: what `--format json` prints about a file that is wrong
    Diagnosis,
}

impl Schema {
    pub(super) fn run(&self) -> Result<(), Failure> {
        console::json(&match self.files {
            Files::Stack => stack_schema(),
            Files::Scenario => scenario_schema(),
            Files::Report => report_schema(),
            Files::Compare => comparison_schema(),
            Files::Diff => diff_schema(),
            Files::Portfolio => portfolio_schema(),
            Files::Import => import_schema(),
            #[cfg(feature = "mcp")]
            Files::Mcp => crate::mcp::tools_schema(),
            Files::Diagnosis => diagnosis_schema(),
        })
    }
}
