//! What importers make and a stack file is written from: entries whose every value says where it stands, whether it was
//! stated or guessed, and which words were read as it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Mechanism;

use super::recognise::Named;

/// A value as a stack file will have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text, quoted where YAML needs it.
    Text(String),
    /// What is written as it stands: a word of a vocabulary, a rate, `true`.
    Literal(String),
}

/// A value and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) value: Value,
    /// Why it is a guess; `None` where the input states it.
    pub(super) guess: Option<&'static str>,
    /// The words that were read as it, where they are not the value itself.
    pub(super) said: Option<String>,
}

impl Given {
    pub(super) fn guessed(value: Value, why: &'static str) -> Self {
        Self { value, guess: Some(why), said: None }
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
    pub(super) fields: BTreeMap<&'static str, Given>,
    /// Why it is a guess that there is such an entry at all.
    pub(super) itself: Option<&'static str>,
    pub(super) origins: BTreeSet<Origin>,
}

/// A system by what it is matched by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftSystem {
    pub(super) named: Named,
    pub(super) entry: Entry,
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

/// Systems, data objects, flows and questions of one or more inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) systems: BTreeMap<String, DraftSystem>,
    pub(super) data: BTreeMap<String, Entry>,
    pub(super) flows: BTreeMap<FlowKey, DraftFlow>,
    pub(super) questions: BTreeSet<DraftQuestion>,
    pub(super) units: Vec<Unit>,
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
        for (field, given) in other.fields {
            let held = self.entry.fields.entry(field).or_insert_with(|| given.clone());
            if given.guess.is_none() {
                *held = given;
            }
        }
        self.entry.origins.extend(other.origins);
    }
}

impl Draft {
    /// Adds a system, or another place where it was found.
    pub(super) fn system(&mut self, named: &Named, origin: Origin) -> EntryKey {
        let system = self
            .systems
            .entry(named.key.clone())
            .or_insert_with(|| DraftSystem { named: named.clone(), entry: Entry::default() });
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
        entry.fields.extend(fields);
        entry.origins.insert(origin);
    }

    /// Adds a flow, or makes it one with an equal one of another workflow.
    pub(super) fn flow(&mut self, key: FlowKey, flow: DraftFlow) {
        match self.flows.get_mut(&key) {
            Some(known) => known.besides(flow),
            None => drop(self.flows.insert(key, flow)),
        }
    }
}
