//! Which labels matter, against looking at every world, and against decision diagrams.

use crate::random_graphs::{last_fact, random_graph, redundant_graph};
use crate::worlds::{all_worlds, cut_sets_by_enumeration};
use sinew_graph::all_cut_sets::AllCutSets;
use sinew_graph::and_or::LabelIx;
use sinew_graph::cut_sets::Goals;
use sinew_graph::relevance::Relevance;

#[test]
fn labels_that_matter_are_those_of_the_cut_sets_of_enumeration() {
    let mut with_idle = 0;
    for seed in 0..1500 {
        let graph = random_graph(seed, 3 + usize::try_from(seed % 7).unwrap());
        let goals = Goals::of(&graph);
        let goal = last_fact(&graph);
        let mut expected = cut_sets_by_enumeration(&all_worlds(&graph, goal), graph.label_count()).concat();
        expected.sort_unstable();
        expected.dedup();
        let found = Relevance::of(&goals, goal, &[], u64::MAX);
        assert_eq!(found, Relevance { matter: expected.clone(), open: Vec::new() }, "seed {seed}");
        with_idle += usize::from(!expected.is_empty() && goals.candidates(goal).len() > expected.len());
        // What is known beforehand changes nothing.
        let known: Vec<LabelIx> = expected.into_iter().step_by(2).collect();
        assert_eq!(Relevance::of(&goals, goal, &known, u64::MAX), found, "seed {seed}");
    }
    assert!(with_idle > 50, "some candidates must belong to no cut set: {with_idle}");
}

#[test]
fn a_search_that_stops_says_what_is_open_and_agrees_with_diagrams() {
    let (mut stopped, mut settled) = (0, 0);
    for seed in 0..300 {
        let graph = redundant_graph(seed, 14);
        let goals = Goals::of(&graph);
        let goal = last_fact(&graph);
        let expected = AllCutSets::of(&goals, goal, usize::MAX).unwrap().labels();
        for rule_visits in [0, 500, 5_000, u64::MAX] {
            let found = Relevance::of(&goals, goal, &[], rule_visits);
            let is_open = |label: &LabelIx| found.open.binary_search(label).is_ok();
            assert!(found.matter.iter().all(|label| expected.binary_search(label).is_ok()), "seed {seed}");
            assert!(!found.matter.iter().any(is_open), "seed {seed}");
            assert!(expected.iter().all(|label| is_open(label) || found.matter.contains(label)), "seed {seed}");
            stopped += usize::from(!found.open.is_empty());
            settled += usize::from(found.open.is_empty());
            assert!(rule_visits < u64::MAX || found.open.is_empty(), "seed {seed}");
        }
    }
    assert!(stopped > 100 && settled > 300, "{stopped} stopped, {settled} settled");
}
