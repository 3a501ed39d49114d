//! Handoffs with their hours and cost.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::few::few_with_most;
use crate::analysis::handoffs::Effort;
use crate::analysis::reviews::Reviews;
use crate::analysis::{Analysis, Chain};
use crate::model::FlowIx;
use crate::report::facts::{Number, Range};
use crate::report::say::{spelled, spelled_of};

/// Data objects carried together from system to system over relays, at least once by hand.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Handoff {
    /// The ids of its steps joined by `+`.
    pub id: String,
    /// Ids of the data objects that it carries, each over all of its steps; at least one.
    pub data: Vec<String>,
    /// The system where it begins.
    pub from: String,
    /// The system where it ends.
    pub to: String,
    /// Its flows in order, automated ones included.
    pub steps: Vec<String>,
    /// Whether one of the objects comes unchanged from an AI tool.
    pub ai_output: bool,
    /// Hours of work a year for the runs; null where a manual step has no figures.
    pub hours: Option<Range>,
    /// Hours a year to fix what went wrong.
    pub error_hours: Option<Range>,
    /// What both cost a year; null where a manual step has no hours or no rate.
    pub cost: Option<Range>,
    /// The share of that, likely value, in the known cost of all handoffs, 0 to 1; null where either is not known or nothing
    /// costs anything. Handoffs that share a step have shares that add up to more than 1.
    pub cost_share: Option<Number>,
    /// The teams that perform its manual steps, where that is said.
    pub performers: Vec<String>,
}

/// All handoffs together; a step of several chains is counted once.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HandoffTotals {
    /// Hours of work a year for the runs of all steps that have figures; null where there are steps and none has.
    pub hours: Option<Range>,
    /// Hours a year to fix what went wrong; known where the hours are.
    pub error_hours: Option<Range>,
    /// Both together, as far as known.
    pub work_hours: Option<Range>,
    /// What the steps cost a year of which the cost is known; null where there are steps and none has one.
    pub cost: Option<Range>,
    /// Hours a year of reviews, by hand and of automated flows: in none of the other totals; null where no review has
    /// figures.
    pub review_hours: Option<Range>,
    /// The flows whose review has no figures, by id.
    pub review_unknown: Vec<String>,
    /// The handoffs without hours, by id; the totals hold those of their steps that have some.
    pub unknown: Vec<String>,
    /// The handoffs without cost, by id, those without hours among them; where there are some, the total is a lower bound.
    pub cost_unknown: Vec<String>,
    /// The manual flows with hours that state no `error_rate`, by id: their rework counts as 0.
    pub error_rate_unknown: Vec<String>,
    /// The few flows that most of the hours go into; null where no half of them takes 70% or hours are not known.
    pub most_hours: Option<MostHours>,
    /// What the totals add up: manual flows in regular use, by likely cost descending (unknown last), then id.
    pub steps: Vec<Step>,
}

/// The fewest manual flows that take at least 70% of all hours by hand, rework included.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MostHours {
    /// Which, most hours first.
    pub flows: Vec<String>,
    /// Their share of all hours, 0 to 1.
    pub share: Number,
}

/// One manual flow, whatever it carries.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "HandoffStep")]
pub struct Step {
    /// Id of the flow in the stack file.
    pub flow: String,
    /// The team that performs it; null where that is not said.
    pub performer: Option<String>,
    /// What an hour of it costs; null where no rate is known.
    pub rate: Option<Range>,
    /// Whether that is the rate of the team and not of the stack.
    pub has_own_rate: bool,
    /// Hours of work a year for the runs; null where it has no figures.
    pub hours: Option<Range>,
    /// Hours a year of rework.
    pub error_hours: Option<Range>,
    /// Both together.
    pub work_hours: Option<Range>,
    /// What both cost a year.
    pub cost: Option<Range>,
}

/// The handoff chains of `analysis`, in its order.
#[must_use]
pub fn handoffs(analysis: &Analysis<'_>) -> Vec<Handoff> {
    analysis.handoffs().chains.iter().map(|chain| handoff(analysis, chain)).collect()
}

fn handoff(analysis: &Analysis<'_>, chain: &Chain) -> Handoff {
    let stack = analysis.stack;
    Handoff {
        id: chain.id.clone(),
        data: chain.data.iter().map(|ix| stack.data_object(*ix).id.to_string()).collect(),
        from: stack.system(chain.from).id.to_string(),
        to: stack.system(chain.to).id.to_string(),
        steps: chain.steps.iter().map(|ix| stack.flow(*ix).id.to_string()).collect(),
        ai_output: chain.is_ai_output(),
        hours: chain.effort.map(|effort| effort.hours.into()),
        error_hours: chain.effort.map(|effort| effort.error_hours.into()),
        cost: chain.cost().map(Range::from),
        cost_share: share_of_cost(analysis, chain),
        performers: chain.performers.iter().map(|ix| stack.team(*ix).id.to_string()).collect(),
    }
}

