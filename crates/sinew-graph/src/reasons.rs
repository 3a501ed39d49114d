//! Why a fact is lost: the shortest chain of reasons from a failed label to it.
//!
//! A fact that held is lost iff its place has failed or each of its *supplies*, the rules that fired before, is lost:
//! by a failed label of its own or by a lost fact of its body. A *chain of reasons* follows lost supplies from a failed
//! label to the fact; the shortest has the fewest steps. There is one for every lost fact: along its old proof each fact
//! was lost by a failed label or by an earlier lost fact. Where a fact had several supplies the chain names the one lost
//! nearest to a failure, says how many there were, and [`Losses::supply_chain`] explains each of the others.

use std::collections::VecDeque;

use super::and_or::{FactIx, LabelIx, RuleIx};
use super::fixpoint::{Derivation, Fixpoint};
use super::ix::{IxSet, IxVec};
use super::rows::Rows;

/// By what a fact or one of its supplies is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The fact's place needs this failed label.
    PlaceFailed {
        /// The lowest such label.
        label: LabelIx,
    },
    /// This supply needs this failed label.
    SupplyFailed {
        /// The supply that is lost.
        rule: RuleIx,
        /// The lowest such label.
        label: LabelIx,
    },
    /// This supply needs this lost fact.
    NeedLost {
        /// The supply that is lost.
        rule: RuleIx,
        /// The fact of its body that is lost nearest to a failure.
        need: FactIx,
    },
}

/// One link of a chain of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The fact that is lost.
    pub fact: FactIx,
    /// What took it down.
    pub reason: Reason,
    /// How many supplies it had with nothing failed; all are lost.
    pub supplies: usize,
}

/// What a set of failures takes down, and by which road.
#[derive(Clone, Debug)]
pub struct Losses<'d> {
    derivation: &'d Derivation<'d>,
    failed: IxSet<LabelIx>,
    before: Fixpoint,
    after: Fixpoint,
    rules_of: Rows<FactIx, RuleIx>,
    /// Steps from each lost fact back to the nearest fact that a failed label hits, or `None`.
    depths: IxVec<FactIx, Option<u32>>,
}

impl<'d> Losses<'d> {
    /// Evaluates the failure of all labels in `failed`; linear in the graph.
    #[must_use]
    pub fn new(derivation: &'d Derivation<'d>, failed: &IxSet<LabelIx>) -> Self {
        let mut losses = Self {
            derivation,
            failed: failed.clone(),
            before: derivation.least_fixpoint(&IxSet::new()),
            after: derivation.least_fixpoint(failed),
            rules_of: derivation.view().graph().rules_by_head(),
            depths: IxVec::default(),
        };
        losses.find_depths();
        losses
    }

    /// What held with nothing failed.
    #[must_use]
    pub fn before(&self) -> &Fixpoint {
        &self.before
    }

    /// What still holds with the labels failed.
    #[must_use]
    pub fn after(&self) -> &Fixpoint {
        &self.after
    }

    /// Whether `fact` held and does not any more.
    #[must_use]
    pub fn is_lost(&self, fact: FactIx) -> bool {
        self.before.holds(fact) && !self.after.holds(fact)
    }

    /// All lost facts, ascending.
    #[must_use]
    pub fn facts(&self) -> Vec<FactIx> {
        self.derivation.view().graph().facts().filter(|&fact| self.is_lost(fact)).collect()
    }

    /// The supplies that `fact` had with nothing failed: the rules that fired, ascending.
    pub fn supplies(&self, fact: FactIx) -> impl Iterator<Item = RuleIx> {
        let view = self.derivation.view();
        let fired = move |rule| view.has_rule(rule) && self.before.has_body(view.graph(), rule);
        let held = self.before.holds(fact);
        self.rules_of.row(fact).iter().copied().filter(move |&rule| held && fired(rule))
    }

    /// The shortest chain of reasons why `fact` is lost: the step at the failed label first, that of `fact` last. Of
    /// equally short ones the one of the lowest supply, then need. Empty where `fact` is not lost.
    #[must_use]
    pub fn chain(&self, fact: FactIx) -> Vec<Step> {
        let mut steps = self.chain_to_seen(fact, &mut IxSet::new());
        steps.reverse();
        steps
    }

