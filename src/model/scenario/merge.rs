//! The edits of a scenario, made in the tree of a stack.

use std::collections::{BTreeMap, BTreeSet};

use super::LISTS;
use super::find::{Kind, find};
use super::flows::single_out;
use crate::model::stack::Stack;
use crate::model::table::{entries, items, quoted, scalar, start_of};
use crate::source::{Diagnostic, Diagnostics, Entry, Items, Node, Scalar, Span, Value, nearest};

/// Levels at which settings are merged key by key: `plan`, and what stands by words below it, such as `efforts`.
const LEVELS: usize = 2;

/// The tree of a stack while edits are made in it.
pub(super) struct Merge<'m, 'a> {
    root: &'m mut Items<Entry<'a>>,
    stack: &'m Stack,
    problems: Diagnostics,
    /// What is taken out of the tree, with the place that says so.
    gone: Vec<(String, Span)>,
    /// What is changed, by id.
    changed: BTreeMap<String, Span>,
}

impl<'m, 'a> Merge<'m, 'a> {
    pub(super) fn new(root: &'m mut Node<'a>, stack: &'m Stack, problems: Diagnostics) -> Self {
        Self { root: map_of(root), stack, problems, gone: Vec::new(), changed: BTreeMap::new() }
    }

    /// What was wrong, and what is gone with the place that says so.
    pub(super) fn finish(self) -> (Diagnostics, Vec<(String, Span)>) {
        (self.problems, self.gone)
    }

