//! Files that say what output has to be. With `SINEW_BLESS=1` they are rewritten, to be read like code before they are
//! committed.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the project.
pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares `found` with the file at `path`; what differs is added to `stale`.
pub(crate) fn compare(path: &Path, found: &str, stale: &mut Vec<String>) {
    if std::env::var_os("SINEW_BLESS").is_some_and(|value| value == "1") {
        fs::write(path, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == found {
        return;
    }
    let line = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
    stale.push(format!(
        "{} differs from line {} on\n  expected: {}\n  found:    {}",
        path.display(),
        line + 1,
        expected.lines().nth(line).unwrap_or("(end)"),
        found.lines().nth(line).unwrap_or("(end)"),
    ));
}

/// Fails with all that is stale.
pub(crate) fn assert_fresh(stale: &[String]) {
    assert!(stale.is_empty(), "{}\n\nif that is meant, run the tests with SINEW_BLESS=1", stale.join("\n\n"));
}

#[allow(dead_code, reason = "not every test that shares this file lists folders")]
/// The files of a folder with this ending, or its folders where the ending is empty; sorted.
pub(crate) fn listed(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(project().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| match ending {
            "" => path.is_dir(),
            _ => path.extension().is_some_and(|found| found == ending),
        })
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder} holds something");
    paths
}
