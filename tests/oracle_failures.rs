//! What failures take down, against naive evaluation and against laws, on thousands of random graphs.

use std::collections::BTreeSet;

use crate::support::naive::holding;
use crate::support::random_graph::graphs;
use fixedbitset::FixedBitSet;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use sinew_graph::and_or::AndOrGraph;
use sinew_graph::fixpoint::Derivation;
use sinew_graph::reasons::{Losses, Reason};
use sinew_graph::single_failures::{DEFAULT_BUDGET, SingleFailures};
use sinew_graph::structure::Structure;
use sinew_graph::view::View;

fn config(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() }
}

fn bits(members: &BTreeSet<u32>) -> FixedBitSet {
    members.iter().map(|&member| member as usize).collect()
}

fn members(mask: u32, count: u32) -> BTreeSet<u32> {
    (0..count).filter(|number| mask >> (number % 32) & 1 == 1).collect()
}

fn fast(graph: &AndOrGraph, failed: &BTreeSet<u32>) -> BTreeSet<u32> {
    let found = Derivation::new(View::whole(graph)).least_fixpoint(&bits(failed));
    found.order().iter().copied().collect()
}

/// For each label the facts that naive evaluation loses with it.
fn naively_lost(graph: &AndOrGraph, left_out: &BTreeSet<u32>) -> Vec<Vec<u32>> {
    let all = holding(graph, &BTreeSet::new(), left_out);
    let lost = |label| all.difference(&holding(graph, &[label].into(), left_out)).copied().collect();
    (0..graph.label_count).map(lost).collect()
}

/// The graph with facts, labels and rules numbered from the other end.
fn renumbered(graph: &AndOrGraph) -> AndOrGraph {
    let label = |label: &u32| graph.label_count - 1 - label;
    let fact = |fact: &u32| graph.fact_count() - 1 - fact;
    let mut other = AndOrGraph::new(graph.label_count);
    for place in 0..graph.place_labels.len() {
        other.add_place(graph.place_labels.row(place).iter().map(label));
    }
    for &place in graph.fact_place.iter().rev() {
        other.add_fact(place);
    }
    for rule in (0..graph.rule_count()).rev() {
        let head = fact(&graph.rule_head[rule as usize]);
        let body = graph.rule_body.row(rule).iter().map(fact);
        other.add_rule(head, body, graph.rule_labels.row(rule).iter().map(label));
    }
    other
}

