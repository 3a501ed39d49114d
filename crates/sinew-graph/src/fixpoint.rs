//! What holds: the least fixpoint of an AND/OR graph, with one proof of each fact.
//!
//! Forward chaining with one counter per rule, linear in the size of the graph (Dowling, Gallier 1984: Linear-time
//! algorithms for testing the satisfiability of propositional Horn formulae).

use super::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx, RuleIx};
use super::ix::{IxSet, IxVec, Slot, narrow};
use super::rows::Rows;
use super::view::View;

/// A view made ready for repeated evaluation: knows which rules use each fact.
#[derive(Clone, Debug)]
pub struct Derivation<'g> {
    view: View<'g>,
    uses: Rows<FactIx, RuleIx>,
}

impl<'g> Derivation<'g> {
    /// Indexes `view`; linear in its graph.
    #[must_use]
    pub fn new(view: View<'g>) -> Self {
        Self { view, uses: view.graph().rules_by_need() }
    }

    /// The view that is evaluated.
    #[must_use]
    pub fn view(&self) -> View<'g> {
        self.view
    }

    /// The rules that have `fact` in their body, ascending, whether they take part or not.
    #[must_use]
    pub fn uses(&self, fact: FactIx) -> &[RuleIx] {
        self.uses.row(fact)
    }

    /// What holds while the labels in `failed` are down.
    #[must_use]
    pub fn least_fixpoint(&self, failed: &IxSet<LabelIx>) -> Fixpoint {
        Fixpoint::of(self.view, &self.uses, failed)
    }
}

/// The facts that hold, each with the rule that derived it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixpoint {
    order: Vec<FactIx>,
    witness: IxVec<FactIx, Slot<RuleIx>>,
}

impl Fixpoint {
    /// What holds in `view` while the labels in `failed` are down; `uses` are the rules that need each fact.
    ///
    /// Derives breadth first and in the order of the rules, so that witnesses are shallow proofs.
    pub(crate) fn of(view: View<'_>, uses: &Rows<FactIx, RuleIx>, failed: &IxSet<LabelIx>) -> Self {
        let graph = view.graph();
        let place_is_up = places_up(graph, failed);
        let is_up = |fact| place_is_up.as_ref().is_none_or(|is_up| is_up[graph.place(fact)]);
        let mut pending = pending_rules(view, failed);
        let mut found = Self { order: Vec::new(), witness: IxVec::filled(Slot::NONE, graph.fact_count()) };
        let derive = |rule, head, found: &mut Self| {
            let witness = &mut found.witness[head];
            if witness.is_none() && is_up(head) {
                *witness = Slot::some(rule);
                found.order.push(head);
            }
        };
        for (rule, pending) in pending.enumerate() {
            if pending.missing == 0 {
                derive(rule, pending.head, &mut found);
            }
        }
        let mut next = 0;
        while let Some(&fact) = found.order.get(next) {
            next += 1;
            for &rule in uses.row(fact) {
                let pending = &mut pending[rule];
                pending.missing -= 1;
                if pending.missing == 0 {
                    derive(rule, pending.head, &mut found);
                }
            }
        }
        found
    }

    /// Where it is known that all facts hold and can be derived in the order of their numbers. The witnesses are not
    /// known, and must not be asked for.
    pub(crate) fn of_everything(fact_count: usize) -> Self {
        let witness = IxVec::filled(Slot::some(RuleIx::new(0)), fact_count);
        Self { order: witness.keys().collect(), witness }
    }

    /// Whether `fact` can be derived in this world.
    #[must_use]
    pub fn holds(&self, fact: FactIx) -> bool {
        !self.witness[fact].is_none()
    }

    /// A rule that derives `fact` from facts before it in [`order`](Self::order); none where it does not hold.
    #[must_use]
    pub fn witness(&self, fact: FactIx) -> Option<RuleIx> {
        self.witness[fact].get()
    }

    /// The facts that hold, each after all facts that its witness needs, nearest to the origins first.
    #[must_use]
    pub fn order(&self) -> &[FactIx] {
        &self.order
    }

    /// Whether `rule` of `graph` has all of its body.
    pub(crate) fn has_body(&self, graph: &AndOrGraph, rule: RuleIx) -> bool {
        graph.body(rule).iter().all(|&fact| self.holds(fact))
    }

