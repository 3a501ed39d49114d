//! n8n workflows: a workflow as the editor exports it, several in a list, or the answer of n8n's own interface.

mod defaults;
mod expression;
mod node;
mod wires;

use serde_json::Value;

use super::chain::{State, Workflow};
use super::clean::LeftOut;
use super::json;
use super::problem::Fault;
use super::reading::{File, Reading};

/// The sign of an n8n file: nodes whose types name a package, and connections.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    workflows(value).next().map(|_| "nodes[].type of the form package.node, and connections")
}

/// The workflows of a file, wherever they stand.
fn workflows(value: &Value) -> impl Iterator<Item = &Value> {
    let inner = [value, value.get("data").unwrap_or(value), value.get("workflows").unwrap_or(value)];
    let lists = inner.into_iter().filter_map(Value::as_array).flatten().map(|one| one.get("workflow").unwrap_or(one));
    let alone = [value, value.get("data").unwrap_or(&Value::Null)];
    let mut seen = std::collections::BTreeSet::new();
    alone
        .into_iter()
        .chain(lists)
        .filter(|one| is_workflow(one))
        .filter(move |one| seen.insert(std::ptr::from_ref::<Value>(one)))
}

fn is_workflow(value: &Value) -> bool {
    let is_node = |node: &Value| {
        json::text(node, "type")
            .is_some_and(|kind| kind.rsplit_once('.').is_some_and(|(package, _)| !package.is_empty()))
    };
    value.get("connections").is_some_and(Value::is_object) && json::list(value, "nodes").iter().any(is_node)
}

/// Reads all workflows of a file.
pub(super) fn read(file: &File<'_>, value: &Value, left_out: &mut LeftOut) -> Reading {
    let mut reading = Reading::default();
    for value in workflows(value) {
        count_left_out(value, left_out);
        let name = json::text(value, "name").unwrap_or(file.stem);
        let state = match value.get("active").and_then(Value::as_bool) {
            Some(true) => State::On,
            Some(false) => State::Off,
            None => State::Silent,
        };
        let (steps, missing) = wires::steps(value);
        for name in missing {
            let name = left_out.clean(&name);
            reading.faults.push(
                Fault::new("unknown-node", format!("`{name}` is referred to, and there is no such node"))
                    .help("rename the node or the references to it in n8n, and export the workflow again"),
            );
        }
        reading.workflows.push(Workflow {
            input: file.input,
            id: json::id(value, "id"),
            name: name.to_owned(),
            is_named: json::text(value, "name").is_some(),
            platform: "n8n",
            state,
            steps,
        });
    }
    reading
}

/// Counts what is never read: names and ids of credentials, pinned and static data, ids of webhooks and of the instance.
fn count_left_out(workflow: &Value, left_out: &mut LeftOut) {
    let is_there = |value: Option<&Value>| {
        usize::from(value.is_some_and(|value| match value {
            Value::Object(entries) => !entries.is_empty(),
            other => !other.is_null(),
        }))
    };
    for node in json::list(workflow, "nodes") {
        let credentials = node.get("credentials").and_then(Value::as_object).map_or(0, serde_json::Map::len);
        left_out.count("credentials", credentials);
        left_out.count("webhookId", is_there(node.get("webhookId")));
    }
    left_out.count("pinData", is_there(workflow.get("pinData")));
    left_out.count("staticData", is_there(workflow.get("staticData")));
    left_out.count("meta.instanceId", is_there(workflow.get("meta").and_then(|meta| meta.get("instanceId"))));
}
