//! The labels that each fact cannot do without, all of them at once.
//!
//! D(f) = labels of f's place ∪ ⋂ over rules r of f ( labels of r ∪ ⋃ over b in body(r) D(b) ), over the facts and rules
//! that hold with nothing failed. The bit of label l in the greatest solution is the least fixpoint without l, negated,
//! so the answer is exact with loops. (Complete landmarks of AND/OR graphs: Zhu, Givan 2003; Keyder, Richter, Helmert
//! 2010. Here from above along one proof per fact, in its order, revisiting only what changed.)

use std::collections::VecDeque;

use fixedbitset::FixedBitSet;

use super::and_or::Rows;
use super::fixpoint::{Derivation, Fixpoint, NONE};

/// Labels each fact cannot do without: ascending runs in one allocation, in witness order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Landmarks {
    /// Position of each fact, or [`NONE`].
    positions: Vec<u32>,
    /// By position.
    runs: Vec<Run>,
    items: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    start: u32,
    len: u32,
}

impl Run {
    fn of<'a>(&self, items: &'a [u32]) -> &'a [u32] {
        &items[self.start as usize..][..self.len as usize]
    }
}

impl Landmarks {
    /// The labels without which `fact` does not hold, ascending.
    pub(crate) fn of(&self, fact: u32) -> &[u32] {
        match self.positions[index(fact)] {
            NONE => &[],
            position => self.runs[index(position)].of(&self.items),
        }
    }

    /// The facts that each label takes down, ascending.
    pub(crate) fn lost(&self, held: &Fixpoint, label_count: u32) -> Rows {
        let mut lost = Rows::group(label_count, || {
            let rows = held.order().iter().zip(&self.runs);
            rows.flat_map(|(&fact, run)| run.of(&self.items).iter().map(move |&label| (label, fact)))
        });
        lost.sort_rows();
        lost
    }
}

/// Finds all landmarks; nothing where more than `max_items` labels would have to be kept at a time.
pub(crate) fn find_landmarks(derivation: &Derivation<'_>, held: &Fixpoint, max_items: usize) -> Option<Landmarks> {
    let max_items = max_items.min(NONE as usize);
    let supplies = Supplies::new(derivation, held);
    let mut solver = Solver::new(&supplies);
    for position in 0..supplies.len() {
        solver.begin(position);
        if solver.items.len() > max_items {
            return None;
        }
    }
    solver.settle(derivation, held);
    let Solver { runs, items, .. } = solver;
    Some(Landmarks { positions: supplies.positions, runs, items })
}

/// The rules that fire with nothing failed, in witness order of their heads and the witness first, as one stream of
/// words, so that a pass reads memory in order. Bodies are positions in witness order, labels ascend.
struct Supplies {
    /// Position of each fact in witness order, or [`NONE`].
    positions: Vec<u32>,
    /// Labels of each place, ascending.
    places: Rows,
    /// Where the words of each position begin: its place, then its rules as body length, label count, body, labels.
    starts: Vec<u32>,
    words: Vec<u32>,
}

struct Supply<'a> {
    body: &'a [u32],
    labels: &'a [u32],
}

/// Splits the first supply off `words`.
fn next_supply<'a>(words: &mut &'a [u32]) -> Option<Supply<'a>> {
    let [body, labels, rest @ ..] = *words else { return None };
    let (body, rest) = rest.split_at(*body as usize);
    let (labels, rest) = rest.split_at(*labels as usize);
    *words = rest;
    Some(Supply { body, labels })
}

