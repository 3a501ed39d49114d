//! First drafts as people type them from a whiteboard: few messages, each with the exact change; with all changes made
//! to the letter the file is valid, and no figure has moved by a factor.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::support::binary::{code, err, folder, out, run, sinew};
use crate::support::golden::{assert_fresh, compare, listed};
use sinew::edit::fix;
use sinew::model::write::write;
use sinew::model::{Flow, Mechanism, Reading, Stack, Status, read};
use sinew::source::{Diagnostic, Level, Source, Span, render};

/// What parsers say and nobody understands.
const PARSER_WORDS: [&str; 8] =
    ["simple key", "implicit", "flow mapping", "block mapping", "context", "token", "scalar", "indentation"];

fn draft(name: &str) -> Source {
    let path = format!("{}/tests/drafts/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    Source::new(format!("{name}.yaml"), fs::read_to_string(path).unwrap())
}

/// `source` with one change of every problem made, of several the one at `choice` or the last.
fn mended(source: &Source, problems: &[Diagnostic], choice: usize) -> Source {
    let mut edits: Vec<&(Span, String)> = Vec::new();
    for problem in problems {
        let fix = problem.fixes.get(choice).or(problem.fixes.last());
        let errors_only = problem.level == Level::Error;
        edits.extend(fix.filter(|_| errors_only).iter().flat_map(|fix| &fix.edits));
    }
    edits.sort_by_key(|(span, _)| *span);
    edits.dedup();
    let mut text = String::new();
    let mut at = 0;
    for (span, new) in edits {
        assert!(at <= span.start as usize, "changes overlap at {:?}: {new}", source.position(span.start as usize));
        text.push_str(&source.text()[at..span.start as usize]);
        text.push_str(new);
        at = span.end as usize;
    }
    text.push_str(&source.text()[at..]);
    Source::new(source.name(), text)
}

fn errors(reading: &Reading) -> Vec<&Diagnostic> {
    reading.problems.iter().filter(|problem| problem.level == Level::Error).collect()
}

fn valid(name: &str, choice: usize) -> Stack {
    chosen(&draft(name), choice)
}

fn chosen(source: &Source, choice: usize) -> Stack {
    let changed = mended(source, &read(source).problems, choice);
    let reading = read(&changed);
    assert!(errors(&reading).is_empty(), "{}\n{}", changed.text(), render(&changed, &reading.problems, false));
    reading.stack.unwrap()
}

#[test]
fn a_draft_is_answered_in_few_messages_without_words_of_parsers() {
    let mut stale = Vec::new();
    for path in listed("tests/drafts", "yaml") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let source = draft(name);
        let shown = render(&source, &read(&source).problems, false);
        let messages = shown.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning[")).count();
        assert!(messages <= 15, "{name}: {messages} messages\n{shown}");
        for word in PARSER_WORDS {
            assert!(!shown.contains(word), "{name} is told of `{word}`\n{shown}");
        }
        compare(&path.with_extension("txt"), &shown, &mut stale);
    }
    assert_fresh(&stale);
}

#[test]
fn every_error_of_a_draft_has_its_exact_change() {
    for name in DRAFTS {
        let source = draft(name);
        let reading = read(&source);
        for problem in errors(&reading) {
            assert!(!problem.fixes.is_empty(), "{name}: {problem:#?}");
            assert!(problem.advice().is_some());
        }
        for choice in 0..4 {
            valid(name, choice);
        }
    }
}

fn flow<'s>(stack: &'s Stack, from: &str, to: &str, data: &str) -> &'s Flow {
    let id = |ix: sinew::model::SystemIx| stack.system(ix).id.as_str();
    let carries = |flow: &Flow| flow.data.iter().any(|ix| stack.data_object(*ix).id.as_str() == data);
    let found = stack.flows.iter().find(|flow| id(flow.from) == from && id(flow.to) == to && carries(flow));
    found.unwrap_or_else(|| panic!("no flow of {data} from {from} to {to}"))
}

/// Runs a year and minutes a run, low, likely, high.
fn work(flow: &Flow) -> [Option<[f64; 3]>; 2] {
    let runs = flow.runs.map(|runs| [runs.low.0, runs.likely.0, runs.high.0]);
    [runs, flow.run.minutes.map(|minutes| [minutes.low.0, minutes.likely.0, minutes.high.0])]
}

