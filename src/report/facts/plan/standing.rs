//! Where a stack stands: one column of the table before and after.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::stage::State;
use crate::plan::situation::Situation;
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::facts::process::Availability;

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
    /// Expected outage cost a year as far as it is known.
    pub outage_cost: Number,
    /// Single points, by process, of which it is not known.
    pub outage_cost_unknown: usize,
    /// Availability by process; 0 for one that does not run, null where nothing that matters states one.
    pub availability: BTreeMap<String, Option<Availability>>,
    /// Systems and teams that matter for a process and state no availability, by process; only where there are some.
    pub availability_unknown: BTreeMap<String, usize>,
    /// Maturity stage of this stack, 1 to 5.
    pub stage: u8,
    /// Criteria that are met.
    pub criteria_met: Vec<String>,
    /// Number of findings of each rule that has some.
    pub findings: BTreeMap<String, usize>,
}

impl Standing {
    pub(super) fn of(situation: &Situation) -> Self {
        let mut single_points: BTreeMap<String, usize> = BTreeMap::new();
        for (component, _) in &situation.single_points {
            *single_points.entry(component.clone()).or_default() += 1;
        }
        let mut findings: BTreeMap<String, usize> = BTreeMap::new();
        for finding in situation.findings.iter().filter(|finding| !finding.is_accepted) {
            *findings.entry(finding.rule.to_owned()).or_default() += 1;
        }
        let availability =
            situation.availability.iter().map(|of| (of.process.clone(), of.chance.map(Availability::of)));
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
            outage_cost: situation.outage_cost.into(),
            outage_cost_unknown: situation.unknown_outages,
            availability: availability.collect(),
            availability_unknown: unknown.map(|of| (of.process.clone(), of.unknown)).collect(),
            stage: situation.standing.stage,
            criteria_met: met.map(|criterion| criterion.id.to_owned()).collect(),
            findings,
        }
    }
}
