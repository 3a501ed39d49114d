//! Many worlds at once: one lane of a wide word per world, one evaluation of each rule for all of them.

use super::and_or::{FactIx, LabelIx};
use super::ix::IxVec;
use super::region::Region;
use super::rows::Rows;

/// A region prepared for evaluation in blocks of `64 * W` worlds.
pub(super) struct Lanes<'r, const W: usize> {
    region: &'r Region,
    /// The facts to evaluate again when a fact changes.
    dependents: Rows<FactIx, FactIx>,
    /// In which lanes each label has failed.
    failed: IxVec<LabelIx, [u64; W]>,
    /// In which lanes each fact holds.
    holds: IxVec<FactIx, [u64; W]>,
    dirty: IxVec<FactIx, bool>,
    /// How many rules have been evaluated so far, each for a block.
    pub(super) rule_visits: u64,
}

impl<'r, const W: usize> Lanes<'r, W> {
    /// How many worlds one block tests.
    pub(super) const WORLDS: usize = 64 * W;

    pub(super) fn new(region: &'r Region) -> Self {
        let graph = &region.graph;
        let dependents = Rows::group(graph.fact_count(), || {
            graph.rules().flat_map(|rule| graph.body(rule).iter().map(move |&fact| (fact, graph.head(rule))))
        });
        Self {
            region,
            dependents,
            failed: IxVec::filled([0; W], graph.label_count()),
            holds: IxVec::filled([0; W], graph.fact_count()),
            dirty: IxVec::filled(true, graph.fact_count()),
            rule_visits: 0,
        }
    }

    /// Tests up to [`Self::WORLDS`] worlds, each the labels that have failed; the bits of those in which the goal
    /// holds.
    ///
    /// Evaluates upwards from nothing until nothing changes: the least fixpoint of every lane. Facts come in an order
    /// in which they can be derived, so a sweep settles all but what was derived by a detour.
    pub(super) fn evaluate<'w>(&mut self, worlds: impl Iterator<Item = &'w [LabelIx]> + Clone) -> [u64; W] {
        for (lane, world) in worlds.clone().enumerate() {
            for &label in world {
                self.failed[label][lane / 64] |= 1 << (lane % 64);
            }
        }
        self.holds.fill([0; W]);
        self.dirty.fill(true);
        let mut first = 0;
        while first < self.holds.len() {
            let start = first;
            first = self.holds.len();
            for fact in (start..self.holds.len()).map(FactIx::new) {
                if std::mem::replace(&mut self.dirty[fact], false) {
                    let back = self.settle(fact);
                    first = first.min(back);
                }
            }
        }
        for world in worlds {
            for &label in world {
                self.failed[label] = [0; W];
            }
        }
        self.holds[self.region.goal]
    }

    /// Evaluates one fact; the place of the first fact at or before it that has to be evaluated again, else the number
    /// of facts.
    fn settle(&mut self, fact: FactIx) -> usize {
        let value = self.value(fact);
        let mut back = self.holds.len();
        if value != self.holds[fact] {
            self.holds[fact] = value;
            for &dependent in self.dependents.row(fact) {
                self.dirty[dependent] = true;
                if dependent <= fact {
                    back = back.min(dependent.at());
                }
            }
        }
        back
    }

    fn value(&mut self, fact: FactIx) -> [u64; W] {
        let graph = &self.region.graph;
        let mut place = [u64::MAX; W];
        for &label in graph.place_labels(graph.place(fact)) {
            clear(&mut place, &self.failed[label]);
        }
        let mut any = [0; W];
        for &rule in self.region.index.rules_of.row(fact) {
            self.rule_visits += 1;
            let mut all = place;
            for &label in graph.rule_labels(rule) {
                clear(&mut all, &self.failed[label]);
            }
            for &body in graph.body(rule) {
                for (all, holds) in all.iter_mut().zip(&self.holds[body]) {
                    *all &= holds;
                }
            }
            for (any, all) in any.iter_mut().zip(all) {
                *any |= all;
            }
            if any == place {
                break;
            }
        }
        any
    }
}

fn clear<const W: usize>(lanes: &mut [u64; W], failed: &[u64; W]) {
    for (lane, failed) in lanes.iter_mut().zip(failed) {
        *lane &= !failed;
    }
}
