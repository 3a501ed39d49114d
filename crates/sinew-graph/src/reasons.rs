//! Why a fact is lost: the shortest chain of reasons from a failed label to it.
//!
//! A fact that held is lost iff its place has failed or each of its *supplies*, the rules that fired before, is lost:
//! by a failed label of its own or by a lost fact of its body. A *chain of reasons* follows lost supplies from a failed
//! label to the fact; the shortest has the fewest steps. There is one for every lost fact: along its old proof each fact
//! was lost by a failed label or by an earlier lost fact. Where a fact had several supplies the chain names the one lost
//! nearest to a failure, says how many there were, and [`Losses::supply_chain`] explains each of the others.

use std::collections::VecDeque;

use fixedbitset::FixedBitSet;

use super::and_or::Rows;
use super::fixpoint::{Derivation, Fixpoint, NONE};
use super::rederive::rules_of;

/// By what a fact or one of its supplies is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The fact's place needs this failed label.
    PlaceFailed {
        /// The lowest such label.
        label: u32,
    },
    /// This supply needs this failed label.
    SupplyFailed {
        /// The supply.
        rule: u32,
        /// The lowest such label.
        label: u32,
    },
    /// This supply needs this lost fact.
    NeedLost {
        /// The supply.
        rule: u32,
        /// The fact of its body that is lost nearest to a failure.
        need: u32,
    },
}

/// One link of a chain of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The fact that is lost.
    pub fact: u32,
    /// By what.
    pub reason: Reason,
    /// How many supplies it had with nothing failed; all are lost.
    pub supplies: u32,
}

/// What a set of failures takes down, and by which road.
#[derive(Clone, Debug)]
pub struct Losses<'d> {
    derivation: &'d Derivation<'d>,
    failed: FixedBitSet,
    before: Fixpoint,
    after: Fixpoint,
    rules_of: Rows,
    /// Steps from each lost fact back to the nearest fact that a failed label hits, or [`NONE`].
    depths: Vec<u32>,
}

impl<'d> Losses<'d> {
    /// Evaluates the failure of all labels in `failed`; linear in the graph.
    #[must_use]
    pub fn new(derivation: &'d Derivation<'d>, failed: &FixedBitSet) -> Self {
        let mut losses = Self {
            derivation,
            failed: failed.clone(),
            before: derivation.least_fixpoint(&FixedBitSet::new()),
            after: derivation.least_fixpoint(failed),
            rules_of: rules_of(derivation),
            depths: Vec::new(),
        };
        losses.find_depths();
        losses
    }

    /// What held with nothing failed.
    #[must_use]
    pub fn before(&self) -> &Fixpoint {
        &self.before
    }

    /// What still holds.
    #[must_use]
    pub fn after(&self) -> &Fixpoint {
        &self.after
    }

    /// Whether `fact` held and does not any more.
    #[must_use]
    pub fn is_lost(&self, fact: u32) -> bool {
        self.before.holds(fact) && !self.after.holds(fact)
    }

    /// All lost facts, ascending.
    #[must_use]
    pub fn facts(&self) -> Vec<u32> {
        (0..self.derivation.view().graph().fact_count()).filter(|&fact| self.is_lost(fact)).collect()
    }

    /// The supplies that `fact` had with nothing failed: the rules that fired, ascending.
    pub fn supplies(&self, fact: u32) -> impl Iterator<Item = u32> {
        let view = self.derivation.view();
        let fired = move |rule| view.has_rule(rule) && self.before.has_body(view.graph(), rule);
        let held = self.before.holds(fact);
        self.rules_of.row(fact).iter().copied().filter(move |&rule| held && fired(rule))
    }

