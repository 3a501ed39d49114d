//! What nobody stated, as somebody who tried the program found it shown as good.

use std::fs;

use sinew::analysis::Analysis;
use sinew::model::read;
use sinew::report::facts::diff::Diff;
use sinew::report::story::changes;
use sinew::source::Source;

use super::report;
use crate::support::binary::{code, err, folder, out, run};

const BARE: &str = "sinew: 1
name: Bare
currency: USD
systems:
  crm: { name: CRM, kind: crm, availability: 99%, makes: [lead] }
  mail: { name: Mailer, kind: marketing-automation }
  gpt: { name: GPT, kind: other, ai: true, makes: [draft] }
data: { lead: {}, draft: { content: true } }
flows:
  - { from: crm, to: mail, data: lead, mechanism: copy-paste, runs: 1/week, minutes: 30 }
  - { from: gpt, to: mail, data: draft, mechanism: rekeying }
";

fn differing(old: &str, new: &str) -> Diff {
    let sources = [old, new].map(|text| Source::new("stack.yaml", text.to_owned()));
    let stacks = sources.each_ref().map(|source| read(source).stack.expect("it is right"));
    Diff::of((&stacks[0], &sources[0]), (&stacks[1], &sources[1]))
}

/// Without a process nobody knows what an outage costs, and so not what it is expected to cost.
#[test]
fn without_a_process_no_outage_costs_nothing() {
    let found = report(BARE);
    for outage in found["outages"].as_array().unwrap() {
        assert!(outage["cost_per_hour"].is_null() && outage["expected_cost"].is_null(), "{outage}");
    }
    let with = report(&format!("{BARE}processes: {{ p: {{ needs: [{{ data: draft, at: mail }}] }} }}\n"));
    let crm = with["outages"].as_array().unwrap().iter().find(|one| one["components"][0] == "crm").unwrap();
    assert_eq!((crm["cost_per_hour"].as_f64(), crm["expected_cost"].as_f64()), (Some(0.0), Some(0.0)));
}

/// Three flows are two handoffs, one of which has no figures: the sentence says both, so that no count seems wrong.
#[test]
fn handoffs_and_manual_flows_that_are_not_as_many_are_told_apart() {
    let text = "sinew: 1
hourly_rate: 60
currency: EUR
systems: { a: { kind: crm, makes: [x, y] }, sheet: { kind: spreadsheet }, b: { kind: cms }, c: { kind: bi } }
data: { x: {}, y: {} }
flows:
  - { from: a, to: sheet, data: x, mechanism: export-import, runs: 1/week, minutes: 30 }
  - { from: sheet, to: b, data: x, mechanism: export-import, runs: 1/week, minutes: 30 }
  - { from: a, to: c, data: y, mechanism: rekeying }
";
    let source = Source::new("stack.yaml", text.to_owned());
    let stack = read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let report = sinew::report::Report::of(&analysis, &analysis.findings(), &source);
    let totals = report.handoff_totals.as_ref().unwrap();
    assert_eq!((report.handoffs.as_ref().unwrap().len(), totals.steps.len()), (2, 3));
    assert_eq!(
        (totals.of_flows(2), totals.without_figures()),
        (" of three manual flows".into(), "; one has no figures".into())
    );
    assert_eq!(totals.of_flows(3), "");
    let words = sinew::report::summary(&report);
    let first = "Two handoffs of three manual flows take at least 52 hours a year (not counting one without figures)";
    assert!(words[0].starts_with(first), "{words:?}");
}

/// A review of which no day is stated is not known, as the criterion says; a standard that nothing can be held to is no lack.
#[test]
fn the_register_says_what_the_criteria_say() {
    let source = Source::new("stack.yaml", BARE.replace("ai: true,", "ai: true, status: production,"));
    let stack = read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let report = sinew::report::Report::of(&analysis, &analysis.findings(), &source);
    let state = |id: &str| {
        let stage = report.stage.as_ref().unwrap();
        format!("{:?}", stage.criteria.iter().find(|one| one.id == id).unwrap().state)
    };
    let table = sinew::report::tables::ai_register(&report).unwrap();
    let cell = |key: &str| {
        let at = table.columns.iter().position(|column| column.key == key).unwrap();
        sinew::report::tables::cell(table.columns[at].kind, &table.rows[0].cells[at]).text()
    };
    assert_eq!(state("reviews-on-time"), "NotKnown");
    assert_eq!(["security_review", "vendor_review", "reviewed"].map(cell), ["not known"; 3]);
    assert_eq!((state("runbooks").as_str(), cell("runbook").as_str()), ("NotMet", "none"));
}

