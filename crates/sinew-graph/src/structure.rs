//! Where an undirected multigraph falls apart: articulation points and bridges.
//!
//! One depth-first search with low points (Tarjan 1972; Hopcroft, Tarjan 1973), iterative, so that a long path cannot
//! exhaust the stack. Parallel edges are edges of their own and therefore never bridges; an edge from a vertex to itself
//! joins nothing.

use super::ix::{IxVec, first, index_types};
use super::rows::Rows;

index_types! {
    /// A vertex of an undirected graph.
    pub struct VertexIx;
    /// An edge of an undirected graph.
    pub struct EdgeIx;
}

/// The weak spots of an undirected graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Vertices whose removal leaves their connected component in more pieces, ascending.
    pub articulation_points: Vec<VertexIx>,
    /// Edges whose removal leaves their connected component in two, ascending.
    pub bridges: Vec<EdgeIx>,
}

/// A vertex on the path from the root of the search.
struct Visit {
    vertex: VertexIx,
    /// The edge by which it was entered; none at the root.
    entered_by: Option<EdgeIx>,
    /// How many of its incident edges have been followed.
    followed: usize,
}

impl Structure {
    /// The weak spots of the graph on `vertex_count` vertices with `edges`; linear time.
    ///
    /// # Panics
    /// Where an edge names a vertex that is not below `vertex_count`.
    #[must_use]
    pub fn new(vertex_count: usize, edges: &IxVec<EdgeIx, [VertexIx; 2]>) -> Self {
        let incident = Rows::group(vertex_count, || {
            edges.enumerate().flat_map(|(edge, ends)| ends.iter().map(move |&vertex| (vertex, edge)))
        });
        let never = IxVec::filled(0, vertex_count);
        let mut search = Search { edges, incident, entry: never.clone(), low: never, time: 0 };
        let mut is_articulation_point = IxVec::filled(false, vertex_count);
        let mut bridges = Vec::new();
        for root in first(vertex_count) {
            if search.entry[root] == 0 {
                search.explore(root, &mut is_articulation_point, &mut bridges);
            }
        }
        bridges.sort_unstable();
        let articulation_points = first(vertex_count).filter(|&vertex| is_articulation_point[vertex]).collect();
        Self { articulation_points, bridges }
    }
}

struct Search<'e> {
    edges: &'e IxVec<EdgeIx, [VertexIx; 2]>,
    /// Edges at each vertex; an edge from a vertex to itself is listed there twice.
    incident: Rows<VertexIx, EdgeIx>,
    /// When each vertex was entered, from 1; 0 where it was not yet.
    entry: IxVec<VertexIx, u32>,
    /// The earliest entry reachable from below each vertex by one edge that is not of the search tree.
    low: IxVec<VertexIx, u32>,
    time: u32,
}

impl Search<'_> {
    fn explore(
        &mut self,
        root: VertexIx,
        is_articulation_point: &mut IxVec<VertexIx, bool>,
        bridges: &mut Vec<EdgeIx>,
    ) {
        let mut children_of_root = 0;
        let mut path = vec![self.enter(root, None)];
        while let Some(visit) = path.last_mut() {
            let vertex = visit.vertex;
            if let Some(&edge) = self.incident.row(vertex).get(visit.followed) {
                visit.followed += 1;
                let [one, other] = self.edges[edge];
                let neighbour = if one == vertex { other } else { one };
                if Some(edge) == visit.entered_by {
                    continue;
                }
                if self.entry[neighbour] == 0 {
                    let next = self.enter(neighbour, Some(edge));
                    path.push(next);
                } else {
                    self.low[vertex] = self.low[vertex].min(self.entry[neighbour]);
                }
                continue;
            }
            let entered_by = visit.entered_by;
            path.pop();
            let Some(parent) = path.last().map(|visit| visit.vertex) else { break };
            self.low[parent] = self.low[parent].min(self.low[vertex]);
            if self.low[vertex] > self.entry[parent] {
                bridges.extend(entered_by);
            }
            if path.len() == 1 {
                children_of_root += 1;
            } else if self.low[vertex] >= self.entry[parent] {
                is_articulation_point[parent] = true;
            }
        }
        is_articulation_point[root] = children_of_root > 1;
    }

    fn enter(&mut self, vertex: VertexIx, entered_by: Option<EdgeIx>) -> Visit {
        self.time += 1;
        self.entry[vertex] = self.time;
        self.low[vertex] = self.time;
        Visit { vertex, entered_by, followed: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the articulation points and of the bridges.
    fn weak_spots(vertex_count: usize, edges: &[[usize; 2]]) -> (Vec<usize>, Vec<usize>) {
        let edges = edges.iter().map(|ends| ends.map(VertexIx::new)).collect();
        let Structure { articulation_points, bridges } = Structure::new(vertex_count, &edges);
        (articulation_points.into_iter().map(VertexIx::at).collect(), bridges.into_iter().map(EdgeIx::at).collect())
    }

    #[test]
    fn a_path_is_all_bridges_and_its_inner_vertices_cut_it() {
        assert_eq!(weak_spots(4, &[[2, 3], [1, 0], [1, 2]]), (vec![1, 2], vec![0, 1, 2]));
    }

    #[test]
    fn parallel_edges_are_no_bridges_yet_their_ends_may_cut() {
        assert_eq!(weak_spots(3, &[[0, 1], [1, 0], [1, 2]]), (vec![1], vec![2]));
    }

    #[test]
    fn an_edge_to_itself_changes_nothing() {
        assert_eq!(weak_spots(2, &[[0, 0], [0, 1], [1, 1]]), (vec![], vec![1]));
    }

    #[test]
    fn a_path_of_a_million_vertices_is_searched_without_recursion() {
        let edges: Vec<[usize; 2]> = (1..1_000_000).map(|vertex| [vertex - 1, vertex]).collect();
        assert_eq!(weak_spots(1_000_000, &edges).0.len(), 999_998);
    }

    #[test]
    fn no_vertices_have_no_weak_spots() {
        assert_eq!(weak_spots(0, &[]), (vec![], vec![]));
    }
}
