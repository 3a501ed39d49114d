//! What changed since an earlier report, as far as findings go: the gate of a pull request.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::pairing::{Known, pairs};
use crate::analysis::void::is_void;
use crate::analysis::{Analysis, Severity};
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
        let (void, fixed) = gone.map(|(earlier, _)| earlier.clone()).partition(|earlier| {
            is_void(&earlier.fingerprint, &earlier.data, earlier.processes.iter().map(String::as_str), analysis)
        });
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
