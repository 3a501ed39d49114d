//! The JSON Schemas of stack files and scenarios, made from the table of keys that the reader checks against.
//!
//! It tells editors what to complete and what is wrong at sight. It is milder than the reader: whether an id is
//! defined, a range in order or a date in the calendar, and what people's words for a figure mean, only the reader
//! knows.

use serde_json::{Map, Value, json};

use crate::model::shape::{self, Key, Takes};
use crate::model::{MAX_AMOUNT, MAX_ID};

/// The JSON Schema (draft 2020-12) of stack files.
#[must_use]
pub fn stack_schema() -> Value {
    let mut schema = object(shape::STACK);
    let root = schema.as_object_mut().expect("an object's schema is an object");
    root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    root.insert("$id".into(), "urn:sinew:stack:1".into());
    root.insert("title".into(), "sinew stack file".into());
    root.insert("$defs".into(), definitions());
    schema
}

/// The JSON Schema (draft 2020-12) of scenario files.
#[must_use]
pub fn scenario_schema() -> Value {
    let mut schema = object(shape::SCENARIO);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["$id"] = "urn:sinew:scenario:1".into();
    schema["title"] = "sinew scenario file".into();
    // Flows have ids of their own form, and what is changed has the keys of whatever its id stands for.
    let ids =
        json!({ "anyOf": [reference("newId"), { "type": "array", "items": reference("newId") }, { "type": "null" }] });
    let described = |key: &str, mut value: Value| {
        value["description"] = schema["properties"][key]["description"].clone();
        value
    };
    let retire = described("retire", ids);
    let change = described(
        "change",
        json!({
            "type": ["object", "null"],
            "propertyNames": reference("newId"),
            "additionalProperties": { "type": ["object", "null"] },
        }),
    );
    schema["properties"]["retire"] = retire;
    schema["properties"]["change"] = change;
    schema["$defs"] = definitions();
    schema
}

/// What many keys share.
fn definitions() -> Value {
    let definitions = [
        // The reader takes any single value for text, and `name: 2026` is a number to a schema.
        ("text", json!({ "type": ["string", "number", "boolean"], "maxLength": 10_000 })),
        (
            "id",
            json!({ "type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength": MAX_ID }),
        ),
        (
            "newId",
            json!({ "type": ["string", "integer"], "pattern": "^[A-Za-z0-9]([A-Za-z0-9._:,-]|->)*$", "maxLength": MAX_ID }),
        ),
        ("ids", json!({ "anyOf": [reference("id"), { "type": "array", "items": reference("id"), "minItems": 1 }] })),
        // People's words for a figure are text, of which only the reader knows what it means.
        ("date", json!({ "type": "string", "maxLength": 100, "examples": ["2026-11-21"] })),
        ("duration", json!({ "type": "string", "maxLength": 100, "examples": ["4h", "1d", "26w"] })),
        ("number", figure("24000", MAX_AMOUNT)),
        ("rate", figure("40/week", MAX_AMOUNT)),
        ("share", figure("99.9%", 1.0)),
        ("numberRange", range("number")),
        ("rateRange", range("rate")),
        ("shareRange", range("share")),
        ("durationRange", range("duration")),
    ];
    Value::Object(definitions.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect())
}

/// A number, or text that says one.
fn figure(example: &str, most: f64) -> Value {
    json!({ "anyOf": [
        { "type": "number", "minimum": 0, "maximum": most },
        { "type": "string", "maxLength": 100, "pattern": "^[^.+-]", "examples": [example] },
    ] })
}

/// One value, or low and high, with what is likely between them.
fn range(of: &str) -> Value {
    json!({ "anyOf": [reference(of), { "type": "array", "items": reference(of), "minItems": 2, "maxItems": 3 }] })
}

fn reference(to: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{to}") })
}

/// A mapping with these keys and no other.
fn object(keys: &[Key]) -> Value {
    let listed = keys.iter().filter(|key| !key.is_extra());
    let properties: Map<String, Value> = listed.map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema =
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    if let Some(extra) = keys.iter().find(|key| key.is_extra()) {
        schema["patternProperties"] = json!({ "^x-.": property(extra) });
    }
    schema
}

/// An entry of a list: a mapping, or, where an id is all it needs, that id alone (`makes: [lead]`).
fn entry(keys: &'static [Key]) -> Value {
    match shape::short_form(keys) {
        Some(_) => json!({ "anyOf": [reference("id"), object(keys)] }),
        None => object(keys),
    }
}

