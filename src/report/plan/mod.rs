//! The plan: what to build, in which order, and what it buys.

mod blocks;
mod explained;
mod what_if;
mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Assumption, Number, Range};
use crate::analysis::stage::State;
use crate::analysis::words::hours;
use crate::model::{Hours, Stack};
use crate::plan::candidates::{Candidate, Kind, Subject};
use crate::plan::making::effort_of;
use crate::plan::problem::is_buildable;
use crate::plan::situation::Situation;
use crate::plan::{self, PlanItem};

pub use blocks::blocks;
pub use explained::explained;
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
    /// What building in the order of Smith's rule would be worth; null where that does not keep to the budget.
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

/// One thing to build.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What kind of thing it is.
    pub kind: KindWord,
    /// One line for a person.
    pub title: String,
    /// Handoff chains and findings that are gone with it, by id.
    pub removes: Vec<String>,
    /// Findings that come with it, by id.
    pub introduces: Vec<String>,
    /// Items that must be finished before it.
    pub needs: Vec<String>,
    /// Person-days.
    pub effort: Range,
    /// Money a year to run it.
    pub running_cost: Range,
    /// Money a year that it earns when it comes after the items before it.
    pub value: Range,
    /// What that is made of, likely values.
    pub value_of: ValueOf,
    /// Smith's rule: value a year for each person-day, shared benefits shared evenly.
    pub wsjf: Number,
    /// Why it is not where Smith's rule puts it; empty where it is.
    pub departs_from_wsjf: Vec<String>,
    /// Weeks from its start until it has repaid its cost; null where it earns nothing by itself.
    pub payback_weeks: Payback,
    /// The wave in which it is finished, from 1.
    pub wave: usize,
    /// Weeks from the start of the plan.
    pub start: Number,
    /// Weeks from the start of the plan.
    pub finish: Number,
    /// Share of the samples in which it is finished in this wave; null where no samples were asked for.
    pub wave_share: Option<f64>,
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
}

/// Weeks to payback.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Payback {
    /// With the likely values.
    pub likely: Option<Number>,
    /// One sample in ten is faster.
    pub p10: Option<Number>,
    /// The median.
    pub p50: Option<Number>,
    /// One sample in ten is slower; null where those never pay back.
    pub p90: Option<Number>,
}

/// A kind of plan item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "PlanItemKind")]
pub enum KindWord {
    /// What is there carries more.
    Extend,
    /// A documented connector.
    Native,
    /// Middleware reaches both ends.
    Recipe,
    /// From the warehouse to the target.
    ReverseEtl,
    /// Middleware is adopted.
    Middleware,
    /// Code of one's own.
    Api,
    /// A standby way.
    Fallback,
    /// A decision or a review.
    Governance,
}

impl From<Kind> for KindWord {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Extend => Self::Extend,
            Kind::Native => Self::Native,
            Kind::Recipe => Self::Recipe,
            Kind::ReverseEtl => Self::ReverseEtl,
            Kind::Middleware => Self::Middleware,
            Kind::Api => Self::Api,
            Kind::Fallback => Self::Fallback,
            Kind::Governance => Self::Governance,
        }
    }
}

/// One way to do what an item does.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What kind of thing would be built.
    pub kind: KindWord,
    /// Whether it can be built.
    pub feasible: bool,
    /// Whether the plan builds it.
    pub chosen: bool,
    /// Person-days.
    pub effort: Range,
    /// Money a year to run it.
    pub running_cost: Range,
    /// Why it can be built or cannot.
    pub why: String,
}

/// The daily calls on one system.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quota {
    /// The system.
    pub system: String,
    /// Calls a day that it accepts.
    pub quota: Number,
    /// Calls a day today.
    pub present: Number,
    /// Calls a day that the item adds.
    pub added: Number,
    /// What is left.
    pub left: Number,
    /// Where the quota was read.
    pub source: String,
}

/// What could be built and is not.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unfunded {
    /// What it would do something about.
    pub about: String,
    /// The way of least effort, by id.
    pub item: String,
    /// One line for a person.
    pub title: String,
    /// Person-days, with what it needs that the plan does not build.
    pub effort: Range,
    /// What it would earn a year as far as known.
    pub value: Number,
    /// What it would have to be worth a year to repay itself within the horizon, were it built first.
    pub pays_from: Number,
}

