//! Findings that ended because what they were about is gone, which fixes nothing.

use super::{Analysis, EntryKind, Fact, Fingerprint};
use crate::model::{DataIx, SystemIx};

/// Whether what an earlier finding was about is gone from the stack of `analysis`, or runs no more: then nothing can be
/// said of it, and nothing was fixed.
#[must_use]
pub fn is_void<'i>(
    fingerprint: &Fingerprint,
    data: &[String],
    processes: impl IntoIterator<Item = &'i str>,
    analysis: &Analysis<'_>,
) -> bool {
    let stack = analysis.stack;
    let lives = |(kind, id): (EntryKind, &str)| match kind {
        EntryKind::System => stack.find_system(id).is_some_and(|ix| stack.system(ix).is_live()),
        EntryKind::Team => stack.find_team(id).is_some(),
        EntryKind::Data => stack.find_data(id).is_some(),
        EntryKind::Process => stack.find_process(id).is_some_and(|ix| analysis.runs(ix)),
        EntryKind::Flow => stack.find_flow(id).is_some(),
    };
    let processes = processes.into_iter().map(|id| (EntryKind::Process, id));
    !fingerprint.entries().chain(processes).all(lives)
        || (ON_THE_WAY.contains(&fingerprint.rule()) && nothing_gets_there(fingerprint, data, analysis))
}

/// Rules that find data on its way by hand: where it no longer gets there at all, the work ended and nothing was fixed.
const ON_THE_WAY: [&str; 3] = ["manual-handoff", "file-relay", "repeated-entry"];

/// Whether none of the objects gets from its first to its last system any more, by whatever flow.
fn nothing_gets_there(fingerprint: &Fingerprint, data: &[String], analysis: &Analysis<'_>) -> bool {
    let stack = analysis.stack;
    let Some((from, to)) = fingerprint.ends() else { return false };
    let systems = |ids: &[String]| -> Vec<SystemIx> { ids.iter().filter_map(|id| stack.find_system(id)).collect() };
    let (from, to) = (systems(from), systems(to));
    let arrives = |data: DataIx| {
        let first = from.iter().flat_map(|at| analysis.regular().out_of(Fact { at: *at, data }));
        let reached = analysis.regular().reached_from(first.map(|delivery| delivery.other));
        reached.iter().any(|fact| to.contains(&fact.at))
    };
    !data.iter().filter_map(|id| stack.find_data(id)).any(arrives)
}
