//! Whether the calls of a new flow fit into what a product accepts, by the same ledger as that of today's calls.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::calls::{Limit, LimitKind, Period, accounts, charges_of, limits_of};
use crate::analysis::words::grouped;
use crate::model::{Count, Flow, FlowId, FlowIx, Mechanism, Peak, PerYear, Range, Stack, SystemIx};

use super::edit::{Edit, Hop, NewFlow};

/// What an item does to one limit of one system.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaUse {
    /// The system, by id.
    pub system: String,
    /// What is limited.
    pub limit: LimitKind,
    /// The time within which calls count.
    pub period: Period,
    /// Calls, or tasks, that it accepts within that time.
    pub quota: f64,
    /// Those that flows make on it today, as far as they are certain.
    pub present: f64,
    /// Those that the item adds.
    pub added: f64,
    /// Where the quota was read; `stated` where the stack file states it.
    pub source: String,
    /// `calls a day`, `tasks a month`.
    unit: String,
}

impl QuotaUse {
    /// What is left after the item; below zero where it does not fit.
    #[must_use]
    pub fn left(&self) -> f64 {
        self.quota - self.present - self.added
    }

    /// Whether both speak of one limit of one system.
    #[must_use]
    pub fn is_about(&self, other: &Self) -> bool {
        (&self.system, self.limit, self.period) == (&other.system, other.limit, other.period)
    }

    /// Why it does not fit, where it does not.
    #[must_use]
    pub fn obstacle(&self) -> Option<String> {
        (self.left() < 0.0).then(|| format!("the calls exceed a quota: {}", self.words()))
    }

    /// The account in words.
    #[must_use]
    pub fn words(&self) -> String {
        format!(
            "{} accepts {} {}, {} are used, this adds {}, {} are left ({})",
            self.system,
            grouped(self.quota),
            self.unit,
            grouped(self.present),
            grouped(self.added.max(1.0)),
            grouped(self.left()),
            self.source
        )
    }
}

/// How often something is to be carried, and how many records at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Load {
    pub(super) peak: Option<Peak>,
    pub(super) runs: Option<Range<PerYear>>,
    pub(super) records: Option<Range<Count>>,
}

/// What several items together do to the limits of the systems that they call, by system and limit.
#[must_use]
pub fn together<'q>(items: impl Iterator<Item = &'q [QuotaUse]>) -> Vec<QuotaUse> {
    let mut found: BTreeMap<(&str, LimitKind, Period), QuotaUse> = BTreeMap::new();
    for quota in items.flatten() {
        match found.get_mut(&(quota.system.as_str(), quota.limit, quota.period)) {
            Some(known) => known.added += quota.added,
            None => {
                found.insert((&quota.system, quota.limit, quota.period), quota.clone());
            }
        }
    }
    found.into_values().collect()
}

/// The calls of today.
#[derive(Clone, Debug, Default)]
pub(super) struct Present {
    used: BTreeMap<(SystemIx, LimitKind, Period), f64>,
    /// Native connectors that look for changes already: the system that they call, and the other end.
    connectors: BTreeSet<(SystemIx, SystemIx)>,
}

impl Present {
    pub(super) fn of(stack: &Stack) -> Self {
        let mut present = Self::default();
        for account in accounts(stack) {
            let joined = account.by.iter().filter_map(|share| Some((account.system, share.charge.connector?.0)));
            present.connectors.extend(joined);
            present.used.insert((account.system, account.limit.kind, account.limit.period), account.used());
        }
        present
    }

    /// What the flows of `edits` do to the limits of the systems that they call, as far as both are known; by system and
    /// limit. What is put on a flow that is there comes in runs and records of its own, those of `load`: an upper estimate,
    /// as fields of records that travel anyway cost nothing.
    pub(super) fn with(&self, stack: &Stack, edits: &[Edit], load: Load) -> Vec<QuotaUse> {
        let mut added: BTreeMap<(SystemIx, LimitKind, Period), (Limit, f64)> = BTreeMap::new();
        let flows = edits.iter().flat_map(|edit| {
            let today = |flow: &FlowIx| stack.flow(*flow).clone();
            match edit {
                Edit::AddFlow(new) => vec![(draft(new), 1.0)],
                Edit::MakeLive(flow) => vec![(today(flow), 1.0)],
                Edit::ExtendFlow(flow, _) => {
                    let Load { peak, runs, records } = load;
                    vec![(Flow { peak, runs, records, ..today(flow) }, 1.0)]
                }
                // What it calls today is among what is used.
                Edit::Pace(flow, pace) => vec![(pace.of(stack.flow(*flow)), 1.0), (today(flow), -1.0)],
                Edit::Bulk(flow) => vec![(Flow { mechanism: Mechanism::Etl, ..today(flow) }, 1.0), (today(flow), -1.0)],
                _ => Vec::new(),
            }
        });
        for (flow, sign) in flows {
            // The place of the flow is not looked at.
            for charge in charges_of(stack, FlowIx(0), &flow) {
                if charge.connector.is_some_and(|(with, _)| self.connectors.contains(&(charge.system, with))) {
                    continue;
                }
                let limits = limits_of(&stack.catalog, &stack.system(charge.system).facts).into_iter();
                for limit in limits.filter(|limit| limit.counts(charge.kind)) {
                    let calls = charge.within(&flow, &limit.period).at_least;
                    let key = (charge.system, limit.kind, limit.period);
                    added.entry(key).or_insert_with(|| (limit, 0.0)).1 += sign * calls;
                }
            }
        }
        let account = |(key, (limit, added)): ((SystemIx, LimitKind, Period), (Limit, f64))| QuotaUse {
            system: stack.system(key.0).id.to_string(),
            limit: limit.kind,
            period: limit.period,
            quota: limit.quota as f64,
            present: self.used.get(&key).copied().unwrap_or_default(),
            added,
            unit: limit.unit(),
            source: limit.source.unwrap_or_else(|| "stated".to_owned()),
        };
        added.into_iter().filter(|(_, (_, added))| *added > 0.0).map(account).collect()
    }
}

/// The new flow as far as its calls depend on it. Middleware that is yet to be adopted has no limit that is known.
fn draft(new: &NewFlow) -> Flow {
    let through = match &new.through {
        Some(Hop::There(ix)) => vec![*ix],
        Some(Hop::Added(_)) | None => Vec::new(),
    };
    Flow {
        id: FlowId::from("new"),
        has_own_id: true,
        through,
        peak: new.peak,
        runs: new.runs,
        records: new.records,
        is_standby: new.is_standby,
        ..Flow::bare((new.from, new.to), new.data.clone(), new.mechanism)
    }
}
