//! `sinew report`: everything there is to say of a stack, as files.

use std::path::{Path, PathBuf};

use clap::Args;

use super::console::say;
use super::exit::Failure;
use super::plan::planned;
use super::stack::StackFile;
use super::write::write_files;
use crate::analysis::Analysis;
use crate::plan::Options;
use crate::report::{self, Report, Sources, files, summary};

/// Write all results of a stack into a folder
#[derive(Args, Debug)]
pub(super) struct WriteReport {
    #[command(flatten)]
    stack: StackFile,
    /// Folder to write into; made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

impl WriteReport {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let analysis = Analysis::of(&opened.stack);
        let findings = opened.findings(&analysis);
        let options = Options::default();
        let plan = planned(&analysis, &options)?;
        let shown = report::Plan::of(&opened.stack, &plan, &options);
        let report = Report::of(&analysis, &findings, &opened.source).with_plan(shown);
        let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report };
        let files = files(&sources).map_err(Failure::drawing)?;
        write_files(&self.output, &files, |path: &Path| say(&format!("wrote {}\n", path.display())))?;
        say(&format!("\n{}\n", summary(&report).join("\n")));
        Ok(())
    }
}
