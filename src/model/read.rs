//! From text to a validated stack: every problem of the file in one pass, each at its place.

use std::borrow::Borrow;

use super::check::check;
use super::form::{Calendar, object, parse_capacity, parse_duration, parse_rate, parse_share};
use super::rewrite::{Untold, rewrite};
use super::stack::Stack;
use super::table::{Context, Form, Refusal, Tables, quoted};
use super::units::{Duration, PersonDays};
use crate::catalog::SharedCatalog;
use crate::catalog::people::is_not_known;
use crate::source::{Diagnostic, Diagnostics, Limits, Node, Source, Span, Value, is_json, parse};

/// A stack and what was odd about its file, or only what was wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The stack; `None` where one of the problems is an error.
    pub stack: Option<Stack>,
    /// All problems, by place.
    pub problems: Vec<Diagnostic>,
}

/// A file that a stack names under `catalog`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogFile {
    /// The path as it is written, seen from the stack file.
    pub path: String,
    /// Where it is written.
    pub span: Span,
}

/// The catalog that a stack is read with.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// What is known of products.
    pub catalog: SharedCatalog,
    /// What is wrong with the files that the stack names, each at its place.
    pub problems: Vec<Diagnostic>,
    /// Whether some of it could not be read, so that a product that is not known may be one of the missing rows.
    pub is_broken: bool,
}

/// Opens the files that a stack names under `catalog`.
pub type Bring<'b> = &'b mut dyn FnMut(&[CatalogFile]) -> Brought;

/// Reads `source` as a stack file, with the catalog of the program.
///
/// Files that the stack names under `catalog` are not opened, which is a warning; see [`read_bringing`]. The cost is
/// linear in the size of the text, but for a logarithm.
#[must_use]
pub fn read(source: &Source) -> Reading {
    read_bringing(source, not_opened)
}

/// What a stack is read with where the files that it names under `catalog` are not opened: a warning at each.
#[must_use]
pub fn not_opened(files: &[CatalogFile]) -> Brought {
    let warning = |file: &CatalogFile| {
        Diagnostic::warning("catalog-not-read", file.span, format!("{} is not read here", quoted(&file.path)))
            .help("what only this file knows of products is unknown")
    };
    Brought { problems: files.iter().map(warning).collect(), ..Brought::default() }
}

/// As [`read`], with what `catalog` knows of products, whatever files the stack names.
#[must_use]
pub fn read_with(source: &Source, catalog: &SharedCatalog) -> Reading {
    read_bringing(source, |_| Brought { catalog: catalog.clone(), ..Brought::default() })
}

/// As [`read`], with the catalog that `bring` makes of the files that the stack names under `catalog`.
#[must_use]
pub fn read_bringing(source: &Source, bring: impl FnOnce(&[CatalogFile]) -> Brought) -> Reading {
    let mut problems = Diagnostics::default();
    let root = parse(source, &Limits::default(), &mut problems);
    let Brought { catalog, problems: of_catalog, is_broken } = bring(&root.as_ref().map(files).unwrap_or_default());
    of_catalog.into_iter().for_each(|problem| problems.push(problem));
    let mut untold = Untold::default();
    let root = root.map(|mut root| {
        if !is_json(source) {
            untold = rewrite(&mut root, source.text(), &catalog, &mut problems);
        }
        root
    });
    let mut reading = judge(root, problems, catalog, is_broken);
    reading.stack = reading.stack.filter(|_| untold.is_empty());
    untold.tell(source.text(), &mut reading.problems);
    if is_json(source) {
        reading.problems.iter_mut().filter(|problem| problem.code != "json-syntax").for_each(as_json);
    }
    reading
}

/// Reads the tree of a stack that is no text: `problems` are what was wrong before there was a tree, and `bring` makes the
/// catalog of the files that the stack names.
#[must_use]
pub fn read_tree(root: &Node<'_>, mut problems: Diagnostics, bring: impl FnOnce(&[CatalogFile]) -> Brought) -> Reading {
    let Brought { catalog, problems: of_catalog, is_broken } = bring(&files(root));
    of_catalog.into_iter().for_each(|problem| problems.push(problem));
    judge(Some(root), problems, catalog, is_broken)
}

