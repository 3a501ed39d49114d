//! Branch and bound: the plan is built item by item, and what cannot beat the best plan known is not looked at.

use std::collections::HashMap;

use crate::duals::Duals;
use crate::index::{ItemIx, List};
use crate::opening::ANY;
use crate::partial::{Partial, PlanKey};
use crate::parts::{Part, TRIAL_NODES};
use crate::scaled::{LiveIx, Scaled};
use crate::sequence::Effort;
use crate::subgradient::Aim;
use crate::timeline::{Node, Timeline};

/// Steps towards good prices at every node.
const NODE_ROUNDS: usize = 2;
const NODE_PACE: f64 = 0.5;

/// Rounding of the bound, as a share of the largest sum that occurs in it.
const ROUNDING: f64 = 1e-11;

/// Beyond this many items only the bound at the root is computed.
pub(crate) const MOST_SEARCHED_ITEMS: usize = 400;

/// What the search found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) plan: Option<Vec<ItemIx>>,
    /// Upper bound on every plan's value, in cent-ticks; equal to the plan's value where it is proved best.
    pub(crate) bound: i128,
    pub(crate) proved: bool,
    pub(crate) nodes: usize,
    /// Numbers looked at.
    pub(crate) work: u64,
}

/// A set of items as bits.
pub(crate) type Bits = Box<[u64]>;

/// A way to have built one set of items.
#[derive(Debug)]
pub(crate) struct Seen {
    value: i128,
    spent: i128,
    out: Bits,
}

pub(crate) struct Search<'a> {
    pub(crate) scaled: &'a Scaled,
    pub(crate) relaxation: Timeline<'a>,
    pub(crate) best: Option<(PlanKey, Vec<ItemIx>)>,
    nodes: usize,
    pub(crate) most: Effort,
    /// What improving the plans met at the root took.
    pub(crate) improving: u64,
    /// Highest bound among what was left unsearched for want of nodes.
    pub(crate) unsearched: f64,
    pub(crate) seen: HashMap<Bits, Vec<Seen>>,
    slack: f64,
    pub(crate) rounding: f64,
    exchange: bool,
    /// Of the part that is explored: its bound, and the cells that what goes first takes.
    ceiling: f64,
    opening: [usize; 2],
    /// Nodes of the search of all at once before there are parts.
    pub(crate) trial: usize,
}

/// Finds the best plan, starting from the plans known, with no more effort than `most`.
pub(crate) fn search(scaled: &Scaled, known: &[Vec<ItemIx>], most: Effort) -> Found {
    let mut search = Search::new(scaled, most);
    for plan in known {
        if let Some(partial) = Partial::in_turn(scaled, plan) {
            search.offer(&partial);
        }
    }
    let parts = search.parts();
    search.explored(parts)
}

impl<'a> Search<'a> {
    pub(crate) fn new(scaled: &'a Scaled, most: Effort) -> Self {
        let in_play = scaled.out.iter().filter(|out| !**out).count();
        let relaxation = Timeline::new(scaled);
        // No price of a requirement is above the largest sum.
        let scale = scaled.most() * (1 + relaxation.asked.len()) as f64;
        Self {
            scaled,
            relaxation,
            best: None,
            nodes: 0,
            most: Effort { nodes: if in_play > MOST_SEARCHED_ITEMS { 1 } else { most.nodes }, ..most },
            improving: 0,
            unsearched: f64::NEG_INFINITY,
            seen: HashMap::new(),
            slack: scaled.year as f64 / 2.0,
            rounding: scale * ROUNDING,
            exchange: !scaled.delay_can_pay,
            ceiling: f64::INFINITY,
            opening: ANY,
            trial: TRIAL_NODES,
        }
    }

    /// The best of all `parts`, the highest bound of which is first.
    pub(crate) fn explored(mut self, parts: Vec<Part>) -> Found {
        for Part { bound, opening, duals } in parts {
            if self.hopeless(bound) {
                break;
            }
            if self.is_spent() {
                self.leave(bound);
                break;
            }
            (self.ceiling, self.opening) = (bound, opening);
            // What was built before was to end in another part.
            self.seen.clear();
            self.explore(&mut Partial::new(self.scaled), &self.scaled.out.clone(), &duals);
        }
        self.finish()
    }

    fn finish(self) -> Found {
        let value = self.best.as_ref().map(|(key, _)| key.0);
        let worth_looking = value.is_none_or(|v| self.unsearched > v as f64 + self.slack);
        let proved = self.unsearched == f64::NEG_INFINITY || !worth_looking;
        let bound = match value {
            Some(v) if proved => v,
            Some(v) => v.max(self.unsearched as i128),
            None => self.unsearched as i128,
        };
        let work = self.relaxation.looked_at + self.improving;
        Found { plan: self.best.map(|(_, plan)| plan), bound, proved, nodes: self.nodes, work }
    }

    /// Whether no more may be looked at.
    fn is_spent(&self) -> bool {
        self.nodes >= self.most.nodes || self.relaxation.looked_at + self.improving >= self.most.work
    }

