//! What fuzzing found or kept, and files of the tests, through the same functions as the fuzz targets.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/functions.rs"]
mod functions;

fn all_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { all_files(&path, found) } else { found.push(path) }
    }
}

/// Runs `function` on what is kept for it, on the files of these folders, and on each of them cut off in the middle.
fn run(name: &str, function: fn(&[u8]), folders: &[&str]) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    all_files(&root.join("fuzz/corpus").join(name), &mut files);
    folders.iter().for_each(|folder| all_files(&root.join(folder), &mut files));
    for file in &files {
        let bytes = fs::read(file).unwrap();
        function(&bytes);
        function(&bytes[..bytes.len() / 2]);
    }
    files.len()
}

#[test]
fn nothing_that_was_fuzzed_panics() {
    assert!(run("reader", functions::reader, &["tests/diagnostics", "examples/stacks"]) > 50);
    assert!(run("baseline", functions::baseline, &["tests/golden/10-acme", "tests/golden/06-accepted"]) > 4);
    assert!(run("theme", functions::theme, &["tests/diagnostics"]) > 50);
    assert!(run("template", functions::template, &["tests/golden/10-acme"]) > 4);
    assert!(run("import", functions::import, &["tests/importers/samples"]) > 10);
}
