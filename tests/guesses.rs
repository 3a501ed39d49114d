//! Guesses (`basis.guessed`): what rests on them says so, and deleting a key from the list removes all that is said of it
//! and nothing else.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use sinew::analysis::Analysis;
use sinew::report::{Report, views};

use crate::judgement::stacks::stack_and_source;
use crate::support::random_stack::{cases, json_of, stack_shape};

struct Told {
    report: Value,
    /// Ids of lines and boxes with a question mark, and words of the pictures.
    marked: BTreeSet<String>,
}

fn told(text: &str) -> Told {
    let (stack, source) = stack_and_source(text);
    let analysis = Analysis::of(&stack);
    let report = Report::of(&analysis, &analysis.findings(), &source);
    let picture = views::landscape(&analysis);
    let flows = picture.edges.iter().filter(|edge| edge.is_guess);
    let flows = flows.inspect(|edge| assert!(edge.words()[0].ends_with('?'), "{edge:?}")).map(|edge| edge.id.clone());
    let systems = picture.nodes.iter().filter(|node| node.is_guess);
    let systems = systems.inspect(|node| assert!(node.name.ends_with('?'), "{node:?}")).map(|node| node.id.clone());
    Told { marked: flows.chain(systems).collect(), report: serde_json::to_value(&report).unwrap() }
}

/// Keys that entries of random stacks state, and which may be guesses.
const KEYS: [(&str, &[&str]); 3] = [
    ("systems", &["system", "kind", "makes", "depends_on", "availability"]),
    ("flows", &["flow", "data", "mechanism", "performer", "through", "availability"]),
    ("processes", &["process", "needs", "outage_cost"]),
];

/// Marks some keys of some entries as guesses; which, the bits say.
fn guessing(json: &str, bits: &[u8]) -> String {
    let mut file: Value = serde_json::from_str(json).unwrap();
    let mut bits = bits.iter().cycle();
    for (list, keys) in KEYS {
        let entries: Vec<&mut Value> = match &mut file[list] {
            Value::Array(entries) => entries.iter_mut().collect(),
            Value::Object(entries) => entries.values_mut().collect(),
            _ => continue,
        };
        for entry in entries {
            let chosen = bits.next().unwrap();
            let of = |at: &usize| chosen >> at & 1 == 1 && chosen & 0xC0 == 0;
            let guessed: Vec<&str> = (0..keys.len()).filter(of).map(|at| keys[at]).collect();
            if !guessed.is_empty() {
                entry["basis"] = serde_json::json!({ "from": "board.csv", "guessed": guessed });
            }
        }
    }
    file.to_string()
}

/// Every guess of a file as the path that stands for it.
fn paths(file: &Value) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (list, keys) in KEYS {
        let entries: Vec<(String, &Value)> = match &file[list] {
            Value::Array(entries) => entries.iter().map(|one| (one["id"].as_str().unwrap().to_owned(), one)).collect(),
            Value::Object(entries) => entries.iter().map(|(id, one)| (id.clone(), one)).collect(),
            _ => continue,
        };
        for (id, entry) in entries {
            for key in entry["basis"]["guessed"].as_array().into_iter().flatten().map(|key| key.as_str().unwrap()) {
                found.push((list.to_owned(), id.clone(), if key == keys[0] { String::new() } else { key.to_owned() }));
            }
        }
    }
    found
}

fn path((list, id, key): &(String, String, String)) -> String {
    if key.is_empty() { format!("{list}.{id}") } else { format!("{list}.{id}.{key}") }
}

/// The file without one guess in its list.
fn confirmed(json: &str, guess: &(String, String, String)) -> String {
    let mut file: Value = serde_json::from_str(json).unwrap();
    let (list, id, key) = guess;
    let itself = KEYS.iter().find(|(known, _)| known == list).unwrap().1[0];
    let key = if key.is_empty() { itself } else { key };
    let entry = match &mut file[list] {
        Value::Array(entries) => entries.iter_mut().find(|one| one["id"] == **id).unwrap(),
        entries => &mut entries[id],
    };
    entry["basis"]["guessed"].as_array_mut().unwrap().retain(|one| one != key);
    file.to_string()
}

