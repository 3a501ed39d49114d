//! Slips that make a stack file in JSON no JSON: each told at its place with the exact change, and read over.

use sinew::model::read;
use sinew::source::{Diagnostic, Level, Source, Span, render};

const CODE: &str = "json-syntax";

fn source(text: &str) -> Source {
    Source::new("stack.json", text.to_owned())
}

/// `text` with the change of every error made.
fn mended(text: &str, problems: &[Diagnostic]) -> String {
    let errors = problems.iter().filter(|problem| problem.level == Level::Error);
    let mut edits: Vec<&(Span, String)> =
        errors.filter_map(|problem| problem.fixes.first()).flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
    let mut text = text.to_owned();
    for (span, new) in edits {
        text.replace_range(span.start as usize..span.end as usize, new);
    }
    text
}

#[test]
fn each_slip_is_told_with_its_change_and_read_over() {
    for (text, line_and_column, says, change) in [
        // A comma is missing.
        ("{\n  \"sinew\": 1\n  \"currncy\": \"USD\"\n}", (2, 12), "a comma is missing behind this", ","),
        (
            "{ \"sinew\": 1, \"data\": { \"lead\": {} \"draft\": {} }, \"currncy\": \"USD\" }",
            (1, 34),
            "a comma is missing",
            ",",
        ),
        ("{ \"sinew\": 1, \"currncy\": \"USD\", \"flows\": [ {} {} ] }", (1, 45), "a comma is missing", ","),
        // A comma too many.
        ("{ \"sinew\": 1, \"currncy\": \"USD\", }", (1, 31), "a comma too many", ""),
        ("{ \"sinew\": 1,, \"currncy\": \"USD\" }", (1, 14), "a comma too many", ""),
        ("{ \"sinew\": 1, \"currncy\": \"USD\", \"accept\": [ , ] }", (1, 45), "a comma too many", ""),
        // Brackets.
        ("{ \"sinew\": 1, \"currncy\": \"USD\", \"accept\": [ } }", (1, 45), "`}` closes what `[` opened", "]"),
        ("{ \"sinew\": 1, \"currncy\": \"USD\", \"accept\": [ }", (1, 43), "opened here and never closed", "]"),
        ("{ \"sinew\": 1, \"currncy\": \"USD\"", (1, 1), "opened here and never closed", "}"),
        ("{ \"sinew\": 1, \"currncy\": \"USD\" } }", (1, 34), "closed that was never opened", ""),
        // Quotes.
        ("{ 'sinew': 1, \"currncy\": \"USD\" }", (1, 3), "double quotes only", "\"sinew\""),
        ("{ \"sinew\": 1, \"currncy\": 'U\"SD' }", (1, 26), "double quotes only", "\"U\\\"SD\""),
        ("{ \"sinew\": 1, \"currncy\": “USD” }", (1, 26), "double quotes only", "\"USD\""),
        ("{ sinew: 1, \"currncy\": \"USD\" }", (1, 3), "a key needs quotes", "\"sinew\""),
        ("{ \"sinew\": 1, \"currncy\": USD }", (1, 26), "a text needs quotes", "\"USD\""),
        (
            "{ \"sinew\": 1, \"currncy\": \"USD\", \"name\": Acme Corp }",
            (1, 41),
            "a text needs quotes",
            "\"Acme Corp\"",
        ),
        ("{ \"sinew\": 1, \"currncy\": \"USD\",\n  \"name\": \"Acme,\n  \"data\": {} }", (2, 11), "never closed", "\""),
        // Colons.
        ("{ \"sinew\" 1, \"currncy\": \"USD\" }", (1, 9), "a colon is missing", ":"),
        ("{ \"sinew\" = 1, \"currncy\": \"USD\" }", (1, 11), "a colon stands between", ":"),
        ("{ \"sinew\":: 1, \"currncy\": \"USD\" }", (1, 11), "a colon too many", ""),
        // What stands in other languages.
        ("{ \"sinew\": 1, // the version\n  \"currncy\": \"USD\" }", (1, 15), "no comments", ""),
        ("{ /* a stack */ \"sinew\": 1, \"currncy\": \"USD\" }", (1, 3), "no comments", ""),
        (
            "{ \"sinew\": 1, \"currncy\": \"USD\", \"hourly_rate\": .5 }",
            (1, 48),
            "`.5` is written `0.5` in JSON",
            "0.5",
        ),
        ("{ \"sinew\": 1, \"currncy\": \"USD\", \"hourly_rate\": +50 }", (1, 48), "written `50`", "50"),
        ("{ \"sinew\": 1, \"currncy\": \"USD\", \"as_of\": None }", (1, 42), "written `null`", "null"),
        (
            "{ \"sinew\": 1, \"currncy\": \"USD\", \"as_of\": 2026-11-01 }",
            (1, 42),
            "a text needs quotes",
            "\"2026-11-01\"",
        ),
        ("{ \"sinew\": 1, \"currncy\": \"USD\", \"data\": { \"lead\": } }", (1, 49), "a key without a value", " null"),
    ] {
        let source = source(text);
        let problems = read(&source).problems;
        let shown = render(&source, &problems, false);
        let slips: Vec<&Diagnostic> = problems.iter().filter(|problem| problem.code == CODE).collect();
        assert_eq!(slips.len(), 1, "one slip is one error\n{shown}");
        let at = source.position(slips[0].span.start as usize);
        assert_eq!((at.line, at.column), line_and_column, "{shown}");
        assert!(slips[0].message.contains(says), "{shown}");
        assert_eq!(slips[0].fixes[0].edits[0].1, change, "{shown}");
        assert!(slips[0].help.is_some(), "{shown}");
        assert!(shown.contains("`currncy`"), "what follows is read\n{shown}");
        let after = mended(text, &problems).replace("currncy", "currency");
        assert!(serde_json::from_str::<serde_json::Value>(&after).is_ok(), "{after}");
    }
}

