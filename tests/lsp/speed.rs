//! Answers to a keystroke: `cargo test --profile bench --test all lsp::speed -- --ignored --nocapture` says how long they take.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::Client;
use super::example;

const URI: &str = "file:///somewhere/stack.yaml";

/// A stack of as many systems, each with a flow from the one before, a tenth of them by hand.
fn of(systems: usize) -> String {
    let mut text = "sinew: 1\nname: Many\nhourly_rate: 60\nteams:\n  ops: { people: 2 }\ndata:\n  lead: { name: Lead }\nsystems:\n".to_owned();
    for at in 0..systems {
        let makes = if at == 0 { ", makes: [lead]" } else { "" };
        let _ = writeln!(text, "  s{at}: {{ kind: other, owner: ops{makes} }}");
    }
    text.push_str("flows:\n");
    for at in 1..systems {
        let how = if at % 10 == 0 { "copy-paste, performer: ops, runs: 5/week, minutes: 10" } else { "api" };
        let _ = writeln!(text, "  - {{ from: s{}, to: s{at}, data: lead, mechanism: {how} }}", at - 1);
    }
    let _ = writeln!(text, "processes:\n  p: {{ needs: [{{ data: lead, at: s{} }}], outage_cost: 10 }}", systems - 1);
    text
}

/// The longest of the answers to single keystrokes: each a change, then what an editor asks.
fn longest(text: &str) -> [Duration; 3] {
    let mut client = Client::new();
    client.open(URI, text);
    client.problems(URI, |_| true);
    let line = text.lines().position(|line| line.starts_with("systems:")).unwrap() + 1;
    let mut longest = [Duration::ZERO; 3];
    let mut typed = String::new();
    for (nth, letter) in "# typing".chars().enumerate() {
        typed.push(letter);
        let place = json!({ "line": line, "character": typed.chars().count() - 1 });
        let change = json!({ "range": { "start": place, "end": place }, "text": letter.to_string() });
        let change = if nth == 0 { json!({ "range": change["range"], "text": "#\n" }) } else { change };
        let began = Instant::now();
        let version = nth as i64 + 2;
        client.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [change] }),
        );
        let place = json!({ "line": line + 1, "character": 4 });
        client.ask("textDocument/completion", json!({ "textDocument": { "uri": URI }, "position": place }));
        longest[0] = longest[0].max(began.elapsed());
        client.wait(|message| message["params"]["version"] == version);
        longest[1] = longest[1].max(began.elapsed());
    }
    let began = Instant::now();
    client.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": URI }, "position": { "line": line + 1, "character": 3 } }),
    );
    longest[2] = began.elapsed();
    longest
}

#[test]
#[ignore = "a measurement, for an optimized program"]
fn answers_to_a_keystroke_are_fast() {
    let messy = std::fs::read_to_string(example("messy-45")).unwrap();
    for (name, text, most) in [("messy-45", messy, 50), ("45 in a row", of(45), 50), ("2,000 in a row", of(2_000), 300)]
    {
        let [completion, problems, hover] = longest(&text);
        eprintln!("{name}: completion {completion:?}, problems {problems:?}, hover {hover:?}");
        let most = Duration::from_millis(most);
        assert!(completion < most && problems < most, "{name}: {completion:?}, {problems:?}");
    }
}

#[test]
fn findings_follow_once_nobody_types_and_those_of_an_older_text_are_left() {
    let mut client = Client::new();
    client.open(URI, &of(60));
    for version in 2..12 {
        client.change(URI, version, &of(60 + version as usize));
    }
    let hints = client.problems(URI, |all| all.iter().any(|one| one["severity"] == 4));
    assert!(!hints.is_empty());
    // The last text has 71 systems: what was found of another is never shown with it.
    let last = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URI } }));
    let systems = last.as_array().unwrap().iter().find(|one| one["name"] == "systems").unwrap();
    assert_eq!(systems["children"].as_array().unwrap().len(), 71);
}
