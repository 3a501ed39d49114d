//! A stack file is brought up to date with its workbook: what changed there, and no other byte.

use sinew::model::write::write;
use sinew::source::Source;
use sinew::workbook::{Absent, Brought, CsvFile, bring, csv, stack_text};

use super::read_csv;

use super::edits::{changed, edits};
use super::{stacks, valid};
use crate::judgement::stacks::{files, stack};

fn brought(files: &[CsvFile], text: &str, absent: Absent) -> Brought {
    let opened = read_csv("stack", files).expect("it can be read").expect("it is ours");
    let source = Source::new("stack.yaml", text.to_owned());
    bring(&opened, &source, absent).unwrap_or_else(|why| panic!("{why:#?}"))
}

/// Every stack file with its text.
fn texts() -> Vec<(String, String)> {
    let all = files("examples").into_iter().chain(files("tests/judgement"));
    all.map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn an_exported_stack_changes_no_byte() {
    for (name, text) in texts() {
        let brought = brought(&csv(&stack(&text)), &text, Absent::Deleted);
        assert!(brought.text == text, "{name}: {:?}", brought.taken);
        assert_eq!((brought.conflicts.len(), brought.gone.len()), (0, 0), "{name}");
    }
}

#[test]
fn one_cell_changes_what_it_says_and_keeps_every_other_line() {
    let mut tried = 0;
    for (at, (name, text)) in texts().into_iter().enumerate() {
        let before = csv(&stack(&text));
        // Of each stack every third kind of edit, and of the next one the next third.
        for edit in edits(&before, tried).into_iter().skip(at % 3).step_by(3) {
            let files = changed(&before, &edit);
            let after = brought(&files, &text, Absent::Listed);
            let wanted = valid(read_csv("stack", &files).unwrap().unwrap(), &name);
            assert_eq!(write(&stack(&after.text)), write(&wanted), "{name}: {edit:?}");
            let is_kept = |line: &&str| after.text.lines().any(|other| other == *line);
            let lost = text.lines().filter(|line| !is_kept(line)).count();
            assert!(lost <= 1, "{name}: {edit:?} touches {lost} lines");
            // The same workbook once more has nothing to say.
            assert!(brought(&files, &after.text, Absent::Listed).text == after.text, "{name}: {edit:?}");
            tried += 1;
        }
    }
    assert!(tried > 75, "only {tried} edits were tried");
}

#[test]
fn what_hands_changed_stands_and_gone_rows_are_told() {
    let text = "sinew: 1
systems:
  a: { kind: crm, vendor: One }        # ours
  b: { kind: cms, vendor: Two }
  c: { kind: other }
data: { lead: {} }
flows:
  - { from: a, to: b, data: lead, mechanism: api, runs: 1/day }   # Ana counted
";
    let mut files = csv(&stack(text));
    let replace = |files: &mut Vec<CsvFile>, name: &str, from: &str, to: &str| {
        let file = files.iter_mut().find(|file| file.name == name).unwrap();
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        assert!(text.contains(from), "{text}");
        file.bytes = text.replacen(from, to, 1).into_bytes();
    };
    replace(&mut files, "Systems.csv", ",One,", ",Uno,");
    replace(&mut files, "Systems.csv", ",Two,", ",Dos,");
    replace(&mut files, "Flows.csv", ",1/day,", ",3/day,");
    // The row of `c` is gone, and `d` is new.
    let sheet = files.iter_mut().find(|file| file.name == "Systems.csv").unwrap();
    let lines: Vec<String> = String::from_utf8(sheet.bytes.clone()).unwrap().lines().map(str::to_owned).collect();
    let kept = lines.iter().filter(|line| !line.starts_with("C,")).cloned().chain(["Dee,,ERP".to_owned()]);
    sheet.bytes = kept.collect::<Vec<_>>().join("\n").into_bytes();
    let hands = text.replace("vendor: One", "vendor: Eins");
    let after = brought(&files, &hands, Absent::Listed);
    assert_eq!(after.conflicts, ["system a: vendor: yours Eins, workbook Uno, before One"]);
    assert_eq!(after.gone, ["system c"]);
    for line in [
        "  a: { kind: crm, vendor: Eins }        # ours",
        "  b: { kind: cms, vendor: Dos }",
        "  c: { kind: other }",
        "  - { from: a, to: b, data: lead, mechanism: api, runs: 3/day }   # Ana counted",
    ] {
        assert!(after.text.lines().any(|known| known == line), "{line}\n{}", after.text);
    }
    assert!(after.text.contains("dee:") && after.taken.contains(&"system dee is new".to_owned()), "{}", after.text);
    let retired = brought(&files, &hands, Absent::Retired);
    assert!(retired.text.contains("  c: { kind: other, status: retired }\n"), "{}", retired.text);
    assert_eq!(
        (retired.gone.len(), &retired.taken[..1]),
        (0, &["system b: vendor: Dos in place of Two".to_owned()][..])
    );
    let again = brought(&files, &retired.text, Absent::Retired);
    assert_eq!((again.text, &*again.gone), (retired.text, &["system c, which is `status: retired`".to_owned()][..]));
    let deleted = brought(&files, &hands, Absent::Deleted);
    assert!(!deleted.text.contains("  c: {") && deleted.gone.is_empty(), "{}", deleted.text);
}

#[test]
fn every_example_has_a_base() {
    for (name, stack) in stacks() {
        let files: Vec<CsvFile> = csv(&stack).into_iter().filter(|file| file.name != "_sinew.csv").collect();
        let opened = read_csv("stack", &files).unwrap().unwrap();
        let source = Source::new("stack.yaml", write(&stack));
        assert!(matches!(bring(&opened, &source, Absent::Listed), Err(sinew::workbook::Unbrought::NoBase)), "{name}");
    }
}

#[test]
fn figures_of_a_stack_file_from_a_workbook_read_as_people_write_them() {
    let text = "sinew: 1\nsystems: { a: { kind: crm, availability: 99.5% }, b: { kind: cms } }\ndata: { lead: {} }\nflows:\n  - { from: a, to: b, data: lead, mechanism: copy-paste, runs: [1/week, 2/week, 1/day], minutes: 15, error_rate: 4%, delay: 2d }\n";
    let written = stack_text(&stack(text));
    // A day of work by hand is a working day.
    for line in ["runs: [1/week, 2/week, 5/week]", "error_rate: 4%", "delay: 2d", "availability: 99.5%"] {
        assert!(written.contains(line), "{line}\n{written}");
    }
    for (name, stack) in stacks() {
        let text = stack_text(&stack);
        assert_eq!(write(&crate::judgement::stacks::stack(&text)), write(&stack), "{name}");
    }
}
