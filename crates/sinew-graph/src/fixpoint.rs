//! What holds: the least fixpoint of an AND/OR graph, with one proof of each fact.
//!
//! Forward chaining with one counter per rule, linear in the size of the graph (Dowling, Gallier 1984: Linear-time
//! algorithms for testing the satisfiability of propositional Horn formulae).

use fixedbitset::FixedBitSet;

use super::and_or::{AndOrGraph, Rows};
use super::view::View;

/// Stands for "no rule" and "no position".
pub(crate) const NONE: u32 = u32::MAX;

/// A view made ready for repeated evaluation: knows which rules use each fact.
#[derive(Clone, Debug)]
pub struct Derivation<'g> {
    view: View<'g>,
    uses: Rows,
}

/// The facts that hold, each with the rule that derived it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixpoint {
    order: Vec<u32>,
    witness: Vec<u32>,
}

impl Fixpoint {
    /// Whether `fact` holds.
    #[must_use]
    pub fn holds(&self, fact: u32) -> bool {
        self.witness[fact as usize] != NONE
    }

    /// A rule that derives `fact` from facts before it in [`order`](Self::order); none where it does not hold.
    #[must_use]
    pub fn witness(&self, fact: u32) -> Option<u32> {
        Some(self.witness[fact as usize]).filter(|&rule| rule != NONE)
    }

    /// The facts that hold, each after all facts that its witness needs, nearest to the origins first.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Whether `rule` of `graph` has all of its body.
    pub(crate) fn has_body(&self, graph: &AndOrGraph, rule: u32) -> bool {
        graph.rule_body.row(rule).iter().all(|&fact| self.holds(fact))
    }
}

impl<'g> Derivation<'g> {
    /// Indexes `view`; linear in its graph.
    #[must_use]
    pub fn new(view: View<'g>) -> Self {
        Self { view, uses: view.graph().rule_body.transpose(view.graph().fact_count()) }
    }

    /// The view that is evaluated.
    #[must_use]
    pub fn view(&self) -> View<'g> {
        self.view
    }

    /// The rules that have `fact` in their body, ascending, whether they take part or not.
    #[must_use]
    pub fn uses(&self, fact: u32) -> &[u32] {
        self.uses.row(fact)
    }

    /// What holds while the labels in `failed` are down; numbers beyond its length are up.
    #[must_use]
    pub fn least_fixpoint(&self, failed: &FixedBitSet) -> Fixpoint {
        let graph = self.view.graph();
        let place_is_up = places_up(graph, failed);
        let is_up =
            |fact: u32| place_is_up.as_ref().is_none_or(|is_up| is_up[graph.fact_place[fact as usize] as usize]);
        let mut pending = self.pending_rules(failed);
        let mut found = Fixpoint { order: Vec::new(), witness: vec![NONE; graph.fact_place.len()] };
        let derive = |rule: u32, head: u32, found: &mut Fixpoint| {
            let witness = &mut found.witness[head as usize];
            if *witness == NONE && is_up(head) {
                *witness = rule;
                found.order.push(head);
            }
        };
        for (rule, pending) in (0..).zip(&pending) {
            if pending.missing == 0 {
                derive(rule, pending.head, &mut found);
            }
        }
        let mut next = 0;
        while let Some(&fact) = found.order.get(next) {
            next += 1;
            for &rule in self.uses.row(fact) {
                let pending = &mut pending[rule as usize];
                pending.missing -= 1;
                if pending.missing == 0 {
                    derive(rule, pending.head, &mut found);
                }
            }
        }
        found
    }

    /// All rules with nothing derived yet; a count that is never reached for those that cannot fire.
    fn pending_rules(&self, failed: &FixedBitSet) -> Vec<Pending> {
        let graph = self.view.graph();
        let any_failed = !failed.is_clear();
        (0..)
            .zip(&graph.rule_head)
            .map(|(rule, &head)| {
                let blocked = !self.view.has_rule(rule)
                    || any_failed && graph.rule_labels.row(rule).iter().any(|&label| failed.contains(label as usize));
                Pending { missing: if blocked { u32::MAX } else { graph.rule_body.row(rule).len() as u32 }, head }
            })
            .collect()
    }
}

/// A rule that waits: how many facts of its body are missing, and what it derives. Together, because they are read
/// together and memory is what evaluation waits for.
#[derive(Clone, Copy)]
struct Pending {
    missing: u32,
    head: u32,
}

/// Whether each place has all of its labels up; nothing where all have.
fn places_up(graph: &AndOrGraph, failed: &FixedBitSet) -> Option<Vec<bool>> {
    let up = |place| !graph.place_labels.row(place).iter().any(|&label| failed.contains(label as usize));
    (!failed.is_clear()).then(|| (0..graph.place_labels.len()).map(up).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Origin `a`, `a -> b` labelled 1, and `b <-> c`, which also feed each other.
    fn loop_fed_by_one_origin() -> AndOrGraph {
        let mut graph = AndOrGraph::new(2);
        let place = graph.add_place([0]);
        let [a, b, c] = [(); 3].map(|()| graph.add_fact(place));
        graph.add_rule(a, [], []);
        graph.add_rule(b, [c], []);
        graph.add_rule(c, [b], []);
        graph.add_rule(b, [a], [1]);
        graph
    }

    fn failed(labels: &[usize]) -> FixedBitSet {
        labels.iter().copied().collect()
    }

    #[test]
    fn facts_that_only_feed_each_other_do_not_hold() {
        let graph = loop_fed_by_one_origin();
        let derivation = Derivation::new(View::whole(&graph));
        let all = derivation.least_fixpoint(&failed(&[]));
        assert_eq!(all.order(), [0, 1, 2]);
        assert_eq!([0, 1, 2].map(|fact| all.witness(fact)), [Some(0), Some(3), Some(2)]);
        assert_eq!(derivation.least_fixpoint(&failed(&[1])).order(), [0]);
        assert_eq!(derivation.least_fixpoint(&failed(&[0])).order(), [] as [u32; 0]);
    }

    #[test]
    fn a_rule_left_out_derives_nothing() {
        let graph = loop_fed_by_one_origin();
        let rules: FixedBitSet = [0, 1, 2].into_iter().collect();
        let derivation = Derivation::new(View::with_rules(&graph, &rules));
        assert_eq!(derivation.least_fixpoint(&failed(&[])).order(), [0]);
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
