//! Handoff chains: on which ways, over carriers, people carry each object.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::handoffs::{Effort, effort, is_handoff};
use super::{Deliveries, Fact, assumed_origins};
use crate::model::{DataIx, Flow, FlowIx, Money, Range, Stack, SystemIx, TeamIx};
use sinew_graph::chains::{Bounds, Paths, Relays, paths_through_relays, shortest_paths_through_relays};

/// Chains of one object that are listed; beyond, the shortest are. Only carriers that feed each other come near it.
pub const MOST_CHAINS: usize = 1_000;

/// Steps that may be looked at for the chains of one object beyond a hundred for each of its deliveries.
const FREE_STEPS: usize = 100_000;

/// Steps that may be looked at for all objects together beyond a hundred for each delivery.
const FREE_STEPS_IN_ALL: usize = 2_000_000;

/// Data objects carried together from system to system over carriers, at least once by hand: what has the same steps is
/// one handoff.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The ids of its steps joined by `+`; no two have the same.
    pub id: String,
    /// The objects that are carried, from begin to end the same; sorted, at least one.
    pub data: Vec<DataIx>,
    /// The source of its first step.
    pub from: SystemIx,
    /// The target of its last step; may be a system that it has passed.
    pub to: SystemIx,
    /// Its flows in order, automated ones included.
    pub steps: Vec<FlowIx>,
    /// Those of its objects that come unchanged from an AI tool; sorted.
    pub ai_data: Vec<DataIx>,
    /// Its manual steps together; `None` where one of them has no figures.
    pub effort: Option<Effort>,
    /// Who performs its manual steps, where that is said; by id, each once.
    pub performers: Vec<TeamIx>,
}

impl Chain {
    /// Whether one of its objects comes unchanged from an AI tool.
    #[must_use]
    pub fn is_ai_output(&self) -> bool {
        !self.ai_data.is_empty()
    }

    /// What it costs a year; `None` where a manual step has no hours or no rate.
    #[must_use]
    pub fn cost(&self) -> Option<Range<Money>> {
        self.effort?.cost
    }

    /// Whether it carries one of `objects`.
    #[must_use]
    pub fn carries_any(&self, objects: &[DataIx]) -> bool {
        self.data.iter().any(|data| objects.contains(data))
    }

    /// Whether it ends with the step that comes back to a system that it has passed, the first included.
    #[must_use]
    pub fn comes_back(&self, stack: &Stack) -> bool {
        self.steps.iter().any(|step| stack.flow(*step).from == self.to)
    }
}

/// What finding chains needs to know of the stack.
pub(super) struct ChainFinder<'s> {
    stack: &'s Stack,
    deliveries: &'s Deliveries,
    manual: HashSet<FlowIx>,
    /// What processes need, and what is made of: there a chain ends and the next one begins.
    used: HashSet<Fact>,
}

impl Relays for ChainFinder<'_> {
    type Vertex = Fact;
    type Edge = FlowIx;

    fn out_of(&self, fact: Fact) -> Vec<(FlowIx, Fact)> {
        self.deliveries.out_of(fact).into_iter().map(|delivery| (delivery.flow, delivery.other)).collect()
    }

    fn is_end(&self, fact: Fact) -> bool {
        !self.stack.system(fact.at).is_carrier() || self.used.contains(&fact) || !self.deliveries.leaves(fact)
    }

    fn counts(&self, flow: FlowIx) -> bool {
        self.manual.contains(&flow)
    }
}

/// Objects at the systems where a process needs them or something is made of them, feedback of models included.
fn used_facts(stack: &Stack) -> HashSet<Fact> {
    let mut used = HashSet::new();
    for (at, system) in stack.all_systems() {
        for making in &system.makes {
            let feedback = making.model.iter().flat_map(|model| &model.feedback);
            used.extend(making.from.iter().chain(feedback).map(|data| Fact { at, data: *data }));
        }
    }
    let needs = stack.processes.iter().flat_map(|process| process.data_needs());
    used.extend(needs.map(|need| Fact { at: need.at, data: need.data }));
    used
}

impl<'s> ChainFinder<'s> {
    pub(super) fn new(stack: &'s Stack, regular: &'s Deliveries) -> Self {
        let manual = stack.live_flows().filter(|(_, flow)| is_handoff(stack, flow)).map(|(ix, _)| ix).collect();
        Self { stack, deliveries: regular, manual, used: used_facts(stack) }
    }

