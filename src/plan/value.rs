//! What a stack costs a year: the work of its handoffs, and what its failures are expected to cost.
//!
//! The value of a plan is the difference between two such accounts, of the stack as it is and of the stack as it will be.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Component;
use crate::analysis::outages::{component_id, stated_availability};
use crate::analysis::{Analysis, Total};
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
    /// All handoffs, as far as their figures are known.
    pub handoffs: Total,
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
        let mut account =
            Self { handoffs: analysis.handoffs.total, outages: BTreeMap::new(), unknown_outages: BTreeSet::new() };
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
        let mut change = Self {
            handoffs: before.handoffs.known_cost().likely.0 - after.handoffs.known_cost().likely.0,
            worth,
            ..Self::default()
        };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;
    use crate::plan::problem::expected_range;

    const UNSURE: &str = "sinew: 1
hourly_rate: 60
systems:
  a: { kind: crm, availability: [90%, 99%, 99.9%], makes: [d] }
  b: { kind: cms }
data: { d: {} }
flows: [{ id: f, from: a, to: b, data: d, mechanism: copy-paste, runs: 60, minutes: 10 }]
processes:
  idle: { needs: [{ data: x, at: b }], outage_cost: 50 }
  p: { needs: [{ data: d, at: b }], outage_cost: [100, 200, 400] }
";

    fn exposure(component: &str) -> Exposure {
        Exposure { component: component.to_owned(), process: "p".to_owned() }
    }

    #[test]
    fn outages_cost_what_the_likely_availability_lets_expect() {
        let stack = stack_of(&UNSURE.replace("data: { d: {} }", "data: { d: {}, x: {} }"));
        let analysis = Analysis::of(&stack);
        let account = Account::of(&analysis, &|process| process == "p");
        // A hundredth of 8,760 hours at 200 an hour.
        assert_eq!(account.outages, BTreeMap::from([(exposure("a"), 17_520.0)]));
        // b and f fail as well, and how often nothing says.
        assert_eq!(account.unknown_outages, BTreeSet::from([exposure("b"), exposure("f")]));
        assert!((account.outage_cost() - 17_520.0).abs() < 1e-9);
        // A process that does not take part costs nothing.
        assert!(Account::of(&analysis, &|_| false).outages.is_empty());
        // Low from the best availability and the lowest cost: 8.76 hours at 100; high: 876 hours at 400.
        let range = expected_range(&stack, &exposure("a"));
        assert_eq!((range.low.0, range.likely.0, range.high.0), (876.0, 17_520.0, 350_400.0));
        assert_eq!(expected_range(&stack, &exposure("b")).likely.0, 0.0);
        let outage = analysis.outage_of(Component::System(stack.find_system("a").expect("it is there")));
        assert_eq!(outage.expected_cost.map(|cost| cost.0), Some(17_520.0));
    }

    #[test]
    fn a_change_is_what_went_less_what_came() {
        let stack = stack_of(&UNSURE.replace("data: { d: {} }", "data: { d: {}, x: {} }"));
        let before = Account::of(&Analysis::of(&stack), &|process| process == "p");
        let mut after = before.clone();
        after.handoffs = Total::of(&[]);
        after.outages = BTreeMap::from([(exposure("b"), 1_000.0), (exposure("a"), 17_000.0)]);
        let change = Change::between(&before, &after, 70.0);
        // Ten hours at 60; 520 of one exposure gone, 1,000 of another come.
        assert_eq!(change, Change { handoffs: 600.0, worth: 70.0, outages_removed: 520.0, outages_added: 1_000.0 });
        assert!((change.total() - 190.0).abs() < 1e-9);
    }
}
