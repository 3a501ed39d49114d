//! `sinew anonymize`: the same stack for strangers' eyes.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console::{self, say};
use super::exit::Failure;
use super::stack::StackFile;
use super::write::{to_file, write_file};
use crate::analysis::anonymize::{Amounts, anonymized};
use crate::model::read;
use crate::model::write::write;
use crate::source::{Level, Source, render};

/// Write the stack without names, owners, texts and money, to share it with outsiders
///
/// Systems, flows, catalog products, dates and amounts of work stay, so the same findings are found. Their names differ, and a severity that
/// follows from a cost is that of the rule instead; `--scale-money` keeps it.
#[derive(Args, Debug)]
pub(super) struct Anonymize {
    #[command(flatten)]
    stack: StackFile,
    /// File to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Multiply all money by this factor, 0.000001 to 1000000. Anyone who knows one amount can work out the others
    #[arg(long, value_name = "FACTOR", value_parser = factor)]
    scale_money: Option<f64>,
    /// Replace every amount of money by 1, so that no cost changes a severity (the default)
    #[arg(long, conflicts_with = "scale_money")]
    mask_money: bool,
}

impl Anonymize {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if let Some(output) = to_file(self.output.as_ref()) {
            self.spare_the_stack(output)?;
        }
        let opened = self.stack.open()?;
        let text = write(&anonymized(&opened.stack, self.scale_money.map_or(Amounts::Masked, Amounts::Scaled)));
        let written = Source::new("the anonymous stack", text);
        let problems = read(&written).problems;
        if problems.iter().any(|problem| problem.level == Level::Error) {
            let problems = render(&written, &problems, true);
            return Err(Failure::Input(format!(
                "{problems}error: the scaled amounts are out of range; choose another factor\n"
            )));
        }
        match to_file(self.output.as_ref()) {
            Some(path) => {
                write_file(path, written.text().as_bytes())?;
                say(&format!("wrote {}\n", path.display()));
            }
            None => console::result(written.text())?,
        }
        if !opened.catalogs.is_empty() {
            say(
                "kinds, interfaces and limits of your catalog files are stated in the copy; their connectors are not, so its plan may differ\n",
            );
        }
        say("products, dates, hours and counts are unchanged: read them before you share the file\n");
        Ok(())
    }

    /// The stack itself is not to be overwritten by what has lost its names.
    fn spare_the_stack(&self, output: &Path) -> Result<(), Failure> {
        let same = !self.stack.is_stdin()
            && match (fs::canonicalize(self.stack.path()), fs::canonicalize(output)) {
                (Ok(stack), Ok(output)) => stack == output,
                _ => false,
            };
        if same {
            return Err(Failure::Input("error: the output would overwrite the stack file itself\n".into()));
        }
        Ok(())
    }
}

fn factor(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(factor) if (1e-6..=1e6).contains(&factor) => Ok(factor),
        _ => Err("give a number from 0.000001 to 1000000".into()),
    }
}
