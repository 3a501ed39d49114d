//! The command: its formats, its files, what it says about what is wrong; and what the page about it shows.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader as _, Xlsx};
use serde_json::Value;

use crate::support::binary::{code, err, folder, out, run};
use crate::support::{dump, golden};

const STACK: &str = "examples/stacks/stage-3-marketo-enterprise.yaml";
const FILES: [&str; 2] = ["examples/scenarios/one-writing-tool.yaml", "examples/scenarios/second-model.yaml"];

fn compare(more: &[&str]) -> std::process::Output {
    run(&[&["compare", STACK, FILES[0], FILES[1]], more].concat())
}

/// Each row of the table as words, from any text with bars or wide spaces between cells.
fn says_all(text: &str, place: &str) {
    for words in ["One writing tool", "Second model vendor", "Contracts saved, USD a year", "7,200", "-9,000"] {
        assert!(text.contains(words), "{place}: {words}\n{text}");
    }
    for figure in
        ["Hours a year by hand", "Single points of failure", "Worst single outage", "Maturity stage", "New findings"]
    {
        assert!(text.contains(figure), "{place}: {figure}");
    }
    for figure in ["Findings fixed", "Person-days of the plan", "Spent on the plan, USD", "Net value of the plan, USD"]
    {
        assert!(text.contains(figure), "{place}: {figure}");
    }
}

#[test]
fn the_same_figures_stand_in_every_format() {
    let (text, markdown, json) = (compare(&[]), compare(&["--format", "markdown"]), compare(&["--format", "json"]));
    assert_eq!((code(&text), code(&markdown), code(&json)), (0, 0, 0));
    says_all(out(&text), "text");
    says_all(&out(&markdown).replace('\\', ""), "markdown");
    assert_eq!(out(&text), out(&compare(&[])), "the same call gives the same answer");
    let found: Value = serde_json::from_str(out(&json)).unwrap();
    let schema = run(&["schema", "compare"]);
    let schema = jsonschema::validator_for(&serde_json::from_str(out(&schema)).unwrap()).unwrap();
    let problems: Vec<String> = schema.iter_errors(&found).map(|problem| problem.to_string()).collect();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(found["scenarios"][0]["contracts"]["saved"]["likely"], 7_200);
    assert_eq!(found["scenarios"][0]["retired"], serde_json::json!(["chatgpt", "subject-line-to-marketo"]));
    assert_eq!(found["scenarios"][1]["added"], serde_json::json!(["azure-openai"]));
    assert_eq!(found["scenarios"][1]["file"], FILES[1]);
    // One vendor stops nothing any more.
    let points = |column: &Value| column["standing"]["single_points"].as_object().unwrap().contains_key("openai");
    assert!(points(&found["today"]) && !points(&found["scenarios"][1]["figures"]));
    let fixed = found["scenarios"][1]["findings"]["fixed"].as_array().unwrap();
    assert!(fixed.iter().any(|one| one["id"] == "single-point-of-failure:openai"), "{fixed:?}");
}

#[test]
fn without_a_process_nobody_knows_what_a_failure_stops() {
    let dir = folder("scenarios-without-a-process");
    let [stack, file] = ["stack.yaml", "scenario.yaml"].map(|name| dir.join(name));
    let text = "sinew: 1\nsystems:\n  crm: { kind: crm }\n  mail: { kind: marketing-automation }\ndata: { lead: {} }\nflows:\n  \
                - { id: leads, from: crm, to: mail, data: lead, mechanism: native }\n";
    fs::write(&stack, text).unwrap();
    // A scenario that brings the process is told from today.
    fs::write(&file, "name: With a process\nadd:\n  processes:\n    nurture: { needs: [{ data: lead, at: mail }] }\n")
        .unwrap();
    let answer = run(&["compare", stack.to_str().unwrap(), file.to_str().unwrap()]);
    let row = |heading: &str| -> Vec<String> {
        let line = out(&answer).lines().find(|line| line.trim_start().starts_with(heading));
        let line = line.unwrap_or_else(|| panic!("{heading}: {}{}", out(&answer), err(&answer)));
        let cells = line.trim().split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        cells.map(str::to_owned).collect()
    };
    assert_eq!(row("Worst single outage"), ["Worst single outage", "not known", "CRM: 1 process"]);
    assert_eq!(row("Single points of failure")[1], "not known");
    assert_eq!(row("Cost of that per hour")[1..], ["not known", "not known"]);
}

