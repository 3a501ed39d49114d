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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::model::trial::stack_of;

    fn cost(processes: &str) -> (OutageCost, Stack) {
        let stack = stack_of(&format!(
            "sinew: 1
systems:
  sure: {{ kind: crm, availability: 99%, makes: [lead] }}
  unsure: {{ kind: cms, makes: [page] }}
data: {{ lead: {{}}, page: {{}} }}
processes:
{processes}"
        ));
        (OutageCost::of(&stack, Analysis::of(&stack).resilience()), stack)
    }

    #[test]
    fn what_costs_nothing_costs_nothing_however_often_it_happens() {
        let known = "  a: { needs: [{ data: lead, at: sure }], outage_cost: 10 }\n";
        let free = "  b: { needs: [{ data: page, at: unsure }], outage_cost: 0 }\n";
        let (sum, _) = cost(&format!("{known}{free}"));
        // A hundredth of 8,760 hours at 10.
        assert!((sum.low - 876.0).abs() < 1e-6 && sum.high.is_some_and(|high| (high - 876.0).abs() < 1e-6), "{sum:?}");
        assert!(sum.is_known && sum.unknown.is_empty(), "{sum:?}");
        let (sum, _) = cost(free);
        assert_eq!((sum.low, sum.high, sum.is_known), (0.0, Some(0.0), true));
    }

    #[test]
    fn a_process_of_which_cost_or_availability_is_not_known_is_named_and_not_in_the_sum() {
        let (sum, stack) = cost(
            "  a: { needs: [{ data: lead, at: sure }] }\n  b: { needs: [{ data: page, at: unsure }], outage_cost: 5 }\n",
        );
        let ids: Vec<&str> = sum.unknown.iter().map(|ix| stack.process(*ix).id.as_str()).collect();
        assert_eq!((ids, sum.low, sum.is_known), (vec!["a", "b"], 0.0, false));
    }
}
