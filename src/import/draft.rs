//! What importers make and a stack file is written from: entries whose every value says where it stands, whether it was
//! stated or guessed, and which words were read as it.

use std::collections::btree_map::Entry as Place;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::Mechanism;

use super::clean::slug;
use super::recognise::Named;
use super::stated::{At, Dispute, Stated};

/// A value as a stack file will have it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    /// Text, quoted where YAML needs it.
    Text(String),
    /// What is written as it stands: a word of a vocabulary, a rate, `true`.
    Literal(String),
    /// An amount of money, and the currency that is said with it.
    Money(String, Option<&'static str>),
    /// A team, by its key in the draft.
    Team(String),
    /// A system, by its key in the draft.
    System(String),
    /// Systems, by their keys in the draft; written as a list.
    Systems(Vec<String>),
}

/// A value and how it is known.
///
/// In their order what is stated stands before what is guessed, so that the lesser of two is the one to keep.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Given {
    /// Why it is a guess; `None` where the input states it.
    pub(super) guess: Option<&'static str>,
    pub(super) value: Value,
    /// The words that were read as it, where they are not the value itself.
    pub(super) said: Option<String>,
}

impl Given {
    pub(super) fn guessed(value: Value, why: &'static str) -> Self {
        Self { value, guess: Some(why), said: None }
    }

    pub(super) fn stated(value: Value) -> Self {
        Self { value, guess: None, said: None }
    }
}

/// Where an entry was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// The input, or the entry of an archive.
    pub(super) file: String,
    /// The place in it: a step, a page, a row.
    pub(super) at: String,
    /// What the next import finds it by.
    pub(super) key: String,
}

/// What every entry has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// By key; `contract.cost` is the key `cost` within `contract`.
    pub(super) fields: BTreeMap<&'static str, Given>,
    /// Keys of the file's own, each beginning with `x-`.
    pub(super) extras: BTreeMap<String, Value>,
    /// Which values are stated, and where.
    pub(super) stated: Stated,
    /// Why it is a guess that there is such an entry at all.
    pub(super) itself: Option<&'static str>,
    pub(super) origins: BTreeSet<Origin>,
}

/// A system by what it is matched by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftSystem {
    pub(super) named: Named,
    /// Its own name, where it is not called as its product.
    pub(super) called: Option<String>,
    pub(super) entry: Entry,
}

/// A team; its key is its name as an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftTeam {
    pub(super) name: String,
    pub(super) entry: Entry,
}

/// A process; its key is its name as an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftProcess {
    pub(super) name: String,
    /// What it needs, all of it.
    pub(super) needs: BTreeSet<DraftNeed>,
    pub(super) entry: Entry,
}

/// An object that a process needs at a system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DraftNeed {
    /// Needs with the same mark are alternatives: one of them is enough.
    pub(super) either: Option<String>,
    /// Id of the data object.
    pub(super) data: String,
    /// Key of the system.
    pub(super) at: String,
    /// As a stack file has it.
    pub(super) max_age: Option<String>,
}

/// What makes two flows one: ends, objects, mechanism, and what it runs through.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FlowKey {
    pub(super) from: String,
    pub(super) to: String,
    /// Ids of data objects.
    pub(super) data: BTreeSet<String>,
    pub(super) mechanism: Mechanism,
    pub(super) through: Option<String>,
    /// What tells it from another flow with the same of all these: who performs it, a number. Mostly empty.
    pub(super) apart: String,
}

/// A flow; `status` says how sure it is that it runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DraftFlow {
    pub(super) entry: Entry,
    pub(super) standing: Standing,
    /// Runs a year; `None` where one of the workflows that have it does not say.
    pub(super) runs: Option<f64>,
}

/// Whether a flow runs today, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The input says so.
    Live,
    /// The input does not say.
    TakenAsLive,
    /// The input says that its workflow is off, and somebody starts it by hand, which needs no switch.
    StartedByHand,
    /// It is switched off, or a template, and may be switched on.
    Planned,
    /// It is switched off, and is not to be built.
    Off,
}

/// Something that the inputs do not say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DraftQuestion {
    /// How much hangs on the answer; lower is asked first.
    pub(super) rank: u8,
    pub(super) id: String,
    pub(super) ask: String,
    /// The entry that takes the answer, by [`EntryKey`]; `None` for the whole file.
    pub(super) about: Option<EntryKey>,
    pub(super) answers: Vec<String>,
}