#[test]
fn no_figure_of_the_company_has_moved() {
    for choice in 0..4 {
        let stack = valid("software-company", choice);
        assert_eq!(
            (stack.systems.len(), stack.hourly_rate.unwrap().likely.0),
            (29, 75.0),
            "28 as drawn, and the loader"
        );
        // Every week, 45 to 90 minutes.
        let list = work(flow(&stack, "eventbrite", "list-template", "event-list"));
        assert_eq!(list, [Some([52.0; 3]), Some([45.0, 67.5, 90.0])]);
        assert_eq!(work(flow(&stack, "list-template", "issue", "event-list")), [Some([208.0; 3]), Some([10.0; 3])]);
        let by_hand = flow(&stack, "issue", "marketo", "event-list");
        assert_eq!(work(by_hand), [Some([208.0, 312.0, 416.0]), Some([60.0; 3])], "4 to 8 a week, an hour each");
        let delay = by_hand.run.delay.unwrap().likely.0;
        assert!(delay == 168.0 || delay == 120.0, "five working days are a week, or five days of work at weekends too");
        assert_eq!(work(flow(&stack, "smartling", "website", "article")), [Some([104.0; 3]), None]);
        assert_eq!(work(flow(&stack, "chatgpt", "website", "article"))[1], Some([15.0, 30.0, 60.0]));
        let hourly = flow(&stack, "on24", "marketo", "lead").runs.unwrap().likely.0;
        assert_eq!(hourly, 24.0 * 365.0);
        let (there, back) =
            (flow(&stack, "marketo", "salesforce", "lead"), flow(&stack, "salesforce", "marketo", "lead"));
        assert_eq!(there.mechanism, back.mechanism);
        let system = |id: &str| stack.systems.iter().find(|system| system.id.as_str() == id).unwrap();
        assert_eq!((system("demandbase").status, system("6sense").status), (Status::PhasingOut, Status::Planned));
        // One line with two targets is a flow for each.
        for to in ["salesforce", "marketo"] {
            assert_eq!(flow(&stack, "6sense", to, "intent").mechanism, Mechanism::Native);
        }
        let cost = system("marketo").contract.cost;
        assert_eq!(cost.unwrap().likely.0, 120_000.0);
    }
}

#[test]
fn no_figure_of_the_whiteboard_has_moved() {
    for choice in 0..4 {
        let stack = valid("agency-whiteboard", choice);
        assert_eq!(stack.hourly_rate.unwrap().likely.0, 68.5);
        assert_eq!(stack.as_of.unwrap().to_string(), "2026-11-26");
        let people = |id: &str| stack.teams.iter().find(|team| team.id.as_str() == id).unwrap().people;
        assert_eq!((people("marketing"), people("web-agency"), people("sabines-team")), (Some(8), None, None));
        // Three times a working day, 20 minutes each.
        assert_eq!(work(flow(&stack, "mailbox", "excel", "leads")), [Some([780.0; 3]), Some([20.0; 3])]);
        // Every Friday, an hour and a half.
        assert_eq!(work(flow(&stack, "excel", "hubspot", "leads"))[1], Some([90.0; 3]));
        assert_eq!(work(flow(&stack, "excel", "hubspot", "leads"))[0], Some([52.0; 3]));
        let pasted = work(flow(&stack, "chatgpt", "wp", "newsletter-text"));
        assert_eq!(pasted, [Some([104.0, 130.0, 156.0]), Some([15.0, 17.5, 20.0])]);
        assert_eq!(work(flow(&stack, "wp", "deepl", "newsletter-text")), [Some([104.0; 3]), Some([10.0; 3])]);
        let typed = flow(&stack, "sfdc", "policy-system", "offers");
        assert_eq!(work(typed), [Some([35.0 * 260.0; 3]), Some([6.0; 3])]);
        assert_eq!((typed.run.error_rate.unwrap().likely.0, typed.run.records.unwrap().likely.0), (0.02, 1.0));
        assert_eq!(flow(&stack, "policy-system", "powerbi", "kpis").run.delay.unwrap().likely.0, 24.0);
        for (from, to) in [("hubspot", "sfdc"), ("sfdc", "hubspot")] {
            assert_eq!(work(flow(&stack, from, to, "leads"))[0], Some([12.0 * 24.0 * 365.0; 3]));
        }
        let policy = stack.systems.iter().find(|system| system.id.as_str() == "policy-system").unwrap();
        assert_eq!(policy.availability.unwrap().likely.0, 0.995);
        let offer = stack.processes.iter().find(|process| process.id.as_str() == "send-offer").unwrap();
        assert_eq!(offer.outage_cost.unwrap().likely.0, 2_000.0);
    }
}

