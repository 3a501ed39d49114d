//! The definition read aloud: mark what holds, round after round, until a round adds nothing. Slow on purpose, and shares
//! no code with what it judges.

use std::collections::BTreeSet;

use sinew_graph::and_or::AndOrGraph;

/// The facts that hold while `failed` are down and the rules in `left_out` take no part.
pub(crate) fn holding(graph: &AndOrGraph, failed: &BTreeSet<u32>, left_out: &BTreeSet<u32>) -> BTreeSet<u32> {
    let mut holding = BTreeSet::new();
    loop {
        let before = holding.len();
        for rule in 0..graph.rule_count() {
            let head = graph.rule_head[rule as usize];
            let place = graph.fact_place[head as usize];
            let is_up = |labels: &[u32]| labels.iter().all(|label| !failed.contains(label));
            if !left_out.contains(&rule)
                && is_up(graph.place_labels.row(place))
                && is_up(graph.rule_labels.row(rule))
                && graph.rule_body.row(rule).iter().all(|fact| holding.contains(fact))
            {
                holding.insert(head);
            }
        }
        if holding.len() == before {
            return holding;
        }
    }
}
