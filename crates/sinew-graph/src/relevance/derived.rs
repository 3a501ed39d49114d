//! What can be derived step by step, by the rules that are allowed at each.

use crate::and_or::{FactIx, RuleIx};
use crate::ix::{IxVec, Slot, narrow};
use crate::region::Region;

/// What has been derived so far.
#[derive(Clone)]
pub(super) struct Derived<'r> {
    region: &'r Region,
    /// Facts that the body of each rule still lacks.
    missing: IxVec<RuleIx, u32>,
    /// The rule that derived each fact.
    witness: IxVec<FactIx, Slot<RuleIx>>,
    /// Rules with their whole body that were not looked at since.
    ready: Vec<RuleIx>,
}

impl<'r> Derived<'r> {
    /// Nothing yet.
    pub(super) fn of(region: &'r Region) -> Self {
        let graph = &region.graph;
        let missing: IxVec<RuleIx, u32> = graph.rules().map(|rule| narrow(graph.body(rule).len())).collect();
        let ready = graph.rules().filter(|&rule| missing[rule] == 0).collect();
        Self { region, missing, witness: IxVec::filled(Slot::NONE, graph.fact_count()), ready }
    }

    /// Nothing again, as in `beginning`, which is of the same region.
    pub(super) fn begin_again(&mut self, beginning: &Self) {
        self.missing.as_mut_slice().copy_from_slice(beginning.missing.as_slice());
        self.witness.fill(Slot::NONE);
        self.ready.clone_from(&beginning.ready);
    }

    /// Derives all that follows by allowed rules. A rule that is ready and not allowed is not looked at again.
    pub(super) fn close(&mut self, is_allowed: impl Fn(RuleIx) -> bool) {
        while let Some(rule) = self.ready.pop() {
            if self.witness[self.region.graph.head(rule)].is_none() && is_allowed(rule) {
                self.derive(rule);
            }
        }
    }

    /// Derives the head of a rule that has its body.
    pub(super) fn derive(&mut self, rule: RuleIx) {
        let head = self.region.graph.head(rule);
        self.witness[head] = Slot::some(rule);
        for &user in self.region.index.users.row(head) {
            self.missing[user] -= 1;
            if self.missing[user] == 0 {
                self.ready.push(user);
            }
        }
    }

    /// Whether all that a rule needs has been derived.
    pub(super) fn has_body(&self, rule: RuleIx) -> bool {
        self.missing[rule] == 0
    }

    /// The rules that derive `facts` and what they need; none for what has not been derived.
    pub(super) fn proof(&self, facts: &[FactIx]) -> Vec<RuleIx> {
        let mut seen = IxVec::<FactIx, bool>::filled(false, self.witness.len());
        let mut rules = Vec::new();
        let mut open = facts.to_vec();
        while let Some(fact) = open.pop() {
            if let Some(rule) = self.witness[fact].get()
                && !std::mem::replace(&mut seen[fact], true)
            {
                rules.push(rule);
                open.extend(self.region.graph.body(rule));
            }
        }
        rules
    }
}
