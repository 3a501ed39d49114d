//! What every single failure takes down: for each label the facts that hold with nothing failed and not without it.

use std::borrow::Cow;

use super::and_or::{FactIx, LabelIx};
use super::fixpoint::{Derivation, Fixpoint};
use super::ix::IxSet;
use super::landmarks::{Landmarks, find_landmarks};
use super::rederive::{Rederivation, Scratch};
use super::rows::Rows;
use super::view::View;

/// Memory for the answer that suits most machines: 2 GiB.
pub const DEFAULT_BUDGET: usize = 2 << 30;

/// All single failures of a view.
///
/// The answer can be as large as labels × facts, so it is kept only within a budget. Beyond it each question is answered
/// exactly on its own, in memory linear in the graph: ask in one go with [`for_each`](Self::for_each).
#[derive(Clone, Debug)]
pub struct SingleFailures<'g> {
    derivation: Derivation<'g>,
    held: Fixpoint,
    answer: Answer,
}

#[derive(Clone, Debug)]
enum Answer {
    Kept { landmarks: Landmarks, lost: Rows<LabelIx, FactIx> },
    OnDemand(Rederivation),
}

/// For each label, ascending, the facts among `goals` that it takes down alone, in the order of `goals`: what
/// [`SingleFailures::lost`] says of them, without the facts on the way, of which a long chain loses the square of its
/// length. `budget` as there.
#[must_use]
pub fn goals_lost(view: View<'_>, goals: &[FactIx], budget: usize) -> Vec<Vec<FactIx>> {
    let derivation = Derivation::new(view);
    let held = derivation.least_fixpoint(&IxSet::new());
    let mut lost = vec![Vec::new(); view.graph().label_count()];
    if let Some(landmarks) = find_landmarks(&derivation, &held, max_items(budget)) {
        for &goal in goals {
            landmarks.of(goal).iter().for_each(|label| lost[label.at()].push(goal));
        }
    } else {
        let rederivation = Rederivation::new(&derivation);
        let mut scratch = Scratch::new(&derivation);
        for (label, lost) in view.graph().labels().zip(&mut lost) {
            let facts = rederivation.lost(&derivation, &held, label, &mut scratch);
            lost.extend(goals.iter().filter(|goal| facts.binary_search(goal).is_ok()));
        }
    }
    lost
}

/// How many labels of facts a budget of bytes holds: each (label, fact) is kept twice, by fact and by label.
fn max_items(budget: usize) -> usize {
    budget / (2 * size_of::<LabelIx>())
}

impl<'g> SingleFailures<'g> {
    /// Evaluates every single failure of `view`, keeping an answer of at most `budget` bytes.
    #[must_use]
    pub fn new(view: View<'g>, budget: usize) -> Self {
        let derivation = Derivation::new(view);
        let held = derivation.least_fixpoint(&IxSet::new());
        let answer = match find_landmarks(&derivation, &held, max_items(budget)) {
            Some(landmarks) => {
                let lost = landmarks.lost(&held, view.graph().label_count());
                Answer::Kept { landmarks, lost }
            }
            None => Answer::OnDemand(Rederivation::new(&derivation)),
        };
        Self { derivation, held, answer }
    }

    /// What holds with nothing failed.
    #[must_use]
    pub fn held(&self) -> &Fixpoint {
        &self.held
    }

