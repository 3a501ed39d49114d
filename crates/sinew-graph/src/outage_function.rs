//! The boolean function "the goal fails" of a region, as a decision diagram over the failures of its labels.
//!
//! Facts are compiled by strongly connected component, suppliers first. Inside a component with a loop the equations
//! are iterated from "everything fails" until no function changes. In every single world that is the iteration whose
//! limit is the least fixpoint (Kleene), so the functions are exact, feedback or not.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::and_or::{FactIx, LabelIx, RuleIx};
use super::bdd::{Bdd, CapReached, Function, Level};
use super::ix::IxVec;
use super::label_orders::{as_written, other_orders};
use super::region::Region;

/// The goal's failure as a function of the labels' failures.
#[derive(Debug)]
pub(super) struct OutageFunction {
    pub(super) bdd: Bdd,
    pub(super) fails: Function,
    /// The label of each level.
    pub(super) label_at: IxVec<Level, LabelIx>,
}

/// How large a diagram may become, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) vertices: usize,
    pub(super) steps: usize,
}

impl Effort {
    /// At most so many vertices, and sixteen steps for each: a diagram that takes more is one that outgrows its cap.
    pub(super) fn of_vertices(vertices: usize) -> Self {
        Self { vertices, steps: vertices.saturating_mul(16) }
    }

    fn part(self, share: usize) -> Self {
        Self { vertices: self.vertices / share, steps: self.steps / share }
    }
}

impl OutageFunction {
    /// Compiles under several orders of the labels, each with a small share of the effort first, then with a larger one: a good
    /// order is often a hundred times smaller than a bad one, and none is good for all graphs. The whole effort is for the order
    /// that came furthest.
    pub(super) fn of(region: &Region, effort: Effort) -> Result<Self, CapReached> {
        let (small, larger) = (effort.part(16), effort.part(4));
        let first = as_written(region);
        // Most graphs need no other order, and to find the others takes longer than to compile a small graph.
        if let Ok(function) = Self::in_order(region, &first, small, &mut 0) {
            return Ok(function);
        }
        let others = other_orders(region);
        for label_at in &others {
            if let Ok(function) = Self::in_order(region, label_at, small, &mut 0) {
                return Ok(function);
            }
        }
        let mut furthest = (0, &first);
        for label_at in [&first].into_iter().chain(&others) {
            let mut compiled = 0;
            if let Ok(function) = Self::in_order(region, label_at, larger, &mut compiled) {
                return Ok(function);
            }
            if compiled > furthest.0 {
                furthest = (compiled, label_at);
            }
        }
        Self::in_order(region, furthest.1, effort, &mut 0)
    }

    /// Counts in `compiled` the facts whose functions are final.
    pub(super) fn in_order(
        region: &Region,
        label_at: &IxVec<Level, LabelIx>,
        effort: Effort,
        compiled: &mut usize,
    ) -> Result<Self, CapReached> {
        let level_of = level_of(region, label_at);
        // Vertices that are no longer needed are dropped, so the diagram may hold twice what has to live.
        let mut bdd = Bdd::new(effort.vertices, effort.steps);
        let mut fails = IxVec::filled(Function::TRUE, region.fact_count());
        let mut waiting = IxVec::filled(true, region.fact_count());
        let mut collect_at = effort.vertices / 2;
        let mut stale = IxVec::filled(true, region.fact_count());
        for component in components(region) {
            while component.iter().any(|&fact| stale[fact]) {
                for &fact in &component {
                    if !std::mem::replace(&mut stale[fact], false) {
                        continue;
                    }
                    if bdd.vertex_count() > collect_at {
                        drop_unused(region, &mut bdd, &mut fails, &waiting);
                        // Collecting costs as much as there is; not again before there is a good part more.
                        collect_at = collect_at.max(bdd.vertex_count() + effort.vertices / 8);
                    }
                    let value = fact_fails(region, &mut bdd, &level_of, &fails, fact)?;
                    if value != std::mem::replace(&mut fails[fact], value) {
                        for &rule in region.index.users.row(fact) {
                            stale[region.graph.head(rule)] = true;
                        }
                    }
                }
            }
            for &fact in &component {
                waiting[fact] = false;
                *compiled += 1;
            }
        }
        let fails = fails[region.goal];
        Ok(Self { bdd, fails, label_at: label_at.clone() })
    }
}

/// The level of each label of `region`.
pub(super) fn level_of(region: &Region, label_at: &IxVec<Level, LabelIx>) -> IxVec<LabelIx, Level> {
    let mut level_of = IxVec::filled(Level::CONSTANT, region.label_count());
    for (level, &label) in label_at.enumerate() {
        level_of[label] = level;
    }
    level_of
}

/// A fact fails where its place does, or every rule of it.
fn fact_fails(
    region: &Region,
    bdd: &mut Bdd,
    level_of: &IxVec<LabelIx, Level>,
    fails: &IxVec<FactIx, Function>,
    fact: FactIx,
) -> Result<Function, CapReached> {
    let graph = &region.graph;
    let mut every = Function::TRUE;
    for &rule in region.index.rules_of.row(fact) {
        let mut any = labels_fail(bdd, level_of, graph.rule_labels(rule))?;
        for &body in graph.body(rule) {
            any = bdd.or(any, fails[body])?;
        }
        every = bdd.and(every, any)?;
    }
    let place = labels_fail(bdd, level_of, graph.place_labels(graph.place(fact)))?;
    bdd.or(place, every)
}

fn labels_fail(bdd: &mut Bdd, level_of: &IxVec<LabelIx, Level>, labels: &[LabelIx]) -> Result<Function, CapReached> {
    let mut any = Function::FALSE;
    for &label in labels {
        let label = bdd.variable(level_of[label])?;
        any = bdd.or(any, label)?;
    }
    Ok(any)
}

/// Keeps the functions of facts that a fact still waiting needs.
fn drop_unused(region: &Region, bdd: &mut Bdd, fails: &mut IxVec<FactIx, Function>, waiting: &IxVec<FactIx, bool>) {
    for fact in fails.keys() {
        let needs_it = |&rule: &RuleIx| waiting[region.graph.head(rule)];
        if !waiting[fact] && fact != region.goal && !region.index.users.row(fact).iter().any(needs_it) {
            fails[fact] = Function::FALSE;
        }
    }
    bdd.retain(fails.as_mut_slice());
}

/// The strongly connected components of the facts, suppliers before those they supply; facts ascending in each.
pub(super) fn components(region: &Region) -> Vec<Vec<FactIx>> {
    let graph = &region.graph;
    let mut supplies = DiGraph::<(), ()>::with_capacity(graph.fact_count(), graph.body_count());
    for _ in graph.facts() {
        supplies.add_node(());
    }
    for rule in graph.rules() {
        for &body in graph.body(rule) {
            supplies.add_edge(NodeIndex::new(graph.head(rule).at()), NodeIndex::new(body.at()), ());
        }
    }
    // Edges lead from a fact to its suppliers, and components come in reverse topological order.
    let mut components: Vec<Vec<FactIx>> = kosaraju_scc(&supplies)
        .into_iter()
        .map(|component| component.into_iter().map(|fact| FactIx::new(fact.index())).collect())
        .collect();
    for component in &mut components {
        component.sort_unstable();
    }
    components
}