#[test]
fn several_slips_are_all_told_at_once() {
    let text = "{\n  sinew: 1,\n  'systems': {\n    \"crm\": { \"kind\": \"crm\", },\n    \"cms\": { \"kind\": \"cms\" }\n    \"web\": { \"kind\": \"cms\" }\n  },\n  \"flows\": [\n    // drafts\n    { \"from\": \"crm\", \"to\": \"cms\", \"data\": [\"lead\" }\n  ]\n}\n";
    let problems = read(&source(text)).problems;
    let slips = problems.iter().filter(|problem| problem.code == CODE).count();
    assert_eq!(slips, 6, "{}", render(&source(text), &problems, false));
    let after = mended(text, &problems);
    assert!(serde_json::from_str::<serde_json::Value>(&after).is_ok(), "{after}");
}

#[test]
fn what_stands_before_an_unreadable_place_is_still_checked() {
    let text = "{ \"sinew\": 1, \"systems\": { \"a\": { \"kind\": \"crm\", \"availability\": 99.9 } }, \"x\": 1 : 2 }";
    let problems = read(&source(text)).problems;
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["bad-percentage", "unknown-key", CODE], "{}", render(&source(text), &problems, false));
    assert!(problems.iter().all(|problem| problem.code != CODE || problem.fixes.is_empty()));
}

#[test]
fn changes_of_values_are_json() {
    let text = "{ \"sinew\": 1, \"systems\": { \"a\": { \"kind\": \"crn\", \"availability\": 99.9 }, \"b\": { \"kind\": \"cms\" } },\n  \"data\": { \"lead\": {} },\n  \"flows\": [ { \"from\": \"a\", \"to\": \"b\", \"data\": \"lead\", \"mechanism\": \"csv\" } ] }";
    let problems = read(&source(text)).problems;
    let after = mended(text, &problems);
    assert!(after.contains("\"export-import\"") && after.contains("\"crm\""), "{after}");
    let reading = read(&source(&after));
    assert!(reading.stack.is_some(), "{after}\n{}", render(&source(&after), &reading.problems, false));
}

/// Any text is answered, in time and memory that its length bounds.
#[test]
fn no_text_breaks_the_reader() {
    let pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "'", "“", "a", "1", "//", "/*", "\n", " ", "\\", "é", "=", "\"a\""];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::from("{");
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let source = source(&text);
        let problems = read(&source).problems;
        assert!(!problems.is_empty(), "{text}");
        assert!(!render(&source, &problems, false).is_empty());
    }
    let long = format!("{{ \"sinew\": 1, \"data\": {{ {} }} }}", "\"a\": {} ".repeat(200_000));
    let problems = read(&source(&long)).problems;
    assert!(problems.iter().filter(|problem| problem.code == CODE).count() <= 60);
}
