//! Which rules of an AND/OR graph take part: all of them, or a chosen few.

use fixedbitset::FixedBitSet;

use super::and_or::AndOrGraph;

/// An AND/OR graph as seen with some of its rules left out; facts, labels and all numbers stay the same.
#[derive(Clone, Copy, Debug)]
pub struct View<'g> {
    graph: &'g AndOrGraph,
    rules: Option<&'g FixedBitSet>,
}

impl<'g> View<'g> {
    /// All rules.
    #[must_use]
    pub fn whole(graph: &'g AndOrGraph) -> Self {
        Self { graph, rules: None }
    }

    /// Only the rules in `rules`; numbers beyond its length are left out.
    #[must_use]
    pub fn with_rules(graph: &'g AndOrGraph, rules: &'g FixedBitSet) -> Self {
        Self { graph, rules: Some(rules) }
    }

    /// The graph that is seen.
    #[must_use]
    pub fn graph(&self) -> &'g AndOrGraph {
        self.graph
    }

    /// Whether `rule` takes part.
    #[must_use]
    pub fn has_rule(&self, rule: u32) -> bool {
        self.rules.is_none_or(|rules| rules.contains(rule as usize))
    }
}
