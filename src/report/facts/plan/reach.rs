//! The way to each higher stage.

use schemars::JsonSchema;
use serde::Serialize;
use sinew_order::Weeks;

use super::obligations::Smallest;
use super::range;
use crate::analysis::stage::STAGES;
use crate::model::{ItemKind, Stack};
use crate::plan;
use crate::plan::making::effort_of;
use crate::plan::owner::{date, owner};
use crate::plan::reach::{self as ways, Reached, Way};
use crate::plan::settings::Unit;
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::say::items_and_days;

/// The best plan after which the stack is at a stage or higher, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanReach")]
pub struct Reach {
    /// The stage.
    #[schemars(range(min = 1, max = 5))]
    pub stage: u8,
    /// The name of that stage.
    pub name: &'static str,
    /// Whether a plan reaches it: `if-verified` where that depends on what has to be found out first.
    pub reached: Reached,
    /// Whether the answer is certain; false where the search ended before.
    pub settled: bool,
    /// What that plan builds, in order, by id; where the stage is not reached, what meets most of what can be met.
    pub items: Vec<String>,
    /// The same with what each is and does.
    pub steps: Vec<WayStep>,
    /// The day on which the last of its criteria is met; null in a file without `as_of`, and where no item meets any.
    pub date: Option<String>,
    /// Weeks from the start of the plan until the last of its criteria is met; null where no item meets any.
    pub weeks: Option<Number>,
    /// Person-days of them, likely values.
    pub days: Number,
    /// How many of the items are finished by then.
    pub items_by_then: usize,
    /// Person-days of those, likely values.
    pub days_by_then: Number,
    /// Money within the horizon that the plan is worth, what is not verified counting as nothing; null where the plan counts hours.
    pub net_value: Option<Number>,
    /// The same in hours; null where the plan counts money.
    pub net_hours: Option<Number>,
    /// How far the bound is above that, as a share of the bound; 0 where it is proved that no plan that reaches it is worth more.
    pub gap: f64,
    /// What the stage takes, against the plan that need not reach it; null where no plan does.
    pub price: Option<Price>,
    /// The criteria that the stage asks for and that are not met today, each with the items that do something about it.
    pub criteria: Vec<Closing>,
    /// Criteria that nothing meets, each with what is missing.
    pub unreachable: Vec<Unreachable>,
    /// Criteria of which not all can be met together, as few as possible.
    pub conflict: Vec<&'static str>,
    /// The smallest settings with which a plan reaches it, where one would with other settings; else null.
    pub smallest: Option<Smallest>,
}

impl Reach {
    /// The items that it has beside those of a plan of `count` items that it has all of; `None` where it leaves one out or has
    /// no other.
    #[must_use]
    pub fn besides(&self, count: usize) -> Option<Vec<&WayStep>> {
        let (same, more): (Vec<&WayStep>, Vec<&WayStep>) = self.steps.iter().partition(|step| step.in_plan);
        (same.len() == count && count > 0 && !more.is_empty()).then_some(more)
    }

    /// `10 items` and `49 days`, or `5 of 10 items` and `14 of 49 days` where some come after its date.
    #[must_use]
    pub fn takes(&self) -> [String; 2] {
        let all = (self.items.len(), self.days.get());
        items_and_days(all, if self.weeks.is_some() { (self.items_by_then, self.days_by_then.get()) } else { all })
    }
}

/// What a stage takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanReachPrice")]
pub struct Price {
    /// Money within the horizon that the plan is worth less; null where the plan counts hours.
    pub net_value: Option<Number>,
    /// Hours within the horizon that the plan saves less; null where the plan counts money.
    pub net_hours: Option<Number>,
    /// Person-days that it takes more; below zero where it takes fewer.
    pub days: Number,
}

/// One item on the way.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanReachStep")]
pub struct WayStep {
    /// Its id.
    pub item: String,
    /// One line for a person.
    pub title: String,
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// The team that it is up to, by id; null where the file names none.
    pub owner: Option<String>,
    /// The day on which it is finished; null in a file without `as_of`.
    pub date: Option<String>,
    /// Weeks from the start of the plan.
    pub start: Number,
    /// Weeks from the start of the plan.
    pub finish: Number,
    /// Work to build it, in person-days.
    pub effort: Range,
    /// Whether nothing has to be found out before it can be built.
    pub verified: bool,
    /// Whether the plan builds it as well.
    pub in_plan: bool,
    /// The criteria that are met with it and stay so, by id.
    pub closes: Vec<&'static str>,
}

/// A criterion with the items that do something about it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanReachCriterion")]
pub struct Closing {
    /// Its id.
    pub id: &'static str,
    /// The items, by id, in order.
    pub items: Vec<String>,
}

/// A criterion that nothing meets.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanUnreachable")]
pub struct Unreachable {
    /// Its id.
    pub criterion: &'static str,
    /// What would have to be known or stated.
    pub missing: String,
}

/// The ways of `plan`, by stage.
pub(super) fn reach(stack: &Stack, plan: &plan::Plan) -> Vec<Reach> {
    plan.ways.iter().map(|way| one(stack, plan, way)).collect()
}

fn one(stack: &Stack, plan: &plan::Plan, way: &Way) -> Reach {
    let in_unit = |unit: Unit, amount: f64| (plan.settings.unit == unit).then(|| Number::from(amount));
    // What the search says of other plans is a difference to what it says of this one.
    let beside = plan.balance.net() + way.net_value - plan.net_value.0;
    let last = way.met_at();
    let (items_by_then, days_by_then) = way.done(last.or(Some(Weeks::default())));
    Reach {
        stage: way.stage,
        name: STAGES.iter().find(|(stage, _)| *stage == way.stage).map_or("", |(_, name)| name),
        reached: way.reached,
        settled: way.is_settled,
        items: way.steps.iter().map(|step| step.candidate.id.clone()).collect(),
        steps: way.steps.iter().map(|one| step(stack, plan, one)).collect(),
        date: last.and_then(|finish| date(stack, finish)).map(|day| day.to_string()),
        weeks: last.map(|finish| finish.0.into()),
        days: way.done(None).1.into(),
        items_by_then,
        days_by_then: days_by_then.into(),
        net_value: in_unit(Unit::Money, beside),
        net_hours: in_unit(Unit::Hours, beside),
        gap: way.gap,
        price: way.price.map(|price| Price {
            net_value: in_unit(Unit::Money, price.net_value),
            net_hours: in_unit(Unit::Hours, price.net_value),
            days: price.days.into(),
        }),
        criteria: way.criteria.iter().map(|(id, items)| Closing { id, items: items.clone() }).collect(),
        unreachable: way
            .unreachable
            .iter()
            .map(|(criterion, missing)| Unreachable { criterion, missing: missing.join("; ") })
            .collect(),
        conflict: way.conflict.clone(),
        smallest: way.smallest.map(Smallest::from),
    }
}

fn step(stack: &Stack, plan: &plan::Plan, step: &ways::WayStep) -> WayStep {
    let candidate = &step.candidate;
    WayStep {
        item: candidate.id.clone(),
        title: candidate.title.clone(),
        kind: candidate.kind,
        owner: owner(stack, &plan.candidates, candidate).map(|team| stack.team(team).id.to_string()),
        date: date(stack, step.finish).map(|day| day.to_string()),
        start: step.start.0.into(),
        finish: step.finish.0.into(),
        effort: range(effort_of(candidate).0),
        verified: !step.is_doubtful,
        in_plan: plan.find(&candidate.id).is_some(),
        closes: step.closes.clone(),
    }
}
