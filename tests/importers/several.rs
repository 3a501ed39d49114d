//! Several inputs at once: two that state different things are told with their places and asked about, workbooks of ours
//! stand beside files of others, and the order in which they are named changes nothing.

use std::fs;
use std::path::Path;

use sinew::import::{Conflict, ImportReport, Options};
use sinew::model::read;
use sinew::source::Source;

use super::imported;
use super::into::workflow;
use super::truth::stack;
use crate::support::binary::{code, err, folder, out, run};

const TOOLS: &str =
    "Tool,Owner,Annual cost,Status,Notes\nMarketo,Marketing Ops,\"$120,000\",live,Old\nSlack,IT,,live,\n";
const OTHER: &str = "System,Team,Cost,Status,Comments\nSlack,IT,,live,\nMarketo,RevOps,\"$110,000\",pilot,New\n";

fn conflict<'r>(report: &'r ImportReport, entry: &str, key: &str) -> &'r Conflict {
    let entry = report.entries.iter().find(|one| one.entry == entry).unwrap();
    entry.conflicts.iter().find(|one| one.key == key).unwrap_or_else(|| panic!("{key}: {:?}", entry.conflicts))
}

/// Values of a conflict with their places, the one that was taken first.
fn told(conflict: &Conflict) -> Vec<(&str, Vec<&str>, bool)> {
    conflict
        .inputs
        .iter()
        .map(|value| (value.value.as_str(), value.at.iter().map(String::as_str).collect(), value.taken))
        .collect()
}

#[test]
fn two_tables_that_disagree_are_told_with_both_places_and_asked() {
    let files = [("a.csv", TOOLS.as_bytes()), ("b.csv", OTHER.as_bytes())];
    let imported_both = imported(&files, Options::default());
    let report = &imported_both.report;
    let cost = conflict(report, "system marketo-engage", "contract.cost");
    assert_eq!(told(cost), [("120000", vec!["a.csv: C2"], true), ("110000", vec!["b.csv: C3"], false)]);
    let owner = conflict(report, "system marketo-engage", "owner");
    assert_eq!(told(owner), [("marketing-ops", vec!["a.csv: B2"], true), ("revops", vec!["b.csv: B3"], false)]);
    // What was taken is what stands there.
    let stack = read(&Source::new("s", imported_both.stack.clone())).stack.unwrap();
    assert_eq!(stack.systems[0].contract.cost.unwrap().likely.0, 120_000.0);
    assert!(imported_both.stack.contains("cost: 120000  # \"$120,000\"\n"), "its words stand behind it");
    assert!(imported_both.stack.contains("New; Old"), "notes are kept, both: {}", imported_both.stack);
    assert!(report.entries.iter().all(|one| one.conflicts.iter().all(|one| one.key != "notes")));
    let question =
        report.questions.iter().find(|one| one.id.starts_with("dispute:") && one.id.ends_with("cost")).unwrap();
    assert_eq!(
        question.ask,
        "Which contract cost of Marketo is right: 120000 (a.csv: C2; taken) or 110000 (b.csv: C3)?"
    );
    assert_eq!(question.answers, ["120000", "110000"]);
    let text = report.text();
    assert!(
        text.contains("conflict: system marketo-engage: status: production (a.csv: D2; taken), pilot (b.csv: D3)\n"),
        "{text}"
    );
    let turned = imported(&[files[1], files[0]], Options::default());
    assert_eq!((&turned.stack, turned.report.text()), (&imported_both.stack, text));
}

#[test]
fn two_rows_of_one_file_and_settings_of_the_stack_are_in_conflict_too() {
    let table = "Tool,Owner\nMarketo,Ops\nMarketo,RevOps\n\nHourly rate:,$75\n";
    let other = "Tool,Owner\nSlack,IT\n\nHourly rate:,$90\n";
    let both = imported(&[("a.csv", table.as_bytes()), ("b.csv", other.as_bytes())], Options::default());
    let owner = conflict(&both.report, "system marketo-engage", "owner");
    assert_eq!(told(owner), [("ops", vec!["a.csv: B2"], true), ("revops", vec!["a.csv: B3"], false)]);
    let rate = conflict(&both.report, "settings", "hourly_rate");
    assert_eq!(told(rate), [("75", vec!["a.csv: A5"], true), ("90", vec!["b.csv: A4"], false)]);
    assert!(both.stack.contains("hourly_rate: 75 "), "{}", both.stack);
    assert!(both.report.questions.iter().any(|one| one.ask.starts_with("Which hourly rate of the stack is right: 75")));
    assert!(both.report.has_conflicts());
}

