//! What each process depends on: single points of failure, minimal cut sets, availability, and what to harden first.

use crate::analysis::{Component, Supply};
use crate::model::{FlowIx, ProcessIx, Stack};
use sinew_graph::all_cut_sets::AllCutSets;
use sinew_graph::and_or::{FactIx, LabelIx};
use sinew_graph::availability::{AvailabilityLimits, Failing, Interval, availability_of};
use sinew_graph::cut_sets::{CutSetLimits, CutSets, Goals};
use sinew_graph::fixpoint::Fixpoint;
use sinew_graph::ix::IxVec;
use sinew_graph::relevance::Relevance;

use super::outages::{Outage, stated_availability};

/// The order to which cut sets are listed unless more is asked for.
pub const DEFAULT_ORDER: u32 = 2;

/// The largest order that can be asked for.
pub const MAX_ORDER: u32 = 4;

/// How much all processes together may look at, each an even share. Where that does not suffice, cut sets are complete to
/// a lower order ([`Resilience::complete_to`]), and an availability is known between bounds ([`Resilience::is_exact`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Evaluations of one rule when cut sets are looked for, as many for availabilities, and up to as many for which components
    /// matter beyond those cut sets.
    pub rule_visits: u64,
    /// Vertices of decision diagrams, some 40 bytes each, of one process at a time.
    pub vertices: u64,
    /// Vertices that one process may take of it.
    pub vertices_each: usize,
}

/// Evaluations of one rule by which it is looked for, for one process, which components matter beyond the cut sets that are listed:
/// a few milliseconds settle almost all of them, and the rest would take what nobody waits for.
const RELEVANCE_VISITS: u64 = 4_000_000;

impl Default for Budget {
    /// Half a minute at most, on stacks of 2,000 systems that are made for it. Twenty processes have as many vertices as they
    /// can use.
    fn default() -> Self {
        Self { rule_visits: 500_000_000, vertices: 10 << 19, vertices_each: 1 << 19 }
    }
}

/// How much one component matters for one process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance {
    /// The component, one of those in a minimal cut set.
    pub component: Component,
    /// The chance that the process hangs on it (Birnbaum 1969).
    pub birnbaum: Interval,
    /// The part of the unavailability that goes when it never fails (Fussell-Vesely).
    pub fussell_vesely: Interval,
    /// How many times worse the unavailability is while it has failed.
    pub risk_achievement_worth: Interval,
}

/// What one process depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Resilience {
    /// The process that is judged, whether or not it runs.
    pub process: ProcessIx,
    /// Whether it runs with nothing failed.
    pub runs: bool,
    /// Whether it needs a standby flow with nothing failed.
    pub is_degraded: bool,
    /// Whether the bounds of its availability meet.
    pub is_exact: bool,
    /// The probability that it runs, where components without a stated availability never fail; 0 where it does not run
    /// with nothing failed. What may be said of it is [`chance`](Self::chance).
    pub availability: Interval,
    /// The probability that it does not, computed on its own, so that a small one keeps its digits.
    pub unavailability: Interval,
    /// Whether a component of a minimal cut set states an availability, or nothing can stop it, or it does not run.
    pub is_known: bool,
    /// Systems and teams without availability (they count as always up) that belong to a minimal cut set; sorted.
    pub unknown_availability: Vec<Component>,
    /// Systems and teams without availability of which no search within its work settled whether they belong to a minimal
    /// cut set; sorted, and none of them in [`unknown_availability`](Self::unknown_availability).
    pub possible_unknowns: Vec<Component>,
    /// Flows without availability that belong to a minimal cut set, or possibly do: they count as always up, and bound nothing;
    /// sorted.
    pub always_up: Vec<FlowIx>,
    /// Components whose failure alone takes it down; sorted.
    pub single_points: Vec<Component>,
    /// Components whose failure alone degrades it; sorted.
    pub covered_points: Vec<Component>,
    /// Minimal cut sets, by length, then components.
    pub cut_sets: Vec<Vec<Component>>,
    /// All minimal cut sets to this order are listed; `None` where there are no others at all.
    pub complete_to: Option<u32>,
    /// Components of stated availability by Birnbaum importance descending, then component.
    pub importance: Vec<Importance>,
}