/// An entry of a draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntryKey {
    System(String),
    Flow(Box<FlowKey>),
    Team(String),
    Data(String),
    Process(String),
    /// A key of the file itself.
    Setting(&'static str),
}

/// What became of one leaf of an input: a step, an edge, a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The input, a place in the list of inputs.
    pub(super) input: usize,
    pub(super) fate: Fate,
}

/// Law: every leaf has exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It speaks of these entries: taken if it is the first to speak of one of them, else merged.
    Gave(Vec<EntryKey>),
    /// Nothing of it is in the draft.
    Dropped {
        /// What it is.
        what: &'static str,
        /// Where it stands.
        at: String,
        /// Why it gives nothing.
        why: &'static str,
    },
}

/// What a flow carries where an input does not say what moves.
pub(super) const UNSAID: &str = "records";

/// Systems, data objects, flows, teams, processes and questions of one or more inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    /// Keys of the file itself: `name`, `as_of`, `currency`, `hourly_rate`.
    pub(super) settings: BTreeMap<&'static str, Given>,
    /// Which values of these are stated, and where.
    pub(super) stated: Stated,
    pub(super) teams: BTreeMap<String, DraftTeam>,
    pub(super) systems: BTreeMap<String, DraftSystem>,
    pub(super) data: BTreeMap<String, Entry>,
    pub(super) flows: BTreeMap<FlowKey, DraftFlow>,
    pub(super) processes: BTreeMap<String, DraftProcess>,
    pub(super) questions: BTreeSet<DraftQuestion>,
    pub(super) units: Vec<Unit>,
    /// Catalog files of one's own by which products are known, as the stack file names them.
    pub(super) catalogs: Vec<String>,
}

impl Draft {
    /// Data objects as a person calls them: "Leads, Accounts".
    pub(super) fn objects_in_words<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> String {
        let name = |id: &String| match self.data.get(id).and_then(|entry| entry.fields.get("name")) {
            Some(Given { value: Value::Text(name), .. }) => name.clone(),
            _ => id.replace('-', " "),
        };
        ids.into_iter().map(name).collect::<Vec<String>>().join(", ")
    }
}

impl DraftFlow {
    /// Makes one flow of two that run instead of each other: the more frequent stands.
    pub(super) fn instead(&mut self, other: Self) {
        if other.standing < self.standing {
            (self.standing, self.runs) = (other.standing, other.runs);
        } else if other.standing == self.standing {
            self.runs = self.runs.zip(other.runs).map(|(one, other)| one.max(other));
        }
        self.join(other.entry);
    }

    /// Makes one flow of two that run besides each other: their runs add up, and the surer statement stands.
    fn besides(&mut self, other: Self) {
        if other.standing < self.standing {
            (self.standing, self.runs) = (other.standing, other.runs);
        } else if other.standing == self.standing {
            self.runs = self.runs.zip(other.runs).map(|(one, other)| one + other);
        }
        self.join(other.entry);
    }

    fn join(&mut self, other: Entry) {
        self.entry.itself = self.entry.itself.and(other.itself);
        self.entry.add(other);
    }
}

impl Entry {
    /// Unites what two inputs say of one entry: a stated value beats a guess; of two that are stated the lesser is kept,
    /// whatever came first, and both are noted.
    pub(super) fn add(&mut self, other: Self) {
        for (key, given) in other.fields {
            self.set(key, given);
        }
        for (key, value) in other.extras {
            match self.extras.entry(key) {
                Place::Vacant(place) => drop(place.insert(value)),
                Place::Occupied(mut place) if value < *place.get() => drop(place.insert(value)),
                Place::Occupied(_) => {}
            }
        }
        self.stated.add(other.stated);
        self.origins.extend(other.origins);
    }

