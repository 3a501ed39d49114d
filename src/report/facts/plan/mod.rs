//! The plan: what to build, in which order, and what it buys.

mod doubt;
mod explained;
mod item;
mod open;
mod standing;
mod what_if;
mod words;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{self, Stack};
use crate::plan;
use crate::report::facts::Assumption;
use crate::report::facts::Number;
use crate::report::facts::Range;

pub use doubt::{Quantiles, Swing, Uncertainty};
pub use explained::{Explanation, Reason};
pub use item::{Choice, Item, Payback, Quota, ValueOf};
pub use open::{Unfunded, Unsolved};
pub use standing::Standing;
pub use what_if::{Moved, WhatIf};

/// What to build, in which order, and what it buys.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Plan {
    /// What is built, in order.
    pub items: Vec<Item>,
    /// Ways to close what the plan leaves open, because nothing says what it is worth or because it is worth less than
    /// it costs: each with what it would have to be worth a year.
    pub unfunded: Vec<Unfunded>,
    /// What nothing can be built for, as far as the catalog knows, and what is missing.
    pub unsolved: Vec<Unsolved>,
    /// Money within the horizon: what the items earn, less work and running cost.
    pub net_value: Number,
    /// No plan of these items is worth more.
    pub bound: Number,
    /// How far the bound is above the net value, as a share of the bound; 0 where the plan is proved to be the best.
    pub gap: f64,
    /// Money within the horizon that work and running cost take.
    pub spent: Number,
    /// How much more the bound allows than the net value: 0 where the plan is proved to be the best.
    pub possible_more: Number,
    /// Person-days of all items.
    pub effort: Range,
    /// Money that the work of all items costs, likely values.
    pub work_cost: Number,
    /// What is finished in each wave, in order; waves in which nothing is finished are not there.
    pub waves: Vec<Wave>,
    /// Weeks within which gains count.
    pub horizon_weeks: Number,
    /// Weeks of a wave.
    pub wave_weeks: Number,
    /// Person-days of work a week.
    pub capacity: Number,
    /// Most money that may be spent; null for no limit.
    pub budget: Option<Number>,
    /// What a person-day costs.
    pub day_rate: Range,
    /// What building in WSJF order would be worth; null where that does not keep to the budget.
    pub net_value_by_wsjf: Option<Number>,
    /// Where the stack stands today.
    pub before: Standing,
    /// Where it will stand.
    pub after: Standing,
    /// Findings that come with the target, by id.
    pub introduces: Vec<String>,
    /// What the options of the call change; absent where that was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "WhatIf")]
    pub what_if: Option<WhatIf>,
    /// How sure all this is; null where no samples were asked for.
    pub uncertainty: Option<Uncertainty>,
    /// What the plan takes for granted, by key.
    pub assumptions: Vec<Assumption>,
}

/// What is finished in one wave.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanWave")]
pub struct Wave {
    /// Its number, from 1.
    pub wave: usize,
    /// The week of the plan in which it begins, from 1.
    pub first_week: Number,
    /// The week of the plan in which it ends.
    pub last_week: Number,
    /// The items finished in it, by id, in order.
    pub items: Vec<String>,
    /// Person-days of these items, likely values.
    pub effort: Number,
    /// Money a year that they earn, likely values.
    pub value: Number,
}

/// What is finished in each wave of so many weeks.
fn waves(items: &[Item], weeks: f64) -> Vec<Wave> {
    let wave = |items: &[Item]| {
        let number = items[0].wave;
        Wave {
            wave: number,
            first_week: (weeks * (number - 1) as f64 + 1.0).into(),
            last_week: (weeks * number as f64).into(),
            items: items.iter().map(|item| item.id.clone()).collect(),
            effort: items.iter().map(|item| item.effort.likely.get()).sum::<f64>().into(),
            value: items.iter().map(|item| item.value.likely.get()).sum::<f64>().into(),
        }
    };
    items.chunk_by(|a, b| a.wave == b.wave).map(wave).collect()
}

fn range(range: model::Range<f64>) -> Range {
    Range { low: range.low.into(), likely: range.likely.into(), high: range.high.into() }
}

impl Plan {
    /// What is shown of `plan`, which is that of `stack`.
    #[must_use]
    pub fn of(stack: &Stack, plan: &plan::Plan, options: &plan::Options) -> Self {
        let before: Vec<&str> = plan.before.findings.iter().map(|finding| finding.id.as_str()).collect();
        let new = plan.after.findings.iter().filter(|finding| !before.contains(&finding.id.as_str()));
        let items: Vec<Item> = plan.items.iter().map(|item| item::item(plan, item)).collect();
        let effort = plan
            .items
            .iter()
            .fold(model::Range::exact(0.0), |sum, item| sum + plan::making::effort_of(plan.candidate(item)).0);
        Self {
            waves: waves(&items, plan.settings.wave.0),
            effort: range(effort),
            work_cost: (effort.likely * plan.settings.day_rate.likely.0).into(),
            possible_more: (plan.solution.bound.0 - plan.net_value.0).into(),
            items,
            unfunded: open::unfunded(stack, plan),
            unsolved: open::unsolved(stack, plan),
            net_value: plan.net_value.0.into(),
            bound: plan.solution.bound.0.into(),
            gap: plan.solution.gap(),
            spent: plan.solution.plan.spent.0.into(),
            horizon_weeks: plan.settings.horizon.0.into(),
            wave_weeks: plan.settings.wave.0.into(),
            capacity: plan.settings.capacity.0.into(),
            budget: plan.settings.budget.map(|money| money.0.into()),
            day_rate: plan.settings.day_rate.into(),
            net_value_by_wsjf: plan.solution.by_wsjf.as_ref().map(|schedule| schedule.net_value.0.into()),
            before: Standing::of(stack, &plan.before),
            after: Standing::of(&plan.target, &plan.after),
            introduces: new.map(|finding| finding.id.clone()).collect(),
            what_if: None,
            uncertainty: plan.uncertainty.as_ref().map(|found| doubt::uncertainty(plan, found, options)),
            assumptions: plan.assumptions.iter().cloned().map(Assumption::from).collect(),
        }
    }

    /// The items that remove a finding, by id.
    #[must_use]
    pub fn items_for(&self, finding: &str) -> Vec<String> {
        let removes = |item: &&Item| item.removes.iter().any(|id| id == finding);
        self.items.iter().filter(removes).map(|item| item.id.clone()).collect()
    }
}
