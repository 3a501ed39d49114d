//! The part of an AND/OR graph that decides one goal while only some labels may fail.
//!
//! Two monotone facts make the part small. What does not hold with nothing failed holds in no world, so it and every
//! rule that needs it are dropped. What holds with *every* label that may fail failed holds in all worlds, so nothing
//! upstream of it matters and it is dropped from the bodies that name it.

use super::and_or::{AndOrGraph, FactIx, LabelIx, RuleIx};
use super::fixpoint::Fixpoint;
use super::ix::{Ix, IxSet, IxVec, Slot};
use super::rows::Rows;
use super::view::View;

/// An AND/OR graph read in both directions.
#[derive(Clone, Debug)]
pub(super) struct Index {
    /// The rules of each fact.
    pub(super) rules_of: Rows<FactIx, RuleIx>,
    /// The rules whose body names each fact.
    pub(super) users: Rows<FactIx, RuleIx>,
}

impl Index {
    pub(super) fn of(graph: &AndOrGraph) -> Self {
        Self { rules_of: graph.rules_by_head(), users: graph.rules_by_need() }
    }

    /// What holds in `graph`, of which this is the index, while the labels of `failed` have failed.
    pub(super) fn fixpoint(&self, graph: &AndOrGraph, failed: &IxSet<LabelIx>) -> Fixpoint {
        Fixpoint::of(View::whole(graph), &self.users, failed)
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
    pub(super) goal: FactIx,
    /// The number of each label in the graph from which this was cut; ascending.
    pub(super) labels: IxVec<LabelIx, LabelIx>,
    /// The number of each rule in the graph from which this was cut.
    pub(super) rules: IxVec<RuleIx, RuleIx>,
}

impl Region {
    /// Cuts out what decides `goal` while only labels that `may_fail` can fail. `baseline` is what holds with nothing
    /// failed, `safe` what holds with all of those failed. With `room` of the size of the graph it takes no longer than the
    /// part is large.
    pub(super) fn cut(
        graph: &AndOrGraph,
        index: &Index,
        (baseline, safe): (&Fixpoint, &Fixpoint),
        goal: FactIx,
        may_fail: &IxSet<LabelIx>,
        room: &mut Room,
    ) -> Outcome {
        if !baseline.holds(goal) {
            return Outcome::Never;
        }
        if safe.holds(goal) {
            return Outcome::Always;
        }
        let mut facts = room.upstream(graph, index, baseline, safe, goal);
        facts.sort_unstable_by_key(|&fact| room.ranks[fact]);
        let facts: IxVec<FactIx, FactIx> = facts.into_iter().collect();
        let rules: IxVec<RuleIx, RuleIx> = facts
            .iter()
            .flat_map(|&fact| index.rules_of.row(fact))
            .copied()
            .filter(|&rule| baseline.has_body(graph, rule))
            .collect();
        let labels = occurring(graph, &facts, &rules, may_fail);
        let inner_fact = room.facts.numbering(&facts);
        let inner_label = room.labels.numbering(&labels);
        let mut part = AndOrGraph::new(labels.len());
        for &fact in facts.iter() {
            let place = part.add_place(inner_label.kept(graph.place_labels(graph.place(fact))));
            part.add_fact(place);
        }
        for &rule in rules.iter() {
            // A body fact that is safe has no number here.
            let head = inner_fact.number(graph.head(rule));
            let body: Vec<FactIx> = graph.body(rule).iter().copied().filter(|&fact| !safe.holds(fact)).collect();
            part.add_rule(head, inner_fact.kept(&body), inner_label.kept(graph.rule_labels(rule)));
        }
        let goal = inner_fact.number(goal);
        room.facts.clear(&facts);
        room.labels.clear(&labels);
        Outcome::Depends(Box::new(Self { index: Index::of(&part), graph: part, goal, labels, rules }))
    }

    /// Cuts again, for fewer labels that may fail; `labels` and `rules` of the result are numbers of this region.
    /// `safe` is what holds with all of them failed.
    pub(super) fn part(&self, may_fail: &IxSet<LabelIx>, safe: &Fixpoint) -> Outcome {
        // Everything in a region holds with nothing failed, in the order of the numbers.
        let baseline = Fixpoint::of_everything(self.graph.fact_count());
        let room = &mut Room::of(&self.graph, &baseline);
        Self::cut(&self.graph, &self.index, (&baseline, safe), self.goal, may_fail, room)
    }

    /// What decides the goal with only the rules `kept`; `labels` of the result are numbers of this region.
    pub(super) fn with_rules(&self, kept: &IxSet<RuleIx>) -> Outcome {
        let mut graph = self.graph.without_rules();
        for rule in kept.iter() {
            let (body, labels) = (self.graph.body(rule), self.graph.rule_labels(rule));
            graph.add_rule(self.graph.head(rule), body.iter().copied(), labels.iter().copied());
        }
        Self::whole(&graph, self.goal)
    }

