//! Whether the calls of a new flow fit into what a product accepts, by the same ledger as that of today's calls.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::calls::{Limit, LimitKind, Period, accounts, charges_of, limits_of};
use crate::analysis::words::grouped;
use crate::model::{Count, Flow, FlowIx, Mechanism, Peak, PerYear, Range, Run, Stack, SystemIx};

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
                    let mut flow = Flow { runs, ..today(flow) };
                    (flow.run.peak, flow.run.records) = (peak, records);
                    vec![(flow, 1.0)]
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
        through,
        runs: new.runs,
        run: Run { peak: new.peak, records: new.records, ..Run::default() }.into(),
        is_standby: new.is_standby,
        ..Flow::bare((new.from, new.to), new.data.clone(), new.mechanism)
    }
}

#[cfg(test)]
impl QuotaUse {
    /// So many calls a day of `system`, none of which are used.
    pub(super) fn of_calls(system: &str, quota: f64, added: f64) -> Self {
        Self {
            system: system.to_owned(),
            limit: LimitKind::DailyCalls,
            period: Period::Day,
            quota,
            present: 0.0,
            added,
            source: "stated".to_owned(),
            unit: "calls a day".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;
    use crate::model::{DataIx, Hours};
    use crate::plan::pace::Pace;

    /// One flow reads 24 times a day two records, one a call, and one is planned that reads ten records six times a day.
    fn stack(page: u64) -> Stack {
        stack_of(&format!(
            "sinew: 1
systems:
  crm: {{ kind: crm, quotas: {{ daily_calls: 1000, read_page: {page} }}, makes: [lead] }}
  desk: {{ kind: messaging }}
data: {{ lead: {{}} }}
flows:
  - {{ id: later, from: crm, to: desk, data: lead, mechanism: api, runs: 6/day, records: 10, status: planned }}
  - {{ id: now, from: crm, to: desk, data: lead, mechanism: api, runs: 24/day, records: 2 }}
"
        ))
    }

    /// Calls a day that are made today, and that an edit adds.
    fn calls(stack: &Stack, edit: Edit, load: Load) -> Vec<(f64, f64)> {
        let uses = Present::of(stack).with(stack, &[edit], load);
        uses.iter().map(|quota| (quota.present, quota.added)).collect()
    }

    fn ix(stack: &Stack, id: &str) -> FlowIx {
        stack.find_flow(id).expect("it is there")
    }

    #[test]
    fn a_flow_that_begins_to_run_makes_the_calls_that_it_states() {
        let stack = stack(1);
        assert_eq!(calls(&stack, Edit::MakeLive(ix(&stack, "later")), Load::default()), [(48.0, 60.0)]);
    }

    #[test]
    fn what_is_put_on_a_flow_comes_in_its_own_runs() {
        let stack = stack(1);
        let load = Load {
            peak: None,
            runs: Some(Range::exact(PerYear(3.0 * 365.0))),
            records: Some(Range::exact(Count(5.0))),
        };
        let extend = || Edit::ExtendFlow(ix(&stack, "now"), vec![DataIx(0)]);
        assert_eq!(calls(&stack, extend(), load), [(48.0, 15.0)]);
        let peak = Some(Peak { a_day: Some(7.0), burst: None });
        assert_eq!(calls(&stack, extend(), Load { peak, ..load }), [(48.0, 35.0)]);
    }

    #[test]
    fn another_pace_adds_only_what_it_takes_more_than_today() {
        let one = stack(1);
        let pace = |stack: &Stack| {
            let flow = ix(stack, "now");
            Edit::Pace(flow, Pace::at_least_every(stack.flow(flow), 0.5))
        };
        // Twice as many runs of half as many records each.
        assert_eq!(calls(&one, pace(&one), Load::default()), []);
        // In pages of ten each run is one call.
        let ten = stack(10);
        assert_eq!(calls(&ten, pace(&ten), Load::default()), [(24.0, 24.0)]);
    }

    #[test]
    fn items_add_up_for_each_limit_of_each_system() {
        let one = QuotaUse::of_calls("crm", 100.0, 30.0);
        let other = QuotaUse::of_calls("desk", 100.0, 5.0);
        let tasks = QuotaUse { limit: LimitKind::DailyTasks, ..QuotaUse::of_calls("crm", 100.0, 7.0) };
        assert!(one.is_about(&one) && !one.is_about(&other) && !one.is_about(&tasks));
        let uses = [vec![one.clone(), tasks], vec![other, one]];
        let sums: Vec<(String, LimitKind, f64)> = together(uses.iter().map(Vec::as_slice))
            .into_iter()
            .map(|one| (one.system, one.limit, one.added))
            .collect();
        let calls = LimitKind::DailyCalls;
        let of = |system: &str, limit, added| (system.to_owned(), limit, added);
        assert_eq!(sums, [of("crm", calls, 60.0), of("crm", LimitKind::DailyTasks, 7.0), of("desk", calls, 5.0)]);
    }

    #[test]
    fn a_limit_may_be_used_to_the_last_call() {
        let obstacle = |added| QuotaUse { present: 40.0, ..QuotaUse::of_calls("crm", 100.0, added) }.obstacle();
        assert_eq!(obstacle(60.0), None);
        let words =
            "the calls exceed a quota: crm accepts 100 calls a day, 40 are used, this adds 61, -1 are left (stated)";
        assert_eq!(obstacle(61.0).as_deref(), Some(words));
    }

    #[test]
    fn a_new_flow_is_held_against_its_busiest_day() {
        let stack = stack(1);
        let flow = |peak| {
            let [from, to] = ["crm", "desk"].map(|id| stack.find_system(id).expect("it is there"));
            Edit::AddFlow(Box::new(NewFlow {
                from,
                to,
                data: vec![DataIx(0)],
                mechanism: Mechanism::Api,
                through: None,
                performer: None,
                runs: Some(Range::exact(PerYear(2.0 * 365.0))),
                peak,
                minutes: None,
                records: Some(Range::exact(Count(3.0))),
                delay: Some(Range::exact(Hours(1.0))),
                review: None,
                is_standby: false,
            }))
        };
        assert_eq!(calls(&stack, flow(None), Load::default()), [(48.0, 6.0)]);
        let peak = Some(Peak { a_day: Some(20.0), burst: None });
        assert_eq!(calls(&stack, flow(peak), Load::default()), [(48.0, 60.0)]);
    }
}
