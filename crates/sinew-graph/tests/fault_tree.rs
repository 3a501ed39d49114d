//! Fault trees of goals with loops against every world.

use crate::random_graphs::{last_fact, random_graph, redundant_graph};
use crate::worlds::all_worlds;
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx};
use sinew_graph::cut_sets::Goals;
use sinew_graph::fault_tree::{FaultTree, GateIx, GateKind, Input, Top};
use sinew_graph::ix::{IxSet, IxVec};

/// Whether the top fails in a world.
fn fails(tree: &FaultTree, world: usize) -> bool {
    let mut gates = IxVec::<GateIx, bool>::default();
    let input = |gates: &IxVec<GateIx, bool>, input: &Input| match *input {
        Input::Event(label) => world >> label.at() & 1 == 1,
        Input::Gate(gate) => gates[gate],
    };
    for gate in tree.gates.iter() {
        let fails = match gate.kind {
            GateKind::And => gate.inputs.iter().all(|of| input(&gates, of)),
            GateKind::Or => gate.inputs.iter().any(|of| input(&gates, of)),
        };
        gates.push(fails);
    }
    match &tree.top {
        Top::Always => true,
        Top::Never => false,
        Top::Input(of) => input(&gates, of),
    }
}

#[test]
fn a_fault_tree_fails_exactly_when_its_goal_does() {
    let mut gates = 0;
    for seed in 0..200 {
        let labels = 3 + usize::try_from(seed % 6).unwrap();
        let graph = if seed % 2 == 0 { redundant_graph(seed, labels) } else { random_graph(seed, labels) };
        let goal = last_fact(&graph);
        let worlds = all_worlds(&graph, goal);
        let all = IxSet::all(labels);
        // The small cap makes some unroll by rounds instead of by paths.
        for cap in [150, 100_000] {
            let Ok(tree) = FaultTree::of(&Goals::of(&graph), goal, &all, cap) else { continue };
            gates += tree.gates.len();
            for (world, &holds) in worlds.iter().enumerate() {
                assert_eq!(fails(&tree, world), !holds, "seed {seed}, world {world:b}");
            }
        }
    }
    assert!(gates > 2_000, "the trees must be worth testing: {gates}");
}

#[test]
fn a_dense_loop_is_unrolled_by_rounds_or_refused() {
    // All of 12 facts supply each other, and each has a source of its own.
    let mut graph = AndOrGraph::new(12 + 12 * 12);
    let place = graph.add_place([]);
    for number in 0..12 {
        let fact = graph.add_fact(place);
        graph.add_rule(fact, [], [LabelIx::new(number)]);
    }
    for (head, body) in (0..12).flat_map(|head| (0..12).map(move |body| (head, body))) {
        graph.add_rule(FactIx::new(head), [FactIx::new(body)], [LabelIx::new(12 + 12 * head + body)]);
    }
    let goal = FactIx::new(0);
    let goals = Goals::of(&graph);
    let all = IxSet::all(graph.label_count());
    let tree = FaultTree::of(&goals, goal, &all, 4_000).unwrap();
    assert!(tree.gates.len() > 12 * 10);
    let refused = FaultTree::of(&goals, goal, &all, 500).unwrap_err();
    assert_eq!((refused.cap, refused.largest_loop), (500, 12));
    assert!(refused.to_string().contains("12 facts supply each other"));
}
