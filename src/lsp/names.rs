//! Where an id is defined and named, and another id in its place.

use serde_json::{Value, json};

use super::document::Document;
use crate::edit::{Named, renamed};
use crate::model::{FlowIx, Stack};
use crate::source::Span;

/// The id at byte `at`: the innermost where one stands within another.
pub(super) fn at(document: &Document, at: usize) -> Option<&Named> {
    let is_there = |one: &&Named| one.span.start as usize <= at && at <= one.span.end as usize;
    document
        .names
        .iter()
        .filter(is_there)
        .filter(|one| !definitions(document, one).is_empty())
        .min_by_key(|one| one.span.end - one.span.start)
}

fn is_same(one: &Named, other: &Named) -> bool {
    one.id == other.id && (one.what == other.what || one.what.is_empty() || other.what.is_empty())
}

/// Where it is defined: the id, and the whole entry.
pub(super) fn definitions(document: &Document, name: &Named) -> Vec<(Span, Span)> {
    let all = document.names.iter().filter(|one| is_same(one, name));
    let found: Vec<(Span, Span)> = all.filter_map(|one| Some((one.span, one.entry?))).collect();
    if !found.is_empty() {
        return found;
    }
    // The id of a flow may follow from its ends.
    let derived = |stack: &Stack| -> Option<FlowIx> { stack.find_flow(&name.id).filter(|_| name.what.is_empty()) };
    let place = document.stack.as_ref().and_then(|stack| Some(stack.flow(derived(stack)?).place));
    place.map(|place| (place, place)).into_iter().collect()
}

/// The answer to where something is defined.
pub(super) fn definition(document: &Document, offset: usize) -> Value {
    let Some(name) = at(document, offset) else { return Value::Null };
    let all = definitions(document, name).into_iter();
    all.map(|(span, _)| json!({ "uri": document.uri, "range": document.line_range(span) })).collect()
}

/// The answer to where something is named.
pub(super) fn references(document: &Document, offset: usize, with_definition: bool) -> Value {
    let Some(name) = at(document, offset) else { return Value::Null };
    let all = document.names.iter().filter(|one| is_same(one, name) && (with_definition || one.entry.is_none()));
    all.map(|one| json!({ "uri": document.uri, "range": document.range(one.span) })).collect()
}

/// What would be renamed at a place.
pub(super) fn prepare(document: &Document, offset: usize) -> Value {
    match meant(document, offset) {
        Some((span, _, id)) => json!({ "range": document.range(span), "placeholder": id }),
        None => Value::Null,
    }
}

/// The id at a place that can be renamed: where, of what, and which. What a flow is called by its ends follows these.
fn meant(document: &Document, offset: usize) -> Option<(Span, &'static str, &str)> {
    let name = at(document, offset)?;
    let definition = document.names.iter().find(|one| one.entry.is_some() && is_same(one, name))?;
    Some((name.span, definition.what, &name.id))
}

/// The edits that rename what stands at a place, and what that is.
pub(super) fn rename(document: &mut Document, offset: usize, new: &str) -> Result<Value, String> {
    let (_, what, id) = meant(document, offset).ok_or("there is no id that could be renamed")?;
    let id = id.to_owned();
    let edits = renamed(&document.source, what, &id, new).map_err(|refused| refused.why)?;
    let edits: Vec<Value> =
        edits.iter().map(|(span, text)| json!({ "range": document.range(*span), "newText": text })).collect();
    if !edits.is_empty() {
        document.renamed.retain(|(other, _, to)| !(other == what && *to == new));
        document.renamed.push((what.to_owned(), id, new.to_owned()));
    }
    Ok(json!({ "changes": { document.uri.as_str(): edits } }))
}