impl Supplies {
    fn new(derivation: &Derivation<'_>, held: &Fixpoint) -> Self {
        let graph = derivation.view().graph();
        let mut positions = vec![NONE; graph.fact_place.len()];
        for (position, &fact) in (0..).zip(held.order()) {
            positions[fact as usize] = position;
        }
        let mut is_witness = FixedBitSet::with_capacity(index(graph.rule_count()));
        is_witness.extend(held.order().iter().filter_map(|&fact| held.witness(fact)).map(index));
        // where the rule that fires goes; a rule that needs its own head adds no proof
        let position_of = |rule: u32| {
            let head = graph.rule_head[index(rule)];
            let body = graph.rule_body.row(rule);
            let fires = body.iter().all(|&needed| needed != head && positions[index(needed)] != NONE);
            let position = positions[index(head)];
            if fires && derivation.view().has_rule(rule) { position } else { NONE }
        };
        let homes: Vec<u32> = (0..graph.rule_count()).map(position_of).collect();
        // both passes read the rules in their own order and scatter them, which costs far less than to gather them
        let (mut starts, mut next) = (vec![0u32; held.order().len() + 1], vec![0u32; held.order().len()]);
        for (rule, position) in
            (0..).zip(&homes).filter(|&(_, &home)| home != NONE).map(|(rule, &home)| (rule, index(home)))
        {
            let size = (2 + graph.rule_body.row(rule).len() + graph.rule_labels.row(rule).len()) as u32;
            starts[position] += size;
            if is_witness.contains(index(rule)) {
                next[position] = size;
            }
        }
        let mut end = 0u32;
        for (start, next) in starts.iter_mut().zip(next.iter_mut().chain([&mut 0])) {
            let size = std::mem::replace(start, end);
            *next += end + 1;
            end = end.checked_add(size + 1).expect("fewer than 2^32 words of rules");
        }
        let mut words = vec![0u32; index(starts[held.order().len()])];
        for (&start, &fact) in starts.iter().zip(held.order()) {
            words[index(start)] = graph.fact_place[index(fact)];
        }
        for (rule, position) in
            (0..).zip(&homes).filter(|&(_, &home)| home != NONE).map(|(rule, &home)| (rule, index(home)))
        {
            let (body, labels) = (graph.rule_body.row(rule), graph.rule_labels.row(rule));
            let size = 2 + body.len() + labels.len();
            let start = if is_witness.contains(index(rule)) {
                index(starts[position]) + 1
            } else {
                let start = next[position];
                next[position] += size as u32;
                index(start)
            };
            let supply = &mut words[start..][..size];
            supply[0] = body.len() as u32;
            supply[1] = labels.len() as u32;
            for (word, &needed) in supply[2..].iter_mut().zip(body) {
                *word = positions[index(needed)];
            }
            let sorted = &mut supply[2 + body.len()..];
            sorted.copy_from_slice(labels);
            sorted.sort_unstable();
        }
        Self { positions, places: sorted_rows(&graph.place_labels), starts, words }
    }

    fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// The labels of the place at `position`, and the words of its supplies.
    fn at(&self, position: u32) -> (&[u32], &[u32]) {
        let words = &self.words[self.starts[position as usize] as usize..self.starts[position as usize + 1] as usize];
        (self.places.row(words[0]), &words[1..])
    }
}

/// Each row ascending, without repetition.
fn sorted_rows(rows: &Rows) -> Rows {
    let mut sorted = Rows::default();
    let mut items = Vec::new();
    for row in 0..rows.len() {
        items.clear();
        items.extend_from_slice(rows.row(row));
        items.sort_unstable();
        items.dedup();
        sorted.push(items.iter().copied());
    }
    sorted
}

/// A number as an index.
fn index(number: u32) -> usize {
    number as usize
}

/// Sets that only shrink, from those of the witness proofs down to the greatest solution.
struct Solver<'s> {
    supplies: &'s Supplies,
    /// By position.
    runs: Vec<Run>,
    items: Vec<u32>,
    /// Positions to look at again, each at most once.
    queue: VecDeque<u32>,
    is_queued: FixedBitSet,
    own: Vec<u32>,
    keep: Vec<bool>,
}

impl<'s> Solver<'s> {
    fn new(supplies: &'s Supplies) -> Self {
        Self {
            supplies,
            runs: Vec::with_capacity(supplies.len() as usize),
            items: Vec::new(),
            queue: VecDeque::new(),
            is_queued: FixedBitSet::with_capacity(supplies.len() as usize),
            own: Vec::new(),
            keep: Vec::new(),
        }
    }

