//! Whether the calls of a new flow fit into what a product accepts a day.

use std::collections::BTreeMap;

use crate::analysis::calls::{calls_by_system, calls_of};
use crate::analysis::words::grouped;
use crate::catalog::Catalog;
use crate::model::{Count, Flow, FlowId, PerYear, Range, Stack, SystemIx};

use super::edit::{Edit, NewFlow};

/// What an item does to the daily calls of one system.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaUse {
    /// The system, by id.
    pub system: String,
    /// Calls a day that it accepts.
    pub quota: f64,
    /// Calls a day that flows make on it today.
    pub present: f64,
    /// Calls a day that the item adds.
    pub added: f64,
    /// Where the quota was read; the stack file where it states it.
    pub source: String,
}

impl QuotaUse {
    /// What is left after the item; below zero where it does not fit.
    #[must_use]
    pub fn left(&self) -> f64 {
        self.quota - self.present - self.added
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
            "{} accepts {} calls a day, {} are used, this adds {}, {} are left ({})",
            self.system,
            grouped(self.quota),
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
    pub(super) runs: Option<Range<PerYear>>,
    pub(super) records: Option<Range<Count>>,
}

/// What several items together do to the quotas of the systems that they call, by system.
#[must_use]
pub fn together<'q>(items: impl Iterator<Item = &'q [QuotaUse]>) -> Vec<QuotaUse> {
    let mut found: BTreeMap<&str, QuotaUse> = BTreeMap::new();
    for quota in items.flatten() {
        match found.get_mut(quota.system.as_str()) {
            Some(known) => known.added += quota.added,
            None => {
                found.insert(&quota.system, quota.clone());
            }
        }
    }
    found.into_values().collect()
}

/// The calls of today.
#[derive(Clone, Debug, Default)]
pub(super) struct Present(BTreeMap<SystemIx, f64>);

impl Present {
    pub(super) fn of(stack: &Stack) -> Self {
        Self(calls_by_system(stack).into_iter().map(|(system, calls)| (system, calls.a_day())).collect())
    }

    /// What the flows of `edits` do to the quotas of the systems that they call, where both are known; by system. What is
    /// put on a flow that is there comes in runs and records of its own, those of `load`: an upper estimate, as fields of
    /// records that travel anyway cost nothing.
    pub(super) fn with(&self, stack: &Stack, edits: &[Edit], load: Load) -> Vec<QuotaUse> {
        let mut added: BTreeMap<SystemIx, f64> = BTreeMap::new();
        for edit in edits {
            let calls = match edit {
                Edit::AddFlow(new) => calls_of(stack, &draft(new)),
                Edit::MakeLive(flow) => calls_of(stack, stack.flow(*flow)),
                Edit::ExtendFlow(flow, _) => {
                    let (runs, records) = (load.runs, load.records);
                    calls_of(stack, &Flow { runs, records, ..stack.flow(*flow).clone() })
                }
                _ => Vec::new(),
            };
            calls.into_iter().for_each(|(system, calls)| *added.entry(system).or_default() += calls);
        }
        let account = |(system, added): (SystemIx, f64)| {
            let facts = &stack.system(system).facts;
            let quota = Catalog::builtin().daily_call_quota(facts)?;
            let source = quota.row.map_or_else(|| "stated".to_owned(), |row| row.source.url);
            let present = self.0.get(&system).copied().unwrap_or_default();
            let system = stack.system(system).id.to_string();
            Some(QuotaUse { system, quota: quota.calls_per_day as f64, present, added, source })
        };
        added.into_iter().filter_map(account).collect()
    }
}

/// The new flow as far as its calls depend on it.
fn draft(new: &NewFlow) -> Flow {
    Flow {
        id: FlowId::from("new"),
        has_own_id: true,
        runs: new.runs,
        records: new.records,
        is_standby: new.is_standby,
        ..Flow::bare((new.from, new.to), new.data.clone(), new.mechanism)
    }
}