/// How likely a process is to run, as far as that can be said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Whether the bounds meet.
    pub is_exact: bool,
    /// The probability that it runs.
    pub availability: Interval,
    /// The probability that it does not.
    pub unavailability: Interval,
    /// Whether components that matter state no availability: then only the upper end of the availability holds, and the
    /// lower one of the unavailability.
    pub is_at_most: bool,
}

impl Resilience {
    /// How likely the process is to run; `None` where no component of any minimal cut set states an availability.
    #[must_use]
    pub fn chance(&self) -> Option<Chance> {
        self.is_known.then_some(Chance {
            is_exact: self.is_exact,
            availability: self.availability,
            unavailability: self.unavailability,
            is_at_most: !self.unknown_availability.is_empty() || !self.possible_unknowns.is_empty(),
        })
    }
}

/// What every process depends on, with cut sets to `order` (1 to [`MAX_ORDER`]), by process, within `budget`.
///
/// `today` and `degraded` tell what holds with and without standby flows; `outages` is every single failure.
#[must_use]
pub fn resilience(
    stack: &Stack,
    supply: &Supply,
    [today, regular]: [&Fixpoint; 2],
    outages: &[Outage],
    order: u32,
    budget: &Budget,
) -> Vec<Resilience> {
    let (down, degraded) = points(stack, outages);
    let stated: IxVec<LabelIx, Option<f64>> =
        supply.components().iter().map(|component| stated_unavailability(stack, *component)).collect();
    let goals = Goals::of(supply.with_standby().graph());
    let share = |whole: u64| whole / stack.processes.len().max(1) as u64;
    let cut_sets = CutSetLimits {
        order: order.clamp(1, MAX_ORDER),
        rule_visits: share(budget.rule_visits),
        ..CutSetLimits::default()
    };
    let chances = AvailabilityLimits::default();
    let visits = share(budget.rule_visits).min(chances.cut_sets.rule_visits);
    let chances = AvailabilityLimits {
        vertices: usize::try_from(share(budget.vertices)).unwrap_or(usize::MAX).min(budget.vertices_each),
        cut_sets: CutSetLimits { rule_visits: visits, ..chances.cut_sets },
        ..chances
    };
    let mut all: Vec<Resilience> = stack
        .all_processes()
        .zip(down.into_iter().zip(degraded))
        .map(|((process, _), (single_points, covered_points))| {
            let runs = today.holds(supply.runs(process));
            Resilience {
                process,
                runs,
                is_degraded: runs && !regular.holds(supply.runs(process)),
                is_exact: true,
                availability: Interval { low: 0.0, high: 0.0 },
                unavailability: Interval { low: 1.0, high: 1.0 },
                is_known: true,
                unknown_availability: Vec::new(),
                possible_unknowns: Vec::new(),
                always_up: Vec::new(),
                single_points,
                covered_points,
                cut_sets: Vec::new(),
                complete_to: None,
                importance: Vec::new(),
            }
        })
        .collect();
    // Where nothing states an availability, no diagram is needed for anything else.
    let vertices = stated.iter().any(Option::is_some).then_some(chances.vertices);
    let effort = Effort { relevance: cut_sets.rule_visits.min(RELEVANCE_VISITS), cut_sets, vertices };
    let failing = Failing::of(stated);
    let question =
        |found: &Resilience| Question { supply, goals: &goals, failing: &failing, goal: supply.runs(found.process) };
    // One question after the other over all processes: what they share is then computed once.
    for found in all.iter_mut().filter(|found| found.runs) {
        question(found).cut_sets(&effort, found);
    }
    for found in all.iter_mut().filter(|found| found.runs) {
        question(found).chances(&chances, found);
    }
    all
}

