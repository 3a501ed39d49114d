//! Proofs of a region's goal in worlds that differ only in a few labels: sought in the part that these decide.

use super::and_or::{FactIx, LabelIx, RuleIx};
use super::fixpoint::Fixpoint;
use super::ix::{IxSet, IxVec};
use super::region::{Outcome, Region};

/// What some labels of a region decide, on top of one proof of everything that holds with all of them failed.
#[derive(Debug)]
pub(super) struct Focus {
    /// What holds with all of them failed.
    safe: Fixpoint,
    pub(super) part: Outcome,
}

impl Focus {
    pub(super) fn on(region: &Region, may_fail: &IxSet<LabelIx>) -> Self {
        let safe = region.fixpoint(may_fail);
        Self { part: region.part(may_fail, &safe), safe }
    }

    /// The labels of one proof of the goal, ascending, in a world in which only labels in focus have failed; empty
    /// where the goal does not hold in it. With the number of rules visited.
    pub(super) fn proof(&self, region: &Region, world: &[LabelIx]) -> (Vec<LabelIx>, u64) {
        let (rules, visits) = self.proof_rules(region, world);
        (region.labels_of(&rules), visits)
    }

    /// The rules of such a proof, one for each fact in it.
    pub(super) fn proof_rules(&self, region: &Region, world: &[LabelIx]) -> (Vec<RuleIx>, u64) {
        let graph = &region.graph;
        let mut rules = Vec::new();
        let mut visits = 0;
        let mut open = vec![region.goal];
        if let Outcome::Depends(part) = &self.part {
            let found = part.fixpoint(&part.kept_labels(world).into_iter().collect());
            visits += part.graph.rule_count();
            rules.extend(found.proof(&part.graph, part.goal).into_iter().map(|rule| part.rules[rule]));
            open = rules.iter().flat_map(|&rule| graph.body(rule)).copied().collect();
        }
        // Facts that are not safe were proved in the part; below a safe fact all is safe.
        let mut seen = IxVec::<FactIx, bool>::filled(false, graph.fact_count());
        while let Some(fact) = open.pop() {
            if let Some(witness) = self.safe.witness(fact)
                && !std::mem::replace(&mut seen[fact], true)
            {
                rules.push(witness);
                open.extend(graph.body(witness));
            }
        }
        visits += graph.rule_count() / 64;
        (rules, visits as u64)
    }
}
