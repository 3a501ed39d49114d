//! What every failure does, by component.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::Component;
use crate::analysis::outages::component_id;
use crate::analysis::{self, Analysis};
use crate::model::{ProcessIx, Stack, SystemIx};
use crate::report::facts::Number;
use crate::report::facts::cut::{Extent, LeftOut, Levels, Lists, whole_length};
use crate::report::say::Figure;

/// What the failure of one component, or of several together, does.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outage {
    /// What has failed, by id.
    pub components: Vec<Arc<str>>,
    /// What kind of component it is; `joint` for several.
    pub kind: Kind,
    /// Processes that ran before and do not now.
    pub processes_down: Vec<Arc<str>>,
    /// Processes that now run only with standby flows.
    pub processes_degraded: Vec<Arc<str>>,
    /// What was available before and is not now, by system and data object.
    pub facts_lost: Vec<Fact>,
    /// Live systems that were up before and are not now.
    pub systems_down: Vec<Arc<str>>,
    /// Systems that are up and lose something.
    pub systems_starved: Vec<Arc<str>>,
    /// What an hour of it costs, the sum of what the processes that go down state: 0 where none goes down, null where none
    /// of them states an `outage_cost` or the stack has no process, and at least that where `cost_unknown` is not empty.
    pub cost_per_hour: Option<Number>,
    /// Processes that go down and state no `outage_cost`.
    pub cost_unknown: Vec<Arc<str>>,
    /// Hours a year for which the component is expected to be down; null for several, and for one without `availability`.
    pub hours_down: Option<Number>,
    /// What it is expected to cost a year, the hours down at the cost per hour; 0 where an hour costs nothing, else null where
    /// one of them is.
    pub expected_cost: Option<Number>,
    /// How many entries are left out of the lists of this failure, by key. Only of stacks in which single failures take so
    /// much away that the report would grow with the square of the stack: lists are then cut to the same length.
    #[serde(skip_serializing_if = "LeftOut::is_empty")]
    #[schemars(with = "Option<std::collections::BTreeMap<String, usize>>")]
    pub left_out: LeftOut,
    /// Why each process stops; only where components were asked about by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Road>")]
    pub reasons: Option<Vec<Road>>,
}

/// Why one process stops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Reason")]
pub struct Road {
    /// Id of the process that stops or degrades.
    pub process: String,
    /// The shortest chain of reasons, the failure first.
    pub steps: Vec<String>,
}

/// A kind of component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "OutageKind")]
pub enum Kind {
    /// A live system is down.
    System,
    /// A live flow carries nothing.
    Flow,
    /// A team of one that performs a live manual flow.
    Team,
    /// Several components fail together.
    Joint,
}

/// A data object at a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fact {
    /// Id of the data object that is lost.
    pub data: Arc<str>,
    /// Id of the system where it is lost.
    pub at: Arc<str>,
}

/// Ids shared between all outages: a stack of a hundred thousand flows names the same systems millions of times.
struct Ids {
    systems: Vec<Arc<str>>,
    data: Vec<Arc<str>>,
    processes: Vec<Arc<str>>,
}

impl Ids {
    fn of(stack: &Stack) -> Self {
        Self {
            systems: stack.systems.iter().map(|system| system.id.as_str().into()).collect(),
            data: stack.data.iter().map(|object| object.id.as_str().into()).collect(),
            processes: stack.processes.iter().map(|process| process.id.as_str().into()).collect(),
        }
    }

    fn systems(&self, systems: &[SystemIx]) -> Vec<Arc<str>> {
        systems.iter().map(|ix| Arc::clone(&self.systems[ix.at()])).collect()
    }

    fn processes(&self, processes: &[ProcessIx]) -> Vec<Arc<str>> {
        processes.iter().map(|ix| Arc::clone(&self.processes[ix.at()])).collect()
    }

