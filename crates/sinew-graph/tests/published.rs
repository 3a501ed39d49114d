//! The Aralia benchmark trees: counts of minimal cut sets and top probabilities as published.
//!
//! The trees are under CC BY-SA 4.0 and not part of this repository (openpra-org/aralia-fault-tree-dataset, DOI
//! 10.5281/zenodo.20160659). They are read from the folder that `SINEW_ARALIA` names; `judge.rs` says what happens without.
//! Trees that are always tried are in `textbooks.rs`.

use std::path::PathBuf;

use crate::judge::{ARALIA, samples};
use crate::open_psa_reader::Tree;
use sinew_graph::all_cut_sets::AllCutSets;
use sinew_graph::availability::{AvailabilityLimits, availability};
use sinew_graph::cut_sets::{CutSetLimits, Goals};
use sinew_graph::fault_tree::FaultTree;
use sinew_graph::ix::IxSet;

fn folder() -> Option<PathBuf> {
    samples(ARALIA, "cut sets and probabilities of the Aralia trees")
}

#[test]
fn aralia_trees_have_the_published_cut_sets_and_probabilities() {
    let Some(folder) = folder() else { return };
    let table = std::fs::read_to_string(folder.join("expected.csv")).unwrap();
    let mut trees = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let name = cells[0];
        let tree = Tree::read(&std::fs::read_to_string(folder.join(format!("{name}.xml"))).unwrap());
        assert_eq!(tree.events.len().to_string(), cells[1], "{name}");
        let (graph, goal) = tree.to_graph();
        let goals = Goals::of(&graph);

        let all = AllCutSets::of(&goals, goal, 1 << 20).unwrap();
        let by_order: Vec<String> = all.count_by_order()[1..].iter().map(u128::to_string).collect();
        assert_eq!(by_order.join(" "), cells[11], "{name}");
        let total = cells[4].parse().unwrap();
        let listed = all.list(total).unwrap();
        assert_eq!(listed.len(), total, "{name}");

        let order = if tree.events.len() > 100 { 2 } else { 3 };
        let limits = CutSetLimits { order, ..CutSetLimits::default() };
        let by_proofs = goals.minimal_cut_sets(goal, &limits);
        assert!(by_proofs.complete_to >= order, "{name}");
        let short: Vec<_> = listed.into_iter().filter(|set| set.len() <= order as usize).collect();
        assert_eq!(by_proofs.sets, short, "{name}");

        let q = tree.unavailability();
        let found = availability(&goals, goal, &q, &AvailabilityLimits::default());
        let expected: f64 = cells[6].parse().unwrap();
        assert!(found.exact, "{name}");
        let p = found.unavailability.low;
        assert!((p - expected).abs() < 1e-5 * expected, "{name}: {p:e} is not {expected:e}");
        trees += 1;
    }
    assert_eq!(trees, 5);
}

#[test]
fn where_a_tree_is_too_large_its_probability_is_bounded() {
    let Some(folder) = folder() else { return };
    for (name, p, vertices) in [("isp9603", 3.23326e-3, 400), ("baobab1", 1.01708e-4, 4000)] {
        let tree = Tree::read(&std::fs::read_to_string(folder.join(format!("{name}.xml"))).unwrap());
        let (graph, goal) = tree.to_graph();
        let q = tree.unavailability();
        let cut_sets = CutSetLimits { order: 3, ..AvailabilityLimits::default().cut_sets };
        let limits = AvailabilityLimits { vertices, cut_sets, gap: 0.0 };
        let found = availability(&Goals::of(&graph), goal, &q, &limits);
        assert!(!found.exact, "{name}");
        let (low, high) = (found.unavailability.low, found.unavailability.high);
        assert!(low <= p * (1.0 + 1e-5) && p * (1.0 - 1e-5) <= high, "{name}: {p:e} not in {low:e}..{high:e}");
        assert!(low > 0.5 * p && high < 10.0 * p, "{name}: {low:e}..{high:e} says little");
    }
}

#[test]
fn a_tree_without_loops_comes_back_as_a_tree_of_its_own_size() {
    let Some(folder) = folder() else { return };
    let tree = Tree::read(&std::fs::read_to_string(folder.join("das9201.xml")).unwrap());
    let (graph, goal) = tree.to_graph();
    let back = FaultTree::of(&Goals::of(&graph), goal, &IxSet::all(tree.events.len()), 1000).unwrap();
    assert!(back.gates.len() <= 82, "{}", back.gates.len());
    assert_eq!(back.labels().len(), 122);
}
