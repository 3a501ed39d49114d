//! A model as boxes and arrows.

use std::collections::{BTreeMap, BTreeSet};

use super::accesses::{self, One};
use super::fates::Own;
use super::kinds::{is_behavior, is_store, is_technology};
use super::model::{Model, Part, Relation};
use crate::import::boxes::{Arrow, End, Shape, Sheet, Style, What, is_personal_name};
use crate::import::clean::LeftOut;

/// Rounds in which behavior is given to what does it: functions of functions that realize services.
const ROUNDS: usize = 6;

/// Makes a sheet of a model.
pub(super) struct Maker<'m> {
    model: &'m Model,
    left_out: &'m mut LeftOut,
    pub(super) sheet: Sheet,
    /// The relations behind each arrow.
    pub(super) behind: Vec<Vec<usize>>,
    /// What each relation says besides its arrows.
    pub(super) own: BTreeMap<usize, Own>,
    /// Elements that are named and not there, with the line of the first relation that names them.
    pub(super) gone: BTreeMap<String, usize>,
    elements: BTreeMap<&'m str, &'m Part>,
    /// The ids of all relations.
    relations: BTreeSet<&'m str>,
    /// The shape that each element stands for, or is done by.
    places: BTreeMap<&'m str, usize>,
}

impl<'m> Maker<'m> {
    pub(super) fn new(model: &'m Model, left_out: &'m mut LeftOut) -> Self {
        Self {
            model,
            left_out,
            sheet: Sheet::default(),
            behind: Vec::new(),
            own: BTreeMap::new(),
            gone: BTreeMap::new(),
            elements: model.elements.iter().map(|part| (part.id.as_str(), part)).collect(),
            relations: model.relations.iter().map(|relation| relation.id.as_str()).collect(),
            places: BTreeMap::new(),
        }
    }

    pub(super) fn read(&mut self) {
        for part in &self.model.elements {
            let what = match part.kind.as_str() {
                "ApplicationComponent" | "SystemSoftware" | "Node" => What::System,
                "ApplicationCollaboration" | "Grouping" => What::Group,
                "BusinessActor" | "BusinessRole" => What::Person,
                kind if kind.ends_with("Junction") => What::Junction,
                _ => continue,
            };
            self.shape(part, what);
        }
        self.wholes();
        self.behavior();
        // A service that nobody is said to give is a system of its own.
        for part in self.model.elements.iter().filter(|part| part.kind == "ApplicationService") {
            if !self.places.contains_key(part.id.as_str()) {
                self.shape(part, What::System);
            }
        }
        let mut objects: BTreeMap<&str, Vec<One>> = BTreeMap::new();
        for (at, relation) in self.model.relations.iter().enumerate() {
            self.relation(at, relation, &mut objects);
        }
        for (object, all) in objects {
            let name = self.elements.get(object).map_or("", |part| part.name.as_str());
            let ways = accesses::ways(&all);
            for (relation, ..) in &all {
                self.own
                    .entry(*relation)
                    .or_insert(Own::Nothing("access relation", "no other system reads or writes the object"));
            }
            for way in ways {
                self.arrow(way.relations, way.from, way.to, name, Style::Label);
            }
        }
        self.handoffs();
    }

    fn shape(&mut self, part: &'m Part, what: What) {
        let mut shape = Shape::new(&part.id, what, &part.name);
        let of = |keys: &[&str]| keys.iter().find_map(|key| part.properties.get(*key)).cloned();
        let owner = of(&["owner", "system owner", "business owner", "team"]);
        shape.facts.owner = owner.filter(|owner| self.is_team(owner));
        shape.facts.vendor = of(&["vendor", "supplier"]);
        shape.facts.status = of(&["status", "lifecycle"]);
        shape.facts.domain = of(&["domain"]);
        shape.facts.description =
            Some(part.documentation.clone()).filter(|text| !text.is_empty() && what == What::System);
        self.places.entry(&part.id).or_insert(self.sheet.shapes.len());
        self.sheet.shapes.push(shape);
    }

