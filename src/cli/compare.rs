//! `sinew compare`: what would a scenario change?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::{Failure, Unreadable};
use super::format::{Format, Length};
use super::stack::{Opened, StackFile, tally};
#[cfg(any(feature = "pptx", feature = "xlsx"))]
use super::write::write_file;
use crate::model::{Scenario, Stack};
use crate::report::compare::Comparison;
use crate::report::story::compared;
use crate::source::{Level, render};

/// Compare scenarios with today's stack, each computed in full
///
/// A scenario is a file of edits: what to retire, what to add, which values to change, and other settings of the plan. Every
/// check of a stack file holds for what comes of it. The scenarios stand in the order named.
#[derive(Args, Debug)]
pub(super) struct Compare {
    #[command(flatten)]
    stack: StackFile,
    /// Scenario files; `sinew schema scenario` describes them
    #[arg(value_name = "SCENARIO", required = true)]
    scenarios: Vec<PathBuf>,
    /// Output format; `sinew schema compare` describes the JSON
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CompareFormat,
    #[command(flatten)]
    length: Length,
    /// Write one slide (.pptx) or a workbook (.xlsx) instead; may be repeated
    #[arg(short, long, value_name = "FILE", value_parser = output)]
    output: Vec<Output>,
}

/// In which form to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// For people, in color on a terminal
    Text,
    /// For programs; `sinew schema compare` describes it
    Json,
    /// For documents
    Markdown,
}

/// A file to write, by its ending.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Output {
    #[cfg(feature = "pptx")]
    Slide(PathBuf),
    #[cfg(feature = "xlsx")]
    Workbook(PathBuf),
}

fn output(path: &str) -> Result<Output, String> {
    let file = PathBuf::from(path);
    match file.extension().and_then(|ending| ending.to_str()) {
        #[cfg(feature = "pptx")]
        Some("pptx") => Ok(Output::Slide(file)),
        #[cfg(feature = "xlsx")]
        Some("xlsx") => Ok(Output::Workbook(file)),
        _ => Err("expected a file that ends in .pptx or .xlsx".into()),
    }
}

impl Compare {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format == CompareFormat::Json
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let of_stdin = self.scenarios.iter().filter(|path| path.as_os_str() == "-").count();
        if of_stdin + usize::from(self.stack.is_stdin()) > 1 {
            return Err(Failure::Input("error: standard input can be one of the files only\n".into()));
        }
        let opened = self.stack.open()?;
        let scenarios = self.scenarios(&opened)?;
        let comparison =
            Comparison::of(&opened.stack, &scenarios).map_err(|error| Failure::Input(format!("error: {error}\n")))?;
        for output in &self.output {
            write(output, &comparison)?;
        }
        if !self.output.is_empty() {
            return Ok(());
        }
        let document = || compared(&comparison);
        let json = || &comparison;
        match self.format {
            CompareFormat::Text => Format::Text.print_either(|| self.length.of(document()), json),
            CompareFormat::Json => Format::Json.print_either(document, json),
            CompareFormat::Markdown => Format::Markdown.print_either(document, json),
        }
    }

    /// The scenarios with the stacks that come of them; or everything that is wrong with any of them.
    fn scenarios(&self, opened: &Opened) -> Result<Vec<(String, Scenario, Stack)>, Failure> {
        let (mut read, mut wrong, mut missing) = (Vec::new(), Vec::new(), String::new());
        for path in &self.scenarios {
            let (source, found) = match self.stack.scenario(opened, path) {
                Ok(found) => found,
                Err(Failure::Input(text)) => {
                    missing.push_str(&text);
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let text = render(&found.source, &found.problems, true);
            let is_right = found.problems.iter().all(|problem| problem.level == Level::Warning);
            match found.stack.filter(|_| is_right) {
                Some(stack) => {
                    super::console::say(&text);
                    read.push((source, found.scenario, stack));
                }
                None => {
                    let text = format!("{text}{}", tally(&source, &found.problems));
                    wrong.push(Unreadable { source: found.source, problems: found.problems, text });
                }
            }
        }
        match (missing.is_empty(), wrong.is_empty()) {
            (true, true) => Ok(read),
            (true, false) => Err(Failure::Unreadable(wrong)),
            (false, _) => {
                let said: String = wrong.iter().map(|file| file.text.as_str()).collect();
                Err(Failure::Input(format!("{said}{missing}")))
            }
        }
    }
}

fn write(output: &Output, comparison: &Comparison) -> Result<(), Failure> {
    match output {
        #[cfg(feature = "pptx")]
        Output::Slide(path) => {
            let deck = crate::report::story::compared_deck(comparison, &sinew_draw::theme::Theme::light());
            write_file(path, &sinew_draw::deck::pptx(&deck))
        }
        #[cfg(feature = "xlsx")]
        Output::Workbook(path) => {
            let book = crate::report::story::compared_workbook(comparison);
            let bytes =
                crate::report::xlsx::workbook(&book.day, &book.summary, &book.tables).map_err(Failure::drawing)?;
            write_file(path, &bytes)
        }
        #[cfg(not(any(feature = "pptx", feature = "xlsx")))]
        _ => {
            let _ = comparison;
            Ok(())
        }
    }
}
