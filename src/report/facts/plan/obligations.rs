//! Obligations: what the plan holds whatever it pays.

use schemars::JsonSchema;
use serde::Serialize;

use super::range;
use crate::model;
use crate::plan;
use crate::plan::making::effort_of;
use crate::plan::reach;
use crate::plan::settings::{Unit, WEEKS_A_YEAR};
use crate::report::facts::Number;
use crate::report::facts::Range;

/// What the plan holds whatever it pays: for each open finding of the rules under `plan.obligations` that has an answer one of them,
/// first in order where nothing forces otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanObligations")]
pub struct Obligations {
    /// The findings that the plan has an answer to, by id.
    pub findings: Vec<String>,
    /// Those of them of which the plan finds out whether the answer can be built, since that is not verified.
    pub to_verify: Vec<String>,
    /// The items that answer them, with what these need, by id, in order.
    pub items: Vec<String>,
    /// Person-days of these items.
    pub effort: Range,
    /// Money for their work, and for running them within the horizon; null where the plan counts hours.
    pub cost: Option<Range>,
    /// Findings of these rules that have an answer which fits in no plan beside those before it.
    pub left_out: Vec<LeftOut>,
}

/// An obligation that fits in no plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanObligationLeftOut")]
pub struct LeftOut {
    /// The finding, by id.
    pub finding: String,
    /// The smallest settings with which a plan holds it beside all that this one holds; null where that is not known.
    pub smallest: Option<Smallest>,
}

/// The smallest of each setting that would do; the others are as they are, but for the budget that more people or more time may need.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanSmallest")]
pub struct Smallest {
    /// Money within the horizon, rounded up to a whole unit; null where no budget is set, and where no money would do without more people
    /// or more time.
    pub budget: Option<Number>,
    /// Person-days a week, rounded up to a tenth; null where those that are set are enough.
    pub capacity: Option<Number>,
    /// The budget that this capacity needs, rounded up to a whole unit; null where the budget as it is would do.
    pub capacity_budget: Option<Number>,
    /// Weeks, rounded up to a tenth; null where those that are set are enough.
    pub horizon_weeks: Option<Number>,
    /// The budget that this horizon needs, rounded up to a whole unit; null where the budget as it is would do.
    pub horizon_budget: Option<Number>,
}

impl From<reach::Smallest> for Smallest {
    fn from(found: reach::Smallest) -> Self {
        Self {
            budget: found.budget.map(Number::from),
            capacity: found.capacity.map(Number::from),
            capacity_budget: found.capacity_budget.map(Number::from),
            horizon_weeks: found.horizon.map(Number::from),
            horizon_budget: found.horizon_budget.map(Number::from),
        }
    }
}

pub(super) fn obligations(plan: &plan::Plan) -> Obligations {
    let found = &plan.obligations;
    let items = || plan.items.iter().filter(|item| found.items.contains(&item.candidate));
    let (mut days, mut cost) = (model::Range::exact(0.0), model::Range::exact(0.0));
    for item in items() {
        let (effort, running) = effort_of(plan.candidate(item));
        let years = (plan.settings.horizon.0 - item.finish.0) / WEEKS_A_YEAR;
        let rate = plan.settings.day_rate.map(|rate| rate.0);
        days = days + effort;
        cost = cost + effort.zip(rate, |a, b| a * b) + running.map(|a_year| a_year * years);
    }
    let left_out = found
        .left_out
        .iter()
        .map(|one| LeftOut { finding: one.finding.clone(), smallest: one.smallest.map(Smallest::from) });
    Obligations {
        findings: found.held.clone(),
        to_verify: found.only_verified.clone(),
        items: items().map(|item| plan.candidate(item).id.clone()).collect(),
        effort: range(days),
        cost: (plan.settings.unit == Unit::Money).then(|| range(cost)),
        left_out: left_out.collect(),
    }
}