/// The report without what it says of `gone`, and without what criteria name.
fn without(report: &Value, gone: Option<&str>) -> Value {
    match report {
        Value::Object(keys) => {
            // A criterion names the first tool that meets it and is no guess: which that is follows from what was confirmed.
            let is_criterion = keys.contains_key("rests_on_guesses");
            let kept = keys.iter().map(|(key, value)| {
                let value = match (key.as_str(), gone) {
                    ("evidence", _) if is_criterion => Value::Null,
                    ("rests_on", Some(gone)) => {
                        value.as_array().unwrap().iter().filter(|one| **one != gone).cloned().collect()
                    }
                    ("assumptions", Some(gone)) => {
                        value.as_array().unwrap().iter().filter(|one| one["key"] != gone).cloned().collect()
                    }
                    // And so does whether all that it names are guesses.
                    ("rests_on_guesses", _) => Value::Null,
                    // Places move with the text.
                    ("location", _) => Value::Null,
                    _ => without(value, gone),
                };
                (key.clone(), value)
            });
            Value::Object(kept.collect())
        }
        Value::Array(all) => all.iter().map(|one| without(one, gone)).collect(),
        other => other.clone(),
    }
}

fn strategy() -> impl Strategy<Value = String> {
    (stack_shape(), prop::collection::vec(any::<u8>(), 24)).prop_map(|(shape, bits)| guessing(&json_of(&shape), &bits))
}

fn list<'j>(value: &'j Value, key: &str) -> Vec<&'j str> {
    value[key].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

proptest! {
    #![proptest_config(cases(60))]

    /// Every guess is an assumption with its value; what rests on it says so, and names no guess that there is not.
    #[test]
    fn each_guess_is_an_assumption_and_what_rests_on_it_says_so(text in strategy()) {
        let file: Value = serde_json::from_str(&text).unwrap();
        let guesses: BTreeSet<String> = paths(&file).iter().map(path).collect();
        let Told { report, marked } = told(&text);
        let rows: Vec<&Value> = report["assumptions"].as_array().unwrap().iter()
            .filter(|row| KEYS.iter().any(|(list, _)| row["key"].as_str().unwrap().starts_with(&format!("{list}."))))
            .collect();
        let keys: BTreeSet<String> = rows.iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect();
        prop_assert_eq!(rows.len(), keys.len());
        prop_assert_eq!(&keys, &guesses);
        for finding in report["findings"].as_array().unwrap() {
            for one in list(finding, "rests_on") {
                prop_assert!(guesses.contains(one), "{finding}");
                let row = rows.iter().find(|row| row["key"] == one).unwrap();
                prop_assert!(list(row, "used_by").contains(&finding["id"].as_str().unwrap()), "{row}");
            }
        }
        for row in rows {
            let resting = list(row, "used_by");
            for id in &resting[1..] {
                let finding = report["findings"].as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap();
                prop_assert!(list(finding, "rests_on").contains(&row["key"].as_str().unwrap()), "{finding}");
            }
        }
        // A handoff by a guessed mechanism, and a single point that is a guess itself, rest on that.
        for finding in report["findings"].as_array().unwrap() {
            let rests_on = list(finding, "rests_on");
            match finding["rule"].as_str().unwrap() {
                "manual-handoff" => {
                    let steps = report["handoffs"].as_array().unwrap().iter()
                        .find(|one| finding["id"] == format!("manual-handoff:{}", one["id"].as_str().unwrap())).unwrap();
                    for step in list(steps, "steps") {
                        let key = format!("flows.{step}.mechanism");
                        prop_assert_eq!(rests_on.contains(&key.as_str()), guesses.contains(&key), "{}", finding);
                    }
                }
                "single-point-of-failure" => {
                    let key = format!("systems.{}", list(finding, "subjects")[0]);
                    prop_assert_eq!(rests_on.contains(&key.as_str()), guesses.contains(&key), "{}", finding);
                    for process in list(finding, "stops") {
                        let key = format!("processes.{process}.needs");
                        prop_assert_eq!(rests_on.contains(&key.as_str()), guesses.contains(&key), "{}", finding);
                    }
                }
                _ => {}
            }
        }
        for id in &marked {
            let (of_flow, of_system) = (format!("flows.{id}"), format!("systems.{id}"));
            let is_behind = |guess: &String| guess.starts_with(&of_flow) || *guess == of_system;
            prop_assert!(guesses.iter().any(is_behind), "{}", id);
        }
    }

    /// Deleting a key from the list confirms it: its assumption goes, nothing rests on it, its question mark goes where it
    /// was the last of its flow, and every figure stays.
    #[test]
    fn confirming_a_guess_removes_what_is_said_of_it_and_nothing_else(text in strategy(), pick in any::<prop::sample::Index>()) {
        let file: Value = serde_json::from_str(&text).unwrap();
        let guesses = paths(&file);
        prop_assume!(!guesses.is_empty());
        let guess = pick.get(&guesses);
        let gone = path(guess);
        let (before, after) = (told(&text), told(&confirmed(&text, guess)));
        prop_assert_eq!(without(&before.report, Some(&gone)), without(&after.report, None));
        let said = after.report.to_string();
        prop_assert!(!said.contains(&format!("\"{gone}\"")), "{gone}");
        let is_marked = |id: &String| match guess.0.as_str() {
            "flows" => *id != guess.1 || guesses.iter().any(|one| one.0 == "flows" && one.1 == guess.1 && one.2 != guess.2),
            "systems" => *id != guess.1 || !guess.2.is_empty(),
            _ => true,
        };
        let expected: BTreeSet<String> = before.marked.iter().filter(|id| is_marked(id)).cloned().collect();
        prop_assert_eq!(&after.marked, &expected);
    }
}

