//! The rules that fire with nothing failed, as one stream of words, so that a pass over them reads memory in order.

use super::and_or::{FactIx, LabelIx, PlaceIx, RuleIx};
use super::fixpoint::{Derivation, Fixpoint};
use super::ix::{IxSet, IxVec, Slot, index_types, narrow, wide};
use super::rows::Rows;

index_types! {
    /// The place of a fact in witness order.
    pub(crate) struct Position;
}

/// A position, a label, a place, or how many of them follow: which one, its own place in the stream tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word(u32);

impl Word {
    fn count(count: usize) -> Self {
        Self(narrow(count))
    }

    #[inline]
    fn read(self) -> usize {
        wide(self.0)
    }
}

/// The supplies of all facts that hold, in witness order, the witness of each first. Bodies are positions, labels ascend.
pub(crate) struct Supplies {
    /// The position of each fact that holds.
    pub(crate) positions: IxVec<FactIx, Slot<Position>>,
    /// The labels of each place, ascending.
    places: Rows<PlaceIx, LabelIx>,
    /// Where the words of each position begin: its place, then its rules as body length, label count, body, labels.
    /// The last one is where they all end.
    starts: Vec<u32>,
    words: Vec<Word>,
}

/// One rule that fires.
pub(crate) struct Supply<'a> {
    body: &'a [Word],
    labels: &'a [Word],
}

impl Supply<'_> {
    #[inline]
    pub(crate) fn body(&self) -> impl ExactSizeIterator<Item = Position> + Clone {
        self.body.iter().map(|word| Position::new(word.read()))
    }

    #[inline]
    pub(crate) fn labels(&self) -> impl ExactSizeIterator<Item = LabelIx> + Clone {
        self.labels.iter().map(|word| LabelIx::new(word.read()))
    }
}

/// The supplies of one fact that have not been read yet.
pub(crate) struct Stream<'a>(&'a [Word]);

impl<'a> Iterator for Stream<'a> {
    type Item = Supply<'a>;

    #[inline]
    fn next(&mut self) -> Option<Supply<'a>> {
        let [body, labels, rest @ ..] = self.0 else { return None };
        let (body, rest) = rest.split_at(body.read());
        let (labels, rest) = rest.split_at(labels.read());
        self.0 = rest;
        Some(Supply { body, labels })
    }
}

impl Supplies {
    /// Both passes read the rules in their own order and scatter them, which costs far less than to gather them.
    pub(crate) fn new(derivation: &Derivation<'_>, held: &Fixpoint) -> Self {
        let graph = derivation.view().graph();
        let mut positions = IxVec::filled(Slot::NONE, graph.fact_count());
        for (at, &fact) in held.order().iter().enumerate() {
            positions[fact] = Slot::some(Position::new(at));
        }
        let mut is_witness = IxSet::with_capacity(graph.rule_count());
        is_witness.extend(held.order().iter().filter_map(|&fact| held.witness(fact)));
        let homes = homes(derivation, &positions);
        let size = |rule: RuleIx| 2 + graph.body(rule).len() + graph.rule_labels(rule).len();

        let (mut starts, mut next) = (vec![0_u32; held.order().len() + 1], vec![0_u32; held.order().len()]);
        for (rule, home) in homes.enumerate().filter_map(|(rule, home)| Some((rule, home.get()?))) {
            let size = narrow(size(rule));
            starts[home.at()] += size;
            if is_witness.contains(rule) {
                next[home.at()] = size;
            }
        }
        let mut end = 0_u32;
        for (start, next) in starts.iter_mut().zip(next.iter_mut().chain([&mut 0])) {
            let size = std::mem::replace(start, end);
            *next += end + 1;
            end = end.checked_add(size + 1).expect("fewer than 2^32 words of rules");
        }

        let mut words = vec![Word(0); wide(starts[held.order().len()])];
        for (&start, &fact) in starts.iter().zip(held.order()) {
            words[wide(start)] = Word::count(graph.place(fact).at());
        }
        for (rule, home) in homes.enumerate().filter_map(|(rule, home)| Some((rule, home.get()?))) {
            let size = size(rule);
            let start = if is_witness.contains(rule) {
                starts[home.at()] + 1
            } else {
                let next = &mut next[home.at()];
                std::mem::replace(next, *next + narrow(size))
            };
            write(&mut words[wide(start)..][..size], graph.body(rule), graph.rule_labels(rule), &positions);
        }
        Self { positions, places: graph.sorted_place_labels(), starts, words }
    }

    /// How many facts hold.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The labels of the place at `position`.
    pub(crate) fn place(&self, position: Position) -> &[LabelIx] {
        self.places.row(PlaceIx::new(self.words[wide(self.starts[position.at()])].read()))
    }

    /// The labels of the place at `position`, and its supplies.
    pub(crate) fn at(&self, position: Position) -> (&[LabelIx], Stream<'_>) {
        let words = &self.words[wide(self.starts[position.at()])..wide(self.starts[position.at() + 1])];
        (self.places.row(PlaceIx::new(words[0].read())), Stream(&words[1..]))
    }
}

/// Where each rule goes, if it fires; a rule that needs its own head adds no proof.
fn homes(derivation: &Derivation<'_>, positions: &IxVec<FactIx, Slot<Position>>) -> IxVec<RuleIx, Slot<Position>> {
    let graph = derivation.view().graph();
    let home = |rule: RuleIx| {
        let head = graph.head(rule);
        let fires = graph.body(rule).iter().all(|&needed| needed != head && !positions[needed].is_none());
        if fires && derivation.view().has_rule(rule) { positions[head] } else { Slot::NONE }
    };
    graph.rules().map(home).collect()
}

/// Writes one rule into its `words`.
fn write(words: &mut [Word], body: &[FactIx], labels: &[LabelIx], positions: &IxVec<FactIx, Slot<Position>>) {
    let (head, rest) = words.split_at_mut(2);
    head.copy_from_slice(&[Word::count(body.len()), Word::count(labels.len())]);
    let (needs, marks) = rest.split_at_mut(body.len());
    for (word, &needed) in needs.iter_mut().zip(body) {
        *word = Word(positions[needed].number());
    }
    for (word, &label) in marks.iter_mut().zip(labels) {
        *word = Word::count(label.at());
    }
    marks.sort_unstable_by_key(|word| word.0);
}
