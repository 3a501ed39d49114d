//! How old what a process needs is at best, where flows and making take time.

use sinew_graph::and_or::RuleIx;
use sinew_graph::fastest::{Earliest, earliest};

use super::{Analysis, Cause, Fact};
use crate::model::{FlowIx, Making, Need};

/// Hours by which sums of rounded parts may differ: a fraction of a second.
const ROUNDING: f64 = 1e-6;

/// The age of everything by the fastest way that runs without standby, where a flow takes `hours`, which must not be
/// negative.
#[must_use]
pub fn ages(analysis: &Analysis<'_>, hours: impl Fn(FlowIx) -> f64) -> Earliest {
    let causes = analysis.supply.causes();
    earliest(analysis.supply.without_standby(), |rule| match causes[rule] {
        Cause::Delivered(flow) => hours(flow),
        Cause::Made(at, entry) => hours_of_making(&analysis.stack.system(at).makes[entry]),
        Cause::Assumed(_) | Cause::Structure => 0.0,
    })
}

/// How long it takes to make something, in hours; what is not stated takes none.
#[must_use]
pub fn hours_of_making(making: &Making) -> f64 {
    making.delay.map_or(0.0, |delay| delay.likely.0)
}

/// The age in hours of what supplies `need` fastest, where that is more than it may be.
#[must_use]
pub fn staleness(analysis: &Analysis<'_>, age: &Earliest, need: &Need) -> Option<f64> {
    let fact = analysis.supply.fact(Fact { at: need.at, data: need.data })?;
    let hours = age.time(fact)?;
    (hours > need.max_age?.hours().0 + ROUNDING).then_some(hours)
}

/// The supplies that `need` waits for, first to last.
#[must_use]
pub fn path(analysis: &Analysis<'_>, age: &Earliest, need: &Need) -> Vec<RuleIx> {
    let fact = analysis.supply.fact(Fact { at: need.at, data: need.data });
    fact.map(|fact| age.critical_path(analysis.supply.without_standby(), fact)).unwrap_or_default()
}

/// The flows among them.
pub fn flows_on(analysis: &Analysis<'_>, age: &Earliest, need: &Need) -> impl Iterator<Item = FlowIx> {
    path(analysis, age, need).into_iter().filter_map(|rule| match analysis.supply.causes()[rule] {
        Cause::Delivered(flow) => Some(flow),
        _ => None,
    })
}