#[test]
fn one_slide_and_a_workbook_are_written() {
    let folder = folder("scenarios");
    let path = |name: &str| folder.join(name).display().to_string();
    let (slide, book) = (path("scenarios.pptx"), path("scenarios.xlsx"));
    let done = compare(&["-o", &slide, "-o", &book]);
    assert_eq!((code(&done), out(&done)), (0, ""));
    let words = dump::slides(fs::read(&slide).unwrap());
    assert_eq!(words.matches("# Slide ").count(), 1);
    says_all(&words, "slide");
    assert!(words.contains("so that ChatGPT and its contract can go"), "the notes say why\n{words}");
    let mut open: Xlsx<_> = Xlsx::new(Cursor::new(fs::read(&book).unwrap())).unwrap();
    assert_eq!(open.sheet_names(), ["Summary", "Scenarios", "Findings against today"]);
    let sheet = open.worksheet_range("Scenarios").unwrap();
    let row = sheet.rows().find(|row| row[0].to_string().starts_with("Contracts saved")).unwrap();
    assert_eq!(row[1..4].iter().map(ToString::to_string).collect::<Vec<_>>(), ["", "7200", "-9000"]);
    let again = compare(&["-o", &slide]);
    assert_eq!((code(&again), fs::read(&slide).unwrap().len() > 1_000), (0, true));
    let refused = compare(&["-o", &path("scenarios.doc")]);
    assert_eq!(code(&refused), 2);
    assert!(err(&refused).contains("expected a file that ends in .pptx or .xlsx"), "{}", err(&refused));
}

#[test]
fn what_is_wrong_is_said_for_every_scenario_at_once() {
    let folder = folder("wrong-scenarios");
    let file = |name: &str, text: &str| {
        fs::write(folder.join(name), text).unwrap();
        folder.join(name).display().to_string()
    };
    let (one, two) = (
        file("one.yaml", "name: One\nretire: jaspr\n"),
        file("two.yaml", "name: Two\nchange: { jasper: { ownr: content } }\n"),
    );
    let both = run(&["compare", STACK, &one, &two]);
    assert_eq!((code(&both), out(&both)), (2, ""));
    for words in
        ["one.yaml:2:9", "did you mean `jasper`?", "two.yaml:2:21", "a system has no key `ownr`", "one.yaml: 1 error\n"]
    {
        assert!(err(&both).contains(words), "{words}\n{}", err(&both));
    }
    let json = run(&["compare", STACK, &one, &two, "--format", "json"]);
    let found: Value = serde_json::from_str(out(&json)).unwrap();
    let files: Vec<&str> =
        found["diagnostics"].as_array().unwrap().iter().map(|one| one["location"]["file"].as_str().unwrap()).collect();
    assert_eq!(files, [one.as_str(), two.as_str()]);
    let missing = run(&["compare", STACK, &one, "no-such-file.yaml"]);
    assert_eq!(code(&missing), 2);
    assert!(err(&missing).contains("no-such-file.yaml") && err(&missing).contains("one.yaml:2:9"), "{}", err(&missing));
    let many: Vec<&str> = std::iter::repeat_n(FILES[0], 13).collect();
    let many = run(&[&["compare", STACK], many.as_slice()].concat());
    assert_eq!(code(&many), 2);
    assert!(err(&many).contains("13 scenarios are more than the 12"), "{}", err(&many));
    assert_eq!(code(&run(&["compare", STACK])), 2, "a scenario is needed");
    assert_eq!(code(&run(&["compare", "-", "-"])), 2);
}

