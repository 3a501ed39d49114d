//! Imports run one way: each room knows only those before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in order.
const ROOMS: [&str; 9] = ["source", "grid", "catalog", "model", "analysis", "plan", "report", "ask", "cli"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a line of code names by `crate::`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    code.split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
}

#[test]
fn no_room_names_a_room_after_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&source, &mut files);
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let (mut arrows, mut back) = (0, Vec::new());
    for file in files {
        let inside = file.strip_prefix(&source).unwrap();
        let room = inside.iter().next().unwrap().to_str().unwrap();
        let Some(own) = place(room) else { continue };
        for (at, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            for other in named(line) {
                let Some(theirs) = place(other) else { continue };
                arrows += 1;
                if theirs > own {
                    back.push(format!("src/{}:{}: {room} names {other}", inside.display(), at + 1));
                }
            }
        }
    }
    assert!(arrows > 50, "the test finds no imports any more");
    assert!(back.is_empty(), "{}", back.join("\n"));
}

/// Rooms that stand beside the row, each with the rooms that it may name.
const BESIDE: [(&str, &[&str]); 6] = [
    ("edit", &["source", "model"]),
    ("import", &["source", "grid", "catalog", "model", "edit"]),
    ("workbook", &["source", "grid", "catalog", "model", "edit"]),
    ("mcp", &["source", "catalog", "model", "edit", "analysis", "plan", "report", "ask"]),
    ("lsp", &["source", "catalog", "model", "edit", "analysis", "plan", "report", "ask"]),
    ("serve", &["source", "catalog", "model", "edit", "analysis", "plan", "report", "ask"]),
];

#[test]
fn a_room_beside_the_row_knows_what_is_before_it_and_only_cli_knows_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&source, &mut files);
    let (mut arrows, mut wrong) = (0, Vec::new());
    for file in files {
        let inside = file.strip_prefix(&source).unwrap();
        let room = inside.iter().next().unwrap().to_str().unwrap();
        for (at, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            for other in named(line).filter(|other| *other != room) {
                let known = ROOMS.contains(&other) || BESIDE.iter().any(|(beside, _)| *beside == other);
                let is_allowed = match BESIDE.iter().find(|(beside, _)| *beside == room) {
                    Some((_, allowed)) => allowed.contains(&other),
                    None => room == "cli" || !BESIDE.iter().any(|(beside, _)| *beside == other),
                };
                arrows += usize::from(known);
                if known && !is_allowed {
                    wrong.push(format!("src/{}:{}: {room} names {other}", inside.display(), at + 1));
                }
            }
        }
    }
    assert!(arrows > 50, "the test finds no imports any more");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rooms inside `report`, each with the rooms that it may name beside itself.
const DOORS: [(&str, &[&str]); 5] = [
    ("say", &[]),
    ("facts", &["say"]),
    ("tables", &["say", "facts"]),
    ("story", &["say", "facts", "tables"]),
    ("write", &["say", "facts", "tables", "story"]),
];

#[test]
fn rooms_of_a_report_keep_to_their_doors_and_only_facts_see_analysis_and_plan() {
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
    let (mut arrows, mut wrong) = (0, Vec::new());
    for (room, doors) in DOORS {
        let mut files = Vec::new();
        sources(&report.join(room), &mut files);
        // Samples for tests are made by the rooms that stand outside.
        for file in files.into_iter().filter(|file| !file.ends_with("tables/sample.rs")) {
            for (at, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                let mut complain =
                    |why: String| wrong.push(format!("{}:{}: {why}: {}", file.display(), at + 1, line.trim()));
                for outer in named(line) {
                    if ["analysis", "plan"].contains(&outer) && room != "facts" {
                        complain(format!("{room} sees {outer}"));
                    }
                }
                for inner in line.split("crate::report::").skip(1) {
                    arrows += 1;
                    let name = inner.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                    if name != room && !doors.contains(&name) && !line.trim_start().starts_with("//") {
                        complain(format!("{room} names {name:?}"));
                    }
                }
            }
        }
    }
    assert!(arrows > 50, "the test finds no imports any more");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_crate_of_graphs_names_petgraph_and_only_cli_opens_files() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&source, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&source).unwrap().display().to_string();
        for line in fs::read_to_string(&file).unwrap().lines() {
            let graph = line.contains("petgraph::");
            let opens = line.contains("std::fs") && !inside.starts_with("cli");
            if graph || opens {
                wrong.push(format!("src/{inside}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
