//! From text to a validated stack: every problem of the file in one pass, each at its place.

use super::check::check;
use super::form::{Calendar, object, parse_capacity, parse_duration, parse_rate};
use super::rewrite::{Untold, rewrite};
use super::stack::Stack;
use super::table::{Context, Form, Refusal};
use super::units::{Duration, PersonDays};
use crate::source::{Diagnostic, Diagnostics, Limits, Source, is_json, parse};

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
    let is_whole = !problems.is_cut();
    let mut cx = Context { problems, ..Context::default() };
    let stack = root.and_then(|root| object::<Stack>().read(&root, &mut cx));
    stack.iter().filter(|_| is_whole).for_each(|stack| check(stack, &mut cx.problems));
    let stack = stack.filter(|_| !cx.problems.has_errors() && untold.is_empty());
    let mut problems = cx.problems.into_sorted();
    // A rate that could not be read is no missing one.
    if cx.has_broken_rate {
        problems.retain(|problem| problem.code != "missing-rate");
    }
    untold.tell(source.text(), &mut problems);
    Reading { stack, problems }
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
    text.chars().any(char::is_alphabetic).then(|| parse_rate(text, Calendar::ALL).ok()).flatten()
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