fn property(key: &Key) -> Value {
    let mut schema = takes(&key.takes);
    if !key.required {
        schema = or_nothing(schema);
    }
    let unit = match key.takes {
        Takes::Number(unit) | Takes::NumberRange(unit) | Takes::RangesBy(_, unit) => format!(" In {unit}."),
        _ => String::new(),
    };
    let members = schema.as_object_mut().expect("every schema here is an object");
    members.insert("description".into(), format!("{}{unit}", key.doc).into());
    schema
}

/// The same or an empty value, which counts as absent.
fn or_nothing(mut schema: Value) -> Value {
    let nothing = json!({ "type": "null" });
    if let Some(kind) = schema.get_mut("type").filter(|kind| kind.is_string()) {
        *kind = json!([kind.clone(), "null"]);
    } else if let Some(alternatives) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        alternatives.push(nothing);
    } else {
        schema = json!({ "anyOf": [schema, nothing] });
    }
    schema
}

fn takes(takes: &Takes) -> Value {
    match *takes {
        Takes::Version => json!({ "const": 1 }),
        Takes::Text => reference("text"),
        Takes::Extra => reference("text"),
        Takes::Anything => json!({ "anyOf": [{}] }),
        Takes::FormerIds => {
            json!({ "anyOf": [reference("newId"), { "type": "array", "items": reference("newId") }] })
        }
        Takes::KeyNames | Takes::Files | Takes::Domains => {
            json!({ "anyOf": [reference("text"), { "type": "array", "items": reference("text") }] })
        }
        Takes::Peak => {
            let pattern = r"^([0-9]+(\.[0-9]+)?|\.[0-9]+)\s*/\s*(day|hour|minute|second)$";
            let peak = json!({ "type": "string", "pattern": pattern });
            json!({ "anyOf": [peak, { "type": "array", "items": peak, "minItems": 1, "maxItems": 2 }] })
        }
        Takes::Tasks => json!({ "type": "string", "pattern": r"^[1-9][0-9]*\s*/\s*(day|month|year)$" }),
        Takes::IdOrWord(..) => reference("id"),
        Takes::NewId => reference("newId"),
        Takes::IdOf(_) => reference("id"),
        Takes::IdsOf(_) => reference("ids"),
        Takes::Bool => json!({ "anyOf": [{ "type": "boolean" }, { "type": "string", "maxLength": 100 }] }),
        Takes::Date => reference("date"),
        Takes::Duration => reference("duration"),
        Takes::Whole => json!({ "anyOf": [
            { "type": "integer", "minimum": 1 },
            { "type": "string", "maxLength": 100, "examples": ["4"] },
        ] }),
        Takes::Number(_) => reference("number"),
        Takes::NumberRange(_) => reference("numberRange"),
        Takes::RateRange => reference("rateRange"),
        Takes::ShareRange => reference("shareRange"),
        Takes::DurationRange => reference("durationRange"),
        Takes::Capacity => json!({ "type": "string", "maxLength": 100, "examples": ["5d/week"] }),
        // The enumeration is what an editor proposes; other words may mean one of these.
        Takes::Word(words) => json!({ "anyOf": [{ "enum": words() }, { "type": "string", "maxLength": 100 }] }),
        Takes::Words(words) => json!({ "type": "array", "items": { "enum": words() } }),
        Takes::Object(keys) => object(keys),
        Takes::List(keys) => json!({ "type": "array", "items": entry(keys) }),
        Takes::ById(keys) => json!({
            "type": "object",
            "propertyNames": reference("id"),
            "additionalProperties": or_nothing(object(keys)),
        }),
        Takes::RangesBy(words, _) => json!({
            "type": "object",
            "propertyNames": { "enum": words() },
            "additionalProperties": reference("numberRange"),
        }),
        Takes::IdsOr(_, keys) => {
            let one = json!({ "anyOf": [reference("id"), object(keys)] });
            json!({ "anyOf": [reference("id"), object(keys), { "type": "array", "items": one }] })
        }
        Takes::OneOfTables(tables) => json!({
            "type": "array",
            "items": { "anyOf": tables.iter().map(|keys| object(keys)).collect::<Vec<_>>() },
        }),
    }
}