    /// All chains, by steps, each with all its objects, and the objects of which some were left out.
    pub(super) fn chains(&self) -> (Vec<Chain>, BTreeSet<DataIx>) {
        let from_ai = self.facts_from_ai();
        let mut starts = self.beginnings();
        starts.sort_by_key(|fact| (fact.data, fact.at));
        let mut facts = self.deliveries.facts();
        facts.sort_by_key(|fact| (fact.data, fact.at));
        let mut steps_left = FREE_STEPS_IN_ALL + 100 * facts.len();
        let mut objects: BTreeMap<Vec<FlowIx>, Vec<DataIx>> = BTreeMap::new();
        let mut cut_short = BTreeSet::new();
        for facts in facts.chunk_by(|a, b| a.data == b.data) {
            let data = facts[0].data;
            let begin = starts.partition_point(|fact| fact.data < data);
            let end = starts.partition_point(|fact| fact.data <= data);
            let deliveries: usize = facts.iter().map(|fact| self.deliveries.out_of(*fact).len()).sum();
            let steps = (FREE_STEPS + 100 * deliveries).min(steps_left);
            let found = self.paths(facts, &starts[begin..end], steps);
            steps_left -= found.steps.min(steps);
            if found.is_cut_short {
                cut_short.insert(data);
            }
            for steps in found.paths {
                objects.entry(steps).or_default().push(data);
            }
        }
        let chains = objects.into_iter().map(|(steps, data)| self.chain(data, steps, &from_ai)).collect();
        (chains, cut_short)
    }

    /// The paths of one object, whose facts are `facts`, from `starts`: all, or the shortest and every manual step that is
    /// in none of them.
    fn paths(&self, facts: &[Fact], starts: &[Fact], steps: usize) -> Paths<FlowIx> {
        let mut left = Bounds { paths: MOST_CHAINS, steps };
        let mut all = Vec::new();
        for start in starts {
            let found = paths_through_relays(self, *start, left);
            left.paths -= found.paths.len();
            left.steps -= found.steps.min(left.steps);
            all.extend(found.paths);
            if found.is_cut_short {
                return self.shortest(facts, starts, steps);
            }
        }
        Paths { paths: all, is_cut_short: false, steps: steps - left.steps }
    }

    fn shortest(&self, facts: &[Fact], starts: &[Fact], steps: usize) -> Paths<FlowIx> {
        let mut found = shortest_paths_through_relays(self, starts, Bounds { paths: MOST_CHAINS, steps });
        let listed: BTreeSet<FlowIx> = found.paths.iter().flatten().copied().collect();
        let by_hand = facts.iter().flat_map(|fact| self.deliveries.out_of(*fact)).map(|delivery| delivery.flow);
        let by_hand: BTreeSet<FlowIx> = by_hand.filter(|flow| self.counts(*flow) && !listed.contains(flow)).collect();
        found.paths.extend(by_hand.into_iter().map(|flow| vec![flow]));
        found.is_cut_short = true;
        // Both searches were paid for.
        found.steps += steps;
        found
    }

    /// Where chains begin: at systems that are no carrier, at carriers that make the object, use it or get it from
    /// nowhere, and of carriers that none of those reach at the first of each ring that no other ring feeds.
    fn beginnings(&self) -> Vec<Fact> {
        let begins = |fact: &Fact| {
            let system = self.stack.system(fact.at);
            self.deliveries.leaves(*fact)
                && (!system.is_carrier()
                    || self.used.contains(fact)
                    || !self.deliveries.arrives(*fact)
                    || system.makes.iter().any(|making| making.data == fact.data))
        };
        let facts = self.deliveries.facts();
        let mut starts: Vec<Fact> = facts.iter().copied().filter(begins).collect();
        let reached: HashSet<Fact> = self.deliveries.reached_from(starts.iter().copied()).into_iter().collect();
        let rest: Vec<Fact> = facts.into_iter().filter(|fact| !reached.contains(fact)).collect();
        let rings = self.deliveries.source_components(&rest);
        starts.extend(rings.iter().filter_map(|ring| ring.iter().min()));
        starts
    }

    /// Facts to which an object comes unchanged from an AI tool that makes it or counts as its origin.
    fn facts_from_ai(&self) -> HashSet<Fact> {
        let is_ai = |at: SystemIx| self.stack.system(at).is_ai();
        let makes = |fact: &Fact| {
            let makes = &self.stack.system(fact.at).makes;
            makes.iter().any(|making| making.data == fact.data && making.is_by_itself())
        };
        let assumed = assumed_origins(self.stack);
        let made = self.deliveries.facts().into_iter().filter(makes);
        let sources: Vec<Fact> = made.chain(assumed).filter(|fact| is_ai(fact.at)).collect();
        self.deliveries.reached_from(sources).into_iter().collect()
    }