fn with_rule(graph: &AndOrGraph, head: u32, body: &[u32], labels: &[u32]) -> AndOrGraph {
    let mut larger = graph.clone();
    larger.add_rule(head, body.iter().copied(), labels.iter().copied());
    larger
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn what_holds_under_any_failures_is_what_the_definition_says(graph in graphs(7, 9, 16), mask: u32, left_out: u32) {
        let failed = members(mask, graph.label_count);
        let left_out = members(left_out & left_out >> 7, graph.rule_count());
        let rules = bits(&(0..graph.rule_count()).filter(|rule| !left_out.contains(rule)).collect());
        let found = Derivation::new(View::with_rules(&graph, &rules)).least_fixpoint(&bits(&failed));
        let holds: BTreeSet<u32> = found.order().iter().copied().collect();
        prop_assert_eq!(&holds, &holding(&graph, &failed, &left_out));
        prop_assert_eq!(holds.len(), found.order().len());
        let mut earlier = BTreeSet::new();
        for &fact in found.order() {
            let rule = found.witness(fact).expect("what holds has a witness");
            prop_assert_eq!(graph.rule_head[rule as usize], fact);
            prop_assert!(!left_out.contains(&rule));
            prop_assert!(graph.rule_body.row(rule).iter().all(|needed| earlier.contains(needed)));
            earlier.insert(fact);
        }
    }

    #[test]
    fn single_failures_lose_what_naive_evaluation_loses(graph in graphs(7, 12, 24), left_out: u32) {
        let left_out = members(left_out & left_out >> 7, graph.rule_count());
        let rules = bits(&(0..graph.rule_count()).filter(|rule| !left_out.contains(rule)).collect());
        let view = View::with_rules(&graph, &rules);
        let kept = SingleFailures::new(view, DEFAULT_BUDGET);
        let asked = SingleFailures::new(view, 0);
        let expected = naively_lost(&graph, &left_out);
        for failures in [&kept, &asked] {
            let mut visited = Vec::new();
            failures.for_each(|label, lost| {
                assert_eq!(label as usize, visited.len());
                visited.push(lost.to_vec());
            });
            prop_assert_eq!(&visited, &expected);
        }
        for fact in 0..graph.fact_count() {
            let labels: Vec<u32> =
                (0..graph.label_count).filter(|&label| expected[label as usize].contains(&fact)).collect();
            prop_assert_eq!(&*kept.landmarks(fact), &labels[..]);
            prop_assert_eq!(&*asked.landmarks(fact), &labels[..]);
        }
        for label in 0..graph.label_count {
            prop_assert_eq!(&*kept.lost(label), &expected[label as usize][..]);
            prop_assert_eq!(&*asked.lost(label), &expected[label as usize][..]);
        }
    }

    #[test]
    fn more_failures_never_bring_anything_up(graph in graphs(7, 9, 16), mask: u32, more: u32) {
        let some = members(mask, graph.label_count);
        let all = members(mask | more, graph.label_count);
        prop_assert!(fast(&graph, &all).is_subset(&fast(&graph, &some)));
    }

    #[test]
    fn one_more_rule_never_takes_anything_down(graph in graphs(7, 9, 16), mask: u32, rule: [u8; 4]) {
        let failed = members(mask & mask >> 9, graph.label_count);
        let [head, first, second] = [rule[0], rule[1], rule[2]].map(|number| u32::from(number) % graph.fact_count());
        let label = u32::from(rule[3]) % graph.label_count;
        let larger = with_rule(&graph, head, &[first, second], &[label]);
        prop_assert!(fast(&graph, &failed).is_subset(&fast(&larger, &failed)));
    }

    #[test]
    fn renumbering_changes_only_numbers(graph in graphs(7, 12, 24)) {
        let other = renumbered(&graph);
        let [here, there] = [&graph, &other].map(|graph| SingleFailures::new(View::whole(graph), DEFAULT_BUDGET));
        for label in 0..graph.label_count {
            let mut lost: Vec<u32> =
                there.lost(graph.label_count - 1 - label).iter().map(|fact| graph.fact_count() - 1 - fact).collect();
            lost.reverse();
            prop_assert_eq!(&*here.lost(label), &lost[..]);
        }
    }

    #[test]
    fn every_lost_fact_has_a_chain_of_true_reasons_and_no_shorter_one(graph in graphs(7, 9, 16), mask: u32) {
        let failed = members(mask, graph.label_count);
        let derivation = Derivation::new(View::whole(&graph));
        let losses = Losses::new(&derivation, &bits(&failed));
        let before = holding(&graph, &BTreeSet::new(), &BTreeSet::new());
        let after = holding(&graph, &failed, &BTreeSet::new());
        let lost: Vec<u32> = before.difference(&after).copied().collect();
        prop_assert_eq!(losses.facts(), &lost[..]);
        let shortest = shortest_chains(&graph, &before, &lost, &failed);
        for fact in 0..graph.fact_count() {
            let chain = losses.chain(fact);
            prop_assert_eq!(chain.len(), shortest[fact as usize]);
            let Some(last) = chain.last() else { continue };
            prop_assert_eq!(last.fact, fact);
            for (index, step) in chain.iter().enumerate() {
                let supplies = (0..graph.rule_count()).filter(|&rule| fired(&graph, rule, &before) == Some(step.fact));
                prop_assert_eq!(step.supplies as usize, supplies.count());
                match step.reason {
                    Reason::PlaceFailed { label } => {
                        prop_assert!(index == 0 && failed.contains(&label));
                        let place = graph.fact_place[step.fact as usize];
                        prop_assert!(graph.place_labels.row(place).contains(&label));
                    }
                    Reason::SupplyFailed { rule, label } => {
                        prop_assert!(index == 0 && failed.contains(&label));
                        prop_assert_eq!(fired(&graph, rule, &before), Some(step.fact));
                        prop_assert!(graph.rule_labels.row(rule).contains(&label));
                    }
                    Reason::NeedLost { rule, need } => {
                        prop_assert!(index > 0 && chain[index - 1].fact == need && lost.contains(&need));
                        prop_assert_eq!(fired(&graph, rule, &before), Some(step.fact));
                        prop_assert!(graph.rule_body.row(rule).contains(&need));
                    }
                }
            }
        }
    }

    #[test]
    fn weak_spots_of_the_structure_are_those_whose_removal_disconnects(
        vertex_count in 1u32..9,
        ends in proptest::collection::vec(any::<[u8; 2]>(), 0..14),
    ) {
        let edges: Vec<[u32; 2]> = ends.iter().map(|ends| ends.map(|end| u32::from(end) % vertex_count)).collect();
        let found = Structure::new(vertex_count, &edges);
        let whole = components(vertex_count, &edges, None);
        let bridges: Vec<u32> = (0..edges.len())
            .filter(|&cut| {
                let left: Vec<_> = (0..edges.len()).filter(|&edge| edge != cut).map(|edge| edges[edge]).collect();
                components(vertex_count, &left, None) > whole
            })
            .map(|edge| edge as u32)
            .collect();
        prop_assert_eq!(found.bridges, bridges);
        // a vertex on its own takes its component with it, any other leaves at least one
        let cuts = |&vertex: &u32| components(vertex_count, &edges, Some(vertex)) > whole;
        prop_assert_eq!(found.articulation_points, (0..vertex_count).filter(cuts).collect::<Vec<_>>());
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
                .for_each(|label, lost| assert_eq!(lost, expected[label as usize], "label {label}"));
        }
    }
}

