//! What a plan must hold and does best last: it earns nothing and costs the same whenever it is finished, so the search need not
//! place it. The proof is in `docs/theory/plan-order.md`.

use crate::index::{ItemIx, List};
use crate::scaled::{Scaled, ScaledRequirement};

/// Items that come last in a plan, with what they come to.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    /// In the order in which they are built.
    pub(crate) items: Vec<ItemIx>,
    /// What they cost together, in cent-ticks.
    pub(crate) cost: i128,
    /// What a plan may gain at most by not building them last, in cent-ticks: what it must hold besides may drain for less long.
    pub(crate) slack: i128,
}

impl Scaled {
    /// Takes out what is best built last, as far as every plan holds it; what is left is to be finished so much sooner. After
    /// [`Scaled::drop_useless_items`].
    pub(crate) fn without_tail(&self) -> (Self, Tail) {
        let mut core = self.clone();
        let is_tail = self.is_tail();
        let mut items: Vec<ItemIx> = self.items().filter(|&i| is_tail[i]).collect();
        if items.is_empty() {
            return (core, Tail::default());
        }
        items.sort_by_key(|&i| (self.ancestors[i].len(), self.rank[i]));
        for &i in &items {
            core.out[i] = true;
            core.forced[i] = false;
            core.deadline -= core.effort[i];
            self.ancestors[i].iter().filter(|&&a| !is_tail[a]).for_each(|&a| core.forced[a] = true);
        }
        core.requirements.retain(|one| !one.any.iter().any(|&i| is_tail[i]));
        for one in &mut core.requirements {
            one.where_all.retain(|&i| !is_tail[i]);
        }
        let mut held: List<ItemIx, bool> = core.forced.clone();
        for &i in core.requirements.iter().filter(|one| !one.first).flat_map(|one| &one.closure) {
            held[i] = true;
        }
        let drain = core.most_drain_of(|i| held[i]);
        let pays_to_wait = |i: ItemIx| {
            !held[i]
                && !core.out[i]
                && i128::from(core.one_off[i]) * i128::from(core.year) < drain * i128::from(core.effort[i])
        };
        if core.items().any(pays_to_wait) {
            return (self.clone(), Tail::default());
        }
        core.delay_can_pay = core.find_whether_delay_can_pay();
        let cost = |&i: &ItemIx| i128::from(self.one_off[i]) * i128::from(self.year);
        let work: i64 = items.iter().map(|&i| self.effort[i]).sum();
        let tail = Tail { cost: items.iter().map(cost).sum(), slack: drain * i128::from(work), items };
        (core, tail)
    }

    /// Whether each item is in every plan, earns nothing, drains nothing and has no part in what goes first, and so has all that
    /// needs it. Nothing is where money is short: what comes sooner may spend more.
    fn is_tail(&self) -> List<ItemIx, bool> {
        let mut is_tail: List<ItemIx, bool> = self.forced.clone();
        if self.budget.is_some() {
            return List::like(&is_tail, false);
        }
        let is_certain = |one: &&ScaledRequirement| one.any.len() == 1 && one.where_all.is_empty();
        for one in self.requirements.iter().filter(is_certain) {
            one.closure.iter().for_each(|&i| is_tail[i] = true);
        }
        for i in self.items() {
            let is_first = self.requirements.iter().any(|one| one.first && one.lets_in.binary_search(&i).is_ok());
            is_tail[i] &= !self.out[i] && !is_first && self.member_of[i].is_empty();
            is_tail[i] &= self.drain[i] == 0 && self.running[i] == 0 && !self.goes_first[i];
        }
        // What others need is looked at after them.
        let mut order: Vec<ItemIx> = self.items().collect();
        order.sort_by_key(|&i| std::cmp::Reverse(self.ancestors[i].len()));
        for i in order {
            is_tail[i] &= self.dependents[i].iter().all(|&d| self.out[d] || is_tail[d]);
        }
        is_tail
    }
}
