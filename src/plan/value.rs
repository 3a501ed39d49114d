//! What a stack costs a year: the work of its handoffs, and what its failures are expected to cost.
//!
//! The value of a plan is the difference between two such accounts, of the stack as it is and of the stack as it will be.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Component;
use crate::analysis::outages::{component_id, stated_availability};
use crate::analysis::{Analysis, Effort};
use crate::model::{ProcessIx, Stack};

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// One part of the expected outage cost: a component whose failure takes a process down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposure {
    /// The component, by id.
    pub component: String,
    /// The process, by id.
    pub process: String,
}

/// The account of one stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// All handoffs with figures.
    pub handoffs: Effort,
    /// Handoffs without figures, which cost something that is not known.
    pub unknown_handoffs: usize,
    /// Expected outage cost a year, by exposure; only those of stated availability and stated cost.
    pub outages: BTreeMap<Exposure, f64>,
    /// Exposures whose cost is not known, because availability or cost is not stated. They count as nothing.
    pub unknown_outages: BTreeSet<Exposure>,
}

impl Account {
    /// The account of `analysis`. Only processes that `counts` admits take part: one that does not run today costs
    /// nothing when something fails, and beginning to run is no loss.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, counts: &dyn Fn(&str) -> bool) -> Self {
        let stack = analysis.stack;
        let unknown_handoffs = analysis.handoffs.steps.iter().filter(|(_, effort)| effort.is_none()).count();
        let mut account = Self {
            handoffs: analysis.handoffs.total,
            unknown_handoffs,
            outages: BTreeMap::new(),
            unknown_outages: BTreeSet::new(),
        };
        for outage in analysis.outages() {
            let [component] = outage.components[..] else { continue };
            for process in &outage.processes_down {
                account.expose(stack, component, *process, counts);
            }
        }
        account
    }

    fn expose(&mut self, stack: &Stack, component: Component, process: ProcessIx, counts: &dyn Fn(&str) -> bool) {
        let id = stack.process(process).id.as_str();
        if !counts(id) {
            return;
        }
        let exposure = Exposure { component: component_id(stack, component).to_owned(), process: id.to_owned() };
        match expected(stack, component, process) {
            Some(cost) => {
                self.outages.insert(exposure, cost);
            }
            None => {
                self.unknown_outages.insert(exposure);
            }
        }
    }

    /// All expected outage cost that is known.
    #[must_use]
    pub fn outage_cost(&self) -> f64 {
        self.outages.values().sum()
    }
}

/// What the failures of `component` are expected to cost `process` a year, likely values; to a ten-millionth, which is
/// rounding and no money.
fn expected(stack: &Stack, component: Component, process: ProcessIx) -> Option<f64> {
    let down = 1.0 - stated_availability(stack, component)?.likely.0;
    let cost = stack.process(process).outage_cost?.likely.0;
    Some((down * HOURS_A_YEAR * cost * 1e7).round() / 1e7)
}

/// What changed from one account to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Change {
    /// Cost of handoffs that are gone, a year.
    pub handoffs: f64,
    /// What having them automated is worth besides, a year.
    pub worth: f64,
    /// Expected outage cost that is gone, a year.
    pub outages_removed: f64,
    /// Expected outage cost that came, a year.
    pub outages_added: f64,
}

impl Change {
    /// From `before` to `after`, with what automation earned besides.
    #[must_use]
    pub fn between(before: &Account, after: &Account, worth: f64) -> Self {
        let mut change =
            Self { handoffs: before.handoffs.cost.likely.0 - after.handoffs.cost.likely.0, worth, ..Self::default() };
        let exposures: BTreeSet<&Exposure> = before.outages.keys().chain(after.outages.keys()).collect();
        for exposure in exposures {
            let cost = |account: &Account| account.outages.get(exposure).copied().unwrap_or(0.0);
            let gone = cost(before) - cost(after);
            if gone > 0.0 {
                change.outages_removed += gone;
            } else {
                change.outages_added -= gone;
            }
        }
        change
    }

    /// What it is worth a year.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.handoffs + self.worth + self.outages_removed - self.outages_added
    }
}
