//! Orders in which a decision diagram asks for the labels of a region.
//!
//! How large a diagram becomes hangs on the order of its variables, and the best one is NP-hard to find (Bollig, Wegener 1996). What
//! is near in the graph should be near in the order: labels as a search depth first from the goal meets them (Fujita, Fujisawa, Kawato
//! 1988), and it matters which branch is first (Minato, Ishiura, Yajima 1990).

use std::cmp::Reverse;

use super::and_or::{FactIx, LabelIx, RuleIx};
use super::bdd::Level;
use super::ix::{Ix, IxSet, IxVec};
use super::outage_function::components;
use super::region::Region;

/// Facts times labels beyond which nobody counts what is upstream of each fact: 16 MB of bits.
const COUNTED: usize = 1 << 27;

/// The order that is best for most graphs: as a search depth first from the goal meets the labels, those of a fact before those upstream
/// of it.
pub(super) fn as_written(region: &Region) -> IxVec<Level, LabelIx> {
    DepthFirst::as_written(region, true).order()
}

/// Others worth trying: depth first with the labels of a fact after those upstream of it; with the widest branch first; with the branch
/// first whose labels are used least; and breadth first.
pub(super) fn other_orders(region: &Region) -> Vec<IxVec<Level, LabelIx>> {
    let mut orders = vec![DepthFirst::as_written(region, false).order()];
    if region.fact_count().saturating_mul(region.label_count()) <= COUNTED {
        let upstream = Upstream::of(region);
        orders.push(upstream.widest_first(region).order());
        orders.push(upstream.least_used_first(region).order());
    }
    orders.push(breadth_first(region));
    orders.dedup();
    orders
}

/// The labels upstream of each fact, and how often each is used.
struct Upstream {
    labels: IxVec<FactIx, IxSet<LabelIx>>,
    uses: IxVec<LabelIx, i64>,
}

impl Upstream {
    fn of(region: &Region) -> Self {
        let graph = &region.graph;
        let mut uses = IxVec::filled(0, region.label_count());
        let mut labels = IxVec::filled(IxSet::with_capacity(region.label_count()), region.fact_count());
        let of_rules = graph.rules().flat_map(|rule| graph.rule_labels(rule));
        let of_places = graph.facts().flat_map(|fact| graph.place_labels(graph.place(fact)));
        for &label in of_rules.chain(of_places) {
            uses[label] += 1;
        }
        for component in components(region) {
            // All facts of a loop are upstream of each other.
            let mut all: IxSet<LabelIx> = IxSet::with_capacity(region.label_count());
            for &fact in &component {
                all.extend(graph.place_labels(graph.place(fact)).iter().copied());
                for &rule in region.index.rules_of.row(fact) {
                    all.extend(graph.rule_labels(rule).iter().copied());
                    for &body in graph.body(rule) {
                        all.union_with(&labels[body]);
                    }
                }
            }
            for fact in component {
                labels[fact].clone_from(&all);
            }
        }
        Self { labels, uses }
    }

    /// More labels upstream, sooner.
    fn widest_first<'r>(&self, region: &'r Region) -> DepthFirst<'r> {
        self.by_weight(region, |labels| -i64::try_from(labels.len()).unwrap_or(i64::MAX), -1)
    }

    /// Fewer uses of the labels upstream, sooner.
    fn least_used_first<'r>(&self, region: &'r Region) -> DepthFirst<'r> {
        self.by_weight(region, |labels| labels.iter().map(|label| self.uses[label]).sum(), 1)
    }

    fn by_weight<'r>(
        &self,
        region: &'r Region,
        fact_rank: impl Fn(&IxSet<LabelIx>) -> i64,
        own_label: i64,
    ) -> DepthFirst<'r> {
        let facts: IxVec<FactIx, i64> = self.labels.iter().map(fact_rank).collect();
        let graph = &region.graph;
        let rules = graph.rules().map(|rule| {
            let own = own_label * i64::try_from(graph.rule_labels(rule).len()).unwrap_or(i64::MAX);
            graph.body(rule).iter().fold(own, |rank, &body| rank.saturating_add(facts[body]))
        });
        let rules = rules.collect();
        let labels = self.uses.iter().map(|&uses| Reverse(uses)).collect();
        DepthFirst { region, labels_first: true, facts, rules, labels }
    }
}

/// A search depth first from the goal. The least rank is first; equal ones keep their order.
struct DepthFirst<'r> {
    region: &'r Region,
    /// Whether labels come before what is upstream of them.
    labels_first: bool,
    facts: IxVec<FactIx, i64>,
    rules: IxVec<RuleIx, i64>,
    labels: IxVec<LabelIx, Reverse<i64>>,
}

enum Step {
    Fact(FactIx),
    Labels(FactIx),
    RuleLabels(RuleIx),
}

impl<'r> DepthFirst<'r> {
    fn as_written(region: &'r Region, labels_first: bool) -> Self {
        let facts = IxVec::filled(0, region.fact_count());
        let rules = region.graph.rules().map(|_| 0).collect();
        let labels = IxVec::filled(Reverse(0), region.label_count());
        Self { region, labels_first, facts, rules, labels }
    }

