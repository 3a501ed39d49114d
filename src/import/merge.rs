//! Drafts of several inputs as one, with ids, in an order that does not depend on that of the inputs.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::clean::slug;
use super::draft::{Draft, DraftFlow, Entry, EntryKey, Fate, FlowKey};

impl Draft {
    /// Adds everything that `other` says.
    pub(super) fn merge(&mut self, mut other: Self) {
        other.each_entry(Entry::cite);
        for (key, system) in other.systems {
            for origin in &system.entry.origins {
                self.system(&system.named, origin.clone());
            }
            // A system without a place is known by what depends on it.
            let Some(held) = self.systems.get_mut(&key) else { continue };
            held.entry.itself = held.entry.itself.and(system.entry.itself);
            held.called = [held.called.take(), system.called].into_iter().flatten().min();
            held.entry.add(system.entry);
        }
        for (id, entry) in other.data {
            self.data.entry(id).or_default().add(entry);
        }
        for team in other.teams.into_values() {
            for origin in &team.entry.origins {
                let key = self.team(&team.name, origin.clone());
                self.teams.entry(key).and_modify(|held| held.entry.add(team.entry.clone()));
            }
        }
        for process in other.processes.into_values() {
            for origin in &process.entry.origins {
                let key = self.process(&process.name, origin.clone());
                self.processes.entry(key).and_modify(|held| {
                    held.entry.add(process.entry.clone());
                    held.needs.extend(process.needs.iter().cloned());
                });
            }
        }
        for (key, given) in other.settings {
            self.setting(key, given);
        }
        self.stated.add(other.stated);
        for (key, flow) in other.flows {
            self.flow(key, flow);
        }
        self.questions.extend(other.questions);
        self.units.extend(other.units);
    }

    /// Changes every entry.
    pub(super) fn each_entry(&mut self, change: impl Fn(&mut Entry)) {
        self.systems.values_mut().for_each(|one| change(&mut one.entry));
        self.data.values_mut().for_each(&change);
        self.teams.values_mut().for_each(|one| change(&mut one.entry));
        self.processes.values_mut().for_each(|one| change(&mut one.entry));
        self.flows.values_mut().for_each(|one| change(&mut one.entry));
    }
}

/// The ids of systems, and the order and ids of flows.
pub(super) struct Ids<'d> {
    systems: Rc<BTreeMap<&'d str, String>>,
    /// The keys of the systems that are written.
    written: BTreeSet<&'d str>,
    own: Rc<BTreeMap<&'d FlowKey, String>>,
    teams: Rc<BTreeMap<&'d str, String>>,
    /// Flows in the order of the file, each with an id of its own where its default is another's too.
    pub(super) flows: Vec<(&'d FlowKey, &'d DraftFlow, Option<String>)>,
}

impl<'d> Ids<'d> {
    pub(super) fn of(draft: &'d Draft) -> Self {
        let (mut systems, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for (key, system) in &draft.systems {
            let base = match (&system.called, &system.named.product) {
                (Some(called), _) => slug(called, "system"),
                (None, Some(product)) => product.clone(),
                (None, None) => slug(&system.named.name, "system"),
            };
            systems.insert(key.as_str(), unique(&base, &mut taken));
        }
        // Systems, teams and flows share one name space.
        let teams = draft.teams.keys().map(|key| (key.as_str(), unique(key, &mut taken))).collect();
        let written = systems.keys().copied().collect();
        let mut ids =
            Self { systems: Rc::new(systems), teams: Rc::new(teams), written, own: Rc::default(), flows: Vec::new() };
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
        Self {
            systems: Rc::clone(&self.systems),
            teams: Rc::clone(&self.teams),
            written,
            own: Rc::clone(&self.own),
            flows,
        }
    }

    /// The id of a system of the draft.
    pub(super) fn system<'k>(&'k self, key: &'k str) -> &'k str {
        self.systems.get(key).map_or(key, String::as_str)
    }

    /// The id of a team of the draft.
    pub(super) fn team<'k>(&'k self, key: &'k str) -> &'k str {
        self.teams.get(key).map_or(key, String::as_str)
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
