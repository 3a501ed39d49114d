//! Handoffs: what people carry by hand, in which chains, for how many hours and at what cost.

use std::collections::{BTreeSet, HashSet};

use crate::analysis::{Deliveries, Fact, Flows, assumed_origins};
use crate::model::{
    Count, DataIx, Flow, FlowIx, Hours, Minutes, Money, Quantity, Range, Share, Stack, SystemIx, TeamIx,
};
use sinew_graph::chains::{Bounds, Relays, paths_through_relays};

/// Minutes to mend one wrong record where the file does not say.
pub const DEFAULT_ERROR_MINUTES: Minutes = Minutes(10.0);

/// Chains that one object may have beyond ten for each of its deliveries, before the rest is left out and that is told.
/// Only carriers that all feed each other come near it.
const FREE_CHAINS: usize = 1_000;

/// Steps that may be looked at for the chains of one object beyond a hundred for each of its deliveries.
const FREE_STEPS: usize = 100_000;

/// Steps that may be looked at for all objects together beyond a hundred for each delivery.
const FREE_STEPS_IN_ALL: usize = 2_000_000;

/// Work and money of a year; `None` where a figure is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// Hours of work for the runs themselves.
    pub hours: Range<Hours>,
    /// Hours of work to mend what went wrong.
    pub error_hours: Range<Hours>,
    /// What both cost.
    pub cost: Range<Money>,
}

impl Effort {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            hours: self.hours + other.hours,
            error_hours: self.error_hours + other.error_hours,
            cost: self.cost + other.cost,
        }
    }
}

/// One data object carried from system to system over relays, at least once by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The ids of its steps joined by `+`, then `:` and the object.
    pub id: String,
    /// What is carried.
    pub data: DataIx,
    /// Where it begins.
    pub from: SystemIx,
    /// Where it ends.
    pub to: SystemIx,
    /// Its flows in order, automated ones included.
    pub steps: Vec<FlowIx>,
    /// Whether what is carried comes unchanged from an AI tool.
    pub is_ai_output: bool,
    /// Its manual steps together; `None` where one of them has no figures.
    pub effort: Option<Effort>,
    /// Who performs its manual steps, where that is said; by id, each once.
    pub performers: Vec<TeamIx>,
}

/// Everything that people carry by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoffs {
    /// All chains: by likely cost descending (unknown last), AI outputs first where equal, then id.
    pub chains: Vec<Chain>,
    /// Every handoff with figures, each counted once.
    pub total: Effort,
    /// The chains without figures, by id.
    pub unknown: Vec<String>,
    /// The handoffs: manual flows in regular use, by id, each with its effort where it has figures.
    pub steps: Vec<(FlowIx, Option<Effort>)>,
    /// Objects of which not all chains are listed, because there are too many.
    pub cut_short: Vec<DataIx>,
    /// Each step of each chain with the place of the chain; sorted.
    chains_by_step: Vec<(FlowIx, u32)>,
}

/// Whether `flow` is a handoff: a person performs it, in regular use.
#[must_use]
pub fn is_handoff(stack: &Stack, flow: &Flow) -> bool {
    flow.is_manual() && !flow.is_standby && stack.is_live(flow)
}

/// The work of a year that `flow` takes, if it has figures: runs, minutes and a rate. Low from the low values
/// throughout, high from the high.
#[must_use]
pub fn effort(stack: &Stack, flow: &Flow) -> Option<Effort> {
    let (runs, minutes) = (flow.runs?, flow.minutes?);
    let rate = stack.rate(flow.performer)?;
    let records = flow.records.unwrap_or(Range::exact(Count(1.0)));
    let error_rate = flow.error_rate.unwrap_or(Range::exact(Share(0.0)));
    let error_minutes = stack.error_minutes.unwrap_or(Range::exact(DEFAULT_ERROR_MINUTES));
    let times = |a: f64, b: f64| a * b;
    let hours = runs.map(|runs| runs.0 / 60.0).zip(minutes.map(Quantity::amount), times);
    let wrong = runs
        .map(Quantity::amount)
        .zip(records.map(Quantity::amount), times)
        .zip(error_rate.map(Quantity::amount), times);
    let error_hours = wrong.zip(error_minutes.map(|minutes| minutes.0 / 60.0), times);
    let cost = (hours.zip(error_hours, |a, b| a + b)).zip(rate.map(Quantity::amount), times);
    Some(Effort { hours: hours.map(Hours), error_hours: error_hours.map(Hours), cost: cost.map(Money) })
}

