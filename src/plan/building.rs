//! What comes of a stack when some of the candidates are built: what need not be carried by hand any more, and the target.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use sinew_order::List;

use crate::analysis::Analysis;
use crate::model::{DataIx, FlowIx, Money, Range, Stack};

use super::candidates::{Candidate, Subject};
use super::edit::{Change, Edit, Edits, Replaced, edited};
use super::link::{Link, LinkIx};
use super::replacement::{Demand, Replacement, demands, is_met, replacements};

/// A stack with its links, ready to be built upon.
pub struct Site<'a> {
    /// The stack before any item is built.
    pub analysis: &'a Analysis<'a>,
    /// Pairs of systems that data should flow between, as found in it.
    pub links: &'a List<LinkIx, Link>,
    /// For each handoff what it takes to take each of its objects out of it.
    pub replacements: BTreeMap<FlowIx, Vec<Replacement>>,
    /// The flows whose `value` is earned once they, or what they were planned for, run by themselves.
    pub worths: Vec<(FlowIx, Range<Money>, Vec<Demand>)>,
    /// How many stacks were built here, each of which is analyzed: counted, so that work can be bounded without a clock.
    built: AtomicUsize,
}

/// What happens to a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trace {
    /// The item builds it.
    Built(String),
    /// The item makes it carry more, or makes it live.
    Changed(String),
    /// The items take its place; it only stands by.
    Replaced(Vec<String>),
    /// The items carry some of its objects; the rest is carried by hand as before.
    Relieved(Vec<String>),
    /// It stands by for what the items took out of a handoff that goes on with the rest.
    SplitOff(Vec<String>),
}

impl std::fmt::Display for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Built(item) => write!(f, "item {item}"),
            Self::Changed(item) => write!(f, "changed by item {item}"),
            Self::Replaced(items) | Self::SplitOff(items) => write!(f, "stands by since item {}", items.join(", ")),
            Self::Relieved(items) => write!(f, "carries less since item {}", items.join(", ")),
        }
    }
}

/// What some candidates together do.
#[derive(Clone, Debug)]
pub struct Built {
    /// The stack as it will be.
    pub stack: Stack,
    /// New flows, each with the item that builds it, by id.
    pub built_by: BTreeMap<String, String>,
    /// The objects that are taken out of handoffs.
    pub replaced: Replaced,
    /// Flows that stand by for what was taken out of a handoff that carries other objects on, by id, each with the handoff.
    pub split_from: BTreeMap<String, FlowIx>,
    /// What runs by itself now: links with their objects.
    pub carried: BTreeSet<(LinkIx, DataIx)>,
}

impl<'a> Site<'a> {
    /// The site of an analyzed stack.
    #[must_use]
    pub fn of(analysis: &'a Analysis<'a>, links: &'a List<LinkIx, Link>) -> Self {
        let replacements = replacements(analysis, links);
        let worths = worths(analysis.stack, links, &replacements);
        Self { analysis, links, replacements, worths, built: AtomicUsize::new(0) }
    }

    /// How many stacks were built so far.
    #[must_use]
    pub fn count_built(&self) -> usize {
        self.built.load(Ordering::Relaxed)
    }

    /// What `candidates` carry by themselves: links with their objects.
    fn carried(&self, candidates: &[&Candidate]) -> BTreeSet<(LinkIx, DataIx)> {
        let mut carried = BTreeSet::new();
        for candidate in candidates {
            for subject in &candidate.subjects {
                let Subject::Link(at) = subject else { continue };
                let objects = self.links[*at].data.iter().map(|data| (*at, *data));
                carried.extend(objects.filter(|object| !candidate.leaves.contains(object)));
            }
        }
        carried
    }

    /// Builds `candidates`. What they carry is taken out of the handoffs that carried it, object by object. A handoff of
    /// which nothing is left stays as a standby flow, because people can still do it, and what only stands by takes no
    /// hours; so does what is taken out of one that goes on with other objects.
    #[must_use]
    pub fn build(&self, candidates: &[&Candidate]) -> Built {
        self.count();
        self.build_ahead(candidates)
    }

    /// Counts a stack as built.
    pub(super) fn count(&self) {
        self.built.fetch_add(1, Ordering::Relaxed);
    }

