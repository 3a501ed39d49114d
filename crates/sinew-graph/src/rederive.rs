//! What one failure takes down, by delete-and-rederive: time follows what its proofs touch, memory the graph.
//!
//! Facts whose witness proof uses the label are deleted, then those with another proof are put back (Gupta, Mumick,
//! Subrahmanian 1993: Maintaining views incrementally). Kept facts keep a proof that the failure does not touch, so the
//! result is exact.

use super::and_or::{FactIx, LabelIx, PlaceIx, RuleIx};
use super::fixpoint::{Derivation, Fixpoint};
use super::ix::IxVec;
use super::rows::Rows;

/// Where each label is used, and the rules of each fact: what deletions start from.
#[derive(Clone, Debug)]
pub(crate) struct Rederivation {
    rules_of: Rows<FactIx, RuleIx>,
    labelled_rules: Rows<LabelIx, RuleIx>,
    labelled_places: Rows<LabelIx, PlaceIx>,
    facts_at: Rows<PlaceIx, FactIx>,
}

/// Room for one evaluation after the other; clean between them.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    deleted: IxVec<FactIx, bool>,
    touched: Vec<FactIx>,
    queue: Vec<FactIx>,
    lost: Vec<FactIx>,
}

impl Scratch {
    pub(crate) fn new(derivation: &Derivation<'_>) -> Self {
        let deleted = IxVec::filled(false, derivation.view().graph().fact_count());
        Self { deleted, touched: Vec::new(), queue: Vec::new(), lost: Vec::new() }
    }
}

impl Rederivation {
    pub(crate) fn new(derivation: &Derivation<'_>) -> Self {
        let graph = derivation.view().graph();
        Self {
            rules_of: graph.rules_by_head(),
            labelled_rules: graph.rules_by_label(),
            labelled_places: graph.places_by_label(),
            facts_at: graph.facts_by_place(),
        }
    }

    /// The facts of `held` that do not hold once `label` fails, ascending.
    pub(crate) fn lost<'s>(
        &self,
        derivation: &Derivation<'_>,
        held: &Fixpoint,
        label: LabelIx,
        scratch: &'s mut Scratch,
    ) -> &'s [FactIx] {
        self.delete(derivation, held, label, scratch);
        self.put_back(derivation, held, label, scratch);
        let Scratch { deleted, touched, lost, .. } = &mut *scratch;
        lost.clear();
        lost.extend(touched.iter().copied().filter(|&fact| deleted[fact]));
        lost.sort_unstable();
        for fact in touched.drain(..) {
            deleted[fact] = false;
        }
        lost
    }

    /// Marks all facts whose witness proof uses `label`.
    fn delete(&self, derivation: &Derivation<'_>, held: &Fixpoint, label: LabelIx, scratch: &mut Scratch) {
        let graph = derivation.view().graph();
        let Scratch { deleted, touched, .. } = scratch;
        let mut delete = |fact: FactIx, touched: &mut Vec<FactIx>| {
            if held.holds(fact) && !std::mem::replace(&mut deleted[fact], true) {
                touched.push(fact);
            }
        };
        for &place in self.labelled_places.row(label) {
            for &fact in self.facts_at.row(place) {
                delete(fact, touched);
            }
        }
        let mut delete_head = |rule: RuleIx, touched: &mut Vec<FactIx>| {
            let head = graph.head(rule);
            if held.witness(head) == Some(rule) {
                delete(head, touched);
            }
        };
        for &rule in self.labelled_rules.row(label) {
            delete_head(rule, touched);
        }
        let mut next = 0;
        while let Some(&fact) = touched.get(next) {
            next += 1;
            for &rule in derivation.uses(fact) {
                delete_head(rule, touched);
            }
        }
    }

    /// Unmarks those that another proof still derives.
    fn put_back(&self, derivation: &Derivation<'_>, held: &Fixpoint, label: LabelIx, scratch: &mut Scratch) {
        let graph = derivation.view().graph();
        let Scratch { deleted, touched, queue, .. } = scratch;
        let fires = |rule: RuleIx, deleted: &IxVec<FactIx, bool>| {
            derivation.view().has_rule(rule)
                && !graph.rule_labels(rule).contains(&label)
                && graph.body(rule).iter().all(|&fact| held.holds(fact) && !deleted[fact])
        };
        let place_is_up = |fact: FactIx| !graph.place_labels(graph.place(fact)).contains(&label);
        queue.clear();
        for &fact in touched.iter() {
            if place_is_up(fact) && self.rules_of.row(fact).iter().any(|&rule| fires(rule, deleted)) {
                deleted[fact] = false;
                queue.push(fact);
            }
        }
        while let Some(fact) = queue.pop() {
            for &rule in derivation.uses(fact) {
                let head = graph.head(rule);
                if deleted[head] && place_is_up(head) && fires(rule, deleted) {
                    deleted[head] = false;
                    queue.push(head);
                }
            }
        }
    }
}
