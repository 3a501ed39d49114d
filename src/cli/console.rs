//! Where words go: results to standard output, words about them to standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::exit::Failure;
use crate::report::document::{Document, terminal};
use crate::report::write_json;

/// Columns of text that is not shown on a terminal: none is too long for a program that looks for a word in a line.
const WIDTH: usize = 60_000;

/// Prints a result exactly as it is.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    bytes(text.as_bytes())
}

/// Prints an answer for programs, as it is made.
pub(super) fn json<T: Serialize>(answer: &T) -> Result<(), Failure> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    written(write_json(&mut out, answer).and_then(|()| out.flush()))
}

/// Prints a result that need not be text.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Prints a document for people: as wide as the terminal, in a pipe as wide as it is, colored where colors are seen and
/// wanted. `COLUMNS` is of the shell's terminal, and no wish of whoever reads the pipe.
pub(super) fn document(document: &Document) -> Result<(), Failure> {
    let seen = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    // A terminal that does not say how wide it is has a shell that may.
    let stated = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|width| *width > 0);
    let width = seen.filter(|width| *width > 0).or_else(|| stated().filter(|_| io::stdout().is_terminal()));
    let width = width.unwrap_or(WIDTH);
    let mut out = anstream::stdout().lock();
    written(out.write_all(terminal(document, width).as_bytes()).and_then(|()| out.flush()))
}

fn written(outcome: io::Result<()>) -> Result<(), Failure> {
    outcome.map_err(|cause| match cause.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Environment { doing: "write to standard output".into(), cause },
    })
}

/// Whether the last line of standard error says what is being done.
static IS_UNDER_WAY: AtomicBool = AtomicBool::new(false);

/// Back to the first column, and the line empty (ECMA-48: erase in line).
const CLEAR: &[u8] = b"\r\x1b[K";

/// Says in a few words what is being done, on a line of a terminal that the next words replace; nothing where nobody
/// watches.
pub(super) fn under_way(words: &str) {
    let err = io::stderr();
    if err.is_terminal() {
        let mut err = err.lock();
        let line = [CLEAR, words.as_bytes(), "…".as_bytes()].concat();
        let _ = err.write_all(&line).and_then(|()| err.flush());
        IS_UNDER_WAY.store(true, Ordering::Relaxed);
    }
}

/// Says something about the result. That nobody listens is no failure.
pub(super) fn say(words: &str) {
    if words.is_empty() {
        return;
    }
    let mut err = anstream::stderr().lock();
    if IS_UNDER_WAY.swap(false, Ordering::Relaxed) {
        let _ = err.write_all(CLEAR);
    }
    let _ = err.write_all(words.as_bytes()).and_then(|()| err.flush());
}
