//! Projects of dbt: manifests, and the YAML in which a project declares its sources and exposures.

mod draft;
mod exposure;
mod manifest;
mod project;
mod source;

use serde_json::Value;

use super::clean::LeftOut;
use super::joined::{Part, Spare};
use super::json::{list, text};
use super::opened::Opened;
use super::reading::Reading;
use super::yaml;
use project::{Adapter, Project};

/// The sign of a manifest, or of the YAML of a project.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    if let Some(Ok(value)) = &opened.json {
        return manifest::sign(value);
    }
    let sign = opened.text.filter(|text| begins(text)).and_then(declares)?;
    Some(sign)
}

/// Whether the first line that says something is a key that files of a project begin with.
fn begins(text: &str) -> bool {
    const KEYS: [&str; 15] = [
        "version",
        "sources",
        "exposures",
        "models",
        "seeds",
        "snapshots",
        "metrics",
        "name",
        "config-version",
        "config",
        "profile",
        "groups",
        "semantic_models",
        "macros",
        "unit_tests",
    ];
    let mut lines = text.lines().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && line != "---"
    });
    let Some(first) = lines.next() else { return false };
    let Some((key, _)) = first.split_once(':') else { return false };
    // A profile is a name of one's own, under which outputs stand.
    KEYS.contains(&key) || key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// What of a project a text declares, by lines that stand where YAML needs them.
fn declares(text: &str) -> Option<&'static str> {
    let has = |start: &str| text.lines().any(|line| line.starts_with(start));
    let says = |word: &str| text.lines().any(|line| line.trim_start().trim_start_matches("- ").starts_with(word));
    if has("sources:") && says("tables:") {
        return Some("sources with tables");
    }
    if has("exposures:") && says("depends_on:") {
        return Some("exposures");
    }
    if has("version: 2") && ["models:", "seeds:", "snapshots:", "sources:", "exposures:"].iter().any(|key| has(key)) {
        return Some("version 2 of a project's YAML");
    }
    if has("name:")
        && ["model-paths:", "source-paths:", "config-version:"].iter().any(|key| has(key))
        && has("profile:")
    {
        return Some("dbt_project.yml");
    }
    (text.lines().any(|line| line == "  outputs:") && says("target:") && says("type:")).then_some("profiles.yml")
}

/// What one part is.
enum Found {
    Manifest(Value),
    Yaml(Vec<yaml::Document>, Vec<super::problem::Fault>),
}

/// Reads all files: which warehouse it is stands in another than the sources do.
pub(super) fn read(parts: &[Part<'_>], _: &mut Spare, left_out: &mut LeftOut) -> Vec<Reading> {
    let open = |part: &Part<'_>| {
        if part.text.trim_start().starts_with(['{', '[']) {
            return Found::Manifest(super::json::parse(part.text).unwrap_or_default());
        }
        let (documents, faults) = yaml::documents(part.text);
        Found::Yaml(documents, faults)
    };
    // Of large manifests one at a time is held: only what is small of them is kept.
    let mut projects = Vec::new();
    let mut adapters = Vec::new();
    for part in parts {
        let project = match open(part) {
            Found::Manifest(value) => {
                let adapter = value.get("metadata").and_then(|data| text(data, "adapter_type"));
                adapters.extend(adapter.map(|word| Adapter::stated(part.file.name, &left_out.name(word))));
                manifest::project(&value, left_out)
            }
            Found::Yaml(documents, faults) => {
                adapters.extend(documents.iter().filter_map(|one| adapter(part.file.name, &one.value, left_out)));
                let mut project = Project { faults, ..Project::default() };
                for document in &documents {
                    project.declared(&document.value, left_out);
                }
                project
            }
        };
        projects.push(project);
    }
    let made = parts.iter().zip(projects);
    made.map(|(part, project)| {
        let adapter = project.adapter.clone().or_else(|| project::nearest(part.file.name, &adapters));
        draft::draft(&part.file, project, adapter, left_out)
    })
    .collect()
}

/// The warehouse that a project or a profile names. Of a profile only the type is read: all else in it may be secret.
fn adapter(name: &str, value: &Value, left_out: &mut LeftOut) -> Option<Adapter> {
    if list(value, "sources").is_empty() && value.get("profile").is_some() {
        return text(value, "profile").and_then(|profile| Adapter::guessed(name, &left_out.name(profile)));
    }
    let outputs = value.as_object()?.values().find_map(|profile| profile.get("outputs")?.as_object())?;
    left_out.count("settings of a profile", outputs.len());
    let stated = outputs.values().find_map(|output| text(output, "type"));
    stated.map(|word| Adapter::stated(name, &left_out.name(word)))
}
