//! Situations from other people's bug reports and from the pages of vendors, written small and by hand in `stacks/`, each
//! with the right value; the sums stand in the comments of the files.

mod calls;
mod changes;
mod claims;
mod files;
mod newcomer;
mod outages;
mod people;
mod pictures;
mod terminals;
mod unknown;

use std::fs;
use std::path::Path;

use serde_json::Value;
use sinew::analysis::{Analysis, Finding};
use sinew::model::{Reading, Stack, read};
use sinew::report::Report;
use sinew::source::{Level, Source, render};

/// The text of a stack of this folder.
fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field/stacks").join(name).with_extension("yaml");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn source(text: &str) -> Source {
    Source::new("stack.yaml", text.to_owned())
}

fn reading(text: &str) -> Reading {
    read(&source(text))
}

/// A stack that reads without an error.
fn stack(text: &str) -> Stack {
    let Reading { stack, problems } = reading(text);
    stack.unwrap_or_else(|| panic!("{}", render(&source(text), &problems, false)))
}

/// What a person is told of the file.
fn said(text: &str) -> String {
    render(&source(text), &reading(text).problems, false)
}

/// Codes of its errors, by place.
fn errors(text: &str) -> Vec<&'static str> {
    let problems = reading(text).problems;
    problems.iter().filter(|problem| problem.level == Level::Error).map(|problem| problem.code).collect()
}

/// The whole report but for the plan.
fn report(text: &str) -> Value {
    let stack = stack(text);
    let analysis = Analysis::of(&stack);
    serde_json::to_value(Report::of(&analysis, &analysis.findings(), &source(text))).unwrap()
}

fn findings(text: &str) -> Vec<Finding> {
    Analysis::of(&stack(text)).findings()
}

/// Messages of the findings of one rule.
fn found(text: &str, rule: &str) -> Vec<String> {
    findings(text).into_iter().filter(|one| one.rule == rule).map(|one| one.message).collect()
}

/// The entry of a list of the report whose `key` has this value.
fn entry<'r>(list: &'r Value, key: &str, value: &str) -> &'r Value {
    let is_meant = |one: &&Value| one[key] == value || one[key].as_array().is_some_and(|all| *all == [value]);
    list.as_array().unwrap().iter().find(is_meant).unwrap_or_else(|| panic!("no {key} {value} in {list:#}"))
}

fn words(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}