    pub(crate) fn offer(&mut self, partial: &Partial) {
        if !partial.has_all_required() || self.best.as_ref().is_some_and(|(key, _)| partial.value < key.0) {
            return;
        }
        let key = partial.key();
        if self.best.as_ref().is_none_or(|(best, _)| key > *best) {
            self.best = Some((key, partial.sequence.clone()));
        }
    }

    /// No plan of such a bound is worth half a cent more than the best known.
    pub(crate) fn hopeless(&self, bound: f64) -> bool {
        self.best.as_ref().is_some_and(|(key, _)| bound <= key.0 as f64 + self.slack)
    }

    pub(crate) fn target(&self, value: f64) -> f64 {
        self.best.as_ref().map_or(0.0, |(key, _)| key.0 as f64 + self.slack - value)
    }

    /// Notes what is left unsearched.
    fn leave(&mut self, bound: f64) {
        self.unsearched = self.unsearched.max(bound);
    }

    pub(crate) fn explore(&mut self, partial: &mut Partial, out: &List<ItemIx, bool>, given: &Duals) {
        self.nodes += 1;
        self.offer(partial);
        let value = partial.value as f64 + self.rounding;
        let mut own = None;
        if self.opening != ANY && !partial.is_gated() {
            let cells = self.relaxation.opening_of(partial);
            if cells < self.opening[0] || cells > self.opening[1] {
                return;
            }
        }
        let node = Node { partial, out, opening: self.opening };
        let mut added = self.relaxation.bound(node, given);
        if added == f64::NEG_INFINITY {
            return;
        }
        if !self.hopeless(value + added) {
            let mut duals = given.clone();
            let aim = Aim { target: self.target(value), rounds: NODE_ROUNDS, pace: NODE_PACE };
            added = self.relaxation.refine(node, &mut duals, added, aim);
            own = Some(duals);
        }
        let bound = value + added;
        let duals = own.as_ref().unwrap_or(given);
        if self.hopeless(bound) {
            return;
        }
        if self.is_spent() {
            self.leave(bound.min(self.ceiling));
            return;
        }
        for (bound, item) in self.children(partial, out, value) {
            if self.hopeless(bound) {
                break;
            }
            if self.is_spent() {
                self.leave(bound.min(self.ceiling));
                break;
            }
            // Looking for what is overtaken goes through all items.
            self.relaxation.looked_at += 4 * self.scaled.len() as u64;
            let Some(out) = self.without_overtaken(partial, out, item) else { continue };
            if should_be_earlier(partial, item) {
                continue;
            }
            if !partial.is_let_in(item) || !partial.push_within_limits(item) {
                continue;
            }
            if !self.seen_better(partial, &out) {
                self.explore(partial, &out, duals);
            }
            partial.pop();
        }
    }

    /// Items that may be next, the most promising first.
    fn children(&self, partial: &Partial, out: &List<ItemIx, bool>, value: f64) -> Vec<(f64, ItemIx)> {
        let s = self.scaled;
        let mut children: Vec<(f64, ItemIx)> = s
            .items()
            .filter(|&i| !out[i] && partial.ready(i) && s.effort[i] <= partial.room() && self.relaxation.fits(i))
            .map(|i| (value + self.relaxation.bound_with_next(partial, i), i))
            .filter(|&(bound, _)| !self.hopeless(bound))
            .collect();
        children.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then(s.goes_first[b.1].cmp(&s.goes_first[a.1])).then(s.rank[a.1].cmp(&s.rank[b.1]))
        });
        children
    }

    /// If `item` is next, simple items that Smith's rule puts before it are not built at all; `None` if one must be.
    fn without_overtaken(
        &self,
        partial: &Partial,
        out: &List<ItemIx, bool>,
        item: ItemIx,
    ) -> Option<List<ItemIx, bool>> {
        let mut next = out.clone();
        // What goes first may not be moved past what does not.
        if !self.exchange || partial.is_gated() {
            return Some(next);
        }
        let Some(weight) = simple_weight(partial, out, item) else { return Some(next) };
        for i in self.scaled.items() {
            let Some(other) = simple_weight(partial, out, i).filter(|_| i != item) else { continue };
            if smith_before(self.scaled, (other, i), (weight, item)) {
                if self.scaled.forced[i] {
                    return None;
                }
                next[i] = true;
            }
        }
        Some(next)
    }

    /// Whether the same items were built before at no less value, no more cost, and with no less choice left.
    fn seen_better(&mut self, partial: &Partial, out: &List<ItemIx, bool>) -> bool {
        let excluded = bits(out.iter().copied());
        let (value, spent) = (partial.value, if self.scaled.budget.is_some() { partial.spent } else { 0 });
        let seen = self.seen.entry(bits(partial.done.iter().copied())).or_default();
        let within = |a: &Bits, b: &Bits| a.iter().zip(b).all(|(x, y)| x & !y == 0);
        if seen.iter().any(|e| e.value >= value && e.spent <= spent && within(&e.out, &excluded)) {
            return true;
        }
        seen.retain(|e| !(value >= e.value && spent <= e.spent && within(&excluded, &e.out)));
        seen.push(Seen { value, spent, out: excluded });
        false
    }
}

