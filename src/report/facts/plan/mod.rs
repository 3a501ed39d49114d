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

use crate::model::Stack;
use crate::plan;
use crate::plan::settings::Unit;
use crate::report::facts::Assumption;
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::say;

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
    /// What the plan weighs: money, or hours where no rate says what an hour of work by hand costs. Then all that would be
    /// money is null, a person-day takes eight hours, and what running costs is not weighed.
    pub counted_in: Unit,
    /// Money within the horizon: what the items earn, less work and running cost; null where hours are counted.
    pub net_value: Option<Number>,
    /// Hours within the horizon that the items save, less those of the work; null where money is counted.
    pub net_hours: Option<Number>,
    /// No plan of these items is worth more; null where hours are counted.
    pub bound: Option<Number>,
    /// How far the bound is above the net value or hours, as a share of the bound; 0 where the plan is proved to be the best.
    pub gap: f64,
    /// Money within the horizon that work and running cost take; null where hours are counted.
    pub spent: Option<Number>,
    /// Weeks within which gains count.
    pub horizon_weeks: Number,
    /// Weeks of a wave.
    pub wave_weeks: Number,
    /// Person-days of work a week.
    pub capacity: Number,
    /// Most money that may be spent; null for no limit.
    pub budget: Option<Number>,
    /// What a person-day costs; null where hours are counted.
    pub day_rate: Option<Range>,
    /// What building in WSJF order would be worth; null where that does not keep to the budget, and
    /// where hours are counted.
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

fn range(range: crate::model::Range<f64>) -> Range {
    Range { low: range.low.into(), likely: range.likely.into(), high: range.high.into() }
}

impl Plan {
    /// What is shown of `plan`, which is that of `stack`.
    #[must_use]
    pub fn of(stack: &Stack, plan: &plan::Plan, options: &plan::Options) -> Self {
        let before: Vec<&str> = plan.before.findings.iter().map(|finding| finding.id.as_str()).collect();
        let new = plan.after.findings.iter().filter(|finding| !before.contains(&finding.id.as_str()));
        let unit = plan.settings.unit;
        let money = |amount: f64| (unit == Unit::Money).then(|| Number::from(amount));
        Self {
            counted_in: unit,
            items: plan.items.iter().map(|item| item::item(plan, item)).collect(),
            unfunded: open::unfunded(stack, plan),
            unsolved: open::unsolved(stack, plan),
            net_value: money(plan.net_value.0),
            net_hours: (unit == Unit::Hours).then(|| plan.net_value.0.into()),
            bound: money(plan.solution.bound.0),
            gap: plan.solution.gap(),
            spent: money(plan.solution.plan.spent.0),
            horizon_weeks: plan.settings.horizon.0.into(),
            wave_weeks: plan.settings.wave.0.into(),
            capacity: plan.settings.capacity.0.into(),
            budget: plan.settings.budget.map(|budget| (budget.0 / plan.settings.of_money).into()),
            day_rate: (unit == Unit::Money).then(|| plan.settings.day_rate.into()),
            net_value_by_wsjf: plan.solution.by_wsjf.as_ref().and_then(|schedule| money(schedule.net_value.0)),
            before: Standing::of(&plan.before),
            after: Standing::of(&plan.after),
            introduces: new.map(|finding| finding.id.clone()).collect(),
            what_if: None,
            uncertainty: plan.uncertainty.as_ref().map(|found| doubt::uncertainty(plan, found, options)),
            assumptions: plan.assumptions.iter().cloned().map(Assumption::from).collect(),
        }
    }

    /// Whether it weighs hours, since nothing says what they cost.
    #[must_use]
    pub fn is_in_hours(&self) -> bool {
        self.counted_in == Unit::Hours
    }

    /// What it is worth within the horizon, in what it counts.
    #[must_use]
    pub fn net(&self) -> f64 {
        self.net_value.or(self.net_hours).map_or(0.0, Number::get)
    }

    /// An amount of what it counts, as people say it: `USD 1,200` or `1,200 hours`.
    #[must_use]
    pub fn said(&self, currency: Option<&str>, amount: f64) -> String {
        if self.is_in_hours() { say::hours(amount) } else { say::money(currency, amount) }
    }

    /// The items that remove a finding, by id.
    #[must_use]
    pub fn items_for(&self, finding: &str) -> Vec<String> {
        let removes = |item: &&Item| item.removes.iter().any(|id| id == finding);
        self.items.iter().filter(removes).map(|item| item.id.clone()).collect()
    }
}
