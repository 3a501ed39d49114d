//! The tools: what each is called with, what it answers, and which question it asks.

mod check;
mod compare;
mod diagram;
mod draft_edit;
mod edits;
mod explain;
mod find;
mod handoffs;
mod list_stacks;
mod outage;
mod plan;
mod questions;
mod route;
mod said;
mod stage;
mod validate;
mod what_if;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::desk::Desk;
use super::shelf::Opened;
use super::trouble::Trouble;
use crate::analysis::{Analysis, Finding};
use crate::ask::Refused;
use crate::report::facts::Report;

/// One tool.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    /// What it is for, as a model reads it.
    pub(super) about: &'static str,
    pub(super) input: fn() -> Value,
    /// The schema of its answer, with its definitions.
    pub(super) answer: fn() -> Value,
    /// Whether the answer is about a stack.
    pub(super) is_of_stack: bool,
    pub(super) run: fn(&Desk, Map<String, Value>) -> Result<Answer, Trouble>,
}

/// All tools, in the order in which they are listed.
pub(super) static TOOLS: [Tool; 15] = [
    list_stacks::TOOL,
    check::TOOL,
    handoffs::TOOL,
    outage::TOOL,
    stage::TOOL,
    plan::TOOL,
    what_if::TOOL,
    compare::TOOL,
    questions::TOOL,
    find::TOOL,
    route::TOOL,
    explain::TOOL,
    diagram::TOOL,
    draft_edit::TOOL,
    validate::TOOL,
];

impl Tool {
    /// The tool of this name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        TOOLS.iter().find(|tool| tool.name == name)
    }
}

/// The stack that a call is about.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfStack {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
}

/// The answer that is a part of the report of the stack that a call means, as it is now.
fn reported(
    desk: &Desk,
    stack: Option<&str>,
    report: impl for<'s> FnOnce(&Opened, &Analysis<'s>, &[Finding]) -> Result<Report, Trouble>,
) -> Result<Answer, Trouble> {
    let (at, opened) = desk.open(stack)?;
    let analysis = Analysis::of(&opened.stack);
    let findings = analysis.findings();
    let report = report(&opened, &analysis, &findings)?;
    Ok(Answer::report(desk.shelved(at), &opened, (&analysis, &findings), &report))
}

/// The arguments of a call as what the tool takes.
fn arguments<T: DeserializeOwned>(tool: &str, arguments: Map<String, Value>) -> Result<T, Trouble> {
    // What is null was not said.
    let said: Map<String, Value> = arguments.into_iter().filter(|(_, value)| !value.is_null()).collect();
    let schema = Tool::find(tool).map(|tool| (tool.input)()).unwrap_or_default();
    let takes = || format!("`{tool}` takes {}", names(&schema));
    let said = Value::Object(said);
    if let Err(wrong) = said::judged(&schema, &said) {
        let trouble = Trouble::from(Refused::because(crate::source::visible(&wrong.what)));
        return Err(trouble.instead(&wrong.instead.unwrap_or_else(takes)));
    }
    serde_json::from_value(said)
        .map_err(|error| Trouble::from(Refused::because(crate::source::visible(&error.to_string()))).instead(&takes()))
}

/// The arguments that a schema names, the required ones said.
fn names(schema: &Value) -> String {
    let Some(properties) = schema["properties"].as_object() else { return String::new() };
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let name = |key: &String| {
        let must = if required.contains(&key.as_str()) { " (required)" } else { "" };
        format!("`{key}`{must}")
    };
    properties.keys().map(name).collect::<Vec<_>>().join(", ")
}

/// The schema of the arguments, with `more`, which every tool takes.
fn input<T: JsonSchema>() -> Value {
    let mut settings = schemars::generate::SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    settings.meta_schema = None;
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    if let Some(members) = schema.as_object_mut() {
        members.remove("title");
        members.remove("description");
        members.entry("properties").or_insert_with(|| json!({}));
    }
    schema["properties"]["more"] = json!({
        "type": ["string", "null"],
        "description": "Where the next page begins: what the page before gave under `more`, with all other arguments the same.",
    });
    schema
}
