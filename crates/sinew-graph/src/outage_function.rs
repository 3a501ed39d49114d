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
}

impl OutageFunction {
    /// Compiles under several orders of the labels, each with a small share of the effort first: a good order is often
    /// a hundred times smaller than a bad one, and none is good for all graphs.
    pub(super) fn of(region: &Region, effort: Effort) -> Result<Self, CapReached> {
        let orders = label_orders(region);
        let share = Effort { vertices: effort.vertices / 16, steps: effort.steps / 16 };
        for label_at in &orders {
            if let Ok(function) = Self::in_order(region, label_at, share) {
                return Ok(function);
            }
        }
        // Breadth first wins on small trees only.
        for label_at in orders.iter().take(2) {
            if let Ok(function) = Self::in_order(region, label_at, effort) {
                return Ok(function);
            }
        }
        Err(CapReached)
    }

    fn in_order(region: &Region, label_at: &IxVec<Level, LabelIx>, effort: Effort) -> Result<Self, CapReached> {
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

/// Orders of the labels worth trying: as met depth first from the goal, labels before or after what is upstream of
/// them, and breadth first.
pub(super) fn label_orders(region: &Region) -> Vec<IxVec<Level, LabelIx>> {
    let mut orders = vec![depth_first(region, true), depth_first(region, false), breadth_first(region)];
    orders.dedup();
    orders
}

enum Step {
    Fact(FactIx),
    Labels(FactIx),
    RuleLabels(RuleIx),
}

fn depth_first(region: &Region, labels_first: bool) -> IxVec<Level, LabelIx> {
    let mut order = Order::new(region);
    let mut seen = IxVec::filled(false, region.fact_count());
    let mut open = vec![Step::Fact(region.goal)];
    while let Some(step) = open.pop() {
        match step {
            Step::Labels(fact) => order.meet(region.graph.place_labels(region.graph.place(fact))),
            Step::RuleLabels(rule) => order.meet(region.graph.rule_labels(rule)),
            Step::Fact(fact) if !std::mem::replace(&mut seen[fact], true) => {
                // The stack turns the order round.
                let mut steps = Vec::new();
                for &rule in region.index.rules_of.row(fact) {
                    let bodies = region.graph.body(rule).iter().map(|&body| Step::Fact(body));
                    if labels_first {
                        steps.push(Step::RuleLabels(rule));
                        steps.extend(bodies);
                    } else {
                        steps.extend(bodies);
                        steps.push(Step::RuleLabels(rule));
                    }
                }
                steps.insert(if labels_first { 0 } else { steps.len() }, Step::Labels(fact));
                open.extend(steps.into_iter().rev());
            }
            Step::Fact(_) => {}
        }
    }
    order.labels
}

fn breadth_first(region: &Region) -> IxVec<Level, LabelIx> {
    let mut order = Order::new(region);
    let mut seen = IxVec::filled(false, region.fact_count());
    seen[region.goal] = true;
    let mut facts = vec![region.goal];
    let mut next = 0;
    while let Some(&fact) = facts.get(next) {
        next += 1;
        order.meet(region.graph.place_labels(region.graph.place(fact)));
        for &rule in region.index.rules_of.row(fact) {
            order.meet(region.graph.rule_labels(rule));
            for &body in region.graph.body(rule) {
                if !std::mem::replace(&mut seen[body], true) {
                    facts.push(body);
                }
            }
        }
    }
    order.labels
}

/// Labels in the order in which they were first met.
struct Order {
    labels: IxVec<Level, LabelIx>,
    met: IxVec<LabelIx, bool>,
}

impl Order {
    fn new(region: &Region) -> Self {
        Self { labels: IxVec::default(), met: IxVec::filled(false, region.label_count()) }
    }

    fn meet(&mut self, labels: &[LabelIx]) {
        for &label in labels {
            if !std::mem::replace(&mut self.met[label], true) {
                self.labels.push(label);
            }
        }
    }
}
