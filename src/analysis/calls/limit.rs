//! The limits that a system is known to have.

use super::CallKind;
use crate::catalog::words::words;
use crate::catalog::{Catalog, DailyBasis, ProductFacts, Quota, TaskPeriod};

words! {
    /// What is limited.
    LimitKind {
        /// Calls of a day.
        DailyCalls = "daily_calls",
        /// Calls within a shorter time.
        Window = "window",
        /// Tasks of a day.
        DailyTasks = "daily_tasks",
        /// Tasks of a longer time.
        Tasks = "tasks",
    }
}

/// The time within which calls are counted, always the busiest of its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// So many seconds, less than a day.
    Seconds(u64),
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Period {
    /// Its length in days, a month as 31.
    #[must_use]
    pub fn days(&self) -> f64 {
        match self {
            Self::Seconds(seconds) => *seconds as f64 / 86_400.0,
            Self::Day => 1.0,
            Self::Month => 31.0,
            Self::Year => 365.0,
        }
    }

    /// `day`, `month`, `20s`.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Seconds(seconds) => format!("{seconds}s"),
            Self::Day => "day".to_owned(),
            Self::Month => "month".to_owned(),
            Self::Year => "year".to_owned(),
        }
    }

    /// `a day`, `in 20 seconds`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Seconds(1) => "in a second".to_owned(),
            Self::Seconds(60) => "in a minute".to_owned(),
            Self::Seconds(3_600) => "in an hour".to_owned(),
            Self::Seconds(seconds) => format!("in {seconds} seconds"),
            Self::Day | Self::Month | Self::Year => format!("a {}", self.word()),
        }
    }
}

/// A limit of a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// What is limited.
    pub kind: LimitKind,
    /// How many within the time.
    pub quota: u64,
    /// The time.
    pub period: Period,
    /// Where it was read, rows of one's own first; `None` where the stack file states it.
    pub source: Option<String>,
    /// What the number rests on, in words, with what could raise it.
    pub basis: String,
    /// Whether tasks count against a limit of calls, since no limit of tasks is stated.
    takes_tasks: bool,
}

impl Limit {
    /// Whether calls of this kind count against it.
    #[must_use]
    pub fn counts(&self, kind: CallKind) -> bool {
        match self.kind {
            LimitKind::DailyCalls => kind != CallKind::Task || self.takes_tasks,
            LimitKind::Window => kind != CallKind::Task,
            LimitKind::DailyTasks | LimitKind::Tasks => kind == CallKind::Task,
        }
    }

    /// `calls a day`, `tasks a month`.
    #[must_use]
    pub fn unit(&self) -> String {
        let what = match self.kind {
            LimitKind::DailyCalls | LimitKind::Window => "calls",
            LimitKind::DailyTasks | LimitKind::Tasks => "tasks",
        };
        format!("{what} {}", self.period.words())
    }
}

/// The limits of a system with these facts, by kind and time; what the stack file states wins over the catalog.
#[must_use]
pub fn limits_of(catalog: &Catalog, facts: &ProductFacts) -> Vec<Limit> {
    let stated = facts.quotas;
    let says_tasks = stated.daily_tasks.is_some() || stated.tasks.is_some();
    let limit = |kind, quota, period| Limit {
        kind,
        quota,
        period,
        source: None,
        basis: "the limit is stated in the stack file".to_owned(),
        takes_tasks: false,
    };
    let mut limits = Vec::new();
    if let Some(calls) = stated.daily_calls {
        limits.push(Limit { takes_tasks: !says_tasks, ..limit(LimitKind::DailyCalls, calls, Period::Day) });
    } else {
        limits.extend(documented_day(catalog, facts));
    }
    match stated.window {
        Some(window) => limits.push(limit(LimitKind::Window, window.calls, Period::Seconds(window.seconds))),
        None => limits.extend(documented_windows(catalog, facts)),
    }
    limits.extend(stated.daily_tasks.map(|tasks| limit(LimitKind::DailyTasks, tasks, Period::Day)));
    limits.extend(stated.tasks.map(|quota| {
        let period = match quota.within {
            TaskPeriod::Day => Period::Day,
            TaskPeriod::Month => Period::Month,
            TaskPeriod::Year => Period::Year,
        };
        limit(LimitKind::Tasks, quota.tasks, period)
    }));
    limits
}

/// Who says how much it is.
fn said(row: &Quota) -> &'static str {
    if row.is_own() { "the limit is that of a catalog of your own" } else { "the limit is documented" }
}

fn documented_day(catalog: &Catalog, facts: &ProductFacts) -> Option<Limit> {
    let quota = catalog.daily_call_quota(facts)?;
    let row = quota.row.as_ref()?;
    let rate = if quota.basis == DailyBasis::Rate { ", a rate used to the full all day" } else { "" };
    let plan = row.plan.as_ref().map_or_else(String::new, |plan| format!(" for {plan}"));
    let more = if quota.adders.is_empty() { "" } else { "; licenses or add-ons may add to it" };
    Some(Limit {
        kind: LimitKind::DailyCalls,
        quota: quota.calls_per_day,
        period: Period::Day,
        source: Some(row.source.cited()),
        basis: format!("{}{plan}{rate}{more}: {}", said(row), row.source.cited()),
        takes_tasks: false,
    })
}

fn documented_windows(catalog: &Catalog, facts: &ProductFacts) -> Vec<Limit> {
    let windows = catalog.window_quotas(facts).into_iter();
    let limit = |(calls, seconds, row): (u64, u64, &Quota)| {
        let plan = row.plan.as_ref().map_or_else(String::new, |plan| format!(" for {plan}"));
        Limit {
            kind: LimitKind::Window,
            quota: calls,
            period: Period::Seconds(seconds),
            source: Some(row.source.cited()),
            basis: format!("{}{plan}: {}", said(row), row.source.cited()),
            takes_tasks: false,
        }
    };
    windows.map(limit).collect()
}
