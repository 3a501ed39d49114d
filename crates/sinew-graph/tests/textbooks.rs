//! Published problems with published answers, which anybody may use: they are always tried.

use crate::open_psa_reader::{Tree, add_needing};
use sinew_graph::all_cut_sets::AllCutSets;
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx};
use sinew_graph::availability::{AvailabilityLimits, availability};
use sinew_graph::cut_sets::{CutSetLimits, Goals};
use sinew_graph::ix::IxVec;

#[test]
fn the_pressure_tank_of_the_fault_tree_handbook() {
    let tree = Tree::read(include_str!("fixtures/fault_trees/pressure-tank.xml"));
    let (graph, goal) = tree.to_graph();
    let goals = Goals::of(&graph);
    let name = |label: &LabelIx| tree.events[label.at()].0.as_str();
    let names = |sets: Vec<Vec<LabelIx>>| -> Vec<Vec<String>> {
        let mut sets: Vec<Vec<String>> = sets
            .iter()
            .map(|set| {
                let mut names: Vec<String> = set.iter().map(|label| name(label).to_owned()).collect();
                names.sort_unstable();
                names
            })
            .collect();
        sets.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        sets
    };
    let published = [vec!["K2"], vec!["T"], vec!["K1", "S"], vec!["R", "S"], vec!["S", "S1"]];
    assert_eq!(names(AllCutSets::of(&goals, goal, 1000).unwrap().list(100).unwrap()), published);
    assert_eq!(names(goals.minimal_cut_sets(goal, &CutSetLimits::default()).sets), published);
    let found = availability(&goals, goal, &tree.unavailability(), &AvailabilityLimits::default());
    let [t, k2, s, s1, k1, r] = [5e-6_f64, 3e-5, 1e-4, 3e-5, 3e-5, 1e-4];
    let p = 1.0 - (1.0 - t) * (1.0 - k2) * (1.0 - s * (1.0 - (1.0 - k1) * (1.0 - r) * (1.0 - s1)));
    assert!(found.exact && (found.unavailability.low - p).abs() < 1e-9 * p, "{:?}, not {p:e}", found.unavailability);
}

/// All pairs of `n` vertices are joined, each by a line that can fail; the goal is to get from the first to the last.
/// Every line goes both ways, so there are loops.
fn complete(n: usize) -> (AndOrGraph, FactIx) {
    let mut graph = AndOrGraph::new(n * (n - 1) / 2);
    let place = graph.add_place([]);
    let facts: Vec<FactIx> = (0..n).map(|_| graph.add_fact(place)).collect();
    graph.add_rule(facts[0], [], []);
    let mut label = 0;
    for a in 0..n {
        for b in a + 1..n {
            graph.add_rule(facts[b], [facts[a]], [LabelIx::new(label)]);
            graph.add_rule(facts[a], [facts[b]], [LabelIx::new(label)]);
            label += 1;
        }
    }
    (graph, facts[n - 1])
}

fn choose(n: usize, k: usize) -> f64 {
    (0..k).fold(1.0, |all, at| all * (n - at) as f64 / (at + 1) as f64)
}

/// The chance that the first and the last of `n` vertices are joined where each line has failed with `q` (Gilbert 1959,
/// Random Graphs, Annals of Mathematical Statistics 30, by his recursions for one piece and for two vertices).
fn gilbert(n: usize, q: f64) -> f64 {
    let mut whole: Vec<f64> = vec![1.0, 1.0];
    for size in 2..=n {
        let apart = |k: usize| choose(size - 1, k - 1) * whole[k] * q.powi((k * (size - k)) as i32);
        let next = 1.0 - (1..size).map(apart).sum::<f64>();
        whole.push(next);
    }
    let apart = |k: usize| choose(n - 2, k - 1) * whole[k] * q.powi((k * (n - k)) as i32);
    1.0 - (1..n).map(apart).sum::<f64>()
}

