//! The keys of one mapping as written, checked against its table, and what reading them needs to know.

use super::form::{Context, Form};
use super::key::{Key, Takes, is_extra};
use super::names::Tables;
use super::node::{quoted, start_of};
use crate::catalog::people::is_not_known;
use crate::source::{Diagnostic, Diagnostics, Entry, MERGE, Node, Span, Value, nearest};

/// What the mapping is that holds all others.
const FILE: &str = "a stack file";

/// A mapping as written.
pub(crate) struct Fields<'t, 'a> {
    entries: &'t [Entry<'a>],
    id: &'t str,
    place: Span,
    what: &'static str,
    keys: &'static [Key],
}

impl<'t, 'a> Fields<'t, 'a> {
    /// Takes `node` as `what` with `keys`. Unknown keys and missing ones are reported; a node that is no mapping is
    /// reported and gives nothing. An empty value counts as an empty mapping.
    pub(in crate::model) fn of(
        node: &'t Node<'a>,
        what: &'static str,
        keys: &'static [Key],
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let place = start_of(node);
        let entries: &[Entry<'a>] = match &node.resolved().value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                let message = format!("expected {what} as a mapping of keys to values, found {}", node.what());
                problems.push(
                    Diagnostic::error("wrong-type", place, message).help(format!("its keys are {}", words(keys))),
                );
                return None;
            }
        };
        for entry in entries.iter().filter(|entry| !entry.is_broken_merge()) {
            if !keys.iter().any(|key| key.is_written(&entry.key)) {
                problems.push(unknown_key(entry, what, keys));
            }
        }
        let fields = Self { what, keys, ..Self::made(entries, place) };
        let may_be_merged = entries.iter().any(|entry| entry.key == MERGE);
        let is_missing = |key: &&Key| key.required && !may_be_merged && fields.get(key.name).is_none();
        for key in keys.iter().filter(is_missing) {
            let at = fields.key_span(key.name).unwrap_or(place);
            problems.push(Diagnostic::error("missing-key", at, format!("{what} needs `{}`", key.name)).help(
                match key.name {
                    // The only value that it takes.
                    "sinew" => "begin with `sinew: 1`, the version of the format".to_owned(),
                    name => format!("add `{name}:`. {}", key.doc),
                },
            ));
        }
        Some(fields)
    }

    /// The same for an entry of a mapping from ids.
    pub(in crate::model) fn of_entry(
        entry: &'t Entry<'a>,
        what: &'static str,
        keys: &'static [Key],
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let fields = Self::of(&entry.node, what, keys, problems)?;
        Some(Self { id: &entry.key, place: entry.key_span, ..fields })
    }

    /// A mapping with these entries, all known and none missing, that stands at `place`.
    pub(in crate::model) fn made(entries: &'t [Entry<'a>], place: Span) -> Self {
        Self { entries, id: "", place, what: "", keys: &[] }
    }

    /// The mapping under `id` that states nothing.
    pub(in crate::model) fn unstated(id: &'t str, place: Span) -> Self {
        Self { id, ..Self::made(&[], place) }
    }

    /// The id under which it stands; empty where it stands in a list.
    pub(in crate::model) fn id<T: From<&'t str>>(&self) -> T {
        self.id.into()
    }

    /// What it is, with its article; empty where it was not read as a mapping.
    pub(in crate::model) fn what(&self) -> &'static str {
        self.what
    }

    /// The keys that it can have; none where it was not read as a mapping.
    pub(in crate::model) fn keys(&self) -> &'static [Key] {
        self.keys
    }

    /// The entries whose keys are the file's own.
    pub(in crate::model) fn extras(&self) -> impl Iterator<Item = &'t Entry<'a>> {
        self.entries.iter().filter(|entry| is_extra(&entry.key))
    }

    /// Where it stands: its id, else where it begins.
    pub(in crate::model) fn place(&self) -> Span {
        self.place
    }

    /// What stands behind `name`; nothing where the key is absent or empty, or where an optional one says that nobody
    /// knows (`?`, `TBD`), which may still be the id of something.
    pub(in crate::model) fn get(&self, name: &str) -> Option<&'t Node<'a>> {
        let node = self.stated(name)?;
        let may_be_id = |key: &&Key| matches!(key.takes, Takes::IdOf(_) | Takes::IdsOf(_) | Takes::NewId);
        let is_left_open = self.key(name).is_some_and(|key| !may_be_id(&key) && is_left_open(key, node));
        (!is_left_open).then_some(node)
    }

    /// What stands behind `name`, whatever it says; nothing where the key is absent or empty.
    fn stated(&self, name: &str) -> Option<&'t Node<'a>> {
        let entry = self.entries.iter().find(|entry| entry.key == name)?;
        (!matches!(entry.node.resolved().value, Value::Null)).then_some(&entry.node)
    }

    fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The text of the single value behind `name`.
    pub(in crate::model) fn scalar(&self, name: &str) -> Option<&'t str> {
        match &self.get(name)?.resolved().value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// Where the key `name` stands, if it does.
    pub(in crate::model) fn key_span(&self, name: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == name).map(|entry| entry.key_span)
    }

    /// What `form` makes of what stands behind `name`. A value that rests on a guess is noted, under its key.
    pub(in crate::model) fn read<T>(&self, name: &str, form: &impl Form<T>, cx: &mut Context) -> Option<T> {
        let node = self.get(name)?;
        if let Some(key) = self.key(name)
            && is_left_open(key, node)
            && !names_something(key, node, &cx.tables)
        {
            return None;
        }
        let before = cx.guessed.len();
        cx.has_guessed = false;
        let value = form.read(node, cx);
        cx.has_broken_rate |= value.is_none() && name == "hourly_rate";
        let has_guessed = std::mem::take(&mut cx.has_guessed);
        if self.what == FILE {
            // Settings of the file are no entry that could have a basis.
            cx.guessed.truncate(before);
            return value;
        }
        for within in &mut cx.guessed[before..] {
            *within = format!("{name}.{within}");
        }
        if has_guessed {
            cx.guessed.push(name.to_owned());
        }
        value
    }
}

/// Whether an optional key says that nobody knows. Notes and texts that hold anything say what they say.
fn is_left_open(key: &Key, node: &Node<'_>) -> bool {
    match &node.resolved().value {
        Value::Scalar(scalar) => !key.required && key.name != "notes" && is_not_known(&scalar.text),
        _ => false,
    }
}

/// Whether the text of `node` is the id of something that `key` may name.
fn names_something(key: &Key, node: &Node<'_>, tables: &Tables) -> bool {
    match (key.takes, &node.resolved().value) {
        (Takes::IdOf(what) | Takes::IdsOf(what), Value::Scalar(scalar)) => tables.has(what, scalar.text.trim()),
        _ => false,
    }
}

/// The names of `keys`, in backticks.
fn words(keys: &[Key]) -> String {
    keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
}

fn unknown_key(entry: &Entry<'_>, what: &str, keys: &[Key]) -> Diagnostic {
    let near = nearest(&entry.key, keys.iter().filter(|key| !key.is_extra()).map(|key| key.name));
    let message = format!("{what} has no key {}", quoted(&entry.key));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if entry.key == MERGE => "JSON has no merge keys; write the keys out".to_owned(),
        None => format!("choose from {}", words(keys)),
    };
    Diagnostic::error("unknown-key", entry.key_span, message).help(help)
}
