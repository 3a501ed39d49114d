//! The page of the workbook shows a folder of CSV files and the stack that is made of it.
//!
//! `SINEW_BLESS=1 cargo test --test all spreadsheet` writes the stack again; read the difference like code.

use std::fs;

use sinew::model::write::write;
use sinew::source::Level;

use super::{read, said};
use crate::judgement::stacks::root;

#[test]
fn the_page_shows_what_is_made_of_its_tables() {
    let path = root().join("docs/importers/workbook.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut sheets: Vec<(String, String)> = Vec::new();
    let mut rest = page.as_str();
    while let Some(at) = rest.find(".csv`\n\n```csv\n") {
        let name = rest[..at].rsplit('`').next().unwrap().to_owned();
        let text = &rest[at + ".csv`\n\n```csv\n".len()..];
        let end = text.find("```").unwrap();
        sheets.push((name, text[..end].to_owned()));
        rest = &text[end..];
    }
    let sheets: Vec<(&str, &str)> = sheets.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(sheets.len(), 2, "the page has two tables");
    let opened = read(&sheets);
    assert!(opened.reading.problems.iter().all(|problem| problem.level == Level::Warning), "{}", said(&sheets));
    let stack = write(&opened.reading.stack.expect("it is a stack"));
    let start = page.find("```yaml\n").unwrap() + "```yaml\n".len();
    let end = start + page[start..].find("```").unwrap();
    if std::env::var_os("SINEW_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, format!("{}{stack}{}", &page[..start], &page[end..])).unwrap();
    } else {
        assert_eq!(&page[start..end], stack);
    }
}

/// The example workbook is what its stack exports.
#[cfg(feature = "xlsx")]
#[test]
fn the_example_workbook_is_that_of_its_stack() {
    let path = root().join("examples/workbook/fernwood-tea.xlsx");
    let text = fs::read_to_string(root().join("examples/stacks/tiny.yaml")).unwrap();
    let bytes = sinew::workbook::xlsx(&crate::judgement::stacks::stack(&text)).unwrap();
    if std::env::var_os("SINEW_BLESS").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &bytes).unwrap();
    }
    let held = fs::read(&path).unwrap();
    assert!(held == bytes, "`SINEW_BLESS=1 cargo test --test all spreadsheet` writes it");
}
