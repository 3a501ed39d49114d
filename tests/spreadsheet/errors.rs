//! What is wrong with a workbook is said by cell, all at once, with what to write instead.

use super::{read, said};
use sinew::source::Level;

const SYSTEMS: &str = "System,Product,Kind,Status,Id\nSalesforce,,,,\nMarketo,,,,\nWordPress,,,,\n";
const FLOWS: &str = "From,To,Data,How,Done by,How often,Minutes,Id\n";

fn flows(rows: &str) -> String {
    format!("{FLOWS}{rows}")
}

#[test]
fn a_name_is_enough_of_a_system_and_new_data_and_teams_are_added() {
    let rows = flows(
        "Salesforce,Marketo,Lead; Outcome,Native connector,,288/day,,\nMarketo,WordPress,Draft,copy & paste,Content,2x per week,~15,\n",
    );
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &rows)]);
    let stack = opened.reading.stack.as_ref().expect("it is a stack");
    let ids: Vec<&str> = stack.flows.iter().map(|flow| flow.id.as_str()).collect();
    assert_eq!(ids, ["marketo->wordpress:draft", "salesforce->marketo:lead,outcome"]);
    assert_eq!(stack.systems[0].facts.product.as_ref().map(|product| product.as_str()), Some("marketo-engage"));
    assert_eq!(stack.flows[0].runs.map(|runs| runs.likely.0), Some(104.0));
    let said = said(&[("Systems", SYSTEMS), ("Flows", &rows)]);
    assert!(said.contains("warning[name-added]: 4 names without a row"), "{said}");
    assert!(said.contains("Flows!C2: `Lead` has no row on Data, and is taken as a new data object"), "{said}");
}

#[test]
fn wrong_cells_are_told_all_at_once() {
    let rows = flows(
        "Salesfroce,Marketo,Lead,Native connector,,,,\n\
         Marketo,WordPress,Draft,Copy and past,Content,often,soon,\n\
         Marketo,,Draft,API,,,,\n\
         Marketo,Nowhere,Draft,API,,,2026-10-20,\n",
    );
    let systems =
        "System,Product,Kind,Status,Id\nSalesforce,,,,\nMarketo,,Robot,,\nWordPress,,,Piloot,\nMarketo,,,,\n,,CRM,,x\n";
    let said = said(&[("Systems", systems), ("Flows", &rows)]);
    for expected in [
        "Flows!A2: There is no system `Salesfroce`; did you mean `Salesforce`?",
        "Flows!D3: Unknown mechanism `Copy and past`; did you mean `Copy and paste`? pick one of",
        "Flows!B4",
        "the row has no `To`",
        "Flows!B5: There is no system `Nowhere`; add a row for it on Systems, or pick one that is there",
        "Systems!D4: Unknown status of a system `Piloot`; did you mean `Pilot`?",
        "two rows of Systems are called `Marketo`",
        "Systems!A5",
        "the row has no `System`",
        "Flows!F3",
        "Flows!G3",
    ] {
        assert!(said.to_lowercase().contains(&expected.to_lowercase()), "{expected}\n\n{said}");
    }
}

#[test]
fn replacements_applied_to_the_letter_leave_no_error() {
    let rows = flows("Salesfroce,Marketo,Lead,Nativ connector,,1/wek,,\n");
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &rows)]);
    let mut cells: Vec<String> =
        "Salesfroce,Marketo,Lead,Nativ connector,,1/wek,,".split(',').map(str::to_owned).collect();
    let mut fixed = 0;
    for problem in opened.reading.problems.iter().filter(|problem| problem.level == Level::Error) {
        let fix = problem.fixes.first().unwrap_or_else(|| panic!("no replacement: {problem:?}"));
        for (span, text) in &fix.edits {
            let column = opened.source.position(span.start as usize).column as usize;
            let old = &opened.source.text()[span.start as usize..span.end as usize];
            cells[column - 1] = cells[column - 1].replace(old, text);
            fixed += 1;
        }
    }
    assert_eq!(fixed, 3);
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &flows(&format!("{}\n", cells.join(","))))]);
    assert!(opened.reading.stack.is_some(), "{cells:?}: {:#?}", opened.reading.problems);
}