#[test]
fn one_amount_in_two_currencies_stands_in_that_of_the_stack() {
    let ours = "Tool,Cost\nMarketo,\"€90,000\"\nSlack,\"€5,000\"\nClay,\"€1,000\"\n";
    let other = "Tool,Cost\nMarketo,\"$80,000\"\n";
    let both = imported(&[("a.csv", ours.as_bytes()), ("b.csv", other.as_bytes())], Options::default());
    assert!(both.stack.contains("currency: EUR") && both.stack.contains("cost: 90000"), "{}", both.stack);
    assert!(!both.report.has_conflicts(), "an amount in another currency is left out: {}", both.report.text());
}

#[test]
fn two_tables_that_call_the_way_of_a_flow_differently_are_asked_about() {
    let one = "From,To,What,How\nMarketo,Salesforce,leads,native sync\n";
    let other = "From,To,What,How\nMarketo,Salesforce,leads,API\n";
    let both = imported(&[("a.csv", one.as_bytes()), ("b.csv", other.as_bytes())], Options::default());
    let ask = both.report.questions.iter().find(|one| one.id.starts_with("two-ways:")).unwrap();
    assert_eq!(
        ask.ask,
        "Are these one flow: flow from Marketo to Salesforce of leads, native (a.csv: row 2) and api (b.csv: row 2)? Both are written."
    );
    let alone = format!("{one}Marketo,Salesforce,leads,API\n");
    let alone = imported(&[("a.csv", alone.as_bytes())], Options::default());
    assert!(alone.report.questions.iter().all(|one| !one.id.starts_with("two-ways:")), "one table knows what it says");
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    fs::write(folder.join(name), text).unwrap();
    folder.join(name).display().to_string()
}

const BASE: &str = "sinew: 1
name: Acme
currency: USD
teams: { marketing-ops: { name: Marketing Ops } }
systems:
  marketo: { product: marketo-engage, owner: marketing-ops, contract: { cost: 120000 } }
  hubspot: { product: hubspot }
  slack: { product: slack }
data: { deal: {} }
flows:
  - { from: hubspot, to: slack, data: deal, mechanism: ipaas, through: n8n }
";

