//! What the manual flows take together, as far as it is known.

use crate::analysis::Analysis;
use crate::analysis::words::spelled;
use crate::report::say::Figure;

/// `1,140 hours a year`, `at least 95 hours a year`, and behind the sentence how many flows have no figures: `; one has no figures`.
/// Nothing where no hours are known.
pub(super) fn known_hours(analysis: &Analysis<'_>) -> Option<(String, String)> {
    let total = analysis.handoffs().total;
    let hours = Figure::least_if(total.without_hours > 0, total.work()?.likely.0).hours();
    let hours = format!("{hours} a year");
    Some(match total.without_hours {
        0 => (hours, String::new()),
        1 => (hours, "; one has no figures".to_owned()),
        n => (hours, format!("; {} have no figures", spelled(n))),
    })
}
