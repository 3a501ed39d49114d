//! What a stack costs a year: the work of its handoffs, and what its failures are expected to cost.
//!
//! The value of a plan is the difference between two such accounts, of the stack as it is and of the stack as it will be.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Component;
use crate::analysis::outages::{component_id, processes_down, stated_availability};
use crate::analysis::{Analysis, Total};
use crate::model::{ProcessIx, Range, Stack};

use super::settings::{Settings, Unit};

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// One part of the expected outage cost: a component whose failure takes processes down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposure {
    /// The component, by id.
    pub component: String,
    /// The processes; sorted, at least one.
    pub processes: Vec<ProcessIx>,
}

/// The account of one stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// All handoffs, as far as their figures are known.
    pub handoffs: Total,
    /// Expected outage cost a year, by component (by its id) and process; only those of stated availability and stated
    /// cost. No component has none.
    pub outages: BTreeMap<String, BTreeMap<ProcessIx, f64>>,
    /// Components that take a process down, with the process, whose cost is not known, because availability or cost is
    /// not stated: how many. They count as nothing.
    pub unknown_outages: usize,
}

impl Account {
    /// The account of `analysis`. Only processes that `counts` admits take part: one that does not run today costs
    /// nothing when something fails, and beginning to run is no loss.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, counts: &dyn Fn(&str) -> bool) -> Self {
        let stack = analysis.stack;
        let counted: Vec<bool> = stack.processes.iter().map(|process| counts(process.id.as_str())).collect();
        let mut account = Self { handoffs: analysis.handoffs().total, outages: BTreeMap::new(), unknown_outages: 0 };
        let down = processes_down(stack, &analysis.supply);
        for (component, processes) in analysis.supply.components().iter().zip(down) {
            let mut known = BTreeMap::new();
            for process in processes.into_iter().filter(|process| counted[process.at()]) {
                match expected(stack, *component, process) {
                    Some(cost) => {
                        known.insert(process, cost);
                    }
                    None => account.unknown_outages += 1,
                }
            }
            if !known.is_empty() {
                account.outages.insert(component_id(stack, *component).to_owned(), known);
            }
        }
        account
    }

    /// What the handoffs take a year: money, or hours.
    #[must_use]
    pub fn by_hand(&self, unit: Unit) -> Range<f64> {
        match unit {
            Unit::Money => self.handoffs.known_cost().map(|cost| cost.0),
            Unit::Hours => self.handoffs.work().map_or(Range::exact(0.0), |hours| hours.map(|hours| hours.0)),
        }
    }

    /// All expected outage cost that is known.
    #[must_use]
    pub fn outage_cost(&self) -> f64 {
        self.outages.values().flat_map(BTreeMap::values).sum()
    }

    /// Whether the failures of this component cost this process anything that is known.
    #[must_use]
    pub fn has(&self, component: &str, process: ProcessIx) -> bool {
        self.outages.get(component).is_some_and(|costs| costs.contains_key(&process))
    }

    /// The exposures that `other` has not, by component.
    #[must_use]
    pub fn without_those_of(&self, other: &Self) -> Vec<Exposure> {
        let gone = |(component, costs): (&String, &BTreeMap<ProcessIx, f64>)| {
            let theirs = other.outages.get(component);
            let is_gone = |process: &ProcessIx| theirs.is_none_or(|theirs| !theirs.contains_key(process));
            let processes: Vec<ProcessIx> = costs.keys().copied().filter(is_gone).collect();
            (!processes.is_empty()).then(|| Exposure { component: component.clone(), processes })
        };
        self.outages.iter().filter_map(gone).collect()
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
    /// Cost of handoffs that are gone, a year; their hours where the plan counts these.
    pub handoffs: f64,
    /// What having them automated is worth besides, a year.
    pub worth: f64,
    /// Expected outage cost that is gone, a year.
    pub outages_removed: f64,
    /// Expected outage cost that came, a year.
    pub outages_added: f64,
}

