//! All minimal cut sets of every order, from a decision diagram (Rauzy 1993), held as a zero-suppressed diagram of
//! sets (Minato 1993): counted without being listed.

use std::collections::{BTreeSet, HashMap};

use super::bdd::{Bdd, CapReached, FALSE, Function, TRUE};

/// A family of sets: the number of its vertex. [`NO_SET`] has no set, [`EMPTY_SET`] only the empty one.
type Family = u32;
const NO_SET: Family = 0;
const EMPTY_SET: Family = 1;

/// The minimal solutions of a monotone function: sets of levels, none a subset of another.
#[derive(Clone, Debug)]
pub struct MinimalSolutions {
    /// Level, sets without it, sets with it (it taken out).
    vertices: Vec<(u32, Family, Family)>,
    unique: HashMap<(u32, Family, Family), Family>,
    minimal: HashMap<Function, Family>,
    without: HashMap<(Family, Function), Family>,
    cap: usize,
    root: Family,
}

impl MinimalSolutions {
    /// The minimal solutions of `function`, with at most `cap` vertices and as many remembered results of each kind.
    ///
    /// # Errors
    /// Where the cap is reached.
    pub fn of(bdd: &Bdd, function: Function, cap: usize) -> Result<Self, CapReached> {
        let mut this = Self {
            vertices: vec![(u32::MAX, NO_SET, NO_SET), (u32::MAX, NO_SET, NO_SET)],
            unique: HashMap::new(),
            minimal: HashMap::from([(FALSE, NO_SET), (TRUE, EMPTY_SET)]),
            without: HashMap::new(),
            cap,
            root: NO_SET,
        };
        for function in bdd.vertices_of(function) {
            // Solutions that need the level are those of the high half which the low half does not have anyway.
            let vertex = bdd.at(function);
            let (low, high) = (this.minimal[&vertex.low], this.minimal[&vertex.high]);
            let high = this.without(bdd, high, vertex.low)?;
            let family = this.family(vertex.level, low, high)?;
            this.minimal.insert(function, family);
        }
        this.root = this.minimal[&function];
        Ok(this)
    }

    /// How many there are of each size, where level `l` stands for `weights[l]` variables that can replace each other;
    /// counts beyond `u128` stay at its largest value.
    #[must_use]
    pub fn count_by_size(&self, weights: &[u128]) -> Vec<u128> {
        let mut counts: Vec<Vec<u128>> = vec![vec![], vec![1]];
        for &(level, low, high) in &self.vertices[2..] {
            let weight = weights[level as usize];
            let (low, high) = (&counts[low as usize], &counts[high as usize]);
            let at = |sizes: &Vec<u128>, size: usize| sizes.get(size).copied().unwrap_or(0);
            let sizes = low.len().max(high.len() + 1);
            let count = |size: usize| {
                at(low, size).saturating_add(if size == 0 { 0 } else { at(high, size - 1).saturating_mul(weight) })
            };
            let sizes = (0..sizes).map(count).collect();
            counts.push(sizes);
        }
        counts.swap_remove(self.root as usize)
    }

    /// The levels that occur in a set, ascending.
    #[must_use]
    pub fn levels(&self) -> BTreeSet<u32> {
        let mut met = vec![false; self.vertices.len()];
        met[self.root as usize] = true;
        let mut levels = BTreeSet::new();
        // A vertex comes after those it points to.
        for family in (2..=self.root as usize).rev() {
            if met[family] {
                let (level, low, high) = self.vertices[family];
                met[low as usize] = true;
                met[high as usize] = true;
                levels.insert(level);
            }
        }
        levels
    }

    /// The first `limit` sets in order of diagram, levels ascending in each.
    #[must_use]
    pub fn list(&self, limit: usize) -> Vec<Vec<u32>> {
        let mut sets = Vec::new();
        let mut open = vec![(self.root, Vec::new())];
        while let Some((family, chosen)) = open.pop() {
            match family {
                NO_SET => {}
                _ if sets.len() >= limit => break,
                EMPTY_SET => sets.push(chosen),
                _ => {
                    let (level, low, high) = self.vertices[family as usize];
                    open.push((low, chosen.clone()));
                    let mut with = chosen;
                    with.push(level);
                    open.push((high, with));
                }
            }
        }
        sets
    }

    /// The sets of `family` that do not satisfy `function`.
    fn without(&mut self, bdd: &Bdd, family: Family, function: Function) -> Result<Family, CapReached> {
        enum Task {
            Visit(Family, Function),
            Build(Family, Function, u32),
        }
        let mut tasks = vec![Task::Visit(family, function)];
        let mut results: Vec<Family> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Visit(family, function) => {
                    let (level, low, high) = self.vertices[family as usize];
                    // A level above the family's first is in none of its sets.
                    let mut function = function;
                    while bdd.at(function).level < level {
                        function = bdd.at(function).low;
                    }
                    let known = match (family, function) {
                        (NO_SET, _) | (_, TRUE) => Some(NO_SET),
                        (_, FALSE) => Some(family),
                        _ => self.without.get(&(family, function)).copied(),
                    };
                    if let Some(known) = known {
                        results.push(known);
                        continue;
                    }
                    let vertex = bdd.at(function);
                    let (if_low, if_high) =
                        if vertex.level == level { (vertex.low, vertex.high) } else { (function, function) };
                    tasks.push(Task::Build(family, function, level));
                    tasks.push(Task::Visit(high, if_high));
                    tasks.push(Task::Visit(low, if_low));
                }
                Task::Build(family, function, level) => {
                    let high = results.pop().expect("the sets with the level were visited");
                    let low = results.pop().expect("the sets without the level were visited");
                    let result = self.family(level, low, high)?;
                    if self.without.len() >= self.cap {
                        return Err(CapReached);
                    }
                    self.without.insert((family, function), result);
                    results.push(result);
                }
            }
        }
        Ok(results.pop().expect("the first visit leaves one result"))
    }

    fn family(&mut self, level: u32, low: Family, high: Family) -> Result<Family, CapReached> {
        if high == NO_SET {
            return Ok(low);
        }
        if let Some(&family) = self.unique.get(&(level, low, high)) {
            return Ok(family);
        }
        if self.vertices.len() >= self.cap.min(1 << 30) {
            return Err(CapReached);
        }
        let family = u32::try_from(self.vertices.len()).expect("the cap is below 2^31");
        self.vertices.push((level, low, high));
        self.unique.insert((level, low, high), family);
        Ok(family)
    }
}
