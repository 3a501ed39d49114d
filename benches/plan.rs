//! How long a plan takes: candidates, target analyzed after each item, order with its proof, samples.
//!
//! `cargo bench --bench plan` prints a table; figures of one run on one machine compare with each other only.

#![allow(clippy::print_stdout)]

#[path = "support/dice.rs"]
mod dice;

use std::fmt::Write;
use std::time::Instant;

use sinew::analysis::Analysis;
use sinew::model::{Stack, read};
use sinew::plan::settings::DEFAULT_SAMPLES;
use sinew::plan::{Options, Plan};
use sinew::source::Source;

use dice::Dice;

/// Small numbers much more often than large ones: few systems have most flows.
fn skewed(dice: &mut Dice, n: usize) -> usize {
    let wide = dice.below(n) + 1;
    dice.below(wide)
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
    let mut dice = Dice::new(systems as u64);
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
        let (from, to) = (skewed(&mut dice, systems), dice.below(systems));
        let data = skewed(&mut dice, objects);
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
        let (data, at) = (skewed(&mut dice, objects), skewed(&mut dice, systems));
        let _ = writeln!(text, "  p{process}: {{ needs: [{{ data: d{data}, at: s{at} }}], outage_cost: 500 }}");
    }
    text
}

const EXAMPLES: [(&str, &str); 5] = [
    ("tiny", include_str!("../examples/stacks/tiny.yaml")),
    ("hubspot-scale-up", include_str!("../examples/stacks/hubspot-scale-up.yaml")),
    ("stage-3-marketo-enterprise", include_str!("../examples/stacks/stage-3-marketo-enterprise.yaml")),
    ("adobe-near-stage-4", include_str!("../examples/stacks/adobe-near-stage-4.yaml")),
    ("messy-45", include_str!("../examples/stacks/messy-45.yaml")),
];

fn stack(name: &str, text: String) -> Stack {
    read(&Source::new(name, text)).stack.expect("it is a valid stack file")
}

fn main() {
    println!("stack                      systems handoffs candidates items samples   gap      value/WSJF      ms");
    for (name, text) in EXAMPLES {
        for samples in [0, DEFAULT_SAMPLES] {
            row(name, &stack(name, text.to_owned()), samples);
        }
    }
    for systems in [100, 200, 500, 1_000, 2_000] {
        row("generated", &stack("generated.yaml", generated(systems)), 0);
    }
}

fn row(name: &str, stack: &Stack, samples: usize) {
    let start = Instant::now();
    let analysis = Analysis::of(stack);
    let plan = Plan::of(&analysis, &Options { samples, ..Options::default() }).expect("the defaults make sense");
    let time = start.elapsed().as_secs_f64() * 1_000.0;
    let by_wsjf = plan.solution.by_wsjf.as_ref().map(|list| list.net_value.0).filter(|value| *value > 0.0);
    println!(
        "{name:<26} {:>7} {:>8} {:>10} {:>5} {samples:>7} {:>6.2} % {:>12} {time:>9.0}",
        stack.systems.len(),
        analysis.handoffs().steps.len(),
        plan.candidates.all.len(),
        plan.items.len(),
        plan.solution.gap() * 100.0,
        by_wsjf.map_or_else(String::new, |value| format!("{:.3}", plan.solution.plan.net_value.0 / value)),
    );
}
