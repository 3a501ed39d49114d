//! `plan.xlsx` is a workbook of a stack with results behind it: the stack comes back from it without loss, whatever was
//! computed, and what a person corrects in it is what changes.

use std::io::{Cursor, Read as _, Write as _};
use std::sync::OnceLock;

use calamine::{Reader as _, Xlsx};
use sinew::analysis::Analysis;
use sinew::model::write::write;
use sinew::model::{Stack, read};
use sinew::report::Report;
use sinew::report::xlsx::{Inputs, with_inputs};
use sinew::source::{Level, Source};
use sinew::workbook::{Absent, add_sheets, bring, cells_of_export};

use super::{read_spreadsheet, valid};
use crate::judgement::stacks::{files, root, stack};
use crate::workbook::report;

const INPUTS: Inputs = Inputs { add: add_sheets, cells: cells_of_export };

/// The one that is planned; the others have results that take no time.
const PLANNED: &str = "tiny.yaml";

fn book(report: &Report, stack: &Stack) -> Vec<u8> {
    with_inputs(report, Some(INPUTS), stack).expect("it can be written")
}

/// An example: its name, its text, its stack and its workbook.
type Example = (String, String, Stack, Vec<u8>);

/// Every example, each made once for all laws.
fn books() -> &'static [Example] {
    static MADE: OnceLock<Vec<Example>> = OnceLock::new();
    MADE.get_or_init(|| {
        let one = |path: std::path::PathBuf| {
            let text = std::fs::read_to_string(&path).unwrap();
            let stack = stack(&text);
            let report = if path.ends_with(PLANNED) { report(&text) } else { Report::about(&Analysis::of(&stack)) };
            let bytes = book(&report, &stack);
            (path.display().to_string(), text, stack, bytes)
        };
        files("examples/stacks").into_iter().map(one).collect()
    })
}

#[test]
fn the_stack_comes_back_from_the_workbook_of_its_results_and_changes_no_byte() {
    let books = books();
    assert!(books.len() > 5, "{} examples", books.len());
    for (name, text, stack, bytes) in books {
        let opened = read_spreadsheet("plan.xlsx", bytes).expect("it can be read").expect("it is ours");
        let odd: Vec<_> = opened.reading.problems.iter().map(|problem| (problem.level, &problem.message)).collect();
        assert!(odd.iter().all(|(level, _)| *level != Level::Error), "{name}: {odd:?}");
        assert!(odd.iter().all(|(_, message)| !message.starts_with("not read")), "{name}: {odd:?}");
        assert!(opened.formulas.is_empty(), "{name}: formulas of results are none of the stack: {:?}", opened.formulas);
        let source = Source::new("stack.yaml", text.clone());
        let brought = bring(&opened, &source, Absent::Deleted).unwrap_or_else(|why| panic!("{name}: {why:#?}"));
        assert!(brought.text == *text, "{name}: {:?}", brought.taken);
        assert_eq!((brought.conflicts.len(), brought.gone.len()), (0, 0), "{name}");
        assert_eq!(write(&valid(opened, name)), write(stack), "{name}");
    }
}

#[test]
fn input_sheets_come_first_and_results_have_names_of_their_own() {
    let text = std::fs::read_to_string(root().join("examples/stacks/stage-3-marketo-enterprise.yaml")).unwrap();
    let (stack, report) = (stack(&text), report(&text));
    let bytes = book(&report, &stack);
    assert_eq!(bytes, book(&report, &stack), "same report, same bytes");
    crate::support::judge::valid("inputs.xlsx", &bytes);
    let names = |bytes: Vec<u8>| Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names();
    let (all, inputs) = (names(bytes.clone()), names(sinew::workbook::xlsx(&stack).unwrap()));
    assert_eq!(all[..inputs.len()], inputs[..]);
    assert_eq!(all[inputs.len()..inputs.len() + 2], ["Summary", "Dashboard"]);
    let alone = names(sinew::report::xlsx::xlsx(&report).unwrap());
    for (name, alone) in all[inputs.len()..].iter().zip(&alone) {
        let has_both = inputs.contains(alone);
        assert_eq!(*name, if has_both { format!("{alone} (results)") } else { alone.clone() });
    }
    assert!(all.contains(&"Processes (results)".to_owned()) && all.contains(&"Questions (results)".to_owned()));
    // A step leads to the cell that says how long it takes.
    let cells = cells_of_export(&stack);
    let number = all.iter().position(|name| name == "Steps").unwrap();
    let xml = part(&bytes, &format!("xl/worksheets/sheet{}.xml", number + 1));
    for step in &report.handoff_totals.as_ref().unwrap().steps {
        let place = cells[&format!("flows/{}/minutes", step.flow)].to_string().replacen("Flows!", "'Flows'!", 1);
        assert!(xml.contains(&format!("location=\"{place}\"")), "{}: {place}", step.flow);
    }
}

/// A file inside a workbook.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The workbook with one file replaced.
pub(super) fn replaced(bytes: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let own = file.name().unwrap().into_owned();
        to.start_file(own.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(if own == name { text.as_bytes() } else { &content }).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn one_corrected_cell_changes_one_value() {
    let mut tried = 0;
    for (name, text, stack, bytes) in books() {
        let sheets = Xlsx::new(Cursor::new(bytes.clone())).unwrap().sheet_names();
        let number = sheets.iter().position(|sheet| sheet == "Flows").unwrap() + 1;
        let file = format!("xl/worksheets/sheet{number}.xml");
        let xml = part(bytes, &file);
        // The minutes of the first three flows of which they are one number.
        let cells = cells_of_export(stack);
        let minutes = cells.iter().filter(|(key, _)| key.starts_with("flows/") && key.ends_with("/minutes"));
        let numbers = minutes.filter_map(|(key, cell)| {
            let place = cell.to_string().replacen("Flows!", "", 1);
            let (before, rest) = xml.split_once(&format!("<c r=\"{place}\""))?;
            let (cell, after) = rest.split_once("</c>").filter(|(cell, _)| !cell.contains("t=\"s\""))?;
            let (open, value) =
                cell.split_once("<v>").filter(|(open, _)| !open.contains('<') || open.ends_with('>'))?;
            let value: f64 = value.strip_suffix("</v>")?.parse().ok()?;
            Some((key, format!("{before}<c r=\"{place}\"{open}<v>{}</v></c>{after}", value + 1.0)))
        });
        for (key, changed) in numbers.take(3) {
            let opened = read_spreadsheet("plan.xlsx", &replaced(bytes, &file, &changed)).unwrap().unwrap();
            let source = Source::new("stack.yaml", text.clone());
            let brought = bring(&opened, &source, Absent::Deleted).unwrap_or_else(|why| panic!("{name}: {why:#?}"));
            let differ = text.lines().zip(brought.text.lines()).filter(|(a, b)| a != b).count();
            assert_eq!((differ, text.lines().count()), (1, brought.text.lines().count()), "{name}: {key}");
            assert_eq!((brought.taken.len(), brought.conflicts.len(), brought.gone.len()), (1, 0, 0), "{name}: {key}");
            let again = read(&Source::new("stack.yaml", brought.text)).stack.unwrap();
            assert_eq!(write(&again), write(&valid(opened, name)), "{name}: {key}");
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried} cells");
}
