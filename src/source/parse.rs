//! Which reader a file is for: JSON or YAML.

use super::{Diagnostics, Limits, Node, Source, json, yaml};

/// Whether `source` is for the reader of JSON: changes of it have to be written so.
#[must_use]
pub fn is_json(source: &Source) -> bool {
    source.name().ends_with(".json") || source.text().trim_start().starts_with('{')
}

/// Reads `source` as JSON where it is named `.json` or is JSON as it stands, else as YAML. Problems go to
/// `diagnostics`; without a tree there is at least one error among them.
pub fn parse<'a>(source: &'a Source, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
    let text = source.text();
    if source.name().ends_with(".json") {
        return json::parse(text, limits, diagnostics);
    }
    // A YAML file may begin with a flow mapping, so JSON is only tried, and a failure is the YAML reader's to explain.
    if text.trim_start().starts_with('{') {
        let mut tried = Diagnostics::default();
        if let Some(node) = json::parse(text, limits, &mut tried) {
            tried.into_sorted().into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
            return Some(node);
        }
    }
    yaml::parse(text, limits, diagnostics)
}
