//! Flows of a tree by their ids: an entry with a list of targets is one flow for each.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::stack::Stack;
use crate::model::table::start_of;
use crate::source::{Node, Span, Value};

/// The flows `ids` of `stack` in the list `items` of its tree, each with an entry of its own: its place in the list.
pub(super) fn single_out<'i>(
    items: &mut Vec<Node<'_>>,
    stack: &Stack,
    ids: impl Iterator<Item = &'i str>,
) -> BTreeMap<&'i str, usize> {
    let asked: Vec<(&str, Span, &str)> = ids
        .filter_map(|id| {
            let flow = stack.flow(stack.find_flow(id)?);
            Some((id, flow.place, stack.system(flow.to).id.as_str()))
        })
        .collect();
    let places: BTreeSet<Span> = asked.iter().map(|(_, place, _)| *place).collect();
    let mut split = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        match targets(&item).filter(|_| places.contains(&start_of(&item))) {
            Some(targets) => split.extend(targets.into_iter().map(|target| only_to(&item, target))),
            None => split.push(item),
        }
    }
    *items = split;
    let mut by_place: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        by_place.entry(start_of(item)).or_default().push(at);
    }
    let found = |(id, place, to): (&'i str, Span, &str)| {
        let all = by_place.get(&place)?;
        let at = all.iter().copied().find(|at| all.len() == 1 || target(&items[*at]) == Some(to))?;
        Some((id, at))
    };
    asked.into_iter().filter_map(found).collect()
}

fn to<'n, 'a>(item: &'n Node<'a>) -> Option<&'n Node<'a>> {
    let Value::Map(entries) = &item.resolved().value else { return None };
    entries.iter().find(|entry| entry.key == "to").map(|entry| entry.node.resolved())
}

/// The targets of an entry that lists them.
fn targets<'a>(item: &Node<'a>) -> Option<Vec<Node<'a>>> {
    match &to(item)?.value {
        Value::List(targets) => Some(targets.clone()),
        _ => None,
    }
}

fn target<'n>(item: &'n Node<'_>) -> Option<&'n str> {
    match &to(item)?.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}

/// The same flow to one target alone.
fn only_to<'a>(item: &Node<'a>, target: Node<'a>) -> Node<'a> {
    let mut item = Node { span: item.span, value: item.resolved().value.clone() };
    if let Value::Map(entries) = &mut item.value {
        entries.iter_mut().filter(|entry| entry.key == "to").for_each(|entry| entry.node = target.clone());
    }
    item
}
