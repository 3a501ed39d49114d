//! The account of a plan: one row for each thing that costs or earns, and their sum.

use schemars::JsonSchema;
use serde::Serialize;

use crate::plan::balance::{self, Step};
use crate::plan::settings::WEEKS_A_YEAR;
use crate::report::facts::Number;

/// One row of the account, in whole units of what the plan counts: money, or hours. Across, `today` - `gained` + `added` is
/// `with_plan` where all are known, but for what is stated to be worth something besides, which is no cost; down, the last
/// row is the sum of those above it. Null is not known, and counts as nothing in the sum.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanMoney")]
pub struct Money {
    /// What the row is about; `net-value` is the sum of the others.
    pub step: Step,
    /// Cost a year today.
    pub today: Option<Number>,
    /// What the items gain a year, all of them at work.
    pub gained: Option<Number>,
    /// What they add to the cost of a year.
    pub added: Option<Number>,
    /// Cost a year with the plan.
    pub with_plan: Option<Number>,
    /// Weeks of the horizon for which a year of it counts, on average over the items, from the finish of each; null where
    /// nothing is counted by the year.
    pub weeks: Option<Number>,
    /// What it comes to within the horizon: gains above zero, cost below.
    pub amount: Option<Number>,
    /// Parts of `today` that are not known, and not in it: manual flows, or components with a process that they stop.
    pub today_unknown: usize,
    /// The same of `with_plan`.
    pub with_plan_unknown: usize,
}

/// The rows of a balance.
pub(super) fn rows(balance: &balance::Balance) -> Vec<Money> {
    let row = |entry: &balance::Entry| {
        let number = |amount: Option<f64>| amount.map(Number::from);
        Money {
            step: entry.step,
            today: number(entry.today),
            gained: number(entry.gained),
            added: number(entry.added),
            with_plan: number(entry.with_plan),
            weeks: number(weeks(entry)),
            amount: number(entry.within),
            today_unknown: entry.today_unknown,
            with_plan_unknown: entry.with_plan_unknown,
        }
    };
    balance.entries.iter().map(row).collect()
}

fn weeks(entry: &balance::Entry) -> Option<f64> {
    if matches!(entry.step, Step::NetValue | Step::Work) {
        return None;
    }
    let a_year = entry.gained? - entry.added?;
    (a_year != 0.0).then_some(entry.within? * WEEKS_A_YEAR / a_year)
}
