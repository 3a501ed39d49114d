//! The parts of a diagram that is too large for one slide: its clusters, and its nodes without one gathered.

use std::collections::BTreeMap;

use crate::{Cluster, Diagram};

/// Beyond these no slide is tried: it would not be readable, and the search would be wasted.
const MOST_NODES: usize = 64;
const MOST_EDGES: usize = 170;
/// Nodes of a part where the diagram has no clusters to part it by.
const CHUNK: usize = 14;
/// Boxes below which a family is no part of its own.
const SMALLEST: usize = 3;
/// What boxes of no family are called together.
const REST: &str = "Other";

/// Whether one slide is worth trying.
pub(super) fn may_fit(d: &Diagram) -> bool {
    let lines: usize = d.edges.iter().map(|edge| 1 + edge.stops.len()).sum();
    d.nodes.len() <= MOST_NODES && lines <= MOST_EDGES
}

/// Nodes with a home: an index into the parts' names.
pub(super) struct Parts {
    pub(super) clusters: Vec<Cluster>,
    pub(super) of: Vec<usize>,
    /// Nodes at the two ends of each edge.
    pub(super) ends: Vec<[usize; 2]>,
    /// Nodes that each edge passes on its way.
    pub(super) stops: Vec<Vec<usize>>,
}

impl Parts {
    pub(super) fn new(d: &Diagram) -> Parts {
        let index: BTreeMap<&str, usize> = d.nodes.iter().enumerate().map(|(i, n)| (n.id.as_str(), i)).collect();
        let known: BTreeMap<&str, usize> =
            d.clusters.iter().enumerate().rev().map(|(i, c)| (c.id.as_str(), i)).collect();
        let home: Vec<Option<usize>> =
            d.nodes.iter().map(|n| n.cluster.as_deref().and_then(|c| known.get(c).copied())).collect();
        let mut clusters = d.clusters.clone();
        let mut of: Vec<usize> = home.iter().map(|h| h.unwrap_or(usize::MAX)).collect();
        let ends: Vec<[usize; 2]> = d.edges.iter().map(|e| [index[e.from.as_str()], index[e.to.as_str()]]).collect();
        let loose = connected_order(d, &ends, &home);
        let mut lines = vec![0_usize; d.nodes.len()];
        ends.iter().flatten().for_each(|&n| lines[n] += 1);
        let families = families(d, &loose);
        let is_one = families.len() == 1;
        for (family, members) in families {
            let chunks = members.len().div_ceil(CHUNK).max(1);
            let size = members.len().div_ceil(chunks).max(1);
            for members in members.chunks(size) {
                // A part without a family, or of one that is too large, is called by the box that most lines join.
                let hub = members.iter().rev().max_by_key(|&&n| lines[n]).map_or("", |&n| d.nodes[n].name.as_str());
                let hub = match members.len() {
                    1 => hub.to_owned(),
                    all => format!("{hub} and {} more", all - 1),
                };
                let name = match family {
                    "" if is_one && chunks == 1 && !d.clusters.is_empty() => REST.to_owned(),
                    "" => hub,
                    // The stack may have a domain of that name, which others were put into.
                    family if chunks == 1 && d.clusters.iter().all(|cluster| cluster.name != family) => {
                        family.to_owned()
                    }
                    family => format!("{family}: {hub}"),
                };
                for &n in members {
                    of[n] = clusters.len();
                }
                // A blank is not part of any id a stack file can hold.
                clusters.push(Cluster { id: format!(" part {}", clusters.len() + 1), name });
            }
        }
        let stops = d.edges.iter().map(|e| e.stops.iter().map(|stop| index[stop.id.as_str()]).collect()).collect();
        Parts { clusters, of, ends, stops }
    }

    /// The parts of the two ends of an edge.
    pub(super) fn homes(&self, e: usize) -> [usize; 2] {
        self.ends[e].map(|n| self.of[n])
    }
}

