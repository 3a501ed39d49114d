//! The sentences that titles are made of: what all handoffs cost, and how few of them cost most.

use crate::analysis::words::hours;
pub(super) use crate::analysis::words::{capital, spelled};
use crate::analysis::{Analysis, Effort};
use crate::model::FlowIx;

use super::elements::work;

/// The share of all hours that the few are to make up.
const MOST: f64 = 0.7;

/// How far the hours of all handoffs are known.
pub(super) enum Known {
    /// All: `1,140 hours a year`.
    All(String),
    /// Some: `at least 1,140 hours a year`, and `two have no figures`.
    Some(String, String),
    Nothing,
}

/// The words with blanks at which no line ends.
pub(super) fn tied(words: &str) -> String {
    words.replace(' ', "\u{a0}")
}

/// What all handoffs take together.
pub(super) fn known_hours(analysis: &Analysis<'_>) -> Known {
    let handoffs = &analysis.handoffs;
    let Some(work) = handoffs.total.work() else { return Known::Nothing };
    let hours = format!("{} a year", hours(work.likely));
    match handoffs.total.without_hours {
        0 => Known::All(hours),
        1 => Known::Some(format!("at least {hours}"), "one has no figures".to_owned()),
        n => Known::Some(format!("at least {hours}"), format!("{} have no figures", spelled(n))),
    }
}

/// The few that most of the hours go into.
pub(super) struct Few {
    /// Which, most hours first.
    pub(super) flows: Vec<FlowIx>,
    /// The share of all hours that they make up, in whole percent; below 100 unless the others take none.
    pub(super) percent: u32,
}

/// The fewest handoffs that make up at least 70 % of the hours, if that is at most half of them and the hours of all
/// are known: of what is not known, no share can be said.
pub(super) fn few_with_most(analysis: &Analysis<'_>) -> Option<Few> {
    let hours = |(ix, effort): &(FlowIx, Option<Effort>)| effort.map(|effort| (*ix, work(effort).likely.0));
    let mut steps: Vec<(FlowIx, f64)> = analysis.handoffs.steps.iter().map(hours).collect::<Option<_>>()?;
    steps.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let total: f64 = steps.iter().map(|(_, hours)| hours).sum();
    if total <= 0.0 {
        return None;
    }
    let mut sum = 0.0;
    let count = 1 + steps.iter().position(|(_, hours)| {
        sum += hours;
        // A hair's breadth below is the same share: sums of fractions do not come out even.
        sum >= MOST * total * (1.0 - 1e-9)
    })?;
    if count * 2 > steps.len() {
        return None;
    }
    let rest: f64 = steps[count..].iter().map(|(_, hours)| hours).sum();
    let percent = (100.0 * sum / total).round() as u32;
    let percent = if rest > 0.0 { percent.min(99) } else { 100 };
    Some(Few { flows: steps[..count].iter().map(|(ix, _)| *ix).collect(), percent })
}
