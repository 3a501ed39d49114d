//! What people write into a blank workbook, and what becomes of it.

use super::{read, said};
use sinew::model::Stack;

const FLOWS: &str = "From,To,Data,How,Done by,How often,Minutes,Id\n";

fn stack(sheets: &[(&str, &str)]) -> Stack {
    read(sheets).reading.stack.unwrap_or_else(|| panic!("{}", said(sheets)))
}

fn product(stack: &Stack, id: &str) -> Option<String> {
    let system = stack.systems.iter().find(|system| system.id.as_str() == id).expect("the system is there");
    system.facts.product.as_ref().map(ToString::to_string)
}

#[test]
fn a_product_is_known_by_its_name_whatever_kind_is_filled_in() {
    // Of a name that is also an English word, the kind has to be the product's.
    let systems = "System,Product,Kind,Id\nSalesforce,,CRM,\nWordPress,,Other,\nDrift,,Conversation,\nFront,,CMS,\nMarketo,,CRM,marketo\n";
    let sheets = [("Systems", systems), ("Flows", FLOWS)];
    let stack = stack(&sheets);
    assert_eq!(product(&stack, "salesforce").as_deref(), Some("salesforce-sales-cloud"));
    assert_eq!(product(&stack, "wordpress").as_deref(), Some("wordpress"));
    assert_eq!(product(&stack, "drift").as_deref(), Some("drift"));
    assert_eq!(product(&stack, "front"), None);
    // An entry that was exported without a product has none.
    assert_eq!(product(&stack, "marketo"), None);
    let wordpress = stack.systems.iter().find(|system| system.id.as_str() == "wordpress").unwrap();
    assert_eq!(wordpress.facts.kind.as_str(), "other", "what is filled in counts");
}

#[test]
fn a_misspelt_product_is_told_although_its_kind_is_stated() {
    let told = |product: &str| {
        let systems = format!("System,Product,Kind,Id\nOur writer,{product},AI content,\n");
        said(&[("Systems", &systems), ("Flows", FLOWS)])
    };
    let slip = told("Jaspr");
    assert!(slip.contains("warning[unknown-product]: no product named `Jaspr` in the catalog"), "{slip}");
    assert!(slip.contains("stack:Systems!B2") && slip.contains("did you mean `Jasper`?"), "{slip}");
    let own = told("House of Words");
    assert!(!own.contains("unknown-product"), "{own}");
}

#[test]
fn words_that_say_no_number_leave_the_rate_open() {
    let rows = |how_often: &str| format!("{FLOWS}Jasper,WordPress,Draft,Copy and paste,Content,{how_often},15,\n");
    let systems = "System,Product,Id\nJasper,,\nWordPress,,\n";
    for words in ["as needed", "Ad hoc", "per campaign", "bei Bedarf", "real-time"] {
        let flows = rows(words);
        let sheets = [("Systems", systems), ("Flows", flows.as_str())];
        assert_eq!(stack(&sheets).flows[0].runs, None, "{words}");
        let told = said(&sheets);
        assert!(told.contains(&format!("warning[no-number]: `{words}` says no number")), "{told}");
        assert!(told.contains("stack:Flows!F2"), "{told}");
    }
    let flows = rows("3/parrot");
    let told = said(&[("Systems", systems), ("Flows", flows.as_str())]);
    assert!(told.contains("error[bad-rate]"), "{told}");
}

/// A stack file may state times a year as a bare number; in a cell `12` is rarely meant so.
#[test]
fn how_often_without_its_time_is_a_guess() {
    let systems = "System,Product,Id\nJasper,,\nWordPress,,\n";
    for (how_often, a_year, is_guess) in [
        ("12", 12.0, true),
        ("10-20", 15.0, true),
        ("2 / 3 / 4", 3.0, true),
        ("12/year", 12.0, false),
        ("weekly", 52.0, false),
    ] {
        let flows = format!("{FLOWS}Jasper,WordPress,Draft,Copy and paste,Content,{how_often},15,\n");
        let stack = stack(&[("Systems", systems), ("Flows", flows.as_str())]);
        let flow = &stack.flows[0];
        let guessed = flow.remarks.basis.as_ref().is_some_and(|basis| basis.guessed.iter().any(|key| key == "runs"));
        assert_eq!((flow.runs.map(|runs| runs.likely.0), guessed), (Some(a_year), is_guess), "{how_often}");
    }
}

