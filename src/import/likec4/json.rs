//! A model of LikeC4 as the JSON that it exports.

use std::collections::BTreeMap;

use serde_json::Value;

use super::what;
use crate::import::boxes::{Arrow, Drawing, End, Lost, Shape, Sheet, Style};
use crate::import::json::text;

/// The sign of a model: elements with kinds, and relations with sources.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    let model = model(value);
    let has = |list: &str, key: &str| entries(model, list).iter().any(|(_, entry)| entry.get(key).is_some());
    let is_there = |key: &str| model.get(key).is_some_and(|list| list.is_object() || list.is_array());
    (is_there("elements")
        && is_there("relations")
        && has("elements", "kind")
        && (has("relations", "source") || entries(model, "relations").is_empty()))
    .then_some("elements and relations")
}

/// Some exports hold the model one level down.
fn model(value: &Value) -> &Value {
    match value.get("elements") {
        Some(_) => value,
        None => value.get("model").unwrap_or(value),
    }
}

/// The entries of a mapping or list, each with its key.
fn entries<'v>(value: &'v Value, key: &str) -> Vec<(String, &'v Value)> {
    let own = |entry: &Value, at: usize| text(entry, "id").map_or_else(|| at.to_string(), str::to_owned);
    match value.get(key) {
        Some(Value::Object(all)) => all.iter().map(|(key, entry)| (key.clone(), entry)).collect(),
        Some(Value::Array(all)) => all.iter().enumerate().map(|(at, entry)| (own(entry, at), entry)).collect(),
        _ => Vec::new(),
    }
}

/// A text that is one, or stands in `txt` or `md`.
fn said(value: &Value, key: &str) -> Option<String> {
    let inner = value.get(key)?;
    inner.as_str().or_else(|| text(inner, "txt")).or_else(|| text(inner, "md")).map(str::to_owned)
}

/// The drawing of a model.
pub(super) fn drawing(value: &Value) -> Drawing {
    let model = model(value);
    let mut sheet = Sheet::default();
    let all = entries(model, "elements");
    let places: BTreeMap<&str, usize> = all.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
    let kinds = value.get("specification").and_then(|specification| specification.get("elements"));
    for (id, element) in &all {
        let kind = text(element, "kind").unwrap_or_default();
        let shape = text(element, "shape").or_else(|| element.get("style").and_then(|style| text(style, "shape")));
        let of_kind = kinds
            .and_then(|kinds| kinds.get(kind))
            .and_then(|kind| kind.get("style"))
            .and_then(|style| text(style, "shape"));
        let outer = id.rsplit_once('.').and_then(|(outer, _)| places.get(outer)).copied();
        let is_person = shape.or(of_kind) == Some("person");
        let mut shape =
            Shape::new(id.clone(), what(kind, is_person, outer.is_some()), text(element, "title").unwrap_or(id));
        shape.within = outer;
        shape.facts.description = said(element, "description").or_else(|| said(element, "summary"));
        shape.facts.technology = said(element, "technology");
        shape.facts.owner = element.get("metadata").and_then(|data| said(data, "owner").or_else(|| said(data, "team")));
        sheet.shapes.push(shape);
    }
    for (id, relation) in entries(model, "relations") {
        let end = |key: &str| -> Option<&str> {
            let end = relation.get(key)?;
            end.as_str().or_else(|| text(end, "model"))
        };
        let ends = [end("source"), end("target")];
        let found = ends.map(|end| end.and_then(|end| places.get(end)).copied());
        let name = |at: usize| match found[at] {
            Some(shape) => sheet.shapes[shape].lines.join(" "),
            None => ends[at].unwrap_or("?").to_owned(),
        };
        let at = format!("{} -> {}", name(0), name(1));
        let [Some(from), Some(to)] = found else {
            sheet.dropped.push(Lost { what: "relation", at, why: "one of its ends is not defined" });
            continue;
        };
        let label = text(relation, "title").unwrap_or_default();
        let mut arrow = Arrow::new(id, End::At(from), End::At(to), label, Style::Sentence);
        arrow.at = at;
        arrow.technology = said(relation, "technology");
        sheet.arrows.push(arrow);
    }
    Drawing { sheets: vec![sheet] }
}
