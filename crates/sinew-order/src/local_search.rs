//! Betters a plan by small changes until none helps: a good start makes the search short.

use std::rc::Rc;

use crate::estimate::Estimate;
use crate::index::ItemIx;
use crate::partial::{Partial, PlanKey};
use crate::scaled::{LiveIx, Scaled};
use crate::wsjf::bundle;

/// Longest run of items moved as one.
const LONGEST_RUN: usize = 4;

/// Steps of building a plan that one improvement may cost.
const MOST_STEPS: u64 = 2_000_000;

/// Numbers that one step looks at, about.
const WORK_OF_A_STEP: u64 = 50;

/// Steps that may be taken, by count and not by time, so that equal input gives equal output.
#[derive(Debug)]
pub(crate) struct Steps {
    taken: u64,
    most: u64,
}

impl Steps {
    /// As many as fit into this work.
    pub(crate) fn within(work: u64) -> Self {
        Self { taken: 0, most: work / WORK_OF_A_STEP }
    }

    /// The work of those taken.
    pub(crate) fn work(&self) -> u64 {
        self.taken * WORK_OF_A_STEP
    }
}

struct LocalSearch<'a> {
    scaled: &'a Scaled,
    /// Whether an item is exchanged for its rivals only, those that earn a benefit of it another way.
    rivals_only: bool,
    trial: Partial<'a>,
    best: Vec<ItemIx>,
    key: PlanKey,
    /// Sums over the best plan; `None` until they are asked for.
    estimate: Option<Rc<Estimate>>,
    steps: &'a mut Steps,
    /// Where this improvement ends.
    end: u64,
}

/// A plan that is no worse, by the stated order among plans. The plan given must keep all limits.
pub(crate) fn improve(scaled: &Scaled, plan: Vec<ItemIx>, steps: &mut Steps) -> Vec<ItemIx> {
    improved(scaled, plan, false, steps)
}

/// As [`improve`] for a plan that is good already: an item is exchanged only for its rivals.
pub(crate) fn adapt(scaled: &Scaled, plan: Vec<ItemIx>, steps: &mut Steps) -> Vec<ItemIx> {
    improved(scaled, plan, true, steps)
}

fn improved(scaled: &Scaled, plan: Vec<ItemIx>, rivals_only: bool, steps: &mut Steps) -> Vec<ItemIx> {
    let Some(start) = Partial::in_turn(scaled, &plan) else { return plan };
    let mut search = LocalSearch::new(start, plan, rivals_only, steps);
    while search.drop_one() || search.add_one() || search.move_run() || search.exchange_one() {
        if search.exhausted() {
            break;
        }
    }
    search.best
}

/// Moves neighbors past each other while the plan does not lose value and gains in the stated order.
pub(crate) fn settle_ties(scaled: &Scaled, plan: Vec<ItemIx>, steps: &mut Steps) -> Vec<ItemIx> {
    let Some(start) = Partial::in_turn(scaled, &plan) else { return plan };
    let mut search = LocalSearch::new(start, plan, false, steps);
    while !search.exhausted() && search.move_run() {}
    search.best
}

impl<'a> LocalSearch<'a> {
    fn new(start: Partial<'a>, best: Vec<ItemIx>, rivals_only: bool, steps: &'a mut Steps) -> Self {
        let end = steps.most.min(steps.taken + MOST_STEPS);
        Self { scaled: start.scaled, rivals_only, key: start.key(), trial: start, best, estimate: None, steps, end }
    }

    fn exhausted(&self) -> bool {
        self.steps.taken > self.end
    }

    /// Takes the sequence if it is better.
    fn offer(&mut self, sequence: &[ItemIx]) -> bool {
        let same = self.trial.sequence.iter().zip(sequence).take_while(|(a, b)| a == b).count();
        // Even what is only compared and copied takes time.
        self.steps.taken += (sequence.len() - same + sequence.len() / 8 + 1) as u64;
        if self.exhausted()
            || !self.trial.rebuild(sequence)
            || self.trial.value < self.key.0
            || !self.trial.has_all_required()
        {
            return false;
        }
        let key = self.trial.key();
        if key <= self.key {
            return false;
        }
        self.best = sequence.to_vec();
        self.key = key;
        self.estimate = None;
        true
    }

    /// Sums over this sequence, which can be built.
    fn estimate_of(&mut self, sequence: &[ItemIx]) -> Rc<Estimate> {
        self.steps.taken += sequence.len() as u64 + 1;
        let mut partial = Partial::new(self.scaled);
        sequence.iter().for_each(|&item| partial.push(item));
        Rc::new(Estimate::of(&partial))
    }

    fn estimate_of_best(&mut self) -> Rc<Estimate> {
        if let Some(known) = &self.estimate {
            return Rc::clone(known);
        }
        let best = self.best.clone();
        let found = self.estimate_of(&best);
        self.estimate = Some(Rc::clone(&found));
        found
    }

    /// Whether a change of a plan of this value that gains so much at most leads to less than the best plan: it need not
    /// be built then.
    fn is_worse(&mut self, estimate: &Estimate, gain: i128) -> bool {
        let is_worse = estimate.value + gain < self.key.0;
        self.steps.taken += u64::from(is_worse);
        is_worse
    }