    /// The shortest chain of reasons why `fact` is lost: the step at the failed label first, that of `fact` last. Of
    /// equally short ones the one of the lowest supply, then need. Empty where `fact` is not lost.
    #[must_use]
    pub fn chain(&self, fact: u32) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut next = Some(fact).filter(|&fact| self.is_lost(fact));
        while let Some(fact) = next {
            let reason = self.reason(fact);
            steps.push(Step { fact, reason, supplies: self.supplies(fact).count() as u32 });
            next = match reason {
                Reason::NeedLost { need, .. } => Some(need),
                Reason::PlaceFailed { .. } | Reason::SupplyFailed { .. } => None,
            };
        }
        steps.reverse();
        steps
    }

    /// By what one of the [`supplies`](Self::supplies) of a fact is lost; none where it still fires, or where only the
    /// place of its fact failed.
    #[must_use]
    pub fn supply_reason(&self, rule: u32) -> Option<Reason> {
        let graph = self.derivation.view().graph();
        if let Some(label) = self.lowest_failed(graph.rule_labels.row(rule)) {
            return Some(Reason::SupplyFailed { rule, label });
        }
        let lost = graph.rule_body.row(rule).iter().copied().filter(|&fact| self.is_lost(fact));
        let need = lost.min_by_key(|&fact| (self.depths[fact as usize], fact))?;
        Some(Reason::NeedLost { rule, need })
    }

    /// Why one supply is lost: its own reason, and the shortest chain to the need that it lost (empty where a label of
    /// its own failed).
    #[must_use]
    pub fn supply_chain(&self, rule: u32) -> Option<(Vec<Step>, Reason)> {
        let reason = self.supply_reason(rule)?;
        let chain = match reason {
            Reason::NeedLost { need, .. } => self.chain(need),
            Reason::PlaceFailed { .. } | Reason::SupplyFailed { .. } => Vec::new(),
        };
        Some((chain, reason))
    }

    /// The reason of a lost fact that is nearest to a failed label.
    fn reason(&self, fact: u32) -> Reason {
        if let Some(reason) = self.place_reason(fact) {
            return reason;
        }
        let distance = |reason: &Reason| match *reason {
            Reason::NeedLost { need, .. } => self.depths[need as usize] + 1,
            Reason::PlaceFailed { .. } | Reason::SupplyFailed { .. } => 0,
        };
        let reasons = self.supplies(fact).filter_map(|rule| self.supply_reason(rule));
        reasons.min_by_key(distance).expect("a fact at a place that is up is lost only with its supplies")
    }

    fn place_reason(&self, fact: u32) -> Option<Reason> {
        let graph = self.derivation.view().graph();
        let labels = graph.place_labels.row(graph.fact_place[fact as usize]);
        self.lowest_failed(labels).map(|label| Reason::PlaceFailed { label })
    }

    fn lowest_failed(&self, labels: &[u32]) -> Option<u32> {
        labels.iter().copied().filter(|&label| self.failed.contains(label as usize)).min()
    }

    /// Breadth first from the facts that a failed label hits, along lost supplies.
    fn find_depths(&mut self) {
        let graph = self.derivation.view().graph();
        self.depths = vec![NONE; graph.fact_place.len()];
        let is_hit = |fact: u32| {
            let hit = |rule: u32| self.lowest_failed(graph.rule_labels.row(rule)).is_some();
            self.place_reason(fact).is_some() || self.supplies(fact).any(hit)
        };
        let hits: Vec<u32> = self.facts().into_iter().filter(|&fact| is_hit(fact)).collect();
        for &fact in &hits {
            self.depths[fact as usize] = 0;
        }
        let mut queue = VecDeque::from(hits);
        while let Some(fact) = queue.pop_front() {
            for &rule in self.derivation.uses(fact) {
                let head = graph.rule_head[rule as usize];
                let fired = self.derivation.view().has_rule(rule) && self.before.has_body(graph, rule);
                if fired && self.is_lost(head) && self.depths[head as usize] == NONE {
                    self.depths[head as usize] = self.depths[fact as usize] + 1;
                    queue.push_back(head);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::and_or::AndOrGraph;
    use crate::view::View;

    /// Origin 0 (label 0) feeds 1 by rule 1 (label 1) and 2 by rule 2 (label 2); either feeds 3, and 3 feeds 4.
    fn two_roads() -> AndOrGraph {
        let mut graph = AndOrGraph::new(3);
        let [source, open] = [graph.add_place([0]), graph.add_place([])];
        graph.add_fact(source);
        for _ in 1..5 {
            graph.add_fact(open);
        }
        graph.add_rule(0, [], []);
        graph.add_rule(1, [0], [1]);
        graph.add_rule(2, [0], [2]);
        graph.add_rule(3, [1], []);
        graph.add_rule(3, [2], []);
        graph.add_rule(4, [3], []);
        graph
    }

    fn losses_of<'d>(derivation: &'d Derivation<'d>, failed: &[usize]) -> Losses<'d> {
        Losses::new(derivation, &failed.iter().copied().collect())
    }

    #[test]
    fn the_chain_runs_from_the_failed_label_to_the_fact() {
        let graph = two_roads();
        let derivation = Derivation::new(View::whole(&graph));
        let losses = losses_of(&derivation, &[1, 2]);
        assert_eq!(losses.facts(), [1, 2, 3, 4]);
        assert_eq!(
            losses.chain(4),
            [
                Step { fact: 1, reason: Reason::SupplyFailed { rule: 1, label: 1 }, supplies: 1 },
                Step { fact: 3, reason: Reason::NeedLost { rule: 3, need: 1 }, supplies: 2 },
                Step { fact: 4, reason: Reason::NeedLost { rule: 5, need: 3 }, supplies: 1 },
            ]
        );
        let (chain, reason) = losses.supply_chain(4).expect("the other supply of fact 3 is lost too");
        assert_eq!(reason, Reason::NeedLost { rule: 4, need: 2 });
        assert_eq!(chain, [Step { fact: 2, reason: Reason::SupplyFailed { rule: 2, label: 2 }, supplies: 1 }]);
    }

    #[test]
    fn what_is_not_lost_has_no_chain() {
        let graph = two_roads();
        let derivation = Derivation::new(View::whole(&graph));
        let losses = losses_of(&derivation, &[1]);
        assert_eq!(losses.facts(), [1]);
        assert!(losses.chain(3).is_empty());
        assert_eq!(losses.supply_reason(4), None);
    }

    #[test]
    fn a_failed_place_needs_no_other_reason() {
        let graph = two_roads();
        let derivation = Derivation::new(View::whole(&graph));
        let losses = losses_of(&derivation, &[0]);
        assert_eq!(losses.chain(0), [Step { fact: 0, reason: Reason::PlaceFailed { label: 0 }, supplies: 1 }]);
        assert_eq!(losses.chain(4).len(), 4);
    }

    #[test]
    fn facts_that_feed_each_other_are_lost_by_the_road_that_fed_them() {
        // 0 (label 0) -> 1 <-> 2, and the goal 3 needs 2
        let mut graph = AndOrGraph::new(1);
        let open = graph.add_place([]);
        for _ in 0..4 {
            graph.add_fact(open);
        }
        graph.add_rule(0, [], [0]);
        graph.add_rule(1, [2], []);
        graph.add_rule(1, [0], []);
        graph.add_rule(2, [1], []);
        graph.add_rule(3, [2], []);
        let derivation = Derivation::new(View::whole(&graph));
        let chain = losses_of(&derivation, &[0]).chain(3);
        assert_eq!(chain.iter().map(|step| step.fact).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(chain[1].reason, Reason::NeedLost { rule: 2, need: 0 });
    }
}
