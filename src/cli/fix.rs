//! `sinew check --fix`: what has one meaning only is written as it has to be.

use super::console::{self, say};
use super::exit::{Failure, source_name};
use super::stack::StackFile;
use super::write::replace_file;
use crate::edit::{Fixed, fix_as_read, unified_diff};
use crate::report::say::counted;
use crate::source::{Level, Source};

/// Writes every replacement that has one meaning, and gives the text as it is then; nothing where the text itself was the
/// answer: on standard output, or as a diff.
pub(super) fn fix_file(file: &StackFile, is_dry_run: bool) -> Result<Option<Source>, Failure> {
    if file.is_workbook()? {
        let name = source_name(file.path());
        return Err(Failure::Input(format!(
            "error: {name} is a workbook, and `--fix` changes stack files only\n  = help: correct the cells that `sinew check {name}` names\n"
        )));
    }
    let (source, mark) = file.to_edit()?;
    let of_call = file.catalogs_of_call()?;
    let read = |source: &Source| file.read_text(source, &of_call);
    let Fixed { source: fixed, made } = fix_as_read(&source, read);
    for one in &made {
        say(&format!("fixed: {}:{}\n", source.name(), one.text()));
    }
    let problems = read(&fixed).problems;
    let errors = problems.iter().filter(|problem| problem.level == Level::Error);
    let open = errors.clone().filter(|problem| !problem.fixes.is_empty() && problem.only_fix().is_none()).count();
    let left = errors.count();
    let done = counted(made.len(), "replacement", "replacements");
    let rest = match (left, open) {
        (0, _) => String::new(),
        (left, 0) => format!("; {} left", counted(left, "error", "errors")),
        (left, open) => format!("; {} left, {open} with more than one meaning", counted(left, "error", "errors")),
    };
    let changes = fixed.text() != source.text();
    if is_dry_run {
        console::result(&unified_diff(source.name(), source.text(), fixed.text()))?;
        say(&format!("{}: {done} to write{rest}; nothing was written\n", source.name()));
    } else if file.is_stdin() {
        console::result(fixed.text())?;
        say(&format!("{}: {done}{rest}\n", source.name()));
    } else {
        if changes {
            replace_file(file.path(), format!("{mark}{}", fixed.text()).as_bytes())?;
        }
        say(&format!("{}: {done}{rest}\n", source.name()));
        return Ok(Some(fixed));
    }
    if left > 0 { Err(StackFile::unreadable(fixed, problems)) } else { Ok(None) }
}