    /// The witnesses of one proof of `goal` in `graph`, that of `goal` first; none where it does not hold.
    pub(crate) fn proof(&self, graph: &AndOrGraph, goal: FactIx) -> Vec<RuleIx> {
        let mut seen = IxVec::<FactIx, bool>::filled(false, self.witness.len());
        seen[goal] = true;
        let mut rules: Vec<RuleIx> = self.witness(goal).into_iter().collect();
        let mut next = 0;
        while let Some(&rule) = rules.get(next) {
            next += 1;
            for &fact in graph.body(rule) {
                if !std::mem::replace(&mut seen[fact], true) {
                    rules.extend(self.witness(fact));
                }
            }
        }
        rules
    }
}

/// A rule that waits: how many facts of its body are missing, and what it derives. Together, because they are read
/// together and memory is what evaluation waits for.
#[derive(Clone, Copy)]
struct Pending {
    missing: u32,
    head: FactIx,
}

/// All rules with nothing derived yet; a count that is never reached for those that cannot fire.
fn pending_rules(view: View<'_>, failed: &IxSet<LabelIx>) -> IxVec<RuleIx, Pending> {
    let graph = view.graph();
    let any_failed = !failed.is_empty();
    let pending = |rule| {
        let blocked =
            !view.has_rule(rule) || any_failed && graph.rule_labels(rule).iter().any(|&label| failed.contains(label));
        Pending { missing: if blocked { u32::MAX } else { narrow(graph.body(rule).len()) }, head: graph.head(rule) }
    };
    graph.rules().map(pending).collect()
}

/// Whether each place has all of its labels up; nothing where all have.
fn places_up(graph: &AndOrGraph, failed: &IxSet<LabelIx>) -> Option<IxVec<PlaceIx, bool>> {
    let up = |place| !graph.place_labels(place).iter().any(|&label| failed.contains(label));
    (!failed.is_empty()).then(|| graph.places().map(up).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Origin `a`, `a -> b` labeled 1, and `b <-> c`, which also feed each other.
    fn loop_fed_by_one_origin() -> AndOrGraph {
        let mut graph = AndOrGraph::new(2);
        let place = graph.add_place([LabelIx::new(0)]);
        let [a, b, c] = [(); 3].map(|()| graph.add_fact(place));
        graph.add_rule(a, [], []);
        graph.add_rule(b, [c], []);
        graph.add_rule(c, [b], []);
        graph.add_rule(b, [a], [LabelIx::new(1)]);
        graph
    }

    fn failed(labels: &[usize]) -> IxSet<LabelIx> {
        labels.iter().copied().map(LabelIx::new).collect()
    }

    fn facts<const N: usize>(numbers: [usize; N]) -> [FactIx; N] {
        numbers.map(FactIx::new)
    }

    #[test]
    fn facts_that_only_feed_each_other_do_not_hold() {
        let graph = loop_fed_by_one_origin();
        let derivation = Derivation::new(View::whole(&graph));
        let all = derivation.least_fixpoint(&failed(&[]));
        assert_eq!(all.order(), facts([0, 1, 2]));
        assert_eq!(facts([0, 1, 2]).map(|fact| all.witness(fact)), [0, 3, 2].map(|rule| Some(RuleIx::new(rule))));
        assert_eq!(derivation.least_fixpoint(&failed(&[1])).order(), facts([0]));
        assert_eq!(derivation.least_fixpoint(&failed(&[0])).order(), facts([]));
    }

    #[test]
    fn a_rule_left_out_derives_nothing() {
        let graph = loop_fed_by_one_origin();
        let rules: IxSet<RuleIx> = [0, 1, 2].map(RuleIx::new).into_iter().collect();
        let derivation = Derivation::new(View::with_rules(&graph, &rules));
        assert_eq!(derivation.least_fixpoint(&failed(&[])).order(), facts([0]));
    }

    #[test]
    fn a_body_that_names_a_fact_twice_needs_it_once() {
        let mut graph = AndOrGraph::new(0);
        let place = graph.add_place([]);
        let [a, b] = [(); 2].map(|()| graph.add_fact(place));
        graph.add_rule(b, [a, a], []);
        graph.add_rule(a, [], []);
        let found = Derivation::new(View::whole(&graph)).least_fixpoint(&failed(&[]));
        assert_eq!(found.order(), [a, b]);
    }

    #[test]
    fn nothing_holds_in_an_empty_graph() {
        let graph = AndOrGraph::new(0);
        assert!(Derivation::new(View::whole(&graph)).least_fixpoint(&failed(&[])).order().is_empty());
    }
}
