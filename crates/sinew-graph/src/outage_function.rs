//! The boolean function "the goal fails" of a region, as a decision diagram over the failures of its labels.
//!
//! Facts are compiled by strongly connected component, suppliers first. Inside a component with a loop the equations
//! are iterated from "everything fails" until no function changes. In every single world that is the iteration whose
//! limit is the least fixpoint (Kleene), so the functions are exact, feedback or not.

use petgraph::graph::DiGraph;

use super::bdd::{Bdd, CapReached, FALSE, Function, TRUE};
use super::region::{Region, count};

/// The goal's failure as a function of the labels' failures.
#[derive(Debug)]
pub(super) struct OutageFunction {
    pub(super) bdd: Bdd,
    pub(super) fails: Function,
    /// The label of each level.
    pub(super) label_at: Vec<u32>,
}

/// How large a diagram may become, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) vertices: usize,
    pub(super) steps: u64,
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

    fn in_order(region: &Region, label_at: &[u32], effort: Effort) -> Result<Self, CapReached> {
        let mut level_of = vec![0; region.label_count()];
        for (&label, level) in label_at.iter().zip(0..) {
            level_of[label as usize] = level;
        }
        // Vertices that are no longer needed are dropped, so the diagram may hold twice what has to live.
        let mut bdd = Bdd::new(effort.vertices, effort.steps);
        let mut fails = vec![TRUE; region.fact_count()];
        let mut waiting = vec![true; region.fact_count()];
        let mut collect_at = effort.vertices / 2;
        let mut stale = vec![true; region.fact_count()];
        for component in components(region) {
            while component.iter().any(|&fact| stale[fact as usize]) {
                for &fact in &component {
                    if !std::mem::replace(&mut stale[fact as usize], false) {
                        continue;
                    }
                    if bdd.vertex_count() > collect_at {
                        drop_unused(region, &mut bdd, &mut fails, &waiting);
                        // Collecting costs as much as there is; not again before there is a good part more.
                        collect_at = collect_at.max(bdd.vertex_count() + effort.vertices / 8);
                    }
                    let value = fact_fails(region, &mut bdd, &level_of, &fails, fact)?;
                    if value != std::mem::replace(&mut fails[fact as usize], value) {
                        for &rule in region.index.users.row(fact) {
                            stale[region.graph.rule_head[rule as usize] as usize] = true;
                        }
                    }
                }
            }
            for &fact in &component {
                waiting[fact as usize] = false;
            }
        }
        let fails = fails[region.goal as usize];
        Ok(Self { bdd, fails, label_at: label_at.to_vec() })
    }
}

/// A fact fails where its place does, or every rule of it.
fn fact_fails(
    region: &Region,
    bdd: &mut Bdd,
    level_of: &[u32],
    fails: &[Function],
    fact: u32,
) -> Result<Function, CapReached> {
    let graph = &region.graph;
    let mut every = TRUE;
    for &rule in region.index.rules_of.row(fact) {
        let mut any = labels_fail(bdd, level_of, graph.rule_labels.row(rule))?;
        for &body in graph.rule_body.row(rule) {
            any = bdd.or(any, fails[body as usize])?;
        }
        every = bdd.and(every, any)?;
    }
    let place = labels_fail(bdd, level_of, graph.place_labels.row(fact))?;
    bdd.or(place, every)
}

fn labels_fail(bdd: &mut Bdd, level_of: &[u32], labels: &[u32]) -> Result<Function, CapReached> {
    let mut any = FALSE;
    for &label in labels {
        let label = bdd.variable(level_of[label as usize])?;
        any = bdd.or(any, label)?;
    }
    Ok(any)
}

/// Keeps the functions of facts that a fact still waiting needs.
fn drop_unused(region: &Region, bdd: &mut Bdd, fails: &mut [Function], waiting: &[bool]) {
    for fact in 0..fails.len() {
        let needed = waiting[fact]
            || fact == region.goal as usize
            || region
                .index
                .users
                .row(count(fact))
                .iter()
                .any(|&rule| waiting[region.graph.rule_head[rule as usize] as usize]);
        if !needed {
            fails[fact] = FALSE;
        }
    }
    bdd.retain(fails);
}

/// The strongly connected components of the facts, suppliers before those they supply; facts ascending in each.
pub(super) fn components(region: &Region) -> Vec<Vec<u32>> {
    let mut supplies = DiGraph::<(), ()>::with_capacity(region.fact_count(), region.graph.rule_body.item_count());
    for _ in 0..region.fact_count() {
        supplies.add_node(());
    }
    for rule in 0..region.graph.rule_count() {
        for &body in region.graph.rule_body.row(rule) {
            supplies.add_edge(region.graph.rule_head[rule as usize].into(), body.into(), ());
        }
    }
    // Edges lead from a fact to its suppliers, and components come in reverse topological order.
    let mut components: Vec<Vec<u32>> = petgraph::algo::kosaraju_scc(&supplies)
        .into_iter()
        .map(|component| component.into_iter().map(|fact| count(fact.index())).collect())
        .collect();
    for component in &mut components {
        component.sort_unstable();
    }
    components
}

/// Orders of the labels worth trying: as met depth first from the goal, labels before or after what is upstream of
/// them, and breadth first.
pub(super) fn label_orders(region: &Region) -> Vec<Vec<u32>> {
    let mut orders = vec![depth_first(region, true), depth_first(region, false), breadth_first(region)];
    orders.dedup();
    orders
}

enum Step {
    Fact(u32),
    Labels(u32),
    RuleLabels(u32),
}

fn depth_first(region: &Region, labels_first: bool) -> Vec<u32> {
    let mut order = Order::new(region);
    let mut seen = vec![false; region.fact_count()];
    let mut open = vec![Step::Fact(region.goal)];
    while let Some(step) = open.pop() {
        match step {
            Step::Labels(fact) => order.meet(region.graph.place_labels.row(fact)),
            Step::RuleLabels(rule) => order.meet(region.graph.rule_labels.row(rule)),
            Step::Fact(fact) if !std::mem::replace(&mut seen[fact as usize], true) => {
                // The stack turns the order round.
                let mut steps = Vec::new();
                for &rule in region.index.rules_of.row(fact) {
                    let bodies = region.graph.rule_body.row(rule).iter().map(|&body| Step::Fact(body));
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

fn breadth_first(region: &Region) -> Vec<u32> {
    let mut order = Order::new(region);
    let mut seen = vec![false; region.fact_count()];
    seen[region.goal as usize] = true;
    let mut facts = vec![region.goal];
    let mut next = 0;
    while let Some(&fact) = facts.get(next) {
        next += 1;
        order.meet(region.graph.place_labels.row(fact));
        for &rule in region.index.rules_of.row(fact) {
            order.meet(region.graph.rule_labels.row(rule));
            for &body in region.graph.rule_body.row(rule) {
                if !std::mem::replace(&mut seen[body as usize], true) {
                    facts.push(body);
                }
            }
        }
    }
    order.labels
}

/// Labels in the order in which they were first met.
struct Order {
    labels: Vec<u32>,
    met: Vec<bool>,
}

impl Order {
    fn new(region: &Region) -> Self {
        Self { labels: Vec::new(), met: vec![false; region.label_count()] }
    }

    fn meet(&mut self, labels: &[u32]) {
        for &label in labels {
            if !std::mem::replace(&mut self.met[label as usize], true) {
                self.labels.push(label);
            }
        }
    }
}
