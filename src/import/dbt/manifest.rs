//! `manifest.json`: what dbt made of a project.

use std::collections::BTreeSet;

use serde_json::Value;

use super::project::{INSIDE, Project, stale, warehouse};
use crate::import::clean::LeftOut;
use crate::import::json::text;
use crate::import::problem::Fault;

/// The newest version whose shape is known.
const NEWEST: u32 = 12;

/// The sign of a manifest: the address of its schema.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    version(value)?;
    Some("metadata.dbt_schema_version")
}

/// The number in the address of its schema.
fn version(value: &Value) -> Option<u32> {
    let schema = text(value.get("metadata")?, "dbt_schema_version")?;
    let after = schema.split("/manifest/v").nth(1)?;
    after.trim_end_matches(".json").parse().ok()
}

/// What the manifest declares.
pub(super) fn project(value: &Value, left_out: &mut LeftOut) -> Project {
    let mut project = Project::default();
    if let Some(newer) = version(value).filter(|version| *version > NEWEST) {
        let message = format!("the manifest has version {newer}, and versions up to {NEWEST} are known");
        project.faults.push(Fault::new("newer-version", message).help("compare what was taken with the project"));
    }
    let metadata = value.get("metadata");
    let adapter = metadata.and_then(|data| text(data, "adapter_type"));
    project.adapter = adapter.map(|adapter| warehouse(&left_out.name(adapter)));
    let of = |key: &str| value.get(key).and_then(Value::as_object).into_iter().flatten();
    // A package's own tests load files into the tables that its sources have elsewhere.
    let stood_for: BTreeSet<&str> = of("sources").filter_map(|(_, source)| text(source, "identifier")).collect();
    let own = metadata.and_then(|data| text(data, "project_name"));
    for (id, node) in of("nodes") {
        let name = left_out.name(text(node, "name").unwrap_or(id));
        match text(node, "resource_type").or_else(|| id.split('.').next()).unwrap_or_default() {
            "seed" if text(node, "name").is_some_and(|name| stood_for.contains(name)) => {
                project.dropped.push(("seed", name, "it stands for a table of a source"));
            }
            "seed" if own.is_some() && text(node, "package_name").is_some_and(|package| Some(package) != own) => {
                project.dropped.push(("seed", name, "it belongs to a package"));
            }
            "seed" => project.seeds.push(name),
            "test" => project.dropped.push(("test", name, "it moves nothing")),
            "model" | "snapshot" => project.dropped.push((INSIDE.0, name, INSIDE.1)),
            _ => project.dropped.push(("other node", name, INSIDE.1)),
        }
    }
    for (id, source) in of("sources") {
        let mut parts = id.split('.').skip(2);
        let (named, table) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let named = left_out.name(text(source, "source_name").unwrap_or(named));
        let said = |key: &str| text(source, key).unwrap_or_default();
        let stale_after = source.get("freshness").and_then(stale);
        let table = text(source, "name").unwrap_or(table);
        project.table(&named, said("loader"), said("schema"), table, stale_after, left_out);
    }
    for (_, exposure) in of("exposures") {
        project.exposure(exposure, left_out);
    }
    for (id, _) in of("metrics") {
        project.dropped.push(("metric", left_out.name(id), INSIDE.1));
    }
    project
}
