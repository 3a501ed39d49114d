//! AND/OR graphs small enough to enumerate and odd enough to matter: loops, facts that feed themselves, equal and
//! parallel rules, shared and repeated labels, facts without rules, labels of nothing. They shrink towards few rules
//! with short bodies.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx};

/// A rule before its numbers are known: head, body, labels.
type RuleDraft = (Index, Vec<Index>, Vec<Index>);

/// Graphs of at most `labels` labels, `facts` facts and `rules` rules.
pub(crate) fn graphs(labels: usize, facts: usize, rules: usize) -> impl Strategy<Value = AndOrGraph> {
    let index = any::<Index>;
    let body = prop_oneof![2 => vec(index(), 0..=0), 6 => vec(index(), 1..=1), 3 => vec(index(), 2..=3)];
    let rule_labels = prop_oneof![3 => vec(index(), 0..=1), 1 => vec(index(), 2..=3)];
    let rule = (index(), body, rule_labels);
    (1..=labels, vec(vec(index(), 0..3), 1..=labels.max(5)), vec(index(), 1..=facts), vec(rule, 0..=rules))
        .prop_map(|(labels, places, facts, rules)| graph(labels, &places, &facts, &rules))
}

fn graph(label_count: usize, places: &[Vec<Index>], facts: &[Index], rules: &[RuleDraft]) -> AndOrGraph {
    let mut graph = AndOrGraph::new(label_count);
    let label = |draft: &Index| LabelIx::new(draft.index(label_count));
    let fact = |draft: &Index| FactIx::new(draft.index(facts.len()));
    for labels in places {
        graph.add_place(labels.iter().map(label));
    }
    for place in facts {
        graph.add_fact(PlaceIx::new(place.index(places.len())));
    }
    for (head, body, labels) in rules {
        graph.add_rule(fact(head), body.iter().map(fact), labels.iter().map(label));
    }
    graph
}
