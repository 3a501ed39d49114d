//! Where words go: results to standard output, words about them to standard error.

use std::io::{self, Write};

use super::exit::Failure;
use crate::report::document::{Block, terminal};

/// Columns of text that is not shown on a terminal.
const WIDTH: usize = 100;

/// Prints a result exactly as it is.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    bytes(text.as_bytes())
}

/// Prints a result that need not be text.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Prints a document for people: as wide as the terminal, coloured where colours are seen and wanted.
pub(super) fn document(document: &[Block]) -> Result<(), Failure> {
    let width = terminal_size::terminal_size_of(io::stdout()).map_or(WIDTH, |(width, _)| usize::from(width.0));
    let mut out = anstream::stdout().lock();
    written(out.write_all(terminal(document, width).as_bytes()).and_then(|()| out.flush()))
}

fn written(outcome: io::Result<()>) -> Result<(), Failure> {
    outcome.map_err(|cause| match cause.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Environment { doing: "write to standard output".into(), cause },
    })
}

/// Says something about the result. That nobody listens is no failure.
pub(super) fn say(words: &str) {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(words.as_bytes()).and_then(|()| err.flush());
}