/// What a tree says. One that is given away is gone before the stack as a whole is looked at, as both are large.
pub(super) fn judge<'a>(
    root: Option<impl Borrow<Node<'a>>>,
    problems: Diagnostics,
    catalog: SharedCatalog,
    is_broken: bool,
) -> Reading {
    let is_whole = !problems.is_cut();
    let tables = Tables { catalog, ..Tables::default() };
    let mut cx = Context { problems, tables, ..Context::default() };
    let stack = root.and_then(|root| object::<Stack>().read(root.borrow(), &mut cx));
    let stack = stack.map(|stack| stack.settled(&mut cx));
    stack.iter().filter(|_| is_whole).for_each(|stack| check(stack, &mut cx.problems));
    let stack = stack.filter(|_| !cx.problems.has_errors());
    let mut problems = cx.problems.into_sorted();
    // A rate that could not be read is no missing one.
    if cx.has_broken_rate {
        problems.retain(|problem| problem.code != "missing-rate");
    }
    if is_broken {
        problems.retain(|problem| problem.code != "unknown-product");
    }
    Reading { stack, problems }
}

/// Writes the changes that take `problem` away as JSON, where what they change is.
fn as_json(problem: &mut Diagnostic) {
    for (span, new) in problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        let is_value = serde_json::from_str::<serde_json::Value>(new).is_ok();
        if span.start < span.end && !is_value && !new.is_empty() {
            *new = serde_json::Value::from(new.as_str()).to_string();
        }
    }
}

/// The files under `catalog`, one or a list of them.
pub(super) fn files(root: &Node<'_>) -> Vec<CatalogFile> {
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let Some(entry) = entries.iter().find(|entry| entry.key == "catalog") else { return Vec::new() };
    let one = std::slice::from_ref(&entry.node);
    let nodes = match &entry.node.resolved().value {
        Value::List(items) => items,
        _ => one,
    };
    let file = |node: &Node<'_>| match &node.resolved().value {
        Value::Scalar(scalar) if !is_not_known(&scalar.text) => {
            let path = scalar.text.trim();
            // What is no path is reported where the key is read.
            let is_path = !path.is_empty() && !path.chars().any(char::is_control);
            is_path.then(|| CatalogFile { path: path.to_owned(), span: node.span })
        }
        _ => None,
    };
    nodes.iter().filter_map(file).collect()
}

/// How often a year, as a stack file says it of a flow that runs by itself.
pub(crate) fn a_year(text: &str) -> Option<f64> {
    parse_rate(text, Calendar::ALL).ok()
}

/// A part of one, as a stack file says it.
pub(crate) fn part_of_one(text: &str) -> Option<f64> {
    parse_share(text).ok()
}

/// Person-days a week as a stack file and the command line write them: `5d/week`.
///
/// # Errors
/// What is wrong with `text`, and what to write.
pub fn capacity(text: &str) -> Result<PersonDays, String> {
    parse_capacity(text).map(PersonDays).map_err(words)
}

/// How often a year a machine does something, as people say it: `every 15 min`; nothing where that is not said.
pub(crate) fn runs_a_year(text: &str) -> Option<f64> {
    text.chars().any(char::is_alphabetic).then(|| a_year(text)).flatten()
}

/// A length of time as a stack file and the command line write it: `26w`.
///
/// # Errors
/// What is wrong with `text`, and what to write.
pub fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).map_err(words)
}

/// A refusal in one sentence, for the command line.
fn words(refusal: Refusal) -> String {
    let Refusal { message, help, instead } = refusal;
    let instead: Vec<String> =
        instead.iter().map(|(text, when)| format!("`{text}` {when}").trim_end().to_owned()).collect();
    if instead.is_empty() { format!("{message}; {help}") } else { format!("{message}; write {}", instead.join(" or ")) }
}
