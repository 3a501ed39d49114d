//! What is exported reads as what it was, in either form, on every example and on random stacks.

use proptest::prelude::*;
use sinew::model::write::write;
use sinew::model::{Remarks, Stack};
use sinew::source::Source;
use sinew::workbook::csv;

use super::read_csv;

use super::{stacks, through_csv, valid};
use crate::judgement::stacks::{stack, without_places};
use crate::support::any_stack::{Dice, stack_text};

#[cfg(feature = "xlsx")]
fn through_xlsx(stack: &Stack, name: &str) -> Stack {
    let bytes = sinew::workbook::xlsx(stack).expect("it can be written");
    assert_eq!(bytes, sinew::workbook::xlsx(stack).expect("it can be written"), "{name}: same stack, same bytes");
    let opened = super::read_spreadsheet("stack.xlsx", &bytes).expect("it can be read");
    valid(opened.unwrap_or_else(|| panic!("{name}: it is a workbook of ours")), name)
}

#[cfg(not(feature = "xlsx"))]
fn through_xlsx(stack: &Stack, name: &str) -> Stack {
    through_csv(stack, name)
}

/// Two stack files are the same; else the lines that differ are shown.
fn assert_same(before: &str, after: &str, name: &str) {
    let only = |one: &str, other: &str| {
        let lines = one.lines().filter(|line| !other.lines().any(|known| known == *line));
        lines.take(8).collect::<Vec<_>>().join("\n")
    };
    let name: String = name.chars().take(200).collect();
    assert!(before == after, "{name}\nbefore:\n{}\nafter:\n{}", only(before, after), only(after, before));
}

/// Both forms give the stack again, and so do they once more.
fn assert_comes_back(before: &Stack, name: &str) {
    for after in [through_xlsx(before, name), through_csv(before, name)] {
        assert_same(&write(before), &write(&after), name);
        assert!(without_places(before) == without_places(&after), "{name}: not the same, and written alike");
        // Rows keep their order, so that a second export is the first.
        assert!(csv(before) == csv(&after), "{name}: another order of rows");
    }
}

#[test]
fn every_example_comes_back() {
    for (name, before) in stacks() {
        assert_comes_back(&before, &name);
    }
}

proptest! {
    #![proptest_config(crate::support::random_stack::cases(16))]
    #[test]
    fn random_stacks_come_back(seed: u64) {
        let text = stack_text(&mut Dice::new(seed));
        let reading = sinew::model::read(&Source::new("stack.yaml", text.clone()));
        prop_assume!(reading.stack.is_some());
        assert_comes_back(&reading.stack.expect("it is assumed"), &text);
    }
}

