//! How processor time and memory of the commands grow: the program itself on stacks of every shape of `support/shapes.rs`,
//! each beside one of twice its size. A ratio of 2 is linear; where the answer itself grows with the square, 4 is.
//!
//! `cargo bench --bench size` measures stacks of 500 and 1,000 systems; `-- 2000` another size, `-- --only "chain of"` some
//! shapes, `-- --commands plan,report` some commands, `-- --write "dense" 2000` prints a stack. Memory and processor time
//! are read from `/proc`, so this needs Linux.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/dice.rs"]
mod dice;
#[path = "support/shapes.rs"]
mod shapes;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

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

/// Ticks of a second in `/proc`, on every Linux that is in use.
const TICKS: f64 = 100.0;

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

struct Measured {
    seconds: f64,
    kilobytes: u64,
}

/// Processor time and peak memory of the program with these arguments on this stack.
fn measured(text: &str, arguments: &[&str]) -> Measured {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("size");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let (stack, out) = (folder.join("stack.yaml"), folder.join("out"));
    fs::write(&stack, text).expect("a file");
    let path = |argument: &&str| match *argument {
        "STACK" => stack.display().to_string(),
        "OUT" => out.display().to_string(),
        other => other.to_owned(),
    };
    let before = time_of_children();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sinew"))
        .args(arguments.iter().map(path))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut kilobytes = 0;
    let status = loop {
        kilobytes = kilobytes.max(peak_of(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().expect("it is a child") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(status.code().is_some_and(|code| code < 2), "{arguments:?} failed");
    Measured { seconds: time_of_children() - before, kilobytes }
}

/// Processor time of all children that have ended, in seconds: fields 16 and 17 of `/proc/self/stat`.
fn time_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("this is Linux");
    let rest = stat.rsplit_once(')').expect("the name stands in brackets").1;
    let fields: Vec<f64> = rest.split_whitespace().skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / TICKS
}

fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
