//! One word or a list of words that no other part of the file defines.

use crate::model::id::is_flow_id;
use crate::model::table::{self, Context, Form, Tables, Written, quoted, scalar};
use crate::source::{Diagnostic, Node, Value};

/// One word, or a list of them: sorted, each once, but for files.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::model) enum Texts {
    /// Ids that something had before.
    FormerIds,
    /// Names of keys.
    Keys,
    /// Files, in the order in which they are read.
    Files,
    /// Names of domains.
    Domains,
}

impl Form<Vec<String>> for Texts {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<String>> {
        let one = std::slice::from_ref(node);
        let nodes = match &node.resolved().value {
            Value::List(items) => items,
            _ => one,
        };
        let wanted = match self {
            Self::FormerIds => "a former id",
            Self::Keys => "the name of a key",
            Self::Files => "the path of a file",
            Self::Domains => "the name of a domain",
        };
        let mut found = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Some(scalar) = scalar(node, wanted, &mut cx.problems) else { continue };
            let word = scalar.text.trim();
            if *self == Self::FormerIds && !is_flow_id(word) {
                let message = format!("expected a former id, found {}", quoted(word));
                cx.problems.push(
                    Diagnostic::error("bad-id", node.span, message)
                        .help("write the id that it had before; its former name is not needed"),
                );
                continue;
            }
            if *self == Self::Files && (word.is_empty() || word.chars().any(char::is_control)) {
                cx.problems.push(
                    Diagnostic::error(
                        "bad-path",
                        node.span,
                        format!("expected the path of a file, found {}", quoted(word)),
                    )
                    .help("write where the file is, seen from this one"),
                );
                continue;
            }
            found.push(word.to_owned());
        }
        if *self != Self::Files {
            found.sort_unstable();
            found.dedup();
        }
        Some(found)
    }

    fn write(&self, value: &Vec<String>, _: &Tables) -> Written {
        let words: Vec<String> = value.iter().map(|word| table::text(word)).collect();
        Written::Line(table::list(&words))
    }
}
