//! Which systems go down with which, by `depends_on` alone.
//!
//! A member of an `any_of` takes nothing down by itself; what all live members of it stand on does.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Stack, SystemIx};

/// For each system the dependencies that name it.
#[derive(Clone, Debug)]
pub struct Dependents {
    named_by: Vec<Vec<usize>>,
    /// Of each dependency the system that has it, and how many live alternatives it names.
    entries: Vec<(SystemIx, usize)>,
}

impl Dependents {
    /// The dependencies of the live systems of `stack`.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let mut this = Self { named_by: vec![Vec::new(); stack.systems.len()], entries: Vec::new() };
        for (ix, system) in stack.live_systems() {
            for any in &system.depends_on {
                let live: Vec<SystemIx> =
                    any.iter().copied().filter(|needed| stack.system(*needed).is_live()).collect();
                live.iter().for_each(|needed| this.named_by[needed.at()].push(this.entries.len()));
                this.entries.push((ix, live.len()));
            }
        }
        this
    }

    /// The systems that go down when `ix` does, directly or through others, sorted; `most` of them, those that were
    /// found first.
    #[must_use]
    pub fn fall_with(&self, ix: SystemIx, most: usize) -> Vec<SystemIx> {
        let mut fallen = BTreeSet::new();
        let mut left: HashMap<usize, usize> = HashMap::new();
        let mut open = vec![ix];
        while let Some(next) = open.pop() {
            for entry in &self.named_by[next.at()] {
                let (system, alternatives) = self.entries[*entry];
                let left = left.entry(*entry).or_insert(alternatives);
                *left -= 1;
                if *left == 0 && fallen.len() < most && fallen.insert(system) {
                    open.push(system);
                }
            }
        }
        fallen.into_iter().collect()
    }
}

/// What a system stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandsOn {
    /// The systems each of which takes it down, directly or through others; by id.
    pub surely: Vec<SystemIx>,
    /// The groups of which one has to be up, its own and those of what it may stand on; each once, sorted.
    pub any_of: Vec<Vec<SystemIx>>,
}

/// Elements of all sets that are compared to find what every alternative stands on; beyond them what lies below an
/// `any_of` is left out of what is sure.
const SET_ELEMENTS: usize = 1_000_000;

/// What `system` stands on by `depends_on`.
#[must_use]
pub fn stands_on(stack: &Stack, system: SystemIx) -> StandsOn {
    let below = below(stack, system);
    let groups: BTreeSet<&Vec<SystemIx>> =
        below.iter().flat_map(|ix| &stack.system(*ix).depends_on).filter(|any| any.len() > 1).collect();
    let surely = if groups.is_empty() {
        let mut all = below;
        all.retain(|ix| *ix != system);
        all.sort_unstable();
        all
    } else {
        surely(stack, system, &below, SET_ELEMENTS)
    };
    StandsOn { surely, any_of: groups.into_iter().cloned().collect() }
}

/// `system` and everything that it names, directly or through others: each after all that it names itself.
fn below(stack: &Stack, system: SystemIx) -> Vec<SystemIx> {
    let mut done = Vec::new();
    let mut seen = BTreeSet::from([system]);
    let named = |ix: SystemIx| stack.system(ix).named_dependencies().collect::<Vec<_>>().into_iter();
    let mut path = vec![(system, named(system))];
    while let Some((ix, names)) = path.last_mut() {
        match names.next() {
            Some(next) if seen.insert(next) => path.push((next, named(next))),
            Some(_) => {}
            None => {
                done.push(*ix);
                path.pop();
            }
        }
    }
    done
}

/// What takes `system` down for sure: what each dependency stands on, of several alternatives what all live ones share. Beyond
/// `most` elements it is told of `system` alone.
fn surely(stack: &Stack, system: SystemIx, below: &[SystemIx], most: usize) -> Vec<SystemIx> {
    let mut sets: BTreeMap<SystemIx, BTreeSet<SystemIx>> = BTreeMap::new();
    let mut elements = 0;
    for ix in below {
        let mut set = BTreeSet::new();
        for any in &stack.system(*ix).depends_on {
            let with = |needed: &SystemIx| -> BTreeSet<SystemIx> {
                sets.get(needed).into_iter().flatten().copied().chain([*needed]).collect()
            };
            let live: Vec<&SystemIx> = any.iter().filter(|needed| stack.system(**needed).is_live()).collect();
            let alternatives = if any.len() > 1 && !live.is_empty() { live } else { any.iter().collect() };
            let Some((first, others)) = alternatives.split_first() else { continue };
            let shared = others.iter().map(|needed| with(needed)).fold(with(first), |all, one| &all & &one);
            set.extend(shared);
        }
        elements += set.len();
        if elements <= most || *ix == system {
            sets.insert(*ix, set);
        }
    }
    sets.remove(&system).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    const TWO_MODELS: &str = "sinew: 1
systems:
  writer: { kind: ai-content, depends_on: [gateway, { any_of: [azure, openai] }] }
  gateway: { kind: ipaas }
  azure: { kind: ai-content, depends_on: [cloud] }
  openai: { kind: ai-content, depends_on: [{ any_of: [cloud, other-cloud] }, cloud] }
  cloud: { kind: other }
  other-cloud: { kind: other }
";

    fn ids(stack: &Stack, systems: &[SystemIx]) -> Vec<String> {
        systems.iter().map(|ix| stack.system(*ix).id.to_string()).collect()
    }

    #[test]
    fn a_member_of_an_any_of_takes_nothing_down_and_what_all_of_them_stand_on_does() {
        let stack = stack_of(TWO_MODELS);
        let at = |id| stack.find_system(id).unwrap();
        let dependents = Dependents::of(&stack);
        let fall = |id| ids(&stack, &dependents.fall_with(at(id), 99));
        assert_eq!(fall("gateway"), ["writer"]);
        assert!(fall("azure").is_empty() && fall("other-cloud").is_empty());
        assert_eq!(fall("cloud"), ["azure", "openai", "writer"]);
        let found = stands_on(&stack, at("writer"));
        assert_eq!(ids(&stack, &found.surely), ["cloud", "gateway"]);
        let groups: Vec<Vec<String>> = found.any_of.iter().map(|any| ids(&stack, any)).collect();
        assert_eq!(groups, [["azure", "openai"], ["cloud", "other-cloud"]]);
    }

    #[test]
    fn where_sets_grow_too_large_only_what_a_system_names_itself_is_sure() {
        let stack = stack_of(TWO_MODELS);
        let writer = stack.find_system("writer").unwrap();
        let surely = |most| ids(&stack, &surely(&stack, writer, &below(&stack, writer), most));
        // The sets of azure, openai and writer have one element, one and two; without the first two nothing is shared.
        assert_eq!(surely(2), ["cloud", "gateway"]);
        assert_eq!(surely(0), ["gateway"]);
    }

    #[test]
    fn a_retired_alternative_is_none() {
        let stack =
            stack_of(&TWO_MODELS.replace("azure: { kind: ai-content,", "azure: { kind: ai-content, status: retired,"));
        let openai = stack.find_system("openai").unwrap();
        assert_eq!(ids(&stack, &Dependents::of(&stack).fall_with(openai, 99)), ["writer"]);
        let found = stands_on(&stack, stack.find_system("writer").unwrap());
        assert_eq!(ids(&stack, &found.surely), ["cloud", "gateway", "openai"]);
    }
}
