//! What breaks if: every component's failure, and any joint one, as processes, systems, facts and money.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::analysis::words::printed;
use crate::analysis::{Component, Fact, Meaning, Supply};
use crate::model::{Hours, Money, MoneyPerHour, ProcessIx, Range, Share, Stack, SystemIx};
use sinew_graph::and_or::{FactIx, LabelIx};
use sinew_graph::fixpoint::Derivation;
use sinew_graph::ix::IxSet;
use sinew_graph::single_failures::{DEFAULT_BUDGET, SingleFailures, goals_lost};
use sinew_graph::view::View;

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// What the failure of a set of components does.
#[derive(Clone, Debug, PartialEq)]
pub struct Outage {
    /// The components that have failed, sorted.
    pub components: Box<[Component]>,
    /// Processes that ran before, and do not now.
    pub processes_down: Box<[ProcessIx]>,
    /// Processes that ran without standby flows before, and now run only with them.
    pub processes_degraded: Box<[ProcessIx]>,
    /// What was available before, and is not now.
    pub facts_lost: Box<[Fact]>,
    /// Live systems that were up before, and are not now.
    pub systems_down: Box<[SystemIx]>,
    /// Systems that are up and lose a fact.
    pub systems_starved: Box<[SystemIx]>,
    /// What an hour of it costs: the sum of what the processes that go down state. 0 where none goes down, unknown where
    /// none of them states a cost, and where the stack states no process at all; where
    /// [`cost_unknown`](Self::cost_unknown) is not empty, it costs at least that.
    pub cost_per_hour: Option<MoneyPerHour>,
    /// Processes that go down and state no `outage_cost`; sorted.
    pub cost_unknown: Box<[ProcessIx]>,
    /// Hours of a year for which one component is expected to be down; unknown without availability, and for several.
    pub hours_down: Option<Hours>,
    /// What it is expected to cost a year: the hours down at the cost per hour, and at least that where that is so; 0 where an
    /// hour costs nothing.
    pub expected_cost: Option<Money>,
}

impl Outage {
    /// Whether it costs more than is known, since a process that goes down states no cost.
    #[must_use]
    pub fn is_cost_least(&self) -> bool {
        self.cost_per_hour.is_some() && !self.cost_unknown.is_empty()
    }
}

/// The availability that the stack states for `component`.
#[must_use]
pub fn stated_availability(stack: &Stack, component: Component) -> Option<Range<Share>> {
    match component {
        Component::System(ix) => stack.system(ix).availability,
        Component::Flow(ix) => stack.flow(ix).rated.availability,
        Component::Team(ix) => stack.team(ix).availability,
    }
}

/// The id of `component`: systems, flows and teams share one name space.
#[must_use]
pub fn component_id(stack: &Stack, component: Component) -> &str {
    match component {
        Component::System(ix) => stack.system(ix).id.as_str(),
        Component::Flow(ix) => stack.flow(ix).id.as_str(),
        Component::Team(ix) => stack.team(ix).id.as_str(),
    }
}

/// The component called `id`, where it is one that can fail.
#[must_use]
pub fn find_component(stack: &Stack, supply: &Supply, id: &str) -> Option<Component> {
    let system = stack.find_system(id).map(Component::System);
    let flow = stack.find_flow(id).map(Component::Flow);
    let team = stack.find_team(id).map(Component::Team);
    system.or(flow).or(team).filter(|component| supply.label(*component).is_some())
}

/// Every component's failure, in the order of components. `docs/theory/failures.md` has the method and its cost.
#[must_use]
pub fn single_outages(stack: &Stack, supply: &Supply) -> Vec<Outage> {
    let reading = Reading { stack, supply };
    let degraded = if supply.has_standby() { stopped(stack, supply, supply.without_standby()) } else { Vec::new() };
    let mut outages = Vec::with_capacity(supply.components().len());
    SingleFailures::new(supply.with_standby(), DEFAULT_BUDGET).for_each(|label, lost| {
        let component = supply.components()[label];
        let regular = degraded.get(label.at()).map(Vec::as_slice);
        outages.push(reading.outage(vec![component], lost, regular));
    });
    outages
}

/// The processes that each component's failure takes down, in the order of components: what [`single_outages`] says of
/// them, without its facts, of which a long chain loses the square of its length.
#[must_use]
pub fn processes_down(stack: &Stack, supply: &Supply) -> Vec<Vec<ProcessIx>> {
    stopped(stack, supply, supply.with_standby())
}

/// The processes that each component's failure takes down in `view`, in the order of components.
fn stopped(stack: &Stack, supply: &Supply, view: View<'_>) -> Vec<Vec<ProcessIx>> {
    let reading = Reading { stack, supply };
    let runs: Vec<FactIx> = stack.all_processes().map(|(process, _)| supply.runs(process)).collect();
    goals_lost(view, &runs, DEFAULT_BUDGET).iter().map(|lost| reading.processes(lost)).collect()
}