const DRAFTS: [&str; 3] = ["software-company", "product-led", "agency-whiteboard"];

/// What stands behind a `#` that begins a comment in the drafts, in order.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.split_once(" #").map(|(_, comment)| comment.trim_end()));
    lines.collect()
}

#[test]
fn fixing_writes_every_replacement_with_one_meaning_to_the_letter_and_nothing_else() {
    for name in DRAFTS {
        let mut by_hand = draft(name);
        for _ in 0..20 {
            let mut problems = read(&by_hand).problems;
            problems.retain(|problem| problem.only_fix().is_some() && problem.level == Level::Error);
            if problems.is_empty() {
                break;
            }
            by_hand = mended(&by_hand, &problems, 0);
        }
        let fixed = fix(&draft(name));
        assert_eq!(fixed.source.text(), by_hand.text(), "{name}");
        // One of the drafts has nothing wrong with it, and stays as it is to the byte.
        assert_eq!(fixed.made.len() >= 5, name != "product-led", "{name}: {}", fixed.made.len());
        let again = fix(&fixed.source);
        assert!(again.made.is_empty() && again.source.text() == fixed.source.text(), "{name}");
        let (before, after) = (draft(name), fixed.source.text().to_owned());
        let kept = comments(before.text());
        let mut now = comments(&after).into_iter();
        for comment in &kept {
            assert!(now.any(|one| one == *comment), "{name}: lost or moved: {comment}\n{after}");
        }
        // What is left has two meanings, and answering it gives what answering all at once gives: no figure has moved.
        let left = read(&fixed.source).problems;
        for problem in left.iter().filter(|problem| problem.level == Level::Error) {
            assert!(!problem.fixes.is_empty() && problem.only_fix().is_none(), "{name}: {problem:?}");
        }
        for choice in 0..4 {
            assert_eq!(write(&chosen(&fixed.source, choice)), write(&valid(name, choice)), "{name}");
        }
    }
}

#[test]
fn the_command_fixes_in_place_or_shows_what_it_would_write() {
    let folder = folder("check-fix");
    let path = folder.join("stack.yaml").display().to_string();
    let text = "\u{feff}sinew: 1 # ours\r\nhourly_rate: 80\r\nsystems:\r\n  a: { knd: crm } # first\r\n  b: { kind: cms, makes: [x] }\r\ndata: { x: {} }\r\n";
    fs::write(&path, text).unwrap();
    let output = run(&["check", "--fix", "--dry-run", &path]);
    assert!(
        out(&output).contains("\n-  a: { knd: crm } # first") && out(&output).contains("\n+  a: { kind: crm } # first"),
        "{}",
        out(&output)
    );
    assert_eq!((code(&output), fs::read_to_string(&path).unwrap().as_str()), (0, text), "{}", err(&output));
    let fixed = text.replace("knd", "kind");
    let output = run(&["check", "--fix", &path]);
    assert_eq!((code(&output), fs::read_to_string(&path).unwrap()), (0, fixed), "{}", err(&output));
    assert!(err(&output).contains(":4:8: ") && err(&output).contains("`knd` is now `kind`"), "{}", err(&output));
    let output = run(&["check", "--fix", &path]);
    assert!(code(&output) == 0 && err(&output).contains("0 replacements\n"), "{}", err(&output));
    // What can mean two things is left, with both, and the file is still wrong.
    let two = "sinew: 1\nsystems: { a: { knd: crm }, b: { kind: cms } }\ndata: { d: {} }\nflows: [{ from: a, to: b, data: d, mechanism: csv }]\n";
    fs::write(&path, two).unwrap();
    let output = run(&["check", "--fix", &path]);
    assert!(err(&output).contains("1 replacement; 1 error left, 1 with more than one meaning"), "{}", err(&output));
    assert!(err(&output).contains("`file-drop`") && err(&output).contains("`export-import`"), "{}", err(&output));
    assert_eq!((code(&output), fs::read_to_string(&path).unwrap()), (2, two.replace("knd", "kind")));
    let output = run(&["check", "--fix", "--dry-run", &path, "--format", "json"]);
    assert_eq!(code(&output), 2, "{}", out(&output));
    let mut child = sinew(&["check", "--fix", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(two.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), out(&output)), (2, two.replace("knd", "kind").as_str()));
    assert_eq!(code(&run(&["check", "--dry-run", &path])), 2);
}

