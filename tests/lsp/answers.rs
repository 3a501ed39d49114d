//! What is answered: problems, completion, hovers, places, outlines.

use serde_json::{Value, json};

use super::client::{Client, bar};
use super::{STACK, example};

const URI: &str = "file:///somewhere/stack.yaml";

fn at(position: &Value) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": position })
}

/// What can be typed at the bar.
fn completed(text: &str, uri: &str) -> Vec<lsp_types::CompletionItem> {
    let (text, position) = bar(text);
    let mut client = Client::new();
    client.open(uri, &text);
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    let list: lsp_types::CompletionList =
        serde_json::from_value(client.ask("textDocument/completion", params)).unwrap();
    list.items
}

fn labels(text: &str) -> Vec<String> {
    completed(text, URI).into_iter().map(|item| item.label).collect()
}

#[test]
fn all_problems_come_as_typed_with_related_places_and_findings_as_hints() {
    let mut client = Client::new();
    let text = STACK.replace("performer: ops", "performer: oops").replace("export-import", "csv");
    client.open(URI, &text);
    let problems = client.problems(URI, |all| !all.is_empty());
    let codes: Vec<&str> = problems.iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"unknown-id") && codes.contains(&"unknown-word"), "{codes:?}");
    assert!(problems.iter().all(|one| one["source"] == "sinew" && one["range"]["start"]["line"] == 16), "{problems:?}");
    assert!(problems[0]["message"].as_str().unwrap().contains("help: "), "{problems:?}");
    client.change(URI, 2, STACK);
    let hints = client.problems(URI, |all| all.iter().any(|one| one["severity"] == 4));
    let hint = hints.iter().find(|one| one["code"] == "manual-handoff").expect("a handoff is a hint");
    assert_eq!(hint["range"]["start"]["line"], 16);
    let twice = STACK.replace("name: Us", "name: Us\nname: We");
    client.change(URI, 3, &twice);
    let problems = client.problems(URI, |all| all.iter().any(|one| one["code"] == "duplicate-key"));
    let twice = problems.iter().find(|one| one["code"] == "duplicate-key").unwrap();
    assert_eq!(twice["relatedInformation"][0]["location"]["range"]["start"]["line"], 1, "{twice}");
    assert!(client.end().0.success());
}

