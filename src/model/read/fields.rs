//! The keys of one mapping as written, checked against its table, and what reading them needs to know.

use crate::model::form::{Form, quoted, start_of};
use crate::model::shape::Key;
use crate::model::table::Mapping;
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Span, Value, nearest};

use super::names::Tables;

/// What is known while a file is read.
#[derive(Default)]
pub(crate) struct Context {
    /// The ids to which the file can refer.
    pub(in crate::model) tables: Tables,
    /// What was wrong or odd so far.
    pub(in crate::model) problems: Diagnostics,
    /// How many days a year has for a rate a day.
    pub(in crate::model) year_days: f64,
}

/// A mapping as written.
pub(crate) struct Fields<'t, 'a> {
    entries: &'t [Entry<'a>],
    id: &'t str,
    place: Span,
}

impl<'t, 'a> Fields<'t, 'a> {
    /// Takes `node` as a mapping of type `M`. Unknown keys and missing ones are reported; a node that is no mapping is
    /// reported and gives nothing. An empty value counts as an empty mapping.
    pub(in crate::model) fn of<M: Mapping>(node: &'t Node<'a>, problems: &mut Diagnostics) -> Option<Self> {
        let place = start_of(node);
        let entries: &[Entry<'a>] = match &node.resolved().value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                let message = format!("{} is a mapping of keys to values, not {}", M::WHAT, node.what());
                problems.push(
                    Diagnostic::error("wrong-type", place, message).help(format!("its keys are {}", words(M::KEYS))),
                );
                return None;
            }
        };
        for entry in entries {
            if !M::KEYS.iter().any(|key| key.name == entry.key) {
                problems.push(unknown_key(entry, M::WHAT, M::KEYS));
            }
        }
        let fields = Self::made(entries, place);
        for key in M::KEYS.iter().filter(|key| key.required && fields.get(key.name).is_none()) {
            let at = fields.key_span(key.name).unwrap_or(place);
            problems.push(
                Diagnostic::error("missing-key", at, format!("{} needs `{}`", M::WHAT, key.name))
                    .help(format!("add `{}:`. {}", key.name, key.doc)),
            );
        }
        Some(fields)
    }

    /// The same for an entry of a mapping from ids.
    pub(in crate::model) fn of_entry<M: Mapping>(entry: &'t Entry<'a>, problems: &mut Diagnostics) -> Option<Self> {
        let fields = Self::of::<M>(&entry.node, problems)?;
        Some(Self { id: &entry.key, place: entry.key_span, ..fields })
    }

    /// A mapping with these entries, all known and none missing, that stands at `place`.
    pub(in crate::model) fn made(entries: &'t [Entry<'a>], place: Span) -> Self {
        Self { entries, id: "", place }
    }

    /// The mapping under `id` that states nothing.
    pub(in crate::model) fn unstated(id: &'t str, place: Span) -> Self {
        Self { entries: &[], id, place }
    }

    /// The id under which it stands; empty where it stands in a list.
    pub(in crate::model) fn id<T: From<&'t str>>(&self) -> T {
        self.id.into()
    }

    /// Where it stands: its id, else where it begins.
    pub(in crate::model) fn place(&self) -> Span {
        self.place
    }

    /// What stands behind `name`; nothing where the key is absent or empty.
    pub(in crate::model) fn get(&self, name: &str) -> Option<&'t Node<'a>> {
        let entry = self.entries.iter().find(|entry| entry.key == name)?;
        (!matches!(entry.node.resolved().value, Value::Null)).then_some(&entry.node)
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

    /// What `form` makes of what stands behind `name`.
    pub(in crate::model) fn read<T>(&self, name: &str, form: &impl Form<T>, cx: &mut Context) -> Option<T> {
        self.get(name).and_then(|node| form.read(node, cx))
    }
}

/// The names of `keys`, in backticks.
fn words(keys: &[Key]) -> String {
    keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
}

fn unknown_key(entry: &Entry<'_>, what: &str, keys: &[Key]) -> Diagnostic {
    let near = nearest(&entry.key, keys.iter().map(|key| key.name));
    let message = format!("{what} has no key {}", quoted(&entry.key));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if entry.key == "<<" => "merge keys are no part of YAML 1.2; write the keys out".to_owned(),
        None => format!("known are {}", words(keys)),
    };
    Diagnostic::error("unknown-key", entry.key_span, message).help(help)
}

/// The items of a list; anything else is reported. An empty value is an empty list.
pub(in crate::model) fn items<'t, 'a>(node: &'t Node<'a>, what: &str, problems: &mut Diagnostics) -> &'t [Node<'a>] {
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
pub(in crate::model) fn entries<'t, 'a>(node: &'t Node<'a>, what: &str, problems: &mut Diagnostics) -> &'t [Entry<'a>] {
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
