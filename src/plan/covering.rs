//! Which items cover which failures: found by building trial stacks with them and analyzing what comes of it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::analysis::Supply;
use crate::analysis::outages::{component_id, processes_down};
use crate::model::ProcessIx;
use sinew_graph::fixpoint::Derivation;
use sinew_graph::ix::IxSet;
use sinew_order::{ItemIx, List};

use super::building::Site;
use super::candidates::{Candidate, CandidateIx, Candidates, Subject};
use super::effort::sum;
use super::problem::{Gain, Origin, costs_no_more, expected_range, find, least};
use super::value::{Account, Exposure};

/// How many trial stacks may still be built to find who covers what. [`Trials::is_cut_short`] says whether something was
/// left untried.
#[derive(Clone, Debug)]
pub struct Trials {
    left: usize,
    is_cut_short: bool,
}

impl Trials {
    /// So many.
    #[must_use]
    pub fn most(left: usize) -> Self {
        Self { left, is_cut_short: false }
    }

    /// Whether something was left untried for want of trials.
    #[must_use]
    pub fn is_cut_short(&self) -> bool {
        self.is_cut_short
    }

    /// How many are left.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Counts what others were short of as its own.
    pub(super) fn join(&mut self, others: &Self) {
        self.is_cut_short |= others.is_cut_short;
    }

    /// Takes so many, or none where there are fewer.
    pub(super) fn take(&mut self, count: usize) -> bool {
        let is_there = count <= self.left;
        self.left -= if is_there { count } else { 0 };
        self.is_cut_short |= !is_there;
        is_there
    }
}

/// What is asked: items, and the failures that they may cover.
#[derive(Clone, Copy)]
pub(super) struct Cover<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) found: &'a Candidates,
    pub(super) items: &'a List<ItemIx, CandidateIx>,
    pub(super) account: &'a Account,
    /// Candidates that are asked for by name, to be built or not.
    pub(super) named: &'a BTreeSet<&'a str>,
}

/// A component with a process that its failure takes down, by its number among all of the account.
type Spot = usize;

/// The spots of an account, numbered by component and process.
struct Spots<'a> {
    /// By component: where its spots begin, and their processes.
    of: BTreeMap<&'a str, (Spot, Vec<ProcessIx>)>,
    names: Vec<(&'a str, ProcessIx)>,
}

impl<'a> Spots<'a> {
    fn of(account: &'a Account) -> Self {
        let mut this = Self { of: BTreeMap::new(), names: Vec::new() };
        for (component, costs) in &account.outages {
            let processes: Vec<ProcessIx> = costs.keys().copied().collect();
            let begin = this.names.len();
            this.names.extend(processes.iter().map(|process| (component.as_str(), *process)));
            this.of.insert(component, (begin, processes));
        }
        this
    }
}

/// A set of spots.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bits(Vec<u64>);

impl Bits {
    fn all(length: usize) -> Self {
        let mut bits = Self(vec![!0; length.div_ceil(64)]);
        if let Some(last) = bits.0.last_mut().filter(|_| !length.is_multiple_of(64)) {
            *last = (1 << (length % 64)) - 1;
        }
        bits
    }

    fn remove(&mut self, at: usize) {
        self.0[at / 64] &= !(1 << (at % 64));
    }

    fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(mine, theirs)| mine & !theirs == 0)
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len() * 64).filter(|at| self.has(*at))
    }
}

/// Which sets of items cover which failures that cost something: single items first, then small sets found by leaving out
/// of everything what is not needed. An item that covers nothing that a cheaper one does not is no way.
pub(super) fn outages(cover: Cover<'_>, trials: &mut Trials) -> Vec<Gain> {
    let spots = Spots::of(cover.account);
    let everything: Vec<ItemIx> = cover.items.places().filter(|item| cover.candidate(*item).moves_data()).collect();
    if spots.names.is_empty() || everything.is_empty() {
        return Vec::new();
    }
    let fixed = cover.covered(&everything, &spots);
    if fixed.is_empty() {
        return Vec::new();
    }
    let tried: Vec<ItemIx> = everything.iter().copied().take_while(|_| trials.take(1)).collect();
    let covers = |item: &ItemIx| (*item, cover.covered(&[*item], &spots));
    let mut alone: Vec<(ItemIx, Bits)> = tried.par_iter().map(covers).collect();
    alone.retain(|(_, covers)| !covers.is_empty());
    let alone = cover.undominated(&alone);
    let mut ways: BTreeMap<Spot, Vec<Vec<ItemIx>>> = BTreeMap::new();
    for (item, covers) in &alone {
        covers.iter().for_each(|spot| ways.entry(spot).or_default().push(vec![*item]));
    }
    for spot in fixed.iter() {
        if !ways.contains_key(&spot) && trials.take(everything.len()) {
            ways.insert(spot, vec![cover.shrunk(spot, &everything, &spots)]);
        }
    }
    let ways = ways.into_iter().map(|(spot, ways)| (spots.names[spot], least(cover.found, cover.items, ways)));
    let mut by_ways: BTreeMap<(&str, Vec<Vec<ItemIx>>), Vec<ProcessIx>> = BTreeMap::new();
    for ((component, process), ways) in ways {
        by_ways.entry((component, ways)).or_default().push(process);
    }
    let gain = |((component, ways), processes): ((&str, Vec<Vec<ItemIx>>), Vec<ProcessIx>)| {
        let exposure = Exposure { component: component.to_owned(), processes };
        let value = expected_range(cover.site.analysis.stack, &exposure);
        Gain { origin: Origin::Outage(exposure), value, ways }
    };
    by_ways.into_iter().map(gain).collect()
}

