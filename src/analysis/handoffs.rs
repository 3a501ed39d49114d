//! Handoffs: what people carry by hand, in which chains, for how many hours and at what cost.

use std::collections::BTreeSet;

use super::chains::{Chain, ChainFinder};
use crate::model::{Count, DataIx, Flow, FlowIx, Hours, Minutes, Money, Quantity, Range, Share, Stack};

/// Minutes to mend one wrong record where the file does not say.
pub const DEFAULT_ERROR_MINUTES: Minutes = Minutes(10.0);

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
    /// Objects of which not all chains are listed, because there are too many: the shortest are, and each manual step
    /// that is in none of those as a chain of its own.
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
    /// All handoffs of `stack`, and the chains that they form. Every object of every handoff is in at least one of them.
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