#[test]
fn complete_graphs_have_gilberts_reliability_and_a_cut_for_each_division() {
    for n in 3..8 {
        let (graph, goal) = complete(n);
        let goals = Goals::of(&graph);
        let all = AllCutSets::of(&goals, goal, 1 << 20).unwrap();
        let by_order = all.count_by_order();
        // The side of the first vertex has k of n, and k (n - k) lines lead out of it.
        let mut expected = vec![0_u128; by_order.len()];
        (1..n).for_each(|k| expected[k * (n - k)] += choose(n - 2, k - 1).round() as u128);
        assert_eq!(by_order, expected, "{n}");
        assert_eq!(all.list(1000).unwrap().len(), 1 << (n - 2), "{n}");
        let limits = CutSetLimits { order: 6, ..CutSetLimits::default() };
        let by_proofs = goals.minimal_cut_sets(goal, &limits);
        let short: Vec<_> = all.list(1000).unwrap().into_iter().filter(|set| set.len() <= 6).collect();
        assert_eq!(by_proofs.sets, short, "{n}");
        for q in [0.5, 0.1] {
            let chances = IxVec::filled(Some(q), graph.label_count());
            let found = availability(&goals, goal, &chances, &AvailabilityLimits::default());
            assert!(found.exact, "{n}");
            let p = gilbert(n, q);
            assert!((found.availability.low - p).abs() < 1e-12, "{n}, {q}: {:?}, not {p}", found.availability);
        }
    }
}

#[test]
fn what_is_too_large_is_bounded_around_gilberts_reliability() {
    let (graph, goal) = complete(9);
    let chances = IxVec::filled(Some(0.2), graph.label_count());
    let limits = AvailabilityLimits { vertices: 200, gap: 0.0, ..AvailabilityLimits::default() };
    let found = availability(&Goals::of(&graph), goal, &chances, &limits);
    let p = 1.0 - gilbert(9, 0.2);
    assert!(!found.exact);
    assert!(found.unavailability.low <= p && p <= found.unavailability.high, "{:?}, not {p}", found.unavailability);
    assert!(found.unavailability.high < 1.0, "{:?} says little", found.unavailability);
}

/// Lines of n parts that fail where k parts in a row have failed (Chiang and Niu 1981, Reliability of consecutive-k-out-of-n:F
/// systems, IEEE Transactions on Reliability R-30; their recursion).
#[test]
fn consecutive_parts_that_fail_together() {
    for (k, n) in [(2, 50), (3, 60), (4, 40)] {
        let q = 0.1_f64;
        let mut graph = AndOrGraph::new(n);
        let place = graph.add_place([]);
        let parts: Vec<FactIx> = (0..n).map(|_| graph.add_fact(place)).collect();
        (0..n).for_each(|at| {
            graph.add_rule(parts[at], [], [LabelIx::new(at)]);
        });
        let goal = graph.add_fact(place);
        let mut windows = Vec::new();
        for from in 0..=n - k {
            let window = graph.add_fact(place);
            add_needing(&mut graph, place, window, &parts[from..from + k], 1);
            windows.push(window);
        }
        graph.add_rule(goal, windows, []);
        // R(n) = R(n - 1) - p q^k R(n - k - 1), where the last run of failures ends with the last part.
        let mut works: Vec<f64> = vec![1.0; k];
        works.push(1.0 - q.powi(k as i32));
        for size in k + 1..=n {
            let next = works[size - 1] - (1.0 - q) * q.powi(k as i32) * works[size - k - 1];
            works.push(next);
        }
        let goals = Goals::of(&graph);
        let sets = AllCutSets::of(&goals, goal, 1 << 20).unwrap().list(1000).unwrap();
        let expected: Vec<Vec<LabelIx>> =
            (0..=n - k).map(|from| (from..from + k).map(LabelIx::new).collect()).collect();
        assert_eq!(sets, expected, "{k} of {n}");
        let found = availability(&goals, goal, &IxVec::filled(Some(q), n), &AvailabilityLimits::default());
        assert!(
            found.exact && (found.availability.low - works[n]).abs() < 1e-12,
            "{k} of {n}: {:?}",
            found.availability
        );
    }
}
