//! Availability and importance against the sum over every world.

use crate::random_graphs::{Dice, last_fact, random_graph, redundant_graph};
use crate::worlds::{all_worlds, holds};
use sinew_graph::and_or::{AndOrGraph, LabelIx};
use sinew_graph::availability::{Availability, AvailabilityLimits, Interval, availability};
use sinew_graph::cut_sets::{CutSetLimits, Goals};
use sinew_graph::ix::IxVec;

/// The probability that the goal fails, by adding up all worlds; with `fixed` labels known to have failed or not.
fn sum_of_worlds(worlds: &[bool], unavailability: &IxVec<LabelIx, Option<f64>>, fixed: Option<(LabelIx, bool)>) -> f64 {
    let chance = |world: usize| -> f64 {
        unavailability
            .enumerate()
            .map(|(label, q)| {
                let failed = world >> label.at() & 1 == 1;
                let q = match fixed {
                    Some((at, has_failed)) if at == label => f64::from(u8::from(has_failed)),
                    _ => q.unwrap_or(0.0),
                };
                if failed { q } else { 1.0 - q }
            })
            .product()
    };
    (0..worlds.len()).filter(|&world| !worlds[world]).map(chance).sum()
}

fn random_unavailability(dice: &mut Dice, labels: usize) -> IxVec<LabelIx, Option<f64>> {
    let some = [Some(0.5), Some(0.1), Some(0.003), Some(1e-5), Some(1e-9), Some(0.0), Some(1.0), None];
    let mut one = || {
        let sides = if dice.below(4) == 0 { 8 } else { 5 };
        some[dice.below(sides)]
    };
    (0..labels).map(|_| one()).collect()
}

#[track_caller]
fn assert_close(found: Interval, expected: f64, relative: f64, what: &str) {
    let near = |found: f64| found == expected || (found - expected).abs() <= relative * expected.abs().max(found.abs());
    assert!(near(found.low) && near(found.high), "{what}: {found:?} is not {expected:e}");
}

#[track_caller]
fn assert_contains(found: Interval, expected: f64, what: &str) {
    // The sum over worlds rounds, too.
    let slack = 1e-12 * expected.abs() + 1e-15;
    assert!(found.low <= expected + slack && expected <= found.high + slack, "{what}: {expected:e} not in {found:?}");
}

/// Checks every number of an answer against the worlds.
fn check(graph: &AndOrGraph, q: &IxVec<LabelIx, Option<f64>>, worlds: &[bool], found: &Availability, what: &str) {
    let total = sum_of_worlds(worlds, q, None);
    let near = |interval: Interval, expected: f64, what: &str| {
        if found.exact {
            assert_close(interval, expected, 1e-9, what);
        } else {
            assert_contains(interval, expected, what);
        }
    };
    near(found.unavailability, total, what);
    let holding: Vec<bool> = worlds.iter().map(|holds| !holds).collect();
    near(found.availability, sum_of_worlds(&holding, q, None), what);
    assert!(graph.label_count() == q.len());
    for of in &found.importance {
        let label = of.label;
        let failed = sum_of_worlds(worlds, q, Some((label, true)));
        let working = sum_of_worlds(worlds, q, Some((label, false)));
        let what = format!("{what}, {label:?}");
        // The differences of the sums lose digits; those of the answer do not.
        let birnbaum = failed - working;
        if birnbaum > 1e-6 * failed {
            near(of.birnbaum, birnbaum, &what);
            near(of.fussell_vesely, q[label].unwrap() * birnbaum / total, &what);
        }
        near(of.risk_achievement_worth, failed / total, &what);
        near(of.risk_reduction_worth, if working == 0.0 { f64::INFINITY } else { total / working }, &what);
    }
}

#[test]
fn the_words_of_the_oracle_are_the_plain_oracle() {
    for seed in 0..100 {
        let graph = random_graph(seed, 7);
        for goal in graph.facts() {
            let plain: Vec<bool> = (0..1 << 7).map(|world| holds(&graph, world)[goal]).collect();
            assert_eq!(all_worlds(&graph, goal), plain);
        }
    }
}

#[test]
fn availability_is_the_sum_over_all_worlds() {
    let mut interesting = 0;
    for seed in 0..800 {
        let labels = 4 + usize::try_from(seed % 6).unwrap();
        let graph = if seed % 4 == 0 { redundant_graph(seed, labels) } else { random_graph(seed, labels) };
        let goal = last_fact(&graph);
        let q = random_unavailability(&mut Dice::new(seed + 7), graph.label_count());
        let worlds = all_worlds(&graph, goal);
        let found = availability(&Goals::of(&graph), goal, &q, &AvailabilityLimits::default());
        assert!(found.exact, "seed {seed}");
        check(&graph, &q, &worlds, &found, &format!("seed {seed}"));
        interesting += usize::from(found.importance.iter().filter(|of| of.birnbaum.low > 0.0).count() > 2);
    }
    assert!(interesting > 200, "graphs must be worth testing: {interesting}");
}

#[test]
fn availability_is_the_sum_over_all_worlds_of_18_labels() {
    for seed in 0..3 {
        let graph = if seed % 2 == 0 { random_graph(seed, 18) } else { redundant_graph(seed, 18) };
        let goal = last_fact(&graph);
        let q = random_unavailability(&mut Dice::new(seed), 18);
        let worlds = all_worlds(&graph, goal);
        let found = availability(&Goals::of(&graph), goal, &q, &AvailabilityLimits::default());
        assert!(found.exact);
        let total = sum_of_worlds(&worlds, &q, None);
        assert_close(found.unavailability, total, 1e-9, &format!("seed {seed}"));
    }
}

#[test]
fn bounds_contain_what_they_bound() {
    let mut bounded = 0;
    let mut tight = 0;
    for seed in 0..90 {
        let graph = redundant_graph(seed, 9);
        let goal = last_fact(&graph);
        let q = random_unavailability(&mut Dice::new(seed + 7), graph.label_count());
        let worlds = all_worlds(&graph, goal);
        for (vertices, order) in [(16, 1), (32, 2), (64, 3), (96, 4)] {
            let cut_sets = CutSetLimits { order, ..CutSetLimits::default() };
            let limits = AvailabilityLimits { vertices, cut_sets, gap: 0.0 };
            let found = availability(&Goals::of(&graph), goal, &q, &limits);
            check(&graph, &q, &worlds, &found, &format!("seed {seed}, {vertices} vertices"));
            bounded += usize::from(!found.exact);
            let Interval { low, high } = found.unavailability;
            tight += usize::from(!found.exact && low > 0.5 * high);
        }
    }
    assert!(bounded > 100 && tight > 15, "caps must be met: {bounded} bounded, {tight} of them tight");
}
