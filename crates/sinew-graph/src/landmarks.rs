//! The labels that each fact cannot do without, all of them at once.
//!
//! D(f) = labels of f's place ∪ ⋂ over rules r of f ( labels of r ∪ ⋃ over b in body(r) D(b) ), over the facts and rules
//! that hold with nothing failed. The bit of label l in the greatest solution is the least fixpoint without l, negated,
//! so the answer is exact with loops. (Complete landmarks of AND/OR graphs: Zhu, Givan 2003; Keyder, Richter, Helmert
//! 2010. Here from above along one proof per fact, in its order, revisiting only what changed.)

use std::collections::VecDeque;

use super::and_or::{FactIx, LabelIx};
use super::fixpoint::{Derivation, Fixpoint};
use super::ix::{IxSet, IxVec, Slot, first, narrow, wide};
use super::rows::Rows;
use super::supplies::{Position, Supplies, Supply};

/// Labels each fact cannot do without: ascending runs in one allocation, in witness order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Landmarks {
    positions: IxVec<FactIx, Slot<Position>>,
    runs: IxVec<Position, Run>,
    items: Vec<LabelIx>,
}

/// Where a set lies among the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    start: u32,
    len: u32,
}

impl Run {
    fn new(start: usize, end: usize) -> Self {
        Self { start: narrow(start), len: narrow(end - start) }
    }

    fn len(self) -> usize {
        wide(self.len)
    }

    #[inline]
    fn range(self) -> std::ops::Range<usize> {
        wide(self.start)..wide(self.start) + wide(self.len)
    }
}

impl Landmarks {
    /// The labels without which `fact` does not hold, ascending.
    pub(crate) fn of(&self, fact: FactIx) -> &[LabelIx] {
        self.positions[fact].get().map_or(&[], |position| &self.items[self.runs[position].range()])
    }

    /// The facts that each label takes down, ascending.
    pub(crate) fn lost(&self, held: &Fixpoint, label_count: usize) -> Rows<LabelIx, FactIx> {
        let mut lost = Rows::group(label_count, || {
            let rows = held.order().iter().zip(self.runs.iter());
            rows.flat_map(|(&fact, run)| self.items[run.range()].iter().map(move |&label| (label, fact)))
        });
        lost.sort_rows();
        lost
    }
}

/// Finds all landmarks; nothing where more than `max_items` labels would have to be kept at a time.
pub(crate) fn find_landmarks(derivation: &Derivation<'_>, held: &Fixpoint, max_items: usize) -> Option<Landmarks> {
    let max_items = max_items.min(wide(u32::MAX) - 1);
    let supplies = Supplies::new(derivation, held);
    let mut solver = Solver::new(&supplies);
    for position in first(supplies.len()) {
        solver.begin(position);
        if solver.items.len() > max_items {
            return None;
        }
    }
    solver.settle(derivation, held);
    let Solver { runs, items, .. } = solver;
    Some(Landmarks { positions: supplies.positions, runs, items })
}

/// Sets that only shrink, from those of the witness proofs down to the greatest solution.
struct Solver<'s> {
    supplies: &'s Supplies,
    runs: IxVec<Position, Run>,
    items: Vec<LabelIx>,
    /// Positions to look at again, each at most once.
    queue: VecDeque<Position>,
    is_queued: IxSet<Position>,
    own: Vec<LabelIx>,
    keep: Vec<bool>,
}

impl<'s> Solver<'s> {
    fn new(supplies: &'s Supplies) -> Self {
        Self {
            supplies,
            runs: Vec::with_capacity(supplies.len()).into(),
            items: Vec::new(),
            queue: VecDeque::new(),
            is_queued: IxSet::with_capacity(supplies.len()),
            own: Vec::new(),
            keep: Vec::new(),
        }
    }

