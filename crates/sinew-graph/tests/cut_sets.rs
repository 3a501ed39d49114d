//! Cut sets by proofs against looking at every world.

use crate::random_graphs::{last_fact, random_graph};
use crate::worlds::{all_worlds, cut_sets_by_enumeration};
use sinew_graph::and_or::{AndOrGraph, LabelIx};
use sinew_graph::cut_sets::{CutSetLimits, Goals};

#[test]
fn cut_sets_are_those_of_enumeration() {
    let mut with_pairs = 0;
    for seed in 0..1500 {
        let graph = random_graph(seed, 3 + usize::try_from(seed % 7).unwrap());
        let goals = Goals::of(&graph);
        let goal = last_fact(&graph);
        let expected = cut_sets_by_enumeration(&all_worlds(&graph, goal), graph.label_count());
        for order in 1..=4 {
            let found = goals.minimal_cut_sets(goal, &CutSetLimits { order, ..CutSetLimits::default() });
            let expected: Vec<_> = expected.iter().filter(|set| set.len() <= order as usize).cloned().collect();
            with_pairs += usize::from(expected.iter().any(|set| set.len() > 1));
            assert_eq!(found.sets, expected, "seed {seed}, order {order}");
            assert!(found.complete_to >= order, "seed {seed}, order {order}");
        }
    }
    assert!(with_pairs > 500, "the graphs must have cut sets of two labels and more: {with_pairs}");
}

#[test]
fn a_search_that_stops_says_so_and_lists_only_true_sets() {
    let mut stopped = 0;
    for seed in 0..200 {
        let graph = random_graph(seed, 9);
        let goals = Goals::of(&graph);
        let goal = last_fact(&graph);
        let all = goals.minimal_cut_sets(goal, &CutSetLimits { order: 4, ..CutSetLimits::default() });
        for rule_visits in [0, 1, 5, 20, 80] {
            let limits = CutSetLimits { order: 4, rule_visits, ..CutSetLimits::default() };
            let some = goals.minimal_cut_sets(goal, &limits);
            assert!(some.sets.iter().all(|set| all.sets.contains(set)), "seed {seed}");
            let complete = |set: &&Vec<LabelIx>| set.len() <= some.complete_to as usize;
            assert!(all.sets.iter().filter(complete).all(|set| some.sets.contains(set)), "seed {seed}");
            stopped += usize::from(some.complete_to < 4);
        }
    }
    assert!(stopped > 100, "the limits must have been met: {stopped}");
}

#[test]
fn a_goal_that_never_holds_or_cannot_fail_has_no_cut_sets() {
    let mut graph = AndOrGraph::new(2);
    let place = graph.add_place([]);
    let [fed, loose, other] = [(); 3].map(|()| graph.add_fact(place));
    graph.add_rule(fed, [], []);
    let [one, two] = [0, 1].map(LabelIx::new);
    graph.add_rule(fed, [], [one]);
    graph.add_rule(loose, [other], [one]);
    graph.add_rule(other, [loose], [two]);
    let goals = Goals::of(&graph);
    for goal in [fed, loose, other] {
        assert!(goals.minimal_cut_sets(goal, &CutSetLimits::default()).sets.is_empty());
    }
    assert!(goals.holds(fed) && !goals.holds(loose));
}