    /// The plan without the item and whatever needs it.
    fn without(&self, item: ItemIx) -> Vec<ItemIx> {
        let gone = |i: ItemIx| i == item || self.scaled.ancestors[i].binary_search(&item).is_ok();
        self.best.iter().copied().filter(|&i| !gone(i)).collect()
    }

    fn drop_one(&mut self) -> bool {
        let mut better = false;
        let mut place = 0;
        while place < self.best.len() && !self.exhausted() {
            let rest = self.without(self.best[place]);
            if self.offer(&rest) {
                better = true;
            } else {
                place += 1;
            }
        }
        better
    }

    fn add_one(&mut self) -> bool {
        let mut better = false;
        for i in self.scaled.items() {
            if !self.exhausted() && !self.scaled.out[i] && !self.best.contains(&i) && !self.is_hopeless(i) {
                let base = self.best.clone();
                let estimate = self.estimate_of_best();
                better |= self.add_to(&base, &estimate, i, 0);
            }
        }
        better
    }

    /// Offers the item, after what it still needs, at every place from `first` on. `base` can be built, and `estimate` is
    /// of it.
    fn add_to(&mut self, base: &[ItemIx], estimate: &Estimate, item: ItemIx, first: usize) -> bool {
        let scaled = self.scaled;
        let mut partial = Partial::new(scaled);
        // What the item needs and `base` has later is moved, which the estimate does not tell.
        let moves = scaled.ancestors[item].iter().any(|needed| base.contains(needed));
        for place in 0..=base.len() {
            if self.exhausted() {
                return false;
            }
            if place >= first {
                let added = bundle(scaled, &partial, item);
                let is_moved = moves && added.iter().any(|one| base[place..].contains(one));
                if is_moved || !self.is_worse(estimate, estimate.of_addition(scaled, place, &added)) {
                    let later = base[place..].iter().filter(|i| !added.contains(i));
                    let sequence: Vec<ItemIx> = base[..place].iter().chain(&added).chain(later).copied().collect();
                    if self.offer(&sequence) {
                        return true;
                    }
                }
            }
            if let Some(&next) = base.get(place) {
                partial.done[next] = true;
            }
        }
        false
    }

    fn move_run(&mut self) -> bool {
        let n = self.best.len();
        let mut better = false;
        let mut sequence = Vec::with_capacity(n);
        for length in 1..=LONGEST_RUN.min(n) {
            for from in 0..=n - length {
                if self.exhausted() {
                    return better;
                }
                let (estimate, end) = (self.estimate_of_best(), from + length);
                for to in (0..=n - length).filter(|&to| to != from) {
                    // What comes first, what is passed, and the end of both.
                    let [first, middle, last] = if to > from { [from, end, to + length] } else { [to, from, end] };
                    if self.is_worse(&estimate, estimate.of_exchange(first, middle, last)) {
                        continue;
                    }
                    sequence.clear();
                    for part in [0..first, middle..last, first..middle, last..n] {
                        sequence.extend_from_slice(&self.best[part]);
                    }
                    if self.offer(&sequence) {
                        better = true;
                        break;
                    }
                }
            }
        }
        better
    }

    fn are_rivals(&self, item: ItemIx, other: ItemIx) -> bool {
        let is_in = |b: LiveIx| self.scaled.member_of[other].iter().any(|member| member.0 == b);
        let meet_one = |any: &[ItemIx]| any.binary_search(&item).is_ok() && any.binary_search(&other).is_ok();
        self.scaled.member_of[item].iter().any(|member| is_in(member.0))
            || self.scaled.requirements.iter().any(|one| meet_one(&one.any))
    }

    /// What the item could earn at most from `left` on does not repay its price.
    fn is_hopeless(&self, item: ItemIx) -> bool {
        let s = self.scaled;
        let needed_by_none = s.dependents[item].iter().all(|&d| s.out[d]);
        let mut benefits: Vec<LiveIx> = s.member_of[item].iter().map(|member| member.0).collect();
        benefits.dedup();
        let value: i128 = benefits.iter().map(|&b| i128::from(s.benefits[b].value)).sum();
        let left = i128::from(s.horizon - s.effort[item]);
        needed_by_none && (value - i128::from(s.drain[item])) * left < i128::from(s.one_off[item]) * i128::from(s.year)
    }

    fn exchange_one(&mut self) -> bool {
        for place in 0..self.best.len() {
            let rest = self.without(self.best[place]);
            let mut estimate = None;
            for i in self.scaled.items() {
                if self.exhausted() {
                    return false;
                }
                if self.scaled.out[i] || self.best.contains(&i) || self.is_hopeless(i) {
                    continue;
                }
                if self.rivals_only && !self.are_rivals(self.best[place], i) {
                    self.steps.taken += 1;
                    continue;
                }
                let first = place.min(rest.len()).saturating_sub(1);
                let known = estimate.take().unwrap_or_else(|| self.estimate_of(&rest));
                if self.add_to(&rest, estimate.insert(known), i, first) {
                    return true;
                }
            }
        }
        false
    }
}
