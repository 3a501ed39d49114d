//! Shortest paths by number of steps: breadth first, with the step by which each vertex was reached first.

use std::collections::{BTreeMap, VecDeque};

/// How each vertex was reached: the step and the vertex before it, or nothing for a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortestPaths<V, S> {
    came: BTreeMap<V, Option<(S, V)>>,
}

impl<V: Copy + Ord, S: Copy> ShortestPaths<V, S> {
    /// The shortest paths from any of `sources` along the steps out of each vertex; of equal ones the one whose source
    /// and steps come first in their orders. Linear in the steps looked at, but for a logarithm.
    #[must_use]
    pub fn new(sources: impl IntoIterator<Item = V>, out_of: impl Fn(V) -> Vec<(S, V)>) -> Self {
        let mut came: BTreeMap<V, Option<(S, V)>> = BTreeMap::new();
        let mut open: VecDeque<V> = VecDeque::new();
        for source in sources {
            if came.insert(source, None).is_none() {
                open.push_back(source);
            }
        }
        while let Some(vertex) = open.pop_front() {
            for (step, target) in out_of(vertex) {
                came.entry(target).or_insert_with(|| {
                    open.push_back(target);
                    Some((step, vertex))
                });
            }
        }
        Self { came }
    }

    /// Everything reached, sources included, in the order of the vertices.
    pub fn reached(&self) -> impl Iterator<Item = V> {
        self.came.keys().copied()
    }

    /// Whether `vertex` is reached.
    #[must_use]
    pub fn reaches(&self, vertex: V) -> bool {
        self.came.contains_key(&vertex)
    }

    /// The steps to `vertex` in order; none for a source, and nothing where it is not reached.
    #[must_use]
    pub fn path_to(&self, vertex: V) -> Option<Vec<S>> {
        let mut steps = Vec::new();
        let mut at = self.came.get(&vertex)?;
        while let Some((step, before)) = at {
            steps.push(*step);
            at = self.came.get(before)?;
        }
        steps.reverse();
        Some(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_path_is_found_around_a_loop() {
        let edges = [(0, 1), (1, 0), (1, 2), (2, 3), (0, 4), (4, 3), (5, 3)];
        let out_of = |vertex: u32| -> Vec<(usize, u32)> {
            let all = edges.iter().enumerate().filter(|(_, (from, _))| *from == vertex);
            all.map(|(at, (_, to))| (at, *to)).collect()
        };
        let found = ShortestPaths::new([0], out_of);
        assert_eq!(found.path_to(3), Some(vec![4, 5]));
        assert_eq!(found.path_to(0), Some(vec![]));
        assert_eq!(found.path_to(5), None);
        assert_eq!(found.reached().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }
}
