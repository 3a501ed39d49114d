//! Makes a region smaller without changing when its goal holds.
//!
//! Rules that need their own head, or all that another rule of the same head needs, are dropped; a fact with one rule
//! is put in its place (unfolding, which keeps the least fixpoint); labels that occur in exactly the same places fail
//! the same things, so they become one.

use std::collections::{BTreeMap, BTreeSet};

use super::and_or::{AndOrGraph, FactIx, LabelIx, RuleIx};
use super::ix::IxVec;
use super::region::{Outcome, Region};

/// A smaller region over groups of labels.
#[derive(Debug)]
pub(super) struct Simplified {
    pub(super) region: Region,
    /// The labels (of the region that was simplified) of each label of the new region: any failing fails it.
    pub(super) groups: IxVec<LabelIx, Vec<LabelIx>>,
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
        let groups = region.labels.iter().map(|&label| groups[label].clone()).collect();
        Self { region: *region, groups }
    }
}

#[derive(Clone, Debug)]
struct Rule {
    head: FactIx,
    body: BTreeSet<FactIx>,
    labels: BTreeSet<LabelIx>,
}

struct Draft {
    goal: FactIx,
    label_count: usize,
    /// The labels of the place of each fact.
    places: IxVec<FactIx, BTreeSet<LabelIx>>,
    /// Nothing where a rule was removed.
    rules: IxVec<RuleIx, Option<Rule>>,
    rules_of: IxVec<FactIx, BTreeSet<RuleIx>>,
    users: IxVec<FactIx, BTreeSet<RuleIx>>,
    /// Facts to look at again.
    open: BTreeSet<FactIx>,
}

