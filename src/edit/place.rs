//! A value of a file as a place that may be edited, with the mark of being one that stands for several.

use crate::source::{Entry, Node, Value};

/// A value where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    pub(super) node: &'t Node<'t>,
    pub(super) shared: Option<&'static str>,
}

impl<'t> Place<'t> {
    /// The whole file.
    #[must_use]
    pub fn root(node: &'t Node<'t>) -> Self {
        Self { node, shared: None }.seen()
    }

    /// The value, as far as it can be read.
    #[must_use]
    pub fn node(self) -> &'t Node<'t> {
        self.node.resolved()
    }

    /// The keys of a mapping; empty where it is none.
    #[must_use]
    pub fn entries(self) -> &'t [Entry<'t>] {
        match &self.node().value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; empty where it is none.
    #[must_use]
    pub fn items(self) -> &'t [Node<'t>] {
        match &self.node().value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The value behind the key at `at`.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn entry(self, at: usize) -> Self {
        let entry = &self.entries()[at];
        // What is merged was written before.
        let is_merged = entry.key_span.start < self.node().span.start;
        let shared = self.shared.or(is_merged.then_some("a merge key (`<<`) brings it"));
        Self { node: &entry.node, shared }.seen()
    }

    /// The item at `at`.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn item(self, at: usize) -> Self {
        Self { node: &self.items()[at], shared: self.shared }.seen()
    }

    fn seen(self) -> Self {
        let is_alias = matches!(self.node.value, Value::Alias(_));
        Self { shared: self.shared.or(is_alias.then_some("an anchor (`&`) or an alias (`*`) stands there")), ..self }
    }
}

/// Whether an anchor or an alias stands in `node`, so that taking it out would take it from elsewhere too.
pub(super) fn is_shared_within(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Alias(_) => true,
        Value::List(items) => items.iter().any(is_shared_within),
        Value::Map(entries) => {
            entries.iter().any(|entry| entry.key_span.start < node.span.start || is_shared_within(&entry.node))
        }
        Value::Null | Value::Scalar(_) => false,
    }
}
