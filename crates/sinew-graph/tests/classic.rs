//! Structures of the textbooks, by closed form, and methods against each other where enumeration is too long.

use crate::open_psa_reader::{Tree, add_needing};
use crate::random_graphs::{Dice, last_fact, redundant_graph};
use sinew_graph::all_cut_sets::AllCutSets;
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx};
use sinew_graph::availability::{AvailabilityLimits, availability};
use sinew_graph::cut_sets::{CutSetLimits, Goals};
use sinew_graph::fault_tree::FaultTree;
use sinew_graph::ix::{IxSet, IxVec};

/// The unavailability, exact, of a goal whose labels all have unavailability `q`.
fn unavailability(graph: &AndOrGraph, goal: FactIx, q: f64) -> f64 {
    let q = IxVec::filled(Some(q), graph.label_count());
    let found = availability(&Goals::of(graph), goal, &q, &AvailabilityLimits::default());
    assert!(found.exact);
    found.unavailability.low
}

/// The minimal cut sets, which both methods must find, as numbers of labels.
fn cut_sets(graph: &AndOrGraph, goal: FactIx) -> Vec<Vec<usize>> {
    let all = AllCutSets::of(&Goals::of(graph), goal, 1 << 20).unwrap().list(100_000).unwrap();
    let mut members: Vec<LabelIx> = all.iter().flatten().copied().collect();
    members.sort_unstable();
    members.dedup();
    assert_eq!(AllCutSets::of(&Goals::of(graph), goal, 1 << 20).unwrap().labels(), members);
    let limits = CutSetLimits { order: 4, ..CutSetLimits::default() };
    let by_proofs = Goals::of(graph).minimal_cut_sets(goal, &limits);
    assert!(by_proofs.complete_to >= 4);
    let short: Vec<_> = all.iter().filter(|set| set.len() <= 4).cloned().collect();
    assert_eq!(by_proofs.sets, short);
    all.iter().map(|set| set.iter().map(|label| label.at()).collect()).collect()
}

/// `n` labeled sources.
fn sources(n: usize) -> (AndOrGraph, PlaceIx, Vec<FactIx>) {
    let mut graph = AndOrGraph::new(n);
    let place = graph.add_place([]);
    let facts = graph
        .labels()
        .map(|label| {
            let fact = graph.add_fact(place);
            graph.add_rule(fact, [], [label]);
            fact
        })
        .collect();
    (graph, place, facts)
}

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-13 * expected, "{found:e} is not {expected:e}");
}

#[test]
fn series_and_parallel() {
    for q in [0.3, 1e-3, 1e-12] {
        let (mut series, place, facts) = sources(7);
        let goal = series.add_fact(place);
        series.add_rule(goal, facts, []);
        // 1 - (1 - q)^7 without cancellation.
        assert_close(unavailability(&series, goal, q), -f64::exp_m1(7.0 * f64::ln_1p(-q)));
        assert_eq!(cut_sets(&series, goal), (0..7).map(|label| vec![label]).collect::<Vec<_>>());

        let (mut parallel, place, facts) = sources(4);
        let goal = parallel.add_fact(place);
        for fact in facts {
            parallel.add_rule(goal, [fact], []);
        }
        assert_close(unavailability(&parallel, goal, q), q.powi(4));
        assert_eq!(cut_sets(&parallel, goal), [vec![0, 1, 2, 3]]);
    }
}

#[test]
fn the_bridge_network() {
    // Source s; a: s-u, b: s-v, c: u-v both ways (a loop), d: u-t, e: v-t.
    let mut graph = AndOrGraph::new(5);
    let place = graph.add_place([]);
    let [s, u, v, t] = [(); 4].map(|()| graph.add_fact(place));
    graph.add_rule(s, [], []);
    for (from, to, label) in [(s, u, 0), (s, v, 1), (u, v, 2), (v, u, 2), (u, t, 3), (v, t, 4)] {
        graph.add_rule(to, [from], [LabelIx::new(label)]);
    }
    assert_eq!(cut_sets(&graph, t), [vec![0, 1], vec![3, 4], vec![0, 2, 4], vec![1, 2, 3]]);
    for q in [0.4_f64, 0.01] {
        // By cases on c: up, both ends are pairs in parallel; down, two paths of two in parallel.
        let joined = 1.0 - (1.0 - q * q).powi(2);
        let apart = (1.0 - (1.0 - q).powi(2)).powi(2);
        let found = unavailability(&graph, t, q);
        assert!((found - ((1.0 - q) * joined + q * apart)).abs() < 1e-15);
    }
}

