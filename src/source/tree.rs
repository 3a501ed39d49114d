//! A file as a tree of spanned nodes, the same for YAML and JSON.

use std::borrow::Cow;
use std::sync::Arc;

use super::merge::MERGE;
use super::{Diagnostic, Diagnostics, Items, Span, Text};

/// How much a file may ask for before it is refused.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Levels of lists and mappings within each other.
    pub nesting: usize,
    /// How many times its own size a file may grow through aliases.
    pub alias_growth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nesting: 100, alias_growth: 10 }
    }
}

/// One value of a file and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// From its first to its last byte.
    pub span: Span,
    /// What it holds, with all that is below it.
    pub value: Value<'a>,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// Anything that is neither list nor mapping.
    Scalar(Scalar<'a>),
    /// A list, in the order written.
    List(Items<Node<'a>>),
    /// A mapping, in the order written, without repeated keys.
    Map(Items<Entry<'a>>),
    /// A value that an alias (`*name`) repeats.
    Alias(Arc<Node<'a>>),
}

/// A scalar as written.
#[derive(Clone, Debug)]
pub struct Scalar<'a> {
    /// The text, unquoted and with escapes resolved.
    pub text: Text<'a>,
    /// Whether it stood without quotes, so that `true` or `12` may be more than text.
    pub plain: bool,
}

/// One key of a mapping with its value.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key, unquoted and with escapes resolved.
    pub key: Text<'a>,
    /// Where the key stands.
    pub key_span: Span,
    /// What stands behind it.
    pub node: Node<'a>,
}

impl Entry<'_> {
    /// Whether it is a merge key whose mappings could not be merged, which has been reported.
    #[must_use]
    pub fn is_broken_merge(&self) -> bool {
        self.key == MERGE && matches!(self.node.value, Value::Null)
    }
}

impl<'a> Node<'a> {
    /// The node itself, or what its alias stands for.
    #[must_use]
    pub fn resolved(&self) -> &Self {
        let mut node = self;
        while let Value::Alias(target) = &node.value {
            node = target;
        }
        node
    }

    /// What a person would call it: `a list`, `a mapping`, `text`, `nothing`.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match &self.resolved().value {
            Value::Null => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Alias(_) => unreachable!("resolved() follows aliases to their end"),
        }
    }
}

/// Keys that are compared one by one: most mappings have no more.
const FEW: usize = 16;

/// Keeps the first of repeated keys and reports the others with both places.
pub(super) fn without_duplicates<'a>(mut entries: Vec<Entry<'a>>, diagnostics: &mut Diagnostics) -> Vec<Entry<'a>> {
    let is_given_before = |at: usize| entries[..at].iter().any(|entry| entry.key == entries[at].key);
    if entries.len() <= FEW && !(1..entries.len()).any(is_given_before) {
        return entries;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|a, b| (&entries[*a].key, *a).cmp(&(&entries[*b].key, *b)));
    let mut repeated = Vec::new();
    let mut first = 0;
    for at in 1..order.len() {
        let (original, this) = (&entries[order[first]], &entries[order[at]]);
        if original.key == this.key {
            repeated.push(order[at]);
            diagnostics.push(
                Diagnostic::error("duplicate-key", this.key_span, format!("key `{}` is given twice", shown(&this.key)))
                    .related(original.key_span, "first given here")
                    .help("keep one of the two, or give the second another name"),
            );
        } else {
            first = at;
        }
    }
    repeated.sort_unstable();
    let mut at = 0;
    entries.retain(|_| {
        at += 1;
        repeated.binary_search(&(at - 1)).is_err()
    });
    entries
}

/// `text` as a message shows it: cut after 60 characters.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]).into(),
        None => text.into(),
    }
}

/// A value that is nested deeper than a file may go.
pub(super) fn too_deep(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::error("too-deep", span, format!("values are nested more than {limit} deep"))
        .help("a stack file needs five levels; look for a bracket that is never closed")
}