impl Handoffs {
    /// All handoffs of `stack`, and the chains that they form.
    ///
    /// Linear in the flows and in the length of the chains listed.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let handoffs = stack.live_flows().filter(|(_, flow)| is_handoff(stack, flow));
        let steps: Vec<(FlowIx, Option<Effort>)> = handoffs.map(|(ix, flow)| (ix, effort(stack, flow))).collect();
        let total = steps.iter().filter_map(|(_, effort)| *effort).fold(Effort::default(), Effort::plus);
        let (mut chains, cut_short) = ChainFinder::new(stack).chains();
        let likely = |chain: &Chain| chain.effort.map(|effort| effort.cost.likely.0);
        chains.sort_by(|a, b| {
            let cost = likely(b).partial_cmp(&likely(a)).unwrap_or(std::cmp::Ordering::Equal);
            cost.then(b.is_ai_output.cmp(&a.is_ai_output)).then_with(|| a.id.cmp(&b.id))
        });
        let mut unknown: Vec<String> =
            chains.iter().filter(|chain| chain.effort.is_none()).map(|chain| chain.id.clone()).collect();
        unknown.sort_unstable();
        let places = (0u32..).zip(&chains).flat_map(|(at, chain)| chain.steps.iter().map(move |flow| (*flow, at)));
        let mut chains_by_step: Vec<(FlowIx, u32)> = places.collect();
        chains_by_step.sort_unstable();
        Self { chains, total, unknown, steps, cut_short: cut_short.into_iter().collect(), chains_by_step }
    }

    /// The chains with at least one of `flows` among their steps, each once, in their order.
    #[must_use]
    pub fn chains_over(&self, flows: impl IntoIterator<Item = FlowIx>) -> Vec<&Chain> {
        let places = flows.into_iter().flat_map(|flow| {
            let begin = self.chains_by_step.partition_point(|(step, _)| *step < flow);
            self.chains_by_step[begin..].iter().take_while(move |(step, _)| *step == flow).map(|(_, at)| *at)
        });
        let places: BTreeSet<u32> = places.collect();
        places.into_iter().map(|at| &self.chains[at as usize]).collect()
    }

    /// What the manual steps of all of `chains` take together, each step once; `None` where one has no figures.
    #[must_use]
    pub fn effort_of<'c>(&self, chains: impl IntoIterator<Item = &'c Chain>) -> Option<Effort> {
        let flows: BTreeSet<FlowIx> = chains.into_iter().flat_map(|chain| chain.steps.iter().copied()).collect();
        self.effort_of_flows(flows)
    }

    /// What those of `flows` that are handoffs take together; `None` where one has no figures. Each is to be named once.
    #[must_use]
    pub fn effort_of_flows(&self, flows: impl IntoIterator<Item = FlowIx>) -> Option<Effort> {
        let step = |flow| self.steps.binary_search_by_key(&flow, |(ix, _)| *ix).ok().map(|at| self.steps[at].1);
        flows
            .into_iter()
            .filter_map(step)
            .try_fold(Effort::default(), |sum, effort| effort.map(|effort| sum.plus(effort)))
    }
}

/// What finding chains needs to know of the stack.
struct ChainFinder<'s> {
    stack: &'s Stack,
    deliveries: Deliveries,
    manual: HashSet<FlowIx>,
}

impl Relays for ChainFinder<'_> {
    type Vertex = Fact;
    type Edge = FlowIx;

    fn out_of(&self, fact: Fact) -> Vec<(FlowIx, Fact)> {
        self.deliveries.out_of(fact).into_iter().map(|delivery| (delivery.flow, delivery.other)).collect()
    }

    fn is_relay(&self, fact: Fact) -> bool {
        self.stack.system(fact.at).is_carrier()
    }

    fn is_end(&self, fact: Fact) -> bool {
        !self.is_relay(fact) || !self.deliveries.leaves(fact)
    }
}