/// For each exposure, all of which `items` together cover, the sets of them that are found to do, each with its part of
/// the exposure. Where trials run out, a set that was found for another is taken, or all of `items`: that covers it for
/// certain, if not at least cost.
pub(super) fn together(
    cover: Cover<'_>,
    exposures: &[Exposure],
    items: &[ItemIx],
    trials: &mut Trials,
) -> Vec<(Exposure, Vec<ItemIx>)> {
    let spots = Spots::of(cover.account);
    let mut found: BTreeMap<(&str, Vec<ItemIx>), Vec<ProcessIx>> = BTreeMap::new();
    let mut known: Vec<(Vec<ItemIx>, Bits)> = Vec::new();
    for exposure in exposures {
        let Some((begin, processes)) = spots.of.get(exposure.component.as_str()) else { continue };
        for process in &exposure.processes {
            let Ok(at) = processes.binary_search(process) else { continue };
            let spot = begin + at;
            let way = if trials.take(items.len() + 1) {
                let way = cover.shrunk(spot, items, &spots);
                known.push((way.clone(), cover.covered(&way, &spots)));
                way
            } else {
                known.iter().find(|(_, covers)| covers.has(spot)).map_or_else(|| items.to_vec(), |(way, _)| way.clone())
            };
            found.entry((&exposure.component, way)).or_default().push(*process);
        }
    }
    let named = |((component, way), processes): ((&str, Vec<ItemIx>), Vec<ProcessIx>)| {
        (Exposure { component: component.to_owned(), processes }, way)
    };
    found.into_iter().map(named).collect()
}

impl Cover<'_> {
    fn candidate(&self, item: ItemIx) -> &Candidate {
        &self.found[self.items[item]]
    }

    /// Without the items that are for failures only and cover none that another does not which costs no more and needs
    /// nothing else. What is asked for by name stays, and replaces nothing.
    fn undominated(&self, alone: &[(ItemIx, Bits)]) -> Vec<(ItemIx, Bits)> {
        let is_free = |item: ItemIx| {
            let one = self.candidate(item);
            let is_link = |subject: &Subject| matches!(subject, Subject::Link(_) | Subject::Enabler);
            !one.subjects.iter().any(is_link) && one.quotas.is_empty() && !self.named.contains(one.id.as_str())
        };
        let is_better = |(a, theirs): &(ItemIx, Bits), (b, mine): &(ItemIx, Bits)| {
            a != b
                && mine.is_within(theirs)
                && self.candidate(*b).needs_all(self.candidate(*a))
                && costs_no_more(self.candidate(*a), self.candidate(*b), mine != theirs || a < b)
        };
        let free: Vec<bool> = alone.iter().map(|(item, _)| is_free(*item)).collect();
        let is_left = |at: &usize| {
            let rivals = alone.iter().zip(&free).filter(|(_, free)| **free);
            !free[*at] || !rivals.into_iter().any(|(other, _)| is_better(other, &alone[*at]))
        };
        (0..alone.len()).filter(is_left).map(|at| alone[at].clone()).collect()
    }

    /// A subset of `items`, none of which can be left out, that still covers the spot.
    fn shrunk(&self, spot: Spot, items: &[ItemIx], spots: &Spots<'_>) -> Vec<ItemIx> {
        let mut kept = items.to_vec();
        // The most expensive are tried first, so that the cheap ones stay.
        let mut order = items.to_vec();
        order.sort_by(|a, b| {
            let effort = |item: &ItemIx| sum(&self.candidate(*item).effort).likely;
            effort(b).total_cmp(&effort(a)).then(b.cmp(a))
        });
        for item in order {
            let without: Vec<ItemIx> = kept.iter().copied().filter(|other| *other != item).collect();
            if !without.is_empty() && self.covered(&without, spots).has(spot) {
                kept = without;
            }
        }
        kept
    }

    /// The spots that are gone when `items` are built with what they need: those that the stack which comes of it has not,
    /// where their processes run in it and run today.
    fn covered(&self, items: &[ItemIx], spots: &Spots<'_>) -> Bits {
        let mut built: BTreeSet<&str> = BTreeSet::new();
        for item in items {
            let candidate = self.candidate(*item);
            built.insert(&candidate.id);
            built.extend(candidate.needs.iter().map(String::as_str));
        }
        let candidates: Vec<&Candidate> = built.iter().filter_map(|id| find(&self.found.all, id)).collect();
        let target = self.site.build(&candidates).stack;
        let supply = Supply::of(&target);
        let today = Derivation::new(supply.with_standby()).least_fixpoint(&IxSet::new());
        let before = self.site.analysis;
        let runs: Vec<bool> = target
            .all_processes()
            .map(|(process, _)| today.holds(supply.runs(process)) && before.runs(process))
            .collect();
        let mut covered = Bits::all(spots.names.len());
        let idle = spots.names.iter().enumerate().filter(|(_, (_, process))| !runs[process.at()]);
        idle.for_each(|(spot, _)| covered.remove(spot));
        for (component, down) in supply.components().iter().zip(processes_down(&target, &supply)) {
            let Some((begin, processes)) = spots.of.get(component_id(&target, *component)) else { continue };
            let still = down.iter().filter_map(|process| processes.binary_search(process).ok());
            still.for_each(|at| covered.remove(begin + at));
        }
        covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_are_taken_whole_or_not_and_it_is_told_where_they_were_short() {
        let mut trials = Trials::most(5);
        assert!(trials.take(3));
        assert_eq!((trials.left(), trials.is_cut_short()), (2, false));
        assert!(!trials.take(3));
        assert_eq!((trials.left(), trials.is_cut_short()), (2, true));
        let mut others = Trials::most(1);
        others.join(&Trials::most(0));
        assert!(!others.is_cut_short());
        others.join(&trials);
        assert_eq!((others.left(), others.is_cut_short()), (1, true), "only what others were short of");
    }
}
