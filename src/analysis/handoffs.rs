//! Handoffs: what people carry by hand, in which chains, for how many hours and at what cost.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::chains::{Chain, ChainFinder};
use super::words::printed;
use super::{Deliveries, Flows};
use crate::model::{Count, DataIx, Flow, FlowIx, Hours, Minutes, Money, Quantity, Range, Share, Stack};

/// Minutes to fix one wrong record where the file does not say.
pub const DEFAULT_ERROR_MINUTES: Minutes = Minutes(10.0);

/// Work of a year, and its price where there is a rate for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Hours of work for the runs themselves.
    pub hours: Range<Hours>,
    /// Hours of work to fix what went wrong.
    pub error_hours: Range<Hours>,
    /// Hours and error hours at the rate of who performs them; `None` where one has no rate.
    pub cost: Option<Range<Money>>,
}

impl Effort {
    /// No work, which costs nothing.
    #[must_use]
    pub fn none() -> Self {
        Self { hours: Range::default(), error_hours: Range::default(), cost: Some(Range::default()) }
    }

    /// The sum with `other`, end by end; its cost is known where both are.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            hours: self.hours + other.hours,
            error_hours: self.error_hours + other.error_hours,
            cost: self.cost.zip(other.cost).map(|(one, other)| one + other),
        }
    }
}

/// What all handoffs come to, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// Hours of a year for the runs of those that have figures; `None` where there are handoffs and none has.
    pub hours: Option<Range<Hours>>,
    /// Their hours of rework; known where the hours are.
    pub error_hours: Option<Range<Hours>>,
    /// The cost of those that have one; `None` where there are handoffs and none has.
    pub cost: Option<Range<Money>>,
    /// How many manual flows have no hours, and so are not in the total.
    pub without_hours: usize,
    /// How many have no cost, those without hours included.
    pub without_cost: usize,
}

impl Total {
    /// The sum of `steps`, each of them once.
    #[must_use]
    pub fn of(steps: &[(FlowIx, Option<Effort>)]) -> Self {
        let known = || steps.iter().filter_map(|(_, effort)| *effort);
        let priced = || known().filter_map(|effort| effort.cost);
        let [without_hours, without_cost] = [known().count(), priced().count()].map(|known| steps.len() - known);
        let is_any = |without: usize| steps.is_empty() || without < steps.len();
        let hours = known().fold(Effort::none(), Effort::plus);
        let cost = priced().fold(Range::default(), |sum, cost| sum + cost);
        Self {
            hours: is_any(without_hours).then_some(hours.hours),
            error_hours: is_any(without_hours).then_some(hours.error_hours),
            cost: is_any(without_cost).then_some(cost),
            without_hours,
            without_cost,
        }
    }

    /// Hours of work and of rework together.
    #[must_use]
    pub fn work(&self) -> Option<Range<Hours>> {
        self.hours.zip(self.error_hours).map(|(hours, rework)| hours + rework)
    }

    /// The known part of the cost: what has none adds nothing. For differences between two stacks, never to be shown.
    #[must_use]
    pub fn known_cost(&self) -> Range<Money> {
        self.cost.unwrap_or_default()
    }
}

/// Everything that people carry by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoffs {
    /// All chains: by likely cost as it is printed, descending (unknown last), AI outputs first where equal, then id.
    pub chains: Vec<Chain>,
    /// Every manual flow in regular use, counted once.
    pub total: Total,
    /// The chains without hours, by id.
    pub unknown: Vec<String>,
    /// The chains without cost, by id; those without hours included.
    pub cost_unknown: Vec<String>,
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

/// The work of a year that `flow` takes, if it states runs and minutes, and its cost where there is a rate. Low from the
/// low values throughout, high from the high.
#[must_use]
pub fn effort(stack: &Stack, flow: &Flow) -> Option<Effort> {
    let (runs, minutes) = (flow.runs?, flow.minutes_a_run()?);
    let records = flow.run.records.unwrap_or(Range::exact(Count(1.0)));
    let error_rate = flow.run.error_rate.unwrap_or(Range::exact(Share(0.0)));
    let error_minutes = stack.error_minutes.unwrap_or(Range::exact(DEFAULT_ERROR_MINUTES));
    let times = |a: f64, b: f64| a * b;
    let hours = runs.map(|runs| runs.0 / 60.0).zip(minutes.map(Quantity::amount), times);
    let wrong = runs
        .map(Quantity::amount)
        .zip(records.map(Quantity::amount), times)
        .zip(error_rate.map(Quantity::amount), times);
    let error_hours = wrong.zip(error_minutes.map(|minutes| minutes.0 / 60.0), times);
    let work = hours.zip(error_hours, |a, b| a + b);
    let cost = stack.rate(flow.performer).map(|rate| work.zip(rate.map(Quantity::amount), times).map(Money));
    Some(Effort { hours: hours.map(Hours), error_hours: error_hours.map(Hours), cost })
}

