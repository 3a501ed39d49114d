//! The outline of a document: its lists, and the entries of each.

use serde_json::{Value as Json, json};

use super::document::Document;
use crate::edit::Piece;
use crate::source::{Diagnostics, Entry, Limits, Node, Span, Value, parse, visible};

/// What the protocol draws beside a symbol.
fn kind(list: &str) -> u8 {
    match list {
        "teams" => 11,
        "systems" => 19,
        "data" => 23,
        "flows" => 24,
        "processes" => 12,
        _ => 7,
    }
}

/// The outline.
pub(super) fn symbols(document: &Document) -> Json {
    let Some(root) = parse(&document.source, &Limits::default(), &mut Diagnostics::default()) else {
        return Json::Array(Vec::new());
    };
    let Value::Map(entries) = &root.resolved().value else { return Json::Array(Vec::new()) };
    entries.iter().map(|entry| section(document, entry)).collect()
}

fn section(document: &Document, entry: &Entry<'_>) -> Json {
    let list = entry.key.trim();
    let inner: Vec<Json> = match &entry.node.value {
        Value::Map(entries) => entries.iter().map(|one| of_entry(document, list, one)).collect(),
        Value::List(items) => items.iter().map(|item| of_item(document, list, item)).collect(),
        _ => Vec::new(),
    };
    let is_list = !inner.is_empty();
    symbol(document, list, "", if is_list { 3 } else { 7 }, (whole(entry), entry.key_span), &inner)
}

fn of_entry(document: &Document, list: &str, entry: &Entry<'_>) -> Json {
    let piece = Piece::of(&entry.node);
    let detail = piece.text("name").or(piece.text("product")).or(piece.text("kind")).unwrap_or_default();
    symbol(document, entry.key.trim(), detail, kind(list), (whole(entry), entry.key_span), &[])
}

/// A flow, which is called by its id, or by its ends.
fn of_item(document: &Document, list: &str, item: &Node<'_>) -> Json {
    let piece = Piece::of(item);
    let words = |key: &str| {
        let all: Vec<&str> =
            piece.get(key).map(Piece::members).unwrap_or_default().iter().filter_map(Piece::scalar).collect();
        all.join(", ")
    };
    let (name, detail) = match (piece.text("id"), piece.get("from")) {
        (Some(id), Some(_)) => (id.to_owned(), format!("{} → {}: {}", words("from"), words("to"), words("data"))),
        (None, Some(_)) => (format!("{} → {}: {}", words("from"), words("to"), words("data")), words("mechanism")),
        (Some(id), None) => (id.to_owned(), words("why")),
        (None, None) => (format!("{} {}", words("rule"), words("subject")), words("why")),
    };
    symbol(document, &name, &detail, kind(list), (item.span, item.span), &[])
}

fn whole(entry: &Entry<'_>) -> Span {
    Span::new(entry.key_span.start as usize, entry.node.span.end.max(entry.key_span.end) as usize)
}

fn symbol(document: &Document, name: &str, detail: &str, kind: u8, spans: (Span, Span), inner: &[Json]) -> Json {
    let name = visible(name);
    // A name of nothing is refused by editors.
    let name = if name.trim().is_empty() { "…".to_owned() } else { name };
    json!({
        "name": name, "detail": visible(detail), "kind": kind,
        "range": document.range(spans.0), "selectionRange": document.line_range(spans.1), "children": inner,
    })
}
