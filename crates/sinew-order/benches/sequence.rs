//! Choosing and ordering plans of 12 to 100 items: proof, gap, time, and what Smith's rule alone would reach.

#![allow(clippy::print_stdout)]

use std::time::Instant;

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use sinew_order::{
    Benefit, Days, DaysPerWeek, Effort, Index, Instance, Item, ItemIx, Money, MoneyPerYear, Solution, Weeks, solve,
};

struct Dice(SplitMix64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        (self.0.next_u64() % n as u64) as usize
    }
}

fn chance(dice: &mut Dice, percent: usize) -> bool {
    dice.below(100) < percent
}

/// What the horizon and the choices make of the problem.
#[derive(Clone, Copy)]
struct Shape {
    name: &'static str,
    /// Horizon by total work, in percent.
    horizon: usize,
    /// Findings with more than one option, in percent.
    options: usize,
    /// Findings that need two items, in percent.
    joint: usize,
    budget: bool,
}

/// One item in seven enables others; the others remove one or two findings each.
fn plan_of(size: usize, shape: Shape, seed: u64) -> Instance {
    let mut dice = Dice(SplitMix64::seed_from_u64(seed));
    let enablers = (size / 7).max(1);
    let mut items = Vec::new();
    for i in 0..size {
        let enabler = i < enablers;
        items.push(Item {
            id: format!("item-{i:03}"),
            effort: Days(if enabler { 5 + dice.below(16) } else { 1 + dice.below(15) } as f64),
            one_off: Money(if chance(&mut dice, 30) { 500.0 * dice.below(10) as f64 } else { 0.0 }),
            running: MoneyPerYear(if enabler { 1000.0 * dice.below(6) as f64 } else { 0.0 }),
            loss: MoneyPerYear(if chance(&mut dice, 15) { 200.0 * dice.below(10) as f64 } else { 0.0 }),
            needs: if !enabler && chance(&mut dice, 45) { vec![ItemIx::new(dice.below(enablers))] } else { Vec::new() },
            goes_first: chance(&mut dice, 25),
        });
    }
    let mut benefits = Vec::new();
    for i in enablers..size {
        let mut ways = vec![vec![ItemIx::new(i)]];
        if chance(&mut dice, shape.joint) {
            ways[0].push(ItemIx::new(enablers + dice.below(size - enablers)));
        }
        if chance(&mut dice, shape.options) {
            ways.push(vec![ItemIx::new(enablers + dice.below(size - enablers))]);
        }
        benefits.push(Benefit { value: MoneyPerYear(500.0 * (1 + dice.below(60)) as f64), ways });
    }
    let work: f64 = items.iter().map(|i| i.effort.0).sum();
    let cost: f64 = items.iter().map(|i| i.one_off.0 + i.running.0).sum();
    Instance {
        items: items.into(),
        benefits: benefits.into(),
        capacity: DaysPerWeek(5.0),
        horizon: Weeks(work / 5.0 * shape.horizon as f64 / 100.0),
        budget: shape.budget.then_some(Money(cost * 0.3)),
        force_in: Vec::new(),
        force_out: Vec::new(),
        requirements: Vec::new(),
    }
}

const SHAPES: [Shape; 4] = [
    Shape { name: "order only", horizon: 130, options: 0, joint: 20, budget: false },
    Shape { name: "horizon", horizon: 60, options: 0, joint: 20, budget: false },
    Shape { name: "options", horizon: 60, options: 35, joint: 20, budget: false },
    Shape { name: "budget", horizon: 60, options: 35, joint: 20, budget: true },
];
const SEEDS: u64 = 3;

fn main() {
    println!("shape        items  proved   worst gap     nodes   median ms      max ms   value/WSJF");
    for shape in SHAPES {
        for size in [12, 20, 30, 40, 60, 100] {
            row(shape, size);
        }
    }
    // What a stack of two thousand systems may bring: a good plan and a bound, without search.
    row(SHAPES[2], 1000);
}

fn row(shape: Shape, size: usize) {
    let mut times = Vec::new();
    let mut solutions: Vec<Solution> = Vec::new();
    for seed in 0..SEEDS {
        let instance = plan_of(size, shape, seed * 1000 + size as u64);
        let start = Instant::now();
        let solution = solve(&instance, Effort::default()).expect("generated plans are sound");
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        solutions.push(solution);
    }
    times.sort_by(f64::total_cmp);
    let proved = solutions.iter().filter(|s| s.proved).count();
    let gap = solutions.iter().map(Solution::gap).fold(0.0, f64::max);
    let nodes = solutions.iter().map(|s| s.nodes).max().unwrap_or(0);
    let ratios = solutions.iter().filter_map(|s| Some(s.plan.net_value.0 / s.by_wsjf.as_ref()?.net_value.0));
    let mean = ratios.sum::<f64>() / solutions.len() as f64;
    println!(
        "{:<12} {size:>5}  {proved:>3}/{SEEDS}   {:>8.3} %  {nodes:>8}  {:>10.2}  {:>10.2}   {mean:>10.3}",
        shape.name,
        gap * 100.0,
        times[times.len() / 2],
        times[times.len() - 1],
    );
}