impl Handoffs {
    /// All handoffs of `stack`, and the chains that they form. Every object of every handoff is in at least one of them.
    ///
    /// Linear in the flows and in the length of the chains listed.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        Self::over(stack, &Deliveries::of(stack, Flows::Regular))
    }

    /// The same, where the `regular` deliveries of the stack are known.
    pub(super) fn over(stack: &Stack, regular: &Deliveries) -> Self {
        let handoffs = stack.live_flows().filter(|(_, flow)| is_handoff(stack, flow));
        let steps: Vec<(FlowIx, Option<Effort>)> = handoffs.map(|(ix, flow)| (ix, effort(stack, flow))).collect();
        let total = Total::of(&steps);
        let (mut chains, cut_short) = ChainFinder::new(stack, regular).chains();
        chains.sort_by_cached_key(|chain| {
            let cost = chain.cost().map(|cost| printed(cost.likely.0));
            (Reverse(cost), !chain.is_ai_output(), chain.id.clone())
        });
        let without = |has: &dyn Fn(&Chain) -> bool| {
            let mut ids: Vec<String> =
                chains.iter().filter(|chain| !has(chain)).map(|chain| chain.id.clone()).collect();
            ids.sort_unstable();
            ids
        };
        let unknown = without(&|chain| chain.effort.is_some());
        let cost_unknown = without(&|chain| chain.cost().is_some());
        let places = (0u32..).zip(&chains).flat_map(|(at, chain)| chain.steps.iter().map(move |flow| (*flow, at)));
        let mut chains_by_step: Vec<(FlowIx, u32)> = places.collect();
        chains_by_step.sort_unstable();
        Self { chains, total, unknown, cost_unknown, steps, cut_short: cut_short.into_iter().collect(), chains_by_step }
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

    /// What the manual steps of all of `chains` take together, each step once.
    #[must_use]
    pub fn total_of<'c>(&self, chains: impl IntoIterator<Item = &'c Chain>) -> Total {
        // One bit for each flow: a thousand chains may share most of a long way.
        let mut bits: Vec<u64> = Vec::new();
        for step in chains.into_iter().flat_map(|chain| &chain.steps) {
            let word = step.at() / 64;
            if word >= bits.len() {
                bits.resize(word + 1, 0);
            }
            bits[word] |= 1 << (step.at() % 64);
        }
        let is_in = |flow: FlowIx| bits.get(flow.at() / 64).is_some_and(|word| word >> (flow.at() % 64) & 1 == 1);
        let steps: Vec<_> = self.steps.iter().filter(|(flow, _)| is_in(*flow)).copied().collect();
        Total::of(&steps)
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
        let close = |range: Option<Range<f64>>, expected: [f64; 3]| {
            let range = range.expect("it is known");
            let found = [range.low, range.likely, range.high];
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}, not {expected:?}");
        };
        // 100 x 3 min, 200 x 6 min, 300 x 9 min.
        close(total.hours.map(|range| range.map(Quantity::amount)), [5.0, 20.0, 45.0]);
        // 100 x 5 x 1% = 5 wrong records of 12 min; 200 x 10 x 5% = 100; 300 x 20 x 10% = 600.
        close(total.error_hours.map(|range| range.map(Quantity::amount)), [1.0, 20.0, 120.0]);
        // 60 an hour.
        close(total.cost.map(|range| range.map(Quantity::amount)), [360.0, 2_400.0, 9_900.0]);
    }

    #[test]
    fn a_record_takes_ten_minutes_and_a_run_has_one_where_nothing_is_stated() {
        let text = ONE_EACH.replace("error_minutes: 12\n", "").replace("records: [5, 10, 20], ", "");
        // 200 x 1 x 5% = 10 wrong records of 10 min.
        let hours = Handoffs::of(&stack_of(&text)).total.error_hours.expect("it is known").likely.0;
        assert!((hours - 10.0 * 10.0 / 60.0).abs() < 1e-9, "{hours}");
    }

    #[test]
    fn without_a_rate_hours_stand_and_cost_is_not_known() {
        let stack = stack_of(
            "sinew: 1
teams: { paid: { hourly_rate: 60 }, unpaid: {} }
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms } }
data: { d: {} }
flows:
  - { id: priced, from: a, to: b, data: d, mechanism: copy-paste, performer: paid, runs: 60, minutes: 1 }
  - { id: unpriced, from: a, to: b, data: d, mechanism: copy-paste, performer: unpaid, runs: 60, minutes: 2 }
  - { id: untold, from: a, to: b, data: d, mechanism: copy-paste, performer: paid, runs: 60 }