    fn outage(&self, stack: &Stack, outage: &analysis::Outage, levels: &Levels) -> Outage {
        let mut row = levels.row();
        // What has failed itself stands first, so that it is not left out.
        let failed = |ix: &&SystemIx| outage.components.contains(&Component::System(**ix));
        let (own, others): (Vec<SystemIx>, Vec<SystemIx>) = outage.systems_down.iter().partition(failed);
        let others = row.cut("systems_down", &others);
        let mut systems_down = [&own, others].concat();
        systems_down.sort_unstable();
        let lost = row.cut("facts_lost", &outage.facts_lost).iter();
        Outage {
            components: outage.components.iter().map(|component| component_id(stack, *component).into()).collect(),
            kind: match outage.components[..] {
                [Component::System(_)] => Kind::System,
                [Component::Flow(_)] => Kind::Flow,
                [Component::Team(_)] => Kind::Team,
                _ => Kind::Joint,
            },
            processes_down: self.processes(row.cut("processes_down", &outage.processes_down)),
            processes_degraded: self.processes(row.cut("processes_degraded", &outage.processes_degraded)),
            facts_lost: lost
                .map(|fact| Fact {
                    data: Arc::clone(&self.data[fact.data.at()]),
                    at: Arc::clone(&self.systems[fact.at.at()]),
                })
                .collect(),
            systems_down: self.systems(&systems_down),
            systems_starved: self.systems(row.cut("systems_starved", &outage.systems_starved)),
            cost_per_hour: outage.cost_per_hour.map(|cost| cost.0.into()),
            cost_unknown: self.processes(row.cut("cost_unknown", &outage.cost_unknown)),
            hours_down: outage.hours_down.map(|hours| hours.0.into()),
            expected_cost: outage.expected_cost.map(|cost| cost.0.into()),
            left_out: row.left_out,
            reasons: None,
        }
    }
}

/// What is said of failures where there is nothing that they could stop.
pub const NO_PROCESS: &str = "What a failure stops is not known: the stack file states no process.";

/// The lists of a failure, with their lengths.
const LISTS: &Lists<analysis::Outage> = &[
    ("processes_down", |outage| outage.processes_down.len()),
    ("processes_degraded", |outage| outage.processes_degraded.len()),
    ("facts_lost", |outage| outage.facts_lost.len()),
    ("systems_down", |outage| outage.systems_down.len()),
    ("systems_starved", |outage| outage.systems_starved.len()),
    ("cost_unknown", |outage| outage.cost_unknown.len()),
];

/// Every component's failure, most severe first: by processes down, cost per hour as it is printed (unknown after 0),
/// degraded and facts lost (all descending), then systems before flows before teams, then id.
#[must_use]
pub fn outages(analysis: &Analysis<'_>) -> Vec<Outage> {
    outages_to(analysis, Extent::Told)
}

pub(super) fn outages_to(analysis: &Analysis<'_>, extent: Extent) -> Vec<Outage> {
    Each::of(analysis, extent).outages().collect()
}

/// Every component's failure in the order of [`outages`], made one after the other.
pub(super) struct Each<'a> {
    stack: &'a Stack,
    sorted: Vec<&'a analysis::Outage>,
    ids: Ids,
    levels: Levels,
}

impl<'a> Each<'a> {
    pub(super) fn of(analysis: &'a Analysis<'a>, extent: Extent) -> Self {
        let mut sorted: Vec<&analysis::Outage> = analysis.outages().iter().collect();
        sorted.sort_by(|a, b| analysis::outages::most_severe_first(a, b));
        let levels = Levels::of(sorted.iter().copied(), LISTS, extent);
        Self { stack: analysis.stack, sorted, ids: Ids::of(analysis.stack), levels }
    }

    fn outages(&self) -> impl Iterator<Item = Outage> {
        self.sorted.iter().map(|outage| self.ids.outage(self.stack, outage, &self.levels))
    }
}

impl Serialize for Each<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.outages())
    }
}

/// What a failure of one or more components takes down, with ids in place of indices.
#[must_use]
pub fn outage(stack: &Stack, outage: &analysis::Outage) -> Outage {
    Ids::of(stack).outage(stack, outage, &Levels::WHOLE)
}

impl Outage {
    /// The same with the reason why each process stops.
    #[must_use]
    pub fn with_reasons(mut self, stack: &Stack, roads: &[analysis::roads::Road]) -> Self {
        let road = |road: &analysis::roads::Road| Road {
            process: stack.process(road.process).id.to_string(),
            steps: road.steps.clone(),
        };
        self.reasons = Some(roads.iter().map(road).collect());
        self
    }

    /// What an hour of it costs in words, where something is known of it and it is not nothing: `at least USD 500`.
    #[must_use]
    pub fn price_per_hour(&self, currency: Option<&str>) -> Option<String> {
        let cost = self.cost_per_hour.map(Number::get).filter(|cost| *cost > 0.0)?;
        Some(self.figure(cost).money(currency))
    }

    /// A cost of this failure: it is at least that where a process that goes down states no cost.
    #[must_use]
    pub fn figure(&self, cost: f64) -> Figure {
        Figure::least_if(!self.cost_unknown.is_empty(), cost)
    }

    /// How many processes stop, those that are left out of the list included.
    #[must_use]
    pub fn stopping(&self) -> usize {
        whole_length(&self.processes_down, "processes_down", &self.left_out)
    }

    /// Whether nothing goes down, degrades or starves.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        self.processes_down.is_empty() && self.processes_degraded.is_empty() && self.facts_lost.is_empty()
    }
}
