//! Which published limit to compute with.
//!
//! Nobody writes the plan of each product into a stack file, so the choice is made such
//! that what is computed from it is certain: of several plans the largest number, of
//! several batches the largest. A use above that is above every plan. A stated number wins.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::facts::{ProductFacts, StatedWindow};
use super::lookup::Catalog;
use super::product::ProductId;
use super::quota::{Quota, Window};
use super::words::{Environment, Interface, QuotaKind, Unit, words};

words! {
    /// What a daily number of calls rests on.
    DailyBasis {
        /// The stack file states it.
        Stated = "stated",
        /// A published limit a day.
        Daily = "daily",
        /// A published limit of a shorter window, used to the full all day.
        Rate = "rate",
    }
}

/// The calls a day that a product accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DailyQuota {
    /// Calls a day that the product accepts.
    pub calls_per_day: u64,
    /// What the number rests on.
    pub basis: DailyBasis,
    /// The row it comes from; absent where the stack file states it.
    pub row: Option<Quota>,
    /// What can be added to it: per license, or bought. Where there is any, a use above
    /// `calls_per_day` is above the base only.
    pub adders: Vec<Quota>,
    /// The rows of other plans that were not used, largest first.
    pub other_plans: Vec<Quota>,
}

/// The records that one request carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BatchSize {
    /// Records in one request, at most.
    pub records: u64,
    /// The row it comes from; absent where the stack file states it.
    pub row: Option<Quota>,
}

/// Scopes that cover a whole account. A limit of a user, a token or an endpoint says
/// nothing about the sum over all of them.
const WHOLE_ACCOUNT: [&str; 8] =
    ["account", "business unit", "company", "customer", "instance", "org", "team", "workspace"];

/// A row that limits all calls of the product's general interface in production.
fn limits_all_calls(q: &Quota) -> bool {
    let scope = q.scope.as_deref().unwrap_or_default();
    q.interface == Interface::Rest.as_str()
        && q.unit == Unit::Calls
        && q.environment == Environment::Production
        && q.limit.is_some()
        && WHOLE_ACCOUNT.contains(&scope)
}

/// Calls that fit in a day under a row, if its window divides a day at all.
fn calls_per_day(q: &Quota) -> Option<u64> {
    let window = q.window.as_ref().filter(|w| w.seconds <= Window::DAY)?;
    let calls = u128::from(q.limit?) * u128::from(Window::DAY) / u128::from(window.seconds);
    Some(u64::try_from(calls).unwrap_or(u64::MAX))
}

/// The first row, one of one's own before any other.
fn own_first<'q>(rows: impl Iterator<Item = &'q Quota>) -> Option<&'q Quota> {
    let mut first: Option<&Quota> = None;
    for row in rows {
        if first.is_none_or(|first| row.is_own() && !first.is_own()) {
            first = Some(row);
        }
    }
    first
}

impl Quota {
    /// Whether a row of one's own says how much the limit is.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.source.deciding(&["limit_value"]).next().is_some()
    }
}

impl Catalog {
    /// States in `facts` the limits that rows of one's own say and the facts do not, for a reader without these rows.
    pub fn state_own_limits(&self, facts: &mut ProductFacts) {
        let own = |row: Option<Quota>| row.filter(Quota::is_own).and_then(|row| row.limit);
        let calls = self.daily_call_quota(facts).filter(|quota| quota.row.as_ref().is_some_and(Quota::is_own));
        let batch = own(self.batch_size(facts, Interface::Rest).and_then(|size| size.row));
        let page = own(self.page_size(facts, Interface::Rest).and_then(|size| size.row));
        let window = self.window_quotas(facts).into_iter().find(|(_, _, row)| row.is_own());
        let window = window.map(|(calls, seconds, _)| StatedWindow { calls, seconds });
        facts.quotas.daily_calls = facts.quotas.daily_calls.or(calls.map(|quota| quota.calls_per_day));
        facts.quotas.batch_size = facts.quotas.batch_size.or(batch);
        facts.quotas.read_page = facts.quotas.read_page.or(page);
        facts.quotas.window = facts.quotas.window.or(window);
    }

    /// The calls a day that a product accepts, or nothing where none is known.
    ///
    /// The stated number, else one of a catalog of one's own, else the largest published daily limit of a production plan, else
    /// the tightest published rate of the most generous plan, taken over a whole day. Only
    /// limits of the whole account on the general REST interface count.
    #[must_use]
    pub fn daily_call_quota(&self, facts: &ProductFacts) -> Option<DailyQuota> {
        if let Some(calls_per_day) = facts.quotas.daily_calls {
            return Some(DailyQuota {
                calls_per_day,
                basis: DailyBasis::Stated,
                row: None,
                adders: Vec::new(),
                other_plans: Vec::new(),
            });
        }
        let id = facts.product.as_ref()?;
        let (basis, mut plans) = match self.daily_rows(id) {
            daily if daily.is_empty() => (DailyBasis::Rate, self.rate_rows(id)),
            daily => (DailyBasis::Daily, daily),
        };
        // A limit of one's own is the one that was agreed on, whatever is published.
        plans.sort_by(|(a, x), (b, y)| y.is_own().cmp(&x.is_own()).then(b.cmp(a)).then_with(|| x.plan.cmp(&y.plan)));
        let mut plans = plans.into_iter();
        let (calls_per_day, quota) = plans.next()?;
        Some(DailyQuota {
            calls_per_day,
            basis,
            row: Some(quota.clone()),
            adders: self.adders(id),
            other_plans: plans.map(|(_, q)| q.clone()).collect(),
        })
    }

