//! The folder of a report over several runs: nothing of an earlier one is left, nothing of anybody else's is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::binary::{code, err, out, run};

const LARGE: &str = "tests/golden/10-acme/stack.yaml";
const SMALL: &str = "tests/golden/02-one-handoff/stack.yaml";

/// A new folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("folder").join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn report(stack: &str, folder: &Path, only: &str) -> String {
    let output = run(&["report", stack, "-o", folder.to_str().unwrap(), "--only", only]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    err(&output).to_owned()
}

/// All files in it, as paths from it.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(within) = open.pop() {
        for entry in fs::read_dir(within).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_a_report_no_longer_writes_goes_and_nothing_else_does() {
    let folder = folder("stale");
    report(LARGE, &folder, "offline,report.md");
    let before = files(&folder);
    let pages: Vec<&String> = before.iter().filter(|name| name.starts_with("offline/")).collect();
    assert!(pages.len() > 3, "{before:?}");
    // One page is edited, one is not ours, and a link has the name of one.
    let (edited, foreign) = (folder.join(pages[0]), folder.join("offline/ours.md"));
    fs::write(&edited, "edited\n").unwrap();
    fs::write(&foreign, "not of sinew\n").unwrap();
    let said = report(SMALL, &folder, "offline,report.md");
    let after = files(&folder);
    assert!(said.contains("kept ") && said.contains("changed by hand") && said.contains("removed "), "{said}");
    assert_eq!(fs::read_to_string(&edited).unwrap(), "edited\n");
    assert_eq!(fs::read_to_string(&foreign).unwrap(), "not of sinew\n");
    for page in &pages[1..] {
        let small = report_pages(SMALL);
        assert_eq!(after.contains(page), small.contains(page), "{page}: {after:?}");
    }
    // The list has what is there and of sinew, each with its hash.
    let list = fs::read_to_string(folder.join("sinew.files")).unwrap();
    let listed: Vec<&str> = list.lines().map(|line| line.split_once("  ").unwrap().1).collect();
    let mut expected = report_pages(SMALL);
    expected.push("report.md".to_owned());
    assert_eq!(listed, expected);
    let checked = Command::new("sha256sum").args(["--check", "--quiet", "sinew.files"]).current_dir(&folder).status();
    assert!(checked.is_err() || checked.unwrap().success());
}

fn report_pages(stack: &str) -> Vec<String> {
    let folder = folder(&format!("pages-{}", stack.len()));
    report(stack, &folder, "offline");
    files(&folder).into_iter().filter(|name| name.starts_with("offline/")).collect()
}

#[test]
fn parts_that_are_not_asked_for_stay() {
    let folder = folder("only");
    report(LARGE, &folder, "offline,report.md");
    let before = files(&folder);
    report(SMALL, &folder, "report.json");
    let mut expected = before.clone();
    expected.push("report.json".to_owned());
    expected.sort();
    assert_eq!(files(&folder), expected);
    // They are still known, and go when their part is asked for.
    report(SMALL, &folder, "offline");
    assert!(files(&folder).len() < before.len());
}

#[test]
fn what_a_killed_run_left_is_cleaned_and_what_looks_like_it_is_not() {
    let folder = folder("killed");
    report(SMALL, &folder, "report.md,offline");
    let left = [".report.md.4242.tmp", "offline/.writer.md.17.tmp"];
    let others = [".notes.md.4242.tmp", ".report.md.tmp", "offline/.x.tmp"];
    left.iter().chain(&others).for_each(|name| fs::write(folder.join(name), "half").unwrap());
    report(SMALL, &folder, "report.md,offline");
    let after = files(&folder);
    assert!(left.iter().all(|name| !after.contains(&(*name).to_owned())), "{after:?}");
    assert!(others.iter().all(|name| after.contains(&(*name).to_owned())), "{after:?}");
}

#[test]
fn a_report_of_which_a_file_cannot_be_written_changes_nothing() {
    let failing = folder("failing");
    fs::create_dir_all(&failing).unwrap();
    fs::write(failing.join("report.md"), "mine").unwrap();
    // No folder can be made where a file is.
    fs::write(failing.join("diagrams"), "mine").unwrap();
    let before = files(&failing);
    let again = || run(&["report", SMALL, "-o", failing.to_str().unwrap(), "--only", "report.md,diagrams"]);
    let said = again();
    assert_eq!(code(&said), 3, "{}", err(&said));
    assert_eq!(files(&failing), before);
    assert_eq!(fs::read_to_string(failing.join("report.md")).unwrap(), "mine");
    fs::remove_file(failing.join("diagrams")).unwrap();
    assert_eq!(code(&again()), 0);
    assert!(files(&failing).contains(&"diagrams/landscape.svg".to_owned()), "{:?}", files(&failing));
}

#[test]
fn a_list_that_is_not_ours_removes_nothing() {
    let folder = folder("forged");
    fs::create_dir_all(&folder).unwrap();
    let outside = folder.with_file_name("outside.md");
    fs::write(&outside, "").unwrap();
    fs::write(folder.join("mine.txt"), "").unwrap();
    // The hash of nothing, under names that no report has.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let names = ["../outside.md", "mine.txt", "offline/../mine.txt", "/etc/hostname", "offline/../../outside.md"];
    let list: String = names.iter().map(|name| format!("{empty}  {name}\n")).collect();
    fs::write(folder.join("sinew.files"), list).unwrap();
    report(SMALL, &folder, "report.md,offline");
    assert!(outside.is_file() && folder.join("mine.txt").is_file());
}

#[test]
fn runs_at_the_same_time_do_not_mix() {
    let together = folder("together");
    let binary = env!("CARGO_BIN_EXE_sinew");
    let start = |stack: &str| {
        let mut command = Command::new(binary);
        command.args(["report", stack, "--only", "report.md,offline,target.yaml", "-o"]).arg(&together);
        command.current_dir(env!("CARGO_MANIFEST_DIR")).stderr(std::process::Stdio::null()).spawn().unwrap()
    };
    let runs: Vec<_> = [LARGE, SMALL, LARGE, SMALL].map(start).into();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    let alone = [LARGE, SMALL].map(|stack| {
        let alone = folder(&format!("alone-{}", stack.len()));
        report(stack, &alone, "report.md,offline,target.yaml");
        files(&alone).into_iter().map(|name| (fs::read(alone.join(&name)).unwrap(), name)).collect::<Vec<_>>()
    });
    let found: Vec<_> =
        files(&together).into_iter().map(|name| (fs::read(together.join(&name)).unwrap(), name)).collect();
    assert!(alone.contains(&found), "the folder is that of one of the runs");
}

#[cfg(unix)]
#[test]
fn a_template_or_theme_that_never_ends_is_refused() {
    let folder = folder("devices");
    fs::create_dir_all(&folder).unwrap();
    let pipe = folder.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in ["/dev/zero", pipe.to_str().unwrap()] {
        for option in ["--template", "--theme"] {
            let to = folder.join("out");
            let output = run(&["report", SMALL, "-o", to.to_str().unwrap(), "--only", "slides.pptx", option, file]);
            assert_eq!(code(&output), 2, "{option} {file}");
            assert!(err(&output).contains("it is a device or a pipe"), "{}", err(&output));
            assert!(out(&output).is_empty() && !to.exists());
        }
    }
}
