//! Probabilities from a decision diagram: of the function, and of it with one variable fixed.
//!
//! Every number is a sum of products of non-negative numbers, never a difference, so each is right to a relative error
//! of a few units in the last place per level of the diagram, however small it is; only the differences that define
//! Birnbaum's measure can lose digits, and not more than the larger of the two numbers has.

use super::bdd::{Bdd, FALSE, Function, TRUE};

/// The chance that something has failed and that it has not, each computed on its own: one minus the other would lose
/// the digits of a small one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chance {
    pub(super) down: f64,
    pub(super) up: f64,
}

impl Chance {
    /// Never fails.
    pub(super) const UP: Self = Self { down: 0.0, up: 1.0 };

    /// Has always failed.
    pub(super) const DOWN: Self = Self { down: 1.0, up: 0.0 };

    pub(super) fn of_unavailability(down: f64) -> Self {
        Self { down, up: 1.0 - down }
    }

    /// Of two independent things in series: fails where either does.
    pub(super) fn either_down(self, other: Self) -> Self {
        Self { down: self.down + self.up * other.down, up: self.up * other.up }
    }
}

/// The function's chance, and that with one variable known to have failed or to be up, by level.
#[derive(Clone, Debug)]
pub(super) struct Marginals {
    pub(super) chance: Chance,
    /// With the variable of each level failed.
    pub(super) failed: Vec<Chance>,
    /// With the variable of each level up.
    pub(super) working: Vec<Chance>,
    /// The chance, at each level, that its variable decides: the sum over vertices of the chance to get there times
    /// the difference between its halves (Birnbaum 1969).
    pub(super) decides: Vec<f64>,
}

impl Marginals {
    /// All in one pass down and one up; `chances` by level. `O(vertices · log levels)`.
    pub(super) fn of(bdd: &Bdd, function: Function, chances: &[Chance]) -> Self {
        let vertices = bdd.vertices_of(function);
        let mut value = vec![Chance::UP; vertices.last().map_or(2, |&last| last as usize + 1)];
        value[TRUE as usize] = Chance { down: 1.0, up: 0.0 };
        value[FALSE as usize] = Chance::UP;
        for &vertex in &vertices {
            let at = bdd.at(vertex);
            let chance = chances[at.level as usize];
            let (low, high) = (value[at.low as usize], value[at.high as usize]);
            value[vertex as usize] = Chance {
                down: chance.up * low.down + chance.down * high.down,
                up: chance.up * low.up + chance.down * high.up,
            };
        }
        let mut this = Self {
            chance: value[function as usize],
            failed: vec![Chance { down: 0.0, up: 0.0 }; chances.len()],
            working: vec![Chance { down: 0.0, up: 0.0 }; chances.len()],
            decides: vec![0.0; chances.len()],
        };
        this.descend(bdd, function, &vertices, &value, chances);
        this
    }

    /// Of a function that no variable changes.
    pub(super) fn constant(chance: Chance, variables: usize) -> Self {
        Self {
            chance,
            failed: vec![chance; variables],
            working: vec![chance; variables],
            decides: vec![0.0; variables],
        }
    }

    /// Sets what is known of a member of group `at`, whose other members in series are `others`.
    pub(super) fn set(&mut self, member: u32, by_group: &Self, at: usize, others: Chance) {
        let (failed, working) = (by_group.failed[at], by_group.working[at]);
        self.failed[member as usize] = failed;
        self.working[member as usize] = Chance {
            down: others.up * working.down + others.down * failed.down,
            up: others.up * working.up + others.down * failed.up,
        };
        self.decides[member as usize] = others.up * by_group.decides[at];
    }

    /// Of this function with `singles` in series, which it does not depend on; `others` are, for each of them, the
    /// other ones in series.
    pub(super) fn in_series(&self, singles: &[u32], others: &[Chance], chances: &[Chance]) -> Self {
        let all = singles.iter().fold(Chance::UP, |all, &single| all.either_down(chances[single as usize]));
        let mut this = Self {
            chance: all.either_down(self.chance),
            failed: self.failed.iter().map(|&chance| all.either_down(chance)).collect(),
            working: self.working.iter().map(|&chance| all.either_down(chance)).collect(),
            decides: self.decides.iter().map(|decides| all.up * decides).collect(),
        };
        for (&single, others) in singles.iter().zip(others) {
            this.failed[single as usize] = Chance::DOWN;
            this.working[single as usize] = others.either_down(self.chance);
            this.decides[single as usize] = others.up * self.chance.up;
        }
        this
    }

    /// The same by label, where the level of each label was found at its place in `label_at`. A label that has no
    /// level makes no difference.
    pub(super) fn by_label(&self, label_at: &[u32], labels: usize) -> Self {
        let mut this = Self::constant(self.chance, labels);
        for (level, &label) in label_at.iter().enumerate() {
            this.failed[label as usize] = self.failed[level];
            this.working[label as usize] = self.working[level];
            this.decides[label as usize] = self.decides[level];
        }
        this
    }

    fn descend(&mut self, bdd: &Bdd, function: Function, vertices: &[Function], value: &[Chance], chances: &[Chance]) {
        let mut reach = vec![0.0; value.len()];
        reach[function as usize] = 1.0;
        // What reaches a value by an edge that jumps over a level does not depend on that level.
        let mut jumped = Jumped::over(chances.len());
        let level_of = |f: Function| if f <= TRUE { chances.len() } else { bdd.at(f).level as usize };
        jumped.add(0, level_of(function), value[function as usize]);
        for &vertex in vertices.iter().rev() {
            let at = bdd.at(vertex);
            let (level, here) = (at.level as usize, reach[vertex as usize]);
            let (low, high) = (value[at.low as usize], value[at.high as usize]);
            add_scaled(&mut self.working[level], here, low);
            add_scaled(&mut self.failed[level], here, high);
            self.decides[level] += here * (high.down - low.down).max(0.0);
            for (next, share) in [(at.low, chances[level].up), (at.high, chances[level].down)] {
                let share = here * share;
                reach[next as usize] += share;
                let mut jump = Chance { down: 0.0, up: 0.0 };
                add_scaled(&mut jump, share, value[next as usize]);
                jumped.add(level + 1, level_of(next), jump);
            }
        }
        for level in 0..chances.len() {
            let elsewhere = jumped.at(level);
            add_scaled(&mut self.working[level], 1.0, elsewhere);
            add_scaled(&mut self.failed[level], 1.0, elsewhere);
        }
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