",
        );
        let handoffs = Handoffs::of(&stack);
        let figures: Vec<_> = handoffs
            .chains
            .iter()
            .map(|chain| {
                let hours = chain.effort.map(|effort| effort.hours.likely.0);
                (chain.id.as_str(), hours, chain.cost().map(|cost| cost.likely.0))
            })
            .collect();
        assert_eq!(figures, [("priced", Some(1.0), Some(60.0)), ("unpriced", Some(2.0), None), ("untold", None, None)]);
        assert_eq!(
            (&handoffs.unknown[..], &handoffs.cost_unknown[..]),
            (&["untold".into()][..], &["unpriced".into(), "untold".into()][..])
        );
        let total = handoffs.total;
        assert_eq!(
            (total.hours.map(|hours| hours.likely.0), total.cost.map(|cost| cost.likely.0)),
            (Some(3.0), Some(60.0))
        );
        assert_eq!((total.without_hours, total.without_cost), (1, 2));
    }

    #[test]
    fn a_total_of_nothing_known_is_not_known_and_one_of_no_handoffs_is_nothing() {
        let text = ONE_EACH.replace("hourly_rate: 60\n", "").replace(", minutes: [3, 6, 9]", "");
        let total = Handoffs::of(&stack_of(&text)).total;
        assert_eq!((total.hours, total.error_hours, total.cost), (None, None, None));
        let text = text.replace("id: by-hand,", "id: by-hand, status: planned,");
        let total = Handoffs::of(&stack_of(&text)).total;
        assert_eq!((total.hours, total.cost), (Some(Range::default()), Some(Range::default())));
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
        let total = handoffs.total.hours.map(|hours| hours.likely.0);
        assert_eq!((hours("f+g"), hours("f+h"), total), (3.0, 5.0, Some(7.0)));
        assert_eq!(handoffs.total_of(&handoffs.chains), handoffs.total);
    }

    #[test]
    fn among_many_flows_a_total_takes_those_that_were_asked_for() {
        // Flow `f00` takes one hour a year, `f01` two, and so on.
        let flow = |at: usize| {
            let hours = at + 1;
            format!(
                "  - {{ id: f{at:02}, from: a, to: b, data: d{at:02}, mechanism: message, runs: {hours}, minutes: 60 }}\n"
            )
        };
        let data: Vec<String> = (0..70).map(|at| format!("d{at:02}")).collect();
        let makes = data.join(", ");
        let objects: Vec<String> = data.iter().map(|id| format!("{id}: {{}}")).collect();
        let flows: String = (0..70).map(flow).collect();
        let stack = stack_of(&format!(
            "sinew: 1\nsystems: {{ a: {{ kind: crm, makes: [{makes}] }}, b: {{ kind: cms }} }}\ndata: {{ {} }}\nflows:\n{flows}",
            objects.join(", ")
        ));
        let handoffs = Handoffs::of(&stack);
        let hours = |ids: &[&str]| {
            let chains = handoffs.chains.iter().filter(|chain| ids.contains(&chain.id.as_str()));
            handoffs.total_of(chains).hours.map(|hours| hours.likely.0)
        };
        assert_eq!(hours(&["f02"]), Some(3.0));
        assert_eq!(hours(&["f66"]), Some(67.0));
        assert_eq!(hours(&["f01", "f02", "f63", "f64", "f69"]), Some(2.0 + 3.0 + 64.0 + 65.0 + 70.0));
    }

    #[test]
    fn of_chains_that_cost_the_same_those_of_an_ai_tool_come_first() {
        let stack = stack_of(
            "sinew: 1
hourly_rate: 60
systems: { a: { kind: crm, makes: [d] }, t: { kind: ai-content, makes: [text] }, x: { kind: cms } }
data: { d: {}, text: {} }
flows:
  - { id: f, from: a, to: x, data: d, mechanism: message, runs: 60, minutes: 1 }
  - { id: g, from: t, to: x, data: text, mechanism: message, runs: 60, minutes: 1 }
  - { id: h, from: a, to: t, data: d, mechanism: message, runs: 60, minutes: 2 }
  - { id: i, from: x, to: a, data: text, mechanism: message }
",
        );
        let ids: Vec<String> = Handoffs::of(&stack).chains.into_iter().map(|chain| chain.id).collect();
        // The most expensive first, the one of unknown cost last.
        assert_eq!(ids, ["h", "g", "f", "i"]);
    }
}
