//! Where a stack stands: one column of the table before and after.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::stage::State;
use crate::model::Stack;
use crate::plan::situation::Situation;
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::facts::process::Availability;
use crate::report::say::{Figure, percent};

/// Where a stack stands.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanStanding")]
pub struct Standing {
    /// Hours a year by hand, errors included, as far as known; null where there are handoffs and none has figures.
    pub hours: Option<Range>,
    /// Manual flows whose hours are not known, and are not in them.
    pub hours_unknown: usize,
    /// Cost a year of that, as far as known; null where there are handoffs and no cost is known.
    pub cost: Option<Range>,
    /// Manual flows whose cost is not known.
    pub cost_unknown: usize,
    /// Number of handoff chains, a step in several counting in each.
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
    /// What outages are expected to cost a year: the sum over processes of (1 - availability) × 8,760 × `outage_cost`, an
    /// hour without a process counted once; null where that is known of no process.
    pub outage_cost: Option<OutageCost>,
    /// Processes that it does not hold, by id: their `outage_cost` or their availability is not known.
    pub outage_cost_unknown: Vec<String>,
    /// Stops of a process by a single point of failure of which the expected cost is not known: a single point counts once for
    /// each process that it stops.
    pub stops_unpriced: usize,
    /// Processes that do not run even if nothing fails, by id: nothing is a single point of theirs.
    pub cannot_run: Vec<String>,
    /// Availability by process; 0 for one that does not run, null where nothing that matters states one.
    pub availability: BTreeMap<String, Option<Availability>>,
    /// Systems and teams that matter for a process and state no availability, by process; only where there are some.
    pub availability_unknown: BTreeMap<String, usize>,
    /// Systems and teams that state no availability and possibly matter, by process; only where there are some.
    pub availability_possibly_unknown: BTreeMap<String, usize>,
    /// Maturity stage of this stack, 1 to 5.
    pub stage: u8,
    /// Criteria that are met.
    pub criteria_met: Vec<String>,
    /// Number of findings of each rule that has some.
    pub findings: BTreeMap<String, usize>,
}

/// What outages of the whole stack are expected to cost, in money a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "StackOutageCost")]
pub struct OutageCost {
    /// It is at least this.
    pub low: Number,
    /// It is at most this, of the processes in it; null where one of them rests on components without availability.
    pub high: Option<Number>,
}

impl Standing {
    /// What outages are expected to cost a year, where that is known of every process and to the number.
    #[must_use]
    pub fn exact_outage_cost(&self) -> Option<f64> {
        let cost = self.outage_cost.filter(|_| self.outage_cost_unknown.is_empty())?;
        let high = cost.high?.get();
        // Bounds of one number may differ in their last digits.
        ((high - cost.low.get()).abs() <= 1e-9 * high.abs().max(1.0)).then_some(high)
    }

    pub(super) fn of(stack: &Stack, situation: &Situation) -> Self {
        let single_points = situation.single_points.iter();
        let single_points = single_points.map(|(component, processes)| (component.clone(), processes.len())).collect();
        let mut findings: BTreeMap<String, usize> = BTreeMap::new();
        for finding in situation.findings.iter().filter(|finding| !finding.is_accepted) {
            *findings.entry(finding.rule.to_owned()).or_default() += 1;
        }
        let availability =
            situation.availability.iter().map(|of| (of.process.clone(), of.chance.map(Availability::of)));
        let cost = &situation.outage_cost;
        let idle = situation.availability.iter().filter(|of| !of.runs);
        let possible = situation.availability.iter().filter(|of| of.possible > 0);
        let unknown = situation.availability.iter().filter(|of| of.unknown > 0);
        let met = situation.standing.criteria.iter().filter(|criterion| criterion.state == State::Met);
        Self {
            hours: situation.handoffs.work().map(Range::from),
            hours_unknown: situation.handoffs.without_hours,
            cost: situation.handoffs.cost.map(Range::from),
            cost_unknown: situation.handoffs.without_cost,
            handoffs: situation.chains,
            ai_handoffs: situation.ai_chains,
            ai_silos: situation.silos.len(),
            loops_closed: situation.loops_closed,
            loops_open: situation.loops_open,
            single_points,
            outage_cost: cost.is_known.then(|| OutageCost { low: cost.low.into(), high: cost.high.map(Number::from) }),
            outage_cost_unknown: cost.unknown.iter().map(|ix| stack.process(*ix).id.to_string()).collect(),
            stops_unpriced: situation.unknown_outages,
            cannot_run: idle.map(|of| of.process.clone()).collect(),
            availability: availability.collect(),
            availability_unknown: unknown.map(|of| (of.process.clone(), of.unknown)).collect(),
            availability_possibly_unknown: possible.map(|of| (of.process.clone(), of.possible)).collect(),
            stage: situation.standing.stage,
            criteria_met: met.map(|criterion| criterion.id.to_owned()).collect(),
            findings,
        }
    }
}

/// Hours of work by hand that end, of those that are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ended {
    /// Hours a year before.
    pub of: f64,
    /// Hours a year that end.
    pub hours: f64,
    /// Whether some of the work has no figures: of what is not known there is no share.
    pub is_least: bool,
    /// How much of what has no figures ends.
    pub unknown: Part,
}

/// How much of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Nothing of it.
    Nothing,
    /// Some of it.
    Some,
    /// All of it.
    All,
}

impl Ended {
    /// What of the `today` hours before is gone with `then` hours after; `before` and `after` manual flows have no figures.
    #[must_use]
    pub fn of([today, then]: [f64; 2], [before, after]: [usize; 2]) -> Self {
        let unknown = match (before, after) {
            (before, after) if before <= after => Part::Nothing,
            (_, 0) => Part::All,
            _ => Part::Some,
        };
        Self { of: today, hours: today - then, is_least: before > 0, unknown }
    }

    /// `ends 82% of the manual work`, `removes 1,337 of at least 2,320 hours of manual work a year`, or where nothing is left `ends
    /// all manual work, at least 260 hours a year`; of one thing or of several.
    #[must_use]
    pub fn in_short(self, is_one: bool) -> String {
        let s = if is_one { "s" } else { "" };
        if self.unknown == Part::All && self.hours >= self.of {
            return format!("end{s} all manual work, {} hours a year", Figure::least_if(true, self.of).grouped());
        }
        if self.is_least {
            return format!("remove{s} {} of manual work a year", self.counted());
        }
        format!("end{s} {} of the manual work", percent(self.hours / self.of))
    }

    /// The same with both: `ends 82% of the manual work: 1,553 of 1,893 hours a year`.
    #[must_use]
    pub fn in_full(self, is_one: bool) -> String {
        if self.is_least {
            return self.in_short(is_one);
        }
        format!("{}: {} a year", self.in_short(is_one), self.counted())
    }

    fn counted(self) -> String {
        let ended = Figure::least_if(self.unknown != Part::Nothing, self.hours).short();
        format!("{ended} of {} hours", Figure::least_if(self.is_least, self.of).grouped())
    }
}
