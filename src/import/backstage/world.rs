//! All entities of all files, and what stands for what.

use std::collections::{BTreeMap, BTreeSet};

use super::cycles::without_cycles;
use super::entity::{Entity, Ref};
use crate::catalog::{Expected, Kind, Space};
use crate::import::recognise::{self, Meaning, Named, recognise};

/// All entities, and what follows from all of them together.
#[derive(Debug, Default)]
pub(super) struct World {
    entities: BTreeMap<Ref, Entity>,
    /// Who provides each API that anybody provides.
    providers: BTreeMap<Ref, BTreeSet<Ref>>,
    /// Who consumes each API.
    consumers: BTreeMap<Ref, BTreeSet<Ref>>,
    /// Systems of Backstage in which something stands.
    filled: BTreeSet<Ref>,
    /// Names of which there are entities of one kind in several namespaces: kind and name.
    elsewhere: BTreeSet<(String, String)>,
    /// By the key of a system: the keys of those that it depends on.
    pub(super) depends_on: BTreeMap<String, BTreeSet<String>>,
    /// Dependencies that would lead back to where they come from, by their system.
    pub(super) cut: BTreeMap<String, BTreeSet<String>>,
    /// The system that each entity is, and each that is only named; nothing for those that are none.
    systems: BTreeMap<Ref, Option<Named>>,
}

/// Words of a resource's type or name that say that data is kept there, or goes through.
const STORES: [&str; 24] = [
    "database",
    "db",
    "rds",
    "sql",
    "mysql",
    "postgres",
    "postgresql",
    "mongodb",
    "redis",
    "cache",
    "warehouse",
    "bucket",
    "s3",
    "storage",
    "blob",
    "topic",
    "queue",
    "stream",
    "kafka",
    "table",
    "dataset",
    "datastore",
    "index",
    "elasticsearch",
];

/// Providers of one API: more are not read.
const PROVIDERS: usize = 20;

impl World {
    /// What all `entities` say together. Of two that are called the same the first by its text counts.
    pub(super) fn of<'e>(entities: impl Iterator<Item = &'e Entity>) -> Self {
        let mut world = Self::default();
        for entity in entities {
            let shown = |entity: &Entity| (entity.title.clone(), entity.description.clone(), entity.is.clone());
            match world.entities.get_mut(&entity.id) {
                Some(held) if shown(entity) < shown(held) => *held = entity.clone(),
                Some(_) => {}
                None => drop(world.entities.insert(entity.id.clone(), entity.clone())),
            }
            for api in &entity.provides {
                world.providers.entry(api.clone()).or_default().insert(entity.id.clone());
            }
            for api in &entity.consumes {
                world.consumers.entry(api.clone()).or_default().insert(entity.id.clone());
            }
            if entity.id.kind == "api" {
                world.providers.entry(entity.id.clone()).or_default().extend(entity.provided_by.iter().cloned());
                world.consumers.entry(entity.id.clone()).or_default().extend(entity.consumed_by.iter().cloned());
            }
            if matches!(entity.id.kind.as_str(), "component" | "resource" | "airesource") {
                world.filled.extend(entity.system.clone());
            }
        }
        world.providers.retain(|_, providers| {
            while providers.len() > PROVIDERS {
                providers.pop_last();
            }
            !providers.is_empty()
        });
        world.name();
        world.depend();
        world
    }

    /// Finds the system of everything that is there or named: what a name means takes a while to find.
    fn name(&mut self) {
        let named = self.entities.values().flat_map(|entity| entity.depends_on.iter().chain(&entity.needed_by));
        let with_apis = self.providers.values().chain(self.consumers.values()).flatten();
        let all: BTreeSet<&Ref> = self.entities.keys().chain(named).chain(with_apis).collect();
        let mut namespaces: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
        for id in &all {
            namespaces.entry((id.kind.clone(), id.name.clone())).or_default().insert(&id.namespace);
        }
        let elsewhere = namespaces.into_iter().filter(|(_, all)| all.len() > 1).map(|(id, _)| id).collect();
        let mut systems: BTreeMap<Ref, Option<Named>> = all.into_iter().map(|id| (id.clone(), self.find(id))).collect();
        self.elsewhere = elsewhere;
        for (id, named) in &mut systems {
            // Two of one name in two namespaces are two; of a product they are one, as of other formats.
            if let Some(named) = named.as_mut().filter(|named| named.product.is_none() && self.is_elsewhere_too(id)) {
                named.key = format!("{}@{}", named.key, id.namespace);
                named.name = format!("{} ({})", named.name, id.namespace);
            }
        }
        self.systems = systems;
    }

    /// Whether there is another entity of this name and kind in another namespace.
    pub(super) fn is_elsewhere_too(&self, id: &Ref) -> bool {
        self.elsewhere.contains(&(id.kind.clone(), id.name.clone()))
    }

    fn depend(&mut self) {
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entity in self.entities.values() {
            let forth = entity.depends_on.iter().map(|to| (entity.id.clone(), to.clone()));
            let back = entity.needed_by.iter().map(|from| (from.clone(), entity.id.clone()));
            for (from, to) in forth.chain(back) {
                let ends = self.system(&from).zip(self.system(&to));
                if let Some((from, to)) = ends.filter(|(from, to)| from.key != to.key) {
                    edges.entry(from.key.clone()).or_default().insert(to.key.clone());
                }
            }
        }
        for (from, to) in without_cycles(&mut edges) {
            self.cut.entry(from).or_default().insert(to);
        }
        self.depends_on = edges;
    }

    pub(super) fn get(&self, id: &Ref) -> Option<&Entity> {
        self.entities.get(id)
    }

    /// Who provides an API, as far as the catalog says so.
    pub(super) fn providers(&self, api: &Ref) -> BTreeSet<Ref> {
        self.providers.get(api).cloned().unwrap_or_default()
    }

    pub(super) fn consumers(&self, api: &Ref) -> impl Iterator<Item = &Ref> {
        self.consumers.get(api).into_iter().flatten()
    }

    /// Whether a system of Backstage is only the group of what stands in it.
    pub(super) fn is_filled(&self, system: &Ref) -> bool {
        self.filled.contains(system)
    }

    /// The entities that provide an API: components, else its system where nothing else stands in that, else the API.
    pub(super) fn sources(&self, api: &Ref) -> Vec<Ref> {
        let stated = self.providers(api);
        if !stated.is_empty() {
            return stated.into_iter().collect();
        }
        let Some(entity) = self.get(api) else { return Vec::new() };
        let system = entity.system.clone().filter(|system| self.get(system).is_some() && !self.is_filled(system));
        vec![system.unwrap_or_else(|| api.clone())]
    }

    /// The system that an entity is; nothing for those that are none.
    pub(super) fn system(&self, id: &Ref) -> Option<&Named> {
        self.systems.get(id)?.as_ref()
    }

    fn find(&self, id: &Ref) -> Option<Named> {
        let Some(entity) = self.get(id) else {
            // What is only named still is something that is used.
            let is_one = matches!(id.kind.as_str(), "component" | "resource");
            return is_one.then(|| named(id, &id.name, "", false));
        };
        let is_one = match id.kind.as_str() {
            "component" => entity.runs(),
            "resource" | "airesource" => true,
            "api" => self.sources(id) == [id.clone()],
            "system" => !self.is_filled(id),
            _ => false,
        };
        is_one.then(|| named(id, entity.shown(), &entity.is, true))
    }

    /// The domain of an entity: that of its system, else the system.
    pub(super) fn domain(&self, entity: &Entity) -> Option<String> {
        let shown =
            |id: &Ref| self.get(id).map_or_else(|| recognise::in_words(&id.name), |found| found.shown().to_owned());
        let system = entity.system.as_ref();
        let domain = entity.domain.as_ref().or_else(|| self.get(system?)?.domain.as_ref());
        domain.or(system).map(shown).filter(|name| !name.is_empty())
    }

    /// The name of the group that owns an entity; persons are none.
    pub(super) fn owner(&self, owner: &Ref) -> Option<String> {
        let as_user = Ref { kind: "user".to_owned(), ..owner.clone() };
        let is_person = owner.kind != "group" || self.get(owner).is_none() && self.get(&as_user).is_some();
        if is_person || owner.name.contains('@') {
            return None;
        }
        Some(self.get(owner).map_or_else(|| recognise::in_words(&owner.name), |group| group.shown().to_owned()))
    }

    /// Whether data is kept in an entity, or goes through it.
    pub(super) fn stores(&self, id: &Ref) -> bool {
        let words = |text: &str| {
            let text = text.to_lowercase();
            text.split(|c: char| !c.is_alphanumeric()).any(|word| STORES.contains(&word))
        };
        id.kind == "resource" && self.get(id).map_or_else(|| words(&id.name), |entity| words(&entity.is))
    }
}

