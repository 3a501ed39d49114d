//! Entities as systems, teams and flows.

use std::collections::BTreeSet;

use super::Found;
use super::entity::{Entity, Ref};
use super::world::World;
use crate::import::clean::{LeftOut, slug};
use crate::import::draft::{EntryKey, Given, Value};
use crate::import::drafting::{Drafting, StatedFlow};
use crate::import::reading::{File, Reading};
use crate::import::recognise::Named;
use crate::model::Mechanism;

/// Makes the draft of one file.
pub(super) fn draft(file: &File<'_>, found: &Found, world: &World, left_out: &mut LeftOut) -> Reading {
    let mut maker = Maker { drafting: Drafting::new(*file, "backstage"), world, left_out };
    for entity in &found.entities {
        maker.entity(entity);
    }
    for at in &found.others {
        maker.drafting.dropped("other document", at, "it is not an entity of Backstage");
    }
    maker.ask_about_cycles();
    let draft = maker.drafting.draft;
    let faults = found.faults.iter().map(|fault| fault.clone().cleaned(left_out)).collect();
    Reading { draft, faults, ..Reading::default() }
}

struct Maker<'a> {
    drafting: Drafting<'a>,
    world: &'a World,
    left_out: &'a mut LeftOut,
}

impl Maker<'_> {
    fn entity(&mut self, entity: &Entity) {
        let at = entity.at();
        match entity.id.kind.as_str() {
            "component" if !entity.runs() => {
                self.drafting.dropped("library", &at, "it is built into what uses it");
            }
            "component" | "resource" | "airesource" => {
                let entries = self.system(entity);
                self.drafting.gave(entries);
            }
            "api" => self.api(entity),
            "system" => {
                if self.world.system(&entity.id).is_some() {
                    let entries = self.system(entity);
                    self.drafting.gave(entries);
                } else {
                    self.drafting.dropped("system", &at, "it groups components, each of which is a system here");
                }
            }
            "group" => self.group(entity),
            "user" => self.drafting.dropped("user", "user", "persons are not taken over"),
            "domain" => self.drafting.dropped("domain", &at, "it is the domain of systems"),
            "location" => self.drafting.dropped("location", &at, "it points to other files; give these as inputs"),
            "template" => self.drafting.dropped("template", &at, "it makes new components"),
            _ => self.drafting.dropped("other entity", &at, "its kind is not a system"),
        }
    }

    /// Adds the system that `named` is, with where it is told.
    fn add(&mut self, id: &Ref, named: &Named, at: &str) -> EntryKey {
        let origin = self.drafting.origin(at, &format!("{}:{}/{}", id.kind, id.namespace, id.name));
        let key = self.drafting.draft.system(named, origin);
        let name = self.world.get(id).map_or(&id.name, |entity| &entity.name);
        let name = if self.world.is_elsewhere_too(id) { format!("{name} {}", id.namespace) } else { name.clone() };
        if let Some(system) = self.drafting.draft.systems.get_mut(&named.key).filter(|_| named.product.is_none()) {
            // An entity is known by its name, however it is titled.
            system.called = system.called.take().into_iter().chain([name]).min();
        }
        key
    }

    /// Adds a system with everything that its entity says of it.
    fn system(&mut self, entity: &Entity) -> Vec<EntryKey> {
        let Some(named) = self.world.system(&entity.id).cloned() else { return Vec::new() };
        let at = entity.at();
        let mut entries = vec![self.add(&entity.id, &named, &at)];
        let owner = entity.owner.as_ref();
        let team = owner.and_then(|owner| self.world.owner(owner)).map(|name| self.left_out.name(&name));
        self.left_out.count("owner that is a person", usize::from(owner.is_some() && team.is_none()));
        if let Some(name) = team.filter(|name| !name.is_empty()) {
            let team = self.team(&name, &at);
            entries.push(EntryKey::Team(team.clone()));
            self.drafting.set(&named, "owner", Given::stated(Value::Team(team)));
        }
        if let Some(domain) = self.world.domain(entity) {
            self.drafting.set(&named, "domain", Given::stated(Value::Text(domain)));
        }
        let status = match entity.lifecycle.as_str() {
            "production" => Some("production"),
            "experimental" => Some("pilot"),
            "deprecated" => Some("phasing-out"),
            other => crate::catalog::people::meaning("status of a system", other),
        };
        if let Some(status) = status {
            let said = (status != entity.lifecycle).then(|| entity.lifecycle.clone());
            let given = Given { said, ..Given::stated(Value::Literal(status.to_owned())) };
            self.drafting.set(&named, "status", given);
        }
        // Of an entity that is told several times one description is enough.
        let told = self.world.get(&entity.id).unwrap_or(entity);
        if !told.description.is_empty() {
            self.drafting.set(&named, "notes", Given::stated(Value::Text(told.description.clone())));
        }
        entries.extend(self.dependencies(entity, &named, &at));
        for api in &entity.consumes {
            entries.extend(self.consumed(api, &entity.id, &at));
        }
        entries
    }

    /// What a system depends on; what keeps data gives some of it too, as a guess.
    fn dependencies(&mut self, entity: &Entity, named: &Named, at: &str) -> Vec<EntryKey> {
        let mut entries = Vec::new();
        for id in &entity.depends_on {
            let Some(other) = self.world.system(id).filter(|other| other.key != named.key).cloned() else { continue };
            entries.push(self.add(id, &other, at));
            if self.world.stores(id) {
                let why = "it depends on a place where data is kept: which way data goes is not said";
                let mut flow = StatedFlow::new(&other, named, Mechanism::Api);
                flow.data = BTreeSet::from([object(&id.name, &["-db", "-database", "-bucket", "-topic", "-queue"])]);
                flow.itself = Some(why);
                flow.guesses = vec![
                    ("from", why),
                    ("to", why),
                    ("data", "the catalog does not say what is kept there"),
                    ("mechanism", "the catalog does not say how"),
                ];
                let key = format!("dependsOn/{}/{}", entity.id.name, id.name);
                entries.extend(self.drafting.flow(flow, at, &key));
            }
        }
        let all = self.world.depends_on.get(&named.key).into_iter().flatten();
        let all: Vec<String> = all.filter(|key| self.drafting.draft.systems.contains_key(*key)).cloned().collect();
        if !all.is_empty() {
            self.drafting.set(named, "depends_on", Given::stated(Value::Systems(all)));
        }
        entries
    }

    /// Flows from all who provide an API to one who consumes it.
    fn consumed(&mut self, api: &Ref, consumer: &Ref, at: &str) -> Vec<EntryKey> {
        let Some(to) = self.world.system(consumer).cloned() else { return Vec::new() };
        let sources = self.world.sources(api);
        if sources.is_empty() {
            let ask = format!("Which system provides the API \"{}\"? It is not among the files.", api.name);
            let about = Some(EntryKey::System(to.key.clone()));
            self.drafting.ask(2, ("provider", &api.name), ask, about, &[]);
            return Vec::new();
        }
        let mut entries = Vec::new();
        for source in sources {
            let Some(from) = self.world.system(&source).filter(|from| from.key != to.key).cloned() else { continue };
            self.add(&source, &from, at);
            self.add(consumer, &to, at);
            let is = self.world.get(api).map_or("", |api| api.is.as_str());
            let mechanism = if is.contains("webhook") { Mechanism::Webhook } else { Mechanism::Api };
            let mut flow = StatedFlow::new(&from, &to, mechanism);
            flow.data = BTreeSet::from([object(&api.name, &["-api", "-service", "-v1", "-v2"])]);
            flow.guesses.push(("data", "the catalog names the API and not what it gives"));
            if !["openapi", "graphql", "grpc", "trpc", "soap", "odata", "rest", "webhook"]
                .iter()
                .any(|known| is.contains(known))
            {
                flow.guesses.push(("mechanism", "the type of the API does not say how"));
            }
            let key = format!("consumes/{}/{}/{}", consumer.name, api.name, source.name);
            entries.extend(self.drafting.flow(flow, at, &key));
        }
        entries
    }

    /// An API speaks of its provider, and of those who consume it.
    fn api(&mut self, entity: &Entity) {
        let at = entity.at();
        let mut entries = Vec::new();
        if self.world.system(&entity.id).is_some() {
            entries.extend(self.system(entity));
        } else {
            for source in self.world.sources(&entity.id) {
                if let Some(named) = self.world.system(&source).cloned() {
                    entries.push(self.add(&source, &named, &at));
                }
            }
        }
        // A consumer that says so itself gives the flow.
        let consumers: Vec<Ref> = self.world.consumers(&entity.id).cloned().collect();
        for consumer in consumers {
            let says = self.world.get(&consumer).is_some_and(|one| one.consumes.binary_search(&entity.id).is_ok());
            if !says {
                entries.extend(self.consumed(&entity.id, &consumer, &at));
            }
        }
        if entries.is_empty() {
            self.drafting.dropped("API", &at, "what provides it is not a system");
        } else {
            self.drafting.gave(entries);
        }
    }

    fn team(&mut self, name: &str, at: &str) -> String {
        let origin = self.drafting.origin(at, &format!("team/{}", slug(name, "team")));
        self.drafting.draft.team(name, origin)
    }

    fn group(&mut self, entity: &Entity) {
        let team = self.team(entity.shown(), &entity.at());
        if let Some(held) = self.drafting.draft.teams.get_mut(&team).filter(|_| entity.members > 0) {
            let people = Value::Literal(entity.members.to_string());
            held.entry.set("people", Given::guessed(people, "the members that the group lists"));
        }
        self.drafting.gave(vec![EntryKey::Team(team)]);
    }

    /// Dependencies that lead back are told where one of their ends is.
    fn ask_about_cycles(&mut self) {
        let (systems, mut pairs) = (&self.drafting.draft.systems, Vec::new());
        for (key, from) in systems {
            let others = self.world.cut.get(key).into_iter().flatten().filter_map(|to| systems.get(to));
            pairs.extend(others.map(|to| (from.named.name.clone(), to.named.name.clone())));
        }
        for (from, to) in pairs {
            let ask = format!("{from} and {to} depend on each other, perhaps through others: which can do without?");
            self.drafting.ask(3, ("cycle", &format!("{from} {to}")), ask, None, &[]);
        }
    }
}

/// The object that a thing called `name` is about.
fn object(name: &str, ends: &[&str]) -> String {
    let bare = ends.iter().find_map(|end| name.strip_suffix(end)).filter(|rest| !rest.is_empty());
    slug(bare.unwrap_or(name), "records")
}
