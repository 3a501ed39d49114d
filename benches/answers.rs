//! From a file to the answer: what the commands that people wait for take, the program itself, from its start to its end.
//!
//! `cargo bench --bench answers` prints a table; `-- --only plan` some rows. Stacks of so many flows
//! are those of `support/domains.rs`, chains and dense ones those of `support/shapes.rs`. Each is measured once, the small ones three
//! times, of which the least counts. Memory and processor time are read from `/proc`, so this needs Linux.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/dice.rs"]
mod dice;
#[path = "support/domains.rs"]
mod domains;
#[path = "support/program.rs"]
mod program;
#[allow(dead_code, reason = "this measures some of the shapes")]
#[path = "support/shapes.rs"]
mod shapes;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use domains::domains;
use program::{Measured, begun, empty_folder, measured, time_of};

/// More than a stack file may have unless it is meant: a million flows are 110 MB.
const MOST: &str = "200000000";
const OUTAGE: [&str; 6] = ["outage", "STACK", "--format", "json", "--max-bytes", MOST];
const PLAN: [&str; 4] = ["plan", "STACK", "--format", "json"];
const CHECK: [&str; 6] = ["check", "STACK", "--format", "json", "--max-bytes", MOST];
const REPORT: [&str; 4] = ["report", "STACK", "-o", "OUT"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let only = arguments.iter().position(|one| one == "--only").and_then(|at| arguments.get(at + 1));
    let only = only.map_or("", String::as_str);
    let messy = fs::read_to_string("examples/stacks/messy-45.yaml").expect("the example is there");
    let shape = |name: &str, size| shapes::named(name).expect("the name of a shape")(size);
    println!("| what | processor | clock | memory |\n|---|---:|---:|---:|");
    let row = |name: &str, times: usize, arguments: &[&str], text: &dyn Fn() -> String| {
        if name.contains(only) {
            let text = text();
            let runs = (0..times).map(|_| measured(&text, arguments));
            told(name, runs.min_by(|one, other| one.seconds.total_cmp(&other.seconds)).expect("it ran"));
        }
    };
    for (flows, times) in [(1_000, 3), (100_000, 1), (1_000_000, 1)] {
        row(&format!("`check`, {flows} flows"), times, &CHECK, &|| domains(flows, false));
        row(&format!("`outage`, {flows} flows"), times, &OUTAGE, &|| domains(flows, false));
    }
    row("`outage`, 1000 flows, each system with an availability", 3, &OUTAGE, &|| domains(1_000, true));
    row("`outage`, 100000 flows, each system with an availability", 1, &OUTAGE, &|| domains(100_000, true));
    row("`plan`, messy-45", 3, &PLAN, &|| messy.clone());
    for flows in [2_000, 8_000] {
        row(&format!("`plan`, {} systems", flows / 4), 1, &PLAN, &|| domains(flows, false));
    }
    for flows in [40, 100, 200] {
        row(&format!("`plan`, {flows} flows by hand"), 1, &PLAN, &|| shape("manual flows", flows));
    }
    for name in ["dense", "grid"] {
        row(&format!("`plan`, 2000 systems, {name}"), 1, &PLAN, &|| shape(name, 2_000));
    }
    row("`report`, messy-45", 3, &REPORT, &|| messy.clone());
    for flows in [2_000, 8_000] {
        row(&format!("`report`, {} systems", flows / 4), 1, &REPORT, &|| domains(flows, false));
    }
    row("`report`, 2000 systems, dense", 1, &REPORT, &|| shape("dense", 2_000));
    let saved = "one save, `report --watch --only report.html`, messy-45";
    if saved.contains(only) {
        told(saved, one_save(&messy));
    }
}

fn told(name: &str, taken: Measured) {
    let megabytes = taken.kilobytes / 1024;
    let memory = if megabytes == 0 { String::new() } else { format!("{megabytes} MB") };
    println!("| {name} | {:.2} s | {:.2} s | {memory} |", taken.seconds, taken.clock);
}

/// What a save costs a program that watches: one figure of the stack is another, until the page is written and nothing goes on.
fn one_save(text: &str) -> Measured {
    let folder = empty_folder("watched");
    let (stack, page) = (folder.join("stack.yaml"), folder.join("out/report.html"));
    fs::write(&stack, text).expect("a file");
    let mut child = begun(&folder, &["report", "STACK", "-o", "OUT", "--watch", "--only", "report.html"]);
    quiet_after(&page, None, child.id());
    let (before, written) = (time_of(child.id()), changed(&page));
    let started = Instant::now();
    fs::write(&stack, text.replacen("hourly_rate: ", "hourly_rate: 1", 1)).expect("a file");
    let clock = quiet_after(&page, written, child.id()).duration_since(started).as_secs_f64();
    let seconds = time_of(child.id()) - before;
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    Measured { seconds, clock, kilobytes: 0 }
}

/// Waits until the page is another than `before` and the process has done nothing for half a second; when the page was there.
fn quiet_after(page: &Path, before: Option<SystemTime>, process: u32) -> Instant {
    while changed(page).is_none() || changed(page) == before {
        std::thread::sleep(Duration::from_millis(5));
    }
    let there = Instant::now();
    let mut time = -1.0;
    while time_of(process) > time {
        time = time_of(process);
        std::thread::sleep(Duration::from_millis(500));
    }
    there
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}