    /// Whether a name is that of a role or a team: names of persons stay out.
    fn is_team(&mut self, name: &str) -> bool {
        let is_person = is_personal_name(name);
        self.left_out.count("name of a person", usize::from(is_person));
        !is_person
    }

    fn kind(&self, id: &str) -> &'m str {
        self.elements.get(id).map_or("", |part| part.kind.as_str())
    }

    fn ends(&self, relation: &Relation) -> (Option<usize>, Option<usize>) {
        (self.places.get(relation.source.as_str()).copied(), self.places.get(relation.target.as_str()).copied())
    }

    /// What stands in what: parts are composed, members are aggregated.
    fn wholes(&mut self) {
        for relation in &self.model.relations {
            let (Some(outer), Some(inner)) = self.ends(relation) else { continue };
            let are_components = self.kind(&relation.source) == "ApplicationComponent"
                && self.kind(&relation.target) == "ApplicationComponent";
            let is_group = self.sheet.shapes[outer].what == What::Group;
            let is_whole = matches!(relation.kind.as_str(), "Composition" | "Aggregation");
            if is_whole && (are_components || is_group) && outer != inner {
                self.sheet.shapes[inner].within.get_or_insert(outer);
                if are_components && relation.kind == "Composition" {
                    self.sheet.shapes[inner].what = What::Part;
                }
            }
        }
    }

    /// Functions, interfaces and services stand for what does or gives them.
    fn behavior(&mut self) {
        for _ in 0..ROUNDS {
            let before = self.places.len();
            for relation in &self.model.relations {
                let gives =
                    matches!(relation.kind.as_str(), "Assignment" | "Realization" | "Composition" | "Aggregation");
                let (Some(giver), None) = self.ends(relation) else { continue };
                if let Some(part) = self.elements.get(relation.target.as_str())
                    && gives
                    && is_behavior(&part.kind)
                    && self.sheet.shapes[giver].what != What::Group
                {
                    self.places.insert(&part.id, giver);
                }
            }
            if self.places.len() == before {
                return;
            }
        }
    }

    fn relation(&mut self, at: usize, relation: &'m Relation, objects: &mut BTreeMap<&'m str, Vec<One>>) {
        for id in [&relation.source, &relation.target] {
            if !self.elements.contains_key(id.as_str())
                && (relation.kind != "Association" || !self.relations.contains(id.as_str()))
            {
                self.gone.entry(id.clone()).or_insert(relation.line);
            }
        }
        let (from, to) = self.ends(relation);
        let kinds = [self.kind(&relation.source), self.kind(&relation.target)];
        let is_person = |at: usize| self.sheet.shapes[at].what == What::Person;
        let nothing = |what, why| Own::Nothing(what, why);
        let said = match (relation.kind.as_str(), from, to) {
            ("Access", ..) if kinds.contains(&"DataObject") => {
                let object = if kinds[0] == "DataObject" { &relation.source } else { &relation.target };
                match from.or(to).filter(|system| !is_person(*system)) {
                    Some(system) => {
                        objects.entry(object.as_str()).or_default().push((at, system, relation.access));
                        return;
                    }
                    None => nothing("access relation", "no system is said to do it"),
                }
            }
            ("Flow", Some(from), Some(to)) => return self.arrow(vec![at], from, to, &relation.name, Style::Label),
            ("Triggering", Some(from), Some(to)) if !is_person(from) && !is_person(to) => {
                return self.arrow(vec![at], from, to, &relation.name, Style::Label);
            }
            ("Serving", Some(from), Some(to))
                if is_technology(kinds[0]) && !is_technology(kinds[1]) && !is_person(to) =>
            {
                // What an application runs on is no flow, but what keeps its data is given it.
                let name = self.sheet.shapes[from].lines.join(" ");
                if is_store(&name)
                    || kinds[0] == "TechnologyService"
                        && is_store(self.elements[relation.source.as_str()].name.as_str())
                {
                    self.arrow(vec![at], to, from, &relation.name, Style::Sentence);
                }
                Own::Needs(to, from)
            }
            // Who is served asks.
            ("Serving", Some(from), Some(to)) => {
                return self.arrow(vec![at], to, from, &relation.name, Style::Sentence);
            }
            ("Assignment", Some(actor), Some(system)) if is_person(actor) && !is_person(system) => {
                let name = self.sheet.shapes[actor].lines.join(" ");
                if kinds[1] == "ApplicationComponent" && self.is_team(&name) {
                    self.sheet.shapes[system].facts.owner.get_or_insert(name);
                }
                Own::About(system)
            }
            ("Assignment" | "Realization", Some(node), Some(system))
                if is_technology(kinds[0])
                    && matches!(kinds[1], "SystemSoftware" | "ApplicationComponent" | "Node")
                    && node != system =>
            {
                Own::Needs(system, node)
            }
            ("Flow" | "Triggering" | "Serving", ..) => nothing("relation", "it is not between two systems"),
            ("Composition" | "Aggregation" | "Assignment" | "Realization" | "Specialization", ..) => {
                nothing("structural relation", "it says what is part of what, or who does it")
            }
            _ => nothing("relation", "its kind is not one that moves data"),
        };
        self.own.insert(at, said);
    }

    fn place(&self, relation: &Relation) -> String {
        let name = |id: &str| match self.elements.get(id) {
            Some(part) if part.name.is_empty() => part.kind.as_str(),
            Some(part) => part.name.as_str(),
            None => "?",
        };
        match relation.name.is_empty() {
            true => format!("{} to {}", name(&relation.source), name(&relation.target)),
            false => relation.name.clone(),
        }
    }

    fn arrow(&mut self, relations: Vec<usize>, from: usize, to: usize, label: &str, style: Style) {
        let ids: Vec<&str> = relations.iter().map(|at| self.model.relations[*at].id.as_str()).collect();
        let first = &self.model.relations[relations[0]];
        let mut arrow = Arrow::new(ids.join("+"), End::At(from), End::At(to), label, style);
        arrow.at = self.place(first);
        let keys = ["technology", "protocol", "mechanism", "integration type"];
        arrow.technology = keys.iter().find_map(|key| first.properties.get(*key)).cloned();
        self.sheet.arrows.push(arrow);
        self.behind.push(relations);
    }

    /// Asks whether somebody whose work uses two systems carries data between them.
    fn handoffs(&mut self) {
        let mut served: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for relation in self.model.relations.iter().filter(|relation| relation.kind == "Serving") {
            let (Some(system), Some(person)) = self.ends(relation) else { continue };
            let is_work = matches!(self.kind(&relation.target), "BusinessProcess" | "BusinessFunction");
            let (system, person) = (&self.sheet.shapes[system], &self.sheet.shapes[person]);
            if is_work && person.what == What::Person && matches!(system.what, What::System | What::Part) {
                let name = self.elements.get(system.id.as_str()).map_or("", |part| part.name.as_str());
                served.entry(&relation.target).or_default().insert(name);
            }
        }
        for (process, systems) in served.into_iter().filter(|(_, systems)| systems.len() > 1).take(50) {
            let who = self.places.get(process).map_or_else(String::new, |at| self.sheet.shapes[*at].lines.join(" "));
            let who = if is_personal_name(&who) { "anybody".to_owned() } else { who };
            let name = self.elements.get(process).map_or("", |part| part.name.as_str());
            let names = systems.iter().take(5).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" and ");
            let ask = format!("Does {who} carry data by hand between {names} in \"{name}\"?");
            self.sheet.asks.push((format!("handoff {name}"), ask));
        }
    }
}