/// The likely share of the year in which `component` has failed, where its availability is stated.
#[must_use]
pub fn stated_unavailability(stack: &Stack, component: Component) -> Option<f64> {
    let down = 1.0 - stated_availability(stack, component)?.likely.0;
    // A stated availability has a handful of decimals: 1 - 0.999 is meant to be 0.001, without the subtraction's noise.
    Some(format!("{down:.15}").parse().unwrap_or(down))
}

/// The components that take each process down alone, and those that degrade it, by process.
fn points(stack: &Stack, outages: &[Outage]) -> (Vec<Vec<Component>>, Vec<Vec<Component>>) {
    let mut down = vec![Vec::new(); stack.processes.len()];
    let mut degraded = down.clone();
    for outage in outages {
        let [component] = outage.components[..] else { continue };
        outage.processes_down.iter().for_each(|process| down[process.at()].push(component));
        outage.processes_degraded.iter().for_each(|process| degraded[process.at()].push(component));
    }
    (down, degraded)
}

/// One process as the graph sees it.
struct Question<'a> {
    supply: &'a Supply,
    goals: &'a Goals<'a>,
    failing: &'a Failing,
    goal: FactIx,
}

/// What finding out which components matter for one process may take.
struct Effort {
    cut_sets: CutSetLimits,
    /// Evaluations of one rule for what no cut set that is listed shows.
    relevance: u64,
    /// Vertices of the diagram of all cut sets, for what is open after that; `None` for no diagram.
    vertices: Option<usize>,
}

