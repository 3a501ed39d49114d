//! How soon each fact of an AND/OR graph can hold, where rules take time.
//!
//! A fact holds as soon as its fastest rule has fired; a rule fires its delay after the last fact of its body holds. The
//! least solution is found by settling facts in the order of their times (Knuth 1977: A generalization of Dijkstra's
//! algorithm), which is right because a rule is never done before what it needs. O((facts + items of bodies) log rules).

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::and_or::{FactIx, RuleIx};
use super::fixpoint::Derivation;
use super::ix::{IxVec, Slot};
use super::view::View;

/// The earliest time of each fact, and the rule that gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Earliest {
    time: IxVec<FactIx, f64>,
    witness: IxVec<FactIx, Slot<RuleIx>>,
}

/// A rule that can fire at a time. Equal times are settled in the order of the rules, so that the result is always the
/// same.
#[derive(PartialEq)]
struct Firing {
    time: f64,
    rule: RuleIx,
}

impl Eq for Firing {}

impl Ord for Firing {
    fn cmp(&self, other: &Self) -> Ordering {
        self.time.total_cmp(&other.time).then(self.rule.cmp(&other.rule))
    }
}

impl PartialOrd for Firing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The earliest times in `view` with nothing failed, where rule `r` takes `delay(r)`, which must not be negative.
#[must_use]
pub fn earliest(view: View<'_>, delay: impl Fn(RuleIx) -> f64) -> Earliest {
    let graph = view.graph();
    let derivation = Derivation::new(view);
    let mut missing: IxVec<RuleIx, usize> = graph.rules().map(|rule| graph.body(rule).len()).collect();
    let facts = graph.fact_count();
    let mut found = Earliest { time: IxVec::filled(0.0, facts), witness: IxVec::filled(Slot::NONE, facts) };
    let origins = graph.rules().filter(|rule| view.has_rule(*rule) && missing[*rule] == 0);
    let mut open: BinaryHeap<Reverse<Firing>> =
        origins.map(|rule| Reverse(Firing { time: delay(rule), rule })).collect();
    while let Some(Reverse(Firing { time, rule })) = open.pop() {
        let fact = graph.head(rule);
        if !found.witness[fact].is_none() {
            continue;
        }
        found.witness[fact] = Slot::some(rule);
        found.time[fact] = time;
        for &user in derivation.uses(fact) {
            missing[user] -= 1;
            // Facts come in the order of their times, so the last of a body is its slowest.
            if missing[user] == 0 && view.has_rule(user) {
                open.push(Reverse(Firing { time: time + delay(user), rule: user }));
            }
        }
    }
    found
}

impl Earliest {
    /// When `fact` holds; `None` where it never does.
    #[must_use]
    pub fn time(&self, fact: FactIx) -> Option<f64> {
        self.witness[fact].get().map(|_| self.time[fact])
    }

    /// The rules that `fact` waits for, first to last: of each body the slowest fact (the first of equal ones). Empty
    /// where the fact never holds.
    #[must_use]
    pub fn critical_path(&self, view: View<'_>, fact: FactIx) -> Vec<RuleIx> {
        let (mut rules, mut next) = (Vec::new(), Some(fact));
        while let Some(fact) = next {
            let Some(rule) = self.witness[fact].get() else { break };
            rules.push(rule);
            let body = view.graph().body(rule);
            let slower = |a: &&FactIx, b: &&FactIx| self.time[**a].total_cmp(&self.time[**b]).then(b.cmp(a));
            next = body.iter().max_by(slower).copied();
        }
        rules.reverse();
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::and_or::AndOrGraph;
    use proptest::prelude::*;

    /// The definition read aloud: start from never, and lower times until nothing changes.
    fn naive(graph: &AndOrGraph, delay: &IxVec<RuleIx, f64>) -> IxVec<FactIx, f64> {
        let mut time = IxVec::filled(f64::INFINITY, graph.fact_count());
        loop {
            let before = time.clone();
            for rule in graph.rules() {
                let body = graph.body(rule).iter().map(|fact| time[*fact]);
                let fires = body.fold(0.0, f64::max) + delay[rule];
                let head = &mut time[graph.head(rule)];
                *head = head.min(fires);
            }
            if before == time {
                return time;
            }
        }
    }

    fn graph(facts: usize, rules: &[(usize, Vec<usize>)]) -> AndOrGraph {
        let mut graph = AndOrGraph::new(0);
        let place = graph.add_place([]);
        (0..facts).for_each(|_| {
            graph.add_fact(place);
        });
        for (head, body) in rules {
            graph.add_rule(FactIx::new(*head), body.iter().copied().map(FactIx::new), []);
        }
        graph
    }

    #[test]
    fn the_fastest_supply_counts_and_a_body_waits_for_its_slowest() {
        // 0 and 1 are origins; 2 needs both; 3 comes from 2 or, slower, from 0; 2 and 3 feed each other.
        let graph = graph(4, &[(0, vec![]), (1, vec![]), (2, vec![0, 1]), (3, vec![2]), (3, vec![0]), (2, vec![3])]);
        let delay: IxVec<RuleIx, f64> = vec![1.0, 5.0, 1.0, 2.0, 30.0, 0.0].into();
        let found = earliest(View::whole(&graph), |rule| delay[rule]);
        assert_eq!(
            [0, 1, 2, 3].map(|fact| found.time(FactIx::new(fact))),
            [Some(1.0), Some(5.0), Some(6.0), Some(8.0)]
        );
        assert_eq!(found.critical_path(View::whole(&graph), FactIx::new(3)), [1, 2, 3].map(RuleIx::new));
    }

    #[test]
    fn what_only_feeds_itself_never_holds() {
        let graph = graph(2, &[(0, vec![1]), (1, vec![0])]);
        let found = earliest(View::whole(&graph), |_| 0.0);
        let first = FactIx::new(0);
        assert_eq!((found.time(first), found.critical_path(View::whole(&graph), first)), (None, Vec::new()));
    }

    proptest! {
        #[test]
        fn equals_the_definition(
            rules in proptest::collection::vec((0..6_usize, proptest::collection::vec(0..6_usize, 0..3), 0..9u8), 0..14),
        ) {
            let delay: IxVec<RuleIx, f64> = rules.iter().map(|(_, _, delay)| f64::from(*delay)).collect();
            let rules: Vec<(usize, Vec<usize>)> = rules.into_iter().map(|(head, body, _)| (head, body)).collect();
            let graph = graph(6, &rules);
            let found = earliest(View::whole(&graph), |rule| delay[rule]);
            let times: IxVec<FactIx, f64> = graph.facts().map(|fact| found.time(fact).unwrap_or(f64::INFINITY)).collect();
            prop_assert_eq!(&times, &naive(&graph, &delay));
            for fact in graph.facts() {
                // The path is a chain of rules that takes exactly that long.
                let path = found.critical_path(View::whole(&graph), fact);
                let length: f64 = path.iter().map(|rule| delay[*rule]).sum();
                prop_assert_eq!(found.time(fact), path.last().map(|_| length));
            }
        }
    }
}
