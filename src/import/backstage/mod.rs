//! Catalogs of Backstage: components, resources and APIs, with who owns them and what they depend on.

mod cycles;
mod draft;
mod entity;
mod world;

use serde_json::Value;

use super::clean::LeftOut;
use super::joined::{Part, Spare};
use super::json::{list, text};
use super::opened::Opened;
use super::problem::Fault;
use super::reading::Reading;
use super::yaml;
use entity::Entity;
use world::World;

/// The sign of a catalog: an entity, as YAML or as the catalog's own JSON.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    if let Some(Ok(value)) = &opened.json {
        return items(value).iter().take(50).any(is_entity).then_some("apiVersion");
    }
    opened.text.filter(|text| text.lines().any(is_version)).map(|_| "apiVersion: backstage.io")
}

/// Whether a line says that an entity of Backstage follows.
fn is_version(line: &str) -> bool {
    let value = line.strip_prefix("apiVersion:").or_else(|| line.strip_prefix("\"apiVersion\":"));
    value.is_some_and(|value| value.trim().trim_start_matches(['"', '\'']).starts_with("backstage.io/"))
}

fn is_entity(value: &Value) -> bool {
    text(value, "apiVersion").is_some_and(|version| version.starts_with("backstage.io/"))
        && text(value, "kind").is_some()
}

/// The entities of a value: itself, a list, or the list under `items`.
fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        value if is_entity(value) => std::slice::from_ref(value),
        value => list(value, "items"),
    }
}

/// One input: its entities in their order, and the documents that are none.
#[derive(Debug, Default)]
pub(super) struct Found {
    entities: Vec<Entity>,
    others: Vec<String>,
    faults: Vec<Fault>,
}

/// Reads all files: what provides an API stands in another than what consumes it.
pub(super) fn read(parts: &[Part<'_>], _: &mut Spare, left_out: &mut LeftOut) -> Vec<Reading> {
    let found: Vec<Found> = parts.iter().map(|part| find(part.text, left_out)).collect();
    let world = World::of(found.iter().flat_map(|found| &found.entities));
    let made = parts.iter().zip(&found);
    made.map(|(part, found)| draft::draft(&part.file, found, &world, left_out)).collect()
}

fn find(text: &str, left_out: &mut LeftOut) -> Found {
    let mut found = Found::default();
    let take =
        |found: &mut Found, value: &Value, at: String, left_out: &mut LeftOut| match Entity::read(value, left_out) {
            Some(entity) if is_entity(value) => found.entities.push(entity),
            _ => found.others.push(at),
        };
    if text.trim_start().starts_with(['{', '[']) {
        let value = super::json::parse(text).unwrap_or_default();
        for (number, item) in (1..).zip(items(&value)) {
            take(&mut found, item, format!("entity {number}"), left_out);
        }
        return found;
    }
    let (documents, faults) = yaml::documents(text);
    found.faults = faults;
    for document in documents {
        take(&mut found, &document.value, format!("line {}", document.line), left_out);
    }
    found
}
