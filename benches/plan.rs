//! How long a plan takes: candidates, target analysed after each item, order with its proof, samples.
//!
//! `cargo bench --bench plan` prints a table; figures of one run on one machine compare with each other only.

#![allow(clippy::print_stdout)]

use std::fmt::Write;
use std::time::Instant;

use sinew::analysis::Analysis;
use sinew::model::{Stack, read};
use sinew::plan::settings::DEFAULT_SAMPLES;
use sinew::plan::{Options, Plan};
use sinew::source::Source;

/// `SplitMix64` (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// Small numbers much more often than large ones: few systems have most flows.
    fn skewed(&mut self, n: usize) -> usize {
        let wide = self.below(n) + 1;
        self.below(wide)
    }
}

const PRODUCTS: [&str; 14] = [
    "salesforce-sales-cloud",
    "marketo-engage",
    "snowflake",
    "workato",
    "hubspot",
    "jasper",
    "contentful",
    "google-sheets",
    "outreach",
    "madkudu",
    "tableau",
    "asana",
    "slack",
    "on24",
];

/// A stack of so many systems with three flows each, one in eight by hand, and a process for every fifteen systems.
fn generated(systems: usize) -> String {
    let mut dice = Dice(systems as u64);
    let objects = systems / 6 + 4;
    let mut text =
        String::from("sinew: 1\nhourly_rate: 80\nteams: { ops: { people: 4 }, ana: { people: 1 } }\nsystems:\n");
    for system in 0..systems {
        let product = PRODUCTS[system % PRODUCTS.len()];
        let makes = if system < objects { format!(", makes: [d{system}]") } else { String::new() };
        let up = if dice.below(3) == 0 { ", availability: 99.9%" } else { "" };
        let _ = writeln!(text, "  s{system}: {{ product: {product}{up}{makes} }}");
    }
    text.push_str("data:\n");
    (0..objects).for_each(|data| {
        let _ = writeln!(text, "  d{data}: {{}}");
    });
    text.push_str("flows:\n");
    for flow in 0..3 * systems {
        let (from, to) = (dice.skewed(systems), dice.below(systems));
        let data = dice.skewed(objects);
        if from == to {
            continue;
        }
        let how = if dice.below(8) == 0 {
            let team = if dice.below(10) == 0 { "ana" } else { "ops" };
            let (runs, minutes) = (dice.below(20) + 1, dice.below(30) + 5);
            format!(
                "copy-paste, performer: {team}, runs: {runs}/week, minutes: [{}, {minutes}, {}]",
                minutes / 2,
                minutes * 2
            )
        } else {
            "api".to_owned()
        };
        let _ = writeln!(text, "  - {{ id: f{flow}, from: s{from}, to: s{to}, data: d{data}, mechanism: {how} }}");
    }
    text.push_str("processes:\n");
    for process in 0..systems / 15 + 1 {
        let (data, at) = (dice.skewed(objects), dice.skewed(systems));
        let _ = writeln!(text, "  p{process}: {{ needs: [{{ data: d{data}, at: s{at} }}], outage_cost: 500 }}");
    }
    text
}

fn stack(name: &str, text: String) -> Stack {
    read(&Source::new(name, text)).stack.expect("it is a valid stack file")
}

fn main() {
    println!("stack           systems  handoffs  candidates  items  samples       gap        ms");
    let example = include_str!("../examples/stacks/messy-45.yaml");
    for samples in [0, DEFAULT_SAMPLES] {
        row("messy-45", &stack("messy-45.yaml", example.to_owned()), samples);
    }
    for systems in [50, 200, 500, 2_000] {
        row("generated", &stack("generated.yaml", generated(systems)), 0);
    }
}

fn row(name: &str, stack: &Stack, samples: usize) {
    let start = Instant::now();
    let analysis = Analysis::of(stack);
    let plan = Plan::of(&analysis, &Options { samples, ..Options::default() }).expect("the defaults make sense");
    let time = start.elapsed().as_secs_f64() * 1_000.0;
    println!(
        "{name:<14} {:>8} {:>9} {:>11} {:>6} {samples:>8} {:>8.2} % {time:>9.0}",
        stack.systems.len(),
        analysis.handoffs.steps.len(),
        plan.candidates.all.len(),
        plan.items.len(),
        plan.solution.gap() * 100.0,
    );
}
