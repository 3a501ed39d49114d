//! Golden files: each stack of `tests/golden` with every output beside it, and the laws that all of them keep.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::html::fixture::Fixture;
use crate::html::words::words;
use crate::support::asking::asked;
use crate::support::golden::{assert_fresh, compare, listed, project};
use crate::support::planned::Planned;
use serde_json::Value;
use sinew::analysis::{Analysis, acceptance};
use sinew::model::read;
use sinew::plan::questions::by_year;
use sinew::plan::{self, Options};
use sinew::report::document::{markdown, terminal};
use sinew::report::question::{self, Places};
use sinew::report::schema::report_schema;
use sinew::report::stack_schema::stack_schema;
use sinew::report::{self, Look, Medium, Part, Report, Sources, Stage, files, finding, handoff, json, told};
use sinew::source::{Source, is_invisible, render};
use sinew_draw::theme::Theme;

/// Those that a check ends with.
fn first_asked(analysis: &Analysis<'_>, source: &Source) -> question::First {
    let places = Places { source, cells: &BTreeMap::new() };
    question::first(analysis, None, &by_year(analysis), places, 3)
}

/// Every form in which a stack is answered, with the name of its file.
fn outputs(folder: &Path) -> Vec<(&'static str, String)> {
    written(Planned::shared(stack(folder).text()))
}

fn written(Planned { source, analysis, findings, report, .. }: &Planned) -> Vec<(&'static str, String)> {
    let mut said = read(source).problems;
    said.extend(acceptance::idle_rows(analysis.stack, findings));
    let check =
        Report { findings: Some(finding::findings(findings, analysis.stack, source)), ..Report::about(analysis) };
    let check = check.with_questions(first_asked(analysis, source));
    let handoffs = Report { handoffs: Some(handoff::handoffs(analysis)), ..Report::about(analysis) };
    let stage = Report { stage: Some(Stage::of(analysis, findings)), ..Report::about(analysis) };
    let text =
        |report: &Report| anstream::adapter::strip_str(&terminal(&told(report, Medium::Terminal), 100)).to_string();
    vec![
        ("said.txt", render(source, &said, false)),
        ("check.txt", text(&check)),
        ("handoffs.txt", text(&handoffs)),
        ("stage.txt", text(&stage)),
        ("report.txt", text(report)),
        ("report.md", markdown(&told(report, Medium::Document))),
        ("report.json", json(report)),
    ]
}

/// What people read in the workbook and on the slides of a stack with its plan.
#[cfg(all(feature = "pptx", feature = "xlsx"))]
fn office(source: &Source) -> Vec<(&'static str, String)> {
    let stack = read(source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let findings = analysis.findings();
    let options = Options { samples: 200, ..Options::default() };
    let plan = plan::Plan::of(&analysis, &options).unwrap();
    let report = Report::of(&analysis, &findings, source).with_plan(report::Plan::of(&stack, &plan, &options));
    let report = report.with_questions(asked(&analysis, &plan, source));
    let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report, stood: None };
    let made = files(&sources, &[Part::Workbook, Part::Slides], &Look::of(Theme::light()), &|_| ()).unwrap();
    let bytes = |part: Part| made.iter().find(|file| file.path == part.name()).unwrap().bytes.clone();
    vec![
        ("workbook.txt", crate::support::dump::workbook(bytes(Part::Workbook))),
        ("slides.txt", crate::support::dump::slides(bytes(Part::Slides))),
    ]
}

#[cfg(all(feature = "pptx", feature = "xlsx"))]
#[test]
fn workbook_and_slides_say_the_same_as_before() {
    let mut stale = Vec::new();
    for folder in listed("tests/golden", "") {
        for (name, found) in office(&stack(&folder)) {
            compare(&folder.join(name), &found, &mut stale);
        }
    }
    assert_fresh(&stale);
}

#[test]
fn the_page_says_the_same_as_before() {
    let mut stale = Vec::new();
    for folder in listed("tests/golden", "") {
        let text = fs::read_to_string(folder.join("stack.yaml")).unwrap();
        compare(&folder.join("page.txt"), &words(&Fixture::undrawn(&text).page()), &mut stale);
    }
    assert_fresh(&stale);
}

fn stack(folder: &Path) -> Source {
    Source::new("stack.yaml", fs::read_to_string(folder.join("stack.yaml")).unwrap())
}

#[test]
fn nothing_changed() {
    let mut stale = Vec::new();
    for folder in listed("tests/golden", "") {
        for (name, found) in outputs(&folder) {
            compare(&folder.join(name), &found, &mut stale);
        }
    }
    assert_fresh(&stale);
}

#[test]
fn the_same_file_twice_gives_the_same_bytes() {
    for folder in listed("tests/golden", "") {
        assert_eq!(written(&Planned::of(stack(&folder).text())), outputs(&folder));
    }
}

/// The report as JSON without the places, which are what shuffling moves.
fn without_places(source: &Source) -> Value {
    let reading = read(source);
    let stack = reading.stack.unwrap();
    let analysis = Analysis::of(&stack);
    let report = Report::of(&analysis, &analysis.findings(), source);
    let mut report: Value = serde_json::from_str(&json(&report)).unwrap();
    for finding in report["findings"].as_array_mut().unwrap() {
        finding.as_object_mut().unwrap().remove("location").unwrap();
    }
    report
}