/// Nodes without a cluster by what they are gathered with, the largest family first, then by name, each in the order of `loose`.
/// Families of one or two boxes are too small for a slide: they go with what has none.
fn families<'d>(d: &'d Diagram, loose: &[usize]) -> Vec<(&'d str, Vec<usize>)> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &n in loose {
        by_name.entry(d.nodes[n].family.as_str()).or_default().push(n);
    }
    by_name.retain(|family, members| !family.is_empty() && members.len() >= SMALLEST);
    let is_rest = |n: &usize| !by_name.contains_key(d.nodes[*n].family.as_str());
    let rest: Vec<usize> = loose.iter().copied().filter(is_rest).collect();
    let mut families: Vec<(&str, Vec<usize>)> = by_name.into_iter().collect();
    families.sort_by_key(|(name, members)| (std::cmp::Reverse(members.len()), *name));
    if !rest.is_empty() {
        let name = if families.is_empty() { "" } else { REST };
        families.push((name, rest));
    }
    families
}

/// Nodes without a cluster, neighbors next to each other (breadth first).
fn connected_order(d: &Diagram, ends: &[[usize; 2]], home: &[Option<usize>]) -> Vec<usize> {
    let mut near = vec![Vec::new(); d.nodes.len()];
    for &[a, b] in ends {
        near[a].push(b);
        near[b].push(a);
    }
    let mut seen = vec![false; d.nodes.len()];
    let mut order = Vec::new();
    for start in 0..d.nodes.len() {
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(n) = queue.pop_front() {
            if seen[n] || home[n].is_some() {
                continue;
            }
            seen[n] = true;
            order.push(n);
            queue.extend(near[n].iter().copied());
        }
    }
    order
}

pub(super) fn flows(n: usize) -> String {
    counted(n, "flow")
}

pub(super) fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Edge, Node};

    /// A hub with all lines among so many boxes, none of them in a cluster.
    fn star(boxes: usize, clusters: &[&str]) -> Parts {
        let node = |at: usize| Node { id: format!("n{at}"), name: format!("Box {at}"), ..Node::default() };
        let edge =
            |at: usize| Edge { id: format!("e{at}"), from: "n3".into(), to: format!("n{at}"), ..Edge::default() };
        let cluster = |id: &&str| Cluster { id: (*id).to_owned(), name: (*id).to_owned() };
        Parts::new(&Diagram {
            clusters: clusters.iter().map(cluster).collect(),
            nodes: (0..boxes).map(node).collect(),
            edges: (0..boxes).filter(|at| *at != 3).map(edge).collect(),
            ..Diagram::default()
        })
    }

    #[test]
    fn parts_of_boxes_without_a_cluster_are_called_by_their_hub() {
        let names = |parts: &Parts| parts.clusters.iter().map(|part| part.name.clone()).collect::<Vec<_>>();
        let parts = star(16, &[]);
        let of_hub = &parts.clusters[parts.of[3]];
        assert_eq!((parts.clusters.len(), of_hub.name.as_str()), (2, "Box 3 and 7 more"));
        assert!(names(&parts).iter().all(|name| name.ends_with(" and 7 more")), "{:?}", names(&parts));
        assert_eq!(names(&star(8, &["sales"])), ["sales", "Other"]);
    }

    #[test]
    fn boxes_without_a_cluster_are_gathered_by_their_family() {
        let family = |at: usize| match at {
            0..15 => "Sales",
            15..19 => "Data",
            19..21 => "Web",
            _ => "",
        };
        let node = |at: usize| Node {
            id: format!("n{at}"),
            name: format!("Box {at}"),
            family: family(at).to_owned(),
            ..Node::default()
        };
        let parts = Parts::new(&Diagram { nodes: (0..22).map(node).collect(), ..Diagram::default() });
        let names: Vec<&str> = parts.clusters.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["Sales: Box 0 and 7 more", "Sales: Box 8 and 6 more", "Data", "Other"]);
        assert_eq!([0, 8, 15, 19, 21].map(|at| parts.of[at]), [0, 1, 2, 3, 3], "two boxes are no part of their own");
    }
}
