//! How processor time and memory of the commands grow: the program itself on stacks of every shape of `support/shapes.rs`,
//! each beside one of twice its size. A ratio of 2 is linear; where the answer itself grows with the square, 4 is.
//!
//! `cargo bench --bench size` measures stacks of 500 and 1,000 systems; `-- 2000` another size, `-- --only "chain of"` some
//! shapes, `-- --commands plan,report` some commands, `-- --write "dense" 2000` prints a stack. Memory and processor time
//! are read from `/proc`, so this needs Linux.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/dice.rs"]
mod dice;
#[path = "support/program.rs"]
mod program;
#[path = "support/shapes.rs"]
mod shapes;

use program::{TICKS, measured};

/// Each command with its arguments; `STACK` and `OUT` stand for a file and a folder.
const COMMANDS: [(&str, &[&str]); 7] = [
    ("check", &["check", "STACK", "--format", "json"]),
    ("outage", &["outage", "STACK", "--format", "json"]),
    ("stage", &["stage", "STACK", "--format", "json"]),
    ("diff", &["diff", "STACK", "STACK", "--format", "json"]),
    ("plan", &["plan", "STACK", "--format", "json"]),
    ("diagram", &["diagram", "STACK", "--format", "svg", "-o", "OUT"]),
    ("report", &["report", "STACK", "-o", "OUT"]),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let after = |name: &str| arguments.iter().position(|one| one == name).and_then(|at| arguments.get(at + 1));
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let size = sizes.first().copied().unwrap_or(1_000);
    if let Some(name) = after("--write") {
        let shape = shapes::named(name).expect("the name of a shape");
        print!("{}", shape(size));
        return;
    }
    let only = after("--only").map_or("", String::as_str);
    let commands = after("--commands").map(|names| names.split(',').map(str::to_owned).collect::<Vec<_>>());
    println!("| stack | command | {} systems | {size} systems | ratio | memory |", size / 2);
    println!("|---|---|---:|---:|---:|---:|");
    for (name, shape) in shapes::CHAINS.iter().chain(&shapes::DENSE).filter(|(name, _)| name.contains(only)) {
        for (command, arguments) in COMMANDS {
            if commands.as_ref().is_none_or(|names| names.iter().any(|one| one == command)) {
                let [half, whole] = [size / 2, size].map(|size| measured(&shape(size), arguments));
                let ratio = whole.seconds / half.seconds.max(1.0 / TICKS);
                let (a, b, memory) = (half.seconds, whole.seconds, whole.kilobytes / 1024);
                println!("| {name} | {command} | {a:.2} s | {b:.2} s | {ratio:.1} | {memory} MB |");
            }
        }
    }
}
