//! Values behind keys of one's own: nothing reads them, and they are written as they were.

use super::node::start_of;
use super::written::{Written, list, text};
use crate::source::{Diagnostic, Diagnostics, Node, Value};

/// Levels of lists and mappings in a value; what aliases stand for counts, so that none is nested without end.
const NESTING: usize = 100;

/// The longest text, in characters.
const MAX_TEXT: usize = 10_000;

/// A value behind a key that begins with `x-`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Extra {
    /// An empty value.
    Nothing,
    /// Text, whatever it looks like.
    Text(String),
    /// A number, `true` or `false`, as it was written.
    Literal(String),
    /// A list.
    List(Vec<Extra>),
    /// A mapping, in the order written.
    Map(Vec<(String, Extra)>),
}

impl Extra {
    /// A single value; nothing for an empty one. A list or mapping is reported.
    pub(in crate::model) fn single(node: &Node<'_>, problems: &mut Diagnostics) -> Option<Self> {
        if let Value::List(_) | Value::Map(_) = &node.resolved().value {
            let message = format!("expected text, a number, `true` or `false`, found {}", node.what());
            problems.push(
                Diagnostic::error("wrong-type", start_of(node), message)
                    .help("write one value, or put the rest under an `x-` key of the file itself"),
            );
            return None;
        }
        Self::any(node, problems)
    }

    /// Any value; nothing for an empty one.
    pub(in crate::model) fn any(node: &Node<'_>, problems: &mut Diagnostics) -> Option<Self> {
        Self::at(node, NESTING, problems).filter(|value| *value != Self::Nothing)
    }

    fn at(node: &Node<'_>, left: usize, problems: &mut Diagnostics) -> Option<Self> {
        let resolved = node.resolved();
        if left == 0 {
            let message = format!("values are nested more than {NESTING} deep");
            problems.push(Diagnostic::error("too-deep", start_of(node), message).help("write fewer levels"));
            return None;
        }
        Some(match &resolved.value {
            Value::Null => Self::Nothing,
            Value::Scalar(scalar) if scalar.plain && is_literal(&scalar.text) => {
                Self::Literal(scalar.text.clone().into_owned())
            }
            Value::Scalar(scalar) => {
                let length = scalar.text.chars().count();
                if length > MAX_TEXT {
                    let message = format!("the text has {length} characters");
                    problems.push(
                        Diagnostic::error("text-too-long", node.span, message)
                            .help(format!("write at most {MAX_TEXT}")),
                    );
                    return None;
                }
                Self::Text(scalar.text.clone().into_owned())
            }
            Value::List(items) => {
                Self::List(items.iter().map(|item| Self::at(item, left - 1, problems)).collect::<Option<_>>()?)
            }
            Value::Map(entries) => Self::Map(
                entries
                    .iter()
                    .map(|entry| Some((entry.key.clone().into_owned(), Self::at(&entry.node, left - 1, problems)?)))
                    .collect::<Option<_>>()?,
            ),
            Value::Alias(_) => unreachable!("resolved() follows aliases to their end"),
        })
    }

    /// The value as it is written.
    pub(in crate::model) fn written(&self) -> Written {
        Written::Line(self.line())
    }

    fn line(&self) -> String {
        match self {
            Self::Nothing => "null".to_owned(),
            Self::Text(words) => text(words),
            Self::Literal(literal) => literal.clone(),
            Self::List(items) => list(&items.iter().map(Self::line).collect::<Vec<_>>()),
            Self::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Self::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{}: {}", text(key), value.line())).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

/// Whether YAML's core schema reads `plain` text as a number or as `true` or `false`.
fn is_literal(plain: &str) -> bool {
    let is_digits = |digits: &str, radix| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    match plain {
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => true,
        _ if plain.starts_with("0x") => is_digits(&plain[2..], 16),
        _ if plain.starts_with("0o") => is_digits(&plain[2..], 8),
        _ => {
            let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
            plain.chars().all(is_number) && plain.bytes().any(|b| b.is_ascii_digit()) && plain.parse::<f64>().is_ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_literal;

    #[test]
    fn numbers_and_words_of_the_core_schema_are_literals() {
        for literal in ["true", "FALSE", "12", "-1.5e3", ".5", "0x1F", "0o17"] {
            assert!(is_literal(literal), "{literal}");
        }
        for text in ["", "yes", "MOPS-112", "1.2.3", "e", "0x", "0xZ", "1_000", "2026-11-21"] {
            assert!(!is_literal(text), "{text}");
        }
    }
}
