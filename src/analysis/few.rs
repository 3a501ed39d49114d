//! The few handoffs that most of the hours go into.

use super::{Analysis, Effort};
use crate::model::FlowIx;

/// The share of all hours that the few are to make up.
const MOST: f64 = 0.7;

/// The few that most of the hours go into.
#[derive(Clone, Debug, PartialEq)]
pub struct Few {
    /// Which, most hours first.
    pub flows: Vec<FlowIx>,
    /// The share of all hours that they make up, rework included.
    pub share: f64,
}

/// The fewest manual flows that make up at least 70 % of the hours by hand, if that is at most half of them and the hours
/// of all are known: of what is not known, no share can be said.
#[must_use]
pub fn few_with_most(analysis: &Analysis<'_>) -> Option<Few> {
    let work = |effort: Effort| (effort.hours + effort.error_hours).likely.0;
    let hours = |(ix, effort): &(FlowIx, Option<Effort>)| effort.map(|effort| (*ix, work(effort)));
    let mut steps: Vec<(FlowIx, f64)> = analysis.handoffs().steps.iter().map(hours).collect::<Option<_>>()?;
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
    Some(Few { flows: steps[..count].iter().map(|(ix, _)| *ix).collect(), share: sum / total })
}
