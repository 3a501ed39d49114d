//! A workbook of ours as the input of `sinew import`: the whole stack, or what changed in it.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::console::{self, say};
use super::exit::{Failure, source_name};
use super::export::read_folder;
use super::import::ImportFiles;
use super::into::{Into, refusal};
use super::own_catalog::OwnCatalog;
use super::stack::StackFile;
use super::write::{replace_file, write_file};
use crate::edit::unified_diff;
use crate::import::{ImportReport, LeftOutField};
use crate::model::write::write;
use crate::model::{Bring, CatalogFile};
use crate::workbook::{Opened, Unbrought, bring, read_spreadsheet};

/// The workbook of ours among the inputs, which has to be the only one.
pub(super) fn only(inputs: &[PathBuf], call: &ImportFiles) -> Result<Option<(String, Opened)>, Failure> {
    let is_stated = inputs.len() > 1 && inputs[0].as_os_str() == "workbook";
    let inputs = if is_stated { &inputs[1..] } else { inputs };
    let of_call = call.catalog().sources()?;
    for path in inputs {
        let mut bring = |named: &[CatalogFile]| call.catalog().bring(path, named, &of_call).1;
        let Some(opened) = opened(path, call.max_bytes(), &mut bring)? else { continue };
        let name = source_name(path);
        if inputs.len() > 1 {
            return Err(Failure::Input(format!(
                "error: {name} is a workbook of sinew, and is imported alone\n  = help: import the other inputs with `--into` the stack file that it gives\n"
            )));
        }
        return Ok(Some((name, opened)));
    }
    match is_stated {
        true => Err(Failure::Input(format!(
            "error: {} is not a workbook of sinew\n  = help: it has the sheets Systems and Flows; leave `workbook` out to look for all formats\n",
            source_name(&inputs[0])
        ))),
        false => Ok(None),
    }
}

fn opened(path: &Path, max_bytes: usize, bring: Bring<'_>) -> Result<Option<Opened>, Failure> {
    if path.is_dir() {
        let is_ours = ["_sinew.csv", "Flows.csv"].iter().any(|name| path.join(name).is_file());
        return if is_ours { read_folder(path, max_bytes, bring).map(Some) } else { Ok(None) };
    }
    let mut head = [0; 2];
    let is_zip =
        path.is_file() && File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"PK";
    if !is_zip {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(max_bytes as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|cause| Failure::file("read", path, cause))?;
    if bytes.len() > max_bytes {
        return Ok(None);
    }
    // A spreadsheet that cannot be read is for the importers to refuse.
    Ok(read_spreadsheet(&source_name(path), &bytes, bring).unwrap_or(None))
}

/// Makes a stack file of a workbook, or brings one up to date.
pub(super) fn import(name: &str, opened: Opened, into: &Into, call: &ImportFiles) -> Result<(), Failure> {
    let left_out = [("comment", &opened.comments), ("formula", &opened.formulas)];
    let left_out = left_out.into_iter().filter(|(_, cells)| !cells.is_empty()).map(|(what, cells)| {
        let shown = crate::source::words::listed_few(cells, 10);
        let field = match what {
            "comment" => format!("comments of cells, which are not kept ({shown})"),
            _ => format!("formulas of cells, whose last values were read ({shown})"),
        };
        LeftOutField { field, count: cells.len() }
    });
    let report =
        ImportReport::of_rows(name, "workbook", "sheets of a workbook of sinew", opened.rows, left_out.collect());
    if let Some(path) = into.stack() {
        return bring_into(path, opened, into, call, &report);
    }
    let opened = StackFile::judged(opened.source, opened.reading, OwnCatalog::default())?;
    let text = write(&opened.stack);
    call.write_report(&report)?;
    match call.output() {
        Some(path) => write_file(path, text.as_bytes())?,
        None => console::result(&text)?,
    }
    say(&report.text());
    if let Some(path) = call.output() {
        let shown = path.display();
        say(&format!("wrote {shown}; look at it with `sinew check {shown}`\n"));
    }
    Ok(())
}

fn bring_into(
    path: &Path,
    opened: Opened,
    into: &Into,
    call: &ImportFiles,
    report: &ImportReport,
) -> Result<(), Failure> {
    let (is_deleting, is_retiring) = into.takes_out();
    if is_retiring {
        return Err(Failure::Input(
            "error: `--retire` is not for workbooks\n  = help: set the status in the workbook, or take entries whose rows are gone out with `--delete`\n".into(),
        ));
    }
    let (source, mark) = StackFile::new(path.to_owned(), call.max_bytes(), call.catalog().clone()).to_edit()?;
    let brought = match bring(&opened, &source, is_deleting) {
        Ok(brought) => brought,
        Err(Unbrought::Stack(problems)) => return Err(StackFile::unreadable(source, problems)),
        Err(Unbrought::Refused(refused)) => return Err(refusal(&refused)),
        Err(Unbrought::NoBase) => {
            // What is wrong with the workbook itself is said first.
            StackFile::judged(opened.source, opened.reading, OwnCatalog::default())?;
            return Err(Failure::Input(
                "error: the workbook does not say what was exported, as its sheet `_sinew` is not there\n  = help: `sinew import` with `-o` makes a new stack file of it\n".into(),
            ));
        }
    };
    let target = call.output().unwrap_or(path);
    let shown = target.display();
    let mut said = report.text();
    for (what, all) in [("taken", &brought.taken), ("conflict", &brought.conflicts), ("gone", &brought.gone)] {
        said.extend(all.iter().map(|one| format!("{what}: {one}\n")));
    }
    if into.is_dry_run() {
        console::result(&unified_diff(&shown.to_string(), source.text(), &brought.text))?;
        say(&format!("{said}nothing was written\n"));
        return Ok(());
    }
    if !brought.conflicts.is_empty() && call.is_strict() {
        return Err(Failure::Input(format!("{said}error: nothing was written, as `--strict` allows no conflict\n")));
    }
    call.write_report(report)?;
    let is_changed = brought.text != source.text();
    let text = format!("{mark}{}", brought.text);
    match call.output() {
        Some(output) => write_file(output, text.as_bytes())?,
        None if is_changed => replace_file(path, text.as_bytes())?,
        None => {}
    }
    say(&match (call.output(), is_changed) {
        (Some(_), _) => format!("{said}wrote {shown}\n"),
        (None, true) => {
            format!("{said}brought {shown} up to date\n")
        }
        (None, false) => format!("{said}{shown} is up to date\n"),
    });
    Ok(())
}
