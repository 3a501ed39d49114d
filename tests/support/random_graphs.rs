//! Random AND/OR graphs with loops, parallel rules and shared labels, the same for the same seed.

use sinew_graph::and_or::AndOrGraph;

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

/// A graph with many ways to everything: one label for each rule or two, two to four rules for each fact, loops
/// everywhere.
pub(crate) fn redundant_graph(seed: u64, labels: u32) -> AndOrGraph {
    let mut dice = Dice::new(seed);
    let mut graph = AndOrGraph::new(labels);
    let facts = 6 + dice.below(6);
    for fact in 0..facts {
        let place = graph.add_place([]);
        graph.add_fact(place);
        if fact < 3 {
            let label = dice.below(labels);
            graph.add_rule(fact, [], [label]);
        }
    }
    for head in 0..facts {
        for _ in 0..2 + dice.below(3) {
            let body: Vec<u32> = (0..=dice.below(4) / 3).map(|_| dice.below(facts)).collect();
            let label = dice.below(labels);
            graph.add_rule(head, body, [label]);
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

/// In which of all worlds (a bit of the number for each failed label) the goal holds: naive iteration, 64 worlds of a
/// word at a time.
pub(crate) fn all_worlds(graph: &AndOrGraph, goal: u32) -> Vec<bool> {
    let worlds = 1_usize << graph.label_count;
    (0..worlds.div_ceil(64)).flat_map(|word| word_of_worlds(graph, goal, word)).take(worlds).collect()
}

fn word_of_worlds(graph: &AndOrGraph, goal: u32, word: usize) -> impl Iterator<Item = bool> {
    let up = |labels: &[u32]| {
        labels.iter().fold(u64::MAX, |up, &label| {
            (0..64).fold(up, |up, lane| if (word * 64 + lane) >> label & 1 == 1 { up & !(1 << lane) } else { up })
        })
    };
    let needs: Vec<u64> = (0..graph.rule_count())
        .map(|rule| {
            let place = graph.fact_place[graph.rule_head[rule as usize] as usize];
            up(graph.place_labels.row(place)) & up(graph.rule_labels.row(rule))
        })
        .collect();
    let mut holds = vec![0_u64; graph.fact_count() as usize];
    loop {
        let before = holds.clone();
        for rule in 0..graph.rule_count() {
            let body = graph.rule_body.row(rule).iter().fold(u64::MAX, |all, &fact| all & holds[fact as usize]);
            holds[graph.rule_head[rule as usize] as usize] |= body & needs[rule as usize];
        }
        if holds == before {
            return (0..64).map(move |lane| holds[goal as usize] >> lane & 1 == 1);
        }
    }
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
