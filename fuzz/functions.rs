//! What is fuzzed: each function takes any bytes, and neither panics nor goes on for ever. The fuzz targets run them on
//! what libFuzzer makes up, and `tests/fuzzed.rs` on what was kept.

#![allow(dead_code, reason = "each target runs one of them")]
#![allow(unreachable_pub, reason = "the fuzz targets are crates of their own")]

use sinew::analysis::Analysis;
use sinew::import::{Import, Options};
use sinew::model::{not_opened, read, read_scenario};
use sinew::report::baseline::Baseline;
use sinew::report::theme_file;
use sinew::source::{Source, render};
use sinew_draw::deck::Template;

/// Bytes of a text beyond which nothing new is found.
const MOST: usize = 1 << 16;

/// Entries of a stack up to which it is analyzed as well.
const SMALL: usize = 60;

/// What scenarios edit.
const STACK: &str = include_str!("../examples/stacks/two-models.yaml");

fn source(bytes: &[u8]) -> Option<Source> {
    Source::from_bytes("fuzzed", bytes.to_vec(), MOST).ok()
}

/// A stack file, YAML or JSON: read, its problems told, its findings found.
pub fn reader(bytes: &[u8]) {
    let Some(source) = source(bytes) else { return };
    let reading = read(&source);
    let words = render(&source, &reading.problems, false);
    assert!(reading.stack.is_some() || !words.is_empty(), "what is refused is refused for a reason");
    if let Some(stack) = reading.stack.filter(|stack| stack.systems.len() + stack.flows.len() <= SMALL) {
        let _ = Analysis::of(&stack).findings();
    }
}

/// A scenario of a small stack: read, its problems told, the findings of what comes of it found.
pub fn scenario(bytes: &[u8]) {
    let Some(file) = source(bytes) else { return };
    let stack = Source::new("stack.yaml", STACK.to_owned());
    let base = read(&stack).stack.expect("the stack of the target is right");
    let reading = read_scenario(&file, (&stack, &base), &[], &mut not_opened);
    let words = render(&reading.source, &reading.problems, false);
    assert!(reading.stack.is_some() || !words.is_empty(), "what is refused is refused for a reason");
    if let Some(stack) = reading.stack.filter(|stack| stack.systems.len() + stack.flows.len() <= SMALL) {
        let _ = Analysis::of(&stack).findings();
    }
}

/// The findings of an earlier report.
pub fn baseline(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if text.len() <= MOST {
        let _ = Baseline::parse(text);
    }
}

/// A presentation whose look is taken over.
pub fn template(bytes: &[u8]) {
    let _ = Template::read(bytes);
}

/// The colors of diagrams.
pub fn theme(bytes: &[u8]) {
    let Some(source) = source(bytes) else { return };
    let _ = theme_file::read(&source);
}

/// A foreign file of any format: what comes of it is a stack file that can be read, or a problem.
pub fn import(bytes: &[u8]) {
    let mut import = Import::new(Options::default());
    import.file("fuzzed", bytes, true);
    let imported = import.finish("stack.yaml");
    let source = Source::new("stack.yaml", imported.stack);
    let reading = read(&source);
    let has_told = !imported.report.diagnostics.is_empty();
    assert!(reading.stack.is_some() || has_told, "{}", render(&source, &reading.problems, false));
}
