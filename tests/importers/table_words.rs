//! Words in tables that say less than they seem to: what is a guess, what is not read, and what names two systems.

use sinew::import::{Imported, Options};
use sinew::model::{Flow, Stack};

use super::imported;
use super::truth::stack;

fn table(rows: &str) -> Imported {
    let text = format!("Source,Destination,What,Method,Who,Frequency,Time\n{rows}");
    imported(&[("flows.csv", text.as_bytes())], Options::default())
}

fn guessed(flow: &Flow) -> Vec<String> {
    flow.remarks.basis.as_ref().map(|basis| basis.guessed.clone()).unwrap_or_default()
}

fn ends(stack: &Stack, flow: &Flow) -> (String, String) {
    (stack.systems[flow.from.at()].id.to_string(), stack.systems[flow.to.at()].id.to_string())
}

/// A sync may be a connector, a middleware or a script: it was taken as a connector that nobody was asked about.
#[test]
fn a_sync_is_a_guess_and_is_asked_about() {
    for (method, is_guess) in [("sync", true), ("nightly sync", true), ("native sync", false), ("API", false)] {
        let found = table(&format!("Salesforce,HubSpot,Leads,{method},,daily,\n"));
        let stack = stack(&found);
        assert_eq!(guessed(&stack.flows[0]).contains(&"mechanism".to_owned()), is_guess, "{method}: {}", found.stack);
        let asked = found.report.questions.iter().any(|question| question.ask.starts_with("How does leads"));
        assert_eq!(asked, is_guess, "{method}: {}", found.report.text());
    }
}

/// A file that comes every night is no work by hand: it was, and its minutes were the first question.
#[test]
fn a_file_that_comes_by_itself_is_asked_of_nobody_and_names_stay() {
    let found = table(
        "SAP S/4HANA,Salesforce,Customers,nightly CSV export,,daily,\nOracle EBS,HubSpot,Orders,CSV export,,daily,\n",
    );
    let stack = stack(&found);
    let of = |data: &str| stack.flows.iter().find(|flow| stack.data[flow.data[0].at()].id.as_str() == data).unwrap();
    assert_eq!(of("customers").mechanism.as_str(), "file-drop");
    assert_eq!(of("orders").mechanism.as_str(), "export-import");
    assert!(guessed(of("customers")).is_empty() && guessed(of("orders")).contains(&"mechanism".to_owned()));
    let names: Vec<&str> = stack.systems.iter().map(|system| system.name.as_str()).collect();
    assert!(names.contains(&"SAP S/4HANA"), "{names:?}");
    assert!(
        found.report.questions.iter().all(|question| !question.ask.contains("customers")),
        "{}",
        found.report.text()
    );
}

/// Of what a machine does all the time no rate follows; the cell was dropped without a word.
#[test]
fn how_often_without_a_number_is_in_the_report() {
    let found = table(
        "Salesforce,HubSpot,Leads,API,,real time,\nHubSpot,Salesforce,Scores,API,,streaming,\nHubSpot,Looker,Deals,API,,daily,\n",
    );
    let stack = stack(&found);
    assert_eq!(stack.flows.iter().filter(|flow| flow.runs.is_some()).count(), 1);
    let told = found.report.text();
    assert!(told.contains("2 of 3 cells under \"Frequency\" could not be read (F2, F3), in the table at A2"), "{told}");
    // What a person does is asked for with the words of the table, once.
    let found = table("Salesforce,HubSpot,Leads,copy paste,Ana,on demand,15\n");
    let told = found.report.text();
    assert!(told.contains("The table says \"on demand\"") && !told.contains("could not be read"), "{told}");
}

#[test]
fn two_systems_in_one_cell_are_two_systems() {
    for cell in ["Google Sheets <> Salesforce", "Google Sheets <-> Salesforce", "Google Sheets ↔ Salesforce"] {
        for row in [
            format!("{cell},,Contacts,copy paste,Ben,2/week,1 h\n"),
            format!(",{cell},Contacts,copy paste,Ben,2/week,1 h\n"),
        ] {
            let found = table(&row);
            let stack = stack(&found);
            let ids: Vec<&str> = stack.systems.iter().map(|system| system.id.as_str()).collect();
            assert_eq!(ids, ["google-sheets", "salesforce-sales-cloud"], "{row}");
            let both: Vec<(String, String)> = stack.flows.iter().map(|flow| ends(&stack, flow)).collect();
            let one = ("google-sheets".to_owned(), "salesforce-sales-cloud".to_owned());
            assert_eq!(both, [one.clone(), (one.1, one.0)], "{row}");
            assert!(
                stack.flows.iter().all(|flow| flow.run.minutes.is_some() && flow.runs.is_some()),
                "{}",
                found.stack
            );
        }
    }
    // Beside another end it is told, and nobody is called so.
    let found = table("HubSpot,Slack,Deals,API,,daily,\nGoogle Sheets <> Salesforce,HubSpot,Contacts,API,,daily,\n");
    assert!(!found.stack.contains("google-sheets"), "{}", found.stack);
    assert!(
        found.report.text().contains("one cell names two systems, and another names one"),
        "{}",
        found.report.text()
    );
}
