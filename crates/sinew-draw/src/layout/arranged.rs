//! What was arranged before: for pictures that have parts in common, and for whoever draws the same stack again and again.
//!
//! Where boxes stand and which way lines run depends on who is joined to whom, and not on words, figures or emphasis. So what differs
//! in these alone is not arranged again: it has the very places that it would come to.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::grid::{Cell, Floor};
use super::net::Net;
use super::plan::Plan;

/// Lines of all arrangements that are kept, together; an arrangement takes about half a kilobyte for each of its lines.
const MOST: usize = 100_000;

/// Arrangements of boxes and lines that were made before. They change no picture: what is asked for again is what making it again
/// would come to, and it counts as the same work.
#[derive(Debug)]
pub struct Arrangements {
    known: Mutex<Known>,
    /// Lines of all that is kept.
    most: usize,
}

#[derive(Debug, Default)]
struct Known {
    made: HashMap<Key, Kept>,
    /// Lines of all of them.
    lines: usize,
}

#[derive(Debug)]
struct Kept {
    made: Made,
    is_used: bool,
}

/// All that an arrangement depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// By group: whether it has a frame, and its boxes.
    groups: Vec<(bool, Vec<usize>)>,
    /// The two ends of each line.
    ends: Vec<(usize, usize)>,
    /// By box, across and down, where it would stand for the sake of the reading direction, as bits.
    wished: Vec<[Option<u64>; 2]>,
    pub(super) floor: Floor,
    pub(super) seats: Seats,
    /// Ways to weigh width against height, the first of all.
    pub(super) crowds: usize,
}

/// Where boxes stand on their floor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Seats {
    /// Where a search with this seed and effort puts them.
    Sought { seed: u64, effort: usize },
    /// In these cells.
    Given(Vec<Cell>),
}

/// What was made for a key: a plan for each way to weigh width against height, and the work that they took.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) plans: Vec<Plan>,
    pub(super) work: u64,
}

impl Key {
    pub(super) fn of(net: &Net, floor: &Floor, seats: Seats, crowds: usize) -> Self {
        Self {
            groups: net.groups.iter().map(|group| (group.cluster.is_some(), group.nodes.clone())).collect(),
            ends: net.links.iter().map(|link| (link.from, link.to)).collect(),
            wished: net.reading.wished().map(|wished| wished.map(|at| at.map(f64::to_bits))).collect(),
            floor: floor.clone(),
            seats,
            crowds,
        }
    }

    fn lines(&self) -> usize {
        self.ends.len() * self.crowds
    }
}

impl Default for Arrangements {
    fn default() -> Self {
        Self { known: Mutex::default(), most: MOST }
    }
}

impl Arrangements {
    /// Forgets what nobody has asked for since it was called before.
    pub fn forget_unused(&self) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.made.retain(|_, kept| std::mem::take(&mut kept.is_used));
        known.lines = known.made.keys().map(Key::lines).sum();
    }

    /// What was made for a key, or what is made for it now.
    pub(super) fn made(&self, key: Key, make: impl FnOnce(&Key) -> Made) -> Made {
        if let Some(kept) = self.known.lock().unwrap_or_else(PoisonError::into_inner).made.get_mut(&key) {
            kept.is_used = true;
            return kept.made.clone();
        }
        let made = make(&key);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = key.lines();
        // Another thread may have made the same meanwhile.
        if known.lines + lines <= self.most
            && known.made.insert(key, Kept { made: made.clone(), is_used: true }).is_none()
        {
            known.lines += lines;
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Budget, Laid, together};
    use crate::{Cluster, Diagram, Edge, Node};

    /// Twenty boxes in two frames, each joined to the next and to one farther on, with these words on them.
    fn diagram(words: &str) -> Diagram {
        let id = |at: usize| format!("n{}", at % 20);
        let node = |at: usize| Node {
            id: id(at),
            name: format!("{words} {at}"),
            cluster: Some(if at < 10 { "a".into() } else { "b".into() }),
            ..Node::default()
        };
        let edge = |(at, by): (usize, usize)| Edge {
            id: format!("e{at}-{by}"),
            from: id(at),
            to: id(at + by),
            label: vec![words.into()],
            ..Edge::default()
        };
        Diagram {
            clusters: ["a", "b"].map(|id| Cluster { id: id.into(), name: id.into() }).into(),
            nodes: (0..20).map(node).collect(),
            edges: (0..20).flat_map(|at| [(at, 1), (at, 7)]).map(edge).collect(),
            ..Diagram::default()
        }
    }

    fn laid(diagram: &Diagram, known: &Arrangements) -> Vec<Laid> {
        let other = Diagram { stands_as: Some(std::sync::Arc::new(diagram.clone())), ..diagram.clone() };
        together(&[diagram, &other], Budget::REPORT, Some(known), &|_| ())
    }

    /// Arrangements that were sought.
    fn count(known: &Arrangements) -> usize {
        let known = known.known.lock().unwrap();
        known.made.keys().filter(|key| matches!(key.seats, Seats::Sought { .. })).count()
    }

    #[test]
    fn what_was_arranged_before_is_the_same_picture_and_only_other_lines_are_arranged_again() {
        let known = Arrangements::default();
        let first = diagram("Lead");
        let nothing = Arrangements { most: 0, ..Arrangements::default() };
        assert_eq!(laid(&first, &known), laid(&first, &nothing));
        let made = count(&known);
        assert!(made > 1, "{made}");
        let other_words = diagram("Contact");
        assert_eq!(laid(&other_words, &known), laid(&other_words, &nothing));
        assert_eq!(count(&known), made, "words seek nothing");
        assert_eq!(count(&nothing), 0);
        let mut other_lines = diagram("Lead");
        other_lines.edges.swap_remove(3);
        assert_eq!(laid(&other_lines, &known), laid(&other_lines, &nothing));
        assert!(count(&known) > made);
    }

    #[test]
    fn what_nobody_asks_for_any_more_is_forgotten() {
        let known = Arrangements::default();
        let (first, mut other) = (diagram("Lead"), diagram("Lead"));
        other.edges.truncate(30);
        laid(&first, &known);
        let made = count(&known);
        known.forget_unused();
        assert_eq!(count(&known), made);
        laid(&other, &known);
        known.forget_unused();
        laid(&other, &known);
        assert!(count(&known) < 2 * made);
        let lines = known.known.lock().unwrap().lines;
        assert_eq!(lines, known.known.lock().unwrap().made.keys().map(Key::lines).sum::<usize>());
    }
}
