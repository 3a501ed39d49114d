//! What one failure takes down, by delete-and-rederive: time follows what its proofs touch, memory the graph.
//!
//! Facts whose witness proof uses the label are deleted, then those with another proof are put back (Gupta, Mumick,
//! Subrahmanian 1993: Maintaining views incrementally). Kept facts keep a proof that the failure does not touch, so the
//! result is exact.

use super::and_or::Rows;
use super::fixpoint::{Derivation, Fixpoint};

/// Where each label is used, and the rules of each fact: what deletions start from.
#[derive(Clone, Debug)]
pub(crate) struct Rederivation {
    rules_of: Rows,
    labelled_rules: Rows,
    labelled_places: Rows,
    facts_at: Rows,
}

/// Room for one evaluation after the other; clean between them.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    deleted: Vec<bool>,
    touched: Vec<u32>,
    queue: Vec<u32>,
    lost: Vec<u32>,
}

impl Scratch {
    pub(crate) fn new(derivation: &Derivation<'_>) -> Self {
        let deleted = vec![false; derivation.view().graph().fact_place.len()];
        Self { deleted, touched: Vec::new(), queue: Vec::new(), lost: Vec::new() }
    }
}

impl Rederivation {
    pub(crate) fn new(derivation: &Derivation<'_>) -> Self {
        let graph = derivation.view().graph();
        Self {
            rules_of: rules_of(derivation),
            labelled_rules: graph.rule_labels.transpose(graph.label_count),
            labelled_places: graph.place_labels.transpose(graph.label_count),
            facts_at: Rows::group(graph.place_labels.len(), || graph.fact_place.iter().copied().zip(0..)),
        }
    }

    /// The facts of `held` that do not hold once `label` fails, ascending.
    pub(crate) fn lost<'s>(
        &self,
        derivation: &Derivation<'_>,
        held: &Fixpoint,
        label: u32,
        scratch: &'s mut Scratch,
    ) -> &'s [u32] {
        self.delete(derivation, held, label, scratch);
        self.put_back(derivation, held, label, scratch);
        let Scratch { deleted, touched, lost, .. } = &mut *scratch;
        lost.clear();
        lost.extend(touched.iter().copied().filter(|&fact| deleted[fact as usize]));
        lost.sort_unstable();
        for fact in touched.drain(..) {
            deleted[fact as usize] = false;
        }
        lost
    }

    /// Marks all facts whose witness proof uses `label`.
    fn delete(&self, derivation: &Derivation<'_>, held: &Fixpoint, label: u32, scratch: &mut Scratch) {
        let graph = derivation.view().graph();
        let Scratch { deleted, touched, .. } = scratch;
        let mut delete = |fact: u32, touched: &mut Vec<u32>| {
            if held.holds(fact) && !std::mem::replace(&mut deleted[fact as usize], true) {
                touched.push(fact);
            }
        };
        for &place in self.labelled_places.row(label) {
            for &fact in self.facts_at.row(place) {
                delete(fact, touched);
            }
        }
        let mut delete_head = |rule: u32, touched: &mut Vec<u32>| {
            let head = graph.rule_head[rule as usize];
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
    fn put_back(&self, derivation: &Derivation<'_>, held: &Fixpoint, label: u32, scratch: &mut Scratch) {
        let graph = derivation.view().graph();
        let Scratch { deleted, touched, queue, .. } = scratch;
        let fires = |rule: u32, deleted: &[bool]| {
            derivation.view().has_rule(rule)
                && !graph.rule_labels.row(rule).contains(&label)
                && graph.rule_body.row(rule).iter().all(|&fact| held.holds(fact) && !deleted[fact as usize])
        };
        let place_is_up = |fact: u32| !graph.place_labels.row(graph.fact_place[fact as usize]).contains(&label);
        queue.clear();
        for &fact in touched.iter() {
            if place_is_up(fact) && self.rules_of.row(fact).iter().any(|&rule| fires(rule, deleted)) {
                deleted[fact as usize] = false;
                queue.push(fact);
            }
        }
        while let Some(fact) = queue.pop() {
            for &rule in derivation.uses(fact) {
                let head = graph.rule_head[rule as usize];
                if deleted[head as usize] && place_is_up(head) && fires(rule, deleted) {
                    deleted[head as usize] = false;
                    queue.push(head);
                }
            }
        }
    }
}

/// The rules that derive each fact, ascending, whether they take part or not.
pub(crate) fn rules_of(derivation: &Derivation<'_>) -> Rows {
    let graph = derivation.view().graph();
    Rows::group(graph.fact_count(), || graph.rule_head.iter().copied().zip(0..))
}