#[test]
fn the_order_of_a_file_means_nothing() {
    for folder in listed("tests/golden", "") {
        let source = stack(&folder);
        let expected = without_places(&source);
        for seed in 0..20 {
            let shuffled = Source::new("shuffled.json", crate::support::shuffle::shuffled(&source, seed));
            assert_eq!(without_places(&shuffled), expected, "{}: {}", folder.display(), shuffled.text());
        }
    }
}

#[test]
fn names_break_neither_tables_nor_terminals() {
    let folder = project().join("tests/golden/04-hostile-names");
    for (name, text) in outputs(&folder) {
        // The mark that keeps a name from right to left in its place is ours; one of the user's is shown as a letter.
        let is_ours = |c| c == '\u{200e}' && !name.ends_with("json") && !name.ends_with("txt");
        assert!(text.chars().all(|c| c == '\n' || is_ours(c) || !is_invisible(c)), "{name}: {text:?}");
    }
    let written = outputs(&folder).remove(5).1;
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    let tables: Vec<&str> = written.lines().filter(|line| line.starts_with('|')).collect();
    assert!(tables.len() > 3, "{written}");
    for table in tables.chunk_by(|a, b| bars(a) == bars(b)) {
        assert!(table.len() >= 3, "a row has another number of cells: {table:?}");
    }
    assert!(!written.replace("\\<", "").contains('<'), "{written}");
}

#[test]
fn reports_keep_to_their_schema_and_the_schema_can_refuse() {
    let schema = jsonschema::validator_for(&report_schema()).unwrap();
    for folder in listed("tests/golden", "") {
        let report: Value = serde_json::from_str(&outputs(&folder).pop().unwrap().1).unwrap();
        let faults: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", folder.display());
    }
    let report = fs::read_to_string(project().join("tests/golden/02-one-handoff/report.json")).unwrap();
    let good: Value = serde_json::from_str(&report).unwrap();
    let spoils: [fn(&mut Value); 9] = [
        |report| report["stage"]["constraint"] = "patience".into(),
        |report| report["stage"]["criteria"][0]["state"] = "perhaps".into(),
        |report| report["ledger"][0]["mode"] = "magic".into(),
        |report| drop(report["ai_register"][0].as_object_mut().unwrap().remove("owner")),
        |report| report["sinew"] = "one".into(),
        |report| report["findings"][0]["severity"] = "grave".into(),
        |report| report["findings"][0]["evidence"] = Value::Array(Vec::new()),
        |report| report["handoffs"][0]["hours"]["low"] = Value::Null,
        |report| drop(report.as_object_mut().unwrap().remove("stack")),
    ];
    for (at, spoil) in spoils.iter().enumerate() {
        let mut report = good.clone();
        spoil(&mut report);
        assert!(!schema.is_valid(&report), "spoil {at} is not noticed");
    }
}

#[test]
fn stack_files_keep_to_their_schema_and_broken_ones_do_not() {
    let schema = jsonschema::validator_for(&stack_schema()).unwrap();
    let as_json =
        |source: &Source| -> Value { serde_json::from_str(&crate::support::shuffle::shuffled(source, 0)).unwrap() };
    let mut valid: Vec<Source> = listed("tests/golden", "").iter().map(|folder| stack(folder)).collect();
    valid.push(Source::new("starter.yaml", sinew::cli::STARTER.into()));
    valid.push(Source::new("valid.json", include_str!("diagnostics/valid.json").into()));
    let examples = project().join("examples/stacks");
    if examples.is_dir() {
        valid.extend(
            listed("examples/stacks", "yaml").iter().map(|path| Source::new("x", fs::read_to_string(path).unwrap())),
        );
    }
    for source in &valid {
        let faults: Vec<String> = schema.iter_errors(&as_json(source)).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", source.text());
    }
    for broken in [
        "bad-id",
        "bare-percentage",
        "infinite-amount",
        "missing-version",
        "negative-amount",
        "not-a-mapping",
        "not-a-number",
        "unknown-key",
        "unit-in-a-plain-number",
        "wrong-type",
    ] {
        let text = fs::read_to_string(project().join(format!("tests/diagnostics/{broken}.yaml"))).unwrap();
        assert!(!schema.is_valid(&as_json(&Source::new("x.yaml", text))), "{broken} passes the schema");
    }
}

#[test]
fn files_are_named_from_the_report_and_stay_inside() {
    let source = stack(&project().join("tests/golden/04-hostile-names"));
    let stack = read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let findings = analysis.findings();
    let options = Options { samples: 20, ..Options::default() };
    let plan = plan::Plan::of(&analysis, &options).unwrap();
    let shown = report::Plan::of(&stack, &plan, &options);
    let report = Report::of(&analysis, &findings, &source).with_plan(shown);
    let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report, stood: None };
    let all: Vec<Part> = Part::ALL.iter().map(|(part, _)| *part).collect();
    let files = files(&sources, &all, &Look::of(Theme::light()), &|_| ()).unwrap();
    let names: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names.len(), files.len(), "every file has a name of its own");
    for name in [
        "report.json",
        "report.md",
        "diagrams/landscape.dot",
        "diagrams/handoffs.svg",
        "diagrams/failure.png",
        "diagrams/stage.svg",
        "diagrams/roadmap.mmd",
        "report.html",
        "slides.pptx",
        "plan.xlsx",
        "pictures.pdf",
        "target.yaml",
    ] {
        assert!(names.contains(name), "{name} is missing");
    }
    let is_plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) && part != "..";
    assert!(names.iter().all(|name| name.split('/').all(is_plain)), "{names:?}");
}