fn share_of_cost(analysis: &Analysis<'_>, chain: &Chain) -> Option<Number> {
    let all = analysis.handoffs().total.cost?.likely.0;
    Some(Number::from(chain.cost()?.likely.0 / all)).filter(|_| all > 0.0)
}

/// How much of a rework is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rework {
    /// Each flow that adds to it states its `error_rate`.
    Stated,
    /// Some of them do: it is at least that.
    InPart,
    /// None does: the 0 that it counts as is nobody's.
    NotStated,
}

impl HandoffTotals {
    /// How much is stated of the rework of those of `flows` that people perform and that have hours.
    pub fn rework_of<'a>(&self, flows: impl IntoIterator<Item = &'a String>) -> Rework {
        let flows: BTreeSet<&String> = flows.into_iter().collect();
        let of = self.steps.iter().filter(|step| step.hours.is_some() && flows.contains(&step.flow));
        let (without, stated): (Vec<&Step>, Vec<&Step>) =
            of.partition(|step| self.error_rate_unknown.binary_search(&step.flow).is_ok());
        match (without.is_empty(), stated.is_empty()) {
            (true, _) => Rework::Stated,
            (false, false) => Rework::InPart,
            (false, true) => Rework::NotStated,
        }
    }

    /// Hours of work and of rework a year, likely values; none where they are not known.
    #[must_use]
    pub fn work(&self) -> Option<f64> {
        Some(self.hours?.likely.get() + self.error_hours?.likely.get())
    }

    /// What tells so many handoffs, which are chains, from the manual flows in them: ` of five manual flows`. Nothing where they are
    /// as many.
    #[must_use]
    pub fn of_flows(&self, handoffs: usize) -> String {
        match self.steps.len() {
            flows if flows == handoffs => String::new(),
            flows => format!(" of {}", spelled_of(flows, "manual flow", "manual flows")),
        }
    }

    /// How many handoffs no total holds: `; one has no figures`.
    #[must_use]
    pub fn without_figures(&self) -> String {
        match self.unknown.len() {
            0 => String::new(),
            1 => "; one has no figures".to_owned(),
            n => format!("; {} have no figures", spelled(n)),
        }
    }

    /// The totals of `analysis`.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>) -> Self {
        let handoffs = analysis.handoffs();
        let reviews = Reviews::of(analysis.stack);
        Self {
            hours: handoffs.total.hours.map(Range::from),
            error_hours: handoffs.total.error_hours.map(Range::from),
            work_hours: handoffs.total.work().map(Range::from),
            cost: handoffs.total.cost.map(Range::from),
            most_hours: few_with_most(analysis).map(|few| MostHours {
                flows: few.flows.iter().map(|ix| analysis.stack.flow(*ix).id.to_string()).collect(),
                share: few.share.into(),
            }),
            review_hours: reviews.hours.map(Range::from),
            review_unknown: reviews.unknown.iter().map(|ix| analysis.stack.flow(*ix).id.to_string()).collect(),
            unknown: handoffs.unknown.clone(),
            cost_unknown: handoffs.cost_unknown.clone(),
            error_rate_unknown: handoffs
                .steps
                .iter()
                .filter(|(_, effort)| effort.is_some())
                .map(|(ix, _)| analysis.stack.flow(*ix))
                .filter(|flow| flow.run.error_rate.is_none())
                .map(|flow| flow.id.to_string())
                .collect(),
            steps: steps(analysis),
        }
    }
}

fn steps(analysis: &Analysis<'_>) -> Vec<Step> {
    let stack = analysis.stack;
    let step = |(ix, effort): &(FlowIx, Option<Effort>)| {
        let flow = stack.flow(*ix);
        let team = flow.performer.map(|ix| stack.team(ix));
        Step {
            flow: flow.id.to_string(),
            performer: team.map(|team| team.id.to_string()),
            rate: stack.rate(flow.performer).map(Range::from),
            has_own_rate: team.is_some_and(|team| team.hourly_rate.is_some()),
            hours: effort.map(|effort| effort.hours.into()),
            error_hours: effort.map(|effort| effort.error_hours.into()),
            work_hours: effort.map(|effort| (effort.hours + effort.error_hours).into()),
            cost: effort.and_then(|effort| effort.cost).map(Range::from),
        }
    };
    let mut steps: Vec<Step> = analysis.handoffs().steps.iter().map(step).collect();
    let likely = |step: &Step| step.cost.map(|cost| cost.likely.get());
    steps.sort_by(|a, b| {
        let cost = likely(b).partial_cmp(&likely(a)).unwrap_or(std::cmp::Ordering::Equal);
        cost.then_with(|| a.flow.cmp(&b.flow))
    });
    steps
}