#[test]
fn the_same_problems_are_told_as_by_the_command_line() {
    let file = crate::support::binary::folder("lsp-same").join("stack.yaml");
    let text = "sinew: 1\nteams: { a: { poeple: 3 } }\nsystems:\n  s: { kind: crmm, owner: b }\n";
    std::fs::write(&file, text).unwrap();
    let said = crate::support::binary::run(&["check", "--format", "json", file.to_str().unwrap()]);
    let said: Value = serde_json::from_slice(&said.stdout).unwrap();
    let said: Vec<(&str, u64)> = said["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["location"]["line"].as_u64().unwrap() - 1))
        .collect();
    assert!(said.len() >= 3, "{said:?}");
    let mut client = Client::new();
    client.open(URI, text);
    let shown = client.problems(URI, |all| !all.is_empty());
    let shown: Vec<(&str, u64)> = shown
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["range"]["start"]["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(shown, said);
}

#[test]
fn keys_come_from_the_table_and_those_that_are_there_do_not_come_again() {
    let all = labels("sinew: 1\nsystems:\n  crm:\n    kind: crm\n    ‸\n");
    assert!(all.contains(&"product".to_owned()) && all.contains(&"owner".to_owned()), "{all:?}");
    assert!(!all.contains(&"kind".to_owned()) && !all.contains(&"flows".to_owned()));
    assert_eq!(labels("sinew: 1\nflows:\n  - ‸")[..4], ["from", "to", "data", "mechanism"]);
    let item = completed("sinew: 1\nsystems:\n  crm: { own‸ }\n", URI).into_iter().find(|one| one.label == "owner");
    let item = serde_json::to_value(item.unwrap()).unwrap();
    assert_eq!(item["textEdit"]["newText"], "owner: ");
    assert_eq!(item["textEdit"]["range"]["start"]["character"], 9);
    assert!(item["documentation"].as_str().unwrap().contains("The team that owns it"), "{item}");
}

#[test]
fn ids_are_of_the_right_kind_and_words_are_those_of_the_key() {
    let with = |key: &str| STACK.replace("performer: ops", key);
    assert_eq!(labels(&with("performer: ‸")), ["ops"]);
    assert_eq!(labels(&STACK.replace("to: mailer", "to: ‸")), ["crm", "mailer"]);
    assert_eq!(labels(&STACK.replace("data: lead,", "data: [‸],")), ["lead"]);
    assert_eq!(labels(&with("watched_by: ‸")), ["ops", "nobody"]);
    let mechanisms = labels(&STACK.replace("mechanism: export-import", "mechanism: ex‸"));
    assert!(
        mechanisms.contains(&"export-import".to_owned()) && mechanisms.contains(&"ipaas".to_owned()),
        "{mechanisms:?}"
    );
    let rules = labels(&format!("{STACK}accept:\n  - rule: ‸\n"));
    assert!(rules.contains(&"manual-handoff".to_owned()) && rules.len() > 20, "{rules:?}");
    let kinds = labels("sinew: 1\nsystems:\n  a:\n    kind: ‸");
    assert!(kinds.contains(&"crm".to_owned()), "{kinds:?}");
}

#[test]
fn products_are_found_by_their_names() {
    let all = completed("sinew: 1\nsystems:\n  a: { product: sales‸ }\n", URI);
    let one = all.iter().find(|item| {
        item.label == "salesforce-sales-cloud" || item.filter_text.as_deref().is_some_and(|text| text.contains("SFDC"))
    });
    assert!(one.is_some_and(|one| one.detail.as_deref().is_some_and(|detail| detail.contains("crm"))), "{one:?}");
    assert!(all.len() > 100);
}

#[test]
fn json_is_completed_as_json() {
    let uri = "file:///somewhere/stack.json";
    let item =
        completed("{ \"sinew\": 1, \"systems\": { \"a\": { ‸ } } }", uri).into_iter().find(|one| one.label == "kind");
    assert_eq!(serde_json::to_value(item.unwrap()).unwrap()["textEdit"]["newText"], "\"kind\": ");
    let text = "{ \"sinew\": 1, \"systems\": { \"a\": { \"kind\": \"c‸\" } } }";
    let item = completed(text, uri).into_iter().find(|one| one.label == "crm").unwrap();
    assert_eq!(serde_json::to_value(item).unwrap()["textEdit"]["newText"], "crm");
}

/// What is shown at the bar.
fn shown(text: &str) -> String {
    let (text, position) = bar(text);
    let mut client = Client::new();
    client.open(URI, &text);
    let answer = client.ask("textDocument/hover", at(&position));
    let hover: lsp_types::Hover = serde_json::from_value(answer).unwrap();
    let lsp_types::HoverContents::Markup(markup) = hover.contents else { panic!("no Markdown") };
    markup.value
}

#[test]
fn a_system_shows_what_it_stops_and_costs_and_a_flow_its_hours() {
    let system = shown(&STACK.replace("from: crm", "from: c‸rm"));
    assert!(system.contains("**CRM**: system (crm)"), "{system}");
    assert!(system.contains("- **Processes that stop**: Newsletter"), "{system}");
    assert!(system.contains("- **Cost per hour**: USD 100"), "{system}");
    // 50 a week for 30 minutes: 50 × 52 × 0.5 hours at USD 60.
    for place in
        ["id: l‸ists", "id: lists, from: crm, to: mailer, data: lead, mechanism: export-import, performer: ops, run‸s"]
    {
        let from = place.replace('‸', "");
        let flow = shown(&STACK.replace(&from, place));
        assert!(flow.contains("- **Hours a year**: 1,300") && flow.contains("78,000"), "{flow}");
    }
}

#[test]
fn a_key_shows_its_meaning_and_its_page() {
    let key = shown(&STACK.replace("performer: ops", "perf‸ormer: ops"));
    assert!(key.contains("`performer`: The team that performs it, where it is manual."), "{key}");
    assert!(key.contains("`docs/stack-file.md#flows`"), "{key}");
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/stack-file.md")).unwrap();
    for heading in ["## `flows`", "## `systems`", "## `teams`", "## `stack file`"] {
        assert!(page.contains(heading), "{heading}");
    }
}

#[test]
fn names_cannot_become_markup() {
    let text = STACK
        .replace("name: CRM", "name: \"<img src=x> [a](http://b) `c` **d** \\u202e\"")
        .replace("from: crm", "from: c‸rm");
    let shown = shown(&text);
    assert!(shown.contains("\\<img src=x> \\[a\\](http&#58;//b) \\`c\\` \\*\\*d\\*\\*"), "{shown}");
    assert!(!shown.contains('\u{202e}'));
}

#[test]
fn ids_lead_to_their_definitions_and_to_all_that_names_them() {
    let (text, position) = bar(&STACK.replace("at: mailer", "at: mail‸er"));
    let mut client = Client::new();
    client.open(URI, &text);
    let there: Vec<lsp_types::Location> =
        serde_json::from_value(client.ask("textDocument/definition", at(&position))).unwrap();
    assert_eq!((there.len(), there[0].range.start.line, there[0].range.start.character), (1, 8, 2));
    let lines = |client: &mut Client, with: bool| {
        let mut params = at(&position);
        params["context"] = json!({ "includeDeclaration": with });
        let all: Vec<lsp_types::Location> =
            serde_json::from_value(client.ask("textDocument/references", params)).unwrap();
        all.iter().map(|one| one.range.start.line).collect::<Vec<_>>()
    };
    assert_eq!(lines(&mut client, true), [8, 16, 18]);
    assert_eq!(lines(&mut client, false), [16, 18]);
    let nothing = client.ask("textDocument/definition", at(&json!({ "line": 1, "character": 0 })));
    assert_eq!(nothing, Value::Null);
}

#[test]
fn the_outline_has_every_entry_within_its_list() {
    let mut client = Client::new();
    let text = std::fs::read_to_string(example("messy-45")).unwrap();
    client.open(URI, &text);
    let answer = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    let all: Vec<lsp_types::DocumentSymbol> = serde_json::from_value(answer).unwrap();
    let list = |name: &str| all.iter().find(|one| one.name == name).unwrap().children.clone().unwrap();
    assert_eq!(list("systems").len(), 45);
    for section in &all {
        for one in section.children.iter().flatten() {
            assert!(section.range.start <= one.range.start && one.range.end <= section.range.end, "{}", one.name);
            assert!(one.range.start <= one.selection_range.start && one.selection_range.end <= one.range.end);
        }
    }
    assert!(list("flows")[0].detail.is_some());
}

#[test]
fn columns_are_counted_as_was_agreed() {
    for (offered, encoding, column) in [(json!(["utf-16"]), "utf-16", 21), (json!(["utf-8", "utf-16"]), "utf-8", 26)] {
        let mut client = Client::silent();
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let hello = client.ask("initialize", json!({ "capabilities": capabilities }));
        assert_eq!(hello["capabilities"]["positionEncoding"], encoding);
        client.open(URI, "sinew: 1\nteams:\n  t: { notes: 😀äöü, knd: x }\n");
        let problems = client.problems(URI, |all| !all.is_empty());
        let unknown =
            problems.iter().find(|one| one["code"] == "unknown-key").unwrap_or_else(|| panic!("{problems:?}"));
        assert_eq!(unknown["range"]["start"]["character"], column, "{unknown}");
    }
}

#[test]
fn files_that_are_no_stacks_are_left_alone() {
    let mut client = Client::new();
    let uri = "file:///somewhere/compose.yaml";
    client.open(uri, "services:\n  web: { image: x }\n");
    assert_eq!(client.problems(uri, |_| true), Vec::<Value>::new());
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 3 } });
    assert_eq!(client.ask("textDocument/hover", params), Value::Null);
}