    /// The same chain, its last step first, as far as the first fact that is in `seen`; its own facts are put there. For
    /// many facts at once: what their chains share is walked once.
    pub fn chain_to_seen(&self, fact: FactIx, seen: &mut IxSet<FactIx>) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut next = Some(fact).filter(|&fact| self.is_lost(fact));
        while let Some(fact) = next.filter(|&fact| seen.insert(fact)) {
            let reason = self.reason(fact);
            steps.push(Step { fact, reason, supplies: self.supplies(fact).count() });
            next = match reason {
                Reason::NeedLost { need, .. } => Some(need),
                Reason::PlaceFailed { .. } | Reason::SupplyFailed { .. } => None,
            };
        }
        steps
    }

    /// By what one of the [`supplies`](Self::supplies) of a fact is lost; none where it still fires, or where only the
    /// place of its fact failed.
    #[must_use]
    pub fn supply_reason(&self, rule: RuleIx) -> Option<Reason> {
        let graph = self.derivation.view().graph();
        if let Some(label) = self.lowest_failed(graph.rule_labels(rule)) {
            return Some(Reason::SupplyFailed { rule, label });
        }
        let lost = graph.body(rule).iter().copied().filter(|&fact| self.is_lost(fact));
        let need = lost.min_by_key(|&fact| (self.depths[fact], fact))?;
        Some(Reason::NeedLost { rule, need })
    }

    /// Why one supply is lost: its own reason, and the shortest chain to the need that it lost (empty where a label of
    /// its own failed).
    #[must_use]
    pub fn supply_chain(&self, rule: RuleIx) -> Option<(Vec<Step>, Reason)> {
        let reason = self.supply_reason(rule)?;
        let chain = match reason {
            Reason::NeedLost { need, .. } => self.chain(need),
            Reason::PlaceFailed { .. } | Reason::SupplyFailed { .. } => Vec::new(),
        };
        Some((chain, reason))
    }

    /// The reason of a lost fact that is nearest to a failed label.
    fn reason(&self, fact: FactIx) -> Reason {
        if let Some(reason) = self.place_reason(fact) {
            return reason;
        }
        let distance = |reason: &Reason| match *reason {
            Reason::NeedLost { need, .. } => self.depths[need],
            Reason::PlaceFailed { .. } | Reason::SupplyFailed { .. } => None,
        };
        let reasons = self.supplies(fact).filter_map(|rule| self.supply_reason(rule));
        reasons.min_by_key(distance).expect("a fact at a place that is up is lost only with its supplies")
    }

    fn place_reason(&self, fact: FactIx) -> Option<Reason> {
        let graph = self.derivation.view().graph();
        let labels = graph.place_labels(graph.place(fact));
        self.lowest_failed(labels).map(|label| Reason::PlaceFailed { label })
    }

    fn lowest_failed(&self, labels: &[LabelIx]) -> Option<LabelIx> {
        labels.iter().copied().filter(|&label| self.failed.contains(label)).min()
    }

    /// Breadth first from the facts that a failed label hits, along lost supplies.
    fn find_depths(&mut self) {
        let graph = self.derivation.view().graph();
        self.depths = IxVec::filled(None, graph.fact_count());
        let is_hit = |fact: FactIx| {
            let hit = |rule: RuleIx| self.lowest_failed(graph.rule_labels(rule)).is_some();
            self.place_reason(fact).is_some() || self.supplies(fact).any(hit)
        };
        let hits: Vec<FactIx> = self.facts().into_iter().filter(|&fact| is_hit(fact)).collect();
        for &fact in &hits {
            self.depths[fact] = Some(0);
        }
        let mut queue = VecDeque::from(hits);
        while let Some(fact) = queue.pop_front() {
            for &rule in self.derivation.uses(fact) {
                let head = graph.head(rule);
                let fired = self.derivation.view().has_rule(rule) && self.before.has_body(graph, rule);
                if fired && self.is_lost(head) && self.depths[head].is_none() {
                    self.depths[head] = self.depths[fact].map(|depth| depth + 1);
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

    /// A graph of `facts` facts at one place without labels, the first of them at a place of its own where `at_label`.
    /// Rules are head, body, labels.
    fn graph(facts: usize, at_label: Option<usize>, rules: &[(usize, &[usize], &[usize])]) -> AndOrGraph {
        let mut graph = AndOrGraph::new(3);
        let [first, open] = [graph.add_place(at_label.map(LabelIx::new)), graph.add_place([])];
        for number in 0..facts {
            graph.add_fact(if number == 0 { first } else { open });
        }
        for &(head, body, labels) in rules {
            let body = body.iter().copied().map(FactIx::new);
            graph.add_rule(FactIx::new(head), body, labels.iter().copied().map(LabelIx::new));
        }
        graph
    }

    /// Origin 0 (label 0) feeds 1 by rule 1 (label 1) and 2 by rule 2 (label 2); either feeds 3, and 3 feeds 4.
    fn two_roads() -> AndOrGraph {
        let rules: [(usize, &[usize], &[usize]); 6] =
            [(0, &[], &[]), (1, &[0], &[1]), (2, &[0], &[2]), (3, &[1], &[]), (3, &[2], &[]), (4, &[3], &[])];
        graph(5, Some(0), &rules)
    }

    fn losses_of<'d>(derivation: &'d Derivation<'d>, failed: &[usize]) -> Losses<'d> {
        Losses::new(derivation, &failed.iter().copied().map(LabelIx::new).collect())
    }

    fn facts<const N: usize>(numbers: [usize; N]) -> [FactIx; N] {
        numbers.map(FactIx::new)
    }

    fn place_failed(label: usize) -> Reason {
        Reason::PlaceFailed { label: LabelIx::new(label) }
    }

    fn supply_failed(rule: usize, label: usize) -> Reason {
        Reason::SupplyFailed { rule: RuleIx::new(rule), label: LabelIx::new(label) }
    }

    fn need_lost(rule: usize, need: usize) -> Reason {
        Reason::NeedLost { rule: RuleIx::new(rule), need: FactIx::new(need) }
    }

    fn step(fact: usize, reason: Reason, supplies: usize) -> Step {
        Step { fact: FactIx::new(fact), reason, supplies }
    }

    #[test]
    fn the_chain_runs_from_the_failed_label_to_the_fact() {
        let graph = two_roads();
        let derivation = Derivation::new(View::whole(&graph));
        let losses = losses_of(&derivation, &[1, 2]);
        assert_eq!(losses.facts(), facts([1, 2, 3, 4]));
        assert_eq!(
            losses.chain(FactIx::new(4)),
            [step(1, supply_failed(1, 1), 1), step(3, need_lost(3, 1), 2), step(4, need_lost(5, 3), 1)]
        );
        let (chain, reason) = losses.supply_chain(RuleIx::new(4)).expect("the other supply of fact 3 is lost too");
        assert_eq!(reason, need_lost(4, 2));
        assert_eq!(chain, [step(2, supply_failed(2, 2), 1)]);
    }

    #[test]
    fn what_is_not_lost_has_no_chain() {
        let graph = two_roads();
        let derivation = Derivation::new(View::whole(&graph));
        let losses = losses_of(&derivation, &[1]);
        assert_eq!(losses.facts(), facts([1]));
        assert!(losses.chain(FactIx::new(3)).is_empty());
        assert_eq!(losses.supply_reason(RuleIx::new(4)), None);
    }

    #[test]
    fn a_failed_place_needs_no_other_reason() {
        let graph = two_roads();
        let derivation = Derivation::new(View::whole(&graph));
        let losses = losses_of(&derivation, &[0]);
        assert_eq!(losses.chain(FactIx::new(0)), [step(0, place_failed(0), 1)]);
        assert_eq!(losses.chain(FactIx::new(4)).len(), 4);
    }

    #[test]
    fn facts_that_feed_each_other_are_lost_by_the_road_that_fed_them() {
        // 0 (label 0) -> 1 <-> 2, and the goal 3 needs 2
        let rules: [(usize, &[usize], &[usize]); 5] =
            [(0, &[], &[0]), (1, &[2], &[]), (1, &[0], &[]), (2, &[1], &[]), (3, &[2], &[])];
        let graph = graph(4, None, &rules);
        let derivation = Derivation::new(View::whole(&graph));
        let chain = losses_of(&derivation, &[0]).chain(FactIx::new(3));
        assert_eq!(chain.iter().map(|step| step.fact).collect::<Vec<_>>(), facts([0, 1, 2, 3]));
        assert_eq!(chain[1].reason, need_lost(2, 0));
    }
}
