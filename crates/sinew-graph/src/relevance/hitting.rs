//! Worlds in which a label decides, looked for backwards: from the proofs of the goal that do without the label, of which each
//! has to lose a label of its own.

use super::derived::Derived;
use crate::and_or::{FactIx, LabelIx, RuleIx};
use crate::fixpoint::Fixpoint;
use crate::ix::{IxSet, IxVec};
use crate::region::Region;
use crate::rows::Rows;

/// A world on the way to one in which the label decides: the labels of a proof without it, of which one has to fail.
struct Frame {
    /// Those that are still to be tried, the next one last.
    choices: Vec<LabelIx>,
    /// Those that stay up from here on, because failing them was tried or takes the goal down.
    kept: Vec<LabelIx>,
    /// The label that failed on the way here; none at the start.
    by: Option<LabelIx>,
}

enum Step {
    /// The goal falls with the label.
    Decides,
    /// In no world beyond this one does it.
    Dead,
    Open(Vec<LabelIx>),
}

/// The search in one region.
pub(super) struct Hitting<'r> {
    region: &'r Region,
    /// The rules at each label.
    at_label: &'r Rows<LabelIx, RuleIx>,
    /// Nothing derived, and room to derive in.
    beginning: Derived<'r>,
    derived: Derived<'r>,
    /// In the world with these failed the goal holds.
    failed: IxSet<LabelIx>,
    /// These do not fail in any world that is still looked for.
    kept: IxSet<LabelIx>,
    frames: Vec<Frame>,
    /// Rules evaluated.
    pub(super) visits: u64,
    /// Beyond so many nothing more is settled.
    limit: u64,
}

impl<'r> Hitting<'r> {
    pub(super) fn of(region: &'r Region, at_label: &'r Rows<LabelIx, RuleIx>) -> Self {
        let beginning = Derived::of(region);
        let derived = beginning.clone();
        Self {
            region,
            at_label,
            beginning,
            derived,
            failed: IxSet::new(),
            kept: IxSet::new(),
            frames: Vec::new(),
            visits: 0,
            limit: 0,
        }
    }

    /// Whether `label` matters; `None` where that would take more than `limit` evaluations of a rule. What is seen to matter on
    /// the way goes into `matters`.
    pub(super) fn settle(&mut self, label: LabelIx, limit: u64, matters: &mut IxSet<LabelIx>) -> Option<bool> {
        if limit < self.region.graph.rule_count() as u64 {
            return None;
        }
        self.limit = limit;
        self.failed.clear();
        self.kept.clear();
        self.kept.insert(label);
        self.frames.clear();
        let mut step = self.step(label);
        let mut by = None;
        loop {
            match step {
                Step::Decides => {
                    self.note(label, matters);
                    return Some(true);
                }
                Step::Open(choices) => self.frames.push(Frame { choices, kept: Vec::new(), by }),
                Step::Dead => self.give_up(by),
            }
            if self.visits > limit {
                return None;
            }
            (by, step) = loop {
                let Some(frame) = self.frames.last_mut() else { return Some(false) };
                let Some(next) = frame.choices.pop() else {
                    let frame = self.frames.pop().expect("it is the last one");
                    frame.kept.iter().for_each(|&label| self.kept.remove(label));
                    self.give_up(frame.by);
                    continue;
                };
                self.failed.insert(next);
                if self.holds(None) {
                    break (Some(next), self.step(label));
                }
                self.give_up(Some(next));
            };
        }
    }

    /// Takes back that `label` failed: it stays up for the rest of the frame.
    fn give_up(&mut self, label: Option<LabelIx>) {
        if let (Some(label), Some(frame)) = (label, self.frames.last_mut()) {
            self.failed.remove(label);
            self.kept.insert(label);
            frame.kept.push(label);
        }
    }

    /// What the world with `failed` says about `label`.
    fn step(&mut self, label: LabelIx) -> Step {
        let without = self.world(Some(label));
        let region = self.region;
        if !without.holds(region.goal) {
            return Step::Decides;
        }
        let Some(through) = self.labels_through(label) else { return Step::Dead };
        let mut choices = region.labels_of(&without.proof(&region.graph, region.goal));
        choices.retain(|choice| !self.kept.contains(*choice));
        // What the way through the label does not need fails first.
        choices.sort_by_key(|choice| !through.contains(*choice));
        Step::Open(choices)
    }

    fn world(&mut self, also: Option<LabelIx>) -> Fixpoint {
        self.visits += self.region.graph.rule_count() as u64;
        let Some(label) = also else { return self.region.fixpoint(&self.failed) };
        self.failed.insert(label);
        let found = self.region.fixpoint(&self.failed);
        self.failed.remove(label);
        found
    }

    fn holds(&mut self, also: Option<LabelIx>) -> bool {
        let goal = self.region.goal;
        self.world(also).holds(goal)
    }

