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
use super::workbook::Book;
use super::write::{replace_file, write_file};
use crate::analysis::acceptance;
use crate::edit::{Refused, unified_diff};
use crate::import::{Base, Gone, Import, ImportReport, Unmerged};
use crate::source::Source;
use crate::workbook::{Absent, Brought, Unbrought, bring};

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

    /// Brings the stack file at `path` up to date: with workbooks that were exported of it first, then with all other inputs.
    pub(super) fn run(
        &self,
        path: &Path,
        call: &ImportFiles,
        (books, import): (Vec<Book>, Import),
    ) -> Result<(), Failure> {
        if path.as_os_str() == "-" {
            return Err(Failure::Input("error: `--into` needs a file: standard input cannot be written to\n".into()));
        }
        let file = StackFile::new(path.to_owned(), call.max_bytes(), call.catalog().clone());
        let (source, mark) = file.to_edit()?;
        let base = earlier(&base_of(path))?;
        let (gone, absent) = match (self.delete, self.retire) {
            (true, _) => (Gone::Deleted, Absent::Deleted),
            (_, true) => (Gone::Retired, Absent::Retired),
            _ => (Gone::Listed, Absent::Listed),
        };
        let target = call.output().unwrap_or(path).display().to_string();
        let (mut stack, mut left, mut report) = (source.text().to_owned(), base.clone(), ImportReport::default());
        let (known, new): (Vec<Book>, Vec<Book>) =
            books.into_iter().partition(|book| book.opened.knows_what_was_exported());
        let brought = known.into_iter().try_fold(BookChanges::default(), |mut all, book| {
            report.add(book.report());
            let now = Source::new(source.name(), std::mem::take(&mut stack));
            let brought = changes_of(book, &now, absent)?;
            stack = all.add(brought);
            Ok::<_, Failure>(all)
        })?;
        for book in new {
            let (catalog, now) = (book.catalog(), Source::new(source.name(), stack));
            let merged = book.whole()?.into_stack(&catalog, &now, left.as_ref(), gone, &target);
            let merged = merged.map_err(|why| unmerged(why, now))?;
            report.add(merged.report);
            (stack, left) = (merged.stack, Some(merged.base));
        }
        if import.has_seen_any() {
            let now = Source::new(source.name(), stack);
            let merged = import.into_stack(&now, left.as_ref(), gone, &target).map_err(|why| unmerged(why, now))?;
            report.add(merged.report);
            (stack, left) = (merged.stack, Some(merged.base));
        }
        call.allow(&report)?;
        if !brought.conflicts.is_empty() && call.is_strict() {
            let said = format!("{}{}", report.text(), brought.text());
            return Err(Failure::Input(format!(
                "{said}error: nothing was written, as `--strict` allows no conflict\n"
            )));
        }
        let changes = stack != source.text();
        if changes {
            file.read_in_place(&Source::new(format!("{target} (as it would be)"), stack.clone())).map_err(unwritten)?;
        }
        let said = format!("{}{}", report.text(), brought.text());
        if self.dry_run {
            console::result(&unified_diff(&target, source.text(), &stack))?;
            say(&format!("{said}nothing was written\n"));
            return Ok(());
        }
        call.write_report(&report)?;
        let text = format!("{mark}{stack}");
        // The stack first: should the second file not be written, what it lacks is found in the stack next time.
        match call.output() {
            Some(output) => {
                write_file(output, text.as_bytes())?;
                if let Some(left) = &left {
                    write_file(&base_of(output), left.text().as_bytes())?;
                }
            }
            None => {
                if changes {
                    replace_file(path, text.as_bytes())?;
                }
                if let Some(left) = left.filter(|left| base.as_ref() != Some(left)) {
                    write_file(&base_of(path), left.text().as_bytes())?;
                }
            }
        }
        say(&said);
        say(&match (call.output(), changes) {
            (Some(output), _) => format!("wrote {}\n", output.display()),
            (None, true) => format!("brought {} up to date\n", path.display()),
            (None, false) => format!("{} is up to date\n", path.display()),
        });
        Ok(())
    }
}

/// What was taken from workbooks that know what was exported.
#[derive(Default)]
struct BookChanges {
    taken: Vec<String>,
    conflicts: Vec<String>,
    gone: Vec<String>,
}

impl BookChanges {
    /// Adds what was brought, and gives the text.
    fn add(&mut self, brought: Brought) -> String {
        self.taken.extend(brought.taken);
        self.conflicts.extend(brought.conflicts);
        self.gone.extend(brought.gone);
        brought.text
    }

    fn text(&self) -> String {
        let all = [("taken", &self.taken), ("conflict", &self.conflicts), ("gone", &self.gone)];
        all.iter().flat_map(|(what, all)| all.iter().map(move |one| format!("{what}: {one}\n"))).collect()
    }
}

/// That nothing was written, behind what would be wrong with the stack file.
fn unwritten(why: Failure) -> Failure {
    match why {
        Failure::Unreadable(mut files) => {
            if let Some(last) = files.last_mut() {
                last.text.push_str("nothing was written\n");
            }
            Failure::Unreadable(files)
        }
        other => other,
    }
}

fn changes_of(book: Book, source: &Source, absent: Absent) -> Result<Brought, Failure> {
    // Whether accepted findings name rules is known to no reader of workbooks.
    let is_right = book.opened.reading.stack.as_ref().is_none_or(|stack| acceptance::unknown_words(stack).is_empty());
    match if is_right { bring(&book.opened, source, absent) } else { Err(Unbrought::NoBase) } {
        Ok(brought) => Ok(brought),
        Err(Unbrought::Stack(problems)) => {
            Err(StackFile::unreadable(Source::new(source.name(), source.text().to_owned()), problems))
        }
        Err(Unbrought::Refused(refused)) => Err(refusal(&refused)),
        // What is wrong with the workbook itself is said.
        Err(Unbrought::NoBase) => match book.stack() {
            Err(failure) => Err(failure),
            Ok(_) => Err(Failure::Input("error: the workbook does not say what was exported\n".into())),
        },
    }
}

/// Why nothing was merged into `source`.
pub(super) fn unmerged(why: Unmerged, source: Source) -> Failure {
    match why {
        Unmerged::Stack(problems) => StackFile::unreadable(source, problems),
        Unmerged::Refused(refused) => refusal(&refused),
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
fn refusal(refused: &Refused) -> Failure {
    let edits: Vec<String> = refused.edits.iter().map(|edit| format!("  {edit}\n")).collect();
    let list = if edits.is_empty() { String::new() } else { format!("this was to be done:\n{}", edits.concat()) };
    Failure::Input(format!("error: nothing was written: {}\n{list}", refused.why))
}
