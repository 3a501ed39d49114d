//! A script with openpyxl opens the workbook, changes a cell and saves it, as people who automate their spreadsheets do.

use std::process::Command;

use sinew::workbook::{csv, xlsx};

use super::edits::{Edit, assert_one_change, edits};
use super::{read_spreadsheet, stacks, valid};
use crate::office::Folder;
use crate::support::judge::judge;

/// `SINEW_OPENPYXL_EDITS=200` tries as many.
#[test]
fn edits_made_by_openpyxl_come_back_and_nothing_else_does() {
    let Some(python) = judge("python3", "edits of a workbook by openpyxl") else { return };
    let most: usize = std::env::var("SINEW_OPENPYXL_EDITS").ok().and_then(|most| most.parse().ok()).unwrap_or(12);
    let folder = Folder::of("workbook-openpyxl");
    let path = |name: String| folder.path().join(name).display().to_string();
    let (mut tried, mut list) = (Vec::new(), String::new());
    let examples: Vec<_> = stacks().into_iter().filter(|(name, _)| name.contains("examples")).collect();
    for (turn, (name, before)) in examples.iter().enumerate().cycle().take(40 * examples.len()) {
        let book = path(format!("book-{turn}.xlsx"));
        std::fs::write(&book, xlsx(before).expect("it can be written")).unwrap();
        // Each time round other cells, and few of a stack, so that all stacks have their turn.
        let start = tried.len();
        let chosen = edits(&csv(before), turn * 7 + start).into_iter().skip(start % 5).step_by(5);
        for edit in chosen.take(most - start) {
            let target = path(format!("edit-{}.xlsx", tried.len()));
            let Edit { sheet, row, column, text, .. } = &edit;
            list.push_str(&format!("{book}\t{sheet}\t{row}\t{column}\t{}\t{target}\n", text.replace('\n', "\\n")));
            tried.push((name, before, edit, target));
        }
        if tried.len() >= most {
            break;
        }
    }
    std::fs::write(path("list".into()), list).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spreadsheet/edit.py");
    let output = Command::new(python).args([script, &path("list".into())]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(tried.len(), most);
    for (name, before, edit, target) in tried {
        let bytes = std::fs::read(&target).unwrap_or_else(|error| panic!("{name}: {edit:?}: {error}"));
        let opened = read_spreadsheet("stack", &bytes).expect("it can be read").expect("it is ours");
        assert_one_change(before, &valid(opened, &format!("{name}: {edit:?}")), &edit, name);
    }
}