#[test]
fn k_of_n() {
    let choose = |n: usize, k: usize| (0..k).fold(1.0, |all, at| all * (n - at) as f64 / (at + 1) as f64);
    for (needed, n) in [(2, 3), (2, 5), (3, 5), (5, 9), (9, 12)] {
        let (mut graph, place, facts) = sources(n);
        let goal = graph.add_fact(place);
        add_needing(&mut graph, place, goal, &facts, needed);
        let q = 0.02_f64;
        // It fails where more than n - needed have failed.
        let term = |failed: usize| choose(n, failed) * q.powf(failed as f64) * (1.0 - q).powf((n - failed) as f64);
        assert_close(unavailability(&graph, goal, q), (n - needed + 1..=n).map(term).sum());
        let sets = cut_sets(&graph, goal);
        assert!(sets.iter().all(|set| set.len() == n - needed + 1));
        assert!((sets.len() as f64 - choose(n, n - needed + 1)).abs() < 0.5);
    }
}

#[test]
fn our_own_classic_trees() {
    // Of each tree: file, minimal cut sets, top probability computed by hand in the file.
    let trees = [
        ("two-train", include_str!("fixtures/fault_trees/two-train.xml"), 5, 0.010_613_809_9_f64),
        ("two-of-three", include_str!("fixtures/fault_trees/two-of-three.xml"), 4, 0.030_7_f64),
    ];
    for (name, text, count, p) in trees {
        let tree = Tree::read(text);
        let (graph, goal) = tree.to_graph();
        assert_eq!(cut_sets(&graph, goal).len(), count, "{name}");
        let found = availability(&Goals::of(&graph), goal, &tree.unavailability(), &AvailabilityLimits::default());
        assert!((found.unavailability.low - p).abs() < 1e-12, "{name}: {:?}", found.unavailability);
    }
}

#[test]
fn both_methods_find_the_same_cut_sets_in_dense_loops() {
    let mut compared = 0;
    for seed in 0..120 {
        let graph = redundant_graph(seed, 14 + Dice::new(seed).below(8));
        compared += cut_sets(&graph, last_fact(&graph)).len();
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn two_long_chains_in_parallel() {
    // Deep and long: nothing may recurse or take the square of the length. Each chain fails with 1 - (1 - q)^n.
    let n = 3_000;
    let mut graph = AndOrGraph::new(2 * n);
    let place = graph.add_place([]);
    let goal = graph.add_fact(place);
    for chain in 0..2 {
        let mut before = graph.add_fact(place);
        graph.add_rule(before, [], []);
        for at in 0..n {
            let next = graph.add_fact(place);
            graph.add_rule(next, [before], [LabelIx::new(chain * n + at)]);
            before = next;
        }
        graph.add_rule(goal, [before], []);
    }
    let q = 1e-5;
    let one = -f64::exp_m1(n as f64 * f64::ln_1p(-q));
    let found = unavailability(&graph, goal, q);
    assert!((found - one * one).abs() < 1e-11 * one * one, "{found:e}");
    let all = AllCutSets::of(&Goals::of(&graph), goal, 1000).unwrap();
    assert_eq!(all.count_by_order(), [0, 0, (n * n) as u128]);
    let limits = CutSetLimits { worlds: 10_000, ..CutSetLimits::default() };
    assert_eq!(Goals::of(&graph).minimal_cut_sets(goal, &limits).complete_to, 1);
    let tree = FaultTree::of(&Goals::of(&graph), goal, &IxSet::all(2 * n), 100_000).unwrap();
    assert_eq!(tree.labels().len(), 2 * n);
}
