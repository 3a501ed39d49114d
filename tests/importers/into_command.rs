//! `sinew import --into`: what it writes, prints and refuses.

use std::fs;
use std::path::Path;

use sinew::import::Base;

use super::into::workflow;
use crate::support::binary::{code, err, folder, out, run};

fn write(folder: &Path, name: &str, text: &str) -> String {
    fs::write(folder.join(name), text).unwrap();
    folder.join(name).display().to_string()
}

#[test]
fn the_command_edits_in_place_shows_a_diff_and_keeps_what_the_next_import_needs() {
    let folder = folder("import-into");
    let deals = write(&folder, "deals.json", &workflow("Deals", 5, "slack"));
    let stack = folder.join("stack.yaml").display().to_string();
    let output = run(&["import", &deals, "-o", &stack]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let base = folder.join("stack.yaml.import.json");
    let first = fs::read_to_string(&base).unwrap();
    assert!(Base::parse(&first).is_ok_and(|base| base.text() == first));
    // A mark of the encoding and Windows' line ends stay.
    let text = format!("\u{feff}{}", fs::read_to_string(&stack).unwrap().replace('\n', "\r\n"));
    fs::write(&stack, &text).unwrap();
    write(&folder, "deals.json", &workflow("Deals", 15, "slack"));
    let output = run(&["import", &deals, "--into", &stack, "--dry-run"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let changed: Vec<&str> =
        out(&output).lines().filter(|line| line.starts_with(['+', '-'])).map(str::trim_end).collect();
    assert_eq!(changed[2..], ["-    runs: 288/day", "+    runs: 96/day"], "{}", out(&output));
    assert_eq!(fs::read_to_string(&stack).unwrap(), text, "nothing was written");
    let output = run(&["import", &deals, "--into", &stack]);
    assert!(code(&output) == 0 && err(&output).contains("up to date"), "{}", err(&output));
    assert_eq!(fs::read_to_string(&stack).unwrap(), text.replace("288/day", "96/day"));
    let second = fs::read_to_string(&base).unwrap();
    assert!(second != first && second.contains("96/day"));
    // The same again changes nothing, not even dates of files.
    let modified = || [&stack, &base.display().to_string()].map(|path| fs::metadata(path).unwrap().modified().unwrap());
    let before = modified();
    let output = run(&["import", &deals, "--into", &stack]);
    assert!(code(&output) == 0 && err(&output).ends_with("stack.yaml is up to date\n"), "{}", err(&output));
    assert_eq!(modified(), before);
    // Into another file.
    let other = folder.join("other.yaml").display().to_string();
    write(&folder, "deals.json", &workflow("Deals", 60, "slack"));
    assert_eq!(code(&run(&["import", &deals, "--into", &stack, "-o", &other])), 0);
    assert_eq!(modified(), before);
    assert!(
        fs::read_to_string(&other).unwrap().contains("runs: 24/day") && folder.join("other.yaml.import.json").exists()
    );
    for arguments in [
        &["import", &deals, "--dry-run"][..],
        &["import", &deals, "--into", "-"],
        &["import", &deals, "--into", "nowhere.yaml"],
    ] {
        assert_eq!(code(&run(arguments)), 2, "{arguments:?}");
    }
    fs::write(&base, "{ \"sinew\": 2 }").unwrap();
    let output = run(&["import", &deals, "--into", &stack]);
    assert!(code(&output) == 2 && err(&output).contains("delete it"), "{}", err(&output));
}

#[test]
fn strict_writes_nothing_where_something_is_damaged_or_in_conflict() {
    let folder = folder("import-strict");
    let deals = write(&folder, "deals.json", &workflow("Deals", 5, "slack"));
    let stack = folder.join("stack.yaml").display().to_string();
    assert_eq!(code(&run(&["import", &deals, "-o", &stack])), 0);
    let hand = fs::read_to_string(&stack).unwrap().replace("288/day", "20/day");
    fs::write(&stack, &hand).unwrap();
    write(&folder, "deals.json", &workflow("Deals", 15, "slack"));
    let report = folder.join("report.json").display().to_string();
    let output = run(&["import", &deals, "--into", &stack, "--strict", "--report", &report]);
    assert!(
        code(&output) == 2 && err(&output).contains("yours 20/day, input 96/day, before 288/day"),
        "{}",
        err(&output)
    );
    assert_eq!(fs::read_to_string(&stack).unwrap(), hand);
    let bad = write(&folder, "bad.json", "{ \"nodes\": [ {{redacted}} ] }");
    let output = run(&["import", &deals, &bad, "--into", &stack, "--strict"]);
    assert!(code(&output) == 2 && err(&output).contains("no problem in an input"), "{}", err(&output));
    // Without it, a damaged file keeps its entries: they are not gone.
    let output = run(&["import", &bad, &deals, "--into", &stack, "--report", &report]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
    let flow = report["entries"].as_array().unwrap().iter().find(|entry| entry["state"] == "conflict").unwrap();
    assert_eq!(
        flow["conflicts"][0],
        serde_json::json!({ "key": "runs", "yours": "20/day", "input": "96/day", "before": "288/day" })
    );
    let schema: serde_json::Value = serde_json::from_slice(&run(&["schema", "import"]).stdout).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&report));
}

#[test]
fn a_file_that_is_gone_from_its_folder_takes_its_entries_along_unless_something_is_damaged() {
    let folder = folder("import-folder-gone");
    fs::create_dir(folder.join("exports")).unwrap();
    write(&folder.join("exports"), "a.json", &workflow("A", 5, "slack"));
    write(&folder.join("exports"), "b.json", &workflow("B", 5, "airtable"));
    let (exports, stack) = (folder.join("exports").display().to_string(), folder.join("s.yaml").display().to_string());
    assert_eq!(code(&run(&["import", &exports, "-o", &stack])), 0);
    fs::remove_file(folder.join("exports/b.json")).unwrap();
    let bad = folder.join("exports/c.json");
    fs::write(&bad, "{ \"nodes\": [ {{redacted}} ] }").unwrap();
    let output = run(&["import", &exports, "--into", &stack]);
    assert!(code(&output) == 0 && !err(&output).contains("gone:"), "{}", err(&output));
    fs::remove_file(bad).unwrap();
    let output = run(&["import", &exports, "--into", &stack]);
    assert!(
        err(&output)
            .contains("gone: 2 entries, no input has it any more (system airtable; flow hubspot->airtable:deal)"),
        "{}",
        err(&output)
    );
    let output = run(&["import", &exports, "--into", &stack, "--delete"]);
    assert!(err(&output).contains("gone: 2 entries, taken out"), "{}", err(&output));
    assert!(!fs::read_to_string(&stack).unwrap().contains("airtable"));
    assert_eq!(code(&run(&["check", &stack])), 0);
}

#[test]
fn columns_as_they_were_named_and_the_catalog_of_the_stack_count_for_the_next_import() {
    let folder = folder("import-into-map");
    let rows = |runs: &str, to: &str| format!("Tool,Feeds into,What,Via what,Runs\nMarketo,{to},leads,API,{runs}\n");
    let table = write(&folder, "flows.csv", &rows("daily", "Salesforce"));
    let stack = folder.join("stack.yaml").display().to_string();
    let output = run(&["import", &table, "--map", "Tool=from", "--map", "Feeds into=to", "-o", &stack]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let map = fs::read_to_string(folder.join("stack.map.csv")).unwrap();
    // Next quarter nobody names the columns again, and a product of one's own is known.
    write(&folder, "own.csv", "id,name,vendor,category\nacme-crm,Acme CRM,Acme,crm\n");
    let text = fs::read_to_string(&stack).unwrap().replace("sinew: 1\n", "sinew: 1\ncatalog: own.csv\n");
    fs::write(&stack, text).unwrap();
    write(&folder, "flows.csv", &rows("weekly", "Acme CRM"));
    let output = run(&["import", &table, "--into", &stack]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = fs::read_to_string(&stack).unwrap();
    assert!(text.contains("runs: 1/week") && text.contains("product: acme-crm"), "{text}");
    // A map that is named now is kept, but not by a dry run.
    let named = ["import", &table, "--into", &stack, "--map", "Via what=mechanism"];
    assert_eq!(code(&run(&[&named[..], &["--dry-run"]].concat())), 0);
    assert_eq!(fs::read_to_string(folder.join("stack.map.csv")).unwrap(), map);
    assert_eq!(code(&run(&named)), 0);
    assert!(fs::read_to_string(folder.join("stack.map.csv")).unwrap().contains("Via what"));
    // What is wrong with a file that the stack names is said, and nothing is written.
    write(&folder, "own.csv", "id,name,vendor,category\nacme-crm,Acme CRM,Acme,nonsense\n");
    let output = run(&["import", &table, "--into", &stack]);
    assert!(code(&output) == 2 && err(&output).contains("own.csv"), "{}", err(&output));
}
