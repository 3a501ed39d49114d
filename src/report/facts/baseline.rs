//! What changed since an earlier report, as far as findings go: the gate of a pull request.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::pairing::{Known, pairs};
use crate::analysis::{Analysis, EntryKind, Fact, Severity};
use crate::model::{DataIx, SystemIx};
use crate::report::facts::finding::Finding;

pub use super::earlier::{Baseline, BaselineError, Earlier};

/// What changed since the baseline. A finding that is accepted does not stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// Findings that stand now and did not then, by id, in the order of the report. One whose acceptance has ended is
    /// among them.
    pub new: Vec<String>,
    /// Those that stood then and are more severe now, by id, in the order of the report.
    pub worse: Vec<String>,
    /// Those that stood then and are not found any more, in the order of the baseline.
    pub fixed: Vec<Earlier>,
    /// Those that stood then and cannot be found any more, because what they were about is gone or runs no more: nothing
    /// was fixed.
    pub void: Vec<Earlier>,
    /// Those that stood then and are accepted now, by id.
    pub accepted: Vec<String>,
    /// How many stand now as they did then, or less severe.
    pub unchanged: usize,
}

impl Baseline {
    /// What changed since, when `now` is what is found today in the stack of `analysis`.
    #[must_use]
    pub fn change(&self, now: &[Finding], analysis: &Analysis<'_>) -> Change {
        let then: Vec<Known<'_>> = self.findings().iter().map(Earlier::known).collect();
        let found: Vec<Known<'_>> = now.iter().map(known).collect();
        let mut earlier: Vec<Option<usize>> = vec![None; now.len()];
        let mut is_found = vec![false; then.len()];
        for (a, b) in pairs(&then, &found) {
            earlier[b] = Some(a);
            is_found[a] = true;
        }
        let mut change = Change::default();
        for (finding, earlier) in now.iter().zip(earlier) {
            let stood = earlier.map(|at| &self.findings()[at]).filter(|earlier| !earlier.is_accepted);
            let list = match (finding.accepted, stood) {
                (true, None) => continue,
                (true, Some(_)) => &mut change.accepted,
                (false, None) => &mut change.new,
                (false, Some(earlier)) if earlier.severity().is_some_and(|then| finding.severity < then) => {
                    &mut change.worse
                }
                (false, Some(_)) => {
                    change.unchanged += 1;
                    continue;
                }
            };
            list.push(finding.id.clone());
        }
        let gone = self.findings().iter().zip(is_found).filter(|(earlier, is_found)| !is_found && !earlier.is_accepted);
        let (void, fixed) = gone.map(|(earlier, _)| earlier.clone()).partition(|earlier| is_void(earlier, analysis));
        Change { void, fixed, ..change }
    }
}

fn known(finding: &Finding) -> Known<'_> {
    Known {
        fingerprint: finding.fingerprint.clone(),
        data: &finding.data,
        severity: Some(finding.severity),
        cost: finding.cost.map(|cost| cost.get()),
    }
}

impl Earlier {
    fn known(&self) -> Known<'_> {
        Known { fingerprint: self.fingerprint.clone(), data: &self.data, severity: self.severity(), cost: self.cost }
    }

    fn severity(&self) -> Option<Severity> {
        Severity::ALL.iter().find(|(_, word)| *word == self.severity).map(|(severity, _)| *severity)
    }
}

/// Whether what `earlier` was about is gone, or runs no more: then nothing can be said of it, and nothing was fixed.
fn is_void(earlier: &Earlier, analysis: &Analysis<'_>) -> bool {
    let stack = analysis.stack;
    let lives = |(kind, id): (EntryKind, &str)| match kind {
        EntryKind::System => stack.find_system(id).is_some_and(|ix| stack.system(ix).is_live()),
        EntryKind::Team => stack.find_team(id).is_some(),
        EntryKind::Data => stack.find_data(id).is_some(),
        EntryKind::Process => stack.find_process(id).is_some_and(|ix| analysis.runs(ix)),
        EntryKind::Flow => stack.find_flow(id).is_some(),
    };
    let processes = earlier.processes.iter().map(|id| (EntryKind::Process, id.as_str()));
    !earlier.fingerprint.entries().chain(processes).all(lives)
        || (ON_THE_WAY.contains(&earlier.fingerprint.rule()) && nothing_gets_there(earlier, analysis))
}

/// Rules that find data on its way by hand: where it no longer gets there at all, the work ended and nothing was fixed.
const ON_THE_WAY: [&str; 3] = ["manual-handoff", "file-relay", "repeated-entry"];

/// Whether none of the objects gets from its first to its last system any more, by whatever flow.
fn nothing_gets_there(earlier: &Earlier, analysis: &Analysis<'_>) -> bool {
    let stack = analysis.stack;
    let Some((from, to)) = earlier.fingerprint.ends() else { return false };
    let systems = |ids: &[String]| -> Vec<SystemIx> { ids.iter().filter_map(|id| stack.find_system(id)).collect() };
    let (from, to) = (systems(from), systems(to));
    let arrives = |data: DataIx| {
        let first = from.iter().flat_map(|at| analysis.regular.out_of(Fact { at: *at, data }));
        let reached = analysis.regular.reached_from(first.map(|delivery| delivery.other));
        reached.iter().any(|fact| to.contains(&fact.at))
    };
    !earlier.data.iter().filter_map(|id| stack.find_data(id)).any(arrives)
}