/// A workbook and a stack in JSON have scenarios as well.
#[test]
fn a_workbook_and_json_are_stacks_too() {
    let folder = folder("scenario-stacks");
    let path = |name: &str| folder.join(name).display().to_string();
    assert_eq!(code(&run(&["export", STACK, "-o", &path("stack.xlsx")])), 0);
    let of = |stack: &str| -> Value {
        let found = run(&["compare", stack, FILES[0], "--format", "json"]);
        assert_eq!(code(&found), 0, "{}", err(&found));
        serde_json::from_str(out(&found)).unwrap()
    };
    let (text, book) = (of(STACK), of(&path("stack.xlsx")));
    for column in
        ["/today/standing", "/scenarios/0/figures/standing", "/scenarios/0/contracts", "/scenarios/0/findings/fixed"]
    {
        assert_eq!(text.pointer(column), book.pointer(column), "{column}");
    }
}

#[test]
fn the_schema_of_scenarios_takes_the_examples_and_refuses_what_the_reader_refuses() {
    let schema = run(&["schema", "scenario"]);
    let schema = jsonschema::validator_for(&serde_json::from_str(out(&schema)).unwrap()).unwrap();
    let of = |text: &str| -> Value { as_json(text) };
    for file in FILES {
        let value = of(&fs::read_to_string(file).unwrap());
        let problems: Vec<String> = schema.iter_errors(&value).map(|problem| problem.to_string()).collect();
        assert!(problems.is_empty(), "{file}: {problems:?}");
    }
    let good = serde_json::json!({ "name": "x", "retire": "a->b:c", "add": { "systems": { "z": { "kind": "crm" } } },
        "change": { "a->b:c": { "runs": null } }, "plan": { "horizon": "1y" } });
    assert!(schema.is_valid(&good));
    for bad in [
        serde_json::json!({ "retire": ["a"] }),
        serde_json::json!({ "name": "x", "retires": ["a"] }),
        serde_json::json!({ "name": "x", "add": { "systms": {} } }),
        serde_json::json!({ "name": "x", "add": { "systems": { "z": { "knd": "crm" } } } }),
        serde_json::json!({ "name": "x", "plan": { "horizn": "1y" } }),
        serde_json::json!({ "name": "x", "change": ["a"] }),
    ] {
        assert!(!schema.is_valid(&bad), "{bad}");
    }
}

/// The examples in JSON, by the reader of this program: scalars are texts, but for numbers.
fn as_json(text: &str) -> Value {
    use sinew::source::{Diagnostics, Limits, Node, Source, Value as Tree, parse};
    fn of(node: &Node<'_>) -> Value {
        match &node.resolved().value {
            Tree::Null => Value::Null,
            Tree::Scalar(scalar) => {
                let number = scalar.text.parse::<f64>().ok().filter(|_| scalar.plain).map(Value::from);
                number.unwrap_or_else(|| scalar.text.as_ref().into())
            }
            Tree::List(items) => items.iter().map(of).collect(),
            Tree::Map(entries) => entries.iter().map(|entry| (entry.key.to_string(), of(&entry.node))).collect(),
            Tree::Alias(_) => unreachable!("resolved"),
        }
    }
    let source = Source::new("scenario.yaml", text.to_owned());
    of(&parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap())
}

/// The page shows the examples and what the command says of them.
#[test]
fn the_page_of_scenarios_shows_what_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenarios.md");
    let page = fs::read_to_string(&path).unwrap();
    let block = |language: &str| -> String {
        let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    let example = fs::read_to_string(FILES[0]).unwrap();
    let shown = compare(&[]);
    let said = out(&shown).trim_end().split("\nFindings against today").next().unwrap().trim_end().to_owned() + "\n";
    let anew = page.replacen(&block("yaml"), &example, 1).replacen(&block("text"), &said, 1);
    let mut stale = Vec::new();
    golden::compare(&path, &anew, &mut stale);
    golden::assert_fresh(&stale);
}
