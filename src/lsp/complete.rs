//! What can be typed at a place: keys of the table, ids of the right kind, products, words, rules.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::cursor::{Cursor, Spot, cursor};
use super::document::Document;
use super::hover::meaning;
use super::keys::{Shape, shape};
use crate::analysis::RULES;
use crate::catalog::SharedCatalog;
use crate::edit::{Part, list_of_what};
use crate::model::shape::{Key, Takes};
use crate::model::yaml_text;
use crate::report::Names;
use crate::source::{Span, is_json, visible};

/// What the protocol draws beside a word.
const PROPERTY: u8 = 10;
const ENUM: u8 = 20;
const REFERENCE: u8 = 18;
const MODULE: u8 = 9;

/// A word that can be typed.
struct Word {
    label: String,
    kind: u8,
    detail: String,
    means: String,
    /// What is written for it.
    text: String,
    /// Other words by which it is found.
    found_by: Option<String>,
}

impl Word {
    fn new(label: &str, kind: u8) -> Self {
        Self {
            label: label.to_owned(),
            kind,
            detail: String::new(),
            means: String::new(),
            text: label.to_owned(),
            found_by: None,
        }
    }
}

/// The answer at byte `at`.
pub(super) fn completion(document: &Document, at: usize) -> Value {
    let is_json = is_json(&document.source);
    let Some(cursor) = cursor(document.source.text(), at) else { return nothing() };
    let Some(shape) = shape(&cursor.path) else { return nothing() };
    let mut words = Vec::new();
    if cursor.spot != Spot::Value {
        words.extend(keys(&cursor, &shape));
    }
    if cursor.spot != Spot::Key {
        words.extend(values(document, &cursor, &shape));
    }
    let start = cursor.word.0.min(at);
    let range = document.range(Span::new(start, at));
    let is_value = cursor.spot != Spot::Key;
    let items: Vec<Value> = words
        .into_iter()
        .enumerate()
        .map(|(nth, word)| {
            let is_key = word.kind == PROPERTY;
            let text = written(document, &cursor, &word.text, is_key, is_json);
            let mut item = json!({
                "label": word.label, "kind": word.kind, "sortText": format!("{nth:05}"),
                "textEdit": { "range": range, "newText": text },
            });
            if !word.detail.is_empty() {
                item["detail"] = word.detail.into();
            }
            if !word.means.is_empty() {
                item["documentation"] = word.means.into();
            }
            let found_by = word.found_by.unwrap_or_else(|| word.text.clone());
            if found_by != item["label"] || is_value {
                item["filterText"] = found_by.into();
            }
            item
        })
        .collect();
    json!({ "isIncomplete": false, "items": items })
}

fn nothing() -> Value {
    json!({ "isIncomplete": false, "items": [] })
}

/// The word as it has to stand there: with a colon behind a key, and in JSON within quotes.
fn written(document: &Document, cursor: &Cursor, text: &str, is_key: bool, is_json: bool) -> String {
    let behind = document.source.text().get(cursor.word.1..).unwrap_or_default();
    let is_closed = cursor.is_quoted && behind.starts_with(['"', '\'']);
    let has_colon = behind.trim_start_matches(['"', '\'', ' ']).starts_with(':');
    let is_plain = ["true", "false"].contains(&text) || text.parse::<f64>().is_ok();
    let quote = if is_json && !cursor.is_quoted && (is_key || !is_plain) { "\"" } else { "" };
    let close = if is_json && !is_closed && (cursor.is_quoted || !quote.is_empty()) { "\"" } else { "" };
    let colon = if is_key && !has_colon && !is_closed { ": " } else { "" };
    format!("{quote}{text}{close}{colon}")
}