#[test]
fn names_that_may_be_one_are_told_in_pairs() {
    let systems = "System,Owner,Id\nMarketo,Marketing Ops,\nSalesforce,Marketing Opps,\nWordPress,Sales,\nSlack,Sales Ops,\nAsana,Team 1,\nZoom,Team 2,\n";
    let told = said(&[("Systems", systems), ("Flows", FLOWS)]);
    assert!(told.contains("write those alike that are one: `Marketing Ops` and `Marketing Opps`"), "{told}");
    let pairs = told.split("that are one: ").nth(1).and_then(|rest| rest.lines().next());
    assert_eq!(pairs, Some("`Marketing Ops` and `Marketing Opps`"), "`Sales Ops` and `Team 2` are others on purpose");
}

#[test]
fn a_need_states_data_or_another_process_and_neither_column_has_to_be_there() {
    let systems = "System,Product,Id\nMarketo,,\nSalesforce,,\n";
    let flows = format!("{FLOWS}Marketo,Salesforce,Lead,Native connector,,,,\n");
    let processes = "Process,Id\nLead routing,\nFollow-up,\n";
    let needs = "Process,Data,At\nLead routing,Lead,Salesforce\n";
    let sheets = [("Systems", systems), ("Flows", &flows), ("Processes", processes), ("Needs", needs)];
    assert!(!said(&sheets).contains("error"), "{}", said(&sheets));
    let both = "Process,Data,At,Other process\nLead routing,Lead,Salesforce,\nFollow-up,,,Lead routing\n";
    let sheets = [("Systems", systems), ("Flows", &flows), ("Processes", processes), ("Needs", both)];
    assert!(!said(&sheets).contains("error"), "{}", said(&sheets));
    let neither = "Process,Data,At\nLead routing,,Salesforce\n";
    let sheets = [("Systems", systems), ("Flows", &flows), ("Processes", processes), ("Needs", neither)];
    assert!(said(&sheets).contains("error[missing-key]") && said(&sheets).contains("Needs!B2"), "{}", said(&sheets));
}

#[test]
fn a_name_that_ends_in_a_word_for_a_sheet_is_one_as_a_guess() {
    let systems = "System,Product,Kind,Guessed,Id\nPipeline sheet,,,,\nleads.xlsx,,,,\nSheet,,,,\nSales Inbox,,,,\nBalance sheet,,BI,,\nRiver,,,,\n";
    let sheets = [("Systems", systems), ("Flows", FLOWS)];
    let stack = stack(&sheets);
    let of = |name: &str| {
        let system = stack.systems.iter().find(|system| system.name == name).expect("the system is there");
        let guessed = system.remarks.basis.as_ref().is_some_and(|basis| basis.guessed.iter().any(|key| key == "kind"));
        (system.facts.kind.as_str(), guessed)
    };
    assert_eq!(of("Pipeline sheet"), ("spreadsheet", true));
    assert_eq!(of("leads.xlsx"), ("spreadsheet", true));
    assert_eq!(of("Sales Inbox"), ("messaging", true));
    assert_eq!(of("Balance sheet"), ("bi", false), "what is filled in counts");
    assert_eq!(of("River"), ("other", true));
    let told = said(&sheets);
    let unknown = |name: &str| told.contains(&format!("Nothing is known of `{name}`"));
    assert!(unknown("River") && unknown("Sheet") && !unknown("Pipeline sheet"), "{told}");
}
