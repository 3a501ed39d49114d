//! A stack as a spreadsheet that comes back without loss.

mod edits;
mod errors;
#[cfg(feature = "xlsx")]
mod formulas;
mod helps;
mod into;
mod into_command;
mod into_lists;
pub(crate) mod laws;
mod mutations;
#[cfg(feature = "xlsx")]
mod office;
#[cfg(feature = "xlsx")]
mod openpyxl;
mod page;
mod people;
mod renamed;
#[cfg(feature = "xlsx")]
mod results;

use sinew::model::{Stack, not_opened};
use sinew::source::{Level, render};
use sinew::workbook::{self, CsvFile, Opened, csv};

use crate::judgement::stacks::{files, stack};

/// The workbook in the files of a folder, with the catalog of the program.
fn read_csv(name: &str, files: &[CsvFile]) -> Result<Option<Opened>, String> {
    workbook::read_csv(name, files, &mut not_opened)
}

/// The same of a spreadsheet.
fn read_spreadsheet(name: &str, bytes: &[u8]) -> Result<Option<Opened>, String> {
    workbook::read_spreadsheet(name, bytes, &mut not_opened).map_err(|why| why.to_string())
}

/// Every stack of the examples and of the golden files, by its path.
fn stacks() -> Vec<(String, Stack)> {
    let all = files("examples").into_iter().chain(files("tests/golden")).chain(files("tests/judgement"));
    let all =
        all.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("listed files can be read")));
    let found: Vec<(String, Stack)> = all.map(|(path, text)| (path, stack(&text))).collect();
    assert!(found.len() > 15, "the test finds no stacks any more");
    found
}

/// The stack that was read, which has to be one.
fn valid(opened: Opened, name: &str) -> Stack {
    let errors: Vec<_> =
        opened.reading.problems.iter().filter(|problem| problem.level == Level::Error).cloned().collect();
    let shown = render(&opened.source, &errors, false);
    opened.reading.stack.unwrap_or_else(|| panic!("{name}: {shown}"))
}

/// What is said of a folder of CSV files, of which each sheet is given as text.
fn said(sheets: &[(&str, &str)]) -> String {
    let opened = read(sheets);
    render(&opened.source, &opened.reading.problems, false)
}

fn read(sheets: &[(&str, &str)]) -> Opened {
    let file = |(name, text): &(&str, &str)| CsvFile { name: format!("{name}.csv"), bytes: text.as_bytes().to_vec() };
    let files: Vec<CsvFile> = sheets.iter().map(file).collect();
    read_csv("stack", &files).expect("it can be read").expect("it is a workbook of ours")
}

/// The stack of the files that another one is exported to.
fn through_csv(stack: &Stack, name: &str) -> Stack {
    let opened = read_csv("stack", &csv(stack)).expect("it can be read");
    valid(opened.unwrap_or_else(|| panic!("{name}: it is a workbook of ours")), name)
}