impl<'s> ChainFinder<'s> {
    fn new(stack: &'s Stack) -> Self {
        let manual = stack.live_flows().filter(|(_, flow)| is_handoff(stack, flow)).map(|(ix, _)| ix).collect();
        Self { stack, deliveries: Deliveries::of(stack, Flows::Regular), manual }
    }

    /// All chains, by where they begin, and the objects of which some were left out.
    fn chains(&self) -> (Vec<Chain>, BTreeSet<DataIx>) {
        let from_ai = self.facts_from_ai();
        let mut starts = self.deliveries.facts();
        starts.sort_by_key(|fact| (fact.data, fact.at));
        let mut steps_left = FREE_STEPS_IN_ALL + 100 * starts.len();
        let (mut chains, mut cut_short) = (Vec::new(), BTreeSet::new());
        for starts in starts.chunk_by(|a, b| a.data == b.data) {
            let deliveries: usize = starts.iter().map(|fact| self.deliveries.out_of(*fact).len()).sum();
            let steps = (FREE_STEPS + 100 * deliveries).min(steps_left);
            let mut left = Bounds { paths: FREE_CHAINS + 10 * deliveries, steps };
            for start in starts.iter().filter(|start| self.begins(**start)) {
                let found = paths_through_relays(self, *start, left);
                left.paths -= found.paths.len();
                left.steps -= found.steps.min(left.steps);
                if found.is_cut_short {
                    cut_short.insert(start.data);
                }
                let is_chain = |steps: &Vec<FlowIx>| steps.iter().any(|flow| self.manual.contains(flow));
                let paths = found.paths.into_iter().filter(is_chain);
                chains.extend(paths.map(|steps| self.chain(*start, steps, from_ai.contains(start))));
            }
            steps_left -= steps - left.steps;
        }
        (chains, cut_short)
    }

    /// A chain begins at no carrier, or at one that makes the object or gets it from nowhere.
    fn begins(&self, fact: Fact) -> bool {
        let system = self.stack.system(fact.at);
        self.deliveries.leaves(fact)
            && (!system.is_carrier()
                || !self.deliveries.arrives(fact)
                || system.makes.iter().any(|making| making.data == fact.data))
    }

    /// Facts to which an object comes unchanged from an AI tool that makes it or counts as its origin.
    fn facts_from_ai(&self) -> HashSet<Fact> {
        let is_ai = |at: SystemIx| self.stack.system(at).is_ai();
        let makes = |fact: &Fact| self.stack.system(fact.at).makes.iter().any(|making| making.data == fact.data);
        let assumed = assumed_origins(self.stack, &Deliveries::of(self.stack, Flows::All));
        let made = self.deliveries.facts().into_iter().filter(makes);
        let sources: Vec<Fact> = made.chain(assumed).filter(|fact| is_ai(fact.at)).collect();
        let reached = self.deliveries.reached_from(sources);
        // An object that an AI tool passes on is its output too, wherever the tool had it from.
        let passed_on =
            self.deliveries.facts().into_iter().filter(|fact| is_ai(fact.at) && self.deliveries.leaves(*fact));
        reached.into_iter().chain(passed_on).collect()
    }

    fn chain(&self, start: Fact, steps: Vec<FlowIx>, is_ai_output: bool) -> Chain {
        let flows: Vec<&Flow> = steps.iter().map(|ix| self.stack.flow(*ix)).collect();
        let manual = || steps.iter().zip(&flows).filter(|(ix, _)| self.manual.contains(ix)).map(|(_, flow)| *flow);
        let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
        let data = self.stack.data_object(start.data);
        let mut performers: Vec<TeamIx> = manual().filter_map(|flow| flow.performer).collect();
        performers.sort_unstable();
        performers.dedup();
        Chain {
            id: format!("{}:{}", ids.join("+"), data.id),
            data: start.data,
            from: start.at,
            to: flows.last().map_or(start.at, |flow| flow.to),
            is_ai_output,
            effort: manual()
                .try_fold(Effort::default(), |sum, flow| effort(self.stack, flow).map(|effort| sum.plus(effort))),
            performers,
            steps,
        }
    }
}
