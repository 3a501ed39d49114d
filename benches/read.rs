//! How long reading and handoffs take on stacks of 1,000 to 100,000 flows, as YAML and as JSON, and at what memory.
//!
//! `cargo bench --bench read` prints the table of `docs/performance.md`; it ends in well under a minute. The stacks are
//! made anew each time and are always the same: systems in domains of fifty, four flows each to the next systems of the
//! domain and now and then to a hub, one in seven by hand, one system in forty a spreadsheet.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/memory.rs"]
mod memory;
#[path = "../tests/support/shuffle.rs"]
mod shuffle;

use std::fmt::Write;
use std::time::{Duration, Instant};

use sinew::analysis::{Analysis, Handoffs};
use sinew::model::read;
use sinew::report::document::markdown;
use sinew::report::{Medium, Report, json, told};
use sinew::source::Source;

use memory::{peak_memory, reset_peak_memory};
use shuffle::shuffled;

fn main() {
    println!("| flows | format | text | read | handoffs | all findings and report | peak memory |");
    println!("|---:|---|---:|---:|---:|---:|---:|");
    for flows in [1_000, 10_000, 100_000] {
        measure(flows, "YAML", "stack.yaml", yaml(flows));
        measure(flows, "JSON", "stack.json", as_json(flows));
    }
    #[cfg(feature = "xlsx")]
    measure_workbook(5_000);
}

/// How long a workbook takes to be written and read.
#[cfg(feature = "xlsx")]
fn measure_workbook(flows: usize) {
    let stack = read(&Source::new("stack.yaml", yaml(flows))).stack.expect("it is a stack");
    let (bytes, writing) = fastest(3, || sinew::workbook::xlsx(&stack).expect("it can be written"));
    let (opened, reading) =
        fastest(3, || sinew::workbook::read_spreadsheet("stack.xlsx", &bytes, &mut sinew::model::not_opened));
    let back = opened.expect("it can be read").and_then(|opened| opened.reading.stack).expect("it is a stack");
    assert_eq!(back.flows.len(), flows);
    println!("\n| flows | workbook | written | read |\n|---:|---:|---:|---:|");
    let (ms, size) = (|time: Duration| time.as_secs_f64() * 1e3, bytes.len() as f64 / f64::from(1 << 20));
    println!("| {flows} | {size:.1} MiB | {:.1} ms | {:.1} ms |", ms(writing), ms(reading));
}

fn measure(flows: usize, format: &str, name: &str, text: String) {
    reset_peak_memory();
    let mebibytes = |bytes: f64| format!("{:.1} MiB", bytes / f64::from(1 << 20));
    let size = mebibytes(text.len() as f64);
    let source = Source::new(name, text);
    let repeats = (100_000 / flows).clamp(1, 5);
    let (reading, reading_took) = fastest(repeats, || read(&source));
    let stack = reading.stack.unwrap_or_else(|| panic!("{:?}", reading.problems.first()));
    assert_eq!(stack.flows.len(), flows);
    let (handoffs, handoffs_took) = fastest(repeats, || Handoffs::of(&stack));
    assert!(!handoffs.chains.is_empty());
    let (_, report_took) = fastest(1, || {
        let analysis = Analysis::of(&stack);
        let report = Report::of(&analysis, &analysis.findings(), &source);
        (json(&report), markdown(&told(&report, Medium::Document)))
    });
    let peak = peak_memory().map_or("?".into(), |bytes| mebibytes(bytes as f64));
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    println!(
        "| {flows} | {format} | {size} | {} | {} | {} | {peak} |",
        ms(reading_took),
        ms(handoffs_took),
        ms(report_took)
    );
}

fn fastest<T>(repeats: usize, mut run: impl FnMut() -> T) -> (T, Duration) {
    let mut timed = || {
        let started = Instant::now();
        let value = run();
        (value, started.elapsed())
    };
    let mut best = timed();
    for _ in 1..repeats {
        let next = timed();
        if next.1 < best.1 {
            best = next;
        }
    }
    best
}

/// Source and target of flow `at`: within the domain of fifty, and one in ten to the hub of another domain.
fn ends(at: usize, systems: usize) -> (usize, usize) {
    let from = at / 4 % systems;
    let to = if at.is_multiple_of(10) {
        (from + 50 * (1 + at % 7)) / 50 * 50
    } else {
        from / 50 * 50 + (from + 1 + at % 4 * 7) % 50
    };
    (from, if to % systems == from { (from + 1) % systems } else { to % systems })
}

fn kind(system: usize) -> &'static str {
    match system % 40 {
        7 => "spreadsheet",
        0 | 13 => "crm",
        21 => "ai-content",
        _ => "marketing-automation",
    }
}

fn mechanism(flow: usize) -> &'static str {
    if flow.is_multiple_of(7) {
        "mechanism: copy-paste, performer: ops, runs: 12/week, minutes: [5, 10, 20]"
    } else {
        "mechanism: api"
    }
}

fn yaml(flows: usize) -> String {
    let systems = flows / 4;
    let mut text = "sinew: 1\nname: Generated\nhourly_rate: 80\nteams: { ops: { people: 3 } }\nsystems:\n".to_owned();
    let mut add = |line: std::fmt::Arguments<'_>| text.write_fmt(line).expect("writing into text never fails");
    for system in 0..systems {
        add(format_args!("  s{system}: {{ kind: {}, makes: [ {{ data: d{} }} ] }}\n", kind(system), system % 20));
    }
    add(format_args!("data: {{ d0: {{}}"));
    (1..20).for_each(|object| add(format_args!(", d{object}: {{}}")));
    add(format_args!(" }}\nflows:\n"));
    for flow in 0..flows {
        let (from, to) = ends(flow, systems);
        let (data, mechanism) = (from % 20, mechanism(flow));
        add(format_args!("  - {{ id: f{flow}, from: s{from}, to: s{to}, data: [d{data}], {mechanism} }}\n"));
    }
    add(format_args!("processes:\n"));
    for process in 0..systems / 50 {
        let at = process * 50;
        add(format_args!("  p{process}: {{ needs: [ {{ data: d{}, at: s{at} }} ], outage_cost: 100 }}\n", at % 20));
    }
    text
}

/// The same on one line, as programs write JSON.
fn as_json(flows: usize) -> String {
    shuffled(&Source::new("stack.yaml", yaml(flows)), 0).replace('\n', " ")
}
