//! `sinew portfolio`: where do several stacks stand, and what do they share?

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use sinew_draw::theme::Theme;

use super::console::{say, under_way};
use super::exit::{Failure, source_name};
use super::format::{Format, Length, Listing, print_csv};
use super::own_catalog::CatalogOption;
use super::stack::{StackFile, regular, said};
use super::write::write_file;
use crate::ask::{self, Member};
use crate::report::html::leaf;
use crate::report::portfolio::Portfolio as Answer;
use crate::report::story::told_together;
use crate::report::tables;
use crate::source::Source;

/// Compare several stacks: where each stands, and which vendors they share
///
/// A row a stack: stage, hours and cost by hand, worst outage, what its plan builds first, and what the next stage costs. Then the
/// vendors and products that several stacks use, with what stops in each if one is down. A file that cannot be read is named with its
/// errors and stops no other; the exit code is then 2.
#[derive(Args, Debug)]
pub(super) struct Portfolio {
    /// Stack files in YAML or JSON, or workbooks; one of them may be `-`, standard input
    #[arg(value_name = "STACK", required = true)]
    stacks: Vec<PathBuf>,
    /// Refuse files larger than this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = Source::MAX_BYTES)]
    max_bytes: usize,
    #[command(flatten)]
    catalog: CatalogOption,
    /// Output format; `sinew schema portfolio` describes the JSON, and CSV has the row of each stack
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Listing,
    #[command(flatten)]
    length: Length,
    /// Write a page (.html) or a workbook (.xlsx) instead; may be repeated
    #[arg(short, long, value_name = "FILE", value_parser = output)]
    output: Vec<Output>,
}

/// A file to write, by its ending.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Output {
    Page(PathBuf),
    #[cfg(feature = "xlsx")]
    Workbook(PathBuf),
}

fn output(path: &str) -> Result<Output, String> {
    let file = PathBuf::from(path);
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => Ok(Output::Page(file)),
        #[cfg(feature = "xlsx")]
        Some("xlsx") => Ok(Output::Workbook(file)),
        _ => Err("expected a file that ends in .html or .xlsx".into()),
    }
}

impl Portfolio {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format == Listing::Json
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        self.named_once()?;
        let mut members = Vec::new();
        for path in &self.stacks {
            under_way(&format!("reading {}", source_name(path)));
            members.push(self.member(path.clone())?);
        }
        under_way("planning");
        let answer = ask::portfolio(members);
        if self.output.is_empty() {
            self.print(&answer)?;
        }
        for output in &self.output {
            write(output, &answer)?;
        }
        if answer.unreadable.is_empty() { Ok(()) } else { Err(Failure::Partly) }
    }

    /// Refuses a file that is named twice: it would be counted twice.
    fn named_once(&self) -> Result<(), Failure> {
        let mut seen = BTreeSet::new();
        let twice = self.stacks.iter().filter(|path| !seen.insert(*path));
        let wrong: String = twice
            .map(|path| format!("error: {} is named twice\n  = help: name each stack once\n", source_name(path)))
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(Failure::Input(wrong)) }
    }

    /// The stack in the file at `path`, its warnings said; or what is wrong with it, which is said as well.
    fn member(&self, path: PathBuf) -> Result<Member, Failure> {
        let file = source_name(&path);
        let opened = match regular(&path) {
            Ok(()) => StackFile::new(path, self.max_bytes, self.catalog.clone()).read(),
            Err(failure) => Err(failure),
        };
        let stack = match opened {
            Ok(found) => Ok(said(found).stack),
            Err(failure @ (Failure::Denied | Failure::Partly | Failure::ClosedPipe)) => return Err(failure),
            Err(failure) => {
                say(&failure.to_string());
                Err(failure.diagnosis())
            }
        };
        Ok(Member { file, stack })
    }

    fn print(&self, answer: &Answer) -> Result<(), Failure> {
        match self.format.as_answer() {
            Some(Format::Text) => Format::Text.print_either(|| self.length.of(told_together(answer)), || answer),
            Some(format) => format.print_either(|| told_together(answer), || answer),
            None => print_csv(&tables::portfolio::files(answer)),
        }
    }
}

fn write(output: &Output, answer: &Answer) -> Result<(), Failure> {
    match output {
        Output::Page(path) => {
            let page = leaf(&told_together(answer), &Theme::light(), Some(&Theme::dark()));
            write_file(path, page.as_bytes())
        }
        #[cfg(feature = "xlsx")]
        Output::Workbook(path) => {
            let book = crate::report::story::portfolio_workbook(answer);
            let bytes =
                crate::report::xlsx::workbook(&book.day, &book.summary, &book.tables).map_err(Failure::drawing)?;
            write_file(path, &bytes)
        }
    }
}
