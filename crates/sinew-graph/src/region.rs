//! The part of an AND/OR graph that decides one goal while only some labels may fail.
//!
//! Two monotone facts make the part small. What does not hold with nothing failed holds in no world, so it and every
//! rule that needs it are dropped. What holds with *every* label that may fail failed holds in all worlds, so nothing
//! upstream of it matters and it is dropped from the bodies that name it.

use super::and_or::{AndOrGraph, Rows};

/// Marks "no rule", "no fact".
pub(super) const NONE: u32 = u32::MAX;

/// An AND/OR graph read in both directions.
#[derive(Clone, Debug)]
pub(super) struct Index {
    /// The rules of each fact.
    pub(super) rules_of: Rows,
    /// The rules whose body names each fact.
    pub(super) users: Rows,
}

impl Index {
    pub(super) fn of(graph: &AndOrGraph) -> Self {
        let facts = graph.fact_count() as usize;
        let rules_of = grouped(facts, || graph.rule_head.iter().zip(0..).map(|(&head, rule)| (head, rule)));
        let users = grouped(facts, || {
            (0..graph.rule_count()).flat_map(|rule| graph.rule_body.row(rule).iter().map(move |&fact| (fact, rule)))
        });
        Self { rules_of, users }
    }
}

/// Rows by key, in the order in which `pairs` gives them (counting sort).
pub(super) fn grouped<I: Iterator<Item = (u32, u32)>>(keys: usize, pairs: impl Fn() -> I) -> Rows {
    let mut starts = vec![0_usize; keys + 1];
    for (key, _) in pairs() {
        starts[key as usize + 1] += 1;
    }
    for key in 0..keys {
        starts[key + 1] += starts[key];
    }
    let mut items = vec![0_u32; starts[keys]];
    let mut next = starts.clone();
    for (key, item) in pairs() {
        items[next[key as usize]] = item;
        next[key as usize] += 1;
    }
    let mut rows = Rows::default();
    for key in 0..keys {
        rows.push(items[starts[key]..starts[key + 1]].iter().copied());
    }
    rows
}

/// The least fixpoint in one world: for each fact that holds the rule that derived it first, and the order of deriving.
#[derive(Clone, Debug)]
pub(super) struct Derivation {
    /// The witness rule of each fact, [`NONE`] where the fact does not hold.
    pub(super) witness: Vec<u32>,
    /// The facts that hold, each after the body of its witness.
    pub(super) order: Vec<u32>,
}

impl Derivation {
    /// Derives breadth first, so that witnesses are shallow proofs (Dowling, Gallier 1984). `O(size of the graph)`.
    pub(super) fn of(graph: &AndOrGraph, index: &Index, failed: &[bool]) -> Self {
        let up = |labels: &[u32]| labels.iter().all(|&label| !failed[label as usize]);
        let mut missing: Vec<u32> =
            (0..graph.rule_count()).map(|rule| count(graph.rule_body.row(rule).len())).collect();
        let mut this = Self { witness: vec![NONE; graph.fact_place.len()], order: Vec::new() };
        let fire = |rule: u32, this: &mut Self| {
            let head = graph.rule_head[rule as usize];
            if this.witness[head as usize] == NONE
                && up(graph.rule_labels.row(rule))
                && up(graph.place_labels.row(graph.fact_place[head as usize]))
            {
                this.witness[head as usize] = rule;
                this.order.push(head);
            }
        };
        for rule in (0..graph.rule_count()).filter(|&rule| graph.rule_body.row(rule).is_empty()) {
            fire(rule, &mut this);
        }
        let mut next = 0;
        while let Some(&fact) = this.order.get(next) {
            next += 1;
            for &rule in index.users.row(fact) {
                missing[rule as usize] -= 1;
                if missing[rule as usize] == 0 {
                    fire(rule, &mut this);
                }
            }
        }
        this
    }

    pub(super) fn holds(&self, fact: u32) -> bool {
        self.witness[fact as usize] != NONE
    }