impl Question<'_> {
    fn component(&self, label: LabelIx) -> Component {
        self.supply.components()[label]
    }

    fn cut_sets(&self, effort: &Effort, found: &mut Resilience) {
        // In a row, where nothing has a second way, no search is needed.
        let proof = self.goals.proof_labels(self.goal);
        let is_single = |label: &LabelIx| found.single_points.binary_search(&self.component(*label)).is_ok();
        let cut_sets = if proof.iter().all(is_single) {
            CutSets { sets: proof.into_iter().map(|label| vec![label]).collect(), complete_to: u32::MAX }
        } else {
            self.goals.minimal_cut_sets(self.goal, &effort.cut_sets)
        };
        found.complete_to = (cut_sets.complete_to != u32::MAX).then_some(cut_sets.complete_to);
        let components = |set: &Vec<LabelIx>| set.iter().map(|label| self.component(*label)).collect();
        found.cut_sets = cut_sets.sets.iter().map(components).collect();
        let mut relevant = cut_sets.sets.concat();
        relevant.sort_unstable();
        relevant.dedup();
        let mut possible = Vec::new();
        if found.complete_to.is_some() {
            // Any of these may belong to a larger set; what is in no proof does not, and needs no diagram.
            possible = self.goals.candidates(self.goal);
            possible.retain(|label| relevant.binary_search(label).is_err());
        }
        if !possible.is_empty() {
            let settled = Relevance::of(self.goals, self.goal, &relevant, effort.relevance);
            (relevant, possible) = (settled.matter, settled.open);
        }
        if !possible.is_empty()
            && let Some(vertices) = effort.vertices
            && let Ok(all) = AllCutSets::of(self.goals, self.goal, vertices)
        {
            (relevant, possible) = (all.labels(), Vec::new());
        }
        found.is_known = relevant.is_empty() || relevant.iter().any(|label| self.failing.stated(*label).is_some());
        let flow = |component: Component| if let Component::Flow(ix) = component { Some(ix) } else { None };
        let [unknown, possible] = [relevant, possible].map(|labels| self.unstated(&labels));
        found.always_up = unknown.iter().chain(&possible).copied().filter_map(flow).collect();
        found.always_up.sort_unstable();
        [found.unknown_availability, found.possible_unknowns] =
            [unknown, possible].map(|all| all.into_iter().filter(|one| flow(*one).is_none()).collect());
    }

    /// Those of `labels` that state no availability.
    fn unstated(&self, labels: &[LabelIx]) -> Vec<Component> {
        let unstated = labels.iter().filter(|label| self.failing.stated(**label).is_none());
        unstated.map(|label| self.component(*label)).collect()
    }

    fn chances(&self, limits: &AvailabilityLimits, found: &mut Resilience) {
        let answer = availability_of(self.goals, self.goal, self.failing, limits);
        found.is_exact = answer.exact;
        found.availability = answer.availability;
        found.unavailability = answer.unavailability;
        found.is_known |= !answer.importance.is_empty();
        found.importance = answer
            .importance
            .iter()
            .map(|of| Importance {
                component: self.component(of.label),
                birnbaum: of.birnbaum,
                fussell_vesely: of.fussell_vesely,
                risk_achievement_worth: of.risk_achievement_worth,
            })
            .collect();
        found.importance.sort_by(|a, b| {
            let by_low = b.birnbaum.low.total_cmp(&a.birnbaum.low);
            by_low.then(b.birnbaum.high.total_cmp(&a.birnbaum.high)).then_with(|| a.component.cmp(&b.component))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::model::trial::stack_of;

    /// `rows` places that each have `width` suppliers: the process stops only if all suppliers of a row fail.
    fn many_alternatives(rows: usize, width: usize) -> String {
        let names = || (0..rows).flat_map(|row| (0..width).map(move |at| format!("s{row}x{at}")));
        let systems: String = names().map(|name| format!("  {name}: {{ kind: crm, makes: [d] }}\n")).collect();
        let needs: Vec<String> = (0..rows)
            .map(|row| {
                let any: Vec<String> = (0..width).map(|at| format!("{{ data: d, at: s{row}x{at} }}")).collect();
                format!("{{ any_of: [{}] }}", any.join(", "))
            })
            .collect();
        format!(
            "sinew: 1\nsystems:\n{systems}  odd: {{ kind: cms, availability: 99%, makes: [e] }}\ndata: {{ d: {{}}, e: {{}} }}\n\
             processes: {{ p: {{ needs: [{}, {{ data: e, at: odd }}] }} }}\n",
            needs.join(", ")
        )
    }

    /// Cut sets of order 3 are beyond the search to order 2; whether a component belongs to one only the diagram tells.
    #[test]
    fn what_no_search_settles_is_possible_and_never_silently_absent() {
        let stack = stack_of(&many_alternatives(4, 3));
        let analysis = Analysis::of(&stack);
        let settled = &analysis.resilience()[0];
        assert_eq!((settled.unknown_availability.len(), settled.possible_unknowns.len()), (12, 0));
        let goals = Goals::of(analysis.supply.with_standby().graph());
        let stated = analysis.supply.components().iter().map(|one| stated_unavailability(&stack, *one)).collect();
        let failing = Failing::of(stated);
        let question = Question {
            supply: &analysis.supply,
            goals: &goals,
            failing: &failing,
            goal: analysis.supply.runs(settled.process),
        };
        let under = |relevance: u64, vertices: Option<usize>| {
            let mut found = settled.clone();
            question.cut_sets(&Effort { cut_sets: CutSetLimits::default(), relevance, vertices }, &mut found);
            found
        };
        // Either way beyond order 2 settles them.
        assert_eq!(under(RELEVANCE_VISITS, None), *settled);
        assert_eq!(under(0, Some(1 << 10)), *settled);
        // One vertex is no diagram: nothing is settled then.
        let open = under(0, Some(1));
        assert_eq!(open.complete_to, Some(2));
        assert_eq!((open.unknown_availability.len(), open.possible_unknowns.len()), (0, 12));
        assert_eq!(open.possible_unknowns, settled.unknown_availability);
        let chance = open.chance().expect("one component states an availability");
        assert!(chance.is_at_most, "what is possible bounds the figure too");
    }

    #[test]
    fn cut_sets_are_as_large_as_they_were_asked_for() {
        let stack = stack_of(&many_alternatives(1, 3));
        let analysis = Analysis::of(&stack);
        let sizes = |order: u32| {
            let found = analysis.resilience_to(order);
            let mut sizes: Vec<usize> = found[0].cut_sets.iter().map(Vec::len).collect();
            sizes.sort_unstable();
            sizes.dedup();
            sizes
        };
        assert_eq!([1, 2, 3].map(sizes), [vec![1], vec![1], vec![1, 3]]);
    }
}
