//! Drafts of several inputs as one, with ids, in an order that does not depend on that of the inputs.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::clean::slug;
use super::draft::{Draft, DraftFlow, EntryKey, Fate, FlowKey};

impl Draft {
    /// Adds everything that `other` says.
    pub(super) fn merge(&mut self, other: Self) {
        for (key, system) in other.systems {
            for origin in &system.entry.origins {
                self.system(&system.named, origin.clone());
            }
            let held = self.systems.get_mut(&key).expect("it was added");
            for (field, given) in system.entry.fields {
                let known = held.entry.fields.entry(field).or_insert_with(|| given.clone());
                if given.guess.is_none() && known.guess.is_some() {
                    *known = given;
                }
            }
        }
        for (id, entry) in other.data {
            for origin in entry.origins {
                self.object(&id, entry.fields.clone(), origin);
            }
        }
        for (key, flow) in other.flows {
            self.flow(key, flow);
        }
        self.questions.extend(other.questions);
        self.units.extend(other.units);
    }
}

/// The ids of systems, and the order and ids of flows.
pub(super) struct Ids<'d> {
    systems: Rc<BTreeMap<&'d str, String>>,
    /// The keys of the systems that are written.
    written: BTreeSet<&'d str>,
    own: Rc<BTreeMap<&'d FlowKey, String>>,
    /// Flows in the order of the file, each with an id of its own where its default is another's too.
    pub(super) flows: Vec<(&'d FlowKey, &'d DraftFlow, Option<String>)>,
}

impl<'d> Ids<'d> {
    pub(super) fn of(draft: &'d Draft) -> Self {
        let (mut systems, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for (key, system) in &draft.systems {
            let base = system.named.product.clone().unwrap_or_else(|| slug(&system.named.name, "system"));
            systems.insert(key.as_str(), unique(&base, &mut taken));
        }
        let written = systems.keys().copied().collect();
        let mut ids = Self { systems: Rc::new(systems), written, own: Rc::default(), flows: Vec::new() };
        let mut flows: Vec<(String, &FlowKey, &DraftFlow)> =
            draft.flows.iter().map(|(key, flow)| (ids.default_id(key), key, flow)).collect();
        flows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let (mut taken, mut own_ids) = (BTreeSet::new(), BTreeMap::new());
        for (id, key, flow) in flows {
            let own = unique(&id, &mut taken);
            let own = (own != id).then_some(own);
            own_ids.extend(own.clone().map(|own| (key, own)));
            ids.flows.push((key, flow, own));
        }
        ids.own = Rc::new(own_ids);
        ids
    }

    /// The same ids for a part of the draft, of which nothing else is written.
    pub(super) fn within(&self, part: &'d Draft) -> Self {
        let mut flows: Vec<(String, &FlowKey, &DraftFlow)> =
            part.flows.iter().map(|(key, flow)| (self.default_id(key), key, flow)).collect();
        flows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let flows = flows.into_iter().map(|(_, key, flow)| (key, flow, self.own.get(key).cloned())).collect();
        let written = part.systems.keys().map(String::as_str).collect();
        Self { systems: Rc::clone(&self.systems), written, own: Rc::clone(&self.own), flows }
    }

    /// The id of a system of the draft.
    pub(super) fn system<'k>(&'k self, key: &'k str) -> &'k str {
        self.systems.get(key).map_or(key, String::as_str)
    }

    /// Every system's key, in the order of their ids.
    pub(super) fn systems(&self) -> Vec<(&'d str, &str)> {
        let mut all: Vec<(&str, &str)> = self.written.iter().map(|key| (*key, self.system(key))).collect();
        all.sort_by_key(|(_, id)| *id);
        all
    }

    /// The id that a flow has where it states none.
    pub(super) fn default_id(&self, flow: &FlowKey) -> String {
        let data: Vec<&str> = flow.data.iter().map(String::as_str).collect();
        format!("{}->{}:{}", self.system(&flow.from), self.system(&flow.to), data.join(","))
    }
}

/// `id`, with a number behind it where it is taken; letter case aside.
fn unique(id: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken.contains(&id.to_lowercase()));
    let free = free.expect("there is always a next number");
    taken.insert(free.to_lowercase());
    free
}

/// What became of the leaves of one input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) taken: usize,
    pub(super) merged: usize,
    pub(super) dropped: usize,
}

/// The leaves of each input: taken is the first that speaks of an entry, in the order of the inputs.
pub(super) fn tallies(draft: &Draft, inputs: usize) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); inputs];
    let mut spoken: BTreeSet<&EntryKey> = BTreeSet::new();
    for unit in &draft.units {
        let tally = &mut tallies[unit.input];
        match &unit.fate {
            Fate::Dropped { .. } => tally.dropped += 1,
            Fate::Gave(entries) => {
                let mut is_first = false;
                for entry in entries {
                    is_first |= spoken.insert(entry);
                }
                if is_first { tally.taken += 1 } else { tally.merged += 1 }
            }
        }
    }
    tallies
}
