//! What is changed: renamed ids, fixes, and small edits, all of which keep the comments.

use serde_json::{Value, json};

use super::STACK;
use super::client::{Client, bar, edited};

const URI: &str = "file:///somewhere/stack.yaml";

/// The actions at the bar, each with its title and the text afterwards, once nothing more is found.
fn actions(client: &mut Client, uri: &str, text: &str, position: &Value) -> Vec<(String, String)> {
    let params = json!({
        "textDocument": { "uri": uri }, "range": { "start": position, "end": position }, "context": { "diagnostics": [] },
    });
    let all = client.ask("textDocument/codeAction", params);
    let typed: Vec<lsp_types::CodeAction> = serde_json::from_value(all.clone()).expect("actions of the protocol");
    assert!(typed.iter().all(|action| action.kind == Some(lsp_types::CodeActionKind::QUICKFIX)));
    let mut found = Vec::new();
    for action in all.as_array().unwrap() {
        let action = match action.get("edit") {
            Some(_) => action.clone(),
            None => client.ask("codeAction/resolve", action.clone()),
        };
        let title = action["title"].as_str().unwrap().to_owned();
        found.push((title, edited(text, &action["edit"]["changes"][uri])));
    }
    found
}

/// The text after the action whose title has these words, at the bar of a text in which `found` findings are awaited.
fn after(text: &str, uri: &str, title: &str, later: bool) -> String {
    let (text, position) = bar(text);
    let properties = if later { json!({ "properties": ["edit"] }) } else { Value::Null };
    let mut client = Client::with(json!({ "textDocument": { "codeAction": { "resolveSupport": properties } } }));
    client.open(uri, &text);
    if title.starts_with("Accept") {
        client.problems(uri, |all| all.iter().any(|one| one["severity"] == 4));
    }
    let all = actions(&mut client, uri, &text, &position);
    let found = all.iter().find(|(one, _)| one.contains(title));
    found.unwrap_or_else(|| panic!("no {title:?} among {all:#?}")).1.clone()
}

fn sound(text: &str) {
    let reading = sinew::model::read(&sinew::source::Source::new("stack.yaml", text.to_owned()));
    assert!(reading.stack.is_some(), "{:?}\n{text}", reading.problems);
}

#[test]
fn the_replacement_of_the_help_line_is_made() {
    let text = STACK.replace("kind: crm,", "kind: cr‸mm,");
    let new = after(&text, URI, "Write `crm`", false);
    assert_eq!(new, STACK);
    let both = STACK.replace("export-import", "c‸sv");
    let (text, position) = bar(&both);
    let mut client = Client::new();
    client.open(URI, &text);
    let all = actions(&mut client, URI, &text, &position);
    assert!(all.len() >= 2, "each meaning is an action: {all:?}");
    assert!(all.iter().any(|(_, new)| new == STACK), "{all:?}");
}

#[test]
fn a_missing_entry_is_added_in_yaml_and_in_json() {
    let text = STACK.replace("performer: ops", "performer: newco‸mers");
    let new = after(&text, URI, "newcomers", false);
    assert!(new.contains("newcomers: {}") && new.contains("# ours") && new.contains("# by hand"), "{new}");
    sound(&new);
    let uri = "file:///somewhere/stack.json";
    let text = "{ \"sinew\": 1, \"systems\": { \"a\": { \"kind\": \"crm\", \"owner\": \"op‸s\" } } }\n";
    let new = after(text, uri, "Add the team `ops`", true);
    let read: Value = serde_json::from_str(&new).unwrap();
    assert!(read["teams"]["ops"].is_object() || read["teams"]["ops"].is_null(), "{new}");
    assert!(read["teams"].as_object().unwrap().contains_key("ops"), "{new}");
    let near = STACK.replace("from: crm", "from: cr‸n");
    let new = after(&near, URI, "Add the system `crn`", false);
    assert!(new.contains("crn"), "{new}");
}

#[test]
fn a_finding_is_accepted_and_waits_for_its_reason() {
    for later in [false, true] {
        let text = STACK.replace("- { id: lists", "- { id: li‸sts");
        let new = after(&text, URI, "Accept this finding: ", later);
        assert!(new.contains("accept:\n") && new.contains("why:") && new.contains("# by hand"), "{new}");
        let (accepted, _) = new.split_once("why:").unwrap();
        assert!(accepted.contains(":lists"), "{new}");
        sound(&new);
    }
}