impl Change {
    /// From `before` to `after`, with what automation earned besides, in money; all of it in the unit of the plan.
    #[must_use]
    pub fn between(before: &Account, after: &Account, worth: f64, settings: &Settings) -> Self {
        let mut change = Self {
            handoffs: before.by_hand(settings.unit).likely - after.by_hand(settings.unit).likely,
            worth: worth * settings.of_money,
            ..Self::default()
        };
        let components: BTreeSet<&String> = before.outages.keys().chain(after.outages.keys()).collect();
        let none = BTreeMap::new();
        for component in components {
            let [old, new] = [before, after].map(|account| account.outages.get(component).unwrap_or(&none));
            let processes: BTreeSet<ProcessIx> = old.keys().chain(new.keys()).copied().collect();
            for process in processes {
                let cost = |costs: &BTreeMap<ProcessIx, f64>| costs.get(&process).copied().unwrap_or(0.0);
                let gone = (cost(old) - cost(new)) * settings.of_money;
                if gone > 0.0 {
                    change.outages_removed += gone;
                } else {
                    change.outages_added -= gone;
                }
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

    fn exposure(stack: &Stack, component: &str) -> Exposure {
        Exposure { component: component.to_owned(), processes: vec![stack.find_process("p").expect("it is there")] }
    }

    #[test]
    fn outages_cost_what_the_likely_availability_lets_expect() {
        let stack = stack_of(&UNSURE.replace("data: { d: {} }", "data: { d: {}, x: {} }"));
        let analysis = Analysis::of(&stack);
        let account = Account::of(&analysis, &|process| process == "p");
        // A hundredth of 8,760 hours at 200 an hour.
        let p = stack.find_process("p").expect("it is there");
        assert_eq!(account.outages, BTreeMap::from([("a".to_owned(), BTreeMap::from([(p, 17_520.0)]))]));
        // b and f fail as well, and how often nothing says.
        assert_eq!(account.unknown_outages, 2);
        assert!((account.outage_cost() - 17_520.0).abs() < 1e-9);
        // A process that does not take part costs nothing.
        assert!(Account::of(&analysis, &|_| false).outages.is_empty());
        // Low from the best availability and the lowest cost: 8.76 hours at 100; high: 876 hours at 400.
        let range = expected_range(&stack, &exposure(&stack, "a"));
        assert_eq!((range.low.0, range.likely.0, range.high.0), (876.0, 17_520.0, 350_400.0));
        assert_eq!(expected_range(&stack, &exposure(&stack, "b")).likely.0, 0.0);
        let outage = analysis.outage_of(Component::System(stack.find_system("a").expect("it is there")));
        assert_eq!(outage.expected_cost.map(|cost| cost.0), Some(17_520.0));
    }

    #[test]
    fn a_change_is_what_went_less_what_came() {
        let stack = stack_of(&UNSURE.replace("data: { d: {} }", "data: { d: {}, x: {} }"));
        let before = Account::of(&Analysis::of(&stack), &|process| process == "p");
        let mut after = before.clone();
        after.handoffs = Total::of(&[]);
        let p = stack.find_process("p").expect("it is there");
        let costs = |component: &str, cost| (component.to_owned(), BTreeMap::from([(p, cost)]));
        after.outages = BTreeMap::from([costs("b", 1_000.0), costs("a", 17_000.0)]);
        let settings = Settings::of(&stack, &crate::plan::Options::default());
        let change = Change::between(&before, &after, 70.0, &settings);
        // Ten hours at 60; 520 of one exposure gone, 1,000 of another come.
        assert_eq!(change, Change { handoffs: 600.0, worth: 70.0, outages_removed: 520.0, outages_added: 1_000.0 });
        assert!((change.total() - 190.0).abs() < 1e-9);
    }

    #[test]
    fn where_hours_count_money_is_as_many_as_it_pays() {
        let stack = stack_of(&UNSURE.replace("data: { d: {} }", "data: { d: {}, x: {} }"));
        let before = Account::of(&Analysis::of(&stack), &|process| process == "p");
        let mut after = before.clone();
        let p = stack.find_process("p").expect("it is there");
        let costs = |component: &str, cost| (component.to_owned(), BTreeMap::from([(p, cost)]));
        after.outages = BTreeMap::from([costs("b", 1_000.0), costs("a", 17_000.0)]);
        let settings = Settings::of(&stack, &crate::plan::Options::default());
        let settings = Settings { unit: Unit::Hours, of_money: 0.25, ..settings };
        let change = Change::between(&before, &after, 80.0, &settings);
        // A quarter of 520 gone, of 1,000 come and of 80 earned.
        assert_eq!(change, Change { handoffs: 0.0, worth: 20.0, outages_removed: 130.0, outages_added: 250.0 });
    }
}
