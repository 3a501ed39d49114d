//! The questions: what is carried by hand, what breaks, and what the rules find.

pub mod absence;
pub mod acceptance;
pub mod ai_use;
pub mod anonymize;
pub mod arrivals;
mod assumption;
pub mod calendar;
pub mod calls;
mod chains;
mod deliveries;
pub mod dependencies;
pub mod diff;
pub mod few;
mod finding;
mod fingerprint;
pub mod freshness;
pub mod guesses;
pub mod handoffs;
pub mod ledger;
pub mod lineage;
pub mod outage_cost;
pub mod outages;
pub mod pairing;
pub mod reach;
pub mod register;
mod renames;
pub mod resilience;
pub mod reviews;
pub mod roads;
pub mod rules;
pub mod stage;
pub mod structure;
mod supply;
pub mod void;
pub mod words;

use std::cmp::Reverse;
use std::sync::OnceLock;

use crate::model::{ProcessIx, Stack};
use sinew_graph::fixpoint::{Derivation, Fixpoint};
use sinew_graph::ix::IxSet;

use guesses::Guesses;

pub use assumption::{Assumption, always_up, assumptions};
pub use chains::{Chain, MOST_CHAINS};
pub use deliveries::{Deliveries, Delivery, Fact, Flows};
pub use finding::{Finding, Severity, Statement};
pub use fingerprint::{EntryKind, Fingerprint, Place};
pub use handoffs::{Effort, Handoffs, Total};
pub use outages::Outage;
pub use renames::{Aligned, Renames, aligned};
pub use resilience::Resilience;
pub use rules::{RULES, Rule};
pub use supply::{Cause, Component, Meaning, Supply, assumed_origins, systems_up_today};

/// A stack with everything that the rules look at.
#[derive(Debug)]
pub struct Analysis<'s> {
    /// The stack that was analyzed, as it was read.
    pub stack: &'s Stack,
    /// All ways in which objects become available, as a graph.
    pub supply: Supply,
    /// What holds with nothing failed, standby flows included.
    pub today: Fixpoint,
    /// What holds with nothing failed, without standby flows.
    pub today_regular: Fixpoint,
    deliveries: OnceLock<Deliveries>,
    /// None where no flow stands by: then all deliveries are regular.
    regular: OnceLock<Option<Deliveries>>,
    handoffs: OnceLock<Handoffs>,
    outages: OnceLock<Vec<Outage>>,
    resilience: OnceLock<Vec<Resilience>>,
}

impl<'s> Analysis<'s> {
    /// Computes what all questions share; what only some of them need waits until it is asked for.
    #[must_use]
    pub fn of(stack: &'s Stack) -> Self {
        let supply = Supply::of(stack);
        let today = Derivation::new(supply.with_standby()).least_fixpoint(&IxSet::new());
        let today_regular = match supply.has_standby() {
            true => Derivation::new(supply.without_standby()).least_fixpoint(&IxSet::new()),
            false => today.clone(),
        };
        Self {
            stack,
            today,
            today_regular,
            deliveries: OnceLock::new(),
            regular: OnceLock::new(),
            handoffs: OnceLock::new(),
            outages: OnceLock::new(),
            resilience: OnceLock::new(),
            supply,
        }
    }

    /// Deliveries by all live flows; computed at the first call.
    #[must_use]
    pub fn deliveries(&self) -> &Deliveries {
        self.deliveries.get_or_init(|| Deliveries::of(self.stack, Flows::All))
    }

    /// Deliveries by live flows that are not standby; computed at the first call.
    #[must_use]
    pub fn regular(&self) -> &Deliveries {
        let is_any_standby = || self.stack.flows.iter().any(|flow| flow.is_standby);
        let apart = self.regular.get_or_init(|| is_any_standby().then(|| Deliveries::of(self.stack, Flows::Regular)));
        apart.as_ref().unwrap_or_else(|| self.deliveries())
    }

    /// What people carry by hand; computed at the first call.
    #[must_use]
    pub fn handoffs(&self) -> &Handoffs {
        self.handoffs.get_or_init(|| Handoffs::over(self.stack, self.regular()))
    }

    /// Every component's failure, in the order of components; computed at the first call.
    #[must_use]
    pub fn outages(&self) -> &[Outage] {
        self.outages.get_or_init(|| outages::single_outages(self.stack, &self.supply))
    }

    /// What every process depends on, with cut sets to the default order, by process; computed at the first call.
    #[must_use]
    pub fn resilience(&self) -> &[Resilience] {
        self.resilience.get_or_init(|| self.resilience_to(resilience::DEFAULT_ORDER))
    }

    /// What every process depends on, with cut sets to `order`, by process.
    #[must_use]
    pub fn resilience_to(&self, order: u32) -> Vec<Resilience> {
        self.resilience_within(order, &resilience::Budget::default())
    }

    /// The same, looking at no more than `budget` allows.
    #[must_use]
    pub fn resilience_within(&self, order: u32, budget: &resilience::Budget) -> Vec<Resilience> {
        let today = [&self.today, &self.today_regular];
        resilience::resilience(self.stack, &self.supply, today, self.outages(), order, budget)
    }

    /// The failure of one component.
    ///
    /// # Panics
    /// Where `component` is none that can fail: not live, or a team that is none of one.
    #[must_use]
    pub fn outage_of(&self, component: Component) -> &Outage {
        let label = self.supply.label(component).expect("only components that can fail are asked about");
        &self.outages()[label.at()]
    }

    /// Whether a data object is available at a system with nothing failed.
    #[must_use]
    pub fn is_available(&self, fact: Fact) -> bool {
        self.supply.fact(fact).is_some_and(|fact| self.today.holds(fact))
    }

    /// Whether a process runs with nothing failed.
    #[must_use]
    pub fn runs(&self, process: ProcessIx) -> bool {
        self.today.holds(self.supply.runs(process))
    }

    /// What all rules find: by severity, then cost as it is printed (descending, unknown last), then the number of processes
    /// that stop, then rule in the order of [`RULES`], then subject and id. What the stack file accepts is marked, and so
    /// is what rests on guesses.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut found: Vec<(usize, Finding)> = Vec::new();
        let guesses = Guesses::of(self);
        for (order, rule) in RULES.iter().enumerate() {
            let costs = self.stack.severity;
            found.extend((rule.find)(self).into_iter().map(|mut finding| {
                if rule.moves_with_cost {
                    finding.severity = finding.moved_severity(costs);
                }
                let accepted = acceptance::acceptance_of(self.stack, &finding);
                finding.is_accepted = accepted.is_some();
                finding.accepted_because = accepted.and_then(|row| row.why.clone());
                finding.rests_on = guesses.behind(&finding);
                (order, finding)
            }));
        }
        let key = |(order, finding): &(usize, Finding)| {
            let cost = finding.cost.map(|cost| words::printed(cost.0));
            let weight = (Reverse(cost), Reverse(finding.stops.len()));
            (finding.severity, weight, *order, finding.subjects.clone(), finding.id.clone())
        };
        found.sort_by_cached_key(key);
        found.into_iter().map(|(_, finding)| finding).collect()
    }
}