fn keys(cursor: &Cursor, shape: &Shape) -> Vec<Word> {
    let is_new = |name: &str| !cursor.siblings.iter().any(|known| known == name);
    let mut all: Vec<&Key> = shape.keys().into_iter().filter(|key| is_new(key.name)).collect();
    // What must be there comes first.
    all.sort_by_key(|key| !key.required);
    let known = all.into_iter().map(|key| Word {
        detail: if key.required { "required".to_owned() } else { String::new() },
        means: meaning(key).text(),
        ..Word::new(key.name, PROPERTY)
    });
    let words = shape.words_as_keys().into_iter().filter(|word| is_new(word));
    known.chain(words.map(|word| Word::new(word, PROPERTY))).collect()
}

fn values(document: &Document, cursor: &Cursor, shape: &Shape) -> Vec<Word> {
    let mut words: Vec<Word> = shape.words().into_iter().map(|word| Word::new(word, ENUM)).collect();
    if let Some(what) = shape.ids() {
        words.splice(0..0, ids(document, |one| one == what));
    }
    let list = match cursor.path.first() {
        Some(Part::Key(list)) => list.as_str(),
        _ => "",
    };
    match (list, shape.key()) {
        ("systems", Some(key)) if key.name == "product" => words.extend(products(document)),
        ("systems", Some(key)) if key.name == "domain" => words.extend(domains(document, cursor)),
        ("accept", Some(key)) if key.name == "rule" => {
            words.extend(RULES.iter().map(|rule| Word { means: rule.summary.to_owned(), ..Word::new(rule.id, ENUM) }));
        }
        ("accept", Some(key)) if key.name == "subject" => words.extend(ids(document, |_| true)),
        ("accept", Some(key)) if key.name == "id" => {
            let open = document.found_last().iter().filter(|finding| !finding.is_accepted);
            words.extend(open.map(|finding| Word { means: visible(&finding.message), ..Word::new(&finding.id, ENUM) }));
        }
        (_, Some(key)) if matches!(key.takes, Takes::KeyNames) => {
            let around = cursor.path.get(..2).and_then(super::keys::shape);
            words.extend(around.iter().flat_map(Shape::keys).map(|key| Word::new(key.name, ENUM)));
        }
        (_, Some(key)) if matches!(key.takes, Takes::Domains) => words.extend(domains(document, cursor)),
        _ => {}
    }
    words
}

/// The ids that the file defines, each with its name.
fn ids(document: &Document, is_wanted: impl Fn(&str) -> bool) -> Vec<Word> {
    let names = document.last.as_ref().map(|stack| Names::of(stack)).unwrap_or_default();
    let mut all: Vec<(&str, &str)> = document
        .names
        .iter()
        .filter(|one| one.entry.is_some() && is_wanted(one.what) && list_of_what(one.what).is_some())
        .map(|one| (one.id.as_str(), one.what))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|(id, what)| {
            let name = names.anything(id);
            let detail = if name == id { what.to_owned() } else { format!("{what}: {}", visible(&name)) };
            let found_by = (name != id).then(|| format!("{id} {}", visible(&name)));
            Word { detail, found_by, ..Word::new(id, REFERENCE) }
        })
        .collect()
}

/// The domains that systems are in.
fn domains(document: &Document, cursor: &Cursor) -> Vec<Word> {
    let all = document.last.iter().flat_map(|stack| &stack.systems).filter_map(|system| system.domain.as_deref());
    let all: BTreeSet<&str> = all.filter(|domain| !domain.contains(['"', '\\', '\''])).collect();
    let is_within_quotes = cursor.is_quoted || is_json(&document.source);
    let text = |domain: &str| if is_within_quotes { domain.to_owned() } else { yaml_text(domain) };
    all.into_iter().map(|domain| Word { text: text(domain), ..Word::new(domain, ENUM) }).collect()
}

fn products(document: &Document) -> Vec<Word> {
    let catalog = document.last.as_ref().map_or_else(SharedCatalog::default, |stack| stack.catalog.clone());
    let one = |product: &crate::catalog::Product| Word {
        detail: format!("{}, {}", product.name, product.kind.as_str()),
        found_by: Some(
            std::iter::once(product.id.as_str())
                .chain([product.name.as_str()])
                .chain(product.aliases.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        ..Word::new(product.id.as_str(), MODULE)
    };
    catalog.products().iter().map(one).collect()
}
