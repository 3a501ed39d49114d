//! Flows of a tree by their ids: an entry with a list of targets is one flow for each.

use std::collections::BTreeMap;

use crate::model::stack::{Flow, Stack};
use crate::source::{Items, Node, Value};

/// The flows `ids` of `stack` in the list `items` of its tree, each with an entry of its own: its place in the list.
pub(super) fn single_out<'i>(
    items: &mut Items<Node<'_>>,
    stack: &Stack,
    ids: impl Iterator<Item = &'i str>,
) -> BTreeMap<&'i str, usize> {
    let asked: Vec<(&str, &Flow)> = ids.filter_map(|id| Some((id, stack.flow(stack.find_flow(id)?)))).collect();
    let entries = Entries::of(items);
    let mut split: Vec<usize> = asked.iter().filter_map(|(_, flow)| entries.find(items, stack, flow)).collect();
    split.sort_unstable();
    let mut all = Vec::with_capacity(items.len());
    for (at, item) in Vec::from(std::mem::take(items)).into_iter().enumerate() {
        match targets(&item).filter(|_| split.binary_search(&at).is_ok()) {
            Some(targets) => all.extend(targets.iter().map(|target| only_to(&item, target))),
            None => all.push(item),
        }
    }
    *items = all.into();
    let entries = Entries::of(items);
    asked.into_iter().filter_map(|(id, flow)| Some((id, entries.find(items, stack, flow)?))).collect()
}

/// The entries of a list of flows by what they say.
struct Entries {
    /// By their own ids.
    named: BTreeMap<String, usize>,
    /// The others by source and objects, sorted.
    others: BTreeMap<(String, Vec<String>), Vec<usize>>,
}

impl Entries {
    fn of(items: &[Node<'_>]) -> Self {
        let mut entries = Self { named: BTreeMap::new(), others: BTreeMap::new() };
        for (at, item) in items.iter().enumerate() {
            if let Some(id) = words(item, "id").pop() {
                entries.named.entry(id).or_insert(at);
            } else if let Some(from) = words(item, "from").pop() {
                let mut data = words(item, "data");
                data.sort_unstable();
                data.dedup();
                entries.others.entry((from, data)).or_default().push(at);
            }
        }
        entries
    }

    /// The place of the entry that says `flow`.
    fn find(&self, items: &[Node<'_>], stack: &Stack, flow: &Flow) -> Option<usize> {
        if flow.has_own_id {
            return self.named.get(flow.id.as_str()).copied();
        }
        let from = stack.system(flow.from).id.to_string();
        let mut data: Vec<String> = flow.data.iter().map(|ix| stack.data_object(*ix).id.to_string()).collect();
        data.sort_unstable();
        let to = stack.system(flow.to).id.as_str();
        let all = self.others.get(&(from, data))?;
        all.iter().copied().find(|at| words(&items[*at], "to").iter().any(|target| target == to))
    }
}

fn at<'n, 'a>(item: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let Value::Map(entries) = &item.resolved().value else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| entry.node.resolved())
}

/// The word, or the words of the list, behind a key.
fn words(item: &Node<'_>, key: &str) -> Vec<String> {
    let word = |node: &Node<'_>| match &node.resolved().value {
        Value::Scalar(scalar) => Some(scalar.text.trim().to_owned()),
        _ => None,
    };
    match at(item, key) {
        Some(Node { value: Value::List(items), .. }) => items.iter().filter_map(word).collect(),
        Some(node) => word(node).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The targets of an entry that lists them.
fn targets<'a>(item: &Node<'a>) -> Option<Vec<Node<'a>>> {
    match &at(item, "to")?.value {
        Value::List(targets) => Some(targets.to_vec()),
        _ => None,
    }
}

/// The same flow to one target alone.
fn only_to<'a>(item: &Node<'a>, target: &Node<'a>) -> Node<'a> {
    let mut item = Node { span: item.span, value: item.resolved().value.clone() };
    if let Value::Map(entries) = &mut item.value {
        entries.iter_mut().filter(|entry| entry.key == "to").for_each(|entry| entry.node = target.clone());
    }
    item
}
