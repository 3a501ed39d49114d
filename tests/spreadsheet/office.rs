//! A spreadsheet program opens the workbook, changes a cell and saves it, as people do.

use sinew::workbook::{csv, xlsx};

use super::read_spreadsheet;

use super::edits::{Edit, assert_one_change, edits};
use super::{stacks, valid};
use crate::office::{Folder, has_judge};

/// The program that the office runs: it opens the workbook, and for each edit it writes the cell, saves under a new name and
/// takes the edit back: opening it each time would take twice as long.
fn program(book: &str, edits: &[(Edit, String)]) -> String {
    let mut lines = String::from(
        "Sub Main\nDim hidden(0) As New com.sun.star.beans.PropertyValue\nhidden(0).Name = \"Hidden\"\nhidden(0).Value = True\nDim filter(0) As New com.sun.star.beans.PropertyValue\nfilter(0).Name = \"FilterName\"\n",
    );
    lines.push_str(&format!("book = StarDesktop.loadComponentFromURL(\"file://{book}\", \"_blank\", 0, hidden())\n"));
    for (edit, target) in edits {
        let write = match edit.is_number {
            true => format!("cell.setValue({})", edit.text),
            // As typed: the program makes a percentage, a day or a text of it.
            false => format!("cell.FormulaLocal = \"{}\"", edit.text.replace('"', "\"\"")),
        };
        let filter = if target.ends_with(".ods") { "calc8" } else { "Calc MS Excel 2007 XML" };
        lines.push_str(&format!(
            "cell = book.Sheets.getByName(\"{}\").getCellByPosition({}, {})\n{write}\n\
             filter(0).Value = \"{filter}\"\nbook.storeToURL(\"file://{target}\", filter())\nbook.UndoManager.undo()\n",
            edit.sheet, edit.column, edit.row
        ));
    }
    lines + "book.close(True)\nStarDesktop.terminate()\nEnd Sub\n"
}

#[test]
fn edits_made_in_libreoffice_come_back_and_nothing_else_does() {
    if !has_judge("edits of a workbook") {
        return;
    }
    let most: usize = std::env::var("SINEW_OFFICE_EDITS").ok().and_then(|most| most.parse().ok()).unwrap_or(12);
    let mut tried = 0;
    for (turn, (name, before)) in
        stacks().into_iter().enumerate().filter(|(_, (name, _))| name.contains("examples")).cycle().take(60)
    {
        if tried >= most {
            break;
        }
        let folder = Folder::of(&format!("workbook-edits-{turn}-{tried}"));
        let book = folder.path().join("book.xlsx");
        std::fs::write(&book, xlsx(&before).expect("it can be written")).unwrap();
        let chosen = edits(&csv(&before), turn * 7 + tried);
        let target = |at: usize| folder.path().join(format!("edit-{at}.{}", if at % 4 == 3 { "ods" } else { "xlsx" }));
        let left = most - tried;
        let chosen: Vec<(Edit, String)> = chosen
            .into_iter()
            .take(left.min(25))
            .enumerate()
            .map(|(at, edit)| (edit, target(at).display().to_string()))
            .collect();
        folder.run_macro(&program(&book.display().to_string(), &chosen));
        for (edit, target) in &chosen {
            let bytes = std::fs::read(target).unwrap_or_else(|error| panic!("{name}: {edit:?}: {error}"));
            let opened = read_spreadsheet("stack", &bytes).expect("it can be read").expect("it is ours");
            assert_one_change(&before, &valid(opened, &format!("{name}: {edit:?}")), edit, &name);
            tried += 1;
        }
    }
    assert!(tried >= most.min(12), "only {tried} edits were tried");
}
