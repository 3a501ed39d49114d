//! The members of a list or mapping: taking some out, and adding others in the style of their neighbors.

use super::editor::{Change, Editor};
use super::piece::{Pair, Piece};
use super::place::Place;
use super::print;
use crate::source::{Node, Span, Value};

/// A list or mapping with what is to become of its members.
pub(super) struct Members<'e, 's> {
    pub(super) editor: &'e Editor<'s>,
    pub(super) node: &'e Node<'e>,
    pub(super) all: Vec<Member>,
    pub(super) change: &'e Change,
}

/// Where one member stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_removed: bool,
}

/// What a member that is added looks like.
#[derive(Clone, Copy)]
pub(super) enum Added<'p> {
    /// A key with its value.
    Pair(&'p Pair),
    /// An item of a list.
    Item(&'p Piece),
}

impl<'e, 's> Members<'e, 's> {
    pub(super) fn of(editor: &'e Editor<'s>, place: Place<'e>, change: &'e Change) -> Self {
        let node = place.node();
        let text = editor.text;
        let is_removed = |at: usize| change.remove.contains(&at);
        let all = match &node.value {
            Value::Map(entries) => entries
                .iter()
                .enumerate()
                .filter(|(_, entry)| entry.key_span.start >= node.span.start)
                .map(|(at, entry)| Member {
                    start: entry.key_span.start as usize,
                    end: text.entry_end(entry),
                    is_removed: is_removed(at),
                })
                .collect(),
            Value::List(items) => items
                .iter()
                .enumerate()
                .map(|(at, item)| Member {
                    start: item.span.start as usize,
                    end: text.node_end(item),
                    is_removed: is_removed(at),
                })
                .collect(),
            _ => Vec::new(),
        };
        Self { editor, node, all, change }
    }

    /// The edits.
    pub(super) fn changed(&self) -> Result<Vec<(Span, String)>, String> {
        if self.change.remove.is_empty() && self.change.add.is_empty() && self.change.append.is_empty() {
            return Ok(Vec::new());
        }
        if self.editor.text.is_flow(self.node) || self.editor.is_json { self.in_brackets() } else { self.in_lines() }
    }

    pub(super) fn added(&self) -> Vec<Added<'_>> {
        match &self.node.value {
            Value::List(_) => self.change.append.iter().map(Added::Item).collect(),
            _ => self.change.add.iter().map(Added::Pair).collect(),
        }
    }

    /// The last member with keys of its own, which is what a new one looks like.
    pub(super) fn neighbor(&self) -> Option<&'e Node<'e>> {
        let has_keys = |node: &&&Node<'_>| matches!(node.value, Value::Map(_));
        match &self.node.value {
            Value::Map(entries) => {
                let own = entries.iter().filter(|entry| entry.key_span.start >= self.node.span.start);
                own.map(|entry| &entry.node).collect::<Vec<_>>().iter().rfind(has_keys).copied()
            }
            Value::List(items) => items.iter().collect::<Vec<_>>().iter().rfind(has_keys).copied(),
            _ => None,
        }
    }
}

impl Added<'_> {
    /// In brackets.
    pub(super) fn flow(self, is_json: bool) -> String {
        match self {
            Self::Pair(pair) => print::flow_pair(pair, is_json),
            Self::Item(piece) => print::flow(piece, is_json),
        }
    }
}
