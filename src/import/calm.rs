//! Architectures of FINOS CALM: nodes with kinds, and relationships.

use std::collections::BTreeMap;

use serde_json::Value;

use super::boxes::{self, Arrow, Drawing, End, Lost, Shape, Sheet, Style, What};
use super::clean::LeftOut;
use super::json::{list, text};
use super::problem::Fault;
use super::reading::{File, Reading};

/// The sign of an architecture.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    let has_id = |node: &Value| text(node, "unique-id").is_some();
    let nodes = list(value, "nodes");
    let is_one = nodes.iter().any(has_id) && (value.get("relationships").is_some() || nodes.iter().all(has_id));
    is_one.then_some("nodes[].unique-id")
}

/// Reads an architecture.
pub(super) fn read(file: &File<'_>, value: &Value, left_out: &mut LeftOut) -> Reading {
    let mut reader = Reader { sheet: Sheet::default(), places: BTreeMap::new(), gone: BTreeMap::new() };
    for node in list(value, "nodes") {
        reader.node(node);
    }
    for relationship in list(value, "relationships") {
        reader.parts(relationship);
    }
    for relationship in list(value, "relationships") {
        reader.relationship(relationship);
    }
    let flows: Vec<&str> = list(value, "flows").iter().filter_map(|flow| text(flow, "name")).collect();
    if !flows.is_empty() {
        let names = flows.iter().take(5).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let ask = format!("Which of these are processes that stop if data is missing: {names}?");
        reader.sheet.asks.push(("processes".to_owned(), ask));
    }
    let faults: Vec<Fault> = reader
        .gone
        .keys()
        .map(|gone| {
            let gone: String = gone.chars().take(80).collect();
            let message = format!("a relationship names `{}`, and there is no such node", left_out.clean(&gone));
            Fault::new("unknown-node", message).help("add the node, or take the relationship out")
        })
        .collect();
    let mut reading = boxes::draft(file, "calm", Drawing { sheets: vec![reader.sheet] }, left_out);
    reading.faults.extend(faults);
    reading
}

struct Reader {
    sheet: Sheet,
    places: BTreeMap<String, usize>,
    /// Nodes that are named and not there.
    gone: BTreeMap<String, usize>,
}

/// The kind of a relationship and what it says, whether that stands in `relationship-type` or beside it.
fn typed(relationship: &Value) -> Option<(&'static str, &Value)> {
    const KINDS: [&str; 4] = ["interacts", "connects", "composed-of", "deployed-in"];
    let within = relationship.get("relationship-type");
    KINDS.iter().find_map(|kind| {
        let found = within.and_then(|within| within.get(kind)).or_else(|| relationship.get(kind))?;
        Some((*kind, found))
    })
}

fn names<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

impl Reader {
    fn node(&mut self, node: &Value) {
        let Some(id) = text(node, "unique-id") else { return };
        let what = match text(node, "node-type").unwrap_or_default() {
            "actor" | "person" => What::Person,
            "network" | "data-asset" | "ldap" => What::Note,
            "ecosystem" => What::Group,
            _ => What::System,
        };
        let mut shape = Shape::new(id, what, text(node, "name").unwrap_or(id));
        shape.facts.description = text(node, "description").map(str::to_owned);
        let owner = text(node, "owner").or_else(|| node.get("metadata").and_then(|data| text(data, "owner")));
        shape.facts.owner = owner.map(str::to_owned);
        self.places.insert(id.to_owned(), self.sheet.shapes.len());
        self.sheet.shapes.push(shape);
    }

    fn place(&mut self, id: &str) -> Option<usize> {
        let found = self.places.get(id).copied();
        if found.is_none() {
            *self.gone.entry(id.to_owned()).or_default() += 1;
        }
        found
    }

    /// What is composed of what, and what only runs in it.
    fn parts(&mut self, relationship: &Value) {
        let Some((kind @ ("composed-of" | "deployed-in"), of)) = typed(relationship) else { return };
        let Some(container) = text(of, "container").and_then(|id| self.place(id)) else { return };
        for node in names(of, "nodes") {
            let Some(node) = self.place(node).filter(|node| *node != container) else { continue };
            if kind == "composed-of" {
                self.sheet.shapes[node].within = Some(container);
                if self.sheet.shapes[node].what == What::System {
                    self.sheet.shapes[node].what = What::Part;
                }
            } else if self.sheet.shapes[container].what == What::System {
                self.sheet.shapes[container].what = What::Note;
            }
        }
    }

    fn relationship(&mut self, relationship: &Value) {
        let id = text(relationship, "unique-id").unwrap_or("relationship").to_owned();
        let lost = |what, why| Lost { what, at: id.clone(), why };
        let label = text(relationship, "description").unwrap_or_default();
        let technology = text(relationship, "protocol").map(str::to_owned);
        match typed(relationship) {
            Some(("connects", ends)) => {
                let node = |key: &str| ends.get(key).and_then(|end| text(end, "node").or_else(|| end.as_str()));
                let found = [node("source"), node("destination")].map(|id| id.and_then(|id| self.place(id)));
                match found {
                    [Some(from), Some(to)] => self.arrow(&id, from, to, label, technology),
                    _ => self.sheet.dropped.push(lost("relationship", "it names a node that is not there")),
                }
            }
            Some(("interacts", ends)) => {
                let actor = text(ends, "actor").and_then(|id| self.place(id));
                let nodes: Vec<usize> = names(ends, "nodes").into_iter().filter_map(|id| self.place(id)).collect();
                match actor {
                    Some(actor) if !nodes.is_empty() => {
                        for node in nodes {
                            self.arrow(&id, actor, node, label, technology.clone());
                        }
                    }
                    _ => self.sheet.dropped.push(lost("relationship", "it names a node that is not there")),
                }
            }
            Some(("composed-of", _)) => self.sheet.dropped.push(lost("composition", "it says what is part of what")),
            Some((_, _)) => self.sheet.dropped.push(lost("deployment", "it says where something runs")),
            None => self.sheet.dropped.push(lost("relationship", "its kind is not one that moves data")),
        }
    }

    fn arrow(&mut self, id: &str, from: usize, to: usize, label: &str, technology: Option<String>) {
        let mut arrow = Arrow::new(id, End::At(from), End::At(to), label, Style::Sentence);
        arrow.at = id.to_owned();
        arrow.technology = technology;
        self.sheet.arrows.push(arrow);
    }
}
