//! Broken files: each file of `tests/diagnostics` with what is said of it, at which place, beside it.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::golden::{assert_fresh, compare, listed};
use sinew::analysis::acceptance::unknown_words;
use sinew::model::{Reading, read};
use sinew::source::{Diagnostic, Level, Source, SourceError, render};

/// All problems of a text, acceptances included, as a command says them.
fn problems(source: &Source) -> Vec<Diagnostic> {
    let Reading { stack, mut problems } = read(source);
    problems.extend(stack.iter().flat_map(unknown_words));
    problems
}

/// Read as YAML; no command takes longer over a broken file.
fn read_quickly(text: impl Into<String>) -> Reading {
    let started = Instant::now();
    let source = Source::new("stack.yaml", text.into());
    let reading = read(&source);
    let shown = render(&source, &reading.problems, false);
    assert!(shown.len() < 10_000_000, "{} bytes of complaints", shown.len());
    assert!(started.elapsed() < Duration::from_secs(20), "took {:?}", started.elapsed());
    reading
}

fn codes(reading: &Reading) -> Vec<&'static str> {
    reading.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn each_broken_file_is_told_what_is_wrong_and_where() {
    let mut stale = Vec::new();
    for path in listed("tests/diagnostics", "yaml") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let source = Source::from_bytes(name, fs::read(&path).unwrap(), Source::MAX_BYTES).unwrap();
        let problems = problems(&source);
        assert!(!problems.is_empty(), "{name} is not broken");
        compare(&path.with_extension("txt"), &render(&source, &problems, false), &mut stale);
    }
    assert_fresh(&stale);
}

#[test]
fn all_of_twelve_faults_are_named_at_line_and_column() {
    let text = include_str!("diagnostics/twelve-faults.yaml");
    let source = Source::new("twelve-faults.yaml", text.into());
    let problems = problems(&source);
    let expected = [
        ("bad-version", "2\n"),
        ("bad-date", "2026-13-01"),
        ("range-order", "90, 80, 100"),
        ("bad-number", "0 }"),
        ("unknown-product", "Salesfroce"),
        ("unknown-id", "opps"),
        ("unknown-word", "webpage"),
        ("bad-percentage", "99.9"),
        ("bad-id", "bad id"),
        ("duplicate-key", "cms: { kind: crm }"),
        ("not-yes-or-no", "perhaps"),
        ("flow-to-itself", "crm, data: [lead], mechanism: api, runs"),
        ("bad-rate", "3/wek"),
        ("unknown-id", "laed"),
        ("unknown-word", "coppy-paste"),
        ("bad-duration", "3 }"),
        ("missing-key", "{ from: crm, data"),
        ("bad-percentage", "140%"),
        ("empty-any-of", "[] }"),
        ("unknown-key", "tolerate"),
    ];
    let found: Vec<_> = problems.iter().map(|p| (p.code, source.position(p.span.start as usize))).collect();
    for (code, word) in expected {
        let place = source.position(text.find(word).unwrap());
        assert!(found.contains(&(code, place)), "{code} at {place:?} is not among {found:#?}");
    }
    assert_eq!(problems.iter().filter(|problem| problem.level == Level::Error).count(), expected.len());
}

#[test]
fn aliases_cannot_blow_a_file_up() {
    let mut text = "sinew: 1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![before; 9].join(", ")));
    }
    assert!(codes(&read_quickly(text)).contains(&"alias-growth"));
}

#[test]
fn nesting_is_bounded_and_the_bound_is_named() {
    for depth in [101, 1_000, 100_000] {
        let flow = format!("sinew: 1\nname: {}{}", "[".repeat(depth), "]".repeat(depth));
        let reading = read_quickly(flow);
        assert!(reading.stack.is_none(), "{depth}");
        let json = Source::new("x.json", format!("{{\"name\": {}{}}}", "[".repeat(depth), "]".repeat(depth)));
        assert!(read(&json).stack.is_none(), "{depth}");
    }
    let block: String = (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(codes(&read_quickly(block)).contains(&"too-deep"));
}

#[test]
fn long_lines_are_shown_in_part() {
    let long = "x".repeat(65_536);
    let text = format!("sinew: 1\nname: {long}\nsystems: {{ crm: {{ kind: crm, runbook: {long}, onwer: {long} }} }}\n");
    let source = Source::new("stack.yaml", text);
    let shown = render(&source, &read(&source).problems, false);
    assert!(shown.contains("text-too-long") && shown.contains("unknown-key"));
    assert!(shown.lines().all(|line| line.chars().count() < 400), "{shown}");
}

#[test]
fn nothing_shown_drives_a_terminal() {
    let text = "sinew: 1\n\"\\u001b[2J\": 1\n\"\u{202e}evil\": \"\u{202e}x\u{9b}31m\"\nteams: { \"\u{2066}a\": {} }\n";
    let source = Source::new("a\u{1b}]0;b\u{7}.yaml", text.into());
    let reading = read(&source);
    let shown = render(&source, &reading.problems, false);
    assert!(!shown.is_empty());
    assert!(shown.chars().all(|c| c == '\n' || !sinew::source::is_invisible(c)), "{shown:?}");
}

#[test]
fn byte_order_mark_and_foreign_line_ends_change_nothing() {
    let plain = include_str!("golden/02-one-handoff/stack.yaml");
    let expected = read_quickly(plain);
    for text in
        [format!("\u{feff}{plain}"), plain.replace('\n', "\r\n"), format!("\u{feff}{}", plain.replace('\n', "\r\n"))]
    {
        let reading = read_quickly(text);
        assert_eq!(codes(&reading), codes(&expected));
        let (found, expected) = (reading.stack.unwrap(), expected.stack.as_ref().unwrap());
        assert_eq!((found.name, found.flows.len()), (expected.name.clone(), expected.flows.len()));
    }
    let broken = Source::new("x", "sinew: 1\r\nnmae: a\r\n".into());
    let problem = &read(&broken).problems[0];
    assert_eq!(
        (broken.position(problem.span.start as usize).line, broken.position(problem.span.start as usize).column),
        (2, 1)
    );
}

#[test]
fn what_is_no_utf8_or_too_large_is_refused() {
    let bytes = b"sinew: 1\nname: \xff\n".to_vec();
    assert!(
        matches!(Source::from_bytes("x", bytes, 100), Err(SourceError::NotUtf8 { at, .. }) if (at.line, at.column) == (2, 7))
    );
    let utf16: Vec<u8> = "\u{feff}sinew: 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(Source::from_bytes("x", utf16, 100).is_err());
    assert!(matches!(Source::from_bytes("x", vec![b' '; 101], 100), Err(SourceError::TooLarge { .. })));
}

#[test]
fn a_thousand_problems_are_kept_and_the_rest_is_counted() {
    let flows: String = (0..5_000).map(|_| "  - { from: x, to: y, data: [z], mechanism: api }\n").collect();
    let reading = read_quickly(format!("sinew: 1\nflows:\n{flows}"));
    assert!(reading.stack.is_none());
    assert_eq!(codes(&reading).last(), Some(&"more-problems"));
}