    /// Gives `position` the set of its witness proof, filtered by the other supplies as far as they are known; those
    /// that need later facts wait for the second look.
    fn begin(&mut self, position: Position) {
        let (place, mut supplies) = self.supplies.at(position);
        let witness = supplies.next().expect("a fact that holds has a witness");
        let start = self.items.len();
        self.append_union(place, &witness);
        self.runs.push(Run::new(start, self.items.len()));
        let mut waits = false;
        for supply in supplies {
            if supply.body().all(|needed| needed < position) {
                self.filter(position, place, &supply);
            } else {
                waits = true;
            }
        }
        self.items.truncate(self.runs[position].range().end);
        if waits {
            self.enqueue(position);
        }
    }

    /// Looks again at what waits, and at what depends on a set that shrank, until nothing changes.
    fn settle(&mut self, derivation: &Derivation<'_>, held: &Fixpoint) {
        let graph = derivation.view().graph();
        while let Some(position) = self.queue.pop_front() {
            self.is_queued.remove(position);
            let before = self.runs[position].len;
            let (place, supplies) = self.supplies.at(position);
            for supply in supplies {
                self.filter(position, place, &supply);
            }
            if self.runs[position].len == before {
                continue;
            }
            for &rule in derivation.uses(held.order()[position.at()]) {
                if let Some(head) = self.supplies.positions[graph.head(rule)].get() {
                    self.enqueue(head);
                }
            }
        }
    }

    fn enqueue(&mut self, position: Position) {
        let can_shrink = self.runs[position].len() > self.supplies.place(position).len();
        if can_shrink && self.is_queued.insert(position) {
            self.queue.push_back(position);
        }
    }

    /// Appends the labels of `place` and `supply` and the sets of its body, ascending, each once.
    fn append_union(&mut self, place: &[LabelIx], supply: &Supply<'_>) {
        let start = self.items.len();
        let mut body = supply.body();
        if let (Some(needed), None) = (body.next(), body.next()) {
            self.items.extend_from_within(self.runs[needed].range());
            for label in place.iter().copied().chain(supply.labels()) {
                if let Err(place_in_run) = self.items[start..].binary_search(&label) {
                    self.items.insert(start + place_in_run, label);
                }
            }
        } else {
            self.own.clear();
            self.own.extend_from_slice(place);
            self.own.extend(supply.labels());
            for needed in supply.body() {
                self.own.extend_from_slice(&self.items[self.runs[needed].range()]);
            }
            self.own.sort_unstable();
            self.own.dedup();
            self.items.extend_from_slice(&self.own);
        }
    }

    /// Drops from the set of `position` what is neither of its place nor of `supply` nor needed by its body.
    fn filter(&mut self, position: Position, place: &[LabelIx], supply: &Supply<'_>) {
        let run = self.runs[position];
        if run.len() == place.len() {
            return;
        }
        let set = &self.items[run.range()];
        self.keep.clear();
        self.keep.resize(set.len(), false);
        mark(set, place.iter().copied(), &mut self.keep);
        mark(set, supply.labels(), &mut self.keep);
        for needed in supply.body() {
            mark(set, self.items[self.runs[needed].range()].iter().copied(), &mut self.keep);
        }
        let set = &mut self.items[run.range()];
        let mut kept = 0;
        for (at, &keep) in self.keep.iter().enumerate() {
            set[kept] = set[at];
            kept += usize::from(keep);
        }
        self.runs[position].len = narrow(kept);
    }
}

/// Up to this length comparing with every item, without a branch, is faster than to walk both in step.
const COMPARE_ALL: usize = 16;

/// Sets `keep` of each item of `set` that is among `others`; both ascend.
#[inline]
fn mark(set: &[LabelIx], mut others: impl ExactSizeIterator<Item = LabelIx> + Clone, keep: &mut [bool]) {
    if others.len() <= COMPARE_ALL {
        for (&item, keep) in set.iter().zip(keep) {
            *keep |= others.clone().fold(false, |found, candidate| found | (candidate == item));
        }
        return;
    }
    let mut candidate = others.next();
    for (&item, keep) in set.iter().zip(keep) {
        while candidate.is_some_and(|candidate| candidate < item) {
            candidate = others.next();
        }
        match candidate {
            Some(candidate) => *keep |= candidate == item,
            None => return,
        }
    }
}
