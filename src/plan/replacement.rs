//! Object by object: which links have to carry an object so that a handoff need not.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Analysis, Chain, Fact};
use crate::model::{DataIx, FlowIx, SystemIx};

use super::link::Link;

/// Sets of links that are considered for one handoff; of more, the first are.
const MOST_DEMANDS: usize = 24;

/// What has to be carried without a person: by link the objects.
pub type Demand = BTreeMap<usize, BTreeSet<DataIx>>;

/// One object of a handoff with the sets of links each of which makes carrying it by hand superfluous; none where
/// nothing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The object.
    pub data: DataIx,
    /// The sets of links, as places in their list.
    pub ways: Vec<BTreeSet<usize>>,
}

/// For every handoff what it takes to take each of its objects out of it.
///
/// An object need not be carried from one system to another by hand where the link between the two carries it. Nor where
/// the links over all chains carry it of which the handoff is a step: whatever the chains deliver is then delivered, and
/// what is between is only passed. A chain that comes back to a system that it has passed takes no link's place: what
/// happens on its way has to move into a system first. One that ends where it began keeps its steps alive; a loop of
/// carriers beside chains that lead on does not.
#[must_use]
pub fn replacements(analysis: &Analysis<'_>, links: &[Link]) -> BTreeMap<FlowIx, Vec<Replacement>> {
    let stack = analysis.stack;
    let places: BTreeMap<(SystemIx, SystemIx), usize> =
        links.iter().enumerate().map(|(at, link)| ((link.from, link.to), at)).collect();
    let covers = |from: SystemIx, to: SystemIx, data: DataIx| {
        places.get(&(from, to)).copied().filter(|at| links[*at].data.binary_search(&data).is_ok())
    };
    let replacement = |flow: FlowIx, data: DataIx| {
        let (from, to) = (stack.flow(flow).from, stack.flow(flow).to);
        let mut ways: Vec<BTreeSet<usize>> =
            covers(from, to, data).map(|at| BTreeSet::from([at])).into_iter().collect();
        // Of objects with too many chains not all are listed, and those left out may run over any of their flows.
        if analysis.handoffs.cut_short.binary_search(&data).is_err() {
            let chains = analysis.handoffs.chains_over([flow]).into_iter().filter(|chain| chain.data == data);
            ways.extend(over_chains(analysis, chains.collect(), &covers));
        }
        Replacement { data, ways: smallest(ways) }
    };
    let steps = analysis.handoffs.steps.iter().map(|(flow, _)| *flow);
    steps.map(|flow| (flow, stack.flow(flow).data.iter().map(|data| replacement(flow, *data)).collect())).collect()
}

/// The sets of links that deliver what all of `chains`, of one object, deliver.
fn over_chains(
    analysis: &Analysis<'_>,
    chains: Vec<&Chain>,
    covers: &dyn Fn(SystemIx, SystemIx, DataIx) -> Option<usize>,
) -> Vec<BTreeSet<usize>> {
    let leads_on = |chain: &&Chain| chain.from == chain.to || !chain.comes_back(analysis.stack);
    let chains: Vec<&Chain> = chains.into_iter().filter(leads_on).collect();
    if chains.is_empty() || chains.iter().any(|chain| chain.from == chain.to) {
        return Vec::new();
    }
    let mut ways = vec![BTreeSet::new()];
    for chain in chains {
        let begin = std::iter::once(vec![chain.from]);
        let upstream = sources(analysis, Fact { at: chain.from, data: chain.data });
        let options = begin.chain((!upstream.is_empty()).then_some(upstream)).filter_map(|sources| {
            let links = sources.into_iter().map(|from| covers(from, chain.to, chain.data).filter(|_| from != chain.to));
            links.collect::<Option<BTreeSet<usize>>>()
        });
        let options: Vec<BTreeSet<usize>> = options.collect();
        let both = |way: &BTreeSet<usize>, option: &BTreeSet<usize>| way.union(option).copied().collect();
        ways = smallest(ways.iter().flat_map(|way| options.iter().map(move |option| both(way, option))).collect());
    }
    ways
}

/// The sets that contain no other, the small ones first, each once.
fn smallest(mut sets: Vec<BTreeSet<usize>>) -> Vec<BTreeSet<usize>> {
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    sets.dedup();
    let mut kept: Vec<BTreeSet<usize>> = Vec::new();
    for set in sets {
        if kept.len() < MOST_DEMANDS && !kept.iter().any(|other| other.is_subset(&set)) {
            kept.push(set);
        }
    }
    kept
}

/// From where a carrier has an object that is used there, over carriers that only pass it: systems that are no carrier,
/// and carriers that make it or get it from nowhere; by id. Empty for a system that is none, or that makes it.
#[must_use]
pub(super) fn sources(analysis: &Analysis<'_>, fact: Fact) -> Vec<SystemIx> {
    let stack = analysis.stack;
    let begins = |fact: Fact| {
        let system = stack.system(fact.at);
        !system.is_carrier()
            || !analysis.regular.arrives(fact)
            || system.makes.iter().any(|making| making.data == fact.data)
    };
    if begins(fact) {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::from([fact]);
    let mut open = vec![fact];
    while let Some(fact) = open.pop() {
        for before in analysis.regular.into_fact(fact).into_iter().map(|delivery| delivery.other) {
            if begins(before) {
                found.insert(before.at);
            } else if seen.insert(before) {
                open.push(before);
            }
        }
    }
    found.into_iter().collect()
}

/// What has to be carried so that nothing of a handoff is left, in all ways that are known; none where something is.
#[must_use]
pub fn demands(objects: &[Replacement]) -> Vec<Demand> {
    let mut found = vec![Demand::new()];
    for object in objects {
        let with = |demand: &Demand, way: &BTreeSet<usize>| {
            let mut demand = demand.clone();
            for link in way {
                demand.entry(*link).or_default().insert(object.data);
            }
            demand
        };
        let mut longer: Vec<Demand> = Vec::new();
        for demand in found.iter().flat_map(|demand| object.ways.iter().map(move |way| with(demand, way))) {
            if longer.len() < MOST_DEMANDS && !longer.contains(&demand) {
                longer.push(demand);
            }
        }
        found = longer;
    }
    found
}

/// Whether all of `demand` is among what is `carried`.
#[must_use]
pub fn is_met(demand: &Demand, carried: &BTreeSet<(usize, DataIx)>) -> bool {
    demand.iter().all(|(link, objects)| objects.iter().all(|data| carried.contains(&(*link, *data))))
}
