//! What the guide, the recipes and the starter show is valid: alone, and put together as a reader would.

use std::fs;
use std::path::{Path, PathBuf};

use super::is_blessed;
use super::markdown::{Block, blocks, headings, section};
use sinew::analysis::{Analysis, acceptance};
use sinew::model::read;
use sinew::source::{Level, Source, render};

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(document(name)).unwrap()
}

/// The sections of a stack file: each key of the file with its lines, comments and what stands before the first apart.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
        if begins {
            sections.push((line.split(':').next().unwrap().to_owned(), String::new()));
        } else if sections.is_empty() {
            sections.push((String::new(), String::new()));
        }
        let (_, lines) = sections.last_mut().unwrap();
        lines.push_str(line);
        lines.push('\n');
    }
    sections
}

/// What is wrong with `text`, findings to accept included, shown.
fn wrong(text: &str, level: Level) -> String {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = read(&source);
    let mut problems = reading.problems;
    if let Some(stack) = &reading.stack {
        problems.extend(acceptance::unknown_words(stack));
        problems.extend(acceptance::idle_rows(stack, &Analysis::of(stack).findings()));
    }
    problems.retain(|problem| problem.level == Level::Error || level == Level::Warning);
    render(&source, &problems, false)
}

/// Somebody writes the guide's blocks into the file of `sinew init`, one after the other: each takes the place of the section
/// of the starter that it shows, and what it goes on with stands behind.
#[test]
fn the_blocks_of_the_guide_fit_into_the_starter() {
    let guide = text("guide.md");
    let mut file = sections(sinew::cli::STARTER);
    let starter: Vec<String> = file.iter().map(|(key, _)| key.clone()).collect();
    let mut written: Vec<String> = Vec::new();
    let yaml: Vec<Block<'_>> = blocks(&guide).filter(|block| block.language == "yaml").collect();
    assert!(yaml.len() >= 8, "the guide shows {} blocks", yaml.len());
    for block in yaml {
        let mut last = written.last().cloned();
        for (key, lines) in sections(block.text) {
            // A block without a key of the file goes on with the section before it.
            let key = if key.is_empty() { last.clone().unwrap() } else { key };
            let at = file.iter().position(|(known, _)| *known == key);
            match at {
                Some(at) if written.contains(&key) => {
                    let body = lines.strip_prefix(&format!("{key}:\n")).unwrap_or(&lines);
                    file[at].1.push_str(body);
                }
                Some(at) => file[at].1 = lines,
                None => file.push((key.clone(), lines)),
            }
            written.push(key.clone());
            last = Some(key);
        }
    }
    for key in ["teams", "systems", "data", "flows", "processes", "accept"] {
        assert!(written.iter().any(|one| one == key), "the guide shows no `{key}`");
    }
    assert!(starter.len() > 10);
    let whole: String = file.into_iter().map(|(_, lines)| lines).collect();
    assert_eq!(wrong(&whole, Level::Warning), "", "{whole}");
}

/// Whoever takes a system out of the starter gets no error but about what names it.
#[test]
fn the_starter_accepts_nothing_that_a_reader_takes_out() {
    assert_eq!(wrong(sinew::cli::STARTER, Level::Warning), "");
    let without: String = sections(sinew::cli::STARTER)
        .into_iter()
        .filter(|(key, _)| !matches!(key.as_str(), "systems" | "flows" | "processes" | "data"))
        .map(|(_, lines)| lines)
        .collect();
    let without = format!("{without}systems: {{ crm: {{ kind: crm }} }}\n");
    assert_eq!(wrong(&without, Level::Error), "");
}

/// A recipe is a whole file without a problem, and finds what stands below it.
#[test]
fn recipes_find_what_they_say() {
    let mut page = text("recipes.md");
    let names: Vec<String> = headings(&page).map(str::to_owned).collect();
    assert!(names.len() >= 10);
    for name in names {
        let (yaml, shown) = {
            let section = section(&page, &name);
            let of = |language: &str| blocks(section).find(|block| block.language == language);
            let (yaml, shown) = (of("yaml"), of("text"));
            (yaml.unwrap_or_else(|| panic!("{name}: no stack")).text.to_owned(), shown.unwrap().text.to_owned())
        };
        assert_eq!(wrong(&yaml, Level::Warning), "", "{name}");
        let stack = read(&Source::new("stack.yaml", yaml)).stack.unwrap();
        let line = |one: sinew::analysis::Finding| format!("{} {}: {}\n", one.severity.as_str(), one.rule, one.message);
        let found: String = Analysis::of(&stack).findings().into_iter().map(line).collect();
        let found = if found.is_empty() { "nothing\n".to_owned() } else { found };
        if is_blessed() {
            let whole = page.clone();
            let block = blocks(section(&whole, &name)).find(|block| block.language == "text").unwrap();
            page = block.replaced_in(&whole, &found);
            fs::write(document("recipes.md"), &page).unwrap();
        } else {
            assert_eq!(shown, found, "{name}: `SINEW_BLESS=1 cargo test --test all pages` writes it anew");
        }
    }
}

/// Every block of the questions stands for itself.
#[test]
fn the_blocks_of_the_questions_are_valid() {
    for block in blocks(&text("faq.md")).filter(|block| block.language == "yaml") {
        assert_eq!(wrong(block.text, Level::Error), "", "{}", block.text);
    }
}
