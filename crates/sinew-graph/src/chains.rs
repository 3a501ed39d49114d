//! Simple paths through relays: from where something begins, over vertices that only pass it on, to where it ends.

use std::collections::HashSet;

/// Bounds on an enumeration that can grow exponentially on dense relays.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// At most so many paths are kept.
    pub paths: usize,
    /// At most so many edges are looked at, each as often as the walk comes to it.
    pub steps: usize,
}

/// The paths found, and whether they are all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths<E> {
    /// The edges of each path, in order; paths in the order of a depth-first walk.
    pub paths: Vec<Vec<E>>,
    /// Whether a bound ended the enumeration before its end.
    pub is_cut_short: bool,
    /// How many edges were looked at, against [`Bounds::steps`].
    pub steps: usize,
}

/// What the enumeration asks about the graph.
pub trait Relays {
    /// What names a vertex.
    type Vertex: Copy + Eq + std::hash::Hash;
    /// What names an edge; parallel edges have different names.
    type Edge: Copy;

    /// The edges out of `vertex` with their targets, in a stated order.
    fn out_of(&self, vertex: Self::Vertex) -> Vec<(Self::Edge, Self::Vertex)>;
    /// Whether `vertex` only passes on, so that a path may run through it.
    fn is_relay(&self, vertex: Self::Vertex) -> bool;
    /// Whether a path may end at `vertex`.
    fn is_end(&self, vertex: Self::Vertex) -> bool;
}

/// All paths of at least one edge from `start` to an end whose inner vertices are relays, each passed once. The start
/// is not passed again, but may be the end where it is no relay.
///
/// Time is proportional to the edges looked at, of which there are at most `bounds.steps`.
pub fn paths_through_relays<R: Relays>(relays: &R, start: R::Vertex, bounds: Bounds) -> Paths<R::Edge> {
    let mut found = Paths { paths: Vec::new(), is_cut_short: false, steps: 0 };
    let mut edges: Vec<R::Edge> = Vec::new();
    let mut passed: HashSet<R::Vertex> = HashSet::from([start]);
    // Each open vertex with its edges and how many of them have been followed.
    let mut open = vec![(start, relays.out_of(start), 0)];
    while let Some((vertex, out, next)) = open.last_mut() {
        let Some((edge, target)) = out.get(*next).copied() else {
            passed.remove(vertex);
            open.pop();
            edges.pop();
            continue;
        };
        *next += 1;
        found.steps += 1;
        if found.steps > bounds.steps || found.paths.len() >= bounds.paths {
            found.is_cut_short = true;
            return found;
        }
        if relays.is_end(target) {
            let mut path = edges.clone();
            path.push(edge);
            found.paths.push(path);
        } else if relays.is_relay(target) && passed.insert(target) {
            edges.push(edge);
            open.push((target, relays.out_of(target), 0));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edges by number; vertices below 10 are ends, the others are relays.
    struct Example(Vec<(u32, u32)>);

    impl Relays for Example {
        type Vertex = u32;
        type Edge = usize;
        fn out_of(&self, vertex: u32) -> Vec<(usize, u32)> {
            self.0.iter().enumerate().filter(|(_, (from, _))| *from == vertex).map(|(at, (_, to))| (at, *to)).collect()
        }
        fn is_relay(&self, vertex: u32) -> bool {
            vertex >= 10
        }
        fn is_end(&self, vertex: u32) -> bool {
            vertex < 10
        }
    }

    const WIDE: Bounds = Bounds { paths: 1000, steps: 1000 };

    #[test]
    fn runs_through_relays_once_and_may_return_to_its_start() {
        // 0 -> 10 -> 11 -> 10 (a loop of relays), 11 -> 1, 10 -> 0, and two parallel edges 0 -> 1.
        let example = Example(vec![(0, 10), (10, 11), (11, 10), (11, 1), (10, 0), (0, 1), (0, 1)]);
        let found = paths_through_relays(&example, 0, WIDE);
        assert_eq!(found.paths, vec![vec![0, 1, 3], vec![0, 4], vec![5], vec![6]]);
        assert!(!found.is_cut_short);
    }

    #[test]
    fn a_bound_ends_it_and_is_told() {
        let dense: Vec<(u32, u32)> =
            (10..40).flat_map(|a| (10..40).map(move |b| (a, b))).chain([(0, 10), (39, 1)]).collect();
        let found = paths_through_relays(&Example(dense), 0, Bounds { paths: 50, steps: 100_000 });
        assert_eq!(found.paths.len(), 50);
        assert!(found.is_cut_short);
    }
}