/// What nothing can be built for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unsolved {
    /// What it is about.
    pub about: String,
    /// What is missing.
    pub why: Vec<String>,
}

/// Where a stack stands.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanStanding")]
pub struct Standing {
    /// Hours a year by hand, errors included.
    pub hours: Range,
    /// Cost a year of that.
    pub cost: Range,
    /// Handoff chains.
    pub handoffs: usize,
    /// Those that carry the output of an AI tool.
    pub ai_handoffs: usize,
    /// AI tools that are silos.
    pub ai_silos: usize,
    /// Feedback loops closed without a person.
    pub loops_closed: usize,
    /// Feedback loops that are not.
    pub loops_open: usize,
    /// Components whose failure alone takes a process down, each with the number of processes.
    pub single_points: BTreeMap<String, usize>,
    /// Expected outage cost a year as far as it is known.
    pub outage_cost: Number,
    /// Single points, by process, of which it is not known.
    pub outage_cost_unknown: usize,
    /// Availability by process; 0 for one that does not run.
    pub availability: BTreeMap<String, super::process::Availability>,
    /// The maturity stage.
    pub stage: u8,
    /// Criteria that are met.
    pub criteria_met: Vec<String>,
    /// Findings by rule.
    pub findings: BTreeMap<String, usize>,
}

/// How sure the plan is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Uncertainty {
    /// Where the random numbers begin.
    pub seed: u64,
    /// How many samples.
    pub samples: usize,
    /// Net value: one sample in ten is below, the median, one in ten is above.
    pub net_value: Quantiles,
    /// Share of the samples in which the plan is worth more than nothing.
    pub positive_share: f64,
    /// The assumptions that move the net value most, by how far.
    pub tornado: Vec<Swing>,
}

/// Three quantiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quantiles {
    /// The tenth percentile.
    pub p10: Number,
    /// The median.
    pub p50: Number,
    /// The ninetieth percentile.
    pub p90: Number,
}

/// What one assumption does to the net value, all others likely.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Swing {
    /// The assumption: a key of the stack file, or a flow and its key.
    pub key: String,
    /// Its range.
    pub range: Range,
    /// Net value at its low end.
    pub at_low: Number,
    /// Net value at its high end.
    pub at_high: Number,
}

/// Assumptions that are named.
const TORNADO: usize = 10;

fn range(range: crate::model::Range<f64>) -> Range {
    Range { low: range.low.into(), likely: range.likely.into(), high: range.high.into() }
}

