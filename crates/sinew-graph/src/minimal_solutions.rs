//! All minimal cut sets of every order, from a decision diagram (Rauzy 1993), held as a zero-suppressed diagram of
//! sets (Minato 1993): counted without being listed.

use std::collections::{BTreeSet, HashMap};

use super::bdd::{Bdd, CapReached, Function, Level};
use super::ix::{IxVec, first, index_types};

index_types! {
    /// A family of sets: the number of its vertex.
    pub(crate) struct Family;
}

impl Family {
    const NO_SET: Self = Self::new(0);
    /// Of the empty set only.
    const EMPTY_SET: Self = Self::new(1);
    /// Of which on families are vertices.
    const FIRST_VERTEX: usize = 2;
}

/// The minimal solutions of a monotone function: sets of levels, none a subset of another.
#[derive(Clone, Debug)]
pub(crate) struct MinimalSolutions {
    /// Level, sets without it, sets with it (it taken out).
    vertices: IxVec<Family, (Level, Family, Family)>,
    unique: HashMap<(Level, Family, Family), Family>,
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
    pub(crate) fn of(bdd: &Bdd, function: Function, cap: usize) -> Result<Self, CapReached> {
        let mut this = Self {
            vertices: vec![(Level::CONSTANT, Family::NO_SET, Family::NO_SET); Family::FIRST_VERTEX].into(),
            unique: HashMap::new(),
            minimal: HashMap::from([(Function::FALSE, Family::NO_SET), (Function::TRUE, Family::EMPTY_SET)]),
            without: HashMap::new(),
            cap,
            root: Family::NO_SET,
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
    pub(crate) fn count_by_size(&self, weights: &IxVec<Level, usize>) -> Vec<u128> {
        let mut counts: IxVec<Family, Vec<u128>> = vec![vec![], vec![1]].into();
        for &(level, low, high) in self.vertices.iter().skip(Family::FIRST_VERTEX) {
            let weight = weights[level] as u128;
            let (low, high) = (&counts[low], &counts[high]);
            let at = |sizes: &Vec<u128>, size: usize| sizes.get(size).copied().unwrap_or(0);
            let sizes = low.len().max(high.len() + 1);
            let count = |size: usize| {
                at(low, size).saturating_add(if size == 0 { 0 } else { at(high, size - 1).saturating_mul(weight) })
            };
            let sizes = (0..sizes).map(count).collect();
            counts.push(sizes);
        }
        std::mem::take(&mut counts[self.root])
    }

    /// The levels that occur in a set, ascending.
    pub(crate) fn levels(&self) -> BTreeSet<Level> {
        let mut met = IxVec::filled(false, self.vertices.len());
        met[self.root] = true;
        let mut levels = BTreeSet::new();
        // A vertex comes after those it points to.
        for family in first(self.root.at() + 1).skip(Family::FIRST_VERTEX).rev() {
            if met[family] {
                let (level, low, high) = self.vertices[family];
                met[low] = true;
                met[high] = true;
                levels.insert(level);
            }
        }
        levels
    }

    /// The first `limit` sets in order of diagram, levels ascending in each.
    pub(crate) fn list(&self, limit: usize) -> Vec<Vec<Level>> {
        let mut sets = Vec::new();
        let mut open = vec![(self.root, Vec::new())];
        while let Some((family, chosen)) = open.pop() {
            match family {
                Family::NO_SET => {}
                _ if sets.len() >= limit => break,
                Family::EMPTY_SET => sets.push(chosen),
                _ => {
                    let (level, low, high) = self.vertices[family];
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
            Build(Family, Function, Level),
        }
        let mut tasks = vec![Task::Visit(family, function)];
        let mut results: Vec<Family> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Visit(family, function) => {
                    let (level, low, high) = self.vertices[family];
                    // A level above the family's first is in none of its sets.
                    let mut function = function;
                    while bdd.at(function).level < level {
                        function = bdd.at(function).low;
                    }
                    let known = match (family, function) {
                        (Family::NO_SET, _) | (_, Function::TRUE) => Some(Family::NO_SET),
                        (_, Function::FALSE) => Some(family),
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

    fn family(&mut self, level: Level, low: Family, high: Family) -> Result<Family, CapReached> {
        if high == Family::NO_SET {
            return Ok(low);
        }
        if let Some(&family) = self.unique.get(&(level, low, high)) {
            return Ok(family);
        }
        if self.vertices.len() >= self.cap.min(1 << 30) {
            return Err(CapReached);
        }
        let family = self.vertices.push((level, low, high));
        self.unique.insert((level, low, high), family);
        Ok(family)
    }
}
