//! Simple paths through relays: from where something begins, over vertices that only pass it on, to where it ends.

use std::collections::{BTreeMap, HashSet};

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
    /// The edges of each path, in order.
    pub paths: Vec<Vec<E>>,
    /// Whether a bound ended the enumeration before its end.
    pub is_cut_short: bool,
    /// How many edges were looked at, against [`Bounds::steps`].
    pub steps: usize,
}

/// What the enumeration asks about the graph.
///
/// A *path* begins at a given vertex, passes vertices that are no end, each once, and stops at the first end, or with the
/// edge that comes back to a vertex that it has passed, the first included. Only paths over an edge that counts are kept.
pub trait Relays {
    /// What names a vertex.
    type Vertex: Copy + Eq + std::hash::Hash;
    /// What names an edge; parallel edges have different names, and their order breaks ties between paths of one length.
    type Edge: Copy + Ord;

    /// The edges out of `vertex` with their targets, in a stated order.
    fn out_of(&self, vertex: Self::Vertex) -> Vec<(Self::Edge, Self::Vertex)>;
    /// Whether every path that reaches `vertex` stops there.
    fn is_end(&self, vertex: Self::Vertex) -> bool;
    /// Whether a path over `edge` is wanted.
    fn counts(&self, edge: Self::Edge) -> bool;
}

/// All paths from `start`, in the order of a depth-first walk.
///
/// Time is proportional to the edges looked at, of which there are at most `bounds.steps`.
pub fn paths_through_relays<R: Relays>(relays: &R, start: R::Vertex, bounds: Bounds) -> Paths<R::Edge> {
    let mut found = Paths { paths: Vec::new(), is_cut_short: false, steps: 0 };
    let mut edges: Vec<R::Edge> = Vec::new();
    // How many of `edges` count.
    let mut counted = 0;
    let mut passed: HashSet<R::Vertex> = HashSet::from([start]);
    // Each open vertex with its edges and how many of them have been followed.
    let mut open = vec![(start, relays.out_of(start), 0)];
    while let Some((vertex, out, next)) = open.last_mut() {
        let Some((edge, target)) = out.get(*next).copied() else {
            passed.remove(vertex);
            open.pop();
            counted -= usize::from(edges.pop().is_some_and(|edge| relays.counts(edge)));
            continue;
        };
        *next += 1;
        found.steps += 1;
        if found.steps > bounds.steps {
            found.is_cut_short = true;
            return found;
        }
        if !relays.is_end(target) && passed.insert(target) {
            edges.push(edge);
            counted += usize::from(relays.counts(edge));
            open.push((target, relays.out_of(target), 0));
        } else if counted > 0 || relays.counts(edge) {
            if found.paths.len() == bounds.paths {
                found.is_cut_short = true;
                return found;
            }
            found.paths.push(edges.iter().copied().chain([edge]).collect());
        }
    }
    found
}

/// The shortest paths from all of `starts` together; those of one length by their edges, the first first.
///
/// Best-first search. The length of the shortest completion of a path that is under way is exact: a breadth-first search
/// over what it has not passed, the nearest end or passed vertex being the goal. So every path that is taken up is the
/// begin of one that is kept or does not count, and each costs its length times a search.
pub fn shortest_paths_through_relays<R: Relays>(relays: &R, starts: &[R::Vertex], bounds: Bounds) -> Paths<R::Edge> {
    let mut found = Paths { paths: Vec::new(), is_cut_short: false, steps: 0 };
    let mut open: Open<R> = BTreeMap::new();
    for start in starts {
        extend(relays, &[], &[*start], &mut open, &mut found.steps);
    }
    while let Some(((_, edges), passed)) = open.pop_first() {
        if found.steps > bounds.steps {
            found.is_cut_short = true;
            return found;
        }
        if !passed.is_empty() {
            extend(relays, &edges, &passed, &mut open, &mut found.steps);
        } else if edges.iter().any(|edge| relays.counts(*edge)) {
            if found.paths.len() == bounds.paths {
                found.is_cut_short = true;
                return found;
            }
            found.paths.push(edges);
        }
    }
    found
}

/// Paths under way by the length of their shortest completion, then by edges: the vertices passed, or none where the path
/// has stopped.
type Open<R> = BTreeMap<(usize, Vec<<R as Relays>::Edge>), Vec<<R as Relays>::Vertex>>;

/// Puts every path that is one edge longer into `open`.
fn extend<R: Relays>(relays: &R, edges: &[R::Edge], passed: &[R::Vertex], open: &mut Open<R>, steps: &mut usize) {
    let Some(last) = passed.last() else { return };
    for (edge, target) in relays.out_of(*last) {
        *steps += 1;
        let longer: Vec<R::Edge> = edges.iter().copied().chain([edge]).collect();
        if relays.is_end(target) || passed.contains(&target) {
            open.insert((longer.len(), longer), Vec::new());
            continue;
        }
        let passed: Vec<R::Vertex> = passed.iter().copied().chain([target]).collect();
        if let Some(rest) = shortest_completion(relays, &passed, steps) {
            open.insert((longer.len() + rest, longer), passed);
        }
    }
}

