//! Answers in narrow terminals: no line is wider, and no word is lost or broken that fits into one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sinew::analysis::Analysis;
use sinew::ask::{self, Member};
use sinew::model::{Stack, read};
use sinew::plan::Options;
use sinew::report::Report;
use sinew::report::document::terminal;
use sinew::report::facts::diff::Diff;
use sinew::report::story::{Document, Medium, Part, changes, told, told_together};
use sinew::report::tables::{Cell, Table};
use sinew::source::Source;
use unicode_width::UnicodeWidthStr;

use super::stack;

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stacks");
    let mut all: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    all.sort();
    assert!(all.len() > 3);
    all
}

/// The text of `document` without colors.
fn shown(document: &Document, width: usize) -> String {
    anstream::adapter::strip_str(&terminal(document, width)).to_string()
}

/// Words of headings of columns in which there is nothing to judge, which rows that are told one by one leave out.
fn without_an_answer(document: &Document) -> BTreeSet<&str> {
    let tables = document.chapters.iter().flat_map(|chapter| &chapter.parts).filter_map(|part| match part {
        Part::Table(table) => Some(table),
        _ => None,
    });
    let is_bare = |table: &Table, at: usize| {
        table.rows.iter().all(|row| matches!(row.cells[at], Cell::Empty | Cell::NothingToJudge))
    };
    let bare = tables.flat_map(|table| table.columns.iter().enumerate().filter(|(at, _)| is_bare(table, *at)));
    bare.flat_map(|(_, column)| column.heading.split_whitespace()).collect()
}

/// Every line fits, and every word of the wide text that fits is there whole; numbers are words.
fn fits(name: &str, document: &Document) {
    let (wide, bare) = (shown(document, 60_000), without_an_answer(document));
    for width in [30, 50, 80] {
        let narrow = shown(document, width);
        for line in narrow.lines() {
            assert!(line.width() <= width, "{name}, {width} columns: {line}");
        }
        let words: BTreeSet<&str> = narrow.split_whitespace().collect();
        // A heading before its value has a colon.
        let is_there = |word: &str| words.contains(word) || words.contains(format!("{word}:").as_str());
        let lost = wide
            .split_whitespace()
            .find(|word| word.width() + 6 <= width && *word != "–" && !bare.contains(word) && !is_there(word));
        assert!(lost.is_none(), "{name}, {width} columns: {lost:?}\n{narrow}");
    }
}

fn stack_of(path: &Path) -> (Stack, Source) {
    let text = fs::read_to_string(path).unwrap();
    let source = Source::new("stack.yaml", text);
    (read(&source).stack.expect("an example is right"), source)
}

#[test]
fn the_answers_about_every_example_fit_into_narrow_terminals() {
    for path in examples() {
        let (stack, source) = stack_of(&path);
        let name = path.display().to_string();
        let analysis = Analysis::of(&stack);
        let findings = analysis.findings();
        fits(&name, &told(&Report::of(&analysis, &findings, &source), Medium::Terminal));
        fits(&name, &told(&ask::handoffs(&analysis, &findings), Medium::Terminal));
        fits(&name, &told(&ask::outages(&analysis, 2), Medium::Terminal));
    }
}

#[test]
fn plans_and_comparisons_fit_into_narrow_terminals() {
    let all: Vec<(Stack, Source)> = examples().iter().map(|path| stack_of(path)).collect();
    fits("diff", &changes(&Diff::of((&all[0].0, &all[0].1), (&all[1].0, &all[1].1))));
    let options = Options { samples: 100, ..Options::default() };
    let (tiny, _) = stack_of(Path::new("examples/stacks/tiny.yaml"));
    let analysis = Analysis::of(&tiny);
    let plan = ask::planned(&analysis, &options).unwrap();
    fits("plan", &told(&ask::plan(&analysis, &plan, &options), Medium::Terminal));
    let member = |(stack, file): (Stack, &str)| Member { file: file.to_owned(), stack: Ok(stack) };
    let members = all.into_iter().map(|(stack, _)| stack).zip(["a.yaml", "b.yaml"]).map(member);
    fits("portfolio", &told_together(&ask::portfolio(members.collect())));
}

#[test]
fn a_table_without_room_is_told_row_by_row() {
    let text = "sinew: 1
as_of: 2026-11-21
currency: USD
hourly_rate: 60
teams: { ops: { name: Marketing operations } }
systems: { a: { kind: ai-content, name: Writer, makes: [d] }, b: { kind: cms, name: Website } }
data: { d: { name: Draft } }
flows: [{ from: a, to: b, data: d, mechanism: copy-paste, performer: ops, runs: 1/week, minutes: 30 }]
";
    let stack = stack(text);
    let analysis = Analysis::of(&stack);
    let narrow = shown(&told(&ask::handoffs(&analysis, &[]), Medium::Terminal), 40);
    let expected = "#: 1
  Data: Draft
  From: Writer
  To: Website
  AI output: yes
  Carried by: Marketing operations
  Work, hours a year: 26
  Rework, hours a year: not stated
  Cost, USD a year: 1,560
";
    assert!(narrow.contains(expected), "{narrow}");
}
