//! Which labels make a difference to a goal in some world, found without a decision diagram.
//!
//! A label matters where others can fail so that the goal still holds and then falls with the label. That is so exactly
//! where it belongs to a minimal cut set. In such a world what falls with the label is a chain of facts: the first is
//! derived at the label, each further one from the one before it, the last is the goal; and what else its rules need is
//! derived without facts of the chain that come later. So a label at which no such chain begins never matters. Where one
//! does, everything that its proof does not use fails, and it is seen whether the goal then falls with the label: it does
//! unless the labels of the proof let a second proof live. For labels of which every chain has such a second proof, worlds
//! are looked for backwards, from the proofs that do without the label: each of them has to lose a label of its own
//! (hitting sets, Reiter 1987).

mod chain;
mod derived;
mod hitting;

use crate::and_or::{FactIx, LabelIx, RuleIx};
use crate::cut_sets::Goals;
use crate::region::{Outcome, Region};
use crate::rows::Rows;
use crate::simplify::Simplified;
use chain::Chains;
use hitting::Hitting;

/// The labels of one goal by whether they matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relevance {
    /// Those that belong to a minimal cut set, ascending.
    pub matter: Vec<LabelIx>,
    /// Those of which the search does not know it, ascending. All others belong to none.
    pub open: Vec<LabelIx>,
}

/// Evaluations of the whole region that each label may take, as long as there is anything left.
const ROUNDS: u64 = 256;

impl Relevance {
    /// Looks at every label that `goal` may depend on, with at most about `rule_visits` evaluations of one rule. `known`
    /// matter for certain, and are not looked for.
    #[must_use]
    pub fn of(goals: &Goals<'_>, goal: FactIx, known: &[LabelIx], rule_visits: u64) -> Self {
        let whole = goals.whole_region(goal);
        let Outcome::Depends(whole) = &*whole else {
            return Self::default();
        };
        let simplified = Simplified::of(whole);
        let region = &simplified.region;
        let outer = |group: LabelIx| simplified.groups[group].iter().map(|&label| whole.labels[label]);
        let at_label = rules_at(region);
        let mut chains = Chains::of(region, &at_label);
        for group in simplified.groups.keys() {
            if outer(group).any(|label| known.contains(&label)) {
                chains.matters.insert(group);
            }
        }
        let mut left = rule_visits;
        // An even share of what is left, but enough to begin with: most labels need little, and the world of one settles others.
        let rules = region.graph.rule_count() as u64;
        let share = |left: u64, labels: usize| (left / labels as u64).max(left.min(ROUNDS * rules));
        let mut open = Vec::new();
        for group in simplified.groups.keys() {
            if !chains.matters.contains(group) {
                chains.visits = 0;
                if !chains.is_settled(group, share(left, simplified.groups.len() - group.at())) {
                    open.push(group);
                }
                left = left.saturating_sub(chains.visits);
            }
        }
        let mut hitting = Hitting::of(region, &at_label);
        let mut still = Vec::new();
        for (at, &group) in open.iter().enumerate() {
            if !chains.matters.contains(group) {
                hitting.visits = 0;
                if hitting.settle(group, share(left, open.len() - at), &mut chains.matters).is_none() {
                    still.push(group);
                }
                left = left.saturating_sub(hitting.visits);
            }
        }
        // A label that was left open may have shown itself in the world of a later one.
        still.retain(|group| !chains.matters.contains(*group));
        let sorted = |groups: &mut dyn Iterator<Item = LabelIx>| {
            let mut labels: Vec<LabelIx> = groups.flat_map(outer).collect();
            labels.sort_unstable();
            labels
        };
        Self { matter: sorted(&mut chains.matters.iter()), open: sorted(&mut still.into_iter()) }
    }
}

/// The rules at which each label stands, or at the place of whose head it does; ascending.
fn rules_at(region: &Region) -> Rows<LabelIx, RuleIx> {
    let graph = &region.graph;
    let labels = |rule: RuleIx| {
        let own = graph.rule_labels(rule);
        let of_place = graph.place_labels(graph.place(graph.head(rule)));
        own.iter().chain(of_place.iter().filter(|label| !own.contains(label))).copied()
    };
    Rows::group(region.label_count(), || graph.rules().flat_map(|rule| labels(rule).map(move |label| (label, rule))))
}
