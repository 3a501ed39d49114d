//! What the manual flows take together, as far as it is known.

use crate::analysis::Analysis;
use crate::analysis::words::{hours, spelled};

/// `1,140 hours a year`, `at least 95 hours a year`, and behind the sentence how many flows have no figures: `; one has no figures`.
/// Nothing where no hours are known.
pub(super) fn known_hours(analysis: &Analysis<'_>) -> Option<(String, String)> {
    let total = analysis.handoffs.total;
    let hours = format!("{} a year", hours(total.work()?.likely));
    Some(match total.without_hours {
        0 => (hours, String::new()),
        1 => (format!("at least {hours}"), "; one has no figures".to_owned()),
        n => (format!("at least {hours}"), format!("; {} have no figures", spelled(n))),
    })
}
