//! Answers for programs: valid whatever is wrong with the input or the call, with exit code 2.

use std::fs;

use serde_json::Value;

use crate::support::binary::{code, err, folder, out, run};

/// Commands that answer about one stack, with what they ask beside it.
const ABOUT_A_STACK: [&[&str]; 7] =
    [&["check"], &["handoffs"], &["outage"], &["outage", "--without", "crm"], &["stage"], &["plan"], &["questions"]];

#[test]
fn every_command_answers_programs_whatever_is_wrong() {
    let schema: Value = serde_json::from_str(out(&run(&["schema", "diagnosis"]))).unwrap();
    let diagnosis = jsonschema::validator_for(&schema).unwrap();
    let sarif = crate::gate::sarif_schema();
    let folder = folder("machine-formats");
    let path = |name: &str, bytes: &[u8]| {
        fs::write(folder.join(name), bytes).unwrap();
        folder.join(name).display().to_string()
    };
    let bad = [
        path("wrong.yaml", b"sinew: 2\nsystems: { crm: { kind: zzz }\n"),
        path("slip.json", b"{ \"sinew\": 1, \"systems\": { \"crm\": { 'kind': \"zzz\" }, } }"),
        path("latin1.yaml", b"sinew: 1\nname: B\xfcro\n"),
        path("drawing.drawio", b"<mxfile><diagram name=\"x\">7VhN</diagram></mxfile>"),
        folder.join("none.yaml").display().to_string(),
    ];
    let good = path("good.yaml", b"sinew: 1\nsystems: { crm: { kind: crm } }\n");
    let mut calls: Vec<Vec<&str>> = Vec::new();
    for stack in &bad {
        for words in ABOUT_A_STACK {
            calls.push([&words[..1], &[stack], &words[1..], &["--format", "json"]].concat());
        }
        calls.push(vec!["check", stack, "--format", "sarif"]);
        calls.push(vec!["check", stack, "--format=sarif"]);
        calls.push(vec!["check", &good, "--baseline", stack, "--format", "json"]);
        calls.push(vec!["check", &good, "--baseline", stack, "--format", "sarif"]);
        for pair in [[stack, &good], [&good, stack], [stack, stack]] {
            calls.push(vec!["diff", pair[0], pair[1], "--format", "json"]);
        }
    }
    // What is wrong with the call itself.
    calls.push(vec!["outage", &good, "--without", "nobody", "--without", "nothing", "--format", "json"]);
    calls.push(vec!["check", &good, "--no-such-option", "--format", "json"]);
    calls.push(vec!["check", &good, "--deny", "no-such-rule", "--format=sarif"]);
    calls.push(vec!["plan", &good, "--horizon", "soon", "--format", "json"]);
    calls.push(vec!["stage", "--format", "json"]);
    calls.push(vec!["catalog", "show", "no such product", "--format", "json"]);
    calls.push(vec!["catalog", "route", "salesforce", "no such product", "--format", "json"]);
    for call in calls {
        let output = run(&call);
        assert_eq!(code(&output), 2, "{call:?}: {}", err(&output));
        assert!(err(&output).contains("error"), "words still go to standard error: {call:?}");
        let answer: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{call:?}: {error}: {}", out(&output)));
        if call.iter().any(|word| word.contains("sarif")) {
            assert!(sarif.is_valid(&answer), "{call:?}: {answer:#}");
            assert!(!answer["runs"][0]["results"].as_array().unwrap().is_empty(), "{call:?}");
        } else {
            assert!(diagnosis.is_valid(&answer), "{call:?}: {answer:#}");
            assert!(!answer["diagnostics"].as_array().unwrap().is_empty(), "{call:?}");
        }
    }
}

#[test]
fn each_thing_that_is_wrong_with_a_call_is_a_diagnostic() {
    let stack = "examples/stacks/tiny.yaml";
    let output = run(&["outage", stack, "--without", "nobody", "--without", "nothing", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let said: Vec<&str> =
        answer["diagnostics"].as_array().unwrap().iter().map(|one| one["message"].as_str().unwrap()).collect();
    assert_eq!(said, ["there is no component `nobody`", "there is no component `nothing`"]);
}