    /// Whether the answer fitted the budget, so that every question is a look-up.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        matches!(self.answer, Answer::Kept { .. })
    }

    /// The facts that hold with nothing failed and do not while `label` is down, ascending.
    #[must_use]
    pub fn lost(&self, label: LabelIx) -> Cow<'_, [FactIx]> {
        match &self.answer {
            Answer::Kept { lost, .. } => Cow::Borrowed(lost.row(label)),
            Answer::OnDemand(rederivation) => {
                let mut scratch = Scratch::new(&self.derivation);
                Cow::Owned(rederivation.lost(&self.derivation, &self.held, label, &mut scratch).to_vec())
            }
        }
    }

    /// Calls `visit` with each label, ascending, and the facts [`lost`](Self::lost) with it.
    pub fn for_each(&self, mut visit: impl FnMut(LabelIx, &[FactIx])) {
        let labels = self.derivation.view().graph().labels();
        match &self.answer {
            Answer::Kept { lost, .. } => labels.for_each(|label| visit(label, lost.row(label))),
            Answer::OnDemand(rederivation) => {
                let mut scratch = Scratch::new(&self.derivation);
                for label in labels {
                    visit(label, rederivation.lost(&self.derivation, &self.held, label, &mut scratch));
                }
            }
        }
    }

    /// The labels each of which alone takes `fact` down, ascending; none where it does not hold with nothing failed.
    /// (The fact's landmarks, Keyder, Richter, Helmert 2010.)
    #[must_use]
    pub fn landmarks(&self, fact: FactIx) -> Cow<'_, [LabelIx]> {
        match &self.answer {
            Answer::Kept { landmarks, .. } => Cow::Borrowed(landmarks.of(fact)),
            Answer::OnDemand(rederivation) => {
                let mut scratch = Scratch::new(&self.derivation);
                let mut labels = self.proof_labels(fact);
                labels.retain(|&label| {
                    let lost = rederivation.lost(&self.derivation, &self.held, label, &mut scratch);
                    lost.binary_search(&fact).is_ok()
                });
                Cow::Owned(labels)
            }
        }
    }

    /// The labels that the witness proof of `fact` uses, ascending: its landmarks are among them.
    fn proof_labels(&self, fact: FactIx) -> Vec<LabelIx> {
        let graph = self.derivation.view().graph();
        let mut labels = IxSet::with_capacity(graph.label_count());
        for rule in self.held.proof(graph, fact) {
            labels.extend(graph.place_labels(graph.place(graph.head(rule))).iter().copied());
            labels.extend(graph.rule_labels(rule).iter().copied());
        }
        labels.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::and_or::AndOrGraph;

    /// A chain of `length` facts, each at its own labeled place: label `i` takes down all facts from `i` on.
    fn chain(length: usize) -> AndOrGraph {
        let mut graph = AndOrGraph::new(length);
        let mut before = None;
        for label in graph.labels() {
            let place = graph.add_place([label]);
            let fact = graph.add_fact(place);
            graph.add_rule(fact, before.replace(fact), []);
        }
        graph
    }

    #[test]
    fn a_chain_falls_from_the_failure_on() {
        let graph = chain(5);
        let failures = SingleFailures::new(View::whole(&graph), DEFAULT_BUDGET);
        assert!(failures.is_kept());
        assert_eq!(*failures.lost(LabelIx::new(3)), [3, 4].map(FactIx::new));
        assert_eq!(*failures.landmarks(FactIx::new(3)), [0, 1, 2, 3].map(LabelIx::new));
    }

    #[test]
    fn beyond_the_budget_the_answers_are_the_same() {
        let graph = chain(100);
        let kept = SingleFailures::new(View::whole(&graph), 5050 * 8);
        let asked = SingleFailures::new(View::whole(&graph), 5050 * 8 - 1);
        assert!(kept.is_kept() && !asked.is_kept());
        asked.for_each(|label, lost| assert_eq!(lost, &*kept.lost(label)));
        for (label, fact) in graph.labels().zip(graph.facts()) {
            assert_eq!(asked.lost(label), kept.lost(label));
            assert_eq!(asked.landmarks(fact), kept.landmarks(fact));
        }
    }

    #[test]
    fn what_never_held_is_never_lost() {
        let mut graph = chain(2);
        let first = LabelIx::new(0);
        let place = graph.add_place([first]);
        let fact = graph.add_fact(place);
        let failures = SingleFailures::new(View::whole(&graph), DEFAULT_BUDGET);
        assert_eq!(*failures.lost(first), [0, 1].map(FactIx::new));
        assert!(failures.landmarks(fact).is_empty());
    }

    #[test]
    fn alternatives_share_only_what_both_need() {
        let mut graph = AndOrGraph::new(4);
        let [home, one, other, vendor] = [0, 1, 2, 3].map(LabelIx::new);
        let [source, open] = [graph.add_place([home]), graph.add_place([])];
        let [origin, goal] = [graph.add_fact(source), graph.add_fact(open)];
        graph.add_rule(origin, [], []);
        graph.add_rule(goal, [origin], [one, vendor]);
        graph.add_rule(goal, [origin], [vendor, other]);
        let failures = SingleFailures::new(View::whole(&graph), DEFAULT_BUDGET);
        assert_eq!(*failures.landmarks(goal), [home, vendor]);
        assert_eq!(*failures.lost(vendor), [goal]);
        assert!(failures.lost(one).is_empty());
    }
}
