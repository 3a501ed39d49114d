//! What fuzzing kept, and files of the tests, through the same functions as the fuzz targets.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use sinew::model::shape::{Key, STACK, Takes};

#[path = "../fuzz/functions.rs"]
mod functions;

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort_unstable();
    found
}

/// Runs `function` on each of these files and on each of them cut off in the middle; those that it panics at.
fn panics(function: fn(&[u8]), files: &[PathBuf]) -> Vec<String> {
    let mut bad = Vec::new();
    for file in files {
        let bytes = fs::read(file).unwrap();
        for part in [&bytes[..], &bytes[..bytes.len() / 2]] {
            if catch_unwind(AssertUnwindSafe(|| function(part))).is_err() {
                bad.push(format!("{} ({} bytes of it)", file.display(), part.len()));
            }
        }
    }
    bad
}

/// The same for the files of these folders; there are at least `least` of them.
fn run(function: fn(&[u8]), folders: &[&str], least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: Vec<PathBuf> = folders.iter().flat_map(|folder| all_files(&root.join(folder))).collect();
    assert!(files.len() >= least, "{} files in {folders:?}", files.len());
    assert_eq!(panics(function, &files), [""; 0]);
}

#[test]
fn no_stack_file_that_was_fuzzed_panics() {
    run(functions::reader, &["fuzz/corpus/reader"], 100);
    run(functions::reader, &["tests/diagnostics", "examples/stacks", "fuzz/seeds/reader"], 50);
}

/// Fuzzing finds no key by itself: one that no seed states is not fuzzed.
#[test]
fn the_seeds_of_the_reader_state_every_key_and_are_right() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/reader/every-key.yaml");
    let text = fs::read_to_string(path).unwrap();
    let reading = sinew::model::read(&sinew::source::Source::new("stack.yaml", text.clone()));
    assert!(reading.stack.is_some(), "{:?}", reading.problems);
    let text = format!("\n{text}");
    let mut open: Vec<&Key> = STACK.iter().collect();
    let (mut seen, mut missing) = (0, Vec::new());
    while let Some(key) = open.pop() {
        seen += 1;
        let is_there = |before: &str| text.contains(&format!("{before}{}: ", key.name));
        let is_list = text.contains(&format!("{}:\n", key.name));
        // Files of catalogs are not opened, and any key that begins so is a note.
        let is_left_out = key.name == "catalog" || key.name.starts_with("x-");
        if !is_left_out && !is_list && !["{ ", ", ", "\n", " "].iter().any(|before| is_there(before)) {
            missing.push(key.name);
        }
        match key.takes {
            Takes::ById(keys) | Takes::List(keys) | Takes::Object(keys) => open.extend(keys),
            _ => {}
        }
    }
    assert_eq!(missing, [""; 0], "fuzz/seeds/reader/every-key.yaml does not state these keys");
    assert!(seen > 90, "{seen}");
}

#[test]
fn no_baseline_that_was_fuzzed_panics() {
    run(functions::baseline, &["fuzz/corpus/baseline"], 50);
    run(functions::baseline, &["tests/golden/10-acme", "tests/golden/06-accepted"], 5);
}

#[test]
fn no_template_that_was_fuzzed_panics() {
    run(functions::template, &["fuzz/corpus/template"], 50);
    run(functions::template, &["tests/golden/10-acme"], 5);
}

#[test]
fn no_theme_that_was_fuzzed_panics() {
    run(functions::theme, &["fuzz/corpus/theme"], 50);
    run(functions::theme, &["tests/diagnostics"], 50);
}

#[test]
fn no_scenario_of_the_tests_panics() {
    run(functions::scenario, &["examples/scenarios", "tests/diagnostics"], 50);
}

#[test]
fn no_foreign_file_of_the_tests_panics() {
    run(functions::import, &["tests/importers/samples"], 11);
}

#[test]
fn a_file_that_panics_is_named() {
    let files = all_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stacks"));
    let bad = panics(|bytes| assert!(bytes.is_empty(), "this is the panic of a test"), &files[..1]);
    assert_eq!(bad.len(), 2);
    assert!(bad[0].contains("examples/stacks"), "{bad:?}");
}
