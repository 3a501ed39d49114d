//! What failures take down, against naive evaluation and against laws, on thousands of random graphs.

use std::collections::BTreeSet;

use crate::any_graph::graphs;
use crate::naive::holding;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, RuleIx};
use sinew_graph::fixpoint::Derivation;
use sinew_graph::ix::{Ix, IxSet, IxVec};
use sinew_graph::reasons::{Losses, Reason};
use sinew_graph::single_failures::{DEFAULT_BUDGET, SingleFailures, goals_lost};
use sinew_graph::structure::{EdgeIx, Structure, VertexIx};
use sinew_graph::view::View;

fn config(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() }
}

fn bits<I: Ix>(members: &BTreeSet<I>) -> IxSet<I> {
    members.iter().copied().collect()
}

/// Those of `all` whose bit is set in `mask`.
fn members<I: Ix>(mask: u32, all: impl Iterator<Item = I>) -> BTreeSet<I> {
    all.filter(|number| mask >> (number.at() % 32) & 1 == 1).collect()
}

fn fast(graph: &AndOrGraph, failed: &BTreeSet<LabelIx>) -> BTreeSet<FactIx> {
    let found = Derivation::new(View::whole(graph)).least_fixpoint(&bits(failed));
    found.order().iter().copied().collect()
}

/// For each label the facts that naive evaluation loses with it.
fn naively_lost(graph: &AndOrGraph, left_out: &BTreeSet<RuleIx>) -> IxVec<LabelIx, Vec<FactIx>> {
    let all = holding(graph, &BTreeSet::new(), left_out);
    let lost = |label| all.difference(&holding(graph, &[label].into(), left_out)).copied().collect();
    graph.labels().map(lost).collect()
}

fn from_the_end<I: Ix>(number: I, count: usize) -> I {
    I::new(count - 1 - number.at())
}

/// The graph with facts, labels and rules numbered from the other end.
fn renumbered(graph: &AndOrGraph) -> AndOrGraph {
    let label = |label: &LabelIx| from_the_end(*label, graph.label_count());
    let fact = |fact: &FactIx| from_the_end(*fact, graph.fact_count());
    let mut other = AndOrGraph::new(graph.label_count());
    for place in graph.places() {
        other.add_place(graph.place_labels(place).iter().map(label));
    }
    for fact in graph.facts().rev() {
        other.add_fact(graph.place(fact));
    }
    for rule in graph.rules().rev() {
        let body = graph.body(rule).iter().map(fact);
        other.add_rule(fact(&graph.head(rule)), body, graph.rule_labels(rule).iter().map(label));
    }
    other
}

