//! Which rules of an AND/OR graph take part: all of them, or a chosen few.

use super::and_or::{AndOrGraph, RuleIx};
use super::ix::IxSet;

/// An AND/OR graph as seen with some of its rules left out; facts, labels and all numbers stay the same.
#[derive(Clone, Copy, Debug)]
pub struct View<'g> {
    graph: &'g AndOrGraph,
    rules: Option<&'g IxSet<RuleIx>>,
}

impl<'g> View<'g> {
    /// The graph as it is, with all of its rules.
    #[must_use]
    pub fn whole(graph: &'g AndOrGraph) -> Self {
        Self { graph, rules: None }
    }

    /// Only the rules in `rules`.
    #[must_use]
    pub fn with_rules(graph: &'g AndOrGraph, rules: &'g IxSet<RuleIx>) -> Self {
        Self { graph, rules: Some(rules) }
    }

    /// The graph that is seen.
    #[must_use]
    pub fn graph(&self) -> &'g AndOrGraph {
        self.graph
    }

    /// Whether `rule` takes part.
    #[must_use]
    pub fn has_rule(&self, rule: RuleIx) -> bool {
        self.rules.is_none_or(|rules| rules.contains(rule))
    }
}
