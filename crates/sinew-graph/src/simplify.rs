//! Makes a region smaller without changing when its goal holds.
//!
//! Rules that need their own head, or all that another rule of the same head needs, are dropped; a fact with one rule
//! is put in its place (unfolding, which keeps the least fixpoint); labels that occur in exactly the same places fail
//! the same things, so they become one.

use std::collections::{BTreeMap, BTreeSet};

use super::and_or::AndOrGraph;
use super::region::{Outcome, Region};

/// A smaller region over groups of labels.
#[derive(Debug)]
pub(super) struct Simplified {
    pub(super) region: Region,
    /// The labels (of the region that was simplified) of each label of the new region: any failing fails it.
    pub(super) groups: Vec<Vec<u32>>,
}

/// Beyond so many rules of one fact they are not compared pair by pair.
const COMPARED_RULES: usize = 64;

impl Simplified {
    pub(super) fn of(region: &Region) -> Self {
        let mut draft = Draft::of(region);
        draft.simplify();
        let (graph, groups) = draft.merged_labels();
        let Outcome::Depends(region) = Region::whole(&graph, region.goal) else {
            unreachable!("simplifying keeps what the goal depends on")
        };
        let groups = region.labels.iter().map(|&label| groups[label as usize].clone()).collect();
        Self { region: *region, groups }
    }
}

#[derive(Clone, Debug)]
struct Rule {
    head: u32,
    body: BTreeSet<u32>,
    labels: BTreeSet<u32>,
}

struct Draft {
    goal: u32,
    label_count: u32,
    places: Vec<BTreeSet<u32>>,
    rules: Vec<Option<Rule>>,
    rules_of: Vec<BTreeSet<usize>>,
    users: Vec<BTreeSet<usize>>,
    /// Facts to look at again.
    open: BTreeSet<u32>,
}

impl Draft {
    fn of(region: &Region) -> Self {
        let facts = region.fact_count();
        let mut this = Self {
            goal: region.goal,
            label_count: region.graph.label_count,
            places: (0..region.graph.fact_count())
                .map(|fact| region.graph.place_labels.row(fact).iter().copied().collect())
                .collect(),
            rules: Vec::new(),
            rules_of: vec![BTreeSet::new(); facts],
            users: vec![BTreeSet::new(); facts],
            open: (0..region.graph.fact_count()).collect(),
        };
        for rule in 0..region.graph.rule_count() {
            this.add(Rule {
                head: region.graph.rule_head[rule as usize],
                body: region.graph.rule_body.row(rule).iter().copied().collect(),
                labels: region.graph.rule_labels.row(rule).iter().copied().collect(),
            });
        }
        this
    }

    fn simplify(&mut self) {
        while let Some(fact) = self.open.pop_first() {
            self.drop_unused(fact);
            self.absorb(fact);
            self.lift(fact);
            self.unfold(fact);
        }
    }

    /// Adds a rule unless it needs its own head.
    fn add(&mut self, mut rule: Rule) {
        if rule.body.contains(&rule.head) {
            return;
        }
        for fact in rule.body.iter().chain([&rule.head]) {
            for label in &self.places[*fact as usize] {
                rule.labels.remove(label);
            }
        }
        let number = self.rules.len();
        self.rules_of[rule.head as usize].insert(number);
        for &fact in &rule.body {
            self.users[fact as usize].insert(number);
        }
        self.rules.push(Some(rule));
    }

    fn remove(&mut self, number: usize) -> Option<Rule> {
        let rule = self.rules[number].take()?;
        self.rules_of[rule.head as usize].remove(&number);
        for &fact in &rule.body {
            self.users[fact as usize].remove(&number);
            self.open.insert(fact);
        }
        Some(rule)
    }

    fn rule(&self, number: usize) -> &Rule {
        self.rules[number].as_ref().expect("a rule listed at a fact is there")
    }

    /// Drops all rules of a fact that nothing needs.
    fn drop_unused(&mut self, fact: u32) {
        if fact != self.goal && self.users[fact as usize].is_empty() {
            for number in std::mem::take(&mut self.rules_of[fact as usize]) {
                self.remove(number);
            }
        }
    }

    /// Drops rules of `fact` that need all that another one needs.
    fn absorb(&mut self, fact: u32) {
        let numbers: Vec<usize> = self.rules_of[fact as usize].iter().copied().collect();
        if numbers.len() > COMPARED_RULES {
            return;
        }
        for &number in &numbers {
            let rule = self.rule(number);
            let needs = |label: &u32| {
                rule.labels.contains(label) || rule.body.iter().any(|&b| self.places[b as usize].contains(label))
            };
            let superfluous = self.rules_of[fact as usize].iter().any(|&other| {
                let weaker = self.rule(other);
                other != number && weaker.body.is_subset(&rule.body) && weaker.labels.iter().all(needs)
            });
            if superfluous {
                self.remove(number);
            }
        }
    }