#[test]
fn slips_that_are_no_yaml_are_told_in_our_words_and_read_over() {
    for (text, says, wrote) in [
        ("sinew: 1\nname: Acme: marketing\ncurrncy: USD\n", "a colon in it needs quotes", "\"Acme: marketing\""),
        (
            "sinew: 1\nsystems:\n  a: { kind: crm, name: Acme: marketing }\ncurrncy: USD\n",
            "a colon in it",
            "\"Acme: marketing\"",
        ),
        ("sinew: 1\ndata:\n  lead: {}\n  score\n  intent:\ncurrncy: USD\n", "has no colon", ":"),
        ("sinew: 1\nname:Acme\ncurrncy: USD\n", "needs a space", " "),
        ("sinew: 1\nsystems:\n\ta: { kind: crm }\ncurrncy: USD\n", "tabs", "  "),
        ("sinew: 1\nsystems:\n  a: { kind: crm, owner: ? }\ncurrncy: USD\n", "needs quotes", "\"?\""),
        ("sinew: 1\nsystems:\n  a:\n    kind: crm\n    owner: ?\ncurrncy: USD\n", "needs quotes", "\"?\""),
        ("sinew: 1\nsystems:\n  a: { kind: crm, name: x\n  b: { kind: crm }\ncurrncy: USD\n", "never closed", " }"),
        ("sinew: 1\nname: @acme\ncurrncy: USD\n", "needs quotes", "\"@acme\""),
        ("sinew: 1\nname: *acme\ncurrncy: USD\n", "", "\"*acme\""),
        ("sinew: 1\nteams: { a:{}, b: {} }\ncurrncy: USD\n", "needs a space", " "),
        ("sinew: 1\nname: 'Acme's'\ncurrncy: USD\n", "quote", "\"Acme's\""),
        ("sinew: 1\nname: \"Acme\nteams: {}\ncurrncy: USD\n", "never closed", "\""),
        ("sinew: 1\nteams:\n  a: {}\n b: {}\ncurrncy: USD\n", "column", "  "),
    ] {
        let source = Source::new("stack.yaml", text.to_owned());
        let reading = read(&source);
        let shown = render(&source, &reading.problems, false);
        let first = errors(&reading)[0];
        assert!(first.message.contains(says), "{text}\n{shown}");
        assert_eq!(first.fixes[0].edits[0].1, wrote, "{text}\n{shown}");
        assert!(
            reading.problems.iter().any(|problem| problem.message.contains("`currncy`")),
            "what follows is read\n{shown}"
        );
        let after = mended(&source, &reading.problems, 0);
        assert!(
            errors(&read(&after)).is_empty(),
            "{}\n{}",
            after.text(),
            render(&after, &read(&after).problems, false)
        );
    }
}

#[test]
fn what_stands_before_an_unreadable_place_is_still_checked() {
    let text = "sinew: 1\nsystems:\n  a: { kind: crm, owner: nobody, availability: 99.9 }\n] ]\nflows: []\n";
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = read(&source);
    let codes: Vec<&str> = reading.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["bad-percentage", "syntax"], "who is missing may stand behind");
}

#[test]
fn one_slip_is_one_error() {
    for (text, code) in [
        (
            "sinew: 1\ncurrency: USD\nhourly_rate: 1.250,50\nteams: { a: {} }\nsystems: { x: { kind: crm }, y: { kind: cms } }\ndata: { d: {} }\nflows: [ { from: x, to: y, data: d, mechanism: copy-paste, performer: a } ]\n",
            "bad-number",
        ),
        ("sinew: 1\nteams: [a, b]\nsystems: { x: { kind: crm, owner: a } }\n", "list-of-names"),
    ] {
        let reading = read(&Source::new("stack.yaml", text.to_owned()));
        let codes: Vec<&str> = errors(&reading).iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [code], "{text}");
    }
}