/// Random stacks hold findings that rest on guesses, of many rules, and marks in pictures.
#[test]
fn many_random_stacks_rest_on_guesses() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut rules, mut marks) = (BTreeSet::new(), 0);
    for _ in 0..200 {
        let Told { report, marked } = told(&strategy().new_tree(&mut runner).unwrap().current());
        marks += marked.len();
        let findings = report["findings"].as_array().unwrap().iter();
        let resting = findings.filter(|finding| !list(finding, "rests_on").is_empty());
        rules.extend(resting.map(|finding| finding["rule"].as_str().unwrap().to_owned()));
    }
    for rule in ["manual-handoff", "single-point-of-failure", "bus-factor", "unsupplied-need", "ai-silo", "file-relay"]
    {
        assert!(rules.contains(rule), "{rule}: {rules:?}");
    }
    assert!(marks > 100, "{marks}");
}

const BOARD: &str = "sinew: 1
as_of: 2026-11-21
hourly_rate: 60
currency: USD
teams: { ana: { people: 1 } }
systems:
  jasper: { kind: ai-content, name: Jasper, owner: ana, makes: [draft], basis: { guessed: [system, makes], seen: 2025-03-01 } }
  cms: { kind: cms, name: CMS, basis: { seen: 2025-11-21 } }
data: { draft: { content: true } }
flows:
  - { id: paste, from: jasper, to: cms, data: draft, mechanism: copy-paste, performer: ana, runs: 12/week, minutes: 10,
      basis: { from: board.csv, at: B7, seen: 2025-03-01, guessed: [runs] } }
processes: { launch: { needs: [{ data: draft, at: cms }] } }
";

