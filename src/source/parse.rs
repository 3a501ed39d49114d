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
    // A YAML file may begin with a flow mapping, so what is no JSON to the letter is the YAML reader's; what it cannot read
    // and begins as JSON does is explained as JSON.
    if text.trim_start().starts_with('{') {
        if json::is_strict(text) {
            return json::parse(text, limits, diagnostics);
        }
        if text.trim_start()[1..].trim_start().starts_with('"') {
            let mut tried = Diagnostics::default();
            let root = yaml::parse(text, limits, &mut tried);
            let is_cut = tried.is_cut();
            let tried = tried.into_sorted();
            if tried.iter().any(|problem| problem.code == "syntax") {
                return json::parse(text, limits, diagnostics);
            }
            tried.into_iter().for_each(|problem| diagnostics.push(problem));
            if is_cut {
                diagnostics.cut();
            }
            return root;
        }
    }
    yaml::parse(text, limits, diagnostics)
}

/// A value as it stands behind a key on one line, such as `[a, b]`; `None` where it cannot be read. Its places are those in
/// `line`.
pub(crate) fn one_line(line: &str) -> Option<Node<'_>> {
    let mut problems = Diagnostics::default();
    let node = yaml::parse(line, &Limits::default(), &mut problems)?;
    (!problems.has_errors()).then_some(node)
}
