//! Nodes of a file taken as single values, lists and mappings; anything else is reported.

use std::fmt::Display;

use crate::model::id::is_id;
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Scalar, Span, Value};

/// What reading a single value makes of its text: the value, or why there is none.
pub(in crate::model) type Parsed<T> = Result<T, Refusal>;

/// Why a text is no value, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::model) struct Refusal {
    /// What is wrong, in one sentence.
    pub(in crate::model) message: String,
    /// What to write, where no replacement below says so to the letter.
    pub(in crate::model) help: String,
    /// What may stand in its place, each with when it is right; that is empty where there is one.
    pub(in crate::model) instead: Vec<(String, String)>,
}

impl Refusal {
    pub(in crate::model) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), instead: Vec::new() }
    }

    /// A refusal of what has one replacement, or one for each of its meanings.
    pub(in crate::model) fn of(
        message: impl Into<String>,
        instead: impl IntoIterator<Item = (String, &'static str)>,
    ) -> Self {
        let instead = instead.into_iter().map(|(text, when)| (text, when.to_owned())).collect();
        Self { message: message.into(), help: String::new(), instead }
    }

    /// The same as a problem of `node`.
    pub(in crate::model) fn at(self, code: &'static str, node: &Node<'_>) -> Diagnostic {
        let problem = Diagnostic::error(code, node.span, self.message);
        if self.instead.is_empty() {
            return problem.help(self.help);
        }
        let is_quoted = matches!(&node.resolved().value, Value::Scalar(scalar) if !scalar.plain);
        self.instead.into_iter().fold(problem, |problem, (text, when)| {
            // What was in quotes stays in quotes, unless it is a number: so it is in JSON as well.
            let text = if is_quoted && text.parse::<f64>().is_err() { format!("\"{text}\"") } else { text };
            problem.instead(node.span, text, when)
        })
    }
}

/// The scalar that `node` is; anything else is an error that says what was `wanted`.
pub(in crate::model) fn scalar<'t, 'a>(
    node: &'t Node<'a>,
    wanted: impl Display,
    problems: &mut Diagnostics,
) -> Option<&'t Scalar<'a>> {
    if let Value::Scalar(scalar) = &node.resolved().value {
        return Some(scalar);
    }
    problems.push(Diagnostic::error("wrong-type", start_of(node), format!("expected {wanted}, found {}", node.what())));
    None
}

/// The first byte or so of a node: a caret under a whole mapping would point at nothing.
pub(in crate::model) fn start_of(node: &Node<'_>) -> Span {
    match node.value {
        Value::List(_) | Value::Map(_) => Span { start: node.span.start, end: node.span.start + 1 },
        _ => node.span,
    }
}

/// `text` as a message shows it, in backticks, cut after 60 characters.
pub(in crate::model) fn quoted(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}

/// Reads a scalar with `parse`; what it refuses is reported under `code`.
pub(in crate::model) fn parsed<T>(
    node: &Node<'_>,
    code: &'static str,
    wanted: &str,
    problems: &mut Diagnostics,
    parse: impl Fn(&str) -> Parsed<T>,
) -> Option<T> {
    let scalar = scalar(node, wanted, problems)?;
    match parse(scalar.text.trim()) {
        Ok(value) => Some(value),
        Err(refusal) => {
            problems.push(refusal.at(code, node));
            None
        }
    }
}

/// The items of a list; anything else is reported. An empty value is an empty list.
pub(in crate::model) fn items<'t, 'a>(node: &'t Node<'a>, what: &str, problems: &mut Diagnostics) -> &'t [Node<'a>] {
    match &node.resolved().value {
        Value::List(items) => items,
        Value::Null => &[],
        _ => {
            let message = format!("expected a list of {what}, found {}", node.what());
            let help = match &node.resolved().value {
                Value::Scalar(said) if what == "needs" && is_id(&said.text) => {
                    format!(
                        "write `[{{ data: {}, at: SYSTEM }}]`, with the id of the system where it is needed",
                        said.text
                    )
                }
                _ => "begin each entry with `- `, or put them in `[ ]`, separated by commas".to_owned(),
            };
            problems.push(Diagnostic::error("wrong-type", start_of(node), message).help(help));
            &[]
        }
    }
}

/// The entries of a mapping from ids; anything else is reported. An empty value is an empty mapping.
pub(in crate::model) fn entries<'t, 'a>(node: &'t Node<'a>, what: &str, problems: &mut Diagnostics) -> &'t [Entry<'a>] {
    match &node.resolved().value {
        Value::Map(entries) => entries,
        Value::Null => &[],
        _ => {
            let message = format!("expected a mapping from ids to {what}, found {}", node.what());
            problems.push(
                Diagnostic::error("wrong-type", start_of(node), message).help("write `id: { … }`, one entry a line"),
            );
            &[]
        }
    }
}
