//! Processes of a stack file and what they need.

use crate::model::shape;
use crate::model::stack::{Need, Process};
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Value};

use super::fields::{Fields, items};
use super::names::Tables;
use super::scalar::{duration, parsed, plain_number, quoted, range, word};

/// A process.
pub(super) fn process(entry: &Entry<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Process {
    let id = entry.key.as_ref();
    let mut process = Process {
        id: id.into(),
        name: id.to_owned(),
        owner: None,
        needs: Vec::new(),
        outage_cost: None,
        tolerates: None,
        place: entry.key_span,
    };
    let Some(fields) = Fields::of(&entry.node, "a process", shape::PROCESS, problems) else { return process };
    if let Some(name) = fields.read("name", problems, word) {
        process.name = name.value;
    }
    process.owner = fields.read("owner", problems, |node, problems| tables.team(node, problems));
    process.outage_cost = fields.read("outage_cost", problems, |node, problems| {
        range(node, "bad-number", "a cost", problems, plain_number("money an hour"))
    });
    process.tolerates = fields
        .read("tolerates", problems, |node, problems| parsed(node, "bad-duration", "a duration", problems, duration));
    let listed = fields.get("needs").map(|node| items(node, "needs", problems)).unwrap_or_default();
    process.needs = listed.iter().filter_map(|item| alternatives(item, tables, problems)).collect();
    if listed.is_empty() {
        problems.push(
            Diagnostic::warning(
                "process-without-needs",
                entry.key_span,
                format!("process {} needs nothing", quoted(id)),
            )
            .help("list under `needs:` which data it needs at which system; without needs it always runs"),
        );
    }
    process
}

/// One entry of `needs`: a need, or several of which one is enough. Nothing where all of it is broken.
fn alternatives(node: &Node<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Option<Vec<Need>> {
    let has_any_of = matches!(&node.resolved().value, Value::Map(entries)
        if entries.iter().any(|entry| entry.key == "any_of"));
    if !has_any_of {
        return need(node, tables, problems).map(|need| vec![need]);
    }
    let fields = Fields::of(node, "an alternative need", shape::ANY_OF, problems)?;
    let node = fields.get("any_of")?;
    let listed = items(node, "needs", problems);
    if listed.is_empty() && node.what() == "a list" {
        problems.push(
            Diagnostic::error("empty-any-of", node.span, "`any_of` lists nothing, so nothing can meet it")
                .help("list at least one need, or remove the entry"),
        );
    }
    let needs: Vec<Need> = listed.iter().filter_map(|item| need(item, tables, problems)).collect();
    (!needs.is_empty()).then_some(needs)
}

fn need(node: &Node<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Option<Need> {
    let fields = Fields::of(node, "a need", shape::NEED, problems)?;
    let data = fields.read("data", problems, |node, problems| tables.data_object(node, problems));
    let at = fields.read("at", problems, |node, problems| tables.system(node, problems));
    let max_age = fields
        .read("max_age", problems, |node, problems| parsed(node, "bad-duration", "a duration", problems, duration));
    Some(Need { data: data?, at: at?, max_age, place: fields.place })
}
