//! Cut sets by proofs against looking at every world.

use crate::support::random_graphs::{all_worlds, cut_sets_by_enumeration, random_graph};
use sinew_graph::cut_sets::{CutSetLimits, Goals};

#[test]
fn cut_sets_are_those_of_enumeration() {
    let mut with_pairs = 0;
    for seed in 0..1500 {
        let graph = random_graph(seed, 3 + u32::try_from(seed % 7).unwrap());
        let goals = Goals::of(&graph);
        let goal = graph.fact_count() - 1;
        let expected = cut_sets_by_enumeration(&all_worlds(&graph, goal), graph.label_count);
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
        let goal = graph.fact_count() - 1;
        let all = goals.minimal_cut_sets(goal, &CutSetLimits { order: 4, ..CutSetLimits::default() });
        for rule_visits in [0, 1, 5, 20, 80] {
            let limits = CutSetLimits { order: 4, rule_visits, ..CutSetLimits::default() };
            let some = goals.minimal_cut_sets(goal, &limits);
            assert!(some.sets.iter().all(|set| all.sets.contains(set)), "seed {seed}");
            let complete = |set: &&Vec<u32>| set.len() <= some.complete_to as usize;
            assert!(all.sets.iter().filter(complete).all(|set| some.sets.contains(set)), "seed {seed}");
            stopped += usize::from(some.complete_to < 4);
        }
    }
    assert!(stopped > 100, "the limits must have been met: {stopped}");
}

#[test]
fn a_goal_that_never_holds_or_cannot_fail_has_no_cut_sets() {
    let mut graph = sinew_graph::and_or::AndOrGraph::new(2);
    let place = graph.add_place([]);
    let [fed, loose, other] = [(); 3].map(|()| graph.add_fact(place));
    graph.add_rule(fed, [], []);
    graph.add_rule(fed, [], [0]);
    graph.add_rule(loose, [other], [0]);
    graph.add_rule(other, [loose], [1]);
    let goals = Goals::of(&graph);
    for goal in [fed, loose, other] {
        assert!(goals.minimal_cut_sets(goal, &CutSetLimits::default()).sets.is_empty());
    }
    assert!(goals.holds(fed) && !goals.holds(loose));
}
