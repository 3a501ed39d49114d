//! Random AND/OR graphs with loops, parallel rules and shared labels, the same for the same seed.

use sinew::graph::and_or::AndOrGraph;

/// xorshift64*: enough for test data, and the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        u32::try_from(high % u64::from(sides)).unwrap()
    }

    pub(crate) fn some(&mut self, sides: u32, at_most: u32) -> Vec<u32> {
        let items = self.below(at_most + 1);
        (0..items).map(|_| self.below(sides)).collect()
    }
}

/// A graph over `labels` labels; the last fact is a good goal. Bodies look backwards mostly, forwards sometimes, so
/// that there are loops and facts that only feed each other.
pub(crate) fn random_graph(seed: u64, labels: u32) -> AndOrGraph {
    let mut dice = Dice::new(seed);
    let mut graph = AndOrGraph::new(labels);
    let places = 2 + dice.below(6);
    for _ in 0..places {
        let labels = dice.some(labels, 2);
        graph.add_place(labels);
    }
    let facts = 2 + dice.below(12);
    for _ in 0..facts {
        let place = dice.below(places);
        graph.add_fact(place);
    }
    for head in 0..facts {
        if dice.below(4) == 0 || head == 0 {
            let labels = dice.some(labels, 2);
            graph.add_rule(head, [], labels);
        }
        for _ in 0..dice.below(4) {
            let forward = dice.below(3) == 0;
            let sides = if forward { facts } else { head.max(1) };
            let body: Vec<u32> = (0..=dice.below(2)).map(|_| dice.below(sides)).collect();
            let labels = dice.some(labels, 2);
            graph.add_rule(head, body, labels);
        }
    }
    graph
}

/// Whether each fact holds while the labels in `failed` (a bit each) have failed: naive iteration from nothing.
pub(crate) fn holds(graph: &AndOrGraph, failed: u32) -> Vec<bool> {
    let up = |labels: &[u32]| labels.iter().all(|&label| failed >> label & 1 == 0);
    let mut holds = vec![false; graph.fact_count() as usize];
    loop {
        let before = holds.clone();
        for rule in 0..graph.rule_count() {
            let head = graph.rule_head[rule as usize];
            if up(graph.place_labels.row(graph.fact_place[head as usize]))
                && up(graph.rule_labels.row(rule))
                && graph.rule_body.row(rule).iter().all(|&fact| holds[fact as usize])
            {
                holds[head as usize] = true;
            }
        }
        if holds == before {
            return holds;
        }
    }
}

/// In which of all worlds (a bit of the number for each failed label) the goal holds.
pub(crate) fn all_worlds(graph: &AndOrGraph, goal: u32) -> Vec<bool> {
    (0..1_u32 << graph.label_count).map(|failed| holds(graph, failed)[goal as usize]).collect()
}

/// All minimal cut sets by looking at every world; none where the goal does not hold with nothing failed.
pub(crate) fn cut_sets_by_enumeration(worlds: &[bool], labels: u32) -> Vec<Vec<u32>> {
    let mut sets: Vec<Vec<u32>> = (1..worlds.len())
        .filter(|&world| {
            let without = |label: u32| world & !(1_usize << label);
            let members = (0..labels).filter(|&label| world >> label & 1 == 1);
            worlds[0] && !worlds[world] && members.clone().all(|label| worlds[without(label)])
        })
        .map(|world| (0..labels).filter(|&label| world >> label & 1 == 1).collect())
        .collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    sets
}