/// A folder with a stack file and its workbook as CSV files.
fn with_book(test: &str) -> (std::path::PathBuf, String, String) {
    let folder = folder(test);
    let stack = write(&folder, "s.yaml", &BASE.replace("systems:\n", "systems:\n  n8n: { product: n8n }\n"));
    let book = folder.join("book").display().to_string();
    let output = run(&["export", &stack, "-o", &book, "--format", "csv"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    (folder, stack, book)
}

#[test]
fn a_workbook_of_ours_stands_beside_tables_and_workflows_in_any_order() {
    let (folder, _, book) = with_book("several-workbook");
    let table = write(&folder, "b.csv", OTHER);
    let flows = write(&folder, "deals.json", &workflow("Deals", 5, "slack"));
    let (first, second) = (folder.join("1.yaml").display().to_string(), folder.join("2.yaml").display().to_string());
    let report = folder.join("report.json").display().to_string();
    let output = run(&["import", &book, &table, &flows, "-o", &first, "--report", &report]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = fs::read_to_string(&first).unwrap();
    assert!(text.starts_with("sinew: 1\nname: Acme\n") && text.contains("cost: 120000"), "{text}");
    // What the workbook does not say comes from the others; the flow is the one that it has.
    assert!(text.contains("runs: 288/day") && text.matches("from: hubspot").count() == 1, "{text}");
    let said = err(&output);
    for line in [
        "conflict: system marketo: owner: marketing-ops (book: Systems!F3; taken), revops (b.csv: B3)\n",
        "conflict: system marketo: contract.cost: 120000 (book: Systems!Q3; taken), 110000 (b.csv: C3)\n",
        "Which owner of marketo is right: marketing-ops (book: Systems!F3; taken) or revops (b.csv: B3)?",
        "book [workbook]: 7 rows; 7 taken",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("What does an hour") || !text.contains("hourly_rate"), "{said}");
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&run(&["schema", "import"]).stdout).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&report));
    let states: Vec<&str> =
        report["entries"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert!(states.iter().all(|state| ["new", "conflict"].contains(state)) && states.len() >= 9, "{states:?}");
    assert_eq!(code(&run(&["import", &flows, &table, &book, "-o", &second])), 0);
    assert_eq!(fs::read_to_string(&second).unwrap(), text);
    let base = |stack: &str| fs::read_to_string(format!("{stack}.import.json")).unwrap();
    assert_eq!(base(&first), base(&second));
    assert!(!base(&first).contains(folder.to_str().unwrap()), "no folder of a machine");
    assert_eq!(code(&run(&["check", &first])), 0);
    // Once more into what came out: nothing changes.
    let output = run(&["import", &book, &table, &flows, "--into", &first]);
    assert!(code(&output) == 0 && err(&output).ends_with("1.yaml is up to date\n"), "{}", err(&output));
    assert_eq!(fs::read_to_string(&first).unwrap(), text);
    let strict = run(&["import", &book, &table, "-o", &second, "--force", "--strict"]);
    assert!(code(&strict) == 2 && err(&strict).contains("allows no conflict"), "{}", err(&strict));
}

#[test]
fn a_changed_workbook_and_other_inputs_go_into_a_stack_file_together() {
    let (folder, stack, book) = with_book("several-into");
    let systems = fs::read_to_string(folder.join("book/Systems.csv")).unwrap();
    // A cell changes, and the row of a system goes.
    let kept: String = systems
        .replace("120000", "99000")
        .lines()
        .filter(|line| !line.starts_with("n8n"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(kept.contains("99000") && kept.lines().count() + 1 == systems.lines().count());
    fs::write(folder.join("book/Systems.csv"), kept).unwrap();
    let flows = fs::read_to_string(folder.join("book/Flows.csv")).unwrap();
    fs::write(folder.join("book/Flows.csv"), flows.lines().next().unwrap()).unwrap();
    let table = write(&folder, "c.csv", "Tool,Owner\nClay,RevOps\n\nHourly rate:,$75\n");
    let before = fs::read_to_string(&stack).unwrap();
    let output = run(&["import", &book, &table, "--into", &stack, "--dry-run"]);
    assert_eq!((code(&output), fs::read_to_string(&stack).unwrap()), (0, before), "{}", err(&output));
    assert!(out(&output).contains("+hourly_rate: 75  # \"$75\"\n"), "{}", out(&output));
    let output = run(&["import", &book, &table, "--into", &stack, "--retire"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = fs::read_to_string(&stack).unwrap();
    for line in [
        "currency: USD\nhourly_rate: 75  # \"$75\"\n",
        "  marketo: { product: marketo-engage, owner: marketing-ops, contract: { cost: 99000 } }\n",
        "  n8n: { product: n8n, status: retired }\n",
        "  - { from: hubspot, to: slack, data: deal, mechanism: ipaas, through: n8n, status: off }\n",
        "product: clay",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(err(&output).contains("taken: system n8n: status: retired, as its row is gone\n"), "{}", err(&output));
}

#[test]
fn a_workbook_that_lost_what_was_exported_fills_and_what_stands_stays() {
    let (folder, stack, book) = with_book("several-lost");
    fs::remove_file(folder.join("book/_sinew.csv")).unwrap();
    let systems = fs::read_to_string(folder.join("book/Systems.csv")).unwrap();
    let vendor = systems.replace("120000", "99000").replace("\nSlack,", "\nSlack (chat),");
    fs::write(folder.join("book/Systems.csv"), vendor).unwrap();
    let output = run(&["import", &book, "--into", &stack]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = fs::read_to_string(&stack).unwrap();
    assert!(text.contains("contract: { cost: 120000 }") && text.contains("name: \"Slack (chat)\""), "{text}");
    assert!(
        err(&output)
            .contains("kept: 1 value, written by hand (system marketo: contract.cost: yours 120000, input 99000)"),
        "{}",
        err(&output)
    );
}

#[test]
fn settings_of_inputs_fill_and_follow_and_the_hand_stands() {
    let folder = folder("several-settings");
    let table = |rate: &str, day: &str| format!("Tool,Owner\nClay,RevOps\n\nHourly rate:,{rate}\nAs of:,{day}\n");
    let file = write(&folder, "t.csv", &table("$75", "2026-11-20"));
    let stack = write(&folder, "s.yaml", "sinew: 1\nname: x  # ours\nsystems:\n  a: { kind: crm }  # first\n");
    assert_eq!(code(&run(&["import", &file, "--into", &stack])), 0);
    let text = fs::read_to_string(&stack).unwrap();
    assert!(text.starts_with("sinew: 1\nname: x  # ours\nas_of: 2026-11-20\ncurrency: USD  # \"$\"\nhourly_rate: 75  # \"$75\"\nsystems:\n  a: { kind: crm }  # first\n"), "{text}");
    // The input changed, the hand did not.
    write(&folder, "t.csv", &table("$80", "2026-11-20"));
    assert_eq!(code(&run(&["import", &file, "--into", &stack])), 0);
    let text = fs::read_to_string(&stack).unwrap();
    assert!(text.contains("hourly_rate: 80  # \"$80\"\n") && text.contains("as_of: 2026-11-20\n"), "{text}");
    // Both did.
    fs::write(&stack, text.replace("hourly_rate: 80  # \"$80\"", "hourly_rate: 91")).unwrap();
    write(&folder, "t.csv", &table("$85", "2026-12-24"));
    let output = run(&["import", &file, "--into", &stack]);
    assert!(
        err(&output).contains("conflict: settings: hourly_rate: yours 91, input 85, before 80\n"),
        "{}",
        err(&output)
    );
    let text = fs::read_to_string(&stack).unwrap();
    assert!(text.contains("hourly_rate: 91\n") && text.contains("as_of: 2026-12-24\n"), "{text}");
    // An amount in another currency than that of the stack is never taken for one in it.
    let file = write(&folder, "euro.csv", "Tool,Cost\nMarketo,\"€24,000\"\n");
    let output = run(&["import", &file, "--into", &stack]);
    assert!(err(&output).contains("What is the cost of Marketo in USD?"), "{}", err(&output));
    assert!(!fs::read_to_string(&stack).unwrap().contains("24000"));
}

/// An arrow without a label is the flow that another input tells of, by hand or not: it was a second one beside it.
#[test]
fn an_arrow_without_words_is_the_flow_that_is_known() {
    let table = "From,To,What,Method,Who,How often,Minutes\nClay,Salesforce,Accounts,manual CSV,Ana,weekly,45\nSalesforce,LeanData,Leads,native,,,\n";
    let drawn = "flowchart LR\n  C[Clay] -->|manual CSV| S[Salesforce]\n  S --> L{LeanData routing}\n  L --> O[Outreach]\n  D[Drift chat] --> S\n  S --> Q{In Salesforce?}\n  Q --> O\n";
    let found = imported(&[("flows.csv", table.as_bytes()), ("flow.mmd", drawn.as_bytes())], Options::default());
    let stack = stack(&found);
    let ids: Vec<String> = stack.flows.iter().map(|flow| flow.id.to_string()).collect();
    assert_eq!(
        ids,
        [
            "clay->salesforce-sales-cloud:accounts",
            "drift->salesforce-sales-cloud:records",
            "leandata->outreach:records",
            "salesforce-sales-cloud->leandata:leads",
            "salesforce-sales-cloud->outreach:records",
        ]
    );
    let asks: Vec<&str> = found.report.questions.iter().map(|question| question.ask.as_str()).collect();
    assert!(!asks.iter().any(|ask| ask.contains("Clay") || ask.contains("LeanData?")), "{asks:?}");
}