#[test]
fn a_copied_row_is_a_new_flow_or_told() {
    let original = "Salesforce,Marketo,Lead,API,,,,salesforce->marketo:lead\n";
    let copy = "Salesforce,WordPress,Lead,API,,,,salesforce->marketo:lead\n";
    let opened = read(&[("Systems", SYSTEMS), ("Flows", &flows(&format!("{original}{copy}")))]);
    assert_eq!(opened.reading.stack.map(|stack| stack.flows.len()), Some(2));
    let said = said(&[("Systems", SYSTEMS), ("Flows", &flows(&format!("{original}{original}")))]);
    assert!(said.contains("error[copied-row]: the row is a copy of another one"), "{said}");
    assert!(said.contains("stack:Flows!H3") && said.contains("stack:Flows!H2"), "{said}");
    assert!(said.contains("change From, To or Data to make it an entry of its own, or remove the row"), "{said}");
}

#[test]
fn a_copied_system_is_a_new_one_once_it_has_another_name() {
    let systems = "System,Product,Kind,Id\nSalesforce,,,crm\nSalesforce (EMEA),Salesforce,,crm\n";
    let opened = read(&[("Systems", systems), ("Flows", FLOWS)]);
    let stack = opened.reading.stack.expect("it is a stack");
    let ids: Vec<&str> = stack.systems.iter().map(|system| system.id.as_str()).collect();
    assert_eq!(ids, ["crm", "salesforce-emea"]);
}

#[test]
fn headings_that_are_near_to_ours_or_missing_are_told() {
    let said = said(&[
        ("Systems", "System,Kindd,Domain\nSalesforce,CRM,Sales\n"),
        ("Flows", "From,Too,How\nSalesforce,x,API\n"),
        ("_sinew", "sinew workbook,1\n"),
    ]);
    for expected in [
        "error[unknown-heading]",
        "Systems!B1",
        "no column of Systems is called `Kindd`; did you mean `Kind`?",
        "Flows has no column `Data`; add the heading `Data` to row 1",
    ] {
        assert!(said.to_lowercase().contains(&expected.to_lowercase()), "{expected}\n\n{said}");
    }
}

#[test]
fn own_columns_are_kept_and_titles_above_the_headings_are_no_harm() {
    let systems = "Our stack,,\n,,\nSystem,Kind,Cost center\nSalesforce,CRM,4711\n";
    let opened = read(&[("Systems", systems), ("Flows", FLOWS), ("_sinew", "sinew workbook,1\n")]);
    let stack = opened.reading.stack.expect("it is a stack");
    let written = sinew::model::write::write(&stack);
    assert!(written.contains("x-cost-center: 4711"), "{written}");
    let place = opened.source.place(stack.systems[0].place.start as usize);
    assert_eq!(place, "Systems!A4");
}

#[test]
fn findings_and_warnings_point_at_cells() {
    let rows = flows("Salesforce,Marketo,Lead,Copy and paste,,3/week,15,\n");
    let settings = "Setting,Value,Meaning,Key\nName of the stack,Acme,,name\nHourly rate,,,hourly_rate\n";
    let said = said(&[("Settings", settings), ("Systems", SYSTEMS), ("Flows", &rows)]);
    assert!(said.contains("stack:Settings!B3") && said.contains("fill in the hourly rate on Settings"), "{said}");
    assert!(said.contains("stack:Flows!E2") && said.contains("`Done by`"), "{said}");
}

#[test]
fn another_version_and_sheets_of_ones_own_are_told() {
    let told =
        said(&[("Systems", SYSTEMS), ("Flows", FLOWS), ("Budget", "a,b\n1,2\n"), ("_sinew", "sinew workbook,7\n")]);
    assert!(told.contains("the workbook has format version `7`"), "{told}");
    assert!(told.contains("warning[sheet-not-read]") && told.contains("`Budget`"), "{told}");
}
