//! Probabilities from a decision diagram: of the function, and of it with one variable fixed.
//!
//! Every number is a sum of products of non-negative numbers, never a difference, so each is right to a relative error
//! of a few units in the last place per level of the diagram, however small it is; only the differences that define
//! Birnbaum's measure can lose digits, and not more than the larger of the two numbers has.

use super::and_or::LabelIx;
use super::bdd::{Bdd, Function, Level};
use super::ix::{Ix, IxVec};

/// The chance that something has failed and that it has not, each computed on its own: one minus the other would lose
/// the digits of a small one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chance {
    pub(super) down: f64,
    pub(super) up: f64,
}

impl Chance {
    pub(super) const UP: Self = Self { down: 0.0, up: 1.0 };

    pub(super) const DOWN: Self = Self { down: 1.0, up: 0.0 };

    pub(super) fn of_unavailability(down: f64) -> Self {
        Self { down, up: 1.0 - down }
    }

    /// Of two independent things in series: fails where either does.
    pub(super) fn either_down(self, other: Self) -> Self {
        Self { down: self.down + self.up * other.down, up: self.up * other.up }
    }
}

/// The function's chance, and that with one variable known to have failed or to be up; by level of a diagram, or by
/// label.
#[derive(Clone, Debug)]
pub(super) struct Marginals<I> {
    pub(super) chance: Chance,
    /// With each variable failed.
    pub(super) failed: IxVec<I, Chance>,
    /// With each variable up.
    pub(super) working: IxVec<I, Chance>,
    /// The chance that each variable decides: the sum over its vertices of the chance to get there times the difference
    /// between their halves (Birnbaum 1969).
    pub(super) decides: IxVec<I, f64>,
}

impl<I: Ix> Marginals<I> {
    /// Of a function that no variable changes.
    pub(super) fn constant(chance: Chance, variables: usize) -> Self {
        let always = IxVec::filled(chance, variables);
        Self { chance, failed: always.clone(), working: always, decides: IxVec::filled(0.0, variables) }
    }
}

impl Marginals<Level> {
    /// All in one pass down and one up. `O(vertices · log levels)`.
    pub(super) fn of(bdd: &Bdd, function: Function, chances: &IxVec<Level, Chance>) -> Self {
        let vertices = bdd.vertices_of(function);
        let last = function.max(Function::TRUE);
        let mut value = IxVec::filled(Chance::UP, last.at() + 1);
        value[Function::TRUE] = Chance::DOWN;
        for &vertex in &vertices {
            let at = bdd.at(vertex);
            let chance = chances[at.level];
            let (low, high) = (value[at.low], value[at.high]);
            value[vertex] = Chance {
                down: chance.up * low.down + chance.down * high.down,
                up: chance.up * low.up + chance.down * high.up,
            };
        }
        let nothing = IxVec::filled(Chance { down: 0.0, up: 0.0 }, chances.len());
        let decides = IxVec::filled(0.0, chances.len());
        let mut this = Self { chance: value[function], failed: nothing.clone(), working: nothing, decides };
        this.descend(bdd, function, &vertices, &value, chances);
        this
    }

    /// The same by label, for the label of each level. A label that has no level makes no difference.
    pub(super) fn by_label(&self, label_at: &IxVec<Level, LabelIx>, labels: usize) -> Marginals<LabelIx> {
        let mut this = Marginals::constant(self.chance, labels);
        for (level, &label) in label_at.enumerate() {
            this.failed[label] = self.failed[level];
            this.working[label] = self.working[level];
            this.decides[label] = self.decides[level];
        }
        this
    }

