//! What a report claims: by when something is reached and with what, what stands still, and what nobody stated.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use sinew::analysis::{Analysis, Component};
use sinew::plan::settings::Unit;
use sinew::plan::{Options, Plan};
use sinew::report::views;
use sinew_draw::Emphasis;
use sinew_draw::layout::{Budget, within};
use sinew_draw::scene::Owner;

use super::changes::BEFORE;
use super::{report, stack};
use crate::support::binary::{code, err, folder, out, run};
use crate::support::planned::Planned;

fn example(name: &str) -> String {
    fs::read_to_string(format!("{}/examples/stacks/{name}.yaml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The items of a way that are finished by the day on which the stage is met, and their days.
#[test]
fn what_comes_after_the_day_of_a_stage_is_not_said_to_be_needed_for_it() {
    let path = format!("{}/examples/stacks/messy-45.yaml", env!("CARGO_MANIFEST_DIR"));
    let plan: Value = serde_json::from_slice(&run(&["plan", &path, "--format", "json"]).stdout).unwrap();
    let mut early = 0;
    for way in plan["plan"]["reach"].as_array().unwrap() {
        let Some(weeks) = way["weeks"].as_f64() else { continue };
        let steps = way["steps"].as_array().unwrap();
        let by_then: Vec<&Value> = steps.iter().filter(|step| step["finish"].as_f64().unwrap() <= weeks).collect();
        let days: f64 = by_then.iter().map(|step| step["effort"]["likely"].as_f64().unwrap()).sum();
        assert_eq!(way["items_by_then"], by_then.len(), "stage {}", way["stage"]);
        assert!((way["days_by_then"].as_f64().unwrap() - days).abs() < 1e-6);
        assert!(by_then.iter().any(|step| !step["closes"].as_array().unwrap().is_empty()));
        early += usize::from(by_then.len() < steps.len());
    }
    assert!(early > 0, "a way of this stack goes on after its stage is met");
    // The policy is the fifth of ten items: 3 + 1 + 2 + 4 + 4 days of 49.
    let said = run(&["plan", &path]);
    let said = out(&said);
    assert!(said.contains("is reached by 2027-01-11 with 5 of 10 items and 14 of 49 days of work"), "{said}");
}

#[test]
fn a_process_that_stands_still_is_no_gain() {
    let folder = folder("field-still");
    let path = |name: &str| folder.join(name).display().to_string();
    fs::write(path("before.yaml"), BEFORE).unwrap();
    let cut: Vec<&str> = BEFORE.lines().filter(|line| !line.contains("from: sheet")).collect();
    fs::write(path("after.yaml"), cut.join("\n")).unwrap();
    let diff = |format: &[&str]| run(&[&["diff", &path("before.yaml"), &path("after.yaml")], format].concat());
    let found: Value = serde_json::from_slice(&diff(&["--format", "json"]).stdout).unwrap();
    assert_eq!(found["cannot_run"], serde_json::json!({ "old": [], "new": ["board"] }));
    assert_eq!(found["single_points"][0]["runs"], false);
    let said = diff(&[]);
    let said = out(&said);
    let row =
        said.lines().find(|line| line.starts_with("Processes that cannot run")).unwrap_or_else(|| panic!("{said}"));
    assert_eq!(row.split_whitespace().rev().take(2).collect::<Vec<_>>(), ["1", "0"]);
    assert!(said.contains("it cannot run now, so nothing stops it"), "{said}");
    assert!(!said.contains("Tableau, Salesforce"), "nothing is better for it: {said}");
    // The other way round the same components come back.
    let back = run(&["diff", &path("after.yaml"), &path("before.yaml")]);
    assert!(out(&back).contains("Tableau, Salesforce"), "{}", out(&back));
}

#[test]
fn a_scenario_in_which_a_process_stands_still_says_so() {
    let folder = folder("field-still-scenario");
    let path = |name: &str| folder.join(name).display().to_string();
    fs::write(path("stack.yaml"), BEFORE).unwrap();
    fs::write(path("none.yaml"), "name: No sheet\nretire: [sheet]\n").unwrap();
    fs::write(path("same.yaml"), "name: Two people\nchange: { ops: { people: 2 } }\n").unwrap();
    let compared = |scenario: &str| run(&["compare", &path("stack.yaml"), &path(scenario)]);
    let still = compared("none.yaml");
    assert_eq!(code(&still), 0, "{}", err(&still));
    let row = out(&still).lines().find(|line| line.starts_with("Processes that cannot run"));
    let row = row.unwrap_or_else(|| panic!("{}", out(&still)));
    assert_eq!(row.split_whitespace().rev().take(2).collect::<Vec<_>>(), ["1", "0"]);
    let running = compared("same.yaml");
    assert_eq!(code(&running), 0, "{}", err(&running));
    assert!(!out(&running).contains("cannot run"), "{}", out(&running));
}

#[test]
fn work_by_hand_that_nobody_stated_is_not_known_to_be_none() {
    let text = "sinew: 1\nsystems: { a: { kind: crm }, b: { kind: cms } }\ndata: { d: {} }\nflows:
  - { from: a, to: b, data: d, mechanism: api }\n";
    let folder = folder("field-none-stated");
    let path = folder.join("stack.yaml").display().to_string();
    fs::write(&path, text).unwrap();
    let out_folder = folder.join("out");
    let made = run(&["report", &path, "-o", &out_folder.display().to_string(), "--only", "report.html,report.md"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    let page = fs::read_to_string(out_folder.join("report.html")).unwrap();
    let page = &page[page.find("<body").unwrap()..];
    assert!(page.contains("None stated") && page.contains("the stack file names no work by hand"));
    assert!(!page.contains("0 hours a year"));
    let document = fs::read_to_string(out_folder.join("report.md")).unwrap();
    assert!(document.contains("The stack file names no work by hand."), "{document}");
}

#[test]
fn without_any_money_the_plan_counts_hours_even_if_nothing_is_done_by_hand() {
    let unit = |text: &str| Plan::of(&Analysis::of(&stack(text)), &Options::default()).unwrap().settings.unit;
    let text = "sinew: 1\nteams: { ops: { people: 2 } }\nsystems: { a: { kind: crm, owner: ops }, b: { kind: cms } }
data: { d: {} }\nflows: [{ from: a, to: b, data: d, mechanism: api }]\nprocesses: { p: { needs: [{ data: d, at: b }] } }\n";
    assert_eq!(unit(text), Unit::Hours);
    for (from, to) in [
        ("sinew: 1\n", "sinew: 1\nhourly_rate: 60\n"),
        ("sinew: 1\n", "sinew: 1\nplan: { day_rate: 700 }\n"),
        ("sinew: 1\n", "sinew: 1\nplan: { budget: 7000 }\n"),
        ("people: 2", "people: 2, hourly_rate: 60"),
        ("mechanism: api", "mechanism: api, value: 100"),
        ("at: b }]", "at: b }], outage_cost: 10"),
    ] {
        assert_eq!(unit(&text.replace(from, to)), Unit::Money, "{to}");
    }
}

#[test]
fn a_criterion_that_only_guesses_meet_says_so() {
    let guessed = "sinew: 1\nteams: { ops: { people: 2 } }\nsystems:
  a: { kind: ai-content, owner: ops, basis: { from: board.csv, guessed: [kind] } }\n";
    let on_guesses = |text: &str, id: &str| {
        let report = report(text);
        let criteria = report["stage"]["criteria"].as_array().unwrap();
        let criterion = criteria.iter().find(|one| one["id"] == id).unwrap();
        assert_eq!(criterion["state"], "met", "{id}");
        criterion["rests_on_guesses"].as_bool().unwrap()
    };
    let known = format!("{guessed}  b: {{ kind: ai-content, owner: ops }}\n");
    let unowned = format!("{guessed}  b: {{ kind: ai-content }}\n");
    for (id, expected) in [("owned-ai-tool", [true, false, true]), ("production-ai-tool", [true, false, false])] {
        assert_eq!([guessed, &known, &unowned].map(|text| on_guesses(text, id)), expected, "{id}");
    }
    let folder = folder("field-on-guesses");
    fs::write(folder.join("stack.yaml"), guessed).unwrap();
    let said = run(&["stage", &folder.join("stack.yaml").display().to_string(), "--all"]);
    let row = out(&said).lines().find(|line| line.contains("AI tool with an owner") && line.contains("entry"));
    assert!(row.is_some_and(|row| row.contains("met, on guesses")), "{}", out(&said));
}

#[test]
fn every_single_point_of_failure_is_seen_as_one() {
    for name in ["tiny", "stage-3-marketo-enterprise", "messy-45", "two-models"] {
        let stack = stack(&example(name));
        let analysis = Analysis::of(&stack);
        let picture = views::failure(&analysis);
        let mut rings = 0;
        for (ix, system) in stack.live_systems() {
            let stops = !analysis.outage_of(Component::System(ix)).processes_down.is_empty();
            let node = picture.nodes.iter().find(|node| node.id == system.id.as_str()).unwrap();
            let is_marked = [Emphasis::Ringed, Emphasis::Point, Emphasis::RecededPoint].contains(&node.emphasis);
            assert_eq!(is_marked, stops, "{name}: {}", system.id);
            rings += usize::from(node.emphasis == Emphasis::Ringed);
        }
        assert!(rings <= 1, "{name}: {rings}");
    }
}

/// One of the flows has no figures: there is no share of all the work, and every sentence says the same number of hours.
#[test]
fn hours_of_which_some_are_not_known_are_said_alike_everywhere() {
    let text = "sinew: 1\nteams: { ops: {} }\nsystems:\n  a: { product: hubspot }\n  b: { product: salesforce-sales-cloud }\n  c: { kind: spreadsheet }\n\
        data: { lead: {}, deal: {} }\nhourly_rate: 60\nflows:\n  - { from: a, to: b, data: lead, mechanism: copy-paste, performer: ops, runs: 1/week, minutes: 41 }\n  \
        - { from: c, to: a, data: deal, mechanism: copy-paste, performer: ops }\nprocesses:\n  sell: { needs: [{ data: lead, at: b }], outage_cost: 100 }\n";
    let planned = Planned::shared(text);
    let report = &planned.report;
    // 52 times 41 minutes are 35.53 hours: 36 to the nearest, and at least 35.
    let told = report.summary.as_ref().unwrap().sentences.join(" ");
    assert!(told.contains("at least 35 hours a year (not counting one without figures)"), "{told}");
    let planned = Planned::shared(&example("messy-45"));
    let pictures = planned.sources().pictures();
    let title = &pictures.iter().find(|(name, ..)| *name == "target").unwrap().2.title;
    assert_eq!(title, "The plan removes 1,337 of at least 2,320 hours of manual work a year");
    let told = planned.report.summary.as_ref().unwrap().sentences.join(" ");
    assert!(told.contains("take at least 2,320 hours a year (not counting one without figures)"), "{told}");
}

/// On a map of domains, where no system is seen, each says how many of its systems can stop a process.
#[test]
fn a_map_of_domains_counts_its_single_points_of_failure() {
    let planned = Planned::shared(&example("messy-45"));
    let analysis = &planned.analysis;
    let stops = |ix| !analysis.outage_of(Component::System(ix)).processes_down.is_empty();
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for (ix, system) in analysis.stack.live_systems().filter(|(ix, _)| stops(*ix)) {
        let domain = system.domain.as_deref().unwrap_or_else(|| panic!("{ix:?} has a domain"));
        *expected.entry(domain).or_default() += 1;
    }
    let pictures = planned.sources().pictures();
    let (.., failure) = pictures.iter().find(|(name, ..)| *name == "failure").unwrap();
    let map = &within(failure, Budget::PICTURE).slides[0];
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for text in &map.texts {
        if let (Owner::Node(domain), Some((count, _))) = (&text.owner, text.text.split_once(" can stop")) {
            told.insert(domain.trim(), count.parse().unwrap());
        }
    }
    assert_eq!(told, expected);
    assert_eq!(told.values().sum::<usize>(), 15);
}
