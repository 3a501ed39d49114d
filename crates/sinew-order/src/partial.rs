//! A plan under construction: items one after the other, with what they earn, one step forward or back.

use std::cmp::Reverse;

use crate::index::{ItemIx, List};
use crate::scaled::{LiveIx, Scaled, ScaledRequirement};

pub(crate) type PlanKey = (i128, i128, Reverse<usize>, Vec<Reverse<usize>>);

/// A sequence of items finished so far.
#[derive(Debug, Clone)]
pub(crate) struct Partial<'a> {
    pub(crate) scaled: &'a Scaled,
    pub(crate) sequence: Vec<ItemIx>,
    pub(crate) done: List<ItemIx, bool>,
    /// Ticks of work done.
    pub(crate) time: i64,
    /// Net value in cent-ticks.
    pub(crate) value: i128,
    /// One-off and running cost within the horizon in cent-ticks.
    pub(crate) spent: i128,
    pub(crate) earned: List<LiveIx, bool>,
    missing: Vec<u32>,
    /// How many requirements that go first are open.
    gates: usize,
    /// Benefits in the order in which they were earned.
    gained: Vec<LiveIx>,
    steps: Vec<Step>,
}

/// What one item changed.
#[derive(Debug, Clone)]
struct Step {
    value: i128,
    spent: i128,
    gates: usize,
    /// Where what it earned begins among all that was gained.
    gained: usize,
    weight: i128,
}

