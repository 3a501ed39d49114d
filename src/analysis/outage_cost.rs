//! What the outages of a whole stack are expected to cost a year.

use super::resilience::Resilience;
use crate::model::{ProcessIx, Stack};

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// The sum over processes of (1 - availability) × 8,760 × `outage_cost`, likely values. However many components have failed
/// together, an hour without a process counts once. A process that does not run with nothing failed costs all hours.
#[derive(Clone, Debug, PartialEq)]
pub struct OutageCost {
    /// It is at least this, in money a year.
    pub low: f64,
    /// It is at most this; `None` where a process in the sum rests on components without a stated availability.
    pub high: Option<f64>,
    /// Processes that the sum does not hold, because their `outage_cost` is not stated or their availability is not known
    /// at all; sorted. Where there are some, it is at least the low end.
    pub unknown: Vec<ProcessIx>,
    /// Whether any process is in the sum. Of a stack that states no process nobody knows what an outage costs.
    pub is_known: bool,
}

impl OutageCost {
    /// The sum over `processes`, which are all of `stack`.
    #[must_use]
    pub fn of(stack: &Stack, processes: &[Resilience]) -> Self {
        let mut sum = Self { low: 0.0, high: Some(0.0), unknown: Vec::new(), is_known: false };
        for process in processes {
            let cost = stack.process(process.process).outage_cost.map(|cost| cost.likely.0);
            let hours = match (cost, process.chance()) {
                // What costs nothing costs nothing, however often it happens.
                (Some(0.0), _) => Some((0.0, Some(0.0))),
                (Some(_), Some(chance)) => {
                    let high = chance.unavailability.high * HOURS_A_YEAR;
                    Some((chance.unavailability.low * HOURS_A_YEAR, (!chance.is_at_most).then_some(high)))
                }
                _ => None,
            };
            match cost.zip(hours) {
                Some((cost, (low, high))) => {
                    sum.low += low * cost;
                    sum.high = sum.high.zip(high).map(|(sum, high)| sum + high * cost);
                    sum.is_known = true;
                }
                None => sum.unknown.push(process.process),
            }
        }
        sum
    }
}
