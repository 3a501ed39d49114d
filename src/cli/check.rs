//! `sinew check`: is the file valid, and which findings stand?

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::console::{self, say};
use super::exit::{Failure, Machine, source_name};
use super::fix::fix_file;
use super::format::{Format, Length};
use super::stack::StackFile;
use crate::analysis::{Analysis, Finding, Severity};
use crate::ask::{self, known_rule};
use crate::report::baseline::{Baseline, BaselineError, Change};
use crate::report::sarif::sarif;
use crate::report::{Report, finding};
use crate::source::visible;
use crate::source::words::listed_few;

/// Check a stack file and list its findings
#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    stack: StackFile,
    /// Fail (exit code 1) on any finding of this rule; may be repeated
    #[arg(long, value_name = "RULE", value_parser = known_rule)]
    deny: Vec<String>,
    /// Fail (exit code 1) on any finding of this severity or higher
    #[arg(long, value_name = "SEVERITY")]
    deny_severity: Option<Denied>,
    /// Earlier report (report.json, or the output of `check --format json`): show what changed, and fail only on what is
    /// new or more severe
    #[arg(long, value_name = "REPORT")]
    baseline: Option<PathBuf>,
    /// First write every replacement that has one meaning only into the file; of `-`, write the text to standard output
    #[arg(long)]
    fix: bool,
    /// Show what `--fix` would write as a diff, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CheckFormat,
    #[command(flatten)]
    length: Length,
}

/// In which form to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people, in color on a terminal
    Text,
    /// For programs; `sinew schema report` describes it
    Json,
    /// For documents
    Markdown,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
}

/// The mildest severity that is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Denied {
    /// High only
    High,
    /// Medium and high
    Medium,
    /// All findings
    Low,
}

impl Denied {
    fn severity(self) -> Severity {
        match self {
            Self::High => Severity::High,
            Self::Medium => Severity::Medium,
            Self::Low => Severity::Low,
        }
    }
}

impl Check {
    /// The form for programs in which the answer is wanted, if it is.
    pub(super) fn machine(&self) -> Option<Machine> {
        // The answer on standard output is the text, or the diff.
        if self.fix && (self.dry_run || self.stack.is_stdin()) {
            return None;
        }
        match self.format {
            CheckFormat::Json => Some(Machine::Json),
            CheckFormat::Sarif => Some(Machine::Sarif),
            CheckFormat::Text | CheckFormat::Markdown => None,
        }
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let baseline = self.baseline.as_deref().map(|path| self.read_baseline(path)).transpose()?;
        let opened = if self.fix {
            let Some(fixed) = fix_file(&self.stack, self.dry_run)? else { return Ok(()) };
            self.stack.opened(fixed)?
        } else {
            self.stack.open_to_check()?
        };
        let for_stack = |(baseline, path): (Baseline, &PathBuf)| {
            baseline.for_stack(&opened.stack).map_err(|error| refused(path, &error))
        };
        let baseline = baseline.zip(self.baseline.as_ref()).map(for_stack).transpose()?;
        let analysis = Analysis::of(&opened.stack);
        let found = opened.findings(&analysis);
        let findings = finding::findings(&found, &opened.stack, &opened.source);
        let change = baseline.map(|baseline| baseline.change(&findings, &analysis));
        let denied = self.denied(&found, change.as_ref());
        let format = match self.format {
            CheckFormat::Text => Some(Format::Text),
            CheckFormat::Json => Some(Format::Json),
            CheckFormat::Markdown => Some(Format::Markdown),
            CheckFormat::Sarif => None,
        };
        match format {
            Some(format) => {
                let report = ask::check(&analysis, &found, &opened.source, &opened.cells_of_workbook());
                format.print(&Report { baseline: change, ..report }, self.length)?;
            }
            None => console::result(&sarif(&findings, change.as_ref(), &opened.source))?,
        }
        if denied.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> =
            denied.iter().map(|finding| format!("{} ({})", finding.id, finding.severity.as_str())).collect();
        say(&format!("denied: {}\n", visible(&listed_few(&ids, 10))));
        Err(Failure::Denied)
    }

    fn read_baseline(&self, path: &Path) -> Result<Baseline, Failure> {
        if path.as_os_str() == "-" && self.stack.is_stdin() {
            return Err(Failure::Input("error: standard input cannot be both the stack and the baseline\n".into()));
        }
        let source = self.stack.beside(path)?;
        Baseline::parse(source.text()).map_err(|error| refused(path, &error))
    }

    /// Those of `found` that are denied; since a baseline, only what is new or worse is.
    fn denied<'f>(&self, found: &'f [Finding], change: Option<&Change>) -> Vec<&'f Finding> {
        let new: Option<BTreeSet<&str>> =
            change.map(|change| change.new.iter().chain(&change.worse).map(String::as_str).collect());
        let counts = |finding: &&Finding| new.as_ref().is_none_or(|new| new.contains(finding.id.as_str()));
        found.iter().filter(counts).filter(|finding| self.denies(finding)).collect()
    }

    fn denies(&self, finding: &Finding) -> bool {
        let by_rule = self.deny.iter().any(|rule| rule == finding.rule);
        // Severities come most severe first.
        let by_severity = self.deny_severity.is_some_and(|denied| finding.severity <= denied.severity());
        !finding.is_accepted && (by_rule || by_severity)
    }
}

fn refused(path: &Path, error: &BaselineError) -> Failure {
    Failure::Input(format!("error: {}: {error}\n", source_name(path)))
}
