//! No test is skipped unseen: what is missing is counted, and every test that needs a judge asks for it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::binary::folder;
use crate::support::judge::{PROGRAMS, is_strict, noted};

#[test]
fn what_is_not_tried_is_counted_by_test_and_anew_for_each_run() {
    let file = folder("judges").join("not-tried.txt");
    assert_eq!(noted(&file, 7, "one\tdot is not installed\tpictures\tinstall it"), 1);
    assert_eq!(noted(&file, 7, "one\tdot is not installed\tpictures\tinstall it"), 1, "a test asks twice");
    assert_eq!(noted(&file, 7, "one\tscram is not installed\ttrees\tinstall it"), 1, "a test has two judges");
    assert_eq!(noted(&file, 7, "other\tdot is not installed\tpictures\tinstall it"), 2);
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 4);
    assert_eq!(noted(&file, 8, "other\tdot is not installed\tpictures\tinstall it"), 1, "another run");
}

#[test]
fn a_missing_program_is_a_failure_where_ci_is_set() {
    for ci in [None, Some(""), Some("0"), Some("false")] {
        assert!(!is_strict(ci), "{ci:?}");
    }
    assert!(is_strict(Some("1")) && is_strict(Some("true")));
}

#[test]
fn the_script_installs_every_judge() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join(".ci/run")).unwrap();
    for (names, _, packages) in PROGRAMS {
        for package in packages.split(' ') {
            assert!(script.contains(&format!("{}:{package}", names[0])), "{} by {package}", names[0]);
        }
        for other in &names[1..] {
            assert!(script.contains(&format!("command -v {other}")), "{other} will do as well");
        }
    }
    assert!(script.contains("export CI=1") && script.contains("unset CI"));
    assert!(script.trim_end().lines().last().unwrap().contains("were not tried"), "the last line counts");
}

fn tests(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn whoever_runs_a_judge_asks_for_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests", "crates/sinew-draw/tests", "crates/sinew-graph/tests", "crates/sinew-order/tests"] {
        tests(&root.join(folder), &mut files);
    }
    let (mut askers, mut wrong) = (0, Vec::new());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let asks = text.contains("judge::judge") || text.contains("judge::{");
        askers += usize::from(asks);
        for name in PROGRAMS.iter().flat_map(|(names, ..)| *names) {
            if text.contains(&format!("Command::new(\"{name}\")")) && !asks {
                wrong.push(format!("{} runs {name}", file.display()));
            }
        }
        for word in ["SKIPPED:", "skipped: "] {
            if text.contains(&format!("eprintln!(\"{word}")) {
                wrong.push(format!("{} skips by itself", file.display()));
            }
        }
    }
    assert!(askers >= 6, "{askers} files ask for judges");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
