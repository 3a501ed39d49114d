//! One cell changed changes one value of the stack, and nothing else.

use sinew::model::Stack;
use sinew::model::outline::{Change, Outline};
use sinew::workbook::{CsvFile, csv};

use super::read_csv;

use super::laws::csv_rows;
use super::{stacks, valid};

/// A cell and what is written into it.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) sheet: &'static str,
    /// Row and column from 0; row 0 holds the headings.
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) text: String,
    pub(super) is_number: bool,
}

/// The columns whose cells can be changed by themselves, with what is written there.
const CHANGES: [(&str, &str, &str); 34] = [
    ("Systems", "Vendor", "+"),
    ("Systems", "Budget owner", "+"),
    ("Systems", "Domain", "+"),
    ("Systems", "Status", "Pilot"),
    ("Systems", "Audience facing", "No"),
    ("Systems", "Availability", "50%"),
    ("Systems", "Security review", "2020-02-29"),
    ("Systems", "Vendor review", "2020-02-29"),
    ("Systems", "Review every", "7w"),
    ("Systems", "Contract renews", "2029-02-28"),
    ("Systems", "Contract cost", "1234.5"),
    ("Systems", "Quality standard", "+"),
    ("Systems", "Runbook", "+"),
    ("Systems", "Decide by", "2029-02-28"),
    ("Systems", "Measure", "+"),
    ("Systems", "Notes", "+"),
    ("Systems", "Owner", ""),
    ("Flows", "Done by", ""),
    ("Flows", "How often", "7/month"),
    ("Flows", "Minutes", "7 / 8 / 9"),
    ("Flows", "Records", "77"),
    ("Flows", "Error rate", "12.5%"),
    ("Flows", "Delay", "5d"),
    ("Flows", "Value a year", "7777"),
    ("Flows", "Notes", "+"),
    ("Data", "Data", "+"),
    ("Data", "Personal", "No"),
    ("Teams", "Team", "+"),
    ("Teams", "People", "77"),
    ("Teams", "Hourly rate", "71.25"),
    ("Processes", "Process", "+"),
    ("Processes", "Outage cost an hour", "77"),
    ("Processes", "Tolerates", "77h"),
    ("Systems", "System", "+"),
];

/// Edits of the sheets of `files`: of each column one filled cell whose text the edit changes. `turn` chooses which.
pub(super) fn edits(files: &[CsvFile], turn: usize) -> Vec<Edit> {
    let mut found = Vec::new();
    for (sheet, heading, text) in CHANGES {
        let Some(file) = files.iter().find(|file| file.name == format!("{sheet}.csv")) else { continue };
        let rows = csv_rows(&file.bytes);
        let Some(column) = rows[0].iter().position(|known| known == heading) else { continue };
        let guessed = rows[0].iter().position(|known| known == "Guessed");
        let is_stated =
            |row: &&usize| !rows[**row][column].is_empty() && guessed.is_none_or(|at| rows[**row][at].is_empty());
        let filled: Vec<usize> = (1..rows.len()).collect();
        let filled: Vec<usize> = filled.iter().filter(is_stated).copied().collect();
        let Some(row) = (!filled.is_empty()).then(|| filled[turn % filled.len()]) else { continue };
        let text =
            if text == "+" { format!("{} again", rows[row][column].trim_start_matches('\'')) } else { text.to_owned() };
        if text != rows[row][column] {
            let is_number = text.parse::<f64>().is_ok();
            found.push(Edit { sheet, row, column, text, is_number });
        }
    }
    found
}

/// The files with an edit made.
pub(super) fn changed(files: &[CsvFile], edit: &Edit) -> Vec<CsvFile> {
    let mut changed = files.to_vec();
    let file = changed.iter_mut().find(|file| file.name == format!("{}.csv", edit.sheet)).unwrap();
    let mut rows = csv_rows(&file.bytes);
    rows[edit.row][edit.column].clone_from(&edit.text);
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        format!("{}\n", cells.join(","))
    };
    file.bytes = rows.iter().map(line).collect::<String>().into_bytes();
    changed
}

/// What an edit made of the stack, which has to be one change.
pub(super) fn assert_one_change(before: &Stack, after: &Stack, edit: &Edit, name: &str) {
    let changes: Vec<Change> = Outline::of(before).changes(&Outline::of(after));
    assert_eq!(changes.len(), 1, "{name}: {edit:?} changes {changes:#?}");
}

#[test]
fn one_cell_changed_changes_one_value() {
    let mut tried = 0;
    for (at, (name, before)) in stacks().into_iter().enumerate() {
        let files = csv(&before);
        // Of each stack every second kind of edit, and of the next one the others.
        for edit in edits(&files, tried).into_iter().skip(at % 2).step_by(2) {
            let opened = read_csv("stack", &changed(&files, &edit)).expect("it can be read").expect("it is ours");
            assert_one_change(&before, &valid(opened, &name), &edit, &name);
            tried += 1;
        }
    }
    assert!(tried > 150, "only {tried} edits were tried");
}