/// Edges from the last vertex of `passed` to the nearest vertex at which a path stops.
fn shortest_completion<R: Relays>(relays: &R, passed: &[R::Vertex], steps: &mut usize) -> Option<usize> {
    let mut seen: HashSet<R::Vertex> = passed.iter().copied().collect();
    let mut level: Vec<R::Vertex> = passed.last().copied().into_iter().collect();
    for length in 1.. {
        let mut next = Vec::new();
        for vertex in level {
            for (_, target) in relays.out_of(vertex) {
                *steps += 1;
                if relays.is_end(target) || passed.contains(&target) {
                    return Some(length);
                }
                if seen.insert(target) {
                    next.push(target);
                }
            }
        }
        if next.is_empty() {
            return None;
        }
        level = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edges by number, of which those in the second list do not count; vertices below 10 are ends.
    struct Example(Vec<(u32, u32)>, Vec<usize>);

    impl Relays for Example {
        type Vertex = u32;
        type Edge = usize;
        fn out_of(&self, vertex: u32) -> Vec<(usize, u32)> {
            self.0.iter().enumerate().filter(|(_, (from, _))| *from == vertex).map(|(at, (_, to))| (at, *to)).collect()
        }
        fn is_end(&self, vertex: u32) -> bool {
            vertex < 10
        }
        fn counts(&self, edge: usize) -> bool {
            !self.1.contains(&edge)
        }
    }

    const WIDE: Bounds = Bounds { paths: 1000, steps: 1000 };

    /// 0 -> 10 -> 11 -> 10 (a loop of relays), 11 -> 1, 10 -> 0, and two parallel edges 0 -> 1.
    fn looped() -> Vec<(u32, u32)> {
        vec![(0, 10), (10, 11), (11, 10), (11, 1), (10, 0), (0, 1), (0, 1)]
    }

    #[test]
    fn passes_relays_once_and_stops_where_it_comes_back() {
        let found = paths_through_relays(&Example(looped(), Vec::new()), 0, WIDE);
        assert_eq!(found.paths, vec![vec![0, 1, 2], vec![0, 1, 3], vec![0, 4], vec![5], vec![6]]);
        assert!(!found.is_cut_short);
    }

    #[test]
    fn keeps_only_paths_over_an_edge_that_counts() {
        let found = paths_through_relays(&Example(looped(), vec![0, 1, 4, 5]), 0, WIDE);
        assert_eq!(found.paths, vec![vec![0, 1, 2], vec![0, 1, 3], vec![6]]);
    }

    #[test]
    fn a_ring_may_begin_at_a_relay() {
        let found = paths_through_relays(&Example(vec![(10, 11), (11, 10), (11, 12), (12, 11)], Vec::new()), 10, WIDE);
        assert_eq!(found.paths, vec![vec![0, 1], vec![0, 2, 3]]);
    }

    #[test]
    fn the_shortest_come_first_and_are_all_where_no_bound_ends_it() {
        let example = Example(looped(), Vec::new());
        let found = shortest_paths_through_relays(&example, &[0], WIDE);
        assert_eq!(found.paths, vec![vec![5], vec![6], vec![0, 4], vec![0, 1, 2], vec![0, 1, 3]]);
        assert!(!found.is_cut_short);
        let few = shortest_paths_through_relays(&example, &[0], Bounds { paths: 3, ..WIDE });
        assert_eq!(few.paths, found.paths[..3]);
        assert!(few.is_cut_short);
        assert!(!shortest_paths_through_relays(&example, &[0], Bounds { paths: 5, ..WIDE }).is_cut_short);
    }

    #[test]
    fn a_bound_ends_it_and_is_told() {
        let dense: Vec<(u32, u32)> =
            (10..40).flat_map(|a| (10..40).map(move |b| (a, b))).chain([(0, 10), (39, 1)]).collect();
        let dense = Example(dense, Vec::new());
        let bounds = Bounds { paths: 50, steps: 100_000 };
        let (any, shortest) =
            (paths_through_relays(&dense, 0, bounds), shortest_paths_through_relays(&dense, &[0], bounds));
        assert_eq!((any.paths.len(), shortest.paths.len()), (50, 50));
        assert!(any.is_cut_short && shortest.is_cut_short);
        // 0 -> 10 and back to 10 by its own edge; then 0 -> 10 -> x and back to x or to 10; and 0 -> 10 -> 39 -> 1.
        let lengths: Vec<usize> = shortest.paths.iter().map(Vec::len).collect();
        assert_eq!(lengths, [vec![2], vec![3; 49]].concat());
        assert!(shortest_paths_through_relays(&dense, &[0], Bounds { paths: 50, steps: 20 }).is_cut_short);
    }
}
