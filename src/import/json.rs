//! Foreign JSON: read within bounds, and looked into without a schema.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::problem::Fault;

/// Levels of lists and mappings within each other.
const DEPTH: usize = 100;

/// Reads `text`, or says where it is no JSON, or nested too deep.
pub(super) fn parse(text: &str) -> Result<Value, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    within_depth(text)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let skips = if text.contains("\"dbt_schema_version\"") { IN_MANIFESTS } else { NOTHING };
    let read = Lean { depth: 0, skips }.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Fault {
            line: Some(error.line()),
            column: Some(error.column()),
            help: Some(
                "export the file again, and leave it as the tool wrote it; nothing of this file was read".into(),
            ),
            ..Fault::new("not-json", format!("this is not JSON: {message}"))
        }
    })
}

/// Keys of which nobody asks for what is under them: of the whole, and of everything that is two levels or more below.
type Skips = (&'static [&'static str], &'static [&'static str]);

const NOTHING: Skips = (&[], &[]);
/// A manifest of dbt is mostly macros, code and columns.
const IN_MANIFESTS: Skips = (
    &[
        "macros",
        "docs",
        "parent_map",
        "child_map",
        "group_map",
        "selectors",
        "disabled",
        "semantic_models",
        "saved_queries",
        "unit_tests",
        "functions",
    ],
    &[
        "columns",
        "raw_code",
        "compiled_code",
        "raw_sql",
        "compiled_sql",
        "extra_ctes",
        "unrendered_config",
        "checksum",
        "injected_sql",
    ],
);

/// Reads a value without what is under keys that are skipped, which so never takes memory.
#[derive(Clone, Copy)]
struct Lean {
    depth: usize,
    skips: Skips,
}

impl Lean {
    fn within(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    fn skips(self, key: &str) -> bool {
        let keys = match self.depth {
            0 => self.skips.0,
            1 => return false,
            _ => self.skips.1,
        };
        keys.contains(&key)
    }
}

impl<'de> DeserializeSeed<'de> for Lean {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        if self.skips.0.is_empty() { serde::Deserialize::deserialize(reader) } else { reader.deserialize_any(self) }
    }
}

impl<'de> Visitor<'de> for Lean {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self.within())? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut all = serde_json::Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if self.skips(&key) {
                entries.next_value::<IgnoredAny>()?;
            } else {
                let value = entries.next_value_seed(self.within())?;
                all.insert(key, value);
            }
        }
        Ok(Value::Object(all))
    }
}

/// Looks for the bracket that is one too deep, without recursion.
fn within_depth(text: &str) -> Result<(), Fault> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let (mut line, mut column) = (1, 0);
    for byte in text.bytes() {
        column += 1;
        match byte {
            b'\n' => (line, column) = (line + 1, 0),
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Err(Fault {
                line: Some(line),
                column: Some(column),
                help: Some("look for a bracket that is never closed".into()),
                ..Fault::new("too-deep", format!("values are nested more than {DEPTH} deep"))
            });
        }
    }
    Ok(())
}

/// What is at `key`, if `value` is a mapping and has text there that is not empty.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The id at `key`, whether it is written as text or as a number.
pub(super) fn id(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The list at `key`; empty where there is none.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// How many values stand under keys that `is_one` names, at any depth; what is under such a key is not looked into.
pub(super) fn count_keys(value: &Value, is_one: &mut impl FnMut(&str, &Value) -> bool) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| count_keys(item, is_one)),
        Value::Object(entries) => {
            for (key, inner) in entries {
                if !is_one(key, inner) {
                    count_keys(inner, is_one);
                }
            }
        }
        _ => {}
    }
}

/// Calls `found` with every text in `value` and the name of the parameter that holds it. A pair of `name` and `value`
/// counts as a parameter of that name, and an element of a list as its list.
pub(super) fn texts<'v>(value: &'v Value, name: &'v str, found: &mut impl FnMut(&'v str, &'v str)) {
    match value {
        Value::String(text) => found(name, text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, name, found)),
        Value::Object(entries) => {
            let named = entries.get("name").and_then(Value::as_str);
            for (key, inner) in entries {
                let own = if key == "value" || key == "__rl" { named.unwrap_or(name) } else { key };
                texts(inner, own, found);
            }
        }
        _ => {}
    }
}
