//! What changed since the baseline, in a sentence.

use crate::report::facts::Report;
use crate::report::say::Line;

/// `2 new, 1 fixed, 7 unchanged since the baseline, 1 of those more severe than before.`
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let Some(change) = &report.baseline else { return Vec::new() };
    let (new, fixed, unchanged) = (change.new.len(), change.fixed.len(), change.unchanged.len());
    let mut words = format!("Since the baseline: {new} new, {fixed} fixed, {unchanged} unchanged");
    for (ids, what) in [(&change.graver, "of those more severe than before"), (&change.accepted, "accepted since")] {
        if !ids.is_empty() {
            words.push_str(&format!(", {} {what}", ids.len()));
        }
    }
    vec![Line::of(format!("{words}."))]
}
