//! What another choice would change: the difference between two plans of one stack.

use schemars::JsonSchema;
use serde::Serialize;

use super::Plan;
use crate::report::facts::{Number, Range};

/// The difference of a plan to the plan that nobody meddled with.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WhatIf {
    /// Change of the net value; null where the plans count hours.
    pub net_value: Option<Number>,
    /// Change of the net hours; null where the plans count money.
    pub net_hours: Option<Number>,
    /// Change of what work and running cost take within the horizon; null where the plans count hours.
    pub spent: Option<Number>,
    /// Change of the hours a year that are left by hand; null where one of the two is not known.
    pub hours: Option<Number>,
    /// Change of what they cost a year; null where one of the two is not known.
    pub cost: Option<Number>,
    /// Change of the number of handoff chains left.
    pub handoffs: i64,
    /// Change of what outages are expected to cost a year; null where that is not known exactly on both sides.
    pub outage_cost: Option<Number>,
    /// Items that only this plan builds.
    pub added: Vec<String>,
    /// Items that only the other plan builds.
    pub dropped: Vec<String>,
    /// Items of both whose wave differs.
    pub moved: Vec<Moved>,
}

/// An item in another wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moved {
    /// Id of an item whose wave moves.
    pub item: String,
    /// Its wave in the other plan.
    pub from: usize,
    /// Its wave in this one.
    pub to: usize,
}

impl WhatIf {
    /// What `plan` changes against `usual`.
    #[must_use]
    pub fn between(usual: &Plan, plan: &Plan) -> Self {
        let only = |a: &Plan, b: &Plan| -> Vec<String> {
            let is_new = |id: &&String| b.items.iter().all(|item| item.id != **id);
            a.items.iter().map(|item| &item.id).filter(is_new).cloned().collect()
        };
        let exact = |plan: &Plan| plan.after.exact_outage_cost();
        let both = |of: fn(&Plan) -> Option<Number>| {
            of(plan).zip(of(usual)).map(|(now, then)| Number::from(now.get() - then.get()))
        };
        let known_change = |of: fn(&Plan) -> Option<Range>| {
            of(plan).zip(of(usual)).map(|(now, then)| Number::from(now.likely.get() - then.likely.get()))
        };
        let moved = plan.items.iter().filter_map(|item| {
            let other = usual.items.iter().find(|other| other.id == item.id)?;
            (other.wave != item.wave).then(|| Moved { item: item.id.clone(), from: other.wave, to: item.wave })
        });
        Self {
            net_value: both(|plan| plan.net_value),
            net_hours: both(|plan| plan.net_hours),
            spent: both(|plan| plan.spent),
            hours: known_change(|plan| plan.after.hours),
            cost: known_change(|plan| plan.after.cost),
            handoffs: plan.after.handoffs as i64 - usual.after.handoffs as i64,
            outage_cost: exact(plan).zip(exact(usual)).map(|(now, then)| Number::from(now - then)),
            added: only(plan, usual),
            dropped: only(usual, plan),
            moved: moved.collect(),
        }
    }
}