    fn descend(
        &mut self,
        bdd: &Bdd,
        function: Function,
        vertices: &[Function],
        value: &IxVec<Function, Chance>,
        chances: &IxVec<Level, Chance>,
    ) {
        let mut reach = IxVec::filled(0.0, value.len());
        reach[function] = 1.0;
        // What reaches a value by an edge that jumps over a level does not depend on that level.
        let mut jumped = Jumped::over(chances.len());
        let depth_of = |f: Function| if f.is_constant() { chances.len() } else { bdd.at(f).level.at() };
        jumped.add(0, depth_of(function), value[function]);
        for &vertex in vertices.iter().rev() {
            let at = bdd.at(vertex);
            let (level, here) = (at.level, reach[vertex]);
            let (low, high) = (value[at.low], value[at.high]);
            add_scaled(&mut self.working[level], here, low);
            add_scaled(&mut self.failed[level], here, high);
            self.decides[level] += here * (high.down - low.down).max(0.0);
            for (next, share) in [(at.low, chances[level].up), (at.high, chances[level].down)] {
                let share = here * share;
                reach[next] += share;
                let mut jump = Chance { down: 0.0, up: 0.0 };
                add_scaled(&mut jump, share, value[next]);
                jumped.add(level.at() + 1, depth_of(next), jump);
            }
        }
        for level in chances.keys() {
            let elsewhere = jumped.at(level.at());
            add_scaled(&mut self.working[level], 1.0, elsewhere);
            add_scaled(&mut self.failed[level], 1.0, elsewhere);
        }
    }
}

impl Marginals<LabelIx> {
    /// Sets what is known of a member of `group`, whose other members in series are `others`.
    pub(super) fn set(&mut self, member: LabelIx, by_group: &Self, group: LabelIx, others: Chance) {
        let (failed, working) = (by_group.failed[group], by_group.working[group]);
        self.failed[member] = failed;
        self.working[member] = Chance {
            down: others.up * working.down + others.down * failed.down,
            up: others.up * working.up + others.down * failed.up,
        };
        self.decides[member] = others.up * by_group.decides[group];
    }

    /// Of this function with `singles` in series, which it does not depend on; `others` are, for each of them, the
    /// other ones in series.
    pub(super) fn in_series(&self, singles: &[LabelIx], others: &[Chance], chances: &IxVec<LabelIx, Chance>) -> Self {
        let all = singles.iter().fold(Chance::UP, |all, &single| all.either_down(chances[single]));
        let mut this = Self {
            chance: all.either_down(self.chance),
            failed: self.failed.iter().map(|&chance| all.either_down(chance)).collect(),
            working: self.working.iter().map(|&chance| all.either_down(chance)).collect(),
            decides: self.decides.iter().map(|decides| all.up * decides).collect(),
        };
        for (&single, others) in singles.iter().zip(others) {
            this.failed[single] = Chance::DOWN;
            this.working[single] = others.either_down(self.chance);
            this.decides[single] = others.up * self.chance.up;
        }
        this
    }
}

fn add_scaled(to: &mut Chance, factor: f64, chance: Chance) {
    to.down += factor * chance.down;
    to.up += factor * chance.up;
}

/// Sums over ranges of levels by additions alone: a segment tree.
struct Jumped {
    size: usize,
    sums: Vec<Chance>,
}

impl Jumped {
    fn over(levels: usize) -> Self {
        let size = levels.next_power_of_two();
        Self { size, sums: vec![Chance { down: 0.0, up: 0.0 }; 2 * size] }
    }

    /// Adds to the levels from `first` until before `end`.
    fn add(&mut self, first: usize, end: usize, chance: Chance) {
        let (mut first, mut end) = (first + self.size, end.max(first) + self.size);
        while first < end {
            if first % 2 == 1 {
                add_scaled(&mut self.sums[first], 1.0, chance);
                first += 1;
            }
            if end % 2 == 1 {
                end -= 1;
                add_scaled(&mut self.sums[end], 1.0, chance);
            }
            first /= 2;
            end /= 2;
        }
    }

    fn at(&self, level: usize) -> Chance {
        let mut sum = Chance { down: 0.0, up: 0.0 };
        let mut at = level + self.size;
        while at > 0 {
            add_scaled(&mut sum, 1.0, self.sums[at]);
            at /= 2;
        }
        sum
    }
}
