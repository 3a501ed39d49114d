#![doc = include_str!("../../../docs/theory/calls.md")]

mod charge;
mod limit;

use std::collections::BTreeMap;

use crate::catalog::words::words;
use crate::model::{Flow, Stack, SystemIx};

pub use charge::{Charge, Missing, charges_of};
pub use limit::{Limit, LimitKind, Period, limits_of};

words! {
    /// What a call is for.
    CallKind {
        /// It takes records out of a system.
        Read = "read",
        /// It puts records into a system.
        Write = "write",
        /// It tells a system of one record.
        Event = "event",
        /// Middleware handles one record.
        Task = "task",
    }
}

/// What one flow spends of one limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The charge of which this is the part within the time of the limit.
    pub charge: Charge,
    /// Calls within that time; `None` where they are not known.
    pub calls: Option<f64>,
    /// Calls that are certain: those that are known, else one for each run; within seconds what comes even where all is
    /// spread evenly.
    pub at_least: f64,
    /// More calls than this cannot come; `None` where that is not known.
    pub at_most: Option<f64>,
    /// Runs within that time; `None` where they are not known, and for what a connector spends by itself.
    pub runs: Option<f64>,
    /// What would have to be stated for the calls to be known.
    pub missing: Option<Missing>,
}

/// One limit of one system, and what is spent of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The system that is called.
    pub system: SystemIx,
    /// The limit.
    pub limit: Limit,
    /// Who calls: most calls first, then by flow and kind.
    pub by: Vec<Share>,
}

impl Account {
    /// Calls within the time of the limit, as far as they are certain.
    #[must_use]
    pub fn used(&self) -> f64 {
        self.by.iter().map(|share| share.at_least).sum()
    }

    /// Whether some of the calls are not known, so that there may be more.
    #[must_use]
    pub fn is_at_least(&self) -> bool {
        self.by.iter().any(|share| share.calls.is_none())
    }

    /// More calls than this cannot come within the time of the limit; `None` where that is not known.
    #[must_use]
    pub fn at_most(&self) -> Option<f64> {
        self.by.iter().map(|share| share.at_most).sum()
    }

    /// Whether the limit is kept however the calls come.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.at_most().is_some_and(|calls| calls <= self.limit.quota as f64)
    }

    /// Whether what is certain is more than the limit.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.used() > self.limit.quota as f64
    }

    /// Whether it can be said if the limit is kept: it is, however the calls come, or those that are certain are too many.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.is_kept() || self.is_over()
    }
}

/// Whether `flow` calls anything in today's regular use.
#[must_use]
pub fn is_counted(flow: &Flow) -> bool {
    !flow.is_manual() && !flow.is_standby
}

/// The ledger of calls of `stack`: a limit of a system on which some live automated flow spends calls, each with who
/// spends what; by system, then by kind of limit and time. Linear in the flows but for sorting.
#[must_use]
pub fn accounts(stack: &Stack) -> Vec<Account> {
    let mut by_system: BTreeMap<SystemIx, Vec<Charge>> = BTreeMap::new();
    let counted = stack.live_flows().filter(|(_, flow)| is_counted(flow));
    for (ix, flow) in counted {
        for charge in charges_of(stack, ix, flow) {
            let known = by_system.entry(charge.system).or_default();
            // What a connector spends by itself it spends once, whatever the number of its flows.
            let is_known = |other: &Charge| charge.connector.is_some() && other.connector == charge.connector;
            if !known.iter().any(is_known) {
                known.push(charge);
            }
        }
    }
    let mut all = Vec::new();
    for (system, charges) in by_system {
        for limit in limits_of(&stack.catalog, &stack.system(system).facts) {
            let shares = charges.iter().filter(|charge| limit.counts(charge.kind));
            let mut by: Vec<Share> =
                shares.map(|charge| charge.within(stack.flow(charge.flow), &limit.period)).collect();
            by.sort_by(|a, b| {
                b.at_least
                    .total_cmp(&a.at_least)
                    .then((a.charge.flow, a.charge.kind).cmp(&(b.charge.flow, b.charge.kind)))
            });
            if !by.is_empty() {
                all.push(Account { system, limit, by });
            }
        }
    }
    all
}
