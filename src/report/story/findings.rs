//! How many findings there are, in a sentence.

use crate::report::facts::{Finding, Report, Severity};
use crate::report::say::{Line, counted};

/// `5 findings: 2 high, 3 low; 1 accepted.`
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let Some(all) = &report.findings else { return Vec::new() };
    let (accepted, standing): (Vec<&Finding>, Vec<&Finding>) = all.iter().partition(|finding| finding.accepted);
    let count = |severity| standing.iter().filter(|finding| finding.severity == severity).count();
    let by_severity = Severity::ALL.iter().map(|(severity, word)| (count(*severity), word));
    let by_severity: Vec<String> =
        by_severity.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let mut words = counted(standing.len(), "finding", "findings");
    if !by_severity.is_empty() {
        words.push_str(&format!(": {}", by_severity.join(", ")));
    }
    if !accepted.is_empty() {
        words.push_str(&format!("; {} accepted", accepted.len()));
    }
    vec![Line::of(format!("{words}."))]
}
