//! Entries that are called the same: told apart by their id in everything that is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::binary::{code, err, folder, out, run};
use crate::support::dump::workbook;

/// Two of each kind share a name that stands nowhere else.
const STACK: &str = "sinew: 1
name: Names that are shared
as_of: 2026-11-21
currency: USD
hourly_rate: 60
teams:
  t-one: { name: Crewe, people: 1 }
  t-two: { name: Crewe, people: 1 }
systems:
  s-one: { kind: ai-content, name: Twyne, owner: t-one, domain: North, makes: [{ data: d-one }] }
  s-two: { kind: crm, name: Twyne, owner: t-two, domain: South, interfaces: [rest] }
  s-three: { kind: bi, name: twyne, domain: South, interfaces: [rest] }
  other: { kind: crm, name: Different, domain: South, interfaces: [rest], makes: [{ data: d-two }] }
data:
  d-one: { name: Matte }
  d-two: { name: Matte }
flows:
  - { from: s-one, to: s-two, data: d-one, mechanism: copy-paste, performer: t-one, runs: 10/week, minutes: 30 }
  - { from: other, to: s-three, data: d-two, mechanism: export-import, performer: t-two, runs: 10/week, minutes: 60 }
  - { from: s-two, to: other, data: d-one, mechanism: api, runs: 1/day }
processes:
  p-one: { name: Worke, needs: [{ data: d-one, at: s-two }], outage_cost: 100 }
  p-two: { name: Worke, needs: [{ data: d-two, at: s-three }], outage_cost: 50 }
";

const NAMES: [&str; 5] = ["Twyne", "twyne", "Crewe", "Matte", "Worke"];

/// `text` without tags, entities and what only lays out.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut is_tag = false;
    for c in text.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                out.push(' ');
            }
            _ if !is_tag => out.push(c),
            _ => {}
        }
    }
    out.replace("\\n", " ").replace("&#40;", "(").replace("\\(", "(").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words that a graph shows, one behind the other as on the picture, and then the rest of it.
fn labels_first(dot: &str) -> String {
    let (mut labels, mut rest) = (String::new(), String::new());
    for (at, part) in dot.split("label=").enumerate() {
        let mut depth = 0;
        let end = match part.chars().next() {
            Some('<') if at > 0 => part.char_indices().find_map(|(at, c)| {
                depth += i32::from(c == '<') - i32::from(c == '>');
                (depth == 0).then_some(at + 1)
            }),
            Some('"') if at > 0 => part[1..].find('"').map(|end| end + 2),
            _ => None,
        };
        let (label, others) = part.split_at(end.unwrap_or(0));
        // Without what the label stands in: quotes or brackets.
        labels += label.get(1..label.len().saturating_sub(1)).unwrap_or_default();
        labels.push(' ');
        rest += others;
    }
    labels + &rest
}

/// Fails where one of the names stands without an id behind it.
fn assert_told_apart(what: &str, text: &str, counted: &mut BTreeMap<String, usize>) {
    for name in NAMES {
        for (at, _) in text.match_indices(name) {
            let behind = text[at + name.len()..].trim_start();
            let is_told = ["(s-", "(t-", "(d-", "(p-"].iter().any(|id| behind.starts_with(id));
            let from = text[..at].char_indices().rev().nth(60).map_or(0, |(from, _)| from);
            let around: String = text[from..].chars().take(160).collect();
            assert!(is_told, "{what}: {around}");
            *counted.entry(what.to_owned()).or_default() += 1;
        }
    }
}

/// Texts of the parts of a package, each part's paragraphs or cells joined.
fn package(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().to_string();
        if name.ends_with(".xml") && !name.contains("theme") {
            std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        }
    }
    text
}

/// The cells of the sheets of results, and what charts say. In the sheets of the stack before them names are as the file states
/// them, with their ids in a column of their own.
fn results(path: &Path) -> String {
    let all = workbook(fs::read(path).unwrap());
    let (_, results) = all.split_once("# Summary\n").unwrap();
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = results.to_owned();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        if ["xl/charts/", "xl/drawings/"].iter().any(|folder| file.name().unwrap().starts_with(folder)) {
            std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        }
    }
    text
}

#[test]
fn entries_of_one_name_are_told_apart_in_everything_that_is_written() {
    let folder = folder("same-names");
    let stack = folder.join("stack.yaml");
    fs::write(&stack, STACK).unwrap();
    let stack = stack.display().to_string();
    let mut counted = BTreeMap::new();
    for question in [
        &["check", "--all"][..],
        &["handoffs", "--all"],
        &["outage", "--all"],
        &["outage", "--without", "s-two"],
        &["stage", "--all"],
        &["plan", "--all"],
    ] {
        for format in ["text", "markdown"] {
            let output = run(&[&question[..1], &[stack.as_str()], &question[1..], &["--format", format]].concat());
            assert_eq!(code(&output), 0, "{}", err(&output));
            assert_told_apart(&format!("{question:?} {format}"), &plain(out(&output)), &mut counted);
        }
    }
    let to = folder.join("out");
    let output = run(&["report", &stack, "-o", &to.display().to_string()]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let mut files = vec![to];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = match path.extension().and_then(|end| end.to_str()) {
            Some("md" | "html" | "svg") => fs::read_to_string(&path).unwrap(),
            Some("dot") => labels_first(&fs::read_to_string(&path).unwrap()),
            Some("pptx") => package(&path),
            Some("xlsx") => results(&path),
            _ => continue,
        };
        // What programs read has ids and names as the file states them; tooltips say the id as well.
        let text = text.split("<script").next().unwrap().to_owned();
        assert_told_apart(&name, &plain(&text), &mut counted);
    }
    for file in [
        "report.md",
        "report.html",
        "landscape.svg",
        "landscape.dot",
        "handoffs.svg",
        "plan.xlsx",
        "slides.pptx",
        "s-one.md",
    ] {
        assert!(counted.get(file).is_some_and(|count| *count > 2), "{file}: {counted:?}");
    }
}

#[test]
fn a_file_that_is_written_keeps_the_names_as_they_were() {
    let folder = folder("same-names-target");
    let stack = folder.join("stack.yaml");
    fs::write(&stack, STACK).unwrap();
    let target = folder.join("target.yaml");
    let output = run(&["plan", &stack.display().to_string(), "--target", &target.display().to_string()]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let target = fs::read_to_string(target).unwrap();
    assert!(target.contains("name: Twyne") && !target.contains("Twyne ("), "{target}");
}
