//! All minimal cut sets of a goal, of every order: from the decision diagram of its failure (Rauzy 1993).
//!
//! Counting does not list, so a goal with billions of cut sets is no harder than its diagram. The method shares nothing
//! with the search by proofs, which makes each a check on the other.

use super::and_or::{FactIx, LabelIx};
use super::bdd::{CapReached, Level};
use super::cut_sets::Goals;
use super::ix::IxVec;
use super::minimal_solutions::MinimalSolutions;
use super::outage_function::{Effort, OutageFunction};
use super::region::Outcome;
use super::simplify::Simplified;

/// The minimal cut sets of one goal.
#[derive(Clone, Debug)]
pub struct AllCutSets {
    /// `None` where there are none.
    solutions: Option<MinimalSolutions>,
    /// The labels of each level: exchangeable, as they fail the same things.
    labels_at: IxVec<Level, Vec<LabelIx>>,
}

impl AllCutSets {
    /// Finds them, with at most `vertices` vertices in each diagram.
    ///
    /// # Errors
    /// Where a diagram would grow beyond that.
    pub fn of(goals: &Goals<'_>, goal: FactIx, vertices: usize) -> Result<Self, CapReached> {
        let whole = goals.whole_region(goal);
        let Outcome::Depends(region) = &*whole else {
            return Ok(Self { solutions: None, labels_at: IxVec::default() });
        };
        let simplified = Simplified::of(region);
        let effort = Effort::of_vertices(vertices);
        let function = OutageFunction::of(&simplified.region, effort)?;
        let outer = |&group: &LabelIx| simplified.groups[group].iter().map(|&label| region.labels[label]).collect();
        let labels_at = function.label_at.iter().map(outer).collect();
        Ok(Self { solutions: Some(MinimalSolutions::of(&function.bdd, function.fails, vertices)?), labels_at })
    }

    /// How many there are of each order, from 0 on; counts beyond `u128` stay at its largest value.
    #[must_use]
    pub fn count_by_order(&self) -> Vec<u128> {
        let weights = self.labels_at.iter().map(Vec::len).collect();
        self.solutions.as_ref().map_or_else(Vec::new, |solutions| solutions.count_by_size(&weights))
    }

    /// The labels that belong to a minimal cut set, ascending: those that make a difference in some world.
    #[must_use]
    pub fn labels(&self) -> Vec<LabelIx> {
        let levels = self.solutions.iter().flat_map(MinimalSolutions::levels);
        let mut labels: Vec<LabelIx> = levels.flat_map(|level| &self.labels_at[level]).copied().collect();
        labels.sort_unstable();
        labels
    }

    /// The sets, each sorted, sorted by length, then labels; `None` where there are more than `limit`.
    #[must_use]
    pub fn list(&self, limit: usize) -> Option<Vec<Vec<LabelIx>>> {
        let total = self.count_by_order().into_iter().fold(0_u128, u128::saturating_add);
        if total > limit as u128 {
            return None;
        }
        let mut sets = Vec::new();
        for levels in self.solutions.iter().flat_map(|solutions| solutions.list(limit)) {
            let mut expanded = vec![Vec::new()];
            for level in levels {
                let labels = &self.labels_at[level];
                let with =
                    |set: &Vec<LabelIx>| labels.iter().map(|&label| [&set[..], &[label]].concat()).collect::<Vec<_>>();
                expanded = expanded.iter().flat_map(with).collect();
            }
            sets.extend(expanded);
        }
        for set in &mut sets {
            set.sort_unstable();
        }
        sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        Some(sets)
    }
}
