//! Checks arguments against the schema of a tool, and names the one that is wrong, with what to write.

use serde_json::{Map, Value};

use crate::model::spoken;
use crate::source::nearest;

/// What is wrong with the arguments, and what to write instead where that is more than the list of what the tool takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) instead: Option<String>,
}

/// Whether `said` is what `schema` asks for.
pub(super) fn judged(schema: &Value, said: &Value) -> Result<(), Wrong> {
    let Some(said) = said.as_object() else { return Ok(()) };
    object(schema, said, "")
}

fn object(schema: &Value, said: &Map<String, Value>, path: &str) -> Result<(), Wrong> {
    let Some(properties) = schema["properties"].as_object() else { return Ok(()) };
    let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !said.contains_key(key) {
            let keys: Vec<String> = properties.keys().map(|key| format!("`{key}`")).collect();
            let instead = (!path.is_empty()).then(|| format!("`{path}` takes {}", keys.join(", ")));
            return Err(Wrong { what: format!("`{}` is missing", at(key)), instead });
        }
    }
    for (key, value) in said {
        match properties.get(key) {
            Some(schema) => is_of(schema, value, &at(key))?,
            None if schema["additionalProperties"] == Value::Bool(false) => {
                let near = nearest(key, properties.keys().map(String::as_str));
                let instead = near.map(|near| format!("did you mean `{}`?", at(near)));
                let known = properties.keys().map(|key| format!("`{}`", at(key))).collect::<Vec<_>>();
                let known = (!path.is_empty()).then(|| format!("write {}", listed_or(&known)));
                return Err(Wrong { what: format!("there is no argument `{}`", at(key)), instead: instead.or(known) });
            }
            None => {}
        }
    }
    Ok(())
}

fn is_of(schema: &Value, value: &Value, path: &str) -> Result<(), Wrong> {
    let choices: Vec<&Value> = match schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        Some(choices) => choices.iter().filter(|choice| choice["type"] != "null").collect(),
        None => vec![schema],
    };
    let words: Vec<String> = choices.iter().flat_map(|choice| words(choice)).collect();
    let types: Vec<&str> = choices.iter().flat_map(|choice| types(choice)).collect();
    if choices.is_empty() || (words.is_empty() && types.is_empty()) {
        return Ok(());
    }
    if !words.is_empty() && words.len() >= choices.len() {
        let said = value.as_str().map(|said| format!("`{said}`"));
        if said.as_ref().is_some_and(|said| words.contains(said)) {
            return Ok(());
        }
        let instead = format!("write {}", listed_or(&words));
        return Err(Wrong { what: format!("`{path}`: {} is none of the words", found(value)), instead: Some(instead) });
    }
    if !types.iter().any(|one| is_type(one, value)) {
        let expected: Vec<String> = types.iter().map(|one| called(one).to_owned()).collect();
        let number = value.as_str().filter(|_| types.iter().any(|one| matches!(*one, "number" | "integer")));
        let number = number.and_then(|said| spoken::money(said, "money")).map(|(read, _)| read.range[1]);
        let instead = match number {
            Some(number) => format!("write {number}, without quotes or a currency"),
            None => format!("give {}", listed_or(&expected)),
        };
        let what = format!("`{path}`: expected {}, found {}", listed_or(&expected), found(value));
        return Err(Wrong { what, instead: Some(instead) });
    }
    match (value, choices.as_slice()) {
        (Value::Object(said), [schema]) => object(schema, said, path),
        (Value::Array(items), [schema]) => {
            items.iter().enumerate().try_for_each(|(at, item)| is_of(&schema["items"], item, &format!("{path}[{at}]")))
        }
        _ => Ok(()),
    }
}

/// `a`, `b` or `c`.
fn listed_or(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The words that a schema lists.
fn words(schema: &Value) -> Vec<String> {
    let quoted = |word: &Value| word.as_str().map(|word| format!("`{word}`"));
    let listed = schema["enum"].as_array().into_iter().flatten().filter_map(quoted);
    let inner = schema["oneOf"].as_array().into_iter().flatten().flat_map(words);
    quoted(&schema["const"]).into_iter().chain(listed).chain(inner).collect()
}

fn types(schema: &Value) -> Vec<&str> {
    let all: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    all.into_iter().filter(|one| *one != "null").collect()
}

fn is_type(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn called(name: &str) -> &'static str {
    match name {
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        "array" => "a list",
        "object" => "an object with keys",
        _ => "a text",
    }
}

/// What was given, in words.
fn found(value: &Value) -> String {
    const SHOWN: usize = 60;
    match value {
        Value::String(text) => {
            let short: String = text.chars().take(SHOWN).collect();
            let more = if short.len() < text.len() { "…" } else { "" };
            format!("the text `{short}{more}`")
        }
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => format!("`{other}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tool;
    use super::*;

    fn said(tool: &str, arguments: &Value) -> (String, String) {
        let schema = Tool::find(tool).map(|tool| (tool.input)()).unwrap();
        match judged(&schema, arguments) {
            Ok(()) => (String::new(), String::new()),
            Err(wrong) => (wrong.what, wrong.instead.unwrap_or_default()),
        }
    }

    #[test]
    fn each_wrong_argument_is_told_by_its_name_with_what_to_write() {
        for (tool, arguments, what, instead) in [
            (
                "plan",
                serde_json::json!({ "budget": "20k" }),
                "`budget`: expected a number, found the text `20k`",
                "write 20000, without quotes or a currency",
            ),
            (
                "plan",
                serde_json::json!({ "budget": true }),
                "`budget`: expected a number, found `true`",
                "give a number",
            ),
            ("plan", serde_json::json!({ "with": "a" }), "`with`: expected a list, found the text `a`", "give a list"),
            ("plan", serde_json::json!({ "with": [1] }), "`with[0]`: expected a text, found `1`", "give a text"),
            ("handoffs", serde_json::json!({ "stack": 5 }), "`stack`: expected a text, found `5`", "give a text"),
            (
                "check",
                serde_json::json!({ "severity": "extreme" }),
                "`severity`: the text `extreme` is none of the words",
                "write `high`, `medium` or `low`",
            ),
            ("check", serde_json::json!({ "stak": "a" }), "there is no argument `stak`", "did you mean `stack`?"),
            ("outage", serde_json::json!({ "without": "a" }), "there is no argument `without`", ""),
            ("what_if", serde_json::json!({}), "`edits` is missing", ""),
            (
                "what_if",
                serde_json::json!({ "edits": "retire ChatGPT" }),
                "`edits`: expected an object with keys, found the text `retire ChatGPT`",
                "give an object with keys",
            ),
            (
                "what_if",
                serde_json::json!({ "edits": { "remove": ["a"] } }),
                "there is no argument `edits.remove`",
                "write `edits.add`, `edits.change`, `edits.plan` or `edits.retire`",
            ),
            (
                "compare",
                serde_json::json!({ "scenarios": [{ "retire": ["a"] }] }),
                "`scenarios[0].name` is missing",
                "`scenarios[0]` takes `edits`, `name`, `why`",
            ),
            ("what_if", serde_json::json!({ "edits": { "retire": ["a"] } }), "", ""),
            ("plan", serde_json::json!({ "reach": 4, "budget": 2000, "compared": true }), "", ""),
            ("plan", serde_json::json!({ "reach": "next" }), "", ""),
        ] {
            assert_eq!(said(tool, &arguments), (what.to_owned(), instead.to_owned()), "{tool} {arguments}");
        }
    }
}
