//! One item of the plan, with all ways to do what it does.

use schemars::JsonSchema;
use serde::Serialize;

use super::{range, words};
use crate::analysis::calls::LimitKind;
use crate::catalog::Confidence;
use crate::model::{ItemKind, Stack};
use crate::plan::candidates::{Candidate, Subject};
use crate::plan::making::effort_of;
use crate::plan::owner::{date, owner};
use crate::plan::problem::is_buildable;
use crate::plan::settings::{Unit, WEEKS_A_YEAR};
use crate::plan::{self, PlanItem};
use crate::report::facts::Number;
use crate::report::facts::Range;

/// One thing to build.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Item {
    /// Stable id, which `--with` and `--without` take.
    pub id: String,
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// One line for a person.
    pub title: String,
    /// Handoff chains and findings that are gone with it, by id.
    pub removes: Vec<String>,
    /// Findings that come with it, by id.
    pub introduces: Vec<String>,
    /// Items that must be finished before it.
    pub needs: Vec<String>,
    /// Work to build it, in person-days.
    pub effort: Range,
    /// Money a year to run it.
    pub running_cost: Range,
    /// Money a year that it earns when it comes after the items before it; null where the plan counts hours.
    pub value: Option<Range>,
    /// Hours a year that it saves when it comes after the items before it; null where the plan counts money.
    pub hours: Option<Range>,
    /// Manual flows that are gone with it and have no figures: where there are some, the value, or the hours, are at least so
    /// much.
    pub value_unknown: usize,
    /// What the value is made of, likely values; null where it is.
    pub value_of: Option<ValueOf>,
    /// Money that the work costs: effort at the rate of a person-day, likely values; null where the plan counts hours.
    pub work_cost: Option<Number>,
    /// Money within the horizon: what it earns from its finish on, less running cost and work, likely values; null where
    /// the plan counts hours.
    pub net_value: Option<Number>,
    /// WSJF: value a year, or hours where the plan counts these, for each person-day; shared benefits shared evenly.
    pub wsjf: Number,
    /// Why it is not where WSJF puts it; empty where it is.
    pub departs_from_wsjf: Vec<String>,
    /// Weeks from its start until it has repaid its cost, or the hours of its work; null where it earns nothing by itself.
    pub payback_weeks: Payback,
    /// The wave in which it is finished, from 1.
    pub wave: usize,
    /// Weeks from the start of the plan.
    pub start: Number,
    /// Weeks from the start of the plan.
    pub finish: Number,
    /// The day on which it is finished: that of the stack file and so many weeks; null in a file without `as_of`.
    pub date: Option<String>,
    /// The team that it is up to, by id: the owner of the system that it brings something to, else of the one where it begins; null
    /// where the file names none.
    pub owner: Option<String>,
    /// The criteria of maturity that are met with it and stay so, by id.
    pub closes: Vec<&'static str>,
    /// Whether it is there because of a finding that is planned for whatever that pays, or needed by such an item.
    pub obligation: bool,
    /// Share of the samples in which it is finished in this wave; null where no samples were asked for.
    pub wave_share: Option<f64>,
    /// How far to trust the facts of the catalog that it rests on: the weakest; null where it rests on none.
    pub confidence: Option<Confidence>,
    /// Why it can be built, and what has to be checked, with sources.
    pub why: Vec<String>,
    /// What it does to the quotas of the systems that it calls.
    pub quotas: Vec<Quota>,
    /// All ways to do what it does, itself among them.
    #[serde(rename = "options")]
    pub ways: Vec<Choice>,
}

/// What a year of an item is worth, by where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ValueOf {
    /// Cost of handoffs that are gone.
    pub handoffs: Number,
    /// What the stack file says that automation is worth besides.
    pub stated: Number,
    /// Expected outage cost that is gone.
    pub outages_removed: Number,
    /// Expected outage cost that comes.
    pub outages_added: Number,
    /// All but the handoffs: stated, and outages removed less outages added.
    pub other: Number,
}

/// Weeks from its start until an item has earned its cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Payback {
    /// With the likely values.
    pub likely: Option<Number>,
    /// One sample in ten is faster.
    pub p10: Option<Number>,
    /// The median; `None` where half of the simulations never break even.
    pub p50: Option<Number>,
    /// One sample in ten is slower; null where those never pay back.
    pub p90: Option<Number>,
}

/// One way to do what an item does.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Choice {
    /// Stable id, which `--with` and `--without` take.
    pub id: String,
    /// What kind of thing would be built.
    pub kind: ItemKind,
    /// Whether it can be built.
    pub feasible: bool,
    /// Whether the plan builds it.
    pub chosen: bool,
    /// Work to build it, in person-days.
    pub effort: Range,
    /// Money a year to run it.
    pub running_cost: Range,
    /// How far to trust the facts of the catalog that it rests on: the weakest; null where it rests on none.
    pub confidence: Option<Confidence>,
    /// Why it can be built or cannot.
    pub why: String,
}

