//! Proofs of a region's goal in worlds that differ only in a few labels: sought in the part that these decide.

use super::region::{Derivation, NONE, Outcome, Region};

/// What some labels of a region decide, on top of one proof of everything that holds with all of them failed.
#[derive(Debug)]
pub(super) struct Focus {
    /// The derivation with all of them failed.
    safe: Derivation,
    pub(super) part: Outcome,
}

impl Focus {
    pub(super) fn on(region: &Region, may_fail: &[bool]) -> Self {
        let safe = region.derivation(may_fail);
        Self { part: region.part(may_fail, &safe), safe }
    }

    /// The labels of one proof of the goal, ascending, in a world in which only labels in focus have failed; empty
    /// where the goal does not hold in it. With the number of rules visited.
    pub(super) fn proof(&self, region: &Region, world: &[u32]) -> (Vec<u32>, u64) {
        let (rules, visits) = self.proof_rules(region, world);
        let mut labels: Vec<u32> = Vec::new();
        for rule in rules {
            labels.extend(region.graph.place_labels.row(region.graph.rule_head[rule as usize]));
            labels.extend(region.graph.rule_labels.row(rule));
        }
        labels.sort_unstable();
        labels.dedup();
        (labels, visits)
    }

    /// The rules of such a proof, one for each fact in it.
    pub(super) fn proof_rules(&self, region: &Region, world: &[u32]) -> (Vec<u32>, u64) {
        let graph = &region.graph;
        let mut rules = Vec::new();
        let mut visits = 0;
        let mut open = vec![region.goal];
        if let Outcome::Depends(part) = &self.part {
            let mut failed = vec![false; part.label_count()];
            for label in part.kept_labels(world) {
                failed[label as usize] = true;
            }
            let derivation = part.derivation(&failed);
            visits += u64::from(part.graph.rule_count());
            let in_part = derivation.proof(&part.graph, part.goal);
            rules.extend(in_part.iter().map(|&fact| part.rules[derivation.witness[fact as usize] as usize]));
            open = rules.iter().flat_map(|&rule| graph.rule_body.row(rule)).copied().collect();
        }
        // Facts that are not safe were proved in the part; below a safe fact all is safe.
        let mut seen = vec![false; region.fact_count()];
        while let Some(fact) = open.pop() {
            let witness = self.safe.witness[fact as usize];
            if witness != NONE && !std::mem::replace(&mut seen[fact as usize], true) {
                rules.push(witness);
                open.extend(graph.rule_body.row(witness));
            }
        }
        (rules, visits + u64::from(graph.rule_count()) / 64)
    }
}
