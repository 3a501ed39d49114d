//! Chains of facts that fall with a label, looked for forwards, shortest first, by one evaluation of the graph for each fact
//! that is added.

use super::derived::Derived;
use crate::and_or::{FactIx, LabelIx, RuleIx};
use crate::ix::{IxSet, IxVec};
use crate::region::Region;
use crate::rows::Rows;

/// A fact of the chain, by the rule that derives it, and the rules by which the chain may go on from it, the next one last.
struct Step {
    by: RuleIx,
    next: Vec<RuleIx>,
}

/// The search for chains in one region.
pub(super) struct Chains<'r> {
    region: &'r Region,
    /// The rules at each label.
    at_label: &'r Rows<LabelIx, RuleIx>,
    /// What is known to matter.
    pub(super) matters: IxSet<LabelIx>,
    /// How many rules the goal is away from each fact at least.
    distance: IxVec<FactIx, usize>,
    /// Nothing derived, and room to derive in.
    beginning: Derived<'r>,
    derived: Derived<'r>,
    /// Rules evaluated.
    pub(super) visits: u64,
}

impl<'r> Chains<'r> {
    pub(super) fn of(region: &'r Region, at_label: &'r Rows<LabelIx, RuleIx>) -> Self {
        let graph = &region.graph;
        let mut distance = IxVec::filled(usize::MAX, graph.fact_count());
        distance[region.goal] = 0;
        let mut open = vec![region.goal];
        let mut next = 0;
        while let Some(&fact) = open.get(next) {
            next += 1;
            for needed in region.index.rules_of.row(fact).iter().flat_map(|&rule| graph.body(rule)) {
                if distance[*needed] == usize::MAX {
                    distance[*needed] = distance[fact] + 1;
                    open.push(*needed);
                }
            }
        }
        let beginning = Derived::of(region);
        let derived = beginning.clone();
        let matters = IxSet::with_capacity(region.label_count());
        Self { region, at_label, matters, distance, beginning, derived, visits: 0 }
    }

    /// Whether it is known after this if `label` matters, with about `limit` rules evaluated at most: it does where it is in
    /// `matters` then.
    pub(super) fn is_settled(&mut self, label: LabelIx, limit: u64) -> bool {
        let graph = &self.region.graph;
        if limit < graph.rule_count() as u64 {
            return false;
        }
        let (at_label, mut is_certain) = (self.at_label, true);
        for &first in at_label.row(label) {
            let needed = self.needed(first, limit);
            let mut chain = Vec::new();
            self.extend(&mut chain, first, &needed);
            while let Some(step) = chain.last_mut() {
                if self.visits > limit {
                    return false;
                }
                if graph.head(step.by) == self.region.goal {
                    if self.decides(label, &chain) {
                        return true;
                    }
                    is_certain = false;
                    chain.pop();
                    continue;
                }
                match step.next.pop() {
                    Some(rule) => self.extend(&mut chain, rule, &needed),
                    None => drop(chain.pop()),
                }
            }
        }
        is_certain
    }

    /// Adds what `rule` derives to the chain, where what it needs can be derived, and the goal reached from there.
    fn extend(&mut self, chain: &mut Vec<Step>, rule: RuleIx, needed: &IxVec<FactIx, bool>) {
        let (region, graph) = (self.region, &self.region.graph);
        let head = graph.head(rule);
        chain.push(Step { by: rule, next: Vec::new() });
        if needed[head] || !self.reaches(chain, needed) || self.proof(chain).is_none() {
            chain.pop();
            return;
        }
        let is_new = |&rule: &RuleIx| !chain.iter().any(|step| graph.head(step.by) == graph.head(rule));
        let mut next: Vec<RuleIx> = region.index.users.row(head).iter().copied().filter(is_new).collect();
        // Shortest first, and the next one is last.
        next.sort_by_key(|&rule| (std::cmp::Reverse(self.distance[graph.head(rule)]), std::cmp::Reverse(rule)));
        next.dedup();
        chain.last_mut().expect("it was added").next = next;
    }

    /// Whether the goal can be reached from the end of the chain beside the chain and what is needed at its start.
    fn reaches(&mut self, chain: &[Step], needed: &IxVec<FactIx, bool>) -> bool {
        let (region, graph) = (self.region, &self.region.graph);
        self.visits += graph.rule_count() as u64;
        let mut seen = needed.clone();
        chain.iter().for_each(|step| seen[graph.head(step.by)] = true);
        let mut open: Vec<FactIx> = chain.last().map(|step| graph.head(step.by)).into_iter().collect();
        while let Some(fact) = open.pop() {
            if fact == region.goal {
                return true;
            }
            for &rule in region.index.users.row(fact) {
                if !std::mem::replace(&mut seen[graph.head(rule)], true) {
                    open.push(graph.head(rule));
                }
            }
        }
        false
    }

    /// The facts without which the body of `rule` cannot be derived: they hold before anything that falls at it, so no chain
    /// comes to them. They are among those of any one proof of the body. None where finding them takes a large part of
    /// `limit`, as they only spare ways that lead nowhere.
    fn needed(&mut self, rule: RuleIx, limit: u64) -> IxVec<FactIx, bool> {
        let graph = &self.region.graph;
        let mut needed = IxVec::filled(false, graph.fact_count());
        let evaluation = graph.rule_count() as u64;
        self.visits += evaluation;
        self.derived.begin_again(&self.beginning);
        self.derived.close(|_| true);
        let proof = self.derived.proof(graph.body(rule));
        let visits = evaluation * proof.len() as u64;
        if visits <= limit / 4 {
            self.visits += visits;
            for fact in proof.into_iter().map(|rule| graph.head(rule)) {
                self.derived.begin_again(&self.beginning);
                self.derived.close(|rule| graph.head(rule) != fact);
                needed[fact] = !self.derived.has_body(rule);
            }
        }
        needed
    }

    /// The rules of a proof of the end of the chain that has the chain in it and comes to no fact of it in another way.
    fn proof(&mut self, chain: &[Step]) -> Option<Vec<RuleIx>> {
        let graph = &self.region.graph;
        self.visits += graph.rule_count() as u64;
        let mut in_chain = IxVec::<FactIx, bool>::filled(false, graph.fact_count());
        chain.iter().for_each(|step| in_chain[graph.head(step.by)] = true);
        let is_beside = |rule: RuleIx| !in_chain[graph.head(rule)];
        self.derived.begin_again(&self.beginning);
        self.derived.close(is_beside);
        for step in chain {
            if !self.derived.has_body(step.by) {
                return None;
            }
            self.derived.derive(step.by);
            self.derived.close(is_beside);
        }
        Some(self.derived.proof(&[self.region.goal]))
    }

    /// Whether the goal falls with `label` while all has failed that the proof of the chain does without. Then the others of
    /// the proof with which it falls matter too.
    fn decides(&mut self, label: LabelIx, chain: &[Step]) -> bool {
        let region = self.region;
        let rules = self.proof(chain).expect("the chain was derived");
        let labels = region.labels_of(&rules);
        let mut failed = IxSet::all(region.label_count());
        labels.iter().for_each(|label| failed.remove(*label));
        debug_assert!(region.fixpoint(&failed).holds(region.goal), "its proof has not failed");
        let mut falls = |label: LabelIx| {
            failed.insert(label);
            self.visits += region.graph.rule_count() as u64;
            let falls = !region.fixpoint(&failed).holds(region.goal);
            failed.remove(label);
            falls
        };
        if !falls(label) {
            return false;
        }
        for other in labels {
            if other == label || !self.matters.contains(other) && falls(other) {
                self.matters.insert(other);
            }
        }
        true
    }
}
