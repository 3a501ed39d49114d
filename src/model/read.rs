//! From text to a validated stack: every problem of the file in one pass, each at its place.

use super::check::check;
use super::form::{object, parse_capacity, parse_duration};
use super::rewrite::{Untold, rewrite};
use super::stack::Stack;
use super::table::{Context, Form, Refusal};
use super::units::{Duration, PersonDays};
use crate::source::{Diagnostic, Diagnostics, Limits, Node, Source, is_json, parse};

/// A stack and what was odd about its file, or only what was wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The stack; `None` where one of the problems is an error.
    pub stack: Option<Stack>,
    /// All problems, by place.
    pub problems: Vec<Diagnostic>,
}

/// Reads `source` as a stack file.
///
/// The cost is linear in the size of the text, but for a logarithm.
#[must_use]
pub fn read(source: &Source) -> Reading {
    let mut problems = Diagnostics::default();
    let root = parse(source, &Limits::default(), &mut problems);
    let mut untold = Untold::default();
    let root = root.map(|mut root| {
        if !is_json(source) {
            untold = rewrite(&mut root, source.text(), &mut problems);
        }
        root
    });
    let mut reading = judge(root.as_ref(), problems);
    reading.stack = reading.stack.filter(|_| untold.is_empty());
    untold.tell(source.text(), &mut reading.problems);
    if is_json(source) {
        reading.problems.iter_mut().filter(|problem| problem.code != "json-syntax").for_each(as_json);
    }
    reading
}

/// Reads the tree of a stack that is no text: `problems` are what was wrong before there was a tree.
#[must_use]
pub fn read_tree(root: &Node<'_>, problems: Diagnostics) -> Reading {
    judge(Some(root), problems)
}

fn judge(root: Option<&Node<'_>>, problems: Diagnostics) -> Reading {
    let is_whole = !problems.is_cut();
    let mut cx = Context { problems, ..Context::default() };
    let stack = root.and_then(|root| object::<Stack>().read(root, &mut cx));
    stack.iter().filter(|_| is_whole).for_each(|stack| check(stack, &mut cx.problems));
    let stack = stack.filter(|_| !cx.problems.has_errors());
    let mut problems = cx.problems.into_sorted();
    // A rate that could not be read is no missing one.
    if cx.has_broken_rate {
        problems.retain(|problem| problem.code != "missing-rate");
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

/// Person-days a week as a stack file and the command line write them: `5d/week`.
///
/// # Errors
/// What is wrong with `text`, and what to write.
pub fn capacity(text: &str) -> Result<PersonDays, String> {
    parse_capacity(text).map(PersonDays).map_err(words)
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
