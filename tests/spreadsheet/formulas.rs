//! Formulas in the cells of a workbook that people fill in.

use sinew::source::Level;
use sinew::workbook::xlsx;

use super::results::{part, replaced};
use super::{read_spreadsheet, stacks};

const FLOWS: &str = "xl/worksheets/sheet4.xml";

/// A script writes formulas and no values, which only spreadsheet programs compute; a formula may come to a text of no letters.
#[test]
fn a_formula_without_a_value_is_an_error() {
    let stack = stacks().into_iter().find(|(name, _)| name.contains("tiny")).unwrap().1;
    let book = xlsx(&stack).unwrap();
    let flows = part(&book, FLOWS);
    // Some minutes, which stand in column H.
    let from = flows.find("<c r=\"H").unwrap();
    let cell = &flows[from..from + flows[from..].find("</c>").unwrap() + 4];
    let place = cell.split('"').nth(1).unwrap();
    let value = cell.split_once("<v>").unwrap().1.split_once("</v>").unwrap().0;
    let formula = |rest: &str| cell.replace(&format!("<v>{value}</v>"), &format!("<f>10+5</f>{rest}"));
    let read = |to: &str| {
        assert_ne!(to, cell);
        let opened = read_spreadsheet("stack", &replaced(&book, FLOWS, &flows.replacen(cell, to, 1))).unwrap().unwrap();
        let problems = opened.reading.problems.iter().filter(|problem| problem.level == Level::Error);
        problems
            .map(|problem| (opened.source.place(problem.span.start as usize), problem.message.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(read(&formula("")), [(format!("Flows!{place}"), "the formula has no value".to_owned())]);
    assert_eq!(read(&formula("<v>15</v>")), []);
    let no_letters = formula("<v></v>").replacen("<c ", "<c t=\"str\" ", 1);
    assert_eq!(read(&no_letters), []);
}
