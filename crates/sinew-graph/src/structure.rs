//! Where an undirected multigraph falls apart: articulation points and bridges.
//!
//! One depth-first search with low points (Tarjan 1972; Hopcroft, Tarjan 1973), iterative, so that a long path cannot
//! exhaust the stack. Parallel edges are edges of their own and therefore never bridges; an edge from a vertex to itself
//! joins nothing.

use super::and_or::Rows;

/// The weak spots of an undirected graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Vertices whose removal leaves their connected component in more pieces, ascending.
    pub articulation_points: Vec<u32>,
    /// Edges, by their index, whose removal leaves their connected component in two, ascending.
    pub bridges: Vec<u32>,
}

/// A vertex on the path from the root of the search.
struct Visit {
    vertex: u32,
    /// The edge by which it was entered; at the root the index of no edge.
    entered_by: u32,
    /// How many of its incident edges have been followed.
    followed: usize,
}

impl Structure {
    /// The weak spots of the graph on `vertex_count` vertices with `edges`; linear time.
    ///
    /// # Panics
    /// Where an edge names a vertex that is not below `vertex_count`.
    #[must_use]
    pub fn new(vertex_count: u32, edges: &[[u32; 2]]) -> Self {
        let incident = Rows::group(vertex_count, || {
            (0..).zip(edges).flat_map(|(edge, ends)| ends.iter().map(move |&vertex| (vertex, edge)))
        });
        let mut search = Search { edges, incident, entry: vec![0; vertex_count as usize], low: Vec::new(), time: 0 };
        search.low = search.entry.clone();
        let mut is_articulation_point = vec![false; vertex_count as usize];
        let mut bridges = Vec::new();
        for root in 0..vertex_count {
            if search.entry[root as usize] == 0 {
                search.explore(root, &mut is_articulation_point, &mut bridges);
            }
        }
        bridges.sort_unstable();
        let articulation_points = (0..vertex_count).filter(|&vertex| is_articulation_point[vertex as usize]).collect();
        Self { articulation_points, bridges }
    }
}

struct Search<'e> {
    edges: &'e [[u32; 2]],
    /// Edges at each vertex; an edge from a vertex to itself is listed there twice.
    incident: Rows,
    /// When each vertex was entered, from 1; 0 where it was not yet.
    entry: Vec<u32>,
    /// The earliest entry reachable from below each vertex by one edge that is not of the search tree.
    low: Vec<u32>,
    time: u32,
}

impl Search<'_> {
    fn explore(&mut self, root: u32, is_articulation_point: &mut [bool], bridges: &mut Vec<u32>) {
        let mut children_of_root = 0;
        let mut path = vec![self.enter(root, u32::MAX)];
        while let Some(visit) = path.last_mut() {
            let vertex = visit.vertex as usize;
            if let Some(&edge) = self.incident.row(visit.vertex).get(visit.followed) {
                visit.followed += 1;
                let [one, other] = self.edges[edge as usize];
                let neighbour = if one == visit.vertex { other } else { one };
                if edge == visit.entered_by {
                    continue;
                }
                if self.entry[neighbour as usize] == 0 {
                    let next = self.enter(neighbour, edge);
                    path.push(next);
                } else {
                    self.low[vertex] = self.low[vertex].min(self.entry[neighbour as usize]);
                }
                continue;
            }
            let entered_by = visit.entered_by;
            path.pop();
            let Some(parent) = path.last().map(|visit| visit.vertex as usize) else { break };
            self.low[parent] = self.low[parent].min(self.low[vertex]);
            if self.low[vertex] > self.entry[parent] {
                bridges.push(entered_by);
            }
            if path.len() == 1 {
                children_of_root += 1;
            } else if self.low[vertex] >= self.entry[parent] {
                is_articulation_point[parent] = true;
            }
        }
        is_articulation_point[root as usize] = children_of_root > 1;
    }

    fn enter(&mut self, vertex: u32, entered_by: u32) -> Visit {
        self.time += 1;
        self.entry[vertex as usize] = self.time;
        self.low[vertex as usize] = self.time;
        Visit { vertex, entered_by, followed: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_all_bridges_and_its_inner_vertices_cut_it() {
        let found = Structure::new(4, &[[2, 3], [1, 0], [1, 2]]);
        assert_eq!(found, Structure { articulation_points: vec![1, 2], bridges: vec![0, 1, 2] });
    }

    #[test]
    fn parallel_edges_are_no_bridges_yet_their_ends_may_cut() {
        let found = Structure::new(3, &[[0, 1], [1, 0], [1, 2]]);
        assert_eq!(found, Structure { articulation_points: vec![1], bridges: vec![2] });
    }

    #[test]
    fn an_edge_to_itself_changes_nothing() {
        let found = Structure::new(2, &[[0, 0], [0, 1], [1, 1]]);
        assert_eq!(found, Structure { articulation_points: vec![], bridges: vec![1] });
    }

    #[test]
    fn a_path_of_a_million_vertices_is_searched_without_recursion() {
        let edges: Vec<[u32; 2]> = (1..1_000_000).map(|vertex| [vertex - 1, vertex]).collect();
        assert_eq!(Structure::new(1_000_000, &edges).articulation_points.len(), 999_998);
    }

    #[test]
    fn no_vertices_have_no_weak_spots() {
        assert_eq!(Structure::new(0, &[]), Structure::default());
    }
}