/// A mark of a guess moves no figure, and figures are told in words, one for a range.
#[test]
fn a_diff_tells_figures_and_not_how_they_are_kept() {
    let guessed = BARE.replace("minutes: 30 }", "minutes: 30, basis: { guessed: [minutes] } }");
    let found = differing(BARE, &guessed);
    assert!(found.changed && found.figures.is_empty(), "{:#?}", found.figures);
    let found = differing(BARE, &BARE.replace("minutes: 30", "minutes: [50, 60, 80]"));
    assert!(!found.figures.iter().any(|figure| figure.path.starts_with("messages")), "{:#?}", found.figures);
    let moved = sinew::report::tables::diff::moved(&found);
    let told: Vec<Vec<String>> = moved
        .rows
        .iter()
        .map(|row| {
            row.cells
                .iter()
                .zip(&moved.columns)
                .map(|(cell, of)| sinew::report::tables::cell(of.kind, cell).text())
                .collect()
        })
        .collect();
    let hours = ["All work by hand: hours a year", "at least 26", "at least 52", "minutes of CRM → Mailer: Lead"];
    assert!(told.iter().any(|row| *row == hours), "{told:#?}");
    // Nothing is told twice, or as a path.
    for row in &told {
        assert!(!row[0].contains('[') && !row[0].contains("_"), "{row:?}");
        assert_ne!(row[1], row[2], "{row:?}");
    }
    let names: std::collections::BTreeSet<&String> = told.iter().map(|row| &row[0]).collect();
    assert_eq!(names.len(), told.len());
    let lead: String = changes(&found).lead.iter().map(sinew::report::say::Line::text).collect();
    assert!(lead.contains(&format!("{} figures moved.", told.len())), "{lead}");
}

