//! A list of a stack file in which a workbook changed one cell: what else stands in it keeps its lines and its comments.

use sinew::workbook::{Absent, CsvFile, bring, csv};

use super::read_csv;
use crate::judgement::stacks::stack;
use sinew::source::Source;

const TEXT: &str = "sinew: 1
teams: { ops: {}, sales: {} }
systems:
  a: { kind: crm }
  b:
    kind: cms
    depends_on:
      # both are needed
      - a      # since 2024
      - c
  c: { kind: erp }
data: { lead: {}, deal: {} }
flows:
  - from: a
    to: b
    data: [lead, deal]
    mechanism: copy-paste
    performer: ops
    minutes:
      - 10   # with a template
      - 15
      - 25
processes:
  weekly:
    needs:
      - { data: lead, at: b }   # Ana says so
      - any_of:
          - { data: deal, at: b, max_age: 1w }
          - { data: deal, at: a }
      - { data: lead, at: a, max_age: 2d }
accept:
  # decided in the board of 3 November, see minutes
  - rule: no-runbook
    subject: a   # only this one
    why: it goes away
  - rule: no-owner
    subject: b
";

/// What comes out of the changes of cells, each of a sheet from one text to another: the text, what was taken, and conflicts.
fn changed(edits: &[(&str, &str, &str)]) -> (String, Vec<String>, Vec<String>) {
    let mut files: Vec<CsvFile> = csv(&stack(TEXT));
    for (sheet, from, to) in edits {
        let file = files.iter_mut().find(|file| file.name == format!("{sheet}.csv")).unwrap();
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        assert!(text.contains(from), "{text}");
        file.bytes = text.replacen(from, to, 1).into_bytes();
    }
    let opened = read_csv("stack", &files).unwrap().unwrap();
    let source = |text: &str| Source::new("stack.yaml", text.to_owned());
    let brought = bring(&opened, &source(TEXT), Absent::Listed).unwrap_or_else(|why| panic!("{why:#?}"));
    let again = bring(&opened, &source(&brought.text), Absent::Listed).unwrap();
    assert_eq!(again.text, brought.text, "the same workbook once more has nothing to say");
    (brought.text, brought.taken, brought.conflicts)
}

#[test]
fn one_cell_of_a_list_changes_its_item_alone() {
    for (edit, from, to) in [
        (
            ("Needs", "Weekly,Lead,A,2d", "Weekly,Lead,A,3d"),
            "- { data: lead, at: a, max_age: 2d }",
            "- { data: lead, at: a, max_age: 3d }",
        ),
        (
            ("Needs", "Weekly,Lead,B,,", "Weekly,Lead,B,4h,"),
            "- { data: lead, at: b }   # Ana",
            "- { data: lead, at: b, max_age: 4h }   # Ana",
        ),
        (
            ("Needs", "Deal,B,1w", "Deal,B,2w"),
            "{ data: deal, at: b, max_age: 1w }",
            "{ data: deal, at: b, max_age: 2w }",
        ),
        (("Accepted", "it goes away", "it went away"), "why: it goes away", "why: \"it went away\""),
        (
            ("Accepted", "no-owner,b,,,", "no-owner,b,,2027-01-15,"),
            "    subject: b\n",
            "    subject: b\n    until: 2027-01-15\n",
        ),
    ] {
        let (text, taken, conflicts) = changed(&[edit]);
        assert_eq!(text, TEXT.replacen(from, to, 1));
        assert_eq!((taken.len(), conflicts.len()), (1, 0), "{taken:?}");
    }
    let (_, taken, _) = changed(&[("Accepted", "it goes away", "it went away")]);
    assert_eq!(taken, ["accept (no-runbook, a): why: it went away in place of it goes away"]);
}

#[test]
fn rows_that_are_new_or_gone_leave_the_others_as_they_are() {
    let (text, taken, _) = changed(&[("Accepted", "no-owner,b,,,\n", "no-owner,b,,,\nManual handoff,Ops,,,for now\n")]);
    assert_eq!(text, format!("{TEXT}  - rule: manual-handoff\n    subject: ops\n    why: \"for now\"\n"));
    assert_eq!(taken, ["accept: { rule: manual-handoff, subject: ops, why: \"for now\" } is new"]);
    let (text, ..) = changed(&[("Needs", "Weekly,Lead,A,2d,,\n", "")]);
    assert_eq!(text, TEXT.replace("      - { data: lead, at: a, max_age: 2d }\n", ""));
    let (text, ..) = changed(&[("Systems", "A; C", "A")]);
    assert_eq!(text, TEXT.replace("      - c\n", ""));
}

/// One comment within a value that cannot be kept refused the whole workbook, and was named nowhere.
#[test]
fn a_comment_that_would_be_lost_is_named_and_all_else_is_taken() {
    let (text, taken, conflicts) =
        changed(&[("Flows", "10 / 15 / 25", "20"), ("Accepted", "it goes away", "it went away")]);
    assert_eq!(text, TEXT.replace("it goes away", "\"it went away\""));
    assert_eq!(taken.len(), 1, "{taken:?}");
    let line = TEXT.lines().position(|line| line.contains("with a template")).unwrap() + 1;
    assert_eq!(
        conflicts,
        [format!(
            "flow a->b:deal,lead: minutes: the comment in stack.yaml:{line} would be lost; write 20 there by hand, or move the comment above `minutes`"
        )]
    );
}