    /// What decides `goal` while every label may fail.
    pub(super) fn whole(graph: &AndOrGraph, goal: FactIx) -> Outcome {
        let index = Index::of(graph);
        let baseline = index.fixpoint(graph, &IxSet::new());
        let all_fail = IxSet::all(graph.label_count());
        let safe = index.fixpoint(graph, &all_fail);
        Self::cut(graph, &index, (&baseline, &safe), goal, &all_fail, &mut Room::of(graph, &baseline))
    }

    /// What holds here while the labels of `failed` have failed.
    pub(super) fn fixpoint(&self, failed: &IxSet<LabelIx>) -> Fixpoint {
        self.index.fixpoint(&self.graph, failed)
    }

    /// The labels at `rules` and at the places of what they derive, ascending.
    pub(super) fn labels_of(&self, rules: &[RuleIx]) -> Vec<LabelIx> {
        let mut labels: Vec<LabelIx> = Vec::new();
        for &rule in rules {
            labels.extend(self.graph.place_labels(self.graph.place(self.graph.head(rule))));
            labels.extend(self.graph.rule_labels(rule));
        }
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    /// The numbers here of those outer `labels` (ascending) that matter here.
    pub(super) fn kept_labels(&self, labels: &[LabelIx]) -> Vec<LabelIx> {
        let inner = labels.iter().filter_map(|label| self.labels.as_slice().binary_search(label).ok());
        inner.map(LabelIx::new).collect()
    }

    pub(super) fn fact_count(&self) -> usize {
        self.graph.fact_count()
    }

    pub(super) fn label_count(&self) -> usize {
        self.labels.len()
    }
}

/// Room for cutting, as large as the graph, used again for one goal after the other.
#[derive(Clone, Debug)]
pub(super) struct Room {
    /// The place of each fact in the order of the baseline.
    ranks: IxVec<FactIx, u32>,
    facts: Inner<FactIx>,
    labels: Inner<LabelIx>,
}

impl Room {
    pub(super) fn of(graph: &AndOrGraph, baseline: &Fixpoint) -> Self {
        let mut ranks = IxVec::filled(u32::MAX, graph.fact_count());
        for (rank, &fact) in (0..).zip(baseline.order()) {
            ranks[fact] = rank;
        }
        Self { ranks, facts: Inner::of(graph.fact_count()), labels: Inner::of(graph.label_count()) }
    }

    /// The facts that decide `goal`: upstream of it through rules that can fire and facts that are not safe.
    fn upstream(
        &mut self,
        graph: &AndOrGraph,
        index: &Index,
        baseline: &Fixpoint,
        safe: &Fixpoint,
        goal: FactIx,
    ) -> Vec<FactIx> {
        let seen = &mut self.facts.0;
        let mark = Slot::some(FactIx::new(0));
        let mut found = vec![goal];
        seen[goal] = mark;
        let mut next = 0;
        while let Some(&fact) = found.get(next) {
            next += 1;
            for &rule in index.rules_of.row(fact).iter().filter(|&&rule| baseline.has_body(graph, rule)) {
                for &fact in graph.body(rule).iter().filter(|&&fact| !safe.holds(fact)) {
                    if std::mem::replace(&mut seen[fact], mark).is_none() {
                        found.push(fact);
                    }
                }
            }
        }
        found
    }
}

/// The number in a part of each number of the whole, where it has one.
#[derive(Clone, Debug)]
struct Inner<I>(IxVec<I, Slot<I>>);

impl<I: Ix> Inner<I> {
    /// Without a number for any.
    fn of(whole: usize) -> Self {
        Self(IxVec::filled(Slot::NONE, whole))
    }

    /// The same with a number for each of `outer`, which are its only ones after this.
    fn numbering(&mut self, outer: &IxVec<I, I>) -> &Self {
        for (number, &outer) in outer.enumerate() {
            self.0[outer] = Slot::some(number);
        }
        self
    }

    /// Takes the numbers of `outer` away.
    fn clear(&mut self, outer: &IxVec<I, I>) {
        outer.iter().for_each(|&outer| self.0[outer] = Slot::NONE);
    }

    fn number(&self, outer: I) -> I {
        self.0[outer].get().expect("what is in the part has a number there")
    }

    /// The inner numbers of those of `items` that have one; sorted, each once.
    fn kept(&self, items: &[I]) -> Vec<I> {
        let mut kept: Vec<I> = items.iter().filter_map(|&item| self.0[item].get()).collect();
        kept.sort_unstable();
        kept.dedup();
        kept
    }
}

/// The labels that occur at `facts` and `rules` and may fail, ascending.
fn occurring(
    graph: &AndOrGraph,
    facts: &IxVec<FactIx, FactIx>,
    rules: &IxVec<RuleIx, RuleIx>,
    may_fail: &IxSet<LabelIx>,
) -> IxVec<LabelIx, LabelIx> {
    let at_facts = facts.iter().flat_map(|&fact| graph.place_labels(graph.place(fact)));
    let at_rules = rules.iter().flat_map(|&rule| graph.rule_labels(rule));
    let mut used: Vec<LabelIx> = at_facts.chain(at_rules).copied().filter(|&label| may_fail.contains(label)).collect();
    used.sort_unstable();
    used.dedup();
    used.into_iter().collect()
}
