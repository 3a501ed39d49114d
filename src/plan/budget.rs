//! How much one plan may look at. Counts, never the clock: the same input gives the same answer on every machine.

use crate::model::Stack;

/// How much each search of one plan may look at. Where one ends early, the plan says so: in its gap, among its
/// assumptions, or among what has no item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Pairs of systems that a way is looked for; of more, those with the costliest chains are, then planned flows by id.
    pub links: usize,
    /// Single points of failure; of more, those whose failure costs most an hour.
    pub points: usize,
    /// Processes, each as often as it is come to from one that needs it, when ways around all points are looked for.
    pub processes: usize,
    /// Trial stacks that are built and analyzed to find which items cover which failures, and as many again to find
    /// which do so together.
    pub trials: usize,
    /// Trial stacks that are built and analyzed to find what obligations and stages ask for; above 500 flows one with so
    /// many times the flows of today counts so often.
    pub reach: usize,
    /// Numbers that the searches for the plans that reach a stage look at together.
    pub reach_order: u64,
    /// Numbers that all searches for the best choice and order look at together, about a nanosecond each.
    pub order: u64,
    /// The same for the plan under other numbers.
    pub samples: u64,
    /// Of it, what moving ranges one by one may take.
    pub ends: u64,
}

/// Trials in small stacks.
const MOST_TRIALS: usize = 400;

/// Flows that all trials together may look at: in large stacks there are fewer of them.
const MOST_FLOWS_TRIED: usize = 200_000;

/// Flows beyond which trials look at fewer flows in all, so that what a plan takes does not grow with the stack for ever.
const LARGE: usize = 1_000;

/// Trials for obligations and stages in small stacks.
const MOST_REACH_TRIALS: usize = 4_000;

impl Budget {
    /// The budget of a plan for `stack`: some ten seconds at most for what follows the analysis of a stack of 2,000 systems.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let flows = stack.flows.len().max(1);
        let looks = MOST_FLOWS_TRIED * LARGE / flows.max(LARGE);
        Self {
            links: 400,
            points: 200,
            processes: 200_000,
            trials: MOST_TRIALS.min(looks / flows),
            reach: MOST_REACH_TRIALS.min(looks / flows),
            reach_order: 1_000_000_000,
            order: 4_000_000_000,
            samples: 3_000_000_000,
            ends: 750_000_000,
        }
    }
}
