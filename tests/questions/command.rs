//! The command, and the questions in every answer that has them.

use std::fs;

use serde_json::Value;

use crate::support::binary::{code, folder, out, run};

const TINY: &str = "examples/stacks/tiny.yaml";
const HOSTILE: &str = "tests/golden/04-hostile-names/stack.yaml";

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert_eq!(code(&output), 0, "{arguments:?}");
    serde_json::from_str(out(&output)).unwrap()
}

#[test]
fn the_first_questions_come_first_and_the_rest_is_counted() {
    let all = json(&["questions", TINY, "--format", "json"]);
    let all = all["questions"].as_array().unwrap();
    assert!(all.len() > 10);
    let text = run(&["questions", TINY]);
    let text = out(&text);
    assert!(text.starts_with(&format!("{} questions", all.len())), "{text}");
    assert!(text.contains(&format!("{} more questions: --all shows everything.", all.len() - 5)), "{text}");
    let shown = |text: &str| (1..).take_while(|at| text.contains(&format!("\n{at}. "))).count();
    assert_eq!(shown(text), 5);
    assert_eq!(shown(out(&run(&["questions", TINY, "--all"]))), all.len());
    assert_eq!(shown(out(&run(&["questions", TINY, "--top", "2"]))), 2);
    assert_eq!(
        json(&["questions", TINY, "--top", "2", "--format", "json"])["questions"].as_array().unwrap(),
        &all[..2]
    );
    let schema: Value = serde_json::from_str(out(&run(&["schema", "report"]))).unwrap();
    let report = json(&["questions", TINY, "--format", "json"]);
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&report));
    for question in all {
        assert!(question["worth"].is_null() == question["unit"].is_null(), "{question}");
        assert!(question["worth"].as_f64().is_none_or(|worth| worth >= 0.0), "{question}");
        assert!(question["exact"] == (question["unit"] == "horizon"), "{question}");
        assert!(question["place"]["file"] == TINY && question["place"]["line"].as_u64() > Some(0), "{question}");
    }
}

#[test]
fn a_stack_with_nothing_to_ask_says_so() {
    let folder = folder("questions-none");
    let path = folder.join("whole.yaml").display().to_string();
    let text = "sinew: 1
systems: { a: { kind: other, availability: 99%, owner: ops }, b: { kind: other, availability: 99%, owner: ops } }
data: { lead: {} }
teams: { ops: { people: 3 } }
flows: [{ from: a, to: b, data: lead, mechanism: api, watched_by: ops }]
processes: { sync: { owner: ops, outage_cost: 10, needs: [{ data: lead, at: b }] } }
";
    fs::write(&path, text).unwrap();
    let said = run(&["questions", &path]);
    assert_eq!(out(&said), "Nothing is left to ask: what results need is stated, and nothing is marked as a guess.\n");
    assert_eq!(json(&["questions", &path, "--format", "json"])["questions"], serde_json::json!([]));
    assert!(!out(&run(&["check", &path])).contains("Open questions"));
}

#[test]
fn a_check_ends_with_the_first_three_by_the_year() {
    let report = json(&["check", TINY, "--format", "json"]);
    let questions = report["questions"].as_array().unwrap();
    assert_eq!(questions.len(), 3);
    assert!(questions.iter().all(|one| one["exact"] == false && one["unit"] != "horizon"));
    let text = run(&["check", TINY]);
    let text = out(&text);
    let end = &text[text.find("Open questions").expect("the check ends with questions")..];
    for question in questions {
        assert!(end.contains(question["ask"].as_str().unwrap()), "{end}");
    }
    assert!(end.contains("more questions in sinew questions --all."), "{end}");
}

#[test]
fn in_a_workbook_the_place_is_the_cell() {
    let folder = folder("questions-workbook");
    let book = folder.join("book").display().to_string();
    assert_eq!(code(&run(&["export", TINY, "-o", &book, "--format", "csv"])), 0);
    let of_file = json(&["questions", TINY, "--format", "json"]);
    let of_book = json(&["questions", &book, "--format", "json"]);
    let of_book = of_book["questions"].as_array().unwrap();
    let of_file = of_file["questions"].as_array().unwrap();
    assert_eq!(of_book.len(), of_file.len());
    for (of_book, of_file) in of_book.iter().zip(of_file) {
        assert_eq!((&of_book["id"], &of_book["worth"]), (&of_file["id"], &of_file["worth"]));
        assert_eq!(of_book["cells"], of_file["cells"], "the cells of an export are those of the workbook");
        if let Some(first) = of_book["cells"][0].as_str() {
            let place = &of_book["place"];
            assert!(first.starts_with(&format!("{}!", place["sheet"].as_str().unwrap())), "{of_book}");
            assert!(first.ends_with(&place["line"].to_string()), "{of_book}");
        }
    }
}

/// Every name of the stack is an attack on some format.
#[test]
fn hostile_names_are_escaped_in_every_form() {
    for format in ["text", "markdown", "json"] {
        let output = run(&["questions", HOSTILE, "--all", "--format", format]);
        let text = out(&output);
        assert!(text.len() > 500, "{format}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{format}: no control character comes out");
        if format == "markdown" {
            assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
        }
    }
}
