//! What changed since the baseline, in a sentence.

use crate::report::facts::Report;
use crate::report::say::Line;

/// `Since the baseline: 2 new, 1 more severe, 1 fixed, 7 unchanged.`
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let Some(change) = &report.baseline else { return Vec::new() };
    let told = [
        (change.new.len(), "new", true),
        (change.worse.len(), "more severe", false),
        (change.fixed.len(), "fixed", true),
        (change.void.len(), "no longer judged, as what they were about is gone", false),
        (change.accepted.len(), "accepted", false),
        (change.unchanged, "unchanged", true),
    ];
    let told = told.into_iter().filter(|(count, _, always)| *always || *count > 0);
    let words: Vec<String> = told.map(|(count, what, _)| format!("{count} {what}")).collect();
    vec![Line::of(format!("Since the baseline: {}.", words.join(", ")))]
}
