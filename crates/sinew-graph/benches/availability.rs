//! How long cut sets and availability take, on graphs shaped like stacks and on generated fault trees.
//!
//! `cargo bench -p sinew-graph --bench availability` prints a table; figures of one run on one machine compare with each other only.

use std::time::Instant;

use sinew_graph::all_cut_sets::AllCutSets;
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx};
use sinew_graph::availability::{AvailabilityLimits, availability};
use sinew_graph::cut_sets::{CutSetLimits, Goals};
use sinew_graph::ix::IxVec;

struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % sides.max(1) as u64).expect("it is below a length")
    }

    /// Small numbers much more often than large ones.
    fn skewed(&mut self, sides: usize) -> usize {
        let widest = self.below(sides) + 1;
        let wide = self.below(widest) + 1;
        self.below(wide)
    }
}

/// A graph of `flows` rules shaped like a stack: hubs, heavy tails, parallel and returning flows, systems that depend
/// on a shared vendor, and as goals processes with three needs each. The labels are systems, then flows.
fn stack_graph(flows: usize, processes: usize) -> (AndOrGraph, usize, Vec<FactIx>) {
    let mut dice = Dice(flows as u64 * 2 + 1);
    let systems = flows / 5 + 10;
    let objects = flows / 40 + 4;
    let mut graph = AndOrGraph::new(systems + flows);
    for system in 0..systems {
        let vendor = (dice.below(8) == 0 && system > 20).then(|| dice.below(10));
        graph.add_place([system].into_iter().chain(vendor).map(LabelIx::new));
    }
    let mut facts = std::collections::BTreeMap::new();
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); objects];
    for (object, holders) in at.iter_mut().enumerate() {
        for _ in 0..1 + dice.below(2) {
            let system = dice.skewed(systems);
            let fact = *facts.entry((object, system)).or_insert_with(|| {
                holders.push(system);
                graph.add_fact(PlaceIx::new(system))
            });
            graph.add_rule(fact, [], []);
        }
    }
    for flow in 0..flows {
        let object = dice.skewed(objects);
        let holders = &mut at[object];
        let from = holders[dice.skewed(holders.len())];
        let to = match dice.below(3) {
            0 => holders[dice.below(holders.len())],
            _ => dice.skewed(systems),
        };
        if from == to {
            continue;
        }
        let head = *facts.entry((object, to)).or_insert_with(|| {
            holders.push(to);
            graph.add_fact(PlaceIx::new(to))
        });
        graph.add_rule(head, [facts[&(object, from)]], [LabelIx::new(systems + flow)]);
    }
    let nowhere = graph.add_place([]);
    let all: Vec<FactIx> = facts.into_values().collect();
    let goals = (0..processes)
        .map(|_| {
            let goal = graph.add_fact(nowhere);
            let body: Vec<FactIx> = (0..3).map(|_| all[dice.below(all.len())]).collect();
            graph.add_rule(goal, body, []);
            goal
        })
        .collect();
    (graph, systems, goals)
}

/// A fault tree of `layers` layers of gates over `events` events, as rules; the goal is its top.
fn layered_tree(events: usize, layers: usize) -> (AndOrGraph, FactIx) {
    let mut dice = Dice(events as u64 * 2 + 1);
    let mut graph = AndOrGraph::new(events);
    let mut below: Vec<FactIx> = graph
        .labels()
        .map(|label| {
            let place = graph.add_place([label]);
            let fact = graph.add_fact(place);
            graph.add_rule(fact, [], []);
            fact
        })
        .collect();
    let nowhere = graph.add_place([]);
    for layer in 0..layers {
        let width = (events >> (layer + 1)).max(1);
        below = (0..width)
            .map(|at| {
                let gate = graph.add_fact(nowhere);
                let span = below.len();
                // Inputs are neighbors, and one in six gates has one from elsewhere, as in trees of real plants.
                let mut inputs = vec![below[2 * at % span], below[(2 * at + 1) % span]];
                if dice.below(6) == 0 {
                    inputs.push(below[dice.below(span)]);
                }
                inputs.sort_unstable();
                inputs.dedup();
                if layer % 2 == 0 {
                    inputs.iter().for_each(|&input| _ = graph.add_rule(gate, [input], []));
                } else {
                    graph.add_rule(gate, inputs, []);
                }
                gate
            })
            .collect();
    }
    let goal = graph.add_fact(nowhere);
    graph.add_rule(goal, below, []);
    (graph, goal)
}