/// The head of a rule whose body and place held before.
fn fired(graph: &AndOrGraph, rule: u32, before: &BTreeSet<u32>) -> Option<u32> {
    let head = graph.rule_head[rule as usize];
    let fires = graph.rule_body.row(rule).iter().all(|fact| before.contains(fact));
    Some(head).filter(|head| fires && before.contains(head))
}

/// The length of the shortest chain to each fact, 0 where there is none: relaxed until nothing changes.
fn shortest_chains(graph: &AndOrGraph, before: &BTreeSet<u32>, lost: &[u32], failed: &BTreeSet<u32>) -> Vec<usize> {
    let has_failed = |labels: &[u32]| labels.iter().any(|label| failed.contains(label));
    let mut lengths = vec![usize::MAX; graph.fact_place.len()];
    for _ in 0..=lengths.len() {
        for &fact in lost {
            let place = graph.fact_place[fact as usize];
            let mut best = if has_failed(graph.place_labels.row(place)) { 1 } else { lengths[fact as usize] };
            for rule in (0..graph.rule_count()).filter(|&rule| fired(graph, rule, before) == Some(fact)) {
                let needs = graph.rule_body.row(rule).iter().map(|&need| lengths[need as usize].saturating_add(1));
                let own = if has_failed(graph.rule_labels.row(rule)) { 1 } else { usize::MAX };
                best = best.min(own).min(needs.min().unwrap_or(usize::MAX));
            }
            lengths[fact as usize] = best;
        }
    }
    assert!(lost.iter().all(|&fact| lengths[fact as usize] < usize::MAX), "every lost fact has a chain");
    lengths.into_iter().map(|length| if length == usize::MAX { 0 } else { length }).collect()
}

/// How many connected components there are, one vertex taken out.
fn components(vertex_count: u32, edges: &[[u32; 2]], without: Option<u32>) -> usize {
    let mut group: Vec<u32> = (0..vertex_count).collect();
    for _ in 0..vertex_count {
        for &[one, other] in edges {
            if without != Some(one) && without != Some(other) {
                let lowest = group[one as usize].min(group[other as usize]);
                group[one as usize] = lowest;
                group[other as usize] = lowest;
            }
        }
    }
    (0..vertex_count).filter(|&vertex| Some(vertex) != without && group[vertex as usize] == vertex).count()
}