/// Names that reports show are understood where ids are.
#[test]
fn names_are_understood_on_the_command_line() {
    let folder = folder("field-names");
    let path = folder.join("stack.yaml").display().to_string();
    fs::write(&path, BARE).unwrap();
    for name in ["CRM → Mailer: Lead", "crm -> mailer", "crm->mail:lead"] {
        let output = run(&["outage", &path, "--without", name]);
        assert_eq!((code(&output), out(&output).contains("CRM → Mailer: Lead")), (0, true), "{name}: {}", err(&output));
    }
    let output = run(&["outage", &path, "--without", "Mailr"]);
    assert!(
        err(&output).contains("did you mean `mail`?") || err(&output).contains("did you mean `Mailer`?"),
        "{}",
        err(&output)
    );
    let stack = "examples/stacks/tiny.yaml";
    let plan = |args: &[&str]| {
        let output = run(&[&["plan", stack, "--samples", "0", "--format", "json"], args].concat());
        (code(&output), out(&output).to_owned(), err(&output).to_owned())
    };
    let (_, json, _) = plan(&[]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let all = ["items", "unfunded"].map(|list| json["plan"][list].as_array().cloned().unwrap_or_default()).concat();
    let item = &all[0];
    let (id, title) = (item["id"].as_str().unwrap(), item["title"].as_str().unwrap());
    let by_id = plan(&["--without", id]);
    assert_eq!((by_id.0, &by_id), (0, &plan(&["--without", &title.to_uppercase()])));
    let wrong = format!("{}x", title.chars().take(60).collect::<String>());
    let refused = plan(&["--without", &wrong]);
    assert_eq!(refused.0, 2, "{}", refused.1);
}

/// What sinew writes, and what others do, is named where it is given as a stack.
#[test]
fn files_that_are_no_stack_are_named_for_what_they_are() {
    let folder = folder("field-named");
    let stack = folder.join("stack.yaml").display().to_string();
    fs::write(&stack, BARE).unwrap();
    let given = |name: &str, bytes: &[u8]| {
        let path = folder.join(name).display().to_string();
        fs::write(&path, bytes).unwrap();
        let output = run(&["check", &path]);
        assert_eq!(code(&output), 2, "{name}");
        err(&output).to_owned()
    };
    let own = "give the stack file that it was made from";
    for (args, what) in [
        (&["check"][..], "an answer of sinew"),
        (&["handoffs"], "an answer of sinew"),
        (&["outage"], "an answer of sinew"),
        (&["stage"], "an answer of sinew"),
        (&["plan"], "an answer of sinew"),
        (&["questions"], "an answer of sinew"),
        (&["diff", &stack], "an answer of sinew"),
    ] {
        let output = run(&[args, &[&stack, "--format", "json"]].concat());
        let said = given("answer.json", &output.stdout);
        assert!(said.contains(what) && said.contains(own), "{args:?}: {said}");
    }
    let sarif = run(&["check", &stack, "--format", "sarif"]);
    assert!(given("x.sarif", &sarif.stdout).contains("a SARIF file of findings"));
    let written = folder.join("out").display().to_string();
    assert_eq!(code(&run(&["report", &stack, "-o", &written])), 0);
    for (file, what) in [
        ("report.json", "a report of sinew"),
        ("report.md", "a report of sinew"),
        ("report.html", "a web page"),
        ("diagrams/landscape.dot", "a Graphviz file from sinew"),
        ("diagrams/landscape.svg", "a picture from sinew"),
        ("diagrams/landscape.mmd", "a Mermaid diagram"),
    ] {
        let bytes = fs::read(folder.join("out").join(file)).unwrap();
        let said = given("made", &bytes);
        assert!(said.contains(what), "{file}: {said}");
    }
}

/// What an item ends without figures is worth at least what is known of the rest: where the plan is asked for, on its picture, and in
/// the wave. Where no process is stated, slides tell what loses data, as what stops is not known in any row.
#[test]
fn what_is_asked_for_is_worth_at_least_what_is_known() {
    let text = "sinew: 1
hourly_rate: 85
currency: USD
as_of: 2026-12-01
teams: { sdr: { people: 4 } }
systems: { salesforce: { product: salesforce }, outreach: { product: outreach } }
data: { lists: {}, hot: {}, contacts: {} }
flows:
  - { from: salesforce, to: outreach, data: contacts, mechanism: native, runs: 96/day }
  - { from: salesforce, to: outreach, data: lists, mechanism: export-import, performer: sdr, runs: 1/day, minutes: 60 }
  - { from: salesforce, to: outreach, data: hot, mechanism: rekeying, performer: sdr, runs: 1/day }
";
    let folder = folder("field-worth-at-least");
    let of = |name: &str, text: &str| {
        let stack = folder.join(format!("{name}.yaml"));
        fs::write(&stack, text).unwrap();
        let to = folder.join(name);
        let only = "report.json,slides.pptx,diagrams";
        let made = run(&["report", stack.to_str().unwrap(), "-o", to.to_str().unwrap(), "--only", only]);
        assert_eq!(code(&made), 0, "{}", err(&made));
        let slides = crate::support::dump::slides(fs::read(to.join("slides.pptx")).unwrap());
        let picture = fs::read_to_string(to.join("diagrams/roadmap.svg")).unwrap();
        let report: serde_json::Value = serde_json::from_slice(&fs::read(to.join("report.json")).unwrap()).unwrap();
        (out(&made).to_owned() + err(&made), slides, picture, report)
    };
    let (told, slides, picture, report) = of("open", text);
    assert!(told.contains("(1.5 days, worth at least USD 22,100 a year)"), "{told}");
    assert!(
        slides.contains("worth at least USD 22,100 a year") && slides.contains("Wave 1 · 1 item · at least USD 22k")
    );
    assert!(picture.contains(">at least USD 22k<"), "the figure beside the bar is whole");
    assert_eq!(report["plan"]["waves"][0]["value_unknown"], 1);
    let title = "No process is stated, so what stops is not known; without Salesforce, one system loses data";
    assert!(slides.contains(title), "{slides}");
    assert!(slides.contains("If it fails | Other systems down | Systems that lose data | Data lost at systems"));
    // With the figures it is worth so much.
    let known =
        text.replace("rekeying, performer: sdr, runs: 1/day", "rekeying, performer: sdr, runs: 1/day, minutes: 1");
    let (told, _, picture, report) = of("known", &known);
    assert!(told.contains("worth USD 22,468 a year") && !picture.contains("at least"), "{told}");
    assert_eq!(report["plan"]["waves"][0]["value_unknown"], 0);
}