fn bits(set: impl ExactSizeIterator<Item = bool>) -> Bits {
    let mut bits = vec![0; set.len().div_ceil(64)].into_boxed_slice();
    for (i, _) in set.enumerate().filter(|&(_, member)| member) {
        bits[i / 64] |= 1 << (i % 64);
    }
    bits
}

/// Yearly value of an item that is ready, touches nothing else, and so can be moved freely; `None` for others.
fn simple_weight(partial: &Partial, out: &List<ItemIx, bool>, item: ItemIx) -> Option<i128> {
    let s = partial.scaled;
    if out[item] || !partial.ready(item) || s.dependents[item].iter().any(|&d| !out[d]) {
        return None;
    }
    let live = |b: LiveIx, k: usize| !s.benefits[b].closures[k].iter().any(|&i| out[i]);
    let mut weight = -i128::from(s.drain[item]);
    for &(b, k) in &s.member_of[item] {
        if partial.earned[b] || !live(b, k) {
            continue;
        }
        let alone = partial.missing(b, k) == 1;
        if !alone || (0..s.benefits[b].ways.len()).any(|other| other != k && live(b, other)) {
            return None;
        }
        weight += i128::from(s.benefits[b].value);
    }
    Some(weight)
}

fn smith_before(scaled: &Scaled, a: (i128, ItemIx), b: (i128, ItemIx)) -> bool {
    let ratio = (b.0 * i128::from(scaled.effort[a.1])).cmp(&(a.0 * i128::from(scaled.effort[b.1])));
    let tie = scaled.goes_first[b.1].cmp(&scaled.goes_first[a.1]).then(scaled.rank[a.1].cmp(&scaled.rank[b.1]));
    ratio.then(tie).is_lt()
}

/// Whether moving `item` before the last few items, rather than after them, is a strict gain.
fn should_be_earlier(partial: &Partial, item: ItemIx) -> bool {
    let s = partial.scaled;
    let place_of = |i: ItemIx| partial.sequence.iter().position(|&j| j == i).map_or(0, |p| p + 1);
    // (place from which on the item earns the benefit by itself, value)
    let mut earns: Vec<(LiveIx, usize, i128)> = Vec::new();
    for &(b, k) in &s.member_of[item] {
        if partial.earned[b] || partial.missing(b, k) != 1 {
            continue;
        }
        let others = s.benefits[b].ways[k].iter().filter(|&&i| i != item);
        let place = others.map(|&i| place_of(i)).max().unwrap_or(0);
        match earns.iter_mut().find(|e| e.0 == b) {
            Some(e) => e.1 = e.1.min(place),
            None => earns.push((b, place, i128::from(s.benefits[b].value))),
        }
    }
    let first = s.needs[item].iter().map(|&i| place_of(i)).max().unwrap_or(0).max(partial.first_free_place());
    let (mut work, mut weight, mut running) = (0, 0, 0);
    for place in (first..partial.sequence.len()).rev() {
        let passed = partial.sequence[place];
        work += i128::from(s.effort[passed]);
        running += i128::from(s.running[passed]);
        weight += partial.weight_at(place);
        let own: i128 = earns.iter().filter(|e| e.1 <= place).map(|e| e.2).sum();
        let is_gain = (own - i128::from(s.drain[item])) * work > weight * i128::from(s.effort[item]);
        // Where money is short, nothing may be spent more than before either.
        let is_free = s.budget.is_none() || i128::from(s.running[item]) * work <= running * i128::from(s.effort[item]);
        if is_gain && is_free {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::instance::{Benefit, Instance, Item};
    use crate::units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};

    /// Three free items, each with a benefit of its own.
    fn three() -> Instance {
        let item = |id: &str| Item {
            id: id.to_owned(),
            effort: Days(1.0),
            one_off: Money(0.0),
            running: MoneyPerYear(0.0),
            loss: MoneyPerYear(0.0),
            needs: Vec::new(),
            goes_first: false,
            preference: 0,
        };
        let items: List<ItemIx, Item> = ["a", "b", "c"].into_iter().map(item).collect();
        Instance {
            benefits: items.places().map(|i| Benefit { value: MoneyPerYear(100.0), ways: vec![vec![i]] }).collect(),
            items,
            capacity: DaysPerWeek(1.0),
            horizon: Weeks(10.0),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: Vec::new(),
        }
    }

    #[test]
    fn a_set_built_before_with_less_choice_left_counts_for_nothing() {
        let scaled = Scaled::new(&three()).unwrap();
        let mut search = Search::new(&scaled, Effort { nodes: 10, ..Effort::default() });
        let partial = Partial::of(&scaled, &[ItemIx::new(0)]).unwrap();
        assert!(!search.seen_better(&partial, &vec![false, true, false].into()));
        assert!(
            !search.seen_better(&partial, &vec![false, false, true].into()),
            "c may be built in the first, not in the second"
        );
        assert!(!search.seen_better(&partial, &vec![false, false, false].into()), "all may be built only now");
        assert!(search.seen_better(&partial, &vec![false, true, true].into()));
        assert!(search.seen_better(&partial, &vec![false, false, false].into()));
    }
}
