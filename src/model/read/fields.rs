//! The keys of one mapping, checked against the table of keys.

use crate::model::shape::Key;
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Span, Value, nearest};

use super::scalar::{quoted, start_of};

/// A mapping whose keys are all known and whose required keys are all there.
pub(super) struct Fields<'t, 'a> {
    entries: &'t [Entry<'a>],
    keys: &'static [Key],
    /// Where the mapping begins.
    pub(super) place: Span,
}

impl<'t, 'a> Fields<'t, 'a> {
    /// Takes `node` as `what` with `keys`. Unknown keys and missing ones are reported; a node that is no mapping is
    /// reported and gives nothing. An empty value counts as an empty mapping.
    pub(super) fn of(node: &'t Node<'a>, what: &str, keys: &'static [Key], problems: &mut Diagnostics) -> Option<Self> {
        let place = start_of(node);
        let entries: &[Entry<'a>] = match &node.resolved().value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                let message = format!("{what} is a mapping of keys to values, not {}", node.what());
                let known = keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ");
                problems.push(Diagnostic::error("wrong-type", place, message).help(format!("its keys are {known}")));
                return None;
            }
        };
        for entry in entries {
            if !keys.iter().any(|key| key.name == entry.key) {
                problems.push(unknown_key(entry, what, keys));
            }
        }
        let fields = Self { entries, keys, place };
        for key in keys.iter().filter(|key| key.required) {
            if fields.get(key.name).is_none() {
                let at = fields.key_span(key.name).unwrap_or(place);
                problems.push(
                    Diagnostic::error("missing-key", at, format!("{what} needs `{}`", key.name))
                        .help(format!("add `{}:`. {}", key.name, key.doc)),
                );
            }
        }
        Some(fields)
    }

    /// What stands behind `name`; nothing where the key is absent or empty.
    pub(super) fn get(&self, name: &str) -> Option<&'t Node<'a>> {
        debug_assert!(self.keys.iter().any(|key| key.name == name), "`{name}` is in no table of keys");
        let entry = self.entries.iter().find(|entry| entry.key == name)?;
        (!matches!(entry.node.resolved().value, Value::Null)).then_some(&entry.node)
    }

    /// Where the key `name` stands, if it does.
    pub(super) fn key_span(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == name).map(|entry| entry.key_span)
    }

    /// What `read` makes of what stands behind `name`.
    pub(super) fn read<T>(
        &self,
        name: &str,
        problems: &mut Diagnostics,
        read: impl FnOnce(&Node<'a>, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        self.get(name).and_then(|node| read(node, problems))
    }
}

fn unknown_key(entry: &Entry<'_>, what: &str, keys: &[Key]) -> Diagnostic {
    let near = nearest(&entry.key, keys.iter().map(|key| key.name));
    let message = format!("{what} has no key {}", quoted(&entry.key));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if entry.key == "<<" => "merge keys are no part of YAML 1.2; write the keys out".to_owned(),
        None => {
            let known = keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ");
            format!("known are {known}")
        }
    };
    Diagnostic::error("unknown-key", entry.key_span, message).help(help)
}

/// The items of a list; anything else is reported. An empty value is an empty list.
pub(super) fn items<'t, 'a>(node: &'t Node<'a>, what: &str, problems: &mut Diagnostics) -> &'t [Node<'a>] {
    match &node.resolved().value {
        Value::List(items) => items,
        Value::Null => &[],
        _ => {
            let message = format!("a list of {what} is wanted here, not {}", node.what());
            problems.push(
                Diagnostic::error("wrong-type", start_of(node), message)
                    .help("begin each entry with `- `, or put them in `[ ]`, separated by commas"),
            );
            &[]
        }
    }
}

/// The entries of a mapping from ids; anything else is reported. An empty value is an empty mapping.
pub(super) fn entries<'t, 'a>(node: &'t Node<'a>, what: &str, problems: &mut Diagnostics) -> &'t [Entry<'a>] {
    match &node.resolved().value {
        Value::Map(entries) => entries,
        Value::Null => &[],
        _ => {
            let message = format!("a mapping from ids to {what} is wanted here, not {}", node.what());
            problems.push(
                Diagnostic::error("wrong-type", start_of(node), message).help("write `id: { … }`, one entry a line"),
            );
            &[]
        }
    }
}
