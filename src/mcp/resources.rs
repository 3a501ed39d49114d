//! What can be read beside the tools: stacks, reports, rules and the format, each at an address.

use super::desk::{Desk, Embedded};
use super::{Trouble, skill};
use crate::analysis::{Analysis, RULES, rules};
use crate::ask::{Refused, known_rule, whole};
use crate::mcp::shelf::pick;
use crate::report::document::markdown;
use crate::report::question::Places;
use crate::report::stack_schema::stack_schema;
use crate::report::{Medium, json_text, told};
use crate::source::visible;

const MARKDOWN: &str = "text/markdown";

/// What can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its address.
    pub uri: String,
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub about: String,
    /// Its media type.
    pub mime: &'static str,
}

/// Everything that can be read, in the order listed.
pub(super) fn all(desk: &Desk) -> Vec<Resource> {
    let resource = |uri: String, name: String, about: &str, mime| Resource { uri, name, about: about.to_owned(), mime };
    let mut all = vec![
        resource(
            "sinew://format".into(),
            "The stack file".into(),
            "The format in short, with an example and all keys.",
            MARKDOWN,
        ),
        resource(
            "sinew://format/schema".into(),
            "The stack file, as a schema".into(),
            "The JSON Schema of a stack file.",
            "application/schema+json",
        ),
    ];
    for stack in desk.shelf().stacks() {
        let id = &stack.id;
        let name = format!("{id}: the stack");
        all.push(resource(
            format!("sinew://stack/{id}"),
            name,
            "The text of the stack file, as it is now.",
            mime_of(&stack.file),
        ));
        let name = format!("{id}: the report");
        all.push(resource(format!("sinew://report/{id}"), name, "Everything that is computed of the stack.", MARKDOWN));
    }
    for rule in RULES.iter() {
        all.push(resource(format!("sinew://rule/{}", rule.id), format!("Rule {}", rule.id), rule.summary, MARKDOWN));
    }
    all
}

/// Addresses with a gap to fill in, each with what it is called.
pub(super) const TEMPLATES: [(&str, &str); 3] = [
    ("sinew://stack/{stack}", "A stack file"),
    ("sinew://report/{stack}", "A report"),
    ("sinew://rule/{rule}", "A rule"),
];

/// Reads what is at `uri`.
pub(super) fn read(desk: &Desk, uri: &str) -> Result<Embedded, Trouble> {
    let found = |mime, text| Ok(Embedded { uri: uri.to_owned(), mime, text });
    let Some(path) = uri.strip_prefix("sinew://") else { return Err(nothing(uri)) };
    match path.split_once('/') {
        None if path == "format" => found(MARKDOWN, skill::guide()),
        Some(("format", "schema")) => found("application/schema+json", json_text(&stack_schema())),
        Some(("rule", rule)) => {
            let rule = known_rule(rule).map_err(Refused::because)?;
            found(MARKDOWN, rules::find(&rule).map(|rule| rule.page.to_owned()).unwrap_or_default())
        }
        Some(("stack", stack)) => {
            let at = pick(desk.shelf(), Some(stack))?;
            let opened = desk.shelf().open(at)?;
            match opened.source.sheet(0) {
                // A workbook reads as the stack file that says the same.
                Some(_) => found("application/yaml", crate::model::write::write(&opened.stack)),
                None => found(mime_of(&desk.shelved(at).file), opened.source.text().to_owned()),
            }
        }
        Some(("report", stack)) => {
            let (_, opened) = desk.open(Some(stack))?;
            let analysis = Analysis::of(&opened.stack);
            let findings = analysis.findings();
            let cells = desk.shelf().cells(&opened);
            let report = whole(&analysis, &findings, Places { source: &opened.source, cells: &cells })?;
            found(MARKDOWN, markdown(&told(&report, Medium::Document)))
        }
        _ => Err(nothing(uri)),
    }
}

fn mime_of(file: &str) -> &'static str {
    if file.ends_with(".json") { "application/json" } else { "application/yaml" }
}

fn nothing(uri: &str) -> Trouble {
    let known = "`resources/list` lists all; addresses are `sinew://format`, `sinew://stack/ID`, `sinew://report/ID` and `sinew://rule/ID`";
    Trouble::from(Refused::because(format!("there is nothing at `{}`", visible(uri)))).instead(known)
}