    /// The facts of the witness proof of `goal`, `goal` first; empty where it does not hold.
    pub(super) fn proof(&self, graph: &AndOrGraph, goal: u32) -> Vec<u32> {
        if !self.holds(goal) {
            return Vec::new();
        }
        let mut seen = vec![false; self.witness.len()];
        seen[goal as usize] = true;
        let mut facts = vec![goal];
        let mut next = 0;
        while let Some(&fact) = facts.get(next) {
            next += 1;
            for &body in graph.rule_body.row(self.witness[fact as usize]) {
                if !std::mem::replace(&mut seen[body as usize], true) {
                    facts.push(body);
                }
            }
        }
        facts
    }
}

/// What decides a goal.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It holds in every world.
    Always,
    /// It holds in none, not even with nothing failed.
    Never,
    /// It depends on this.
    Depends(Box<Region>),
}

/// A goal with the facts, rules and labels that decide it, renumbered; every place belongs to one fact and has its
/// number, and facts are numbered in the order in which they can be derived with nothing failed.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) graph: AndOrGraph,
    pub(super) index: Index,
    pub(super) goal: u32,
    /// The number of each label in the graph from which this was cut; ascending.
    pub(super) labels: Vec<u32>,
    /// The number of each rule in the graph from which this was cut.
    pub(super) rules: Vec<u32>,
}

impl Region {
    /// Cuts out what decides `goal` while only labels that `may_fail` can fail. `baseline` is the derivation with
    /// nothing failed, `safe` that with all of those failed.
    pub(super) fn cut(
        graph: &AndOrGraph,
        index: &Index,
        (baseline, safe): (&Derivation, &Derivation),
        goal: u32,
        may_fail: &[bool],
    ) -> Outcome {
        if !baseline.holds(goal) {
            return Outcome::Never;
        }
        if safe.holds(goal) {
            return Outcome::Always;
        }
        let inside = upstream(graph, index, baseline, safe, goal);
        let facts: Vec<u32> = baseline.order.iter().copied().filter(|&fact| inside[fact as usize]).collect();
        let rules: Vec<u32> = facts
            .iter()
            .flat_map(|&fact| index.rules_of.row(fact))
            .copied()
            .filter(|&rule| graph.rule_body.row(rule).iter().all(|&fact| baseline.holds(fact)))
            .collect();
        let labels = Renumbering::of_labels(graph, &facts, &rules, may_fail);
        let facts = Renumbering::of(graph.fact_place.len(), facts);
        let mut part = AndOrGraph::new(count(labels.outer.len()));
        for &fact in &facts.outer {
            let place = part.add_place(labels.kept(graph.place_labels.row(graph.fact_place[fact as usize])));
            part.add_fact(place);
        }
        for &rule in &rules {
            // A body fact that is safe has no number here.
            let head = facts.inner[graph.rule_head[rule as usize] as usize];
            let body = graph.rule_body.row(rule).iter().copied().filter(|&fact| !safe.holds(fact));
            let body: Vec<u32> = body.collect();
            part.add_rule(head, facts.kept(&body), labels.kept(graph.rule_labels.row(rule)));
        }
        let goal = facts.inner[goal as usize];
        Outcome::Depends(Box::new(Self { index: Index::of(&part), graph: part, goal, labels: labels.outer, rules }))
    }

    /// Cuts again, for fewer labels that may fail; `labels` and `rules` of the result are numbers of this region.
    /// `safe` is the derivation with all of them failed.
    pub(super) fn part(&self, may_fail: &[bool], safe: &Derivation) -> Outcome {
        // Everything in a region holds with nothing failed, in the order of the numbers.
        let facts = count(self.fact_count());
        let baseline = Derivation { witness: vec![0; self.fact_count()], order: (0..facts).collect() };
        Self::cut(&self.graph, &self.index, (&baseline, safe), self.goal, may_fail)
    }

