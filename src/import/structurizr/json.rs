//! A workspace of Structurizr as JSON.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::boxes::{Arrow, Drawing, End, Lost, Shape, Sheet, Style, What};
use crate::import::json::{id, list, text};

/// The sign of a workspace.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    let model = value.get("model")?;
    model.get("softwareSystems").is_some_and(Value::is_array).then_some("model.softwareSystems")
}

/// The drawing of a workspace.
pub(super) fn drawing(value: &Value) -> Drawing {
    let mut reader = Reader { sheet: Sheet::default(), ids: BTreeMap::new(), relations: Vec::new() };
    if let Some(model) = value.get("model") {
        for person in list(model, "people") {
            reader.element(person, What::Person, None);
        }
        for system in list(model, "softwareSystems").iter().chain(list(model, "customElements")) {
            let at = reader.element(system, What::System, None);
            for container in list(system, "containers") {
                let at = reader.element(container, What::Part, Some(at));
                for component in list(container, "components") {
                    reader.element(component, What::Part, Some(at));
                }
            }
        }
        reader.places(list(model, "deploymentNodes"));
    }
    reader.finish()
}

struct Reader<'v> {
    sheet: Sheet,
    ids: BTreeMap<String, usize>,
    relations: Vec<&'v Value>,
}

impl<'v> Reader<'v> {
    fn element(&mut self, element: &'v Value, what: What, within: Option<usize>) -> usize {
        let at = self.sheet.shapes.len();
        let own = id(element, "id").unwrap_or_else(|| format!("#{at}"));
        let mut shape = Shape::new(own.clone(), what, text(element, "name").unwrap_or("unnamed"));
        shape.within = within;
        shape.facts.description = text(element, "description").map(str::to_owned);
        shape.facts.technology = text(element, "technology").map(str::to_owned);
        shape.facts.domain = text(element, "group").map(str::to_owned);
        let properties = element.get("properties").and_then(Value::as_object);
        let owner = properties.into_iter().flatten().find(|(key, _)| {
            matches!(key.to_lowercase().as_str(), "owner" | "team" | "system owner" | "business owner" | "owned by")
        });
        shape.facts.owner = owner.and_then(|(_, value)| value.as_str()).map(str::to_owned);
        self.sheet.shapes.push(shape);
        self.ids.insert(own, at);
        self.relations.extend(list(element, "relationships"));
        at
    }

    /// Counts the relationships of what runs where.
    fn places(&mut self, nodes: &'v [Value]) {
        let mut open: Vec<&Value> = nodes.iter().rev().collect();
        while let Some(node) = open.pop() {
            for relation in list(node, "relationships") {
                let at = format!("relationship {}", id(relation, "id").unwrap_or_default());
                let what = "relationship of a deployment";
                self.sheet.dropped.push(Lost { what, at, why: "it is between places where systems run" });
            }
            for key in ["children", "infrastructureNodes", "softwareSystemInstances", "containerInstances"] {
                open.extend(list(node, key).iter().rev());
            }
        }
    }

    fn finish(mut self) -> Drawing {
        for relation in std::mem::take(&mut self.relations) {
            let own = id(relation, "id").unwrap_or_default();
            let ends =
                ["sourceId", "destinationId"].map(|key| id(relation, key).and_then(|id| self.ids.get(&id)).copied());
            let name =
                |end: Option<usize>| end.map_or_else(|| "?".to_owned(), |at| self.sheet.shapes[at].lines.join(" "));
            let at = format!("{} -> {}", name(ends[0]), name(ends[1]));
            if id(relation, "linkedRelationshipId").is_some() {
                let what = "implied relationship";
                self.sheet.dropped.push(Lost { what, at, why: "it follows from one between parts" });
                continue;
            }
            let (Some(from), Some(to)) = (ends[0], ends[1]) else {
                self.sheet.dropped.push(Lost { what: "relationship", at, why: "one of its ends is not defined" });
                continue;
            };
            let label = text(relation, "description").unwrap_or_default();
            let mut arrow = Arrow::new(own, End::At(from), End::At(to), label, Style::Sentence);
            arrow.at = at;
            arrow.technology = text(relation, "technology").map(str::to_owned);
            self.sheet.arrows.push(arrow);
        }
        Drawing { sheets: vec![self.sheet] }
    }
}