    /// As [`Self::build`], of what may never be asked for and is counted only when it is.
    pub(super) fn build_ahead(&self, candidates: &[&Candidate]) -> Built {
        let carried = self.carried(candidates);
        let is_carried = |at: &LinkIx| self.links[*at].data.iter().all(|data| carried.contains(&(*at, *data)));
        let mut replaced = Replaced::new();
        for (flow, objects) in &self.replacements {
            let is_replaced = |object: &&Replacement| {
                object.ways.iter().any(|way| way.iter().all(|at| carried.contains(&(*at, object.data))))
            };
            let gone: Vec<DataIx> = objects.iter().filter(is_replaced).map(|object| object.data).collect();
            if !gone.is_empty() {
                replaced.insert(*flow, gone);
            }
        }
        let live: BTreeSet<FlowIx> = candidates
            .iter()
            .flat_map(|candidate| &candidate.edits)
            .filter_map(|edit| if let Edit::MakeLive(flow) = edit { Some(*flow) } else { None })
            .collect();
        let covered: BTreeSet<LinkIx> = carried.iter().map(|(at, _)| *at).filter(is_carried).collect();
        let planned = covered.iter().flat_map(|at| self.links[*at].planned.iter().copied());
        let superseded: BTreeSet<FlowIx> = planned.filter(|flow| !live.contains(flow)).collect();
        let changes: Vec<Change<'_>> =
            candidates.iter().map(|candidate| Change { item: &candidate.id, edits: &candidate.edits }).collect();
        let origins = self.analysis.supply.assumed_origins();
        let edits = Edits { changes: &changes, replaced: &replaced, superseded: &superseded, origins };
        let edited = edited(self.analysis.stack, edits);
        Built { stack: edited.stack, built_by: edited.built_by, replaced, split_from: edited.split_from, carried }
    }

    /// For every flow of the target that the items build, extend or replace, by id: what happens to it.
    #[must_use]
    pub fn traces(&self, candidates: &[&Candidate], built: &Built) -> BTreeMap<String, Trace> {
        let stack = self.analysis.stack;
        let id = |ix: FlowIx| stack.flow(ix).id.to_string();
        let mut traces: BTreeMap<String, Trace> = BTreeMap::new();
        traces.extend(built.built_by.iter().map(|(flow, item)| (flow.clone(), Trace::Built(item.clone()))));
        for candidate in candidates {
            for edit in &candidate.edits {
                if let Edit::ExtendFlow(flow, _) | Edit::MakeLive(flow) | Edit::Pace(flow, _) | Edit::Bulk(flow) = edit
                {
                    traces.insert(id(*flow), Trace::Changed(candidate.id.clone()));
                }
            }
        }
        for (flow, objects) in &built.replaced {
            let items = self.items_for(*flow, objects, candidates);
            let is_gone = objects.len() == stack.flow(*flow).data.len();
            let trace = if is_gone { Trace::Replaced(items) } else { Trace::Relieved(items) };
            traces.insert(id(*flow), trace);
        }
        for (copy, flow) in &built.split_from {
            traces.insert(copy.clone(), Trace::SplitOff(self.items_for(*flow, &built.replaced[flow], candidates)));
        }
        traces
    }

    /// Those of `candidates` that have a part in taking `objects` out of `flow`, by id.
    fn items_for(&self, flow: FlowIx, objects: &[DataIx], candidates: &[&Candidate]) -> Vec<String> {
        let gone = self.replacements[&flow].iter().filter(|object| objects.contains(&object.data));
        let links: BTreeSet<LinkIx> = gone.flat_map(|object| object.ways.iter().flatten().copied()).collect();
        let serves = |one: &&&Candidate| links.iter().any(|at| one.subjects.contains(&Subject::Link(*at)));
        candidates.iter().filter(serves).map(|one| one.id.clone()).collect()
    }

    /// What `built` earns a year beyond hours, errors and outages.
    #[must_use]
    pub fn worth(&self, built: &Built) -> f64 {
        let is_earned = |demands: &[Demand]| demands.iter().any(|demand| is_met(demand, &built.carried));
        let earned = self.worths.iter().filter(|(_, _, demands)| is_earned(demands));
        earned.map(|(_, value, _)| value.likely.0).sum()
    }
}

fn worths(
    stack: &Stack,
    links: &List<LinkIx, Link>,
    replacements: &BTreeMap<FlowIx, Vec<Replacement>>,
) -> Vec<(FlowIx, Range<Money>, Vec<Demand>)> {
    let value = |flow: FlowIx| stack.flow(flow).rated.value;
    let handoffs = replacements.iter().filter_map(|(flow, objects)| Some((*flow, value(*flow)?, demands(objects))));
    let whole = |at: LinkIx, flow: FlowIx| Demand::from([(at, stack.flow(flow).data.iter().copied().collect())]);
    let planned = links.enumerate().flat_map(|(at, link)| link.planned.iter().map(move |flow| (at, *flow)));
    let planned = planned.filter_map(|(at, flow)| Some((flow, value(flow)?, vec![whole(at, flow)])));
    handoffs.chain(planned).collect()
}
