//! Foreign JSON: read within bounds, and looked into without a schema.

use serde_json::Value;

use super::lean;
use super::problem::Fault;

/// Levels of lists and mappings within each other.
const DEPTH: usize = 100;
/// Objects of one file: of real exports of 64 MiB less than 600,000.
const OBJECTS: usize = 1_000_000;
/// Values of one file: of real exports of 64 MiB less than two million.
const VALUES: usize = 4_000_000;

/// Reads `text`, or says where it is no JSON, or nested too deep.
pub(super) fn parse(text: &str) -> Result<Value, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parts = parts(text)?;
    if !lean::is_lean(text) && (parts.objects > OBJECTS || parts.values > VALUES) {
        return Err(too_large(OBJECTS));
    }
    lean::read(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        if message == lean::TOO_LARGE {
            return too_large(lean::OBJECTS);
        }
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

fn too_large(objects: usize) -> Fault {
    let message = format!("the file has more than {objects} objects, or too many values");
    Fault::new("too-large", message).help("export a part of it at a time")
}

/// What a text seems to hold, before any of it is built.
struct Parts {
    objects: usize,
    values: usize,
}

/// Counts brackets and commas, or says where values are nested too deep: the reader's own bound is on its call stack, not
/// on the text, and it has none on memory.
fn parts(text: &str) -> Result<Parts, Fault> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let (mut line, mut column) = (1, 0);
    let mut parts = Parts { objects: 0, values: 0 };
    for byte in text.bytes() {
        column += 1;
        match byte {
            b'\n' => (line, column) = (line + 1, 0),
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                depth += 1;
                parts.objects += usize::from(byte == b'{');
            }
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            b',' if !in_text => parts.values += 1,
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
    Ok(parts)
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
