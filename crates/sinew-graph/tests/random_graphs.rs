//! Random AND/OR graphs with loops, parallel rules and shared labels, the same for the same seed.

use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx};

/// xorshift64*: enough for test data, and the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high % sides as u64).unwrap()
    }

    /// At most so many of `labels` labels, some perhaps twice.
    fn labels(&mut self, labels: usize, at_most: usize) -> Vec<LabelIx> {
        let items = self.below(at_most + 1);
        (0..items).map(|_| LabelIx::new(self.below(labels))).collect()
    }
}

/// A graph over `labels` labels; the last fact is a good goal. Bodies look backwards mostly, forwards sometimes, so
/// that there are loops and facts that only feed each other.
pub(crate) fn random_graph(seed: u64, labels: usize) -> AndOrGraph {
    let mut dice = Dice::new(seed);
    let mut graph = AndOrGraph::new(labels);
    let places = 2 + dice.below(6);
    for _ in 0..places {
        let labels = dice.labels(labels, 2);
        graph.add_place(labels);
    }
    let facts = 2 + dice.below(12);
    for _ in 0..facts {
        let place = dice.below(places);
        graph.add_fact(PlaceIx::new(place));
    }
    for head in 0..facts {
        if dice.below(4) == 0 || head == 0 {
            let labels = dice.labels(labels, 2);
            graph.add_rule(FactIx::new(head), [], labels);
        }
        for _ in 0..dice.below(4) {
            let forward = dice.below(3) == 0;
            let sides = if forward { facts } else { head.max(1) };
            let body: Vec<FactIx> = (0..=dice.below(2)).map(|_| FactIx::new(dice.below(sides))).collect();
            let labels = dice.labels(labels, 2);
            graph.add_rule(FactIx::new(head), body, labels);
        }
    }
    graph
}

/// A graph with many ways to everything: one label for each rule or two, two to four rules for each fact, loops
/// everywhere.
pub(crate) fn redundant_graph(seed: u64, labels: usize) -> AndOrGraph {
    let mut dice = Dice::new(seed);
    let mut graph = AndOrGraph::new(labels);
    let facts = 6 + dice.below(6);
    for number in 0..facts {
        let place = graph.add_place([]);
        let fact = graph.add_fact(place);
        if number < 3 {
            let label = dice.below(labels);
            graph.add_rule(fact, [], [LabelIx::new(label)]);
        }
    }
    for head in graph.facts() {
        for _ in 0..2 + dice.below(3) {
            let body: Vec<FactIx> = (0..=dice.below(4) / 3).map(|_| FactIx::new(dice.below(facts))).collect();
            let label = dice.below(labels);
            graph.add_rule(head, body, [LabelIx::new(label)]);
        }
    }
    graph
}

/// The last fact, which random graphs make a good goal.
pub(crate) fn last_fact(graph: &AndOrGraph) -> FactIx {
    graph.facts().last().expect("a random graph has facts")
}