    fn chain(&self, data: Vec<DataIx>, steps: Vec<FlowIx>, from_ai: &HashSet<Fact>) -> Chain {
        let flows: Vec<&Flow> = steps.iter().map(|ix| self.stack.flow(*ix)).collect();
        let (first, last) = (flows[0], flows[flows.len() - 1]);
        let manual = || steps.iter().zip(&flows).filter(|(ix, _)| self.manual.contains(ix)).map(|(_, flow)| *flow);
        let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
        let mut performers: Vec<TeamIx> = manual().filter_map(|flow| flow.performer).collect();
        performers.sort_unstable();
        performers.dedup();
        Chain {
            id: ids.join("+"),
            ai_data: data
                .iter()
                .copied()
                .filter(|data| from_ai.contains(&Fact { at: first.from, data: *data }))
                .collect(),
            data,
            from: first.from,
            to: last.to,
            effort: manual()
                .try_fold(Effort::none(), |sum, flow| effort(self.stack, flow).map(|effort| sum.plus(effort))),
            performers,
            steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::Handoffs;
    use crate::model::trial::stack_of;

    /// The chains of one object over messages and, where a flow says so, other mechanisms; `a` and `z` are no carriers.
    fn chains(flows: &[&str], more: &str) -> Vec<String> {
        let flow = |(at, ends): (usize, &&str)| {
            let (from, rest) = ends.split_once('>').expect("two ends");
            let (to, how) = rest.split_once(' ').unwrap_or((rest, "message"));
            format!("  - {{ id: f{at}, from: {from}, to: {to}, data: d, mechanism: {how} }}\n")
        };
        let flows: String = flows.iter().enumerate().map(flow).collect();
        let text = format!(
            "sinew: 1\nhourly_rate: 1\nsystems: {{ a: {{ kind: crm }}, k: {{ kind: spreadsheet }}, l: {{ kind: messaging }}, m: {{ kind: file-share }}, z: {{ kind: erp }} }}\ndata: {{ d: {{}} }}\nflows:\n{flows}{more}"
        );
        let mut ids: Vec<String> = Handoffs::of(&stack_of(&text)).chains.into_iter().map(|chain| chain.id).collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn carriers_are_passed_and_end_a_chain_where_nothing_leaves_them() {
        assert_eq!(chains(&["a>k", "k>l api", "l>z"], ""), ["f0+f1+f2"]);
        assert_eq!(chains(&["a>k", "k>l"], ""), ["f0+f1"]);
        assert!(chains(&["a>k api", "k>z native"], "").is_empty(), "nobody carries it");
    }

    #[test]
    fn a_chain_ends_at_a_carrier_that_uses_the_object_and_another_begins() {
        let needed = "processes: { p: { needs: [{ data: d, at: k }] } }\n";
        assert_eq!(chains(&["a>k", "k>z"], needed), ["f0", "f1"]);
    }

    #[test]
    fn a_chain_ends_where_it_comes_back_to() {
        assert_eq!(chains(&["a>k", "k>a"], ""), ["f0+f1"]);
        assert_eq!(chains(&["a>k", "k>l", "l>k", "l>z"], ""), ["f0+f1+f2", "f0+f1+f3"]);
    }

    #[test]
    fn a_ring_that_nothing_feeds_begins_at_its_first_system() {
        assert_eq!(chains(&["m>k", "k>l", "l>m"], ""), ["f1+f2+f0"]);
        // Where something feeds it, there is no other beginning.
        assert_eq!(chains(&["m>k", "k>l", "l>m", "a>m"], ""), ["f3+f0+f1+f2"]);
        // Nor has a ring one that another ring feeds.
        assert_eq!(chains(&["k>l", "l>k", "l>m", "m>z"], ""), ["f0+f1", "f0+f2+f3"]);
    }

    #[test]
    fn a_chain_carries_its_own_objects_and_no_others() {
        let stack = stack_of(
            "sinew: 1
systems: { a: { kind: crm, makes: [d, e] }, b: { kind: cms } }
data: { d: {}, e: {} }
flows: [{ id: f, from: a, to: b, data: d, mechanism: message }]
",
        );
        let [d, e] = ["d", "e"].map(|id| stack.find_data(id).expect("it is there"));
        let chain = &Handoffs::of(&stack).chains[0];
        assert!(chain.carries_any(&[e, d]) && !chain.carries_any(&[e]) && !chain.carries_any(&[]));
    }
}