/// The system of an entity called `shown`, of the type `is`.
fn named(id: &Ref, shown: &str, is: &str, is_there: bool) -> Named {
    let product = |word: &str| recognise::tool(word, Expected::Text).filter(|named| named.guess.is_none());
    let product = || product(shown).or_else(|| product(&id.name)).filter(|named| named.product.is_some());
    let may_be_product = matches!(id.kind.as_str(), "component" | "resource" | "system");
    if let Some(product) = may_be_product.then(product).flatten() {
        return product;
    }
    let mut named = recognise::unknown(shown);
    let word = is.replace(['-', '_'], " ");
    let has = |words: &[&str]| word.split(' ').any(|part| words.contains(&part));
    let (kind, guess) = match id.kind.as_str() {
        "airesource" => (Some(Kind::AiAgent), Some("it is an AI resource of the catalog")),
        "api" if has(&["mcp"]) => (Some(Kind::AiAgent), Some("it is a server of tools for AI")),
        "api" if has(&["model"]) && has(&["ai"]) => (Some(Kind::AiContent), Some("it is a server of AI models")),
        "resource" if has(&["database", "db", "rds", "warehouse", "sql"]) => {
            (Some(Kind::Warehouse), Some("its type is a database"))
        }
        "resource" if has(&["bucket", "s3", "storage", "blob"]) => {
            (Some(Kind::FileShare), Some("its type is a store of files"))
        }
        // What a company bought is worth asking about, what it builds itself has no kind.
        "component" if has(&["saas", "external", "vendor", "product", "tool", "application"]) => (None, None),
        _ if is_there => (Some(Kind::Other), None),
        _ => (None, None),
    };
    (named.kind, named.guess) = (kind, guess);
    if id.kind == "resource"
        && let Meaning::System(known) = recognise(Space::Plain, &word)
        && let Some(kind) = known.product.as_ref().and(recognise::kind(&known))
    {
        (named.kind, named.guess) = (Some(kind), Some("its type names a product of this kind"));
    }
    named.is_ai = named.kind.is_some_and(Kind::is_ai);
    named
}
