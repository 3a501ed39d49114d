//! The ledger of calls: who calls each system, how often, and how much of its limits that takes.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::calls::{self, CallKind, LimitKind};
use crate::model::Stack;
use crate::report::facts::Number;

/// One limit of one system.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "CallAccount")]
pub struct Account {
    /// Id of the system that is called.
    pub system: String,
    /// What is limited.
    pub limit: LimitKind,
    /// How many calls, or tasks, it accepts within the window.
    pub quota: u64,
    /// How many are made within the busiest window, as far as they are certain; null where nothing is.
    pub used: Option<Number>,
    /// The window: `day`, `month`, `year`, or seconds such as `20s`.
    pub window: String,
    /// More calls than this cannot come within the window; null where that is not known.
    pub at_most: Option<Number>,
    /// Whether it can be said if the limit is kept: it is, however the calls come, or those that are certain are too many.
    pub judged: bool,
    /// Whether some of the calls are not known, so that there may be more.
    pub at_least: bool,
    /// Who calls: most calls first, then by flow.
    pub by: Vec<Caller>,
    /// The address where the limit was read; `stated` where the stack file states it.
    pub source: String,
}

/// The calls of one flow.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Caller {
    /// Id of the flow.
    pub flow: String,
    /// What the calls are for.
    pub kind: CallKind,
    /// Calls within the window; null where they are not known.
    pub calls: Option<Number>,
    /// Calls that are certain.
    pub at_least: Number,
    /// More than this cannot come; null where that is not known.
    pub at_most: Option<Number>,
    /// Whether a native connector makes them by itself, only to look for changes.
    pub connector: bool,
    /// The key that would have to be stated for the calls to be known.
    pub missing: Option<String>,
}

/// The ledger of `stack`, by system and limit.
#[must_use]
pub fn calls(stack: &Stack) -> Vec<Account> {
    calls::accounts(stack).iter().map(|account| of(stack, account)).collect()
}

fn of(stack: &Stack, account: &calls::Account) -> Account {
    let by = account.by.iter().map(|share| Caller {
        flow: stack.flow(share.charge.flow).id.to_string(),
        kind: share.charge.kind,
        calls: share.calls.map(Number::from),
        at_least: share.at_least.into(),
        at_most: share.at_most.map(Number::from),
        connector: share.charge.connector.is_some(),
        missing: share.missing.map(|missing| missing.key().to_owned()),
    });
    Account {
        system: stack.system(account.system).id.to_string(),
        limit: account.limit.kind,
        quota: account.limit.quota,
        used: (!account.is_at_least() || account.used() > 0.0).then(|| account.used().into()),
        window: account.limit.period.word(),
        at_most: account.at_most().map(Number::from),
        judged: account.is_judged(),
        at_least: account.is_at_least(),
        by: by.collect(),
        source: account.limit.source.clone().unwrap_or_else(|| "stated".to_owned()),
    }
}

impl Account {
    /// Whether more calls are made than are accepted.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.used.is_some_and(|used| used.get() > self.quota as f64)
    }

    /// `Calls a day`, `Tasks a month`, `Calls in 20s`.
    #[must_use]
    pub fn words(&self) -> String {
        let what = match self.limit {
            LimitKind::DailyCalls | LimitKind::Window => "Calls",
            LimitKind::DailyTasks | LimitKind::Tasks => "Tasks",
        };
        let link = if self.limit == LimitKind::Window { "in" } else { "a" };
        format!("{what} {link} {}", self.window)
    }
}
