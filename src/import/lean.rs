//! JSON without what nobody asks for: what large files are mostly made of is read past, and so never takes memory.

use std::cell::Cell;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// What is read past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Skips {
    /// Of a manifest of dbt macros, code and columns: a node has its name as key, so that keys of lists of nodes say
    /// nothing.
    Manifest,
    /// Of events of OpenLineage what stands under facets. Their keys stay, so that they can be counted.
    Events,
}

/// Keys of a whole manifest.
const OF_MANIFESTS: [&str; 11] = [
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
];
/// Keys of a node of a manifest, and of what is in it.
const OF_NODES: [&str; 9] = [
    "columns",
    "raw_code",
    "compiled_code",
    "raw_sql",
    "compiled_sql",
    "extra_ctes",
    "unrendered_config",
    "checksum",
    "injected_sql",
];
/// Facets that say something of flows.
const FACETS: [&str; 2] = ["jobType", "nominalTime"];

/// Reads a value without what is skipped.
#[derive(Clone, Copy, Debug)]
struct Lean<'c> {
    /// Objects and values that were built.
    built: &'c Cell<(usize, usize)>,
    depth: usize,
    skips: Skips,
    /// Whether this is what stands under `facets`.
    is_facets: bool,
}

/// Objects that are built of one file: manifests and events of 64 MiB have less than 150,000 beside what is read past.
pub(super) const OBJECTS: usize = 250_000;
/// Values that are built of one file.
const VALUES: usize = 2_000_000;
/// What the error says where there are more.
pub(super) const TOO_LARGE: &str = "too many objects or values";

/// Reads a text, which is one value.
pub(super) fn read(text: &str) -> serde_json::Result<Value> {
    let Some(skips) = skips(text) else { return serde_json::from_str(text) };
    let built = Cell::new((0, 0));
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Lean { built: &built, depth: 0, skips, is_facets: false }.deserialize(&mut reader)?;
    reader.end().map(|()| value)
}

/// Whether parts of a text are read past, so that its length says little of what is built.
pub(super) fn is_lean(text: &str) -> bool {
    skips(text).is_some()
}

fn skips(text: &str) -> Option<Skips> {
    if text.contains("\"dbt_schema_version\"") {
        Some(Skips::Manifest)
    } else {
        text.contains("openlineage.io/spec").then_some(Skips::Events)
    }
}

impl Lean<'_> {
    /// Counts a value that is built.
    fn build<E: Error>(self, is_object: bool) -> Result<(), E> {
        let (objects, values) = self.built.get();
        let now = (objects + usize::from(is_object), values + 1);
        self.built.set(now);
        if now.0 > OBJECTS || now.1 > VALUES { Err(E::custom(TOO_LARGE)) } else { Ok(()) }
    }

    /// For what stands under `key`.
    fn under(self, key: &str) -> Self {
        Self { depth: self.depth + 1, is_facets: key == "facets", ..self }
    }

    fn skips(self, key: &str) -> bool {
        match self.skips {
            Skips::Manifest if self.depth == 0 => OF_MANIFESTS.contains(&key),
            Skips::Manifest => self.depth > 1 && OF_NODES.contains(&key),
            Skips::Events => self.is_facets && !FACETS.contains(&key),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Lean<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        self.build(false)?;
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lean<'_> {
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
        while let Some(item) = items.next_element_seed(self.under(""))? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.build(true)?;
        let mut all = serde_json::Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if self.skips(&key) {
                entries.next_value::<IgnoredAny>()?;
                if self.skips == Skips::Events {
                    all.insert(key, Value::Null);
                }
            } else {
                let value = entries.next_value_seed(self.under(&key))?;
                all.insert(key, value);
            }
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_is_read_past_is_not_there() {
        let manifest = r#"{"metadata":{"dbt_schema_version":"x"},"macros":{"m":1},"nodes":{"columns":{"name":"n","raw_code":"select","columns":{"a":1}}}}"#;
        let lean = read(manifest).unwrap().to_string();
        assert_eq!(lean, r#"{"metadata":{"dbt_schema_version":"x"},"nodes":{"columns":{"name":"n"}}}"#);
        let event = r#"[{"schemaURL":"https://openlineage.io/spec/2","job":{"facets":{"jobType":{"integration":"X"},"sql":{"query":"select"}}}}]"#;
        let lean = read(event).unwrap().to_string();
        assert!(lean.contains(r#""facets":{"jobType":{"integration":"X"},"sql":null}"#), "{lean}");
        for other in [r#"{"a":[1,-2,2.5,null,true,"x"],"columns":{"facets":{"sql":1}}}"#, "[]", "7"] {
            assert_eq!(read(other).unwrap().to_string(), other);
        }
        for damaged in ["{\"dbt_schema_version\":1} x", "{\"dbt_schema_version\":}", "{\"x\":\"openlineage.io/spec\""] {
            assert!(read(damaged).is_err(), "{damaged}");
        }
    }
}
