//! The sentences that come first: what is done by hand, the worst outage, what is not known, what to fund first.

use crate::report::facts::{Report, Summary};
use crate::report::say::Line;

/// What `report` comes to, in four sentences; a report without some of its parts says what it can.
#[must_use]
pub fn summary(report: &Report) -> Vec<String> {
    report.summary.clone().unwrap_or_else(|| Summary::of(report)).sentences
}

/// The same for the story: nothing for a question of its own, which is no whole report.
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let is_whole = report.findings.is_some() && report.handoffs.is_some();
    if is_whole { summary(report).into_iter().map(Line::of).collect() } else { Vec::new() }
}
