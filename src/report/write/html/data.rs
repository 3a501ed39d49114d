//! What the script reads: the computed outages, and what joins ids, names, findings, handoffs and waves.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::facts::{self, FlowName, Outage, Report, SystemName};
use crate::report::story::{further_views, story_views};

/// The data of a page; keys are those of `report.json` where it has them.
#[derive(Debug, Serialize)]
pub(super) struct Data<'r> {
    currency: &'r str,
    systems: BTreeMap<&'r str, System<'r>>,
    flows: BTreeMap<&'r str, Flow<'r>>,
    teams: &'r BTreeMap<String, String>,
    data: &'r BTreeMap<String, String>,
    #[serde(rename = "processNames")]
    process_names: &'r BTreeMap<String, String>,
    outages: &'r [Outage],
    processes: Vec<Process<'r>>,
    findings: Vec<Finding<'r>>,
    handoffs: Vec<Handoff<'r>>,
    plan: Vec<Item<'r>>,
    /// The views in the order in which the deck shows them.
    story: Vec<&'static str>,
    /// Whether lists are cut, so that a filter may not find everything.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

#[derive(Debug, Serialize)]
struct System<'r> {
    name: &'r str,
    domain: Option<&'r str>,
}

#[derive(Debug, Serialize)]
struct Flow<'r> {
    name: String,
    from: &'r str,
    to: &'r str,
    through: &'r [String],
    performer: Option<&'r str>,
    manual: bool,
}

#[derive(Debug, Serialize)]
struct Process<'r> {
    id: &'r str,
    single_points: &'r [String],
    covered_points: &'r [String],
    cut_sets: &'r [Vec<String>],
}

#[derive(Debug, Serialize)]
struct Finding<'r> {
    id: &'r str,
    rule: &'r str,
    severity: &'r str,
    subjects: &'r [String],
    message: &'r str,
    accepted: bool,
}

#[derive(Debug, Serialize)]
struct Handoff<'r> {
    id: &'r str,
    steps: &'r [String],
    data: &'r [String],
    from: &'r str,
    to: &'r str,
    /// Work and rework, likely hours a year.
    hours: Option<f64>,
    /// Likely, a year.
    cost: Option<f64>,
    performers: &'r [String],
}

#[derive(Debug, Serialize)]
struct Item<'r> {
    id: &'r str,
    wave: usize,
    removes: &'r [String],
}

impl<'r> Data<'r> {
    /// The data of a report; a part that the report does not have is empty.
    pub(super) fn of(report: &'r Report) -> Self {
        let names = &report.stack.names;
        let system = |(id, of): (&'r String, &'r SystemName)| {
            (id.as_str(), System { name: names.system(id), domain: of.domain.as_deref() })
        };
        let flow = |(id, of): (&'r String, &'r FlowName)| (id.as_str(), flow(names.component(id), of));
        Self {
            currency: report.stack.currency.as_deref().unwrap_or_default(),
            systems: names.systems.iter().map(system).collect(),
            flows: names.flows.iter().map(flow).collect(),
            teams: &names.teams,
            data: &names.data,
            process_names: &names.processes,
            outages: report.outages.as_deref().unwrap_or_default(),
            processes: report.processes.iter().flatten().map(process).collect(),
            findings: report.findings.iter().flatten().map(finding).collect(),
            handoffs: report.handoffs.iter().flatten().map(handoff).collect(),
            plan: report.plan.iter().flat_map(|plan| &plan.items).map(item).collect(),
            story: story_views(report).into_iter().chain(further_views(report)).collect(),
            cut: report.outages.iter().flatten().any(|one| !one.left_out.is_empty())
                || report.processes.iter().flatten().any(|one| !one.left_out.is_empty()),
        }
    }
}

fn flow(name: String, of: &FlowName) -> Flow<'_> {
    Flow {
        name,
        from: &of.from,
        to: &of.to,
        through: &of.through,
        performer: of.performer.as_deref(),
        manual: of.is_manual,
    }
}

fn process(of: &facts::Process) -> Process<'_> {
    Process { id: &of.id, single_points: &of.single_points, covered_points: &of.covered_points, cut_sets: &of.cut_sets }
}

fn finding(of: &facts::Finding) -> Finding<'_> {
    Finding {
        id: &of.id,
        rule: &of.rule,
        severity: of.severity.as_str(),
        subjects: &of.subjects,
        message: &of.message,
        accepted: of.accepted,
    }
}

fn handoff(of: &facts::Handoff) -> Handoff<'_> {
    let hours = |one: Option<facts::Range>| one.map(|range| range.likely.get());
    Handoff {
        id: &of.id,
        steps: &of.steps,
        data: &of.data,
        from: &of.from,
        to: &of.to,
        hours: hours(of.hours).map(|work| work + hours(of.error_hours).unwrap_or_default()),
        cost: hours(of.cost),
        performers: &of.performers,
    }
}

fn item(of: &facts::plan::Item) -> Item<'_> {
    Item { id: &of.id, wave: of.wave, removes: &of.removes }
}