    fn daily_rows(&self, id: &ProductId) -> Vec<(u64, &Quota)> {
        let rows = self.quotas_of(id).filter(|q| limits_all_calls(q));
        let rows = rows.filter(|q| q.kind == QuotaKind::RateDaily);
        rows.filter_map(|q| Some((calls_per_day(q)?, q))).collect()
    }

    /// For each plan its tightest rate over a day.
    fn rate_rows(&self, id: &ProductId) -> Vec<(u64, &Quota)> {
        let mut tightest: BTreeMap<Option<&str>, (u64, &Quota)> = BTreeMap::new();
        let rows = self.quotas_of(id).filter(|q| limits_all_calls(q));
        for q in rows.filter(|q| q.kind == QuotaKind::Rate) {
            let Some(calls) = calls_per_day(q) else {
                continue;
            };
            let best = tightest.entry(q.plan.as_deref()).or_insert((calls, q));
            if (best.1.is_own(), calls) < (q.is_own(), best.0) {
                *best = (calls, q);
            }
        }
        tightest.into_values().collect()
    }

    fn adders(&self, id: &ProductId) -> Vec<Quota> {
        let adds = |q: &&Quota| matches!(q.kind, QuotaKind::RateDailyPerLicence | QuotaKind::RateDailyAddon);
        self.quotas_of(id).filter(adds).cloned().collect()
    }

    /// The most records that one request of an interface carries, or nothing where none is
    /// known. A call count from it is a lower bound.
    #[must_use]
    pub fn batch_size(&self, facts: &ProductFacts, interface: Interface) -> Option<BatchSize> {
        if let Some(records) = facts.quotas.batch_size {
            return Some(BatchSize { records, row: None });
        }
        self.largest(facts, interface, QuotaKind::BatchSize)
    }

    /// The most records that one answer of an interface holds, or nothing where none is known.
    #[must_use]
    pub fn page_size(&self, facts: &ProductFacts, interface: Interface) -> Option<BatchSize> {
        if let Some(records) = facts.quotas.read_page {
            return Some(BatchSize { records, row: None });
        }
        self.largest(facts, interface, QuotaKind::PageSize)
    }

    /// The row of `kind` that names the most records for one request of an interface.
    fn largest(&self, facts: &ProductFacts, interface: Interface, kind: QuotaKind) -> Option<BatchSize> {
        let part_of = |name: &str| {
            let rest = name.strip_prefix(interface.as_str());
            rest.is_some_and(|r| r.is_empty() || r.starts_with('-'))
        };
        let id = facts.product.as_ref()?;
        let rows = self.quotas_of(id).filter(|q| {
            q.kind == kind
                && q.unit.is_record()
                && q.environment == Environment::Production
                && matches!(q.scope.as_deref(), Some("request" | "call"))
                && part_of(&q.interface)
        });
        let (records, quota) = rows
            .filter_map(|q| Some((q.limit?, q)))
            .max_by_key(|(records, q)| (q.is_own(), *records, std::cmp::Reverse(&q.interface)))?;
        Some(BatchSize { records, row: Some(quota.clone()) })
    }

    /// The records of one call that the native connector with another product makes on `product`, where its vendor says
    /// so.
    #[must_use]
    pub fn connector_batch(&self, product: &ProductId, with: &ProductId) -> Option<&Quota> {
        let is_batch = |q: &&Quota| q.kind == QuotaKind::BatchSize && q.unit.is_record();
        own_first(
            self.quotas_of(product)
                .filter(|q| is_batch(q) && q.interface == "connector-load" && q.with.as_ref() == Some(with)),
        )
    }

    /// Of each documented window of the whole account that is shorter than a day, by its seconds: the calls of the most
    /// generous plan, with the row.
    #[must_use]
    pub fn window_quotas(&self, facts: &ProductFacts) -> Vec<(u64, u64, &Quota)> {
        let Some(id) = &facts.product else { return Vec::new() };
        let rows = self.quotas_of(id).filter(|q| limits_all_calls(q) && q.kind == QuotaKind::Rate);
        let mut best: BTreeMap<u64, (u64, &Quota)> = BTreeMap::new();
        for (seconds, calls, row) in rows.filter_map(|q| Some((q.window.as_ref()?.seconds, q.limit?, q))) {
            let known = best.entry(seconds).or_insert((calls, row));
            if seconds < Window::DAY && (known.1.is_own(), known.0) < (row.is_own(), calls) {
                *known = (calls, row);
            }
        }
        best.into_iter()
            .filter(|(seconds, _)| *seconds < Window::DAY)
            .map(|(s, (calls, row))| (calls, s, row))
            .collect()
    }

    /// The calls a day that the native connector with another product spends on `product`
    /// merely to look for changes, where its vendor says so.
    #[must_use]
    pub fn connector_cost(&self, product: &ProductId, with: &ProductId) -> Option<&Quota> {
        own_first(
            self.quotas_of(product)
                .filter(|q| q.kind == QuotaKind::Cost && q.unit == Unit::Calls && q.with.as_ref() == Some(with)),
        )
    }
}
