//! Workbooks of ours among the inputs of `sinew import`: whole stacks, or what changed in them.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::exit::{Failure, source_name};
use super::export::read_folder;
use super::import::ImportFiles;
use super::own_catalog::OwnCatalog;
use super::stack::{StackFile, said};
use crate::catalog::SharedCatalog;
use crate::import::{ImportReport, LeftOutField, WholeStack};
use crate::model::{Bring, CatalogFile, Stack};
use crate::workbook::{Opened, Refused, read_spreadsheet, stack_text};

/// A workbook of ours.
pub(super) struct Book {
    pub(super) name: String,
    pub(super) opened: Opened,
}

/// The workbooks of ours among the inputs, and the other inputs; where `is_stated`, there are no others.
pub(super) fn among(
    inputs: &[PathBuf],
    is_stated: bool,
    call: &ImportFiles,
) -> Result<(Vec<Book>, Vec<PathBuf>), Failure> {
    let of_call = call.catalog().sources()?;
    let (mut books, mut others): (Vec<Book>, Vec<PathBuf>) = (Vec::new(), Vec::new());
    for path in inputs {
        let mut bring = |named: &[CatalogFile]| call.catalog().bring(path, named, &of_call).1;
        match opened(path, call.max_bytes(), &mut bring)? {
            Some(opened) => {
                // What is written beside the stack names no folder of this machine.
                let plain = path.file_name().map_or_else(|| source_name(path), |name| name.to_string_lossy().into());
                let numbered = (2..).map(|number| format!("{plain} ({number})"));
                let mut free = std::iter::once(plain.clone()).chain(numbered);
                let name = free.find(|name| books.iter().all(|book| book.name != *name)).unwrap_or(plain);
                books.push(Book { name, opened });
            }
            None if is_stated => {
                return Err(Failure::Input(format!(
                    "error: {} is not a workbook of sinew\n  = help: it has the sheets Systems and Flows; leave `workbook` out to look for all formats\n",
                    source_name(path)
                )));
            }
            None => others.push(path.clone()),
        }
    }
    Ok((books, others))
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
    match read_spreadsheet(&source_name(path), &bytes, bring) {
        Ok(opened) => Ok(opened),
        // The importers say what is wrong with it.
        Err(Refused::Unreadable(_)) => Ok(None),
        Err(why @ Refused::OfResults(_)) => Err(Failure::Input(why.to_string())),
    }
}

impl Book {
    /// The report of its rows, and what of them is not kept.
    pub(super) fn report(&self) -> ImportReport {
        let Opened { comments, formulas, rows, .. } = &self.opened;
        let left_out = [("comment", comments), ("formula", formulas)];
        let left_out = left_out.into_iter().filter(|(_, cells)| !cells.is_empty()).map(|(what, cells)| {
            let shown = crate::source::words::listed_few(cells, 10);
            let field = match what {
                "comment" => format!("comments of cells, which are not kept ({shown})"),
                _ => format!("formulas of cells, whose last values were read ({shown})"),
            };
            LeftOutField { field, count: cells.len() }
        });
        let sign = "sheets of a workbook of sinew";
        ImportReport::of_rows(&self.name, "workbook", sign, *rows, left_out.collect())
    }

    /// What its products are known by.
    pub(super) fn catalog(&self) -> SharedCatalog {
        self.opened.reading.stack.as_ref().map(|stack| stack.catalog.clone()).unwrap_or_default()
    }

    /// The stack in it, with its warnings said; or everything that is wrong.
    pub(super) fn stack(self) -> Result<Stack, Failure> {
        let Opened { source, reading, .. } = self.opened;
        Ok(said(StackFile::judged(source, reading, OwnCatalog::default())?).stack)
    }

    /// The same as an input beside others.
    pub(super) fn whole(self) -> Result<WholeStack, Failure> {
        let (name, rows, left_out) = (self.name.clone(), self.opened.rows, self.report().left_out);
        let places = self.opened.places();
        Ok(WholeStack { name, rows, left_out, places, text: stack_text(&self.stack()?) })
    }
}