impl Plan {
    /// What is shown of `plan`, which is that of `stack`.
    #[must_use]
    pub fn of(stack: &Stack, plan: &plan::Plan, options: &plan::Options) -> Self {
        let before: Vec<&str> = plan.before.findings.iter().map(|finding| finding.id.as_str()).collect();
        let new = plan.after.findings.iter().filter(|finding| !before.contains(&finding.id.as_str()));
        Self {
            items: plan.items.iter().map(|item| self::item(stack, plan, item)).collect(),
            unfunded: unfunded(stack, plan),
            unsolved: unsolved(stack, plan),
            net_value: plan.net_value.into(),
            bound: plan.solution.bound.into(),
            gap: plan.solution.gap(),
            spent: plan.solution.plan.spent.into(),
            horizon_weeks: plan.settings.horizon_weeks.into(),
            wave_weeks: plan.settings.wave_weeks.into(),
            capacity: plan.settings.capacity.into(),
            budget: plan.settings.budget.map(Number::from),
            day_rate: plan.settings.day_rate.into(),
            net_value_by_wsjf: plan.solution.by_wsjf.as_ref().map(|schedule| schedule.net_value.into()),
            before: Standing::of(&plan.before),
            after: Standing::of(&plan.after),
            introduces: new.map(|finding| finding.id.clone()).collect(),
            what_if: None,
            uncertainty: plan.uncertainty.as_ref().map(|found| uncertainty(plan, found, options)),
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

fn item(stack: &Stack, plan: &plan::Plan, item: &PlanItem) -> Item {
    let candidate = plan.candidate(item);
    let (effort, running) = effort_of(candidate);
    let sampled = plan.uncertainty.as_ref().map(|found| found.items[item.item]);
    let quantile = |at: usize| sampled.and_then(|found| found.payback[at]).map(Number::from);
    Item {
        id: candidate.id.clone(),
        kind: candidate.kind.into(),
        title: candidate.title.clone(),
        removes: item.removes.clone(),
        introduces: item.introduces.clone(),
        needs: candidate.needs.clone(),
        effort: range(effort),
        running_cost: range(running),
        value: range(item.value),
        value_of: ValueOf {
            handoffs: item.change.handoffs.into(),
            stated: item.change.worth.into(),
            outages_removed: item.change.outages_removed.into(),
            outages_added: item.change.outages_added.into(),
        },
        wsjf: plan.solution.wsjf[item.item].into(),
        departs_from_wsjf: words::departures(plan, item.item),
        payback_weeks: Payback {
            likely: item.payback_weeks.map(Number::from),
            p10: quantile(0),
            p50: quantile(1),
            p90: quantile(2),
        },
        wave: item.wave,
        start: item.start.into(),
        finish: item.finish.into(),
        wave_share: sampled.map(|found| found.wave_share),
        why: candidate.why.clone(),
        quotas: candidate.quotas.iter().map(quota).collect(),
        ways: ways(stack, plan, candidate),
    }
}

fn quota(used: &plan::quota::QuotaUse) -> Quota {
    Quota {
        system: used.system.clone(),
        quota: used.quota.into(),
        present: used.present.into(),
        added: used.added.into(),
        left: used.left().into(),
        source: used.source.clone(),
    }
}

/// All candidates that share a subject with `candidate`, by likely effort, then id.
fn ways(_stack: &Stack, plan: &plan::Plan, candidate: &Candidate) -> Vec<Choice> {
    let shares = |other: &&Candidate| {
        let is_other = |subject: &Subject| *subject != Subject::Enabler && other.subjects.contains(subject);
        other.id == candidate.id || candidate.subjects.iter().any(is_other)
    };
    let mut ways: Vec<Choice> = plan.candidates.all.iter().filter(shares).map(|other| choice(plan, other)).collect();
    ways.sort_by(|a, b| a.effort.likely.get().total_cmp(&b.effort.likely.get()).then_with(|| a.id.cmp(&b.id)));
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
        kind: candidate.kind.into(),
        feasible,
        chosen: plan.find(&candidate.id).is_some(),
        effort: range(effort),
        running_cost: range(running),
        why,
    }
}

/// Subjects that no item of the plan does anything about, with the way of least effort.
fn unfunded(stack: &Stack, plan: &plan::Plan) -> Vec<Unfunded> {
    let subjects = (0..plan.links.len()).map(Subject::Link).chain((0..plan.points.len()).map(Subject::Point));
    let is_done = |subject: &Subject| {
        let is_gone = match subject {
            Subject::Point(at) => !words::stands(stack, plan, *at),
            _ => false,
        };
        is_gone || plan.items.iter().any(|item| plan.candidate(item).subjects.contains(subject))
    };
    let mut found: Vec<Unfunded> = Vec::new();
    for subject in subjects.filter(|subject| !is_done(subject)) {
        let options = plan.candidates.all.iter().filter(|one| one.subjects.contains(&subject));
        let buildable = options.filter(|one| is_buildable(&plan.candidates.all, one));
        let least = buildable
            .min_by(|a, b| effort_of(a).0.likely.total_cmp(&effort_of(b).0.likely).then_with(|| a.id.cmp(&b.id)));
        let Some(candidate) = least else { continue };
        let (mut effort, mut running) = effort_of(candidate);
        for need in candidate.needs.iter().filter(|need| plan.find(need).is_none()) {
            if let Some(need) = plan.candidates.all.iter().find(|one| one.id == *need) {
                let (more, cost) = effort_of(need);
                (effort, running) = (effort + more, running + cost);
            }
        }
        let value = words::known_value(plan, subject);
        let years = (plan.settings.horizon_weeks - effort.likely / plan.settings.capacity).max(0.0) / 52.0;
        let cost = effort.likely * plan.settings.day_rate.likely.0;
        let pays_from = if years > 0.0 { cost / years + running.likely } else { f64::MAX };
        found.push(Unfunded {
            about: words::subject(stack, plan, subject),
            item: candidate.id.clone(),
            title: candidate.title.clone(),
            effort: range(effort),
            value: value.into(),
            pays_from: pays_from.into(),
        });
    }
    found.sort_by(|a, b| {
        let missing = |one: &Unfunded| one.pays_from.get() - one.value.get();
        missing(a).total_cmp(&missing(b)).then_with(|| a.item.cmp(&b.item))
    });
    found
}

fn unsolved(stack: &Stack, plan: &plan::Plan) -> Vec<Unsolved> {
    let one = |missing: &plan::candidates::Missing| Unsolved {
        about: words::subject(stack, plan, missing.subject),
        why: missing.why.clone(),
    };
    let has_other = |missing: &&plan::candidates::Missing| {
        let serves = |candidate: &Candidate| candidate.subjects.contains(&missing.subject) && candidate.is_feasible();
        !plan.candidates.all.iter().any(serves)
    };
    // A point that is none any more needs no cover.
    let stands = |missing: &&plan::candidates::Missing| match missing.subject {
        Subject::Point(at) => words::stands(stack, plan, at),
        _ => true,
    };
    plan.candidates.missing.iter().filter(has_other).filter(stands).map(one).collect()
}

impl Standing {
    fn of(situation: &Situation) -> Self {
        let mut single_points: BTreeMap<String, usize> = BTreeMap::new();
        for (component, _) in &situation.single_points {
            *single_points.entry(component.clone()).or_default() += 1;
        }
        let mut findings: BTreeMap<String, usize> = BTreeMap::new();
        for finding in situation.findings.iter().filter(|finding| !finding.is_accepted) {
            *findings.entry(finding.rule.to_owned()).or_default() += 1;
        }
        let availability = situation.availability.iter().map(|of| {
            let interval = super::process::Availability { exact: of.low == of.high, low: of.low, high: of.high };
            (of.process.clone(), interval)
        });
        let met = situation.standing.criteria.iter().filter(|criterion| criterion.state == State::Met);
        let work = situation.handoffs.hours + situation.handoffs.error_hours;
        Self {
            hours: work.into(),
            cost: situation.handoffs.cost.into(),
            handoffs: situation.chains,
            ai_handoffs: situation.ai_chains,
            ai_silos: situation.silos.len(),
            loops_closed: situation.loops_closed,
            loops_open: situation.loops_open,
            single_points,
            outage_cost: situation.outage_cost.into(),
            outage_cost_unknown: situation.unknown_outages,
            availability: availability.collect(),
            stage: situation.standing.stage,
            criteria_met: met.map(|criterion| criterion.id.to_owned()).collect(),
            findings,
        }
    }

    fn hours_in_words(&self) -> String {
        hours(Hours(self.hours.likely.get()))
    }
}

fn uncertainty(plan: &plan::Plan, found: &plan::uncertainty::Uncertainty, options: &plan::Options) -> Uncertainty {
    let swing = |swing: &plan::uncertainty::Swing| {
        let assumption = &plan.ranges[swing.assumption];
        let of = assumption.range;
        Swing {
            key: assumption.id.clone(),
            range: Range { low: of.low.into(), likely: of.likely.into(), high: of.high.into() },
            at_low: swing.at_low.into(),
            at_high: swing.at_high.into(),
        }
    };
    Uncertainty {
        seed: options.seed,
        samples: options.samples,
        net_value: Quantiles {
            p10: found.net_value.p10.into(),
            p50: found.net_value.p50.into(),
            p90: found.net_value.p90.into(),
        },
        positive_share: found.positive_share,
        tornado: found.tornado.iter().filter(|swing| swing.width() > 0.0).take(TORNADO).map(swing).collect(),
    }
}