/// What the failure of all of `components` together does; linear in the stack.
#[must_use]
pub fn joint_outage(stack: &Stack, supply: &Supply, components: &[Component]) -> Outage {
    let reading = Reading { stack, supply };
    let components: BTreeSet<Component> = components.iter().copied().collect();
    let failed = failed_labels(supply, components.iter().copied());
    let lost = |view: View<'_>| -> Vec<FactIx> {
        let derivation = Derivation::new(view);
        let before = derivation.least_fixpoint(&IxSet::new());
        let after = derivation.least_fixpoint(&failed);
        view.graph().facts().filter(|fact| before.holds(*fact) && !after.holds(*fact)).collect()
    };
    let regular = reading.processes(&lost(supply.without_standby()));
    reading.outage(components.into_iter().collect(), &lost(supply.with_standby()), Some(&regular))
}

/// The labels of `components`.
#[must_use]
pub fn failed_labels(supply: &Supply, components: impl IntoIterator<Item = Component>) -> IxSet<LabelIx> {
    components.into_iter().filter_map(|component| supply.label(component)).collect()
}

/// Which of two outages is more severe, and so first: by processes down, cost per hour as it is printed (unknown after 0),
/// degraded and facts lost (all descending), then systems before flows before teams, then id.
#[must_use]
pub fn most_severe_first(a: &Outage, b: &Outage) -> Ordering {
    let key = |outage: &Outage| {
        let cost = outage.cost_per_hour.map(|cost| printed(cost.0));
        (outage.processes_down.len(), cost, outage.processes_degraded.len(), outage.facts_lost.len())
    };
    key(b).cmp(&key(a)).then_with(|| a.components.cmp(&b.components))
}

/// A number to a ten-millionth: what comes after is rounding, and no money.
fn settled(number: f64) -> f64 {
    (number * 1e7).round() / 1e7
}

/// What is needed to read lost facts as an outage.
#[derive(Clone, Copy)]
struct Reading<'a> {
    stack: &'a Stack,
    supply: &'a Supply,
}

impl Reading<'_> {
    /// The processes among `lost`, sorted.
    fn processes(&self, lost: &[FactIx]) -> Vec<ProcessIx> {
        let meanings = lost.iter().map(|fact| self.supply.meanings()[*fact]);
        let mut processes: Vec<ProcessIx> = meanings
            .filter_map(|meaning| if let Meaning::Runs(process) = meaning { Some(process) } else { None })
            .collect();
        processes.sort_unstable();
        processes
    }

    /// Reads an outage off the facts lost with standby flows and the processes lost without them (where those differ).
    fn outage(&self, components: Vec<Component>, lost: &[FactIx], lost_regular: Option<&[ProcessIx]>) -> Outage {
        let (mut facts_lost, mut systems_down) = (Vec::new(), BTreeSet::new());
        for fact in lost {
            match self.supply.meanings()[*fact] {
                Meaning::Available(fact) => facts_lost.push(fact),
                Meaning::Up(system) => {
                    systems_down.insert(system);
                }
                Meaning::Runs(_) | Meaning::AnyOf(_) | Meaning::AnyUp(..) => {}
            }
        }
        // A system that depends on no other has no fact of its own: it goes down with itself only.
        let lone = components.iter().filter_map(|component| match component {
            Component::System(ix) if self.supply.up(*ix).is_none() => Some(*ix),
            _ => None,
        });
        systems_down.extend(lone);
        let processes_down = self.processes(lost);
        let mut processes_degraded = lost_regular.unwrap_or_default().to_vec();
        processes_degraded.retain(|process| processes_down.binary_search(process).is_err());
        let mut systems_starved: Vec<SystemIx> =
            facts_lost.iter().map(|fact| fact.at).filter(|system| !systems_down.contains(system)).collect();
        systems_starved.dedup();
        let stated = |process: &ProcessIx| self.stack.process(*process).outage_cost.map(|cost| cost.likely.0);
        let cost_unknown: Vec<ProcessIx> =
            processes_down.iter().copied().filter(|process| stated(process).is_none()).collect();
        // Where no process is stated, nobody knows what stops.
        let is_harmless = processes_down.is_empty() && !self.stack.processes.is_empty();
        let is_known = is_harmless || cost_unknown.len() < processes_down.len();
        let cost_per_hour =
            is_known.then(|| MoneyPerHour(processes_down.iter().filter_map(stated).fold(0.0, |sum, cost| sum + cost)));
        let availability = match components.as_slice() {
            [one] => stated_availability(self.stack, *one),
            _ => None,
        };
        let down = availability.map(|availability| (1.0 - availability.likely.0) * HOURS_A_YEAR);
        // What costs nothing an hour costs nothing a year, however often it happens.
        let is_free = cost_unknown.is_empty() && cost_per_hour.is_some_and(|cost| cost.0 == 0.0);
        let expected_cost = match is_free {
            true => Some(Money(0.0)),
            false => down.zip(cost_per_hour).map(|(down, cost)| Money(settled(down * cost.0))),
        };
        Outage {
            components: components.into(),
            processes_down: processes_down.into(),
            processes_degraded: processes_degraded.into(),
            facts_lost: facts_lost.into(),
            systems_down: systems_down.into_iter().collect(),
            systems_starved: systems_starved.into(),
            cost_per_hour,
            cost_unknown: cost_unknown.into(),
            hours_down: down.map(|down| Hours(settled(down))),
            expected_cost,
        }
    }
}
