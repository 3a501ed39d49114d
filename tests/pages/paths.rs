//! What the documents name exists: the targets of their links, and the paths that CONTRIBUTING sends people to.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].iter().map(|name| root().join(name)).collect();
    let mut open = vec![root().join("docs")];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    found
}

/// What stands between `open` and `close`, each time.
fn between<'t>(text: &'t str, open: &str, close: char) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inside, _)| inside).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for link in between(&text, "](", ')') {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            if target.contains("://") {
                continue;
            }
            let path = if target.is_empty() { document.clone() } else { document.parent().unwrap().join(target) };
            let has_anchor = |text: String| anchor.is_empty() || text.lines().any(|line| anchor_of(line) == anchor);
            let is_there = path.is_dir() || fs::read_to_string(&path).is_ok_and(has_anchor);
            if !is_there {
                broken.push(format!("{}: {link}", document.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The anchor of a heading; nothing for any other line.
fn anchor_of(line: &str) -> String {
    let Some(heading) = line.strip_prefix('#') else { return String::new() };
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn contributing_names_what_exists() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let is_path = |word: &&str| {
        let first = word.split('/').next().unwrap_or_default();
        word.contains('/') && ["src", "docs", "tests", "examples", "benches", ".ci"].contains(&first)
    };
    let paths: Vec<&str> = text.split('`').skip(1).step_by(2).filter(is_path).collect();
    assert!(paths.len() >= 10, "{paths:?}");
    // What is to be written anew stands in angle brackets, in a directory that exists.
    let exists = |path: &&str| match path.split_once('<') {
        Some((before, _)) => root().join(before).parent().is_some_and(Path::is_dir),
        None => root().join(path).exists(),
    };
    let missing: Vec<&&str> = paths.iter().filter(|path| !exists(path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // `NAME` in `path`: the file has the name.
    let words: Vec<&str> = text.split('`').collect();
    let named = words.windows(3).skip(1).step_by(2).filter(|three| three[1].trim() == "in" && is_path(&three[2]));
    let holds = |name: &str, path: &str| fs::read_to_string(root().join(path)).is_ok_and(|text| text.contains(name));
    let (known, unknown): (Vec<&[&str]>, Vec<&[&str]>) =
        named.partition(|three| holds(three[0].trim_end_matches("(…)"), three[2]));
    assert!(unknown.is_empty() && known.len() >= 10, "{known:?} are there, and these are not: {unknown:?}");
}

#[test]
fn contributing_takes_at_most_eight_steps_for_each_thing() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let things: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## ")).filter(|thing| thing.starts_with("Add ")).collect();
    assert!(things.len() >= 8, "{things:?}");
    for thing in things {
        let section = crate::pages::markdown::section(&text, thing);
        let steps = section.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
        assert!((1..=8).contains(&steps), "{thing}: {steps} steps");
    }
}
