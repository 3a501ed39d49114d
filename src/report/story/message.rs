//! What the pictures of today's stack say, for those who read and see none.

use crate::report::facts::Report;
use crate::report::say::Line;

/// How much is done by hand, and by which AI tools.
pub(super) fn landscape(report: &Report) -> Vec<Line> {
    of(report, "landscape")
}

/// What the manual work comes from.
pub(super) fn handoffs(report: &Report) -> Vec<Line> {
    of(report, "handoffs")
}

/// What stops the business.
pub(super) fn failure(report: &Report) -> Vec<Line> {
    of(report, "failure")
}

fn of(report: &Report, view: &str) -> Vec<Line> {
    let message = report.messages.as_ref().and_then(|all| all.get(view));
    let texts = message.into_iter().flat_map(|one| std::iter::once(&one.title).chain(&one.also));
    texts.map(|text| Line::of(format!("{text}."))).collect()
}