    fn order(&self) -> IxVec<Level, LabelIx> {
        let graph = &self.region.graph;
        let mut order = Order::new(self.region);
        let mut seen = IxVec::filled(false, self.region.fact_count());
        let mut open = vec![Step::Fact(self.region.goal)];
        while let Some(step) = open.pop() {
            match step {
                Step::Labels(fact) => order.meet(&sorted(graph.place_labels(graph.place(fact)), &self.labels)),
                Step::RuleLabels(rule) => order.meet(&sorted(graph.rule_labels(rule), &self.labels)),
                // The stack turns the order round.
                Step::Fact(fact) if !std::mem::replace(&mut seen[fact], true) => {
                    open.extend(self.steps(fact).into_iter().rev());
                }
                Step::Fact(_) => {}
            }
        }
        order.labels
    }

    fn steps(&self, fact: FactIx) -> Vec<Step> {
        let mut steps = Vec::new();
        for rule in sorted(self.region.index.rules_of.row(fact), &self.rules) {
            let own = steps.len();
            steps.extend(sorted(self.region.graph.body(rule), &self.facts).into_iter().map(Step::Fact));
            steps.insert(if self.labels_first { own } else { steps.len() }, Step::RuleLabels(rule));
        }
        steps.insert(if self.labels_first { 0 } else { steps.len() }, Step::Labels(fact));
        steps
    }
}

fn sorted<I: Ix, R: Ord>(entries: &[I], ranks: &IxVec<I, R>) -> Vec<I> {
    let mut entries = entries.to_vec();
    entries.sort_by(|&one, &other| ranks[one].cmp(&ranks[other]));
    entries
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

#[cfg(test)]
mod tests {
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::{Rng, SeedableRng};

    use super::super::and_or::AndOrGraph;
    use super::super::bdd::Function;
    use super::super::outage_function::{Effort, OutageFunction};
    use super::super::region::Outcome;
    use super::*;

    /// A goal over layers of facts, each with one or two rules over what is below it, loops included, and eight labels.
    fn any_region(seed: u64) -> Option<Region> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut below = |sides: usize| usize::try_from(random.next_u64() % sides as u64).expect("it is below a length");
        let mut graph = AndOrGraph::new(8);
        let facts: Vec<FactIx> = (0..12)
            .map(|_| {
                let labels: Vec<LabelIx> = (0..below(2)).map(|_| LabelIx::new(below(8))).collect();
                let place = graph.add_place(labels);
                graph.add_fact(place)
            })
            .collect();
        for (at, &fact) in facts.iter().enumerate() {
            for _ in 0..1 + below(2) {
                let reach = if below(8) == 0 { facts.len() } else { at };
                let body: Vec<FactIx> = (0..reach.min(1 + below(3))).map(|_| facts[below(reach)]).collect();
                graph.add_rule(fact, body, [LabelIx::new(below(8))]);
            }
        }
        match Region::whole(&graph, facts[11]) {
            Outcome::Depends(region) => Some(*region),
            Outcome::Always | Outcome::Never => None,
        }
    }

    #[test]
    fn each_order_names_each_label_once_and_compiles_to_what_happens_in_each_world() {
        let (mut regions, mut different) = (0, 0);
        for region in (0..200).filter_map(any_region) {
            regions += 1;
            let others = other_orders(&region);
            different += usize::from(others.len() > 2);
            for order in [as_written(&region)].into_iter().chain(others) {
                let mut sorted = order.as_slice().to_vec();
                sorted.sort_unstable();
                assert!(sorted.into_iter().eq(region.graph.labels()));
                let effort = Effort::of_vertices(10_000);
                let compiled = OutageFunction::in_order(&region, &order, effort, &mut 0).expect("it is small");
                for world in 0..1_u32 << region.label_count() {
                    let failed: IxSet<LabelIx> =
                        region.graph.labels().filter(|label| world >> label.at() & 1 == 1).collect();
                    let mut at = compiled.fails;
                    while !at.is_constant() {
                        let vertex = compiled.bdd.at(at);
                        at = if failed.contains(order[vertex.level]) { vertex.high } else { vertex.low };
                    }
                    assert_eq!(at == Function::TRUE, !region.fixpoint(&failed).holds(region.goal));
                }
            }
        }
        assert!(regions > 100 && different > 50, "{different} of {regions} have more than three orders");
    }

    /// The goal needs a narrow fact (label 0) or a wide one (labels 1 to 3), or a pair of labels used twice (4 and 5).
    #[test]
    fn the_widest_branch_is_first_or_the_one_whose_labels_are_used_least() {
        let mut graph = AndOrGraph::new(6);
        let nowhere = graph.add_place([]);
        let label = LabelIx::new;
        let [goal, narrow, wide, twice, again] = [(); 5].map(|()| graph.add_fact(nowhere));
        for (fact, labels) in [(narrow, vec![0]), (wide, vec![1, 2, 3]), (twice, vec![4, 5]), (again, vec![4, 5])] {
            graph.add_rule(fact, [], labels.iter().map(|&at| label(at)));
            graph.add_rule(goal, [fact], []);
        }
        let Outcome::Depends(region) = Region::whole(&graph, goal) else { panic!("it depends on all labels") };
        let upstream = Upstream::of(&region);
        let names = |order: &IxVec<Level, LabelIx>| order.iter().map(|&at| region.labels[at].at()).collect::<Vec<_>>();
        assert_eq!(names(&upstream.widest_first(&region).order()), [1, 2, 3, 4, 5, 0]);
        assert_eq!(names(&upstream.least_used_first(&region).order()), [0, 1, 2, 3, 4, 5]);
    }
}