fn with_rule(graph: &AndOrGraph, head: FactIx, body: &[FactIx], labels: &[LabelIx]) -> AndOrGraph {
    let mut larger = graph.clone();
    larger.add_rule(head, body.iter().copied(), labels.iter().copied());
    larger
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn what_holds_under_any_failures_is_what_the_definition_says(graph in graphs(7, 9, 16), mask: u32, left_out: u32) {
        let failed = members(mask, graph.labels());
        let left_out = members(left_out & left_out >> 7, graph.rules());
        let rules = graph.rules().filter(|rule| !left_out.contains(rule)).collect();
        let found = Derivation::new(View::with_rules(&graph, &rules)).least_fixpoint(&bits(&failed));
        let holds: BTreeSet<FactIx> = found.order().iter().copied().collect();
        prop_assert_eq!(&holds, &holding(&graph, &failed, &left_out));
        prop_assert_eq!(holds.len(), found.order().len());
        let mut earlier = BTreeSet::new();
        for &fact in found.order() {
            let rule = found.witness(fact).expect("what holds has a witness");
            prop_assert_eq!(graph.head(rule), fact);
            prop_assert!(!left_out.contains(&rule));
            prop_assert!(graph.body(rule).iter().all(|needed| earlier.contains(needed)));
            earlier.insert(fact);
        }
    }

    #[test]
    fn single_failures_lose_what_naive_evaluation_loses(graph in graphs(7, 12, 24), left_out: u32) {
        let left_out = members(left_out & left_out >> 7, graph.rules());
        let rules = graph.rules().filter(|rule| !left_out.contains(rule)).collect();
        let view = View::with_rules(&graph, &rules);
        let kept = SingleFailures::new(view, DEFAULT_BUDGET);
        let asked = SingleFailures::new(view, 0);
        let expected = naively_lost(&graph, &left_out);
        for failures in [&kept, &asked] {
            let mut visited = Vec::new();
            failures.for_each(|label, lost| {
                assert_eq!(label.at(), visited.len());
                visited.push(lost.to_vec());
            });
            prop_assert_eq!(&visited, expected.as_slice());
        }
        for fact in graph.facts() {
            let labels: Vec<LabelIx> = graph.labels().filter(|&label| expected[label].contains(&fact)).collect();
            prop_assert_eq!(&*kept.landmarks(fact), &labels[..]);
            prop_assert_eq!(&*asked.landmarks(fact), &labels[..]);
        }
        for label in graph.labels() {
            prop_assert_eq!(&*kept.lost(label), &expected[label][..]);
            prop_assert_eq!(&*asked.lost(label), &expected[label][..]);
        }
        let goals: Vec<FactIx> = graph.facts().rev().step_by(2).collect();
        for budget in [DEFAULT_BUDGET, 0] {
            for (label, lost) in graph.labels().zip(goals_lost(view, &goals, budget)) {
                let among: Vec<FactIx> = goals.iter().copied().filter(|goal| expected[label].contains(goal)).collect();
                prop_assert_eq!(lost, among);
            }
        }
    }

    #[test]
    fn more_failures_never_bring_anything_up(graph in graphs(7, 9, 16), mask: u32, more: u32) {
        let some = members(mask, graph.labels());
        let all = members(mask | more, graph.labels());
        prop_assert!(fast(&graph, &all).is_subset(&fast(&graph, &some)));
    }

    #[test]
    fn one_more_rule_never_takes_anything_down(graph in graphs(7, 9, 16), mask: u32, rule: [u8; 4]) {
        let failed = members(mask & mask >> 9, graph.labels());
        let [head, first, second] = [rule[0], rule[1], rule[2]].map(|number| FactIx::new(usize::from(number) % graph.fact_count()));
        let label = LabelIx::new(usize::from(rule[3]) % graph.label_count());
        let larger = with_rule(&graph, head, &[first, second], &[label]);
        prop_assert!(fast(&graph, &failed).is_subset(&fast(&larger, &failed)));
    }

    #[test]
    fn renumbering_changes_only_numbers(graph in graphs(7, 12, 24)) {
        let other = renumbered(&graph);
        let [here, there] = [&graph, &other].map(|graph| SingleFailures::new(View::whole(graph), DEFAULT_BUDGET));
        for label in graph.labels() {
            let there = there.lost(from_the_end(label, graph.label_count()));
            let mut lost: Vec<FactIx> = there.iter().map(|fact| from_the_end(*fact, graph.fact_count())).collect();
            lost.reverse();
            prop_assert_eq!(&*here.lost(label), &lost[..]);
        }
    }

    #[test]
    fn every_lost_fact_has_a_chain_of_true_reasons_and_no_shorter_one(graph in graphs(7, 9, 16), mask: u32) {
        let failed = members(mask, graph.labels());
        let derivation = Derivation::new(View::whole(&graph));
        let losses = Losses::new(&derivation, &bits(&failed));
        let before = holding(&graph, &BTreeSet::new(), &BTreeSet::new());
        let after = holding(&graph, &failed, &BTreeSet::new());
        let lost: Vec<FactIx> = before.difference(&after).copied().collect();
        prop_assert_eq!(losses.facts(), &lost[..]);
        let shortest = shortest_chains(&graph, &before, &lost, &failed);
        for fact in graph.facts() {
            let chain = losses.chain(fact);
            prop_assert_eq!(chain.len(), shortest[fact]);
            let Some(last) = chain.last() else { continue };
            prop_assert_eq!(last.fact, fact);
            for (index, step) in chain.iter().enumerate() {
                let supplies = graph.rules().filter(|&rule| fired(&graph, rule, &before) == Some(step.fact));
                prop_assert_eq!(step.supplies, supplies.count());
                match step.reason {
                    Reason::PlaceFailed { label } => {
                        prop_assert!(index == 0 && failed.contains(&label));
                        prop_assert!(graph.place_labels(graph.place(step.fact)).contains(&label));
                    }
                    Reason::SupplyFailed { rule, label } => {
                        prop_assert!(index == 0 && failed.contains(&label));
                        prop_assert_eq!(fired(&graph, rule, &before), Some(step.fact));
                        prop_assert!(graph.rule_labels(rule).contains(&label));
                    }
                    Reason::NeedLost { rule, need } => {
                        prop_assert!(index > 0 && chain[index - 1].fact == need && lost.contains(&need));
                        prop_assert_eq!(fired(&graph, rule, &before), Some(step.fact));
                        prop_assert!(graph.body(rule).contains(&need));
                    }
                }
            }
        }
    }

    #[test]
    fn weak_spots_of_the_structure_are_those_whose_removal_disconnects(
        vertex_count in 1_usize..9,
        ends in proptest::collection::vec(any::<[u8; 2]>(), 0..14),
    ) {
        let edges: Vec<[usize; 2]> = ends.iter().map(|ends| ends.map(|end| usize::from(end) % vertex_count)).collect();
        let typed = edges.iter().map(|ends| ends.map(VertexIx::new)).collect();
        let found = Structure::new(vertex_count, &typed);
        let whole = components(vertex_count, &edges, None);
        let bridges: Vec<EdgeIx> = (0..edges.len())
            .filter(|&cut| {
                let left: Vec<_> = (0..edges.len()).filter(|&edge| edge != cut).map(|edge| edges[edge]).collect();
                components(vertex_count, &left, None) > whole
            })
            .map(EdgeIx::new)
            .collect();
        prop_assert_eq!(found.bridges, bridges);
        // a vertex on its own takes its component with it, any other leaves at least one
        let cuts = |&vertex: &usize| components(vertex_count, &edges, Some(vertex)) > whole;
        prop_assert_eq!(found.articulation_points, (0..vertex_count).filter(cuts).map(VertexIx::new).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(config(100))]

    /// Deep enough for long proofs and for loops within loops.
    #[test]
    fn single_failures_of_larger_graphs_lose_what_naive_evaluation_loses(graph in graphs(24, 60, 110)) {
        let expected = naively_lost(&graph, &BTreeSet::new());
        for budget in [DEFAULT_BUDGET, 0] {
            SingleFailures::new(View::whole(&graph), budget)
                .for_each(|label, lost| assert_eq!(lost, expected[label], "{label:?}"));
        }
    }
}

/// The head of a rule whose body and place held before.
fn fired(graph: &AndOrGraph, rule: RuleIx, before: &BTreeSet<FactIx>) -> Option<FactIx> {
    let head = graph.head(rule);
    let fires = graph.body(rule).iter().all(|fact| before.contains(fact));
    Some(head).filter(|head| fires && before.contains(head))
}

/// The length of the shortest chain to each fact, 0 where there is none: relaxed until nothing changes.
fn shortest_chains(
    graph: &AndOrGraph,
    before: &BTreeSet<FactIx>,
    lost: &[FactIx],
    failed: &BTreeSet<LabelIx>,
) -> IxVec<FactIx, usize> {
    let has_failed = |labels: &[LabelIx]| labels.iter().any(|label| failed.contains(label));
    let mut lengths = IxVec::filled(usize::MAX, graph.fact_count());
    for _ in 0..=lengths.len() {
        for &fact in lost {
            let mut best = if has_failed(graph.place_labels(graph.place(fact))) { 1 } else { lengths[fact] };
            for rule in graph.rules().filter(|&rule| fired(graph, rule, before) == Some(fact)) {
                let needs = graph.body(rule).iter().map(|&need| lengths[need].saturating_add(1));
                let own = if has_failed(graph.rule_labels(rule)) { 1 } else { usize::MAX };
                best = best.min(own).min(needs.min().unwrap_or(usize::MAX));
            }
            lengths[fact] = best;
        }
    }
    assert!(lost.iter().all(|&fact| lengths[fact] < usize::MAX), "every lost fact has a chain");
    lengths.iter().map(|&length| if length == usize::MAX { 0 } else { length }).collect()
}

/// How many connected components there are, one vertex taken out.
fn components(vertex_count: usize, edges: &[[usize; 2]], without: Option<usize>) -> usize {
    let mut group: Vec<usize> = (0..vertex_count).collect();
    for _ in 0..vertex_count {
        for &[one, other] in edges {
            if without != Some(one) && without != Some(other) {
                let lowest = group[one].min(group[other]);
                group[one] = lowest;
                group[other] = lowest;
            }
        }
    }
    (0..vertex_count).filter(|&vertex| Some(vertex) != without && group[vertex] == vertex).count()
}