#[test]
fn a_guess_is_confirmed() {
    let text = STACK.replace("guessed: [kind]", "guessed: [ki‸nd]");
    let new = after(&text, URI, "Confirm `kind` of Mailer", true);
    assert!(!new.contains("guessed: [kind]") && new.contains("kind: marketing-automation"), "{new}");
    sound(&new);
}

#[test]
fn interfaces_are_added_to_a_system_of_which_none_are_known() {
    let text = STACK.replace("  mailer:", "  mai‸ler:");
    let new = after(&text, URI, "interfaces: [rest]", true);
    assert!(new.contains("    interfaces: [rest]\n") && new.contains("# ours"), "{new}");
    sound(&new);
    let none = after(&text, URI, "interfaces: []", false);
    let read = sinew::model::read(&sinew::source::Source::new("stack.yaml", none.clone())).stack.expect(&none);
    let mailer = read.system(read.find_system("mailer").unwrap());
    assert_eq!(mailer.facts.interfaces.as_ref().map(Vec::len), Some(0), "{none}");
    let known =
        text.replace("    kind: marketing-automation\n", "    kind: marketing-automation\n    interfaces: [bulk]\n");
    let (known, position) = bar(&known);
    let mut client = Client::new();
    client.open(URI, &known);
    let all = actions(&mut client, URI, &known, &position);
    assert!(all.iter().all(|(title, _)| !title.contains("interfaces")), "{all:?}");
}

#[test]
fn an_id_is_renamed_everywhere_and_its_former_id_is_offered() {
    let (text, position) = bar(&STACK.replace("  mailer:\n", "  mai‸ler:\n"));
    let mut client = Client::new();
    client.open(URI, &text);
    let place = json!({ "textDocument": { "uri": URI }, "position": position });
    let ready = client.ask("textDocument/prepareRename", place.clone());
    assert_eq!(ready["placeholder"], "mailer");
    let with = |new: &str| {
        let mut params = place.clone();
        params["newName"] = new.into();
        params
    };
    let (code, why) = client.refusal("textDocument/rename", with("crm"));
    assert_eq!((code, why.as_str()), (-32803, "there is a system `crm` already"));
    let edit = client.ask("textDocument/rename", with("marketo"));
    let _: lsp_types::WorkspaceEdit = serde_json::from_value(edit.clone()).unwrap();
    let new = edited(&text, &edit["changes"][URI]);
    assert_eq!(new, STACK.replace("mailer", "marketo"));
    sound(&new);
    client.change(URI, 2, &new);
    let all = actions(&mut client, URI, &new, &position);
    let (_, with_was) =
        all.iter().find(|(title, _)| title.contains("`was: mailer`")).unwrap_or_else(|| panic!("{all:?}"));
    assert!(with_was.contains("was: mailer"), "{with_was}");
    sound(with_was);
}

#[test]
fn changes_of_parts_are_followed_over_letters_of_any_width() {
    let mut client = Client::new();
    let text = "sinew: 1\nname: 😀 ä\nteams: { a: {} }\n";
    client.open(URI, text);
    client.problems(URI, |_| true);
    let place = |line: u32, character: u32| json!({ "line": line, "character": character });
    let changes = json!([
        { "range": { "start": place(1, 8), "end": place(1, 10) }, "text": ": b" },
        { "range": { "start": place(2, 9), "end": place(2, 9) }, "text": "b: {}, " },
    ]);
    let params = json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": changes });
    client.tell("textDocument/didChange", params);
    // `name: 😀: b` is a slip whose fix puts quotes around it.
    let problems = client.problems(URI, |all| !all.is_empty());
    assert!(problems.iter().all(|one| one["range"]["start"]["line"] == 1), "{problems:?}");
    let answer = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    assert!(answer.to_string().contains("\"b\""), "{answer}");
}

#[test]
fn an_edit_of_an_older_text_is_refused() {
    let (text, position) = bar(&STACK.replace("  mailer:", "  mai‸ler:"));
    let mut client =
        Client::with(json!({ "textDocument": { "codeAction": { "resolveSupport": { "properties": ["edit"] } } } }));
    client.open(URI, &text);
    let params = json!({
        "textDocument": { "uri": URI }, "range": { "start": position, "end": position }, "context": { "diagnostics": [] },
    });
    let all = client.ask("textDocument/codeAction", params);
    let action = all.as_array().unwrap().iter().find(|one| one.get("data").is_some()).unwrap().clone();
    client.change(URI, 2, &format!("# new\n{text}"));
    let (code, why) = client.refusal("codeAction/resolve", action);
    assert_eq!(code, -32803);
    assert!(why.contains("ask again"), "{why}");
}