    /// Gives `position` the set of its witness proof, filtered by the other supplies as far as they are known; those
    /// that need later facts wait for the second look.
    fn begin(&mut self, position: u32) {
        let (place, mut words) = self.supplies.at(position);
        let witness = next_supply(&mut words).expect("a fact that holds has a witness");
        let start = self.items.len();
        self.append_union(place, &witness);
        self.runs.push(Run { start: start as u32, len: (self.items.len() - start) as u32 });
        let mut waits = false;
        while let Some(supply) = next_supply(&mut words) {
            if supply.body.iter().all(|&needed| needed < position) {
                self.filter(position, place, &supply);
            } else {
                waits = true;
            }
        }
        self.items.truncate(start + self.runs[position as usize].len as usize);
        if waits {
            self.enqueue(position);
        }
    }

    /// Looks again at what waits, and at what depends on a set that shrank, until nothing changes.
    fn settle(&mut self, derivation: &Derivation<'_>, held: &Fixpoint) {
        let graph = derivation.view().graph();
        while let Some(position) = self.queue.pop_front() {
            self.is_queued.set(position as usize, false);
            let before = self.runs[position as usize].len;
            let (place, mut words) = self.supplies.at(position);
            while let Some(supply) = next_supply(&mut words) {
                self.filter(position, place, &supply);
            }
            if self.runs[position as usize].len == before {
                continue;
            }
            for &rule in derivation.uses(held.order()[position as usize]) {
                let head = self.supplies.positions[graph.rule_head[rule as usize] as usize];
                if head != NONE {
                    self.enqueue(head);
                }
            }
        }
    }

    fn enqueue(&mut self, position: u32) {
        let place = self.supplies.places.row(self.supplies.words[self.supplies.starts[position as usize] as usize]);
        let can_shrink = self.runs[position as usize].len as usize > place.len();
        if can_shrink && !self.is_queued.put(position as usize) {
            self.queue.push_back(position);
        }
    }

    /// Appends the labels of `place` and `supply` and the sets of its body, ascending, each once.
    fn append_union(&mut self, place: &[u32], supply: &Supply<'_>) {
        let start = self.items.len();
        if let [needed] = supply.body {
            let run = self.runs[index(*needed)];
            self.items.extend_from_within(index(run.start)..index(run.start + run.len));
            for label in place.iter().chain(supply.labels) {
                if let Err(place_in_run) = self.items[start..].binary_search(label) {
                    self.items.insert(start + place_in_run, *label);
                }
            }
        } else {
            self.own.clear();
            self.own.extend_from_slice(place);
            self.own.extend_from_slice(supply.labels);
            for &needed in supply.body {
                self.own.extend_from_slice(self.runs[index(needed)].of(&self.items));
            }
            self.own.sort_unstable();
            self.own.dedup();
            self.items.extend_from_slice(&self.own);
        }
    }

    /// Drops from the set of `position` what is neither of its place nor of `supply` nor needed by its body.
    fn filter(&mut self, position: u32, place: &[u32], supply: &Supply<'_>) {
        let run = self.runs[position as usize];
        if run.len as usize == place.len() {
            return;
        }
        let set = run.of(&self.items);
        self.keep.clear();
        self.keep.resize(set.len(), false);
        mark(set, place, &mut self.keep);
        mark(set, supply.labels, &mut self.keep);
        for &needed in supply.body {
            mark(set, self.runs[needed as usize].of(&self.items), &mut self.keep);
        }
        let set = &mut self.items[run.start as usize..][..run.len as usize];
        let mut kept = 0;
        for (index, &keep) in self.keep.iter().enumerate() {
            set[kept] = set[index];
            kept += usize::from(keep);
        }
        self.runs[position as usize].len = kept as u32;
    }
}

/// Up to this length comparing with every item, without a branch, is faster than to walk both in step.
const COMPARE_ALL: usize = 16;

/// Sets `keep` of each item of `set` that is in `other`; both ascend.
fn mark(set: &[u32], other: &[u32], keep: &mut [bool]) {
    if other.len() <= COMPARE_ALL {
        for (&item, keep) in set.iter().zip(keep) {
            *keep |= other.iter().fold(false, |found, &candidate| found | (candidate == item));
        }
        return;
    }
    let mut others = other.iter().copied();
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
