//! The gate of a pull request: SARIF, baselines, differences, and stacks for strangers' eyes, as the binary gives them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::binary::{code, err, out, run};
use serde_json::Value;
use sinew::report::schema::diff_schema;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", err(&output)))
}

/// A file of this test alone.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gate");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

const HANDOFF: &str = "tests/golden/02-one-handoff/stack.yaml";
const ACCEPTED: &str = "tests/golden/06-accepted/stack.yaml";
const STAGE_3: &str = "examples/stacks/stage-3-marketo-enterprise.yaml";

pub(crate) fn sarif_schema() -> jsonschema::Validator {
    let text = fs::read_to_string(project().join("tests/support/sarif/sarif-schema-2.1.0.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // The pattern for languages, which we do not state, has a bracket too many for a strict reader of expressions.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn sarif_keeps_to_the_schema_of_the_standard() {
    let schema = sarif_schema();
    let folders = fs::read_dir(project().join("tests/golden")).unwrap();
    let mut stacks: Vec<String> =
        folders.map(|folder| folder.unwrap().path().join("stack.yaml").display().to_string()).collect();
    assert!(stacks.len() > 5);
    stacks.push(STAGE_3.into());
    for stack in &stacks {
        let log = json(&["check", stack, "--format", "sarif"]);
        let faults: Vec<String> = schema.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{stack}: {faults:#?}");
    }
    let good = json(&["check", STAGE_3, "--format", "sarif"]);
    let spoils: [fn(&mut Value); 4] = [
        |log| log["version"] = "2.2".into(),
        |log| log["runs"][0]["results"][0]["level"] = "high".into(),
        |log| log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into(),
        |log| drop(log["runs"][0]["results"][0].as_object_mut().unwrap().remove("message")),
    ];
    for (at, spoil) in spoils.iter().enumerate() {
        let mut log = good.clone();
        spoil(&mut log);
        assert!(!schema.is_valid(&log), "spoil {at} is not noticed");
    }
}

#[test]
fn sarif_says_what_the_report_says_and_where() {
    for stack in [STAGE_3, ACCEPTED] {
        let report = json(&["check", stack, "--format", "json"]);
        let log = json(&["check", stack, "--format", "sarif"]);
        let (findings, run) = (report["findings"].as_array().unwrap(), &log["runs"][0]);
        let results = run["results"].as_array().unwrap();
        assert_eq!(findings.len(), results.len());
        let prints: std::collections::BTreeSet<String> =
            results.iter().map(|result| result["partialFingerprints"].to_string()).collect();
        assert_eq!(prints.len(), results.len(), "readers show one result of each fingerprint");
        let text = fs::read_to_string(project().join(stack)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (finding, result) in findings.iter().zip(results) {
            let fingerprint = result["partialFingerprints"]["sinewFingerprint/v2"].as_str().unwrap();
            assert_eq!(fingerprint.split('#').next(), finding["fingerprint"].as_str());
            let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!((&rule["id"], &result["ruleId"]), (&finding["rule"], &finding["rule"]));
            assert!(rule["help"]["text"].as_str().unwrap().starts_with(&format!("# {}", rule["id"].as_str().unwrap())));
            let level = match finding["severity"].as_str().unwrap() {
                "high" => "error",
                "medium" => "warning",
                _ => "note",
            };
            assert_eq!(result["level"], level);
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], stack);
            let region = |key: &str| place["region"][key].as_u64().unwrap() as usize;
            let start = (region("startLine"), region("startColumn"));
            assert_eq!(start.0 as u64, finding["location"]["line"].as_u64().unwrap());
            assert_eq!(start.1 as u64, finding["location"]["column"].as_u64().unwrap());
            let end = (region("endLine"), region("endColumn"));
            assert!(end > start, "{region:?}", region = place["region"]);
            assert!(end.1 <= lines[end.0 - 1].chars().count() + 1, "the end lies in the file");
            // Between the two columns of one line stands what the finding is about, or its entry.
            if start.0 == end.0 {
                let line: Vec<char> = lines[start.0 - 1].chars().collect();
                let marked: String = line[start.1 - 1..end.1 - 1].iter().collect();
                assert_eq!(marked.trim(), marked);
            }
            let suppressions = result["suppressions"].as_array().unwrap();
            assert_eq!(!suppressions.is_empty(), finding["accepted"].as_bool().unwrap());
        }
    }
    let log = json(&["check", ACCEPTED, "--format", "sarif"]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let accepted = results.iter().find(|result| result["suppressions"][0].is_object()).unwrap();
    assert_eq!(accepted["suppressions"][0]["kind"], "inSource");
    assert!(accepted["suppressions"][0]["justification"].is_string());
}

#[test]
fn only_what_is_new_since_the_baseline_fails() {
    let report = run(&["check", STAGE_3, "--format", "json"]);
    let full = file("full.json", out(&report));
    let full = full.to_str().unwrap();
    let denied = |baseline: &str| code(&run(&["check", STAGE_3, "--deny-severity", "low", "--baseline", baseline]));
    assert_eq!(code(&run(&["check", STAGE_3, "--deny-severity", "low"])), 1);
    assert_eq!(denied(full), 0, "nothing is new");
    let change = &json(&["check", STAGE_3, "--format", "json", "--baseline", full])["baseline"];
    assert!(change["new"].as_array().unwrap().is_empty() && change["fixed"].as_array().unwrap().is_empty());
    // Without one finding in the baseline it is new; with one more there, that is fixed.
    let mut less: Value = serde_json::from_str(out(&report)).unwrap();
    let findings = less["findings"].as_array_mut().unwrap();
    let missing = findings.remove(0);
    let mut gone = missing.clone();
    gone["id"] = "ai-silo:madkudu".into();
    gone["fingerprint"] = "ai-silo/system:madkudu".into();
    findings.push(gone);
    let path = file("less.json", &less.to_string());
    let path = path.to_str().unwrap();
    assert_eq!(denied(path), 1);
    let output = run(&["check", STAGE_3, "--baseline", path]);
    assert_eq!(code(&output), 0, "nothing is denied unless it is said");
    assert!(out(&output).contains("1 new, 1 fixed, "), "{}", out(&output));
    let change = &json(&["check", STAGE_3, "--format", "json", "--baseline", path])["baseline"];
    assert_eq!(change["new"], Value::Array(vec![missing["id"].clone()]));
    assert_eq!(change["fixed"][0]["id"], "ai-silo:madkudu");
    let log = json(&["check", STAGE_3, "--format", "sarif", "--baseline", path]);
    assert!(sarif_schema().is_valid(&log));
    let states: Vec<&str> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["baselineState"].as_str().unwrap())
        .collect();
    assert_eq!(states[0], "new");
    assert!(states[1..].iter().all(|state| *state == "unchanged"));
    // A finding that was milder then fails like a new one.
    let mut milder: Value = serde_json::from_str(out(&report)).unwrap();
    let finding = milder["findings"].as_array_mut().unwrap().first_mut().unwrap();
    assert_eq!(finding["severity"], "high");
    finding["severity"] = "low".into();
    let worse = file("milder.json", &milder.to_string());
    let worse = worse.to_str().unwrap();
    assert_eq!(denied(worse), 1);
    assert!(out(&run(&["check", STAGE_3, "--baseline", worse])).contains("0 new, 1 more severe, 0 fixed, "));
    let log = json(&["check", STAGE_3, "--format", "sarif", "--baseline", worse]);
    assert_eq!(log["runs"][0]["results"][0]["baselineState"], "updated");
    // Another rule than that of the new finding may be denied.
    let rule = missing["rule"].as_str().unwrap();
    assert_eq!(code(&run(&["check", STAGE_3, "--deny", rule, "--baseline", path])), 1);
    assert_eq!(code(&run(&["check", STAGE_3, "--deny", "stale-feed", "--baseline", path])), 0);
}

#[test]
fn what_is_no_baseline_is_refused() {
    let stack = "tests/golden/02-one-handoff/stack.yaml";
    for (name, text, expected) in [
        ("none.json", "", "found an empty file"),
        ("yaml.json", "sinew: 1\n", "found a stack file"),
        ("deep.json", &format!("{{\"a\":{}", "[".repeat(1_000_000)), "expected a report of sinew in JSON"),
        ("other.json", "{ \"sinew\": 1, \"stack\": { \"ids\": [\"shop\"] }, \"findings\": [] }", "about another stack"),
        ("old.json", "{ \"sinew\": 99, \"findings\": [] }", "version 99"),
        ("handoffs.json", "{ \"sinew\": 1, \"handoffs\": [] }", "no findings"),
    ] {
        let path = file(name, text);
        let output = run(&["check", stack, "--baseline", path.to_str().unwrap()]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(err(&output).contains(expected) && out(&output).is_empty(), "{name}: {}", err(&output));
    }
    let path = file("large.json", &" ".repeat(3_000));
    let output = run(&["check", stack, "--max-bytes", "2000", "--baseline", path.to_str().unwrap()]);
    assert!(code(&output) == 2 && err(&output).contains("limit of 2000"), "{}", err(&output));
    assert_eq!(code(&run(&["check", "-", "--baseline", "-"])), 2);
    assert_eq!(code(&run(&["check", stack, "--baseline", "no/such.json"])), 2);
}

#[test]
fn a_difference_tells_both_ways_and_nothing_where_nothing_changed() {
    let schema = jsonschema::validator_for(&diff_schema()).unwrap();
    let same = json(&["diff", STAGE_3, STAGE_3, "--format", "json"]);
    assert!(schema.is_valid(&same) && same["changed"] == false, "{same}");
    assert!(out(&run(&["diff", STAGE_3, STAGE_3])).contains("Nothing changed"));
    let new = file("small.yaml", "sinew: 1\nname: Small\nsystems: { a: { kind: crm } }\n");
    let new = new.to_str().unwrap();
    let there = json(&["diff", HANDOFF, new, "--format", "json"]);
    let back = json(&["diff", new, HANDOFF, "--format", "json"]);
    for diff in [&there, &back] {
        let faults: Vec<String> = schema.iter_errors(diff).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert_eq!(diff["changed"], true);
    }
    let added = |diff: &Value, was: &str| -> Vec<Value> {
        let changes = diff["changes"].as_array().unwrap().iter();
        let whole = changes.filter(|change| change["key"].is_null() && change[was].is_null());
        let mut ids: Vec<Value> = whole.map(|one| one["id"].clone()).collect();
        ids.sort_by_key(Value::to_string);
        ids
    };
    assert!(!added(&there, "new").is_empty());
    assert_eq!(added(&there, "new"), added(&back, "old"));
    assert_eq!(there["handoffs"]["old"], back["handoffs"]["new"]);
    let ids = |findings: &Value| -> Vec<Value> {
        findings.as_array().unwrap().iter().map(|finding| finding["id"].clone()).collect()
    };
    let mut ended = [ids(&there["findings"]["fixed"]), ids(&there["findings"]["void"])].concat();
    let mut begun = ids(&back["findings"]["new"]);
    ended.sort_by_key(Value::to_string);
    begun.sort_by_key(Value::to_string);
    assert_eq!(ended, begun);
    assert!(!ended.is_empty());
    let text = run(&["diff", HANDOFF, new]);
    assert!(out(&text).contains("no longer judged") && out(&text).contains("Hours a year by hand"), "{}", out(&text));
    let picture = run(&["diff", HANDOFF, new, "--format", "svg"]);
    assert!(out(&picture).starts_with("<svg") && out(&picture).contains("System removed"), "{}", out(&picture));
    let markdown = run(&["diff", HANDOFF, new, "--format", "markdown"]);
    assert!(out(&markdown).contains("```mermaid\n"), "{}", out(&markdown));
    assert_eq!(code(&run(&["diff", "-", "-"])), 2);
    let broken = "tests/diagnostics/twelve-faults.yaml";
    let output = run(&["diff", broken, broken]);
    assert_eq!((code(&output), err(&output).matches("20 errors").count()), (2, 2), "both files are told");
}

#[test]
fn an_anonymous_stack_is_a_stack_without_its_names() {
    let output = run(&["anonymize", STAGE_3]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let masked = file("masked.yaml", out(&output));
    let masked = masked.to_str().unwrap();
    for name in ["Halden", "marketo-enterprise", "brand-voice", "Office of the CMO", "24000"] {
        assert!(!out(&output).contains(name), "{name} is still there");
    }
    let count = |stack: &str| {
        let report = json(&["check", stack, "--format", "json"]);
        let mut rules: Vec<String> =
            report["findings"].as_array().unwrap().iter().map(|one| one["rule"].to_string()).collect();
        rules.sort();
        rules
    };
    assert_eq!(count(STAGE_3), count(masked));
    let scaled = file("scaled.yaml", "");
    let scaled = scaled.to_str().unwrap();
    assert_eq!(code(&run(&["anonymize", STAGE_3, "--scale-money", "2", "-o", scaled])), 0);
    let cost =
        |stack: &str| json(&["handoffs", stack, "--format", "json"])["handoff_totals"]["cost"]["likely"].as_f64();
    let (before, after) = (cost(STAGE_3).unwrap(), cost(scaled).unwrap());
    assert!((after - 2.0 * before).abs() < 1e-3, "{before} {after}");
    for wrong in ["0", "-1", "nan", "inf", "1e9"] {
        assert_eq!(code(&run(&["anonymize", STAGE_3, &format!("--scale-money={wrong}")])), 2, "{wrong}");
    }
    assert_eq!(code(&run(&["anonymize", STAGE_3, "--scale-money", "2", "--mask-money"])), 2);
    let before = fs::read(masked).unwrap();
    let output = run(&["anonymize", masked, "-o", masked]);
    assert!(code(&output) == 2 && fs::read(masked).unwrap() == before, "the stack itself is spared");
}