    fn list(&mut self, list: &'static str) -> &mut Node<'a> {
        let at = self.root.iter().position(|entry| entry.key == list).unwrap_or_else(|| {
            let node = Node { span: Span::default(), value: Value::Null };
            self.root.push(Entry { key: list.into(), key_span: Span::default(), node });
            self.root.len() - 1
        });
        &mut self.root[at].node
    }

    /// Adds what stands behind `add`.
    pub(super) fn add(&mut self, add: Option<&Node<'a>>) {
        let Some(add) = add else { return };
        for entry in mapping(add, "`add`", &mut self.problems) {
            let Some(list) = LISTS.into_iter().find(|list| entry.key == *list) else {
                let message = format!("a scenario adds nothing to {}", quoted(&entry.key));
                let problem = Diagnostic::error("unknown-key", entry.key_span, message);
                let near = nearest(&entry.key, LISTS);
                self.problems.push(match near {
                    Some(_) => problem.nearest(near),
                    None => problem.help(format!("it can add {}", LISTS.map(|list| format!("`{list}`")).join(", "))),
                });
                continue;
            };
            if list == "flows" {
                let new = items(&entry.node, "flows", &mut self.problems).to_vec();
                list_of(self.list(list)).extend(new);
                continue;
            }
            let new = entries(&entry.node, list, &mut self.problems).to_vec();
            for one in new {
                let there = map_of(self.list(list));
                match there.iter().find(|known| known.key == one.key) {
                    Some(known) => {
                        let first = known.key_span;
                        let message = format!("the stack has {} under `{list}` already", quoted(&one.key));
                        let problem = Diagnostic::error("duplicate-id", one.key_span, message)
                            .related(first, "defined here")
                            .help(format!(
                                "give the new one another id, or write its keys under `change: {{ {} }}`",
                                one.key
                            ));
                        self.problems.push(problem);
                    }
                    None => there.push(one),
                }
            }
        }
    }

    /// Makes the changes behind `change`; returns them, by id with their keys.
    pub(super) fn change(&mut self, change: Option<&Node<'a>>) -> Vec<(String, Vec<String>)> {
        let Some(change) = change else { return Vec::new() };
        let all = entries(change, "keys of entries", &mut self.problems).to_vec();
        let mut made = Vec::new();
        let mut flows: Vec<(String, Span, Vec<Entry<'a>>)> = Vec::new();
        for entry in &all {
            let id = entry.key.trim();
            let kind = match find(self.stack, id, entry.key_span) {
                Ok(kind) => kind,
                Err(problem) => {
                    self.problems.push(*problem);
                    continue;
                }
            };
            let what = "their new values by keys";
            let keys = entries(&entry.node, what, &mut self.problems).to_vec();
            made.push((id.to_owned(), keys.iter().map(|key| key.key.to_string()).collect()));
            self.changed.insert(id.to_owned(), entry.key_span);
            let keys = self.without_needed(kind, keys);
            match kind {
                Kind::Flow => flows.push((id.to_owned(), entry.key_span, keys)),
                _ => {
                    let there = map_of(self.list(kind.list()));
                    if let Some(known) = there.iter_mut().find(|known| known.key == id) {
                        set_all(map_of(&mut known.node), keys);
                    }
                }
            }
        }
        let stack = self.stack;
        let list = list_of(self.list("flows"));
        let places = single_out(list, stack, flows.iter().map(|(id, ..)| id.as_str()));
        let places: Vec<Option<usize>> = flows.iter().map(|(id, ..)| places.get(id.as_str()).copied()).collect();
        for ((id, span, keys), at) in flows.into_iter().zip(places) {
            let Some(at) = at else { continue };
            let flow = map_of(&mut list[at]);
            let has_id = flow.iter().chain(&keys).any(|known| known.key == "id");
            // An id that is made of its ends would change with them.
            if !has_id && keys.iter().any(|key| ["from", "to", "data"].contains(&&*key.key)) {
                set(flow, "id", &id, span);
            }
            set_all(flow, keys);
        }
        made
    }

    /// The keys, but for empty values of those that such an entry needs, which are reported.
    fn without_needed(&mut self, kind: Kind, mut keys: Vec<Entry<'a>>) -> Vec<Entry<'a>> {
        keys.retain(|entry| {
            let is_empty = matches!(entry.node.resolved().value, Value::Null);
            let is_needed = is_empty && kind.keys().iter().any(|key| key.required && entry.key == key.name);
            if is_needed {
                let message = format!("{} needs {}", kind.what(), quoted(&entry.key));
                let problem = Diagnostic::error("missing-key", entry.key_span, message);
                self.problems.push(problem.help("write another value, or retire it"));
            }
            !is_needed
        });
        keys
    }

    /// Writes the settings behind `plan` over those of the stack; returns their names.
    pub(super) fn settings(&mut self, plan: Option<&Node<'a>>) -> Vec<String> {
        let Some(plan) = plan else { return Vec::new() };
        let settings = mapping(plan, "`plan`", &mut self.problems).to_vec();
        let names = settings.iter().map(|entry| entry.key.to_string()).collect();
        merge(map_of(self.list("plan")), settings, LEVELS);
        names
    }

    /// Retires what stands behind `retire`; returns the ids.
    pub(super) fn retire(&mut self, retire: Option<&Node<'a>>) -> Vec<String> {
        let Some(retire) = retire else { return Vec::new() };
        let one = std::slice::from_ref(retire);
        let nodes: &[Node<'a>] = match &retire.resolved().value {
            Value::List(items) => items,
            _ => one,
        };
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut all: Vec<(&str, Span)> = Vec::new();
        for node in nodes {
            let Some(id) = scalar(node, "the id of what is retired", &mut self.problems) else { continue };
            let id = id.text.trim();
            if !known.insert(id) {
                let problem = Diagnostic::warning("named-twice", node.span, format!("{} is retired twice", quoted(id)));
                self.problems.push(problem.help("name it once"));
                continue;
            }
            if let Some(place) = self.changed.get(id) {
                let message = format!("{} is changed and retired", quoted(id));
                let problem = Diagnostic::error("retired-and-changed", node.span, message);
                self.problems.push(problem.related(*place, "changed here").help("do one of the two"));
            }
            all.push((id, node.span));
        }
        let mut flows = Vec::new();
        let mut retired = Vec::new();
        for (id, span) in all {
            let kind = match find(self.stack, id, span) {
                Ok(kind) => kind,
                Err(problem) => {
                    self.problems.push(*problem);
                    continue;
                }
            };
            retired.push(id.to_owned());
            match kind {
                Kind::Flow => flows.push((id, span)),
                Kind::System => {
                    let there = map_of(self.list("systems"));
                    if let Some(known) = there.iter_mut().find(|known| known.key == id) {
                        set(map_of(&mut known.node), "status", "retired", span);
                    }
                }
                Kind::Team | Kind::Data | Kind::Process => {
                    map_of(self.list(kind.list())).change(|all| all.retain(|known| known.key != id));
                    self.gone.push((id.to_owned(), span));
                }
            }
        }
        let stack = self.stack;
        let list = list_of(self.list("flows"));
        let places = single_out(list, stack, flows.iter().map(|(id, _)| *id));
        for (id, span) in flows {
            if let Some(at) = places.get(id) {
                set(map_of(&mut list[*at]), "status", "off", span);
            }
        }
        retired
    }
}

/// The entries of the mapping that stands behind `key`; anything else is reported.
fn mapping<'n, 'a>(node: &'n Node<'a>, key: &str, problems: &mut Diagnostics) -> &'n [Entry<'a>] {
    match &node.resolved().value {
        Value::Map(entries) => entries,
        Value::Null => &[],
        _ => {
            let message = format!("expected {key} as a mapping of keys to values, found {}", node.what());
            let problem = Diagnostic::error("wrong-type", start_of(node), message);
            problems.push(problem.help("write `key: value`, one a line"));
            &[]
        }
    }
}

/// The entries of a node, which becomes a mapping of its own if it is none.
fn map_of<'n, 'a>(node: &'n mut Node<'a>) -> &'n mut Items<Entry<'a>> {
    if let Value::Alias(_) = node.value {
        node.value = node.resolved().value.clone();
    }
    if !matches!(node.value, Value::Map(_)) {
        node.value = Value::Map(Items::default());
    }
    match &mut node.value {
        Value::Map(entries) => entries,
        _ => unreachable!("it has just become one"),
    }
}

/// The items of a node, which becomes a list of its own if it is none.
fn list_of<'n, 'a>(node: &'n mut Node<'a>) -> &'n mut Items<Node<'a>> {
    if let Value::Alias(_) = node.value {
        node.value = node.resolved().value.clone();
    }
    if !matches!(node.value, Value::List(_)) {
        node.value = Value::List(Items::default());
    }
    match &mut node.value {
        Value::List(items) => items,
        _ => unreachable!("it has just become one"),
    }
}

/// Puts a word behind `key`, as if it stood at `span`.
fn set<'a>(there: &mut Items<Entry<'a>>, key: &'static str, word: &str, span: Span) {
    let node = Node { span, value: Value::Scalar(Scalar { text: word.to_owned().into(), plain: true }) };
    set_all(there, vec![Entry { key: key.into(), key_span: span, node }]);
}

/// Puts `new` in place of what has the same keys; an empty value takes its key out.
fn set_all<'a>(there: &mut Items<Entry<'a>>, new: Vec<Entry<'a>>) {
    for entry in new {
        let at = there.iter().position(|known| known.key == entry.key);
        match (at, matches!(entry.node.resolved().value, Value::Null)) {
            (Some(at), true) => drop(there.remove(at)),
            (Some(at), false) => there[at] = entry,
            (None, true) => {}
            (None, false) => there.push(entry),
        }
    }
}

/// The same, but mappings are merged key by key, so many levels down.
fn merge<'a>(there: &mut Items<Entry<'a>>, new: Vec<Entry<'a>>, levels: usize) {
    for entry in new {
        let both = there.iter_mut().find(|known| known.key == entry.key).filter(|known| {
            let are_maps = |node: &Node<'_>| matches!(node.resolved().value, Value::Map(_));
            levels > 1 && are_maps(&known.node) && are_maps(&entry.node)
        });
        match (both, &entry.node.resolved().value) {
            (Some(known), Value::Map(inner)) => merge(map_of(&mut known.node), inner.to_vec(), levels - 1),
            _ => set_all(there, vec![entry]),
        }
    }
}