    /// Moves labels that every rule of `fact` names to its place.
    fn lift(&mut self, fact: u32) {
        let numbers: Vec<usize> = self.rules_of[fact as usize].iter().copied().collect();
        let Some((&first, others)) = numbers.split_first() else { return };
        if others.is_empty() && fact != self.goal {
            // It will be unfolded; in a long chain moving the labels each time would cost the square of its length.
            return;
        }
        let common: Vec<u32> = self
            .rule(first)
            .labels
            .iter()
            .copied()
            .filter(|label| others.iter().all(|&other| self.rule(other).labels.contains(label)))
            .collect();
        let users: Vec<usize> = self.users[fact as usize].iter().copied().collect();
        for &label in &common {
            self.places[fact as usize].insert(label);
            for &number in numbers.iter().chain(&users) {
                if let Some(rule) = &mut self.rules[number] {
                    rule.labels.remove(&label);
                }
            }
        }
        if !common.is_empty() {
            self.open.extend(users.iter().map(|&user| self.rule(user).head).collect::<Vec<u32>>());
        }
    }

    /// Puts the only rule of `fact` in place of the fact wherever it is used, unless that would make copies of a
    /// long body.
    fn unfold(&mut self, fact: u32) {
        let numbers = &self.rules_of[fact as usize];
        let Some(&only) = numbers.first().filter(|_| numbers.len() == 1 && fact != self.goal) else { return };
        let users: Vec<usize> = self.users[fact as usize].iter().copied().collect();
        if users.is_empty() || users.len() > 1 && self.rule(only).body.len() > 1 {
            return;
        }
        let Some(mut supply) = self.remove(only) else { return };
        supply.labels.extend(&self.places[fact as usize]);
        let last = users.len() - 1;
        for (at, user) in users.into_iter().enumerate() {
            let Some(mut rule) = self.remove(user) else { continue };
            let mut labels = if at == last { std::mem::take(&mut supply.labels) } else { supply.labels.clone() };
            // The smaller set goes into the larger, so that a long chain costs no square of its length.
            if labels.len() > rule.labels.len() {
                std::mem::swap(&mut labels, &mut rule.labels);
            }
            rule.labels.extend(labels);
            rule.body.remove(&fact);
            rule.body.extend(&supply.body);
            self.open.insert(rule.head);
            self.add(rule);
        }
    }

    /// The graph with every group of labels that occur together as one label; facts keep their numbers.
    fn merged_labels(&self) -> (AndOrGraph, Vec<Vec<u32>>) {
        let mut occurrences: Vec<Vec<usize>> = vec![Vec::new(); self.label_count as usize];
        for (fact, labels) in self.places.iter().enumerate() {
            let live = fact == self.goal as usize || !self.users[fact].is_empty();
            for &label in labels.iter().filter(|_| live) {
                occurrences[label as usize].push(fact);
            }
        }
        for (number, rule) in self.rules.iter().enumerate() {
            for &label in rule.iter().flat_map(|rule| &rule.labels) {
                occurrences[label as usize].push(self.places.len() + number);
            }
        }
        let mut groups: BTreeMap<&[usize], Vec<u32>> = BTreeMap::new();
        for (occurrences, label) in occurrences.iter().zip(0..).filter(|(occurrences, _)| !occurrences.is_empty()) {
            groups.entry(occurrences).or_default().push(label);
        }
        let mut groups: Vec<Vec<u32>> = groups.into_values().collect();
        groups.sort();
        let mut group_of = vec![None; self.label_count as usize];
        for (group, number) in groups.iter().zip(0_u32..) {
            for &label in group {
                group_of[label as usize] = Some(number);
            }
        }
        let grouped = |labels: &BTreeSet<u32>| {
            labels.iter().filter_map(|&label| group_of[label as usize]).collect::<BTreeSet<u32>>()
        };
        let mut graph = AndOrGraph::new(super::region::count(groups.len()));
        for place in &self.places {
            let place = graph.add_place(grouped(place));
            graph.add_fact(place);
        }
        for rule in self.rules.iter().flatten() {
            graph.add_rule(rule.head, rule.body.iter().copied(), grouped(&rule.labels));
        }
        (graph, groups)
    }
}
