//! Scenarios of a workshop: edits that go to a file of their own.

use std::fs;

use serde_json::{Value, json};

use super::served::Served;
use crate::support::binary::run;

#[test]
fn edits_go_to_the_scenario_and_the_stack_stays() {
    let text = fs::read_to_string("examples/stacks/tiny.yaml").unwrap();
    let served = Served::of("serve-scenario", &text);
    let state = served.act(&json!({ "start": "Without the sheet" }));
    assert_eq!(state["scenario"], json!("without-the-sheet"));
    for act in [
        json!({ "do": "retire", "entry": "numbers" }),
        json!({ "do": "add-system", "name": "Zapier" }),
        json!({ "do": "set", "entry": "Zapier", "key": "owner", "value": "dana" }),
        json!({ "do": "add-flow", "from": "Typeform", "what": "survey answer", "to": "HubSpot", "how": "ipaas" }),
        json!({ "do": "set", "entry": "draft-to-site", "key": "minutes", "value": "5" }),
        json!({ "do": "set", "key": "plan.horizon", "value": "26w" }),
    ] {
        served.act(&json!({ "edit": act }));
    }
    assert_eq!(served.text(), text, "the stack stays as it is");
    let file = served.file.with_file_name("stack.without-the-sheet.scenario.yaml");
    let scenario = fs::read_to_string(&file).unwrap();
    let compared = run(&["compare", served.file.to_str().unwrap(), file.to_str().unwrap(), "--format", "json"]);
    assert!(compared.status.success(), "{scenario}\n{}", String::from_utf8_lossy(&compared.stderr));
    let compared: Value = serde_json::from_slice(&compared.stdout).unwrap();
    let one = &compared["scenarios"][0];
    assert_eq!(one["name"], json!("Without the sheet"));
    // The table on the page has the words of the command.
    let table = served.get("compare");
    assert_eq!(table.status, 200, "{}", table.text());
    assert!(table.text().contains("<table") && table.text().contains("Without the sheet"), "{}", table.text());
    for (act, words) in [
        (json!({ "do": "accept", "finding": "manual-handoff:draft-to-site", "why": "x" }), "accepts no findings"),
        (json!({ "do": "set", "key": "hourly_rate", "value": "50" }), "go back to the stack"),
    ] {
        let hash = served.state()["hash"].as_str().unwrap().to_owned();
        let answer = served.act_on(&hash, &json!({ "edit": act }));
        assert!(answer.status == 422 && answer.json()["text"].as_str().unwrap().contains(words), "{}", answer.text());
    }
    served.act(&json!("undo"));
    assert!(!fs::read_to_string(&file).unwrap().contains("26w"));
    served.act(&json!({ "go": "" }));
    served.act(&json!({ "edit": { "do": "add-system", "name": "Marketo" } }));
    assert!(served.text().contains("marketo") && !fs::read_to_string(&file).unwrap().contains("marketo"));
}

#[test]
fn the_deck_the_workbook_and_the_target_are_handed_out() {
    let served = Served::of("serve-export", &fs::read_to_string("tests/golden/02-one-handoff/stack.yaml").unwrap());
    for (name, start) in [
        ("slides.pptx", &b"PK\x03\x04"[..]),
        ("plan.xlsx", b"PK\x03\x04"),
        ("target.yaml", b"#"),
        ("report.html", b"<!DOCTYPE html>"),
    ] {
        let answer = served.get(&format!("export/{name}"));
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        assert!(answer.head.contains(&format!("attachment; filename=\"{name}\"")), "{}", answer.head);
        assert!(answer.body.starts_with(start), "{name}: {:?}", &answer.body[..20.min(answer.body.len())]);
    }
    let target = served.file.with_file_name("target.yaml");
    fs::write(&target, served.get("export/target.yaml").body).unwrap();
    assert!(run(&["check", target.to_str().unwrap()]).status.success());
}
