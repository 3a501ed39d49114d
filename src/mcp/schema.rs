//! The schemas of what tools take and answer, made from the types that are read and written.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::tools::{TOOLS, Tool};
use crate::report::schema::report_schema;

/// What every tool takes and answers: what `sinew schema mcp` prints, and `tools/list` says. An answer that is an error is a
/// diagnosis instead.
#[must_use]
pub fn tools_schema() -> Value {
    let tool = |tool: &Tool| {
        json!({
            "name": tool.name,
            "title": tool.title,
            "description": tool.about,
            "inputSchema": (tool.input)(),
            "outputSchema": output(tool),
        })
    };
    json!({ "sinew": 1, "tools": TOOLS.iter().map(tool).collect::<Vec<_>>() })
}

/// The schema of the structured content of a tool's answers.
pub(super) fn output(tool: &Tool) -> Value {
    let mut answer = (tool.answer)();
    let definitions = answer.as_object_mut().and_then(|members| members.remove("$defs"));
    let text = |words: &str| json!({ "type": "string", "description": words });
    let mut properties = json!({
        "sinew": { "const": 1, "description": "Version of this format." },
        "answer": answer,
        "more": { "type": ["string", "null"], "description": "What the next call gives under `more` for the next page; null on the last." },
        "left_out": { "type": "integer", "minimum": 0, "description": "How many entries of lists come after this page." },
    });
    let mut required = vec!["sinew", "answer", "more", "left_out"];
    if tool.is_of_stack {
        properties["stack"] = json!({
            "type": "object",
            "description": "The stack that the answer is about.",
            "properties": { "id": text("What calls name it by."), "file": text("Its file, as it was given.") },
            "required": ["id", "file"],
        });
        properties["places"] = json!({
            "type": "object",
            "description": "Where each entry that this page names is defined, by id: `acme.yaml:31:5`, or the cell of a workbook.",
            "additionalProperties": { "type": "string" },
        });
        properties["not_known"] = json!({
            "type": "array",
            "description": "What the figures leave out because nobody stated it.",
            "items": { "type": "string" },
        });
        properties["assumptions"] = json!({
            "type": "array",
            "description": "What the answer takes for granted: the key of the stack file, the value, and the ids that rest on it.",
            "items": {
                "type": "object",
                "properties": {
                    "key": { "type": "string" },
                    "value": { "type": ["number", "string"] },
                    "used_by": { "type": "array", "items": { "type": "string" } },
                },
                "required": ["key", "value", "used_by"],
            },
        });
        required.extend(["stack", "places", "not_known", "assumptions"]);
    }
    let mut schema = json!({ "type": "object", "properties": properties, "required": required });
    if let Some(definitions) = definitions {
        schema["$defs"] = definitions;
    }
    schema
}

/// The schema of a type of this room.
pub(super) fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    in_schema(settings.into_generator().into_root_schema_for::<T>().to_value())
}

/// The schema of a report that has these parts.
pub(super) fn of_report(parts: &[&str]) -> Value {
    let mut schema = report_schema();
    let has = |key: &str| ["sinew", "stack"].contains(&key) || parts.contains(&key);
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.retain(|key, _| has(key));
    }
    in_schema(schema)
}

/// A schema as a part of another: without what stands at a root only, and without definitions that nothing names.
pub(super) fn in_schema(mut schema: Value) -> Value {
    let Some(members) = schema.as_object_mut() else { return schema };
    for key in ["$schema", "$id", "title"] {
        members.remove(key);
    }
    let Some(Value::Object(definitions)) = members.remove("$defs") else { return schema };
    let (mut named, mut open) = (BTreeSet::new(), Vec::new());
    references(&schema, &mut open);
    while let Some(name) = open.pop() {
        if let Some(definition) = definitions.get(&name).filter(|_| named.insert(name.clone())) {
            references(definition, &mut open);
        }
    }
    let kept: Map<String, Value> = definitions.into_iter().filter(|(name, _)| named.contains(name)).collect();
    if !kept.is_empty() {
        schema["$defs"] = kept.into();
    }
    schema
}

fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            let name = members.get("$ref").and_then(Value::as_str).and_then(|at| at.strip_prefix("#/$defs/"));
            found.extend(name.map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
