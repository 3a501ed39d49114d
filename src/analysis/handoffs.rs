//! Handoffs: what people carry by hand, in which chains, for how many hours and at what cost.

use std::collections::BTreeSet;

use super::chains::{Chain, ChainFinder};
use crate::model::{Count, DataIx, Flow, FlowIx, Hours, Minutes, Money, Quantity, Range, Share, Stack};

/// Minutes to fix one wrong record where the file does not say.
pub const DEFAULT_ERROR_MINUTES: Minutes = Minutes(10.0);

/// Work and money of a year; `None` where a figure is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// Hours of work for the runs themselves.
    pub hours: Range<Hours>,
    /// Hours of work to fix what went wrong.
    pub error_hours: Range<Hours>,
    /// Hours and error hours at the rate of who performs them.
    pub cost: Range<Money>,
}

impl Effort {
    /// The sum with `other`, end by end.
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
    let (runs, minutes) = (flow.runs?, flow.minutes_a_run()?);
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
            cost.then(b.is_ai_output().cmp(&a.is_ai_output())).then_with(|| a.id.cmp(&b.id))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    const ONE_EACH: &str = "sinew: 1
hourly_rate: 60
error_minutes: 12
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms } }
data: { d: {} }
flows:
  - { id: automated, from: a, to: b, data: d, mechanism: api, runs: 1/day }
  - { id: by-hand, from: a, to: b, data: d, mechanism: copy-paste, runs: [100, 200, 300], minutes: [3, 6, 9], records: [5, 10, 20], error_rate: [1%, 5%, 10%] }
  - { id: planned, from: a, to: b, data: d, mechanism: copy-paste, status: planned, runs: 1/day, minutes: 5 }
  - { id: spare, from: a, to: b, data: d, mechanism: copy-paste, standby: true, runs: 1/day, minutes: 5 }
";

    #[test]
    fn only_live_manual_flows_in_regular_use_are_handoffs() {
        let stack = stack_of(ONE_EACH);
        let handoffs = Handoffs::of(&stack);
        let steps: Vec<&str> = handoffs.steps.iter().map(|(ix, _)| stack.flow(*ix).id.as_str()).collect();
        assert_eq!(steps, ["by-hand"]);
        let chains: Vec<&str> = handoffs.chains.iter().map(|chain| chain.id.as_str()).collect();
        assert_eq!(chains, ["by-hand"]);
    }

    #[test]
    fn hours_error_hours_and_cost_by_hand() {
        let stack = stack_of(ONE_EACH);
        let total = Handoffs::of(&stack).total;
        let close = |range: Range<f64>, expected: [f64; 3]| {
            let found = [range.low, range.likely, range.high];
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}, not {expected:?}");
        };
        // 100 x 3 min, 200 x 6 min, 300 x 9 min.
        close(total.hours.map(Quantity::amount), [5.0, 20.0, 45.0]);
        // 100 x 5 x 1% = 5 wrong records of 12 min; 200 x 10 x 5% = 100; 300 x 20 x 10% = 600.
        close(total.error_hours.map(Quantity::amount), [1.0, 20.0, 120.0]);
        // 60 an hour.
        close(total.cost.map(Quantity::amount), [360.0, 2_400.0, 9_900.0]);
    }

    #[test]
    fn a_record_takes_ten_minutes_and_a_run_has_one_where_nothing_is_stated() {
        let text = ONE_EACH.replace("error_minutes: 12\n", "").replace("records: [5, 10, 20], ", "");
        // 200 x 1 x 5% = 10 wrong records of 10 min.
        let hours = Handoffs::of(&stack_of(&text)).total.error_hours.likely.0;
        assert!((hours - 10.0 * 10.0 / 60.0).abs() < 1e-9, "{hours}");
    }

    #[test]
    fn a_step_in_two_chains_counts_once_in_the_total_and_in_each_chain() {
        let stack = stack_of(
            "sinew: 1
hourly_rate: 60
systems: { a: { kind: crm, makes: [d] }, sheet: { kind: spreadsheet }, x: { kind: cms }, y: { kind: cms } }
data: { d: {} }
flows:
  - { id: f, from: a, to: sheet, data: d, mechanism: message, runs: 60, minutes: 1 }
  - { id: g, from: sheet, to: x, data: d, mechanism: message, runs: 60, minutes: 2 }
  - { id: h, from: sheet, to: y, data: d, mechanism: message, runs: 60, minutes: 4 }
",
        );
        let handoffs = Handoffs::of(&stack);
        let hours = |id: &str| {
            let chain = handoffs.chains.iter().find(|chain| chain.id == id).expect("it is listed");
            chain.effort.expect("it has figures").hours.likely.0
        };
        assert_eq!((hours("f+g"), hours("f+h"), handoffs.total.hours.likely.0), (3.0, 5.0, 7.0));
        assert_eq!(handoffs.effort_of(&handoffs.chains).map(|effort| effort.hours.likely.0), Some(7.0));
    }
}
