//! `sinew export`: a stack as a workbook that comes back.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::console::say;
use super::exit::Failure;
use super::stack::StackFile;
use super::write::{is_named, keep, quoted, write_file};
use crate::model::Bring;
use crate::workbook::{self, CsvFile};

/// Write a stack as a workbook that can be filled in and read again
///
/// Every command takes the workbook in place of a stack file, and `sinew import` makes a stack file of it again.
#[derive(Args, Debug)]
pub(super) struct Export {
    #[command(flatten)]
    stack: StackFile,
    /// Workbook (.xlsx) to write, or the folder of CSV files
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Overwrite what `-o` names if it exists
    #[arg(long)]
    force: bool,
    /// What to write; found by the ending of the file without it
    #[arg(long, value_name = "FORMAT")]
    format: Option<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A workbook for spreadsheet programs
    Xlsx,
    /// A folder with a CSV file for each sheet
    Csv,
}

impl Export {
    pub(super) fn run(&self) -> Result<(), Failure> {
        is_named(&self.output)?;
        let is_workbook = self.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let form = match self.format {
            Some(form) => form,
            None if is_workbook => Form::Xlsx,
            None => {
                let shown = self.output.display();
                return Err(Failure::Input(format!(
                    "error: expected the name of a workbook, found {shown}\n  = help: end it in `.xlsx`, or add `--format csv` for a folder of CSV files; `sinew import` makes a stack file of a workbook\n"
                )));
            }
        };
        self.keep(form)?;
        let stack = self.stack.open()?.stack;
        match form {
            Form::Xlsx => write_file(&self.output, &xlsx(&stack)?)?,
            Form::Csv => write_folder(&self.output, &workbook::csv(&stack))?,
        }
        let shown = self.output.display();
        say(&format!(
            "wrote {shown} ({})\n\nEvery command reads it in place of a stack file: `sinew check {shown}`.\n",
            workbook::counted(&stack)
        ));
        Ok(())
    }
}

impl Export {
    /// Refuses to overwrite what is there, but where it is the very workbook that is read.
    fn keep(&self, form: Form) -> Result<(), Failure> {
        let same = |path: &Path| fs::canonicalize(path).ok();
        let is_own =
            !self.stack.is_stdin() && same(&self.output).is_some_and(|own| same(self.stack.path()) == Some(own));
        // A folder is there to be filled; one that holds tables already is not.
        let holds_tables = |folder: &Path| {
            let is_csv = |path: PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            fs::read_dir(folder).is_ok_and(|files| files.filter_map(Result::ok).any(|file| is_csv(file.path())))
        };
        if is_own || form == Form::Csv && self.output.is_dir() && !holds_tables(&self.output) {
            return Ok(());
        }
        let call: Vec<String> = std::env::args_os().skip(1).map(|word| quoted(Path::new(&word))).collect();
        keep(&self.output, self.force, &format!("sinew {} --force", call.join(" ")))
    }
}

#[cfg(feature = "xlsx")]
fn xlsx(stack: &crate::model::Stack) -> Result<Vec<u8>, Failure> {
    workbook::xlsx(stack).map_err(Failure::drawing)
}

#[cfg(not(feature = "xlsx"))]
fn xlsx(_: &crate::model::Stack) -> Result<Vec<u8>, Failure> {
    Err(Failure::Input(
        "error: this build writes no workbooks\n  = help: add `--format csv` for a folder of CSV files, or build with the feature `xlsx`\n"
            .to_owned(),
    ))
}

fn write_folder(folder: &Path, files: &[CsvFile]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|cause| Failure::file("make the folder", folder, cause))?;
    files.iter().try_for_each(|file| write_file(&folder.join(&file.name), &file.bytes))
}

/// Files of a folder that are read; a workbook has a dozen.
const FILES: usize = 200;

/// Reads a folder of CSV files as a workbook; one that is none is refused.
pub(super) fn read_folder(folder: &Path, max_bytes: usize, bring: Bring<'_>) -> Result<workbook::Opened, Failure> {
    let shown = folder.display();
    let failed = |cause| Failure::file("read", folder, cause);
    let mut files = Vec::new();
    let mut left = max_bytes as u64;
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder).map_err(failed)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) && path.is_file());
    names.sort();
    for path in names.iter().take(FILES) {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(left.saturating_add(1)).read_to_end(&mut bytes));
        read.map_err(|cause| Failure::file("read", path, cause))?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            Failure::Input(format!(
                "error: {shown}: the files have more than the limit of {max_bytes} bytes; raise it with `--max-bytes` if this size is intended\n"
            ))
        })?;
        let name = path.file_stem().map(|name| format!("{}.csv", name.to_string_lossy())).unwrap_or_default();
        files.push(CsvFile { name, bytes });
    }
    workbook::read_csv(&shown.to_string(), &files, bring).map_err(Failure::Input)?.ok_or_else(|| {
        Failure::Input(format!(
            "error: {shown} is a folder without a stack in CSV files\n  = help: name a stack file; `sinew export stack.yaml -o {shown} --format csv` writes such a folder, and `sinew import {shown} -o stack.yaml` reads what other tools export\n"
        ))
    })
}
