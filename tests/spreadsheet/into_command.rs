//! `sinew import WORKBOOK --into STACK`: what it writes into the file, and what it refuses.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::binary::{code, err, folder, run};

const STACK: &str = "sinew: 1
systems:
  jasper: { product: jasper, owner: content }
  wordpress: { product: wordpress, owner: content }
teams: { content: {} }
data: { draft: { name: Blog draft } }
flows:
  - { from: jasper, to: wordpress, data: draft, mechanism: copy-paste, performer: content, runs: 2/week, minutes: 15 }
accept:
  - { rule: no-runbook, subject: jasper }
";

/// A stack file and the folder of CSV files that was exported of it.
fn exported(name: &str, text: &str) -> (PathBuf, String, String) {
    let folder = folder(name);
    let path = |name: &str| folder.join(name).display().to_string();
    fs::write(folder.join("stack.yaml"), text).unwrap();
    let output = run(&["export", &path("stack.yaml"), "-o", &path("book"), "--format", "csv"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let (stack, book) = (path("stack.yaml"), path("book"));
    (folder, stack, book)
}

fn replace(folder: &Path, sheet: &str, from: &str, to: &str) {
    let path = folder.join("book").join(sheet);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Settings spells rules `Manual handoff`, and a row on Accepted that did so was written as it was: the stack file was no longer valid.
#[test]
fn accepted_findings_are_read_as_settings_and_cells_spell_them() {
    for (row, rule, subject) in [
        ("Manual handoff,Jasper,", "manual-handoff", "jasper"),
        ("manual-handoff,jasper,", "manual-handoff", "jasper"),
        ("Shadow AI,Content,", "shadow-ai", "content"),
        ("Manual handoff,Jasper → WordPress: Blog draft,", "manual-handoff", "jasper->wordpress:draft"),
    ] {
        let (folder, stack, book) = exported("into-accepted", STACK);
        let path = folder.join("book/Accepted.csv");
        let before = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{before}{row},,\n")).unwrap();
        let output = run(&["import", &book, "--into", &stack]);
        assert_eq!(code(&output), 0, "{row}: {}", err(&output));
        let text = fs::read_to_string(&stack).unwrap();
        assert!(text.contains(rule) && text.contains(subject), "{row}: {text}");
        assert_eq!(code(&run(&["check", &stack])), 0, "{row}: {text}");
    }
}

#[test]
fn what_would_not_be_valid_is_told_at_its_cell_and_not_written() {
    let (folder, stack, book) = exported("into-not-valid", STACK);
    replace(&folder, "Accepted.csv", "no-runbook,", "No parrot,");
    let output = run(&["import", &book, "--into", &stack]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(said.contains("there is no rule `No parrot`") && said.contains("Accepted!A2"), "{said}");
    assert_eq!(fs::read_to_string(&stack).unwrap(), STACK);
    // The workbook is right, and the stack file that comes out is not: its system was renamed by hand.
    let (folder, stack, book) = exported("into-not-valid-then", STACK);
    let path = folder.join("book/Accepted.csv");
    let before = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{before}No runbook,WordPress,,,\n")).unwrap();
    let renamed = STACK.replace("wordpress: {", "cms: {").replace("to: wordpress", "to: cms");
    fs::write(&stack, &renamed).unwrap();
    let output = run(&["import", &book, "--into", &stack]);
    let said = err(&output);
    assert_eq!(code(&output), 2, "{said}");
    assert!(said.contains("`wordpress`") && said.contains("nothing was written"), "{said}");
    assert_eq!(fs::read_to_string(&stack).unwrap(), renamed);
}

/// Rows of a filled template have no Id, and those made of their names may be others than those of the stack file: the team was added a
/// second time, and its owners were conflicts.
#[test]
fn a_row_without_an_id_is_the_entry_of_its_name() {
    let folder = folder("into-by-name");
    let path = |name: &str| folder.join(name).display().to_string();
    let text = "sinew: 1
teams:
  content-team: { name: \"Équipe contenu\" }   # four of them
  ops: {}
systems:
  writer: { product: jasper, owner: content-team }
  site: { product: wordpress, name: Our  Site, owner: content-team }
data: { drafts: { name: Blog draft } }
flows:
  - { id: publish, from: writer, to: site, data: drafts, mechanism: copy-paste, performer: content-team }
processes: { weekly: { name: Weekly blog, owner: content-team, needs: [{ data: drafts, at: site }] } }
";
    fs::write(folder.join("stack.yaml"), text).unwrap();
    fs::create_dir(folder.join("book")).unwrap();
    for (sheet, rows) in [
        ("Teams", "Team,People,Id\nÉquipe contenu,4,\n"),
        ("Systems", "System,Product,Owner,Id\nJasper,Jasper,Équipe contenu,\nour site,WordPress,Équipe contenu,\n"),
        (
            "Flows",
            "From,To,Data,How,Done by,How often,Id\nJasper,our site,Blog draft,Copy and paste,Équipe contenu,2/week,\n",
        ),
        ("Processes", "Process,Owner,Id\nWeekly blog,Équipe contenu,\n"),
        ("Needs", "Process,Data,At\nWeekly blog,Blog draft,our site\n"),
        ("Accepted", "Rule,Subject,Why\nNo runbook,Jasper,later\n"),
    ] {
        fs::write(folder.join("book").join(format!("{sheet}.csv")), rows).unwrap();
    }
    let output = run(&["export", &path("stack.yaml"), "-o", &path("template"), "--format", "csv"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    // What rides along in a template that was not exported of a stack: settings alone.
    let hidden = fs::read_to_string(folder.join("template/_sinew.csv")).unwrap();
    let kept: Vec<&str> =
        hidden.lines().filter(|line| !line.starts_with("entry,") || line.contains(",settings,")).collect();
    fs::write(folder.join("book/_sinew.csv"), format!("{}\n", kept.join("\n"))).unwrap();
    let output = run(&["import", &path("book"), "--into", &path("stack.yaml")]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let said = err(&output);
    assert!(!said.contains("is new"), "{said}");
    assert_eq!(said.matches("conflict").count(), 1, "only the name of the site differs: {said}");
    let expected = text
        .replace("{ name: \"Équipe contenu\" }", "{ name: \"Équipe contenu\", people: 4 }")
        .replace("performer: content-team }", "performer: content-team, runs: 2/week }");
    let now = fs::read_to_string(folder.join("stack.yaml")).unwrap();
    let (lists, accepted) = now.split_once("accept:").unwrap();
    assert_eq!(lists, expected);
    assert!(accepted.contains("subject: writer"), "{accepted}");
}
