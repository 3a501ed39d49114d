//! What is said of a cell names words and examples that this cell takes.

use super::{read, said};

const SYSTEMS: &str = "System,Product,Availability,Contract cost,Contract renews,Id\n";
const FLOWS: &str = "From,To,Data,How,Done by,How often,Minutes,Error rate,Value a year\n";

/// Every text between backticks in what is said behind `code`.
fn examples(told: &str, cell: &str) -> Vec<String> {
    let line =
        told.lines().find(|line| line.contains(&format!("{cell}: ")) || line.contains("= help: ")).unwrap_or(told);
    let help = line.rsplit_once("; ").map_or(line, |(_, help)| help);
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// `4 nines` was told to be `24000` or `1.5`, which were refused there as well.
#[test]
fn an_example_is_a_value_that_the_cell_takes() {
    let settings = |rate: &str| format!("Setting,Value\nHourly rate,{rate}\n");
    let rows = |share: &str, cost: &str| format!("{SYSTEMS}Marketo,,{share},{cost},,\nSalesforce,,,,,\n");
    let flow = |error: &str, value: &str| {
        format!("{FLOWS}Marketo,Salesforce,Lead,Copy and paste,Ops,2/week,15,{error},{value}\n")
    };
    let sheets = |[rate, share, cost, error, value]: [&str; 5]| {
        [("Settings", settings(rate)), ("Systems", rows(share, cost)), ("Flows", flow(error, value))]
    };
    let right = ["85", "99%", "100", "4%", "100"];
    for (at, wrong, cell, expected) in [
        (0, "plenty", "Settings!B2", &["85", "85/hour"][..]),
        (1, "4 nines", "Systems!C2", &["99.9%"]),
        (2, "12k p.x.", "Systems!D2", &["24000", "12k/year", "500/month"]),
        (3, "often", "Flows!H2", &["99.9%"]),
        (4, "much", "Flows!I2", &["24000", "12k/year", "500/month"]),
    ] {
        let with = |text: &str| {
            let mut cells = right;
            cells[at] = text;
            sheets(cells)
        };
        let all = with(wrong);
        let told = said(&all.each_ref().map(|(name, text)| (*name, text.as_str())));
        assert!(told.contains(cell), "{cell}\n{told}");
        let found = examples(&told, cell);
        assert_eq!(found, expected, "{told}");
        for example in found {
            let all = with(&example);
            let opened = read(&all.each_ref().map(|(name, text)| (*name, text.as_str())));
            assert!(opened.reading.stack.is_some(), "{cell}: {example}");
        }
    }
}

/// `security-review` is a word of the list, and was taken for the setting *Plan: efforts, security review*.
#[test]
fn a_setting_is_answered_with_words_of_the_workbook() {
    let settings = "Setting,Value\nEvaluation framework covers,99.5%\n";
    let told = said(&[("Settings", settings), ("Systems", SYSTEMS), ("Flows", FLOWS)]);
    let help = "pick one of `Data governance`, `Decision protocol`, `Integration feasibility`, `Security review`";
    assert!(told.contains(help) && told.contains("Settings!B2"), "{told}");
    assert!(!told.contains("Plan: efforts") && !told.contains("security-review"), "{told}");
}

#[test]
fn two_rows_of_one_flow_are_told_without_ids() {
    let systems = format!("{SYSTEMS}Marketo,,,,,\nSalesforce,,,,,\n");
    let rows = "Marketo,Salesforce,Lead,API,,,,,\nMarketo,Salesforce,Lead,Native connector,,,,,\n";
    let told = said(&[("Systems", &systems), ("Flows", &format!("{FLOWS}{rows}"))]);
    assert!(told.contains("two rows say how `Lead` goes from `Marketo` to `Salesforce`"), "{told}");
    assert!(told.contains("put the two into one row if they are one way, or name different data in each"), "{told}");
    assert!(!told.contains("id:") && !told.contains("marketo->"), "{told}");
}

#[test]
fn a_date_that_has_passed_is_told_at_its_cell() {
    let systems = format!("{SYSTEMS}Marketo,,,,2025-12-09,\n");
    let settings = "Setting,Value\nAs of,2026-11-21\n";
    let told = said(&[("Settings", settings), ("Systems", &systems), ("Flows", FLOWS)]);
    let place = told.split("warning[contract-renewed]").nth(1).and_then(|rest| rest.lines().nth(1)).unwrap_or_default();
    assert!(place.ends_with("stack:Systems!E2"), "{told}");
}

/// The workbook was said to be no stack file, which `check` without `--fix` reads as one.
#[test]
fn fixing_a_workbook_leads_to_its_cells() {
    use crate::support::binary::{code, err, folder, run};

    let folder = folder("fix-workbook");
    std::fs::write(folder.join("Systems.csv"), format!("{SYSTEMS}Marketo,,99%,,,\n")).unwrap();
    std::fs::write(folder.join("Flows.csv"), FLOWS).unwrap();
    let path = folder.display().to_string();
    let mut books = vec![path.clone()];
    if cfg!(feature = "xlsx") {
        let (stack, book) = (format!("{path}.yaml"), format!("{path}.xlsx"));
        assert_eq!(code(&run(&["import", &path, "-o", &stack, "--force"])), 0);
        assert_eq!(code(&run(&["export", &stack, "-o", &book, "--force"])), 0);
        books.push(book);
    }
    for book in books {
        let output = run(&["check", "--fix", &book]);
        let expected = format!("help: correct the cells that `sinew check {book}` names");
        assert!(code(&output) == 2 && err(&output).contains(&expected), "{}", err(&output));
        assert!(err(&output).contains("is a workbook, and `--fix` changes stack files only"), "{}", err(&output));
    }
}
