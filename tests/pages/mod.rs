//! Every rule has its page, every page has all headings, and what a page shows is what sinew does.
//!
//! `SINEW_BLESS=1 cargo test --test all pages` writes the text blocks and the table of rules anew; read the difference like
//! code.

mod markdown;
mod paths;
mod snippets;
mod stack_file;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use markdown::{Block, blocks, headings, section};
use sinew::analysis::{Analysis, Finding, RULES, Rule, acceptance};
use sinew::model::read;
use sinew::plan::questions::by_year;
use sinew::report::document::terminal;
use sinew::report::question::{self, Places};
use sinew::report::{Medium, Report, finding, told};
use sinew::source::{Source, render};

/// The headings of a rule's page, in this order and no others.
const HEADINGS: [&str; 9] = [
    "Holds when",
    "Why it matters",
    "How it is computed",
    "When it is fine",
    "How to fix it",
    "How to accept it",
    "Example",
    "Silent on",
    "References",
];

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules")
}

fn page(rule: &Rule) -> String {
    let path = directory().join(rule.id).with_extension("md");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn is_blessed() -> bool {
    std::env::var_os("SINEW_BLESS").is_some_and(|value| value == "1")
}

/// The findings in `yaml`, which must read without a problem; accepted ones are among them.
fn findings(rule: &Rule, yaml: &str) -> Vec<Finding> {
    let source = Source::new(format!("{} page", rule.id), yaml.to_owned());
    let reading = read(&source);
    let mut problems = reading.problems;
    let found = reading.stack.as_ref().map(|stack| Analysis::of(stack).findings()).unwrap_or_default();
    if let Some(stack) = &reading.stack {
        problems.extend(acceptance::unknown_words(stack));
        problems.extend(acceptance::idle_rows(stack, &found));
    }
    // A stack that shows one rule leaves open what its data is for.
    problems.retain(|problem| !OPEN_ENDS.contains(&problem.code));
    assert!(problems.is_empty(), "{}", render(&source, &problems, false));
    found
}

/// What a stack of a few lines does not say.
const OPEN_ENDS: [&str; 2] = ["unused-arrival", "lone-system"];

/// As wide as a page shows text.
const WIDTH: usize = 100;

/// What `sinew check stack.yaml` prints for `yaml` on a terminal as wide as the page; in a pipe the words are the same.
fn printed(rule: &Rule, yaml: &str) -> String {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(rule.id);
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("stack.yaml"), yaml).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sinew"))
        .args(["check", "stack.yaml"])
        .current_dir(&directory)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", rule.id);
    let source = Source::new("stack.yaml", yaml.to_owned());
    let stack = read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let findings = Some(finding::findings(&analysis.findings(), &stack, &source));
    let report = Report { findings, ..Report::about(&analysis) };
    let shown = |report: &Report| {
        let shown = terminal(&told(report, Medium::Terminal).brief(5), WIDTH);
        anstream::adapter::strip_str(&shown).to_string()
    };
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let places = Places { source: &source, cells: &BTreeMap::new() };
    let first = question::first(&analysis, None, &by_year(&analysis), places, 3);
    let whole = shown(&report.clone().with_questions(first));
    assert_eq!(words(&String::from_utf8(output.stdout).unwrap()), words(&whole), "{}", rule.id);
    // What else a stack of a few lines does not say is beside the rule.
    shown(&report)
}

/// The one block of `language` in the section of the example.
fn example<'p>(rule: &Rule, page: &'p str, language: &str) -> Block<'p> {
    let all: Vec<Block<'p>> = blocks(section(page, "Example")).filter(|block| block.language == language).collect();
    match all.as_slice() {
        [one] => *one,
        _ => panic!("{}: the example has {} `{language}` blocks, not one", rule.id, all.len()),
    }
}

#[test]
fn pages_and_rules_are_the_same() {
    let mut pages: Vec<String> = fs::read_dir(directory())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    pages.sort_unstable();
    let mut rules: Vec<String> = RULES.iter().map(|rule| format!("{}.md", rule.id)).collect();
    rules.sort_unstable();
    assert_eq!(pages, rules);
}

#[test]
fn a_page_is_titled_with_its_rule_and_has_all_headings() {
    for rule in RULES {
        let page = page(rule);
        assert_eq!(page, rule.page, "{}: the rule holds another text than its page", rule.id);
        assert_eq!(page.lines().next(), Some(format!("# {}", rule.id).as_str()));
        assert_eq!(headings(&page).collect::<Vec<_>>(), HEADINGS, "the headings of docs/rules/{}.md", rule.id);
        for heading in HEADINGS {
            assert!(!section(&page, heading).trim().is_empty(), "{}: nothing stands under `{heading}`", rule.id);
        }
    }
}

#[test]
fn an_example_prints_what_its_page_says() {
    for rule in RULES {
        let page = page(rule);
        let stack = example(rule, &page, "yaml");
        let found = findings(rule, stack.text);
        assert!(found.iter().any(|finding| finding.rule == rule.id), "{}: its example does not show it", rule.id);
        let text = printed(rule, stack.text);
        let shown = example(rule, &page, "text");
        if is_blessed() {
            let path = directory().join(rule.id).with_extension("md");
            fs::write(path, shown.replaced_in(&page, &text)).unwrap();
        } else {
            assert_eq!(shown.text, text, "{}: `SINEW_BLESS=1 cargo test --test all pages` writes it anew", rule.id);
        }
    }
}

#[test]
fn a_rule_is_silent_where_its_page_says_so() {
    for rule in RULES {
        let page = page(rule);
        let stacks: Vec<Block<'_>> =
            blocks(section(&page, "Silent on")).filter(|block| block.language == "yaml").collect();
        assert!(!stacks.is_empty(), "{}: no stack shows where it is silent", rule.id);
        for stack in stacks {
            let spoken: Vec<String> = findings(rule, stack.text)
                .into_iter()
                .filter(|finding| finding.rule == rule.id)
                .map(|finding| finding.message)
                .collect();
            assert!(spoken.is_empty(), "{}: {spoken:?} for\n{}", rule.id, stack.text);
        }
    }
}

#[test]
fn an_acceptance_of_a_page_accepts_its_example() {
    for rule in RULES {
        let page = page(rule);
        let stack = example(rule, &page, "yaml").text;
        for accept in blocks(section(&page, "How to accept it")).filter(|block| block.language == "yaml") {
            // An acceptance with a last day needs to know today.
            let today = if stack.contains("\nas_of:") { "" } else { "as_of: 2026-11-21\n" };
            let found = findings(rule, &format!("{stack}{}{today}", accept.text));
            let accepted = found.iter().filter(|finding| finding.is_accepted && finding.rule == rule.id).count();
            assert!(accepted > 0, "{}: it accepts nothing of the example", rule.id);
        }
    }
}

#[test]
fn the_table_of_rules_is_complete() {
    let path = directory().join("README.md");
    let mut table = String::from("| rule | default severity | holds when |\n|---|---|---|\n");
    for rule in RULES {
        let moves = if rule.moves_with_cost { ", moves with cost" } else { "" };
        table.push_str(&format!(
            "| [{id}]({id}.md) | {}{moves} | {} |\n",
            rule.severity.as_str(),
            rule.summary,
            id = rule.id
        ));
    }
    markdown::check_generated(&path, "rules", &table);
}
