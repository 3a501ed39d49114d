//! A directed multigraph whose vertices are looked up by what they stand for; petgraph's `DiGraph` underneath.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Dfs, EdgeRef, NodeFiltered};

/// Vertices are values, each there once; edges carry values, and several may join the same two vertices.
#[derive(Clone, Debug)]
pub struct Multigraph<V, E> {
    graph: DiGraph<V, E>,
    vertices: HashMap<V, NodeIndex>,
}

impl<V, E> Default for Multigraph<V, E> {
    fn default() -> Self {
        Self { graph: DiGraph::new(), vertices: HashMap::new() }
    }
}

impl<V: Copy + Ord + Hash, E: Copy + Ord> Multigraph<V, E> {
    /// Adds an edge, and its ends where they are not there yet.
    pub fn add_edge(&mut self, from: V, to: V, edge: E) {
        let (from, to) = (self.vertex(from), self.vertex(to));
        self.graph.add_edge(from, to, edge);
    }

    fn vertex(&mut self, vertex: V) -> NodeIndex {
        *self.vertices.entry(vertex).or_insert_with(|| self.graph.add_node(vertex))
    }

    /// The edges out of `vertex` with their targets, by edge; none where it is not there.
    #[must_use]
    pub fn out_of(&self, vertex: V) -> Vec<(E, V)> {
        self.beside(vertex, Direction::Outgoing)
    }

    /// The edges into `vertex` with their sources, by edge; none where it is not there.
    #[must_use]
    pub fn into_vertex(&self, vertex: V) -> Vec<(E, V)> {
        self.beside(vertex, Direction::Incoming)
    }

    fn beside(&self, vertex: V, direction: Direction) -> Vec<(E, V)> {
        let Some(&at) = self.vertices.get(&vertex) else { return Vec::new() };
        let other = |edge: &petgraph::graph::EdgeReference<'_, E>| match direction {
            Direction::Outgoing => edge.target(),
            Direction::Incoming => edge.source(),
        };
        let edges = self.graph.edges_directed(at, direction);
        let mut found: Vec<(E, V)> = edges.map(|edge| (*edge.weight(), self.graph[other(&edge)])).collect();
        found.sort_by_key(|(edge, _)| *edge);
        found
    }

    /// Whether an edge leads out of `vertex`.
    #[must_use]
    pub fn has_edge_out_of(&self, vertex: V) -> bool {
        self.has(vertex, Direction::Outgoing)
    }

    /// Whether an edge leads into `vertex`.
    #[must_use]
    pub fn has_edge_into(&self, vertex: V) -> bool {
        self.has(vertex, Direction::Incoming)
    }

    fn has(&self, vertex: V, direction: Direction) -> bool {
        self.vertices.get(&vertex).is_some_and(|&at| self.graph.first_edge(at, direction).is_some())
    }

    /// Every vertex that an edge begins or ends at, sorted.
    #[must_use]
    pub fn vertices(&self) -> Vec<V> {
        let mut vertices: Vec<V> = self.graph.node_weights().copied().collect();
        vertices.sort_unstable();
        vertices
    }

    /// Everything that `sources` reach along edges, themselves included whether they are there or not; sorted. Linear
    /// in the edges, but for sorting.
    #[must_use]
    pub fn reached_from(&self, sources: impl IntoIterator<Item = V>) -> Vec<V> {
        let mut reached: Vec<V> = Vec::new();
        let mut search = Dfs::empty(&self.graph);
        for source in sources {
            match self.vertices.get(&source) {
                Some(&vertex) => search.move_to(vertex),
                None => reached.push(source),
            }
            while let Some(vertex) = search.next(&self.graph) {
                reached.push(self.graph[vertex]);
            }
        }
        reached.sort_unstable();
        reached.dedup();
        reached
    }

    /// The strongly connected components of the part on `vertices` that no other component of it feeds, each sorted, by
    /// their first vertex (S. R. Kosaraju 1978; M. Sharir 1981). Linear in the edges, but for sorting.
    #[must_use]
    pub fn source_components(&self, vertices: &[V]) -> Vec<Vec<V>> {
        let inside: BTreeSet<NodeIndex> =
            vertices.iter().filter_map(|vertex| self.vertices.get(vertex)).copied().collect();
        let part = NodeFiltered::from_fn(&self.graph, |vertex| inside.contains(&vertex));
        let mut sources = Vec::new();
        for component in kosaraju_scc(&part) {
            let members: BTreeSet<NodeIndex> = component.into_iter().collect();
            let mut fed_from = members.iter().flat_map(|at| self.graph.neighbors_directed(*at, Direction::Incoming));
            if fed_from.all(|other| members.contains(&other) || !inside.contains(&other)) {
                let mut component: Vec<V> = members.iter().map(|vertex| self.graph[*vertex]).collect();
                component.sort_unstable();
                sources.push(component);
            }
        }
        sources.sort_unstable();
        sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Multigraph<char, u32> {
        let mut graph = Multigraph::default();
        for (from, to, edge) in [('a', 'b', 3), ('b', 'a', 2), ('a', 'b', 1), ('b', 'c', 4), ('d', 'd', 5)] {
            graph.add_edge(from, to, edge);
        }
        graph
    }

    #[test]
    fn edges_come_in_their_order_with_their_other_ends() {
        let graph = example();
        assert_eq!(graph.out_of('a'), [(1, 'b'), (3, 'b')]);
        assert_eq!(graph.into_vertex('a'), [(2, 'b')]);
        assert_eq!(graph.out_of('d'), graph.into_vertex('d'));
        assert!(graph.out_of('x').is_empty());
        assert!(graph.has_edge_into('c') && !graph.has_edge_out_of('c'));
        assert_eq!(graph.vertices(), ['a', 'b', 'c', 'd']);
    }

    #[test]
    fn what_is_reached_includes_where_it_began() {
        let graph = example();
        assert_eq!(graph.reached_from(['b']), ['a', 'b', 'c']);
        assert_eq!(graph.reached_from(['x', 'c', 'd', 'c']), ['c', 'd', 'x']);
        assert!(graph.reached_from([]).is_empty());
    }

    #[test]
    fn source_components_are_fed_by_no_other_of_the_same_part() {
        let mut graph = example();
        graph.add_edge('d', 'a', 6);
        let all = graph.vertices();
        assert_eq!(graph.source_components(&all), [vec!['d']]);
        // Without d the ring of a and b is fed by nothing; c is fed by it.
        assert_eq!(graph.source_components(&['a', 'b', 'c', 'x']), [vec!['a', 'b']]);
        assert_eq!(graph.source_components(&['b', 'c', 'd']), [vec!['b'], vec!['d']]);
    }
}
