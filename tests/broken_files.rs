//! Files broken at random: reading never panics, and gives either a stack or an error.

use std::fs;

use crate::support::random_stack::cases;
use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::model::read;
use sinew::report::document::{markdown, terminal};
use sinew::report::{Medium, Report, json, told};
use sinew::source::{Level, Source, render};

/// One way to break a text; places are shares of its length, in 65536ths.
#[derive(Clone, Debug)]
enum Break {
    Cut(u16, u8),
    Repeat(u16, u8),
    Move(u16, u16, u8),
    Insert(u16, &'static str),
    Overwrite(u16, &'static str),
    End(u16),
}

/// What means something to YAML, to JSON, to the reader or to a terminal.
const WORDS: [&str; 44] = [
    ":",
    "- ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "|\n",
    ">\n",
    "'",
    "\"",
    "#",
    "\n",
    "\r",
    "\t",
    "  ",
    "\n---\n",
    "\n...\n",
    "%YAML 1.2\n",
    "<<: ",
    "~",
    "null",
    "true",
    "no",
    ".nan",
    ".inf",
    "-1",
    "1e999",
    "99.9",
    "100%",
    "[3, 2, 1]",
    "2026-02-30",
    "40/wek",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{202e}",
    "ü日👩‍💻",
    "\\u0000",
];

fn breaks() -> impl Strategy<Value = Break> {
    let word = || (0..WORDS.len()).prop_map(|at| WORDS[at]);
    prop_oneof![
        (any::<u16>(), any::<u8>()).prop_map(|(at, length)| Break::Cut(at, length)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, length)| Break::Repeat(at, length)),
        (any::<u16>(), any::<u16>(), any::<u8>()).prop_map(|(from, to, length)| Break::Move(from, to, length)),
        (any::<u16>(), word()).prop_map(|(at, word)| Break::Insert(at, word)),
        (any::<u16>(), word()).prop_map(|(at, word)| Break::Overwrite(at, word)),
        any::<u16>().prop_map(Break::End),
    ]
}

fn broken(text: &str, how: &Break) -> String {
    let mut text: Vec<char> = text.chars().collect();
    let at = |share: u16, text: &[char]| usize::from(share) * text.len() / 65_536;
    let end = |at: usize, length: u8, text: &[char]| (at + usize::from(length)).min(text.len());
    match *how {
        Break::Cut(share, length) => {
            let at = at(share, &text);
            text.drain(at..end(at, length, &text));
        }
        Break::Repeat(share, length) => {
            let at = at(share, &text);
            let part = text[at..end(at, length, &text)].to_vec();
            text.splice(at..at, part);
        }
        Break::Move(from, to, length) => {
            let from = at(from, &text);
            let part: Vec<char> = text.drain(from..end(from, length, &text)).collect();
            let to = at(to, &text);
            text.splice(to..to, part);
        }
        Break::Insert(share, word) => {
            let at = at(share, &text);
            text.splice(at..at, word.chars());
        }
        Break::Overwrite(share, word) => {
            let at = at(share, &text);
            text.splice(at..end(at, u8::try_from(word.len()).unwrap(), &text), word.chars());
        }
        Break::End(share) => text.truncate(at(share, &text)),
    }
    text.into_iter().collect()
}

/// The golden stacks and the starter file, as YAML and one of them as JSON.
fn stacks() -> Vec<(&'static str, String)> {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let mut stacks: Vec<(&str, String)> = fs::read_dir(golden)
        .unwrap()
        .map(|folder| ("stack.yaml", fs::read_to_string(folder.unwrap().path().join("stack.yaml")).unwrap()))
        .collect();
    stacks.sort();
    for draft in ["software-company", "product-led", "agency-whiteboard"] {
        let path = format!("{}/tests/drafts/{draft}.yaml", env!("CARGO_MANIFEST_DIR"));
        stacks.push(("stack.yaml", fs::read_to_string(path).unwrap()));
    }
    stacks.push(("stack.yaml", sinew::cli::STARTER.to_owned()));
    stacks.push(("stack.json", include_str!("diagnostics/valid.json").to_owned()));
    stacks
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(200) })]

    #[test]
    fn broken_files_are_read_or_refused(
        which in any::<prop::sample::Index>(),
        breaks in prop::collection::vec(breaks(), 1..6),
    ) {
        let stacks = stacks();
        let (name, text) = &stacks[which.index(stacks.len())];
        let text = breaks.iter().fold(text.clone(), |text, how| broken(&text, how));
        let source = Source::new(*name, text);
        let reading = read(&source);
        let has_error = reading.problems.iter().any(|problem| problem.level == Level::Error);
        prop_assert_eq!(reading.stack.is_none(), has_error);
        prop_assert_eq!(render(&source, &reading.problems, true).is_empty(), reading.problems.is_empty());
        if let Some(stack) = &reading.stack {
            let analysis = Analysis::of(stack);
            let report = Report::of(&analysis, &analysis.findings(), &source);
            prop_assert!(json(&report).ends_with('\n'));
            prop_assert!(!markdown(&told(&report, Medium::Document)).is_empty());
            prop_assert!(!terminal(&told(&report, Medium::Document), 80).is_empty());
        }
    }
}
