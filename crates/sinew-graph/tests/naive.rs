//! The definition read aloud: mark what holds, round after round, until a round adds nothing. Slow on purpose, and shares
//! no code with what it judges.

use std::collections::BTreeSet;

use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, RuleIx};

/// The facts that hold while `failed` are down and the rules in `left_out` take no part.
pub(crate) fn holding(graph: &AndOrGraph, failed: &BTreeSet<LabelIx>, left_out: &BTreeSet<RuleIx>) -> BTreeSet<FactIx> {
    let is_up = |labels: &[LabelIx]| labels.iter().all(|label| !failed.contains(label));
    let mut holding = BTreeSet::new();
    loop {
        let before = holding.len();
        for rule in graph.rules().filter(|rule| !left_out.contains(rule)) {
            let head = graph.head(rule);
            if is_up(graph.place_labels(graph.place(head)))
                && is_up(graph.rule_labels(rule))
                && graph.body(rule).iter().all(|fact| holding.contains(fact))
            {
                holding.insert(head);
            }
        }
        if holding.len() == before {
            return holding;
        }
    }
}
