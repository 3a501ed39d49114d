//! What every process depends on.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::outages::component_id;
use crate::analysis::resilience::{self, Chance, Resilience};
use crate::analysis::{Analysis, Component};
use crate::model::Stack;
use crate::report::facts::cut::{Extent, LeftOut, Levels, Lists};

/// What one process depends on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Process {
    /// Id of the process in the stack file.
    pub id: String,
    /// Whether it runs with nothing failed.
    pub runs: bool,
    /// Whether it needs a standby flow with nothing failed.
    pub degraded: bool,
    /// The probability that it runs; null where no component of any minimal cut set states an availability.
    pub availability: Option<Availability>,
    /// Systems and teams that state no availability and belong to a minimal cut set.
    pub unknown_availability: Vec<String>,
    /// Systems and teams that state no availability and of which no search within its work settled whether they belong to a
    /// minimal cut set: they possibly do.
    pub possibly_unknown_availability: Vec<String>,
    /// Flows that state no availability and belong to a minimal cut set, or possibly do: they count as always up.
    pub always_up: Vec<String>,
    /// Components whose failure alone takes it down.
    pub single_points: Vec<String>,
    /// Components whose failure alone leaves it to standby flows.
    pub covered_points: Vec<String>,
    /// Minimal cut sets, by length, then ids as text.
    pub cut_sets: Vec<Vec<String>>,
    /// All minimal cut sets to this order are listed; null where there are no others at all.
    pub cut_sets_complete_to: Option<u32>,
    /// Components that state an availability and can matter, by Birnbaum importance, largest first.
    pub importance: Vec<Importance>,
    /// How many entries are left out of the lists of this process, by key. Only of stacks in which processes hang on so much
    /// that the report would grow with the square of the stack: lists are then cut to the same length.
    #[serde(skip_serializing_if = "LeftOut::is_empty")]
    #[schemars(with = "Option<std::collections::BTreeMap<String, usize>>")]
    pub left_out: LeftOut,
}

/// A probability, exact or between bounds that are certain.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Availability {
    /// Whether both bounds are the number itself.
    pub exact: bool,
    /// The least that it can be; null where `at_most`.
    pub low: Option<f64>,
    /// The most that it can be: components without a stated availability count as always up.
    pub high: f64,
    /// The probability of the opposite, with all its digits where it is small.
    pub unavailability: Unavailability,
    /// Whether components that matter, or possibly do, state no availability, so that `high` is all that is known.
    pub at_most: bool,
}

/// The probability that a process does not run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unavailability {
    /// The least that it can be.
    pub low: f64,
    /// The most that it can be; null where `at_most`.
    pub high: Option<f64>,
}

impl Availability {
    /// What may be said of a probability.
    #[must_use]
    pub fn of(chance: Chance) -> Self {
        let known = |number: f64| (!chance.is_at_most).then(|| settled(number));
        Self {
            exact: chance.is_exact && !chance.is_at_most,
            low: known(chance.availability.low),
            high: settled(chance.availability.high),
            unavailability: Unavailability {
                low: settled(chance.unavailability.low),
                high: known(chance.unavailability.high),
            },
            at_most: chance.is_at_most,
        }
    }
}

/// How much one component matters for a process. Where the availability is not exact these are the lower bounds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Importance {
    /// Id of the system, flow or team.
    pub component: String,
    /// The chance that the process hangs on it: unavailability with it failed minus unavailability with it up.
    pub birnbaum: f64,
    /// The part of the unavailability that goes if it never fails.
    pub fussell_vesely: f64,
    /// How many times worse the unavailability is while it has failed; null where that has no bound.
    pub risk_achievement_worth: Option<f64>,
}

/// Every process with what it depends on, by id.
#[must_use]
pub fn processes(stack: &Stack, all: &[Resilience]) -> Vec<Process> {
    processes_to(stack, all, Extent::Told)
}

pub(super) fn processes_to(stack: &Stack, all: &[Resilience], extent: Extent) -> Vec<Process> {
    let levels = Levels::of(all.iter(), LISTS, extent);
    all.iter().map(|one| process(stack, one, &levels)).collect()
}

/// Every process as [`processes`] has it, made one after the other when it is written.
pub(super) struct EachProcess<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    /// Most components of a cut set.
    pub(super) order: u32,
}

impl Serialize for EachProcess<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = self.analysis.resilience_to(self.order);
        let levels = Levels::of(all.iter(), LISTS, Extent::Told);
        serializer.collect_seq(all.into_iter().map(|one| process(self.analysis.stack, &one, &levels)))
    }
}

/// The lists of a process, with their lengths.
const LISTS: &Lists<Resilience> = &[
    ("unknown_availability", |one| one.unknown_availability.len()),
    ("possibly_unknown_availability", |one| one.possible_unknowns.len()),
    ("always_up", |one| one.always_up.len()),
    ("single_points", |one| one.single_points.len()),
    ("covered_points", |one| one.covered_points.len()),
    ("cut_sets", |one| one.cut_sets.len()),
    ("importance", |one| one.importance.len()),
];

fn process(stack: &Stack, found: &Resilience, levels: &Levels) -> Process {
    let mut row = levels.row();
    // By id as text, whatever kind of component it is.
    let ids = |components: &[Component]| -> Vec<&str> {
        let mut ids: Vec<&str> = components.iter().map(|component| component_id(stack, *component)).collect();
        ids.sort_unstable();
        ids
    };
    let mut sets: Vec<Vec<&str>> = found.cut_sets.iter().map(|set| ids(set)).collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let owned = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
    let cut_sets = row.cut("cut_sets", &sets).iter().map(|set| owned(set)).collect();
    let mut list = |key, components: &[Component]| owned(row.cut(key, &ids(components)));
    let unknown_availability = list("unknown_availability", &found.unknown_availability);
    let possible = list("possibly_unknown_availability", &found.possible_unknowns);
    let flows: Vec<Component> = found.always_up.iter().map(|ix| Component::Flow(*ix)).collect();
    let always_up = list("always_up", &flows);
    let single_points = list("single_points", &found.single_points);
    let covered_points = list("covered_points", &found.covered_points);
    let importance_of = row.cut("importance", &found.importance);
    Process {
        id: stack.process(found.process).id.to_string(),
        runs: found.runs,
        degraded: found.is_degraded,
        availability: found.chance().map(Availability::of),
        unknown_availability,
        possibly_unknown_availability: possible,
        always_up,
        single_points,
        covered_points,
        cut_sets,
        cut_sets_complete_to: found.complete_to,
        importance: importance_of.iter().map(|of| importance(stack, of)).collect(),
        left_out: row.left_out,
    }
}

fn importance(stack: &Stack, of: &resilience::Importance) -> Importance {
    let worth = of.risk_achievement_worth.low;
    Importance {
        component: component_id(stack, of.component).to_owned(),
        birnbaum: settled(of.birnbaum.low),
        fussell_vesely: settled(of.fussell_vesely.low),
        risk_achievement_worth: worth.is_finite().then(|| settled(worth)),
    }
}

/// The number to 12 significant digits: what comes after them is rounding, and would differ between machines.
fn settled(number: f64) -> f64 {
    format!("{number:.11e}").parse::<f64>().unwrap_or(number) + 0.0
}