    /// Sets a key, or unites it with what is known of it: lists of systems and notes hold what both say.
    pub(super) fn set(&mut self, key: &'static str, given: Given) {
        let is_united = key == "notes" || matches!(given.value, Value::Systems(_));
        // Names of one object differ in their spelling only.
        if given.guess.is_none() && !is_united && key != "name" {
            self.stated.note(key, &given);
        }
        let held = match self.fields.entry(key) {
            Place::Vacant(place) => {
                place.insert(given);
                return;
            }
            Place::Occupied(place) => place.into_mut(),
        };
        if given < *held && !is_united || held.value == given.value {
            *held = given.min(held.clone());
            return;
        }
        match (&mut held.value, &given.value) {
            (Value::Systems(all), Value::Systems(more)) => {
                all.extend(more.iter().cloned());
                all.sort();
                all.dedup();
            }
            (Value::Text(all), Value::Text(more)) if is_united => {
                let parts: BTreeSet<&str> = all.split("; ").chain(more.split("; ")).collect();
                *all = parts.into_iter().collect::<Vec<_>>().join("; ");
            }
            _ => {}
        }
    }

    /// Takes of values that are stated differently that of the first input by name.
    pub(super) fn take_first(&mut self) {
        for key in self.stated.disputed() {
            if let (Some(first), Some(held)) = (self.stated.first(key), self.fields.get_mut(key)) {
                *held = first;
            }
        }
    }

    /// Keys of which different values are stated.
    pub(super) fn disputes(&self) -> Vec<Dispute> {
        self.stated.disputes(|key| self.fields.get(key).map(|given| given.value.clone()))
    }

    /// Says where the values stand of which the place is not known yet: wherever the entry was found.
    pub(super) fn cite(&mut self) {
        let origins: Vec<At> = self.origins.iter().map(|origin| (origin.file.clone(), origin.at.clone())).collect();
        self.stated.cite(|_| origins.clone());
    }
}

impl Draft {
    /// Adds a system, or another place where it was found.
    pub(super) fn system(&mut self, named: &Named, origin: Origin) -> EntryKey {
        let system = self.systems.entry(named.key.clone()).or_insert_with(|| DraftSystem {
            named: named.clone(),
            called: None,
            entry: Entry::default(),
        });
        // The name that sorts first, so that the order of inputs does not matter.
        if named < &system.named {
            system.named = named.clone();
        }
        system.entry.origins.insert(origin);
        EntryKey::System(named.key.clone())
    }

    /// Adds a data object.
    pub(super) fn object(&mut self, id: &str, fields: BTreeMap<&'static str, Given>, origin: Origin) {
        let entry = self.data.entry(id.to_owned()).or_default();
        for (key, given) in fields {
            entry.set(key, given);
        }
        entry.origins.insert(origin);
    }

    /// Adds a team by its name, or another place where it was found; its key.
    pub(super) fn team(&mut self, name: &str, origin: Origin) -> String {
        let key = slug(name, "team");
        let team = self
            .teams
            .entry(key.clone())
            .or_insert_with(|| DraftTeam { name: name.to_owned(), entry: Entry::default() });
        // The name that sorts first, so that the order of inputs does not matter.
        if name < team.name.as_str() {
            name.clone_into(&mut team.name);
        }
        team.entry.origins.insert(origin);
        key
    }

    /// Adds a process by its name, or another place where it was found; its key.
    pub(super) fn process(&mut self, name: &str, origin: Origin) -> String {
        let key = slug(name, "process");
        let process = self.processes.entry(key.clone()).or_insert_with(|| DraftProcess {
            name: name.to_owned(),
            needs: BTreeSet::new(),
            entry: Entry::default(),
        });
        if name < process.name.as_str() {
            name.clone_into(&mut process.name);
        }
        process.entry.origins.insert(origin);
        key
    }

    /// Sets a key of the file itself; of two statements the lesser stands.
    pub(super) fn setting(&mut self, key: &'static str, given: Given) {
        // A title is no statement.
        if given.guess.is_none() && key != "name" {
            self.stated.note(key, &given);
        }
        match self.settings.entry(key) {
            Place::Vacant(place) => drop(place.insert(given)),
            Place::Occupied(mut place) if given < *place.get() => drop(place.insert(given)),
            Place::Occupied(_) => {}
        }
    }

    /// Settings of which different values are stated.
    pub(super) fn disputes(&self) -> Vec<Dispute> {
        self.stated.disputes(|key| self.settings.get(key).map(|given| given.value.clone()))
    }

    /// Adds a flow, or makes it one with an equal one of another workflow.
    pub(super) fn flow(&mut self, key: FlowKey, flow: DraftFlow) {
        match self.flows.get_mut(&key) {
            Some(known) => known.besides(flow),
            None => drop(self.flows.insert(key, flow)),
        }
    }
}
