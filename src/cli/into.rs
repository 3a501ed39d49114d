//! `sinew import --into`: a stack file that people have edited, brought up to date.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console::{self, say};
use super::exit::Failure;
use super::import::ImportFiles;
use super::stack::StackFile;
use super::write::{replace_file, write_file};
use crate::edit::{Refused, unified_diff};
use crate::import::{Base, Gone, Import, Merged, Unmerged};

/// Which stack file is brought up to date, and how.
#[derive(Args, Debug)]
pub(super) struct Into {
    /// Bring this stack file up to date, in place, or into the file that `-o` names: what hands changed stands, comments stay
    #[arg(long, value_name = "STACK")]
    into: Option<PathBuf>,
    /// Show what would change as a diff, and write nothing
    #[arg(long, requires = "into")]
    dry_run: bool,
    /// Take out of the stack file what the inputs gave earlier and have no more
    #[arg(long, requires = "into", conflicts_with = "retire")]
    delete: bool,
    /// Mark what the inputs have no more: systems as retired, flows as off
    #[arg(long, requires = "into")]
    retire: bool,
}

/// The file beside a stack that holds what the last import wrote.
pub(super) fn base_of(stack: &Path) -> PathBuf {
    let mut name: OsString = stack.file_name().unwrap_or_default().to_owned();
    name.push(".import.json");
    stack.with_file_name(name)
}

impl Into {
    /// The stack file that is to be brought up to date, if one is.
    pub(super) fn stack(&self) -> Option<&Path> {
        self.into.as_deref()
    }

    /// Whether nothing is to be written.
    pub(super) fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// What becomes of entries that the inputs have no more: taken out, or retired.
    pub(super) fn takes_out(&self) -> (bool, bool) {
        (self.delete, self.retire)
    }

    pub(super) fn run(&self, path: &Path, call: &ImportFiles, import: Import) -> Result<(), Failure> {
        if path.as_os_str() == "-" {
            return Err(Failure::Input("error: `--into` needs a file: standard input cannot be written to\n".into()));
        }
        let file = StackFile::new(path.to_owned(), call.max_bytes(), call.catalog().clone());
        let (source, mark) = file.to_edit()?;
        let base = earlier(&base_of(path))?;
        let gone = match (self.delete, self.retire) {
            (true, _) => Gone::Deleted,
            (_, true) => Gone::Retired,
            _ => Gone::Listed,
        };
        let target = call.output().unwrap_or(path).display().to_string();
        let Merged { stack, base: left, report, warnings: _ } =
            match import.into_stack(&source, base.as_ref(), gone, &target) {
                Ok(merged) => merged,
                Err(Unmerged::Stack(problems)) => return Err(StackFile::unreadable(source, problems)),
                Err(Unmerged::Refused(refused)) => return Err(refusal(&refused)),
            };
        call.allow(&report)?;
        let changes = stack != source.text();
        if self.dry_run {
            console::result(&unified_diff(&target, source.text(), &stack))?;
            say(&report.text());
            say("nothing was written\n");
            return Ok(());
        }
        call.write_report(&report)?;
        let text = format!("{mark}{stack}");
        // The stack first: should the second file not be written, what it lacks is found in the stack next time.
        match call.output() {
            Some(output) => {
                write_file(output, text.as_bytes())?;
                write_file(&base_of(output), left.text().as_bytes())?;
            }
            None => {
                if changes {
                    replace_file(path, text.as_bytes())?;
                }
                if base.as_ref() != Some(&left) {
                    write_file(&base_of(path), left.text().as_bytes())?;
                }
            }
        }
        say(&report.text());
        say(&match (call.output(), changes) {
            (Some(output), _) => format!("wrote {}\n", output.display()),
            (None, true) => format!("brought {} up to date\n", path.display()),
            (None, false) => format!("{} is up to date\n", path.display()),
        });
        Ok(())
    }
}

/// What the last import left; nothing where there was none.
fn earlier(path: &Path) -> Result<Option<Base>, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Failure::file("read", path, cause)),
    };
    let read = Base::parse(&text).map(Some);
    read.map_err(|why| {
        Failure::Input(format!(
            "error: {} is not what an import left there: {why}\n  restore it, or delete it: then what the stack file says stands, and only what is not there is filled\n",
            path.display()
        ))
    })
}

/// Why nothing was written, with everything that was to be done.
pub(super) fn refusal(refused: &Refused) -> Failure {
    let edits: Vec<String> = refused.edits.iter().map(|edit| format!("  {edit}\n")).collect();
    let list = if edits.is_empty() { String::new() } else { format!("this was to be done:\n{}", edits.concat()) };
    Failure::Input(format!("error: nothing was written: {}\n{list}", refused.why))
}