impl Draft {
    fn of(region: &Region) -> Self {
        let graph = &region.graph;
        let mut this = Self {
            goal: region.goal,
            label_count: graph.label_count(),
            places: graph.facts().map(|fact| graph.place_labels(graph.place(fact)).iter().copied().collect()).collect(),
            rules: IxVec::default(),
            rules_of: IxVec::filled(BTreeSet::new(), graph.fact_count()),
            users: IxVec::filled(BTreeSet::new(), graph.fact_count()),
            open: graph.facts().collect(),
        };
        for rule in graph.rules() {
            this.add(Rule {
                head: graph.head(rule),
                body: graph.body(rule).iter().copied().collect(),
                labels: graph.rule_labels(rule).iter().copied().collect(),
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
            for label in &self.places[*fact] {
                rule.labels.remove(label);
            }
        }
        let number = RuleIx::new(self.rules.len());
        self.rules_of[rule.head].insert(number);
        for &fact in &rule.body {
            self.users[fact].insert(number);
        }
        self.rules.push(Some(rule));
    }

    fn remove(&mut self, number: RuleIx) -> Option<Rule> {
        let rule = self.rules[number].take()?;
        self.rules_of[rule.head].remove(&number);
        for &fact in &rule.body {
            self.users[fact].remove(&number);
            self.open.insert(fact);
        }
        Some(rule)
    }

    fn rule(&self, number: RuleIx) -> &Rule {
        self.rules[number].as_ref().expect("a rule listed at a fact is there")
    }

    /// Drops all rules of a fact that nothing needs.
    fn drop_unused(&mut self, fact: FactIx) {
        if fact != self.goal && self.users[fact].is_empty() {
            for number in std::mem::take(&mut self.rules_of[fact]) {
                self.remove(number);
            }
        }
    }

    /// Drops rules of `fact` that need all that another one needs.
    fn absorb(&mut self, fact: FactIx) {
        let numbers: Vec<RuleIx> = self.rules_of[fact].iter().copied().collect();
        if numbers.len() > COMPARED_RULES {
            return;
        }
        for &number in &numbers {
            let rule = self.rule(number);
            let needs = |label: &LabelIx| {
                rule.labels.contains(label) || rule.body.iter().any(|&b| self.places[b].contains(label))
            };
            let superfluous = self.rules_of[fact].iter().any(|&other| {
                let weaker = self.rule(other);
                other != number && weaker.body.is_subset(&rule.body) && weaker.labels.iter().all(needs)
            });
            if superfluous {
                self.remove(number);
            }
        }
    }

    /// Moves labels that every rule of `fact` names to its place.
    fn lift(&mut self, fact: FactIx) {
        let numbers: Vec<RuleIx> = self.rules_of[fact].iter().copied().collect();
        let Some((&first, others)) = numbers.split_first() else { return };
        if others.is_empty() && fact != self.goal {
            // It will be unfolded; in a long chain moving the labels each time would cost the square of its length.
            return;
        }
        let common: Vec<LabelIx> = self
            .rule(first)
            .labels
            .iter()
            .copied()
            .filter(|label| others.iter().all(|&other| self.rule(other).labels.contains(label)))
            .collect();
        let users: Vec<RuleIx> = self.users[fact].iter().copied().collect();
        for &label in &common {
            self.places[fact].insert(label);
            for &number in numbers.iter().chain(&users) {
                if let Some(rule) = &mut self.rules[number] {
                    rule.labels.remove(&label);
                }
            }
        }
        if !common.is_empty() {
            self.open.extend(users.iter().map(|&user| self.rule(user).head).collect::<Vec<FactIx>>());
        }
    }

    /// Puts the only rule of `fact` in place of the fact wherever it is used, unless that would make copies of a
    /// long body.
    fn unfold(&mut self, fact: FactIx) {
        let numbers = &self.rules_of[fact];
        let Some(&only) = numbers.first().filter(|_| numbers.len() == 1 && fact != self.goal) else { return };
        let users: Vec<RuleIx> = self.users[fact].iter().copied().collect();
        if users.is_empty() || users.len() > 1 && self.rule(only).body.len() > 1 {
            return;
        }
        let Some(mut supply) = self.remove(only) else { return };
        supply.labels.extend(&self.places[fact]);
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
    fn merged_labels(&self) -> (AndOrGraph, IxVec<LabelIx, Vec<LabelIx>>) {
        let groups = self.groups();
        let mut group_of: IxVec<LabelIx, Option<LabelIx>> = IxVec::filled(None, self.label_count);
        for (group, members) in groups.enumerate() {
            for &label in members {
                group_of[label] = Some(group);
            }
        }
        let grouped =
            |labels: &BTreeSet<LabelIx>| labels.iter().filter_map(|&label| group_of[label]).collect::<BTreeSet<_>>();
        let mut graph = AndOrGraph::new(groups.len());
        for place in self.places.iter() {
            let place = graph.add_place(grouped(place));
            graph.add_fact(place);
        }
        for rule in self.rules.iter().flatten() {
            graph.add_rule(rule.head, rule.body.iter().copied(), grouped(&rule.labels));
        }
        (graph, groups)
    }

    /// The labels that occur, those that occur at the same places and rules together; by their first members.
    fn groups(&self) -> IxVec<LabelIx, Vec<LabelIx>> {
        let mut occurrences: IxVec<LabelIx, Vec<Occurrence>> = IxVec::filled(Vec::new(), self.label_count);
        for (fact, labels) in self.places.enumerate() {
            let live = fact == self.goal || !self.users[fact].is_empty();
            for &label in labels.iter().filter(|_| live) {
                occurrences[label].push(Occurrence::Place(fact));
            }
        }
        for (number, rule) in self.rules.enumerate() {
            for &label in rule.iter().flat_map(|rule| &rule.labels) {
                occurrences[label].push(Occurrence::Rule(number));
            }
        }
        let mut groups: BTreeMap<&[Occurrence], Vec<LabelIx>> = BTreeMap::new();
        for (label, occurrences) in occurrences.enumerate().filter(|(_, occurrences)| !occurrences.is_empty()) {
            groups.entry(occurrences).or_default().push(label);
        }
        let mut groups: Vec<Vec<LabelIx>> = groups.into_values().collect();
        groups.sort();
        groups.into()
    }
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Occurrence {
    /// At the place of this fact, so that it needs the label.
    Place(FactIx),
    Rule(RuleIx),
}