impl<'a> Partial<'a> {
    pub(crate) fn new(scaled: &'a Scaled) -> Self {
        Self {
            scaled,
            sequence: Vec::new(),
            done: List::like(&scaled.out, false),
            time: 0,
            value: 0,
            spent: 0,
            earned: List::like(&scaled.benefits, false),
            missing: scaled.way_size.clone(),
            gates: scaled.requirements.iter().filter(|one| one.first).count(),
            gained: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Builds the sequence, or `None` where it breaks precedence, horizon or budget, or names an item that is out.
    pub(crate) fn of(scaled: &'a Scaled, sequence: &[ItemIx]) -> Option<Self> {
        let mut partial = Self::new(scaled);
        for &i in sequence {
            if scaled.out[i] || !partial.ready(i) || !partial.push_within_limits(i) {
                return None;
            }
        }
        Some(partial)
    }

    /// As [`Self::of`], and what goes first does.
    pub(crate) fn in_turn(scaled: &'a Scaled, sequence: &[ItemIx]) -> Option<Self> {
        let mut partial = Self::new(scaled);
        partial.rebuild(sequence).then_some(partial)
    }

    /// Starts again with this sequence; false, and the partial plan useless, as for [`Self::in_turn`].
    pub(crate) fn rebuild(&mut self, sequence: &[ItemIx]) -> bool {
        let scaled = self.scaled;
        let same = self.sequence.iter().zip(sequence).take_while(|(a, b)| a == b).count();
        while self.sequence.len() > same {
            self.pop();
        }
        sequence[same..].iter().all(|&i| {
            let allowed = !scaled.out[i] && self.ready(i) && self.is_let_in(i);
            allowed && self.push_within_limits(i)
        })
    }

    /// Whether the items built meet it.
    pub(crate) fn meets(&self, one: &ScaledRequirement) -> bool {
        one.any.iter().any(|&i| self.done[i]) || one.where_all.iter().any(|&i| !self.done[i])
    }

    /// Whether a requirement that goes first is still open.
    pub(crate) fn is_gated(&self) -> bool {
        self.gates > 0
    }

    /// The requirements that go first and are open.
    fn open_first(&self) -> impl Iterator<Item = &ScaledRequirement> {
        self.scaled.requirements.iter().filter(|one| one.first && !self.meets(one))
    }

    /// The place from which on anything may be built: after the item that meets the last of the requirements that go first.
    pub(crate) fn first_free_place(&self) -> usize {
        let firsts = self.scaled.requirements.iter().filter(|one| one.first);
        let met_at = |one: &ScaledRequirement| self.sequence.iter().position(|i| one.any.contains(i));
        firsts.map(|one| met_at(one).map_or(self.sequence.len(), |at| at + 1)).max().unwrap_or(0)
    }

    /// Whether what goes first lets the item be next.
    pub(crate) fn is_let_in(&self, item: ItemIx) -> bool {
        !self.is_gated() || self.open_first().any(|one| one.lets_in.binary_search(&item).is_ok())
    }

    /// Not done, and all it needs is.
    pub(crate) fn ready(&self, i: ItemIx) -> bool {
        !self.done[i] && self.scaled.needs[i].iter().all(|&j| self.done[j])
    }

    /// Ticks left to the horizon.
    pub(crate) fn left(&self) -> i64 {
        self.scaled.horizon - self.time
    }

    /// Ticks left until all is to be finished.
    pub(crate) fn room(&self) -> i64 {
        self.scaled.deadline - self.time
    }

    /// What is forced in, and a way to meet each requirement.
    pub(crate) fn has_all_required(&self) -> bool {
        self.scaled.forced.iter().zip(&self.done).all(|(&forced, &done)| done || !forced)
            && self.scaled.requirements.iter().all(|one| self.meets(one))
    }

    /// Adds the item if horizon and budget allow.
    pub(crate) fn push_within_limits(&mut self, i: ItemIx) -> bool {
        if self.scaled.effort[i] > self.room() {
            return false;
        }
        self.push(i);
        if self.scaled.budget.is_some_and(|budget| self.spent > budget) {
            self.pop();
            return false;
        }
        true
    }

    /// Adds a ready item that fits the horizon.
    pub(crate) fn push(&mut self, i: ItemIx) {
        let s = self.scaled;
        self.time += s.effort[i];
        let left = i128::from(self.left());
        let (gates, gained) = (self.gates, self.gained.len());
        let mut step = Step { value: self.value, spent: self.spent, gates, gained, weight: 0 };
        for &(b, k) in &s.member_of[i] {
            let way = s.first_way[b] + k;
            self.missing[way] -= 1;
            if self.missing[way] == 0 && !self.earned[b] {
                self.earned[b] = true;
                self.gained.push(b);
                step.weight += i128::from(s.benefits[b].value);
            }
        }
        step.weight -= i128::from(s.drain[i]);
        let once = i128::from(s.one_off[i]) * i128::from(s.year);
        self.value += step.weight * left - once;
        self.spent += once + i128::from(s.running[i]) * left;
        self.done[i] = true;
        if self.is_gated() {
            // What is met stays so: none of them depends on what else is in the plan.
            self.gates = self.open_first().count();
        }
        self.sequence.push(i);
        self.steps.push(step);
    }

    /// Takes the last item back.
    pub(crate) fn pop(&mut self) {
        let (Some(i), Some(step)) = (self.sequence.pop(), self.steps.pop()) else { return };
        for &(b, k) in &self.scaled.member_of[i] {
            self.missing[self.scaled.first_way[b] + k] += 1;
        }
        for b in self.gained.drain(step.gained..) {
            self.earned[b] = false;
        }
        self.gates = step.gates;
        self.time -= self.scaled.effort[i];
        self.value = step.value;
        self.spent = step.spent;
        self.done[i] = false;
    }

    /// Yearly value, in cents, that starts with the item at this place of the sequence.
    pub(crate) fn weight_at(&self, place: usize) -> i128 {
        self.steps[place].weight
    }

    /// Benefits that start with the item at this place.
    pub(crate) fn earned_at(&self, place: usize) -> &[LiveIx] {
        let end = self.steps.get(place + 1).map_or(self.gained.len(), |next| next.gained);
        &self.gained[self.steps[place].gained..end]
    }

    /// Items of the way that are not done.
    pub(crate) fn missing(&self, benefit: LiveIx, way: usize) -> u32 {
        self.missing[self.scaled.first_way[benefit] + way]
    }

    /// The stated order among plans, greater is better: more value; then AI handoffs removed earlier; then fewer
    /// items; then the sequence of ids that comes first in the alphabet.
    pub(crate) fn key(&self) -> PlanKey {
        let s = self.scaled;
        let mut time = 0;
        let mut early = 0;
        for &i in &self.sequence {
            time += s.effort[i];
            if s.goes_first[i] {
                early += i128::from(s.horizon - time);
            }
        }
        (self.value, early, Reverse(self.sequence.len()), self.sequence.iter().map(|&i| Reverse(s.rank[i])).collect())
    }
}