#[test]
fn what_no_cell_holds_comes_back_too() {
    let text = "sinew: 1
x-own: { \"a key\": [1, \"1\", yes, ~, { deep: -1.5e3 }] }
x-name: 2026-11-21
x-number: 7
systems:
  crm:
    kind: crm
    name: \"=1+1; a | b\"
    was: [old, older]
    x-number: 0x1F
    x-text: \"12\"
    x-yes: \"true\"
    x-true: true
    x-day: \"2026-11-21\"
    x-owner: Ana
    x-space: \" a  b \"
    x-escape: \"_x0041_ \\ufffe\"
    x-ünï \"q\": odd
    pilot: {}
    interfaces: []
    notes: \"Ana counted in October.\\n\\ttabs, and  two spaces\"
    basis: { from: a.xlsx, at: \"S!A1\", seen: 2026-11-20, guessed: [system, kind, vendor_review.last], key: \"x:1/2\" }
    makes: [ { data: lead, model: {} }, { data: lead, from: [lead-score], delay: 20min } ]
  twin: { kind: other, name: Twin }
  twin-2: { kind: other, name: Twin, depends_on: [crm, { any_of: [twin, other] }] }
  other: { kind: other, name: twin-2 }
data:
  lead: { name: \"-5\" }
  lead-score: {}
teams:
  ops: { name: '007', people: 2, hourly_rate: [0.1, 0.30000000000000004, 1e3], x-code: 007 }
flows:
  - { id: \"crm->twin:own\", from: crm, to: twin, data: [lead, lead-score], mechanism: copy-paste, runs: [1, 2.5, 1/3min], review: {} }
  - { from: crm, to: twin, data: [lead], mechanism: api, runs: 0.1234567890123456789, peak: [1000/day, 5/second], watched_by: nobody }
practices: { ai_policy: { covers: [] } }
processes:
  p: { needs: [ { any_of: [ { data: lead, at: crm }, { process: q } ] }, { any_of: [ { data: lead, at: twin }, { data: lead-score, at: crm } ] } ] }
  q: { needs: [ { data: lead, at: crm, max_age: 3mo } ] }
";
    assert_comes_back(&stack(text), "odd");
}

/// An entry with a list of targets is one of a stack file, and a row for each target of a workbook.
#[test]
fn the_sheet_of_questions_asks_for_each_target_of_a_list() {
    let text = "sinew: 1
teams: { ops: { people: 2 } }
data: { draft: {} }
systems: { writer: { kind: ai-content, makes: [draft] }, site: { kind: cms }, mail: { kind: marketing-automation } }
flows: [{ from: writer, to: [site, mail], data: draft, mechanism: copy-paste, performer: ops, minutes: 5 }]
";
    let stack = stack(text);
    assert_comes_back(&stack, "a list of targets");
    let sheet = csv(&stack).into_iter().find(|file| file.name == "Questions.csv").expect("there are questions");
    let asked: Vec<String> = String::from_utf8(sheet.bytes)
        .expect("it is text")
        .lines()
        .filter(|line| line.contains("How often does"))
        .map(|line| line.split(',').next().unwrap_or_default().to_owned())
        .collect();
    let words = |to: &str| format!("How often does Ops paste Draft from Writer into {to}?");
    assert_eq!(asked, [words("Mail"), words("Site")]);
}

/// The stack without what only the hidden sheet holds.
fn without_origins(stack: &Stack) -> String {
    let mut stack = stack.clone();
    let strip = |remarks: &mut Remarks| {
        if let Some(basis) = &mut remarks.basis {
            (basis.from, basis.at, basis.seen, basis.key) = (None, None, None, None);
            if basis.guessed.is_empty() {
                remarks.basis = None;
            }
        }
    };
    stack.systems.iter_mut().for_each(|one| strip(&mut one.remarks));
    stack.flows.iter_mut().for_each(|one| strip(&mut one.remarks));
    stack.data.iter_mut().for_each(|one| strip(&mut one.remarks));
    stack.teams.iter_mut().for_each(|one| strip(&mut one.remarks));
    stack.processes.iter_mut().for_each(|one| strip(&mut one.remarks));
    // So does what stands behind a key of the whole file and is no single value.
    let is_nested = |line: &&str| line.starts_with("x-") && line.contains(['{', '[']);
    write(&stack).lines().filter(|line| !is_nested(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_cells_say_everything_where_the_hidden_sheet_got_lost() {
    for (name, before) in stacks() {
        let files: Vec<_> = csv(&before).into_iter().filter(|file| file.name != "_sinew.csv").collect();
        let opened = read_csv("stack", &files).expect("it can be read").expect("its headings tell that it is ours");
        assert_same(&without_origins(&before), &without_origins(&valid(opened, &name)), &name);
    }
}

#[test]
fn what_a_guess_is_stays_one_until_somebody_changes_it() {
    let text = "sinew: 1\nsystems:\n  a: { kind: crm }\n  b: { kind: cms }\ndata: { lead: {} }\nflows:\n  - { from: a, to: b, data: [lead], mechanism: copy-paste, runs: 1/week, minutes: 15, basis: { from: x.csv, guessed: [runs, minutes] } }\n";
    let before = stack(text);
    let guessed = |stack: &Stack| stack.flows[0].remarks.guessed().join(" ");
    assert_eq!(guessed(&through_csv(&before, "guesses")), "minutes runs");
    let changed = |from: &str, to: &str| {
        let mut files = csv(&before);
        let flows = files.iter_mut().find(|file| file.name == "Flows.csv").expect("there is a sheet of flows");
        let text = String::from_utf8(flows.bytes.clone()).expect("it is text");
        assert!(text.contains(from), "{text}");
        flows.bytes = text.replace(from, to).into_bytes();
        valid(read_csv("stack", &files).expect("it can be read").expect("it is ours"), "guesses")
    };
    let more = changed(",1/week,", ",2/week,");
    assert_eq!((guessed(&more).as_str(), more.flows[0].runs.map(|runs| runs.likely.0)), ("minutes", Some(104.0)));
    assert_eq!(more.flows[0].remarks.basis.as_ref().and_then(|basis| basis.from.as_deref()), Some("x.csv"));
    assert_eq!(guessed(&changed("minutes; runs", "")), "");
    assert_eq!(guessed(&changed("minutes; runs", "How often")), "runs", "by the words of the heading too");
}

#[test]
fn an_answer_fills_the_cell_that_its_question_names() {
    let text = "sinew: 1\nsystems:\n  a: { kind: crm }\n  b: { kind: cms }\ndata: { lead: {} }\nteams: { ops: { name: Operations } }\nflows:\n  - { from: a, to: b, data: [lead], mechanism: copy-paste, performer: ops, runs: 1/week, basis: { guessed: [runs] } }\n";
    let answered = |answers: &[(&str, &str)]| {
        let mut files = csv(&stack(text));
        let sheet = files.iter_mut().find(|file| file.name == "Questions.csv").expect("there are questions");
        let mut rows: Vec<Vec<String>> = csv_rows(&sheet.bytes);
        for (key, answer) in answers {
            let row = rows.iter_mut().find(|row| row[5] == *key).unwrap_or_else(|| panic!("{key} is asked"));
            row[1] = (*answer).to_owned();
        }
        sheet.bytes = rows.iter().map(|row| format!("\"{}\"\n", row.join("\",\""))).collect::<String>().into_bytes();
        read_csv("stack", &files).expect("it can be read").expect("it is ours")
    };
    let minutes = "flows/a->b:lead/minutes";
    let runs = "flows/a->b:lead/runs";
    let flow =
        valid(answered(&[(minutes, "10 / 15 / 25"), (runs, "1/week"), ("settings//hourly_rate", "85")]), "answers");
    assert_eq!(flow.flows[0].run.minutes.map(|minutes| minutes.likely.0), Some(15.0));
    assert_eq!(flow.hourly_rate.map(|rate| rate.likely.0), Some(85.0));
    assert!(flow.flows[0].remarks.guessed().is_empty(), "an answer confirms a guess");
    let wrong = answered(&[(minutes, "soon")]);
    let said = sinew::source::render(&wrong.source, &wrong.reading.problems, false);
    assert!(wrong.reading.stack.is_none() && said.contains("stack:Questions!B"), "{said}");
}

/// The rows of a CSV file.
pub(crate) fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("it is text").trim_start_matches('\u{feff}');
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut row, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}