fn median(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() - 1])
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its table")]
fn main() {
    println!("cut sets per process, stack-like graphs");
    println!(
        "{:>9} {:>9} {:>5} {:>12} {:>12} {:>10} {:>8}",
        "rules", "index ms", "order", "median ms", "max ms", "sets", "stopped"
    );
    for flows in [2_000, 20_000, 200_000] {
        let (graph, _, goals) = stack_graph(flows, 15);
        let start = Instant::now();
        let index = Goals::of(&graph);
        let indexed = start.elapsed().as_secs_f64() * 1e3;
        for order in [1, 2, 3] {
            let limits = CutSetLimits { order, ..CutSetLimits::default() };
            let (mut times, mut sets, mut stopped) = (Vec::new(), 0, 0);
            for &goal in &goals {
                let start = Instant::now();
                let found = index.minimal_cut_sets(goal, &limits);
                times.push(start.elapsed().as_secs_f64() * 1e3);
                sets += found.sets.len();
                stopped += usize::from(found.complete_to < order);
            }
            let (median, max) = median(times);
            println!(
                "{:>9} {indexed:>9.2} {order:>5} {median:>12.2} {max:>12.2} {sets:>10} {stopped:>8}",
                graph.rule_count()
            );
        }
    }
    println!("\navailability per process, stack-like graphs; with every label fallible, or only systems");
    println!(
        "{:>9} {:>8} {:>12} {:>12} {:>8} {:>12}",
        "rules", "fallible", "median ms", "max ms", "exact", "widest gap"
    );
    for flows in [200, 2_000, 20_000] {
        let (graph, systems, goals) = stack_graph(flows, 15);
        let index = Goals::of(&graph);
        for fallible in [systems, graph.label_count()] {
            let q: IxVec<LabelIx, Option<f64>> = (0..graph.label_count())
                .map(|label| (label < fallible).then(|| 1e-4 * (1 + label % 50) as f64))
                .collect();
            let (mut times, mut exact, mut widest) = (Vec::new(), 0, 0.0_f64);
            for &goal in &goals {
                let start = Instant::now();
                let found = availability(&index, goal, &q, &AvailabilityLimits::default());
                times.push(start.elapsed().as_secs_f64() * 1e3);
                exact += usize::from(found.exact);
                let gap = (found.unavailability.high - found.unavailability.low) / found.unavailability.high;
                widest = widest.max(if found.unavailability.high > 0.0 { gap } else { 0.0 });
            }
            let (median, max) = median(times);
            println!(
                "{:>9} {fallible:>8} {median:>12.2} {max:>12.2} {exact:>5}/{} {widest:>12.1e}",
                graph.rule_count(),
                goals.len()
            );
        }
    }
    println!("\ngenerated fault trees: all cut sets and availability");
    println!("{:>7} {:>7} {:>14} {:>10} {:>14} {:>6}", "events", "layers", "cut sets", "ms", "availab. ms", "exact");
    for (events, layers) in [(50, 4), (100, 5), (200, 6), (400, 7)] {
        let (graph, goal) = layered_tree(events, layers);
        let index = Goals::of(&graph);
        let start = Instant::now();
        let all = AllCutSets::of(&index, goal, 1 << 20);
        let counted = start.elapsed().as_secs_f64() * 1e3;
        let count =
            all.map_or_else(|_| "too many".to_owned(), |all| all.count_by_order().iter().sum::<u128>().to_string());
        let start = Instant::now();
        let q = IxVec::filled(Some(0.01), events);
        let found = availability(&index, goal, &q, &AvailabilityLimits::default());
        let answered = start.elapsed().as_secs_f64() * 1e3;
        println!("{events:>7} {layers:>7} {count:>14} {counted:>10.2} {answered:>14.2} {:>6}", found.exact);
    }
}