#[test]
fn a_guess_is_told_with_its_value_and_where_nobody_confirmed_it_for_a_year() {
    let Told { report, marked } = told(BOARD);
    let rows: Vec<(String, String)> = report["assumptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["key"].as_str().unwrap().to_owned(), row["value"].to_string()))
        .collect();
    let value = |key: &str| rows.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
    assert_eq!(value("systems.jasper"), Some("\"that it exists\""));
    assert!(
        value("flows.paste.runs").unwrap().contains("12/week") || value("flows.paste.runs").unwrap().contains("624"),
        "{rows:?}"
    );
    assert!(value("systems.jasper.makes").unwrap().contains("draft"), "{rows:?}");
    // A year and more ago, and on the day of the year before: that is not older than a year.
    assert_eq!(value("basis.seen"), Some("\"not confirmed since 2025-03-01\""));
    let seen = report["assumptions"].as_array().unwrap().iter().find(|row| row["key"] == "basis.seen").unwrap();
    assert_eq!(list(seen, "used_by"), ["jasper", "paste"]);
    assert_eq!(rows.iter().filter(|(key, _)| key == "basis.seen").count(), 1, "{rows:?}");
    assert_eq!(marked, BTreeSet::from(["jasper".to_owned(), "paste".to_owned()]));
    let of = |id: &str| {
        let finding = report["findings"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
        list(finding, "rests_on").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of("manual-handoff:paste"), ["flows.paste.runs", "systems.jasper", "systems.jasper.makes"]);
    // How often it is done does not decide whether the process stops.
    assert_eq!(of("single-point-of-failure:jasper"), ["systems.jasper", "systems.jasper.makes"]);
    // Without the CMS it stops whatever is true of Jasper.
    assert_eq!(of("single-point-of-failure:cms"), [] as [&str; 0]);
    // Nothing of a missing runbook rests on how often something is pasted.
    assert_eq!(of("no-runbook:jasper"), ["systems.jasper"]);
    let criteria = report["stage"]["criteria"].as_array().unwrap();
    let evidence = |id: &str| criteria.iter().find(|one| one["id"] == id).unwrap()["evidence"].to_string();
    for id in ["owned-ai-tool", "production-ai-tool", "no-ai-silo", "no-handoff-of-ai-output", "runbooks"] {
        assert!(evidence(id).contains("rests on guesses: "), "{id}: {}", evidence(id));
    }
    assert!(!evidence("resilience-plan").contains("guess"));
}

#[test]
fn what_a_guess_says_of_a_flow_into_a_tool_its_criteria_rest_on() {
    let text = "sinew: 1
teams: { ops: { people: 3 } }
systems:
  crm: { kind: crm, makes: [lead] }
  chat: { kind: ai-agent, status: production, owner: ops, makes: [answer] }
  cms: { kind: cms }
data: { lead: {}, answer: {} }
flows:
  - { id: feed, from: crm, to: chat, data: lead, mechanism: api, basis: { guessed: [mechanism] } }
  - { id: other, from: crm, to: cms, data: lead, mechanism: api, basis: { guessed: [mechanism] } }
";
    let Told { report, .. } = told(text);
    let criteria = report["stage"]["criteria"].as_array().unwrap();
    let evidence = &criteria.iter().find(|one| one["id"] == "no-ai-silo").unwrap()["evidence"];
    assert_eq!(evidence[1], "rests on guesses: mechanism of CRM -> Chat: Lead", "{evidence}");
}

/// What lies between what fails and the process that stops by it decides whether it stops.
#[test]
fn that_a_process_stops_rests_on_all_that_is_on_the_way_there() {
    let text = "sinew: 1
teams: { ops: { people: 3 } }
systems:
  crm: { kind: crm, makes: [lead] }
  hub: { kind: cdp, basis: { guessed: [system] } }
  cms: { kind: cms }
  bi: { kind: bi }
data: { lead: {} }
flows:
  - { id: first, from: crm, to: hub, data: lead, mechanism: api, watched_by: nobody }
  - { id: last, from: hub, to: cms, data: lead, mechanism: api, basis: { guessed: [flow] } }
  - { id: aside, from: hub, to: bi, data: lead, mechanism: api, basis: { guessed: [flow] } }
processes: { launch: { needs: [{ data: lead, at: cms }] } }
";
    let Told { report, .. } = told(text);
    let finding = |id: &str| report["findings"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    assert_eq!(list(&finding("single-point-of-failure:crm"), "rests_on"), ["flows.last", "systems.hub"]);
    assert_eq!(list(&finding("single-point-of-failure:cms"), "rests_on"), [""; 0]);
    assert_eq!(list(&finding("unwatched-flow:crm:hub"), "rests_on"), ["flows.last", "systems.hub"]);
}