    /// What decides the goal with only the rules `kept`; `labels` of the result are numbers of this region.
    pub(super) fn with_rules(&self, kept: &[bool]) -> Outcome {
        let mut graph = self.graph.clone();
        (graph.rule_head, graph.rule_body, graph.rule_labels) = Default::default();
        for rule in (0..self.graph.rule_count()).filter(|&rule| kept[rule as usize]) {
            let head = self.graph.rule_head[rule as usize];
            let (body, labels) = (self.graph.rule_body.row(rule), self.graph.rule_labels.row(rule));
            graph.add_rule(head, body.iter().copied(), labels.iter().copied());
        }
        Self::whole(&graph, self.goal)
    }

    /// What decides `goal` while every label may fail.
    pub(super) fn whole(graph: &AndOrGraph, goal: u32) -> Outcome {
        let index = Index::of(graph);
        let labels = graph.label_count as usize;
        let baseline = Derivation::of(graph, &index, &vec![false; labels]);
        let all_fail = vec![true; labels];
        let safe = Derivation::of(graph, &index, &all_fail);
        Self::cut(graph, &index, (&baseline, &safe), goal, &all_fail)
    }

    /// What holds here while the labels of `failed` have failed.
    pub(super) fn derivation(&self, failed: &[bool]) -> Derivation {
        Derivation::of(&self.graph, &self.index, failed)
    }

    /// The numbers here of those outer `labels` (ascending) that matter here.
    pub(super) fn kept_labels(&self, labels: &[u32]) -> Vec<u32> {
        labels.iter().filter_map(|label| self.labels.binary_search(label).ok()).map(count).collect()
    }

    pub(super) fn fact_count(&self) -> usize {
        self.graph.fact_place.len()
    }

    pub(super) fn label_count(&self) -> usize {
        self.labels.len()
    }
}

/// Numbers of a part and of the whole.
struct Renumbering {
    outer: Vec<u32>,
    inner: Vec<u32>,
}

impl Renumbering {
    fn of(whole: usize, outer: Vec<u32>) -> Self {
        let mut inner = vec![NONE; whole];
        for (&outer, number) in outer.iter().zip(0..) {
            inner[outer as usize] = number;
        }
        Self { outer, inner }
    }

    /// The labels that occur at `facts` and `rules` and may fail.
    fn of_labels(graph: &AndOrGraph, facts: &[u32], rules: &[u32], may_fail: &[bool]) -> Self {
        let mut used = vec![false; graph.label_count as usize];
        let at_facts = facts.iter().flat_map(|&fact| graph.place_labels.row(graph.fact_place[fact as usize]));
        let at_rules = rules.iter().flat_map(|&rule| graph.rule_labels.row(rule));
        for &label in at_facts.chain(at_rules) {
            used[label as usize] = may_fail[label as usize];
        }
        let outer = (0..graph.label_count).filter(|&label| used[label as usize]).collect();
        Self::of(used.len(), outer)
    }

    /// The inner numbers of those of `items` that have one; sorted, each once.
    fn kept(&self, items: &[u32]) -> Vec<u32> {
        let mut kept: Vec<u32> =
            items.iter().map(|&item| self.inner[item as usize]).filter(|&inner| inner != NONE).collect();
        kept.sort_unstable();
        kept.dedup();
        kept
    }
}

/// The facts that decide `goal`: upstream of it through rules that can fire and facts that are not safe.
fn upstream(graph: &AndOrGraph, index: &Index, baseline: &Derivation, safe: &Derivation, goal: u32) -> Vec<bool> {
    let mut inside = vec![false; graph.fact_place.len()];
    inside[goal as usize] = true;
    let mut open = vec![goal];
    while let Some(fact) = open.pop() {
        for &rule in index.rules_of.row(fact) {
            let body = graph.rule_body.row(rule);
            if body.iter().all(|&fact| baseline.holds(fact)) {
                for &fact in body.iter().filter(|&&fact| !safe.holds(fact)) {
                    if !std::mem::replace(&mut inside[fact as usize], true) {
                        open.push(fact);
                    }
                }
            }
        }
    }
    inside
}

/// A length as the graph counts.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a graph has fewer than 2^32 of anything")
}