    /// What holds without `label` wherever what is kept is up.
    fn proved_by_kept(&mut self, label: LabelIx) -> Fixpoint {
        let mut others = IxSet::all(self.region.label_count());
        self.kept.iter().for_each(|kept| others.remove(kept));
        others.insert(label);
        self.visits += self.region.graph.rule_count() as u64;
        self.region.fixpoint(&others)
    }

    /// The labels of a way from `label` to the goal in the world with `failed`; none where there is no such way.
    ///
    /// What changes with the label on this way changes in a world beyond this one too, so no fact is on it that holds
    /// without the label there: one that kept labels prove, or one without which nothing at the label can be derived. Within
    /// the limit; beyond it such a fact may be on the way, which then is only a longer search.
    fn labels_through(&mut self, label: LabelIx) -> Option<IxSet<LabelIx>> {
        let mut stays: IxVec<FactIx, bool> = {
            let proved = self.proved_by_kept(label);
            self.region.graph.facts().map(|fact| proved.holds(fact)).collect()
        };
        let world = self.world(None);
        let mut looked_at = IxVec::<FactIx, bool>::filled(false, stays.len());
        loop {
            let way = self.way(label, &world, &stays)?;
            let mut is_clear = true;
            for &(rule, before) in &way {
                let fact = self.region.graph.head(rule);
                // The first fact of the way is derived at the label, so it is never needed there.
                let is_asked = before.is_some() && self.visits <= self.limit;
                if is_asked && !std::mem::replace(&mut looked_at[fact], true) && !self.comes_about(label, fact) {
                    stays[fact] = true;
                    is_clear = false;
                }
            }
            if is_clear {
                let graph = &self.region.graph;
                let mut rules = Vec::new();
                for (rule, before) in way {
                    rules.push(rule);
                    let sides = graph.body(rule).iter().filter(|fact| Some(**fact) != before);
                    sides.for_each(|&fact| rules.extend(world.proof(graph, fact)));
                }
                return Some(self.region.labels_of(&rules).into_iter().collect());
            }
        }
    }

    /// The rules of a shortest way from `label` to the goal that leaves out facts that stay, that of the goal first, each
    /// with the fact of the way in its body; none at the label.
    fn way(
        &self,
        label: LabelIx,
        world: &Fixpoint,
        stays: &IxVec<FactIx, bool>,
    ) -> Option<Vec<(RuleIx, Option<FactIx>)>> {
        let (region, graph) = (self.region, &self.region.graph);
        let fires = |rule: RuleIx| {
            let is_up = graph.rule_labels(rule).iter().all(|label| !self.failed.contains(*label));
            is_up && !stays[graph.head(rule)] && world.holds(graph.head(rule)) && world.has_body(graph, rule)
        };
        let mut by = IxVec::<FactIx, Option<(RuleIx, Option<FactIx>)>>::filled(None, graph.fact_count());
        let mut open: Vec<FactIx> = Vec::new();
        for &rule in self.at_label.row(label).iter().filter(|&&rule| fires(rule)) {
            if by[graph.head(rule)].replace((rule, None)).is_none() {
                open.push(graph.head(rule));
            }
        }
        let mut next = 0;
        while by[region.goal].is_none() {
            let fact = *open.get(next)?;
            next += 1;
            for &rule in region.index.users.row(fact) {
                if by[graph.head(rule)].is_none() && fires(rule) {
                    by[graph.head(rule)] = Some((rule, Some(fact)));
                    open.push(graph.head(rule));
                }
            }
        }
        let mut way = Vec::new();
        let mut at = Some(region.goal);
        while let Some((rule, before)) = at.and_then(|at| by[at]) {
            way.push((rule, before));
            at = before;
        }
        Some(way)
    }

    /// Whether anything at `label` can be derived without `fact`, in the world with `failed`.
    fn comes_about(&mut self, label: LabelIx, fact: FactIx) -> bool {
        let graph = &self.region.graph;
        self.visits += graph.rule_count() as u64;
        let is_up = |labels: &[LabelIx]| labels.iter().all(|label| !self.failed.contains(*label));
        let fires =
            |rule: RuleIx| is_up(graph.rule_labels(rule)) && is_up(graph.place_labels(graph.place(graph.head(rule))));
        self.derived.begin_again(&self.beginning);
        self.derived.close(|rule| graph.head(rule) != fact && fires(rule));
        self.at_label.row(label).iter().any(|&rule| fires(rule) && self.derived.has_body(rule))
    }

    /// Puts `label` and the others with which the goal falls in the world with `failed` into `matters`.
    fn note(&mut self, label: LabelIx, matters: &mut IxSet<LabelIx>) {
        matters.insert(label);
        let world = self.world(None);
        for other in self.region.labels_of(&world.proof(&self.region.graph, self.region.goal)) {
            if !matters.contains(other) && !self.holds(Some(other)) {
                matters.insert(other);
            }
        }
    }
}
