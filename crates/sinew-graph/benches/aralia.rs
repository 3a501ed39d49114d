//! The Aralia benchmark trees: which of them are solved exactly, and in which time.
//!
//! `SINEW_ARALIA=DIR cargo bench -p sinew-graph --bench aralia` prints a row for each tree (`*.xml`, Open-PSA) of a folder that can
//! be read as coherent, by name; the others are counted. The trees are not part of this repository (their licence is CC BY-SA 4.0):
//! rakhimov/scram has them under `input/Aralia`. Beside it stands what SCRAM says with decision diagrams, where it is installed. Times
//! are by the clock, of one run on one core, from the tree in memory (here) and from the file (SCRAM) to the answer.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sinew_graph::availability::{AvailabilityLimits, availability};
use sinew_graph::cut_sets::Goals;

#[path = "../tests/open_psa_reader.rs"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "tests use more of the reader than this does, and stop at what is no tree"
)]
mod open_psa_reader;

use open_psa_reader::Tree;

fn main() {
    let Some(folder) = std::env::var_os("SINEW_ARALIA") else {
        println!("SINEW_ARALIA names no folder with trees");
        return;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("so can its entries").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "xml"));
    files.sort();
    let only: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    println!(
        "| tree | events | exact | unavailability | seconds | SCRAM | seconds |\n|---|---:|---|---:|---:|---:|---:|"
    );
    let (mut exact, mut read, mut unread) = (0, 0, Vec::new());
    for file in files {
        let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        if !only.is_empty() && !only.contains(&name) {
            continue;
        }
        let text = std::fs::read_to_string(&file).expect("a tree can be read");
        if ["<not>", "<xor>"].iter().any(|word| text.contains(word)) || nested(&text) {
            unread.push(name);
            continue;
        }
        let tree = Tree::read(&text);
        let (graph, goal) = tree.to_graph();
        let q = tree.unavailability();
        let start = Instant::now();
        let found = availability(&Goals::of(&graph), goal, &q, &AvailabilityLimits::default());
        let time = start.elapsed().as_secs_f64();
        let p = found.unavailability;
        let said = if found.exact { format!("{:.6e}", p.low) } else { format!("{:.4e} to {:.4e}", p.low, p.high) };
        let (theirs, their_time) = scram(&file).unwrap_or_default();
        let (events, is_exact) = (tree.events.len(), if found.exact { "yes" } else { "no" });
        println!("| {name} | {events} | {is_exact} | {said} | {time:.3} | {theirs} | {their_time} |");
        exact += usize::from(found.exact);
        read += 1;
    }
    println!("\nexact: {exact} of {read}; not read: {}", unread.join(", "));
}

/// Seconds that SCRAM has for a tree; of one tree it would take all memory.
const MOST_SECONDS: f64 = 60.0;

/// What SCRAM says of the top event and how long it took; nothing where it is not there or refuses the tree.
fn scram(tree: &Path) -> Option<(String, String)> {
    let answer = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scram.xml");
    let _ = std::fs::remove_file(&answer);
    let start = Instant::now();
    let mut command = Command::new("scram");
    command.args(["--bdd", "--probability", "1", "-l", "1", "-o"]).arg(&answer).arg(tree);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    while child.try_wait().ok()?.is_none() {
        if start.elapsed().as_secs_f64() > MOST_SECONDS {
            child.kill().ok()?;
            child.wait().ok()?;
            return Some(("did not end".to_owned(), format!("{MOST_SECONDS:.0}")));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let time = start.elapsed().as_secs_f64();
    let text = std::fs::read_to_string(answer).ok()?;
    let (_, top) = text.split_once("<sum-of-products")?;
    let (_, value) = top.split_once("probability=\"")?;
    Some((value.split_once('"')?.0.to_owned(), format!("{time:.3}")))
}

/// Whether a formula stands in a formula.
fn nested(text: &str) -> bool {
    let mut depth = 0;
    for tag in text.split('<').skip(1) {
        let operator = ["and>", "or>", "atleast "].iter().any(|word| tag.starts_with(word));
        if operator {
            depth += 1;
        } else if ["/and>", "/or>", "/atleast>"].iter().any(|word| tag.starts_with(word)) {
            depth -= 1;
        }
        if depth > 1 {
            return true;
        }
    }
    false
}
