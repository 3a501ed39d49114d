//! Finds what the rules find, beside the typing: the newest text of each document, and none that is outdated.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use super::server::Event;
use crate::analysis::{Analysis, Finding};
use crate::model::Stack;

/// A stack whose findings are wanted.
pub(super) struct Wanted {
    pub(super) uri: String,
    /// Which change of the document it is.
    pub(super) change: u64,
    pub(super) stack: Arc<Stack>,
}

/// What was found in a document as it was after a change.
pub(super) struct Found {
    pub(super) uri: String,
    pub(super) change: u64,
    pub(super) findings: Vec<Finding>,
}

/// Answers what is wanted until nobody wants anything any more.
pub(super) fn find(wanted: &Receiver<Wanted>, events: &Sender<Event>) {
    let mut waiting: Vec<Wanted> = Vec::new();
    loop {
        if waiting.is_empty() {
            let Ok(one) = wanted.recv() else { return };
            waiting.push(one);
        }
        while let Ok(one) = wanted.try_recv() {
            waiting.retain(|older| older.uri != one.uri);
            waiting.push(one);
        }
        let Wanted { uri, change, stack } = waiting.remove(0);
        // Whoever types goes on typing, whatever becomes of the findings.
        let found = catch_unwind(AssertUnwindSafe(|| Analysis::of(&stack).findings()));
        let Ok(findings) = found else { continue };
        if events.send(Event::Found(Found { uri, change, findings })).is_err() {
            return;
        }
    }
}
