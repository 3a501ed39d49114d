//! `sinew mcp`: the tools, their schemas, the protocol, and an official client.

mod client;
mod edits;
mod files;
mod protocol;
mod questions;
mod tools;

use std::path::PathBuf;

use serde_json::{Map, Value};
use sinew::mcp::{Desk, Reply};

/// A desk for these files.
fn desk(files: &[PathBuf]) -> Desk {
    Desk::new(sinew::cli::shelf(files))
}

/// The example stack of this name.
fn example(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/stacks").join(name).with_extension("yaml")
}

fn call(desk: &Desk, tool: &str, arguments: Value) -> Reply {
    let Value::Object(arguments) = arguments else { panic!("arguments are a mapping: {arguments}") };
    desk.call(tool, arguments)
}

/// All pages of an answer, in order.
fn pages(desk: &Desk, tool: &str, arguments: &Value) -> Vec<Reply> {
    let mut all = vec![call(desk, tool, arguments.clone())];
    while let Some(more) = all.last().and_then(|reply| reply.structured["more"].as_str().map(str::to_owned)) {
        let mut next: Map<String, Value> = arguments.as_object().unwrap().clone();
        next.insert("more".into(), more.into());
        all.push(call(desk, tool, Value::Object(next)));
        assert!(all.len() < 2_000, "pages do not end");
    }
    all
}
