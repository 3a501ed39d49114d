//! Nodes of a file taken as single values, lists and mappings; anything else is reported.

use crate::source::{Diagnostic, Diagnostics, Entry, Node, Scalar, Span, Value};

/// What reading a single value makes of its text: the value, or a message and a line of help.
pub(in crate::model) type Parsed<T> = Result<T, (String, String)>;

/// The scalar that `node` is; anything else is an error that says what was `wanted`.
pub(in crate::model) fn scalar<'t, 'a>(
    node: &'t Node<'a>,
    wanted: &str,
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
        Err((message, help)) => {
            problems.push(Diagnostic::error(code, node.span, message).help(help));
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
            problems.push(
                Diagnostic::error("wrong-type", start_of(node), message)
                    .help("begin each entry with `- `, or put them in `[ ]`, separated by commas"),
            );
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