/// What an item does to one limit of one system.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quota {
    /// Id of the system whose quota is used.
    pub system: String,
    /// What is limited.
    pub limit: LimitKind,
    /// The time within which calls count: `day`, `month`, `year`, or seconds such as `20s`.
    pub window: String,
    /// Calls, or tasks, that it accepts within the window.
    pub quota: Number,
    /// Those that flows make today, as far as they are certain.
    pub present: Number,
    /// Those that the item adds.
    pub added: Number,
    /// Those that the quota still has room for.
    pub left: Number,
    /// Where the quota was read.
    pub source: String,
}

pub(super) fn item(stack: &Stack, plan: &plan::Plan, at: usize, item: &PlanItem) -> Item {
    let candidate = plan.candidate(item);
    let is_money = plan.settings.unit == Unit::Money;
    let (effort, running) = effort_of(candidate);
    let work = effort.likely * plan.settings.day_rate.likely.0;
    let years = (plan.settings.horizon.0 - item.finish.0) / WEEKS_A_YEAR;
    let sampled = plan.uncertainty.as_ref().map(|found| found.items[item.item]);
    let quantile = |at: usize| sampled.and_then(|found| found.payback[at]).map(|weeks| Number::from(weeks.0));
    Item {
        id: candidate.id.clone(),
        kind: candidate.kind,
        title: candidate.title.clone(),
        removes: item.removes.clone(),
        introduces: item.introduces.clone(),
        needs: candidate.needs.clone(),
        effort: range(effort),
        running_cost: range(running),
        value: is_money.then(|| range(item.value)),
        hours: (!is_money).then(|| range(item.value)),
        value_unknown: item.unknown,
        value_of: is_money.then(|| ValueOf {
            handoffs: item.change.handoffs.into(),
            stated: item.change.worth.into(),
            outages_removed: item.change.outages_removed.into(),
            outages_added: item.change.outages_added.into(),
            other: (item.value.likely - item.change.handoffs).into(),
        }),
        work_cost: is_money.then(|| work.into()),
        net_value: is_money.then(|| ((item.value.likely - running.likely) * years - work).into()),
        wsjf: plan.solution.wsjf[item.item].into(),
        departs_from_wsjf: words::departures(plan, item.item),
        payback_weeks: Payback {
            likely: item.payback.map(|weeks| Number::from(weeks.0)),
            p10: quantile(0),
            p50: quantile(1),
            p90: quantile(2),
        },
        wave: item.wave,
        start: item.start.0.into(),
        finish: item.finish.0.into(),
        date: date(stack, item.finish).map(|day| day.to_string()),
        owner: owner(stack, &plan.candidates, candidate).map(|team| stack.team(team).id.to_string()),
        closes: plan.closes.get(&at).cloned().unwrap_or_default(),
        obligation: plan.obligations.items.contains(&item.candidate),
        wave_share: sampled.map(|found| found.wave_share),
        confidence: candidate.confidence,
        why: candidate.why.clone(),
        quotas: candidate.quotas.iter().map(quota).collect(),
        ways: ways(plan, candidate),
    }
}

fn quota(used: &plan::quota::QuotaUse) -> Quota {
    Quota {
        system: used.system.clone(),
        limit: used.limit,
        window: used.period.word(),
        quota: used.quota.into(),
        present: used.present.into(),
        added: used.added.into(),
        left: used.left().into(),
        source: used.source.clone(),
    }
}

impl Item {
    /// What it earns a year, in what the plan counts.
    #[must_use]
    pub fn gain(&self) -> f64 {
        self.value.or(self.hours).map_or(0.0, |range| range.likely.get())
    }
}

/// All candidates that share a subject with `candidate`: by kind, ready-made first, then likely effort, then id.
fn ways(plan: &plan::Plan, candidate: &Candidate) -> Vec<Choice> {
    let shares = |other: &&Candidate| {
        let is_other = |subject: &Subject| {
            !matches!(subject, Subject::Enabler | Subject::Criterion(_)) && other.subjects.contains(subject)
        };
        other.id == candidate.id || candidate.subjects.iter().any(is_other)
    };
    let mut ways: Vec<Choice> = plan.candidates.all.iter().filter(shares).map(|other| choice(plan, other)).collect();
    let effort = |way: &Choice| way.effort.likely.get();
    let by_kind = |a: &Choice, b: &Choice| a.kind.rank().cmp(&b.kind.rank());
    ways.sort_by(|a, b| by_kind(a, b).then(effort(a).total_cmp(&effort(b))).then_with(|| a.id.cmp(&b.id)));
    ways
}

fn choice(plan: &plan::Plan, candidate: &Candidate) -> Choice {
    let (effort, running) = effort_of(candidate);
    let feasible = is_buildable(&plan.candidates.all, candidate);
    let why = match (feasible, candidate.obstacles.is_empty()) {
        (true, _) => candidate.why.join("; "),
        (false, false) => candidate.obstacles.join("; "),
        (false, true) => "what it needs cannot be built".to_owned(),
    };
    Choice {
        id: candidate.id.clone(),
        kind: candidate.kind,
        feasible,
        chosen: plan.find(&candidate.id).is_some(),
        effort: range(effort),
        running_cost: range(running),
        confidence: candidate.confidence,
        why,
    }
}
