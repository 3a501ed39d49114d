//! Certified bounds on the chance that a goal fails, where its decision diagram is too large.
//!
//! From below: the goal fails at least where one of the cut sets found fails as a whole, and the chance of that union
//! is exact on a diagram of its own. From above: with fewer rules the goal fails no less often, so a sub-model that
//! keeps few supplies of each fact, exact on its diagram, gives a bound. The sub-model grows by what it lacks: each of
//! its cut sets that is no cut set of the whole names a proof to add, so that after the step for order `k` both have
//! the same cut sets to order `k`, and what remains between the bounds are failures of more than `k` things at once.

use super::and_or::{LabelIx, RuleIx};
use super::bdd::{Bdd, CapReached, Function, Level};
use super::cut_sets::{CutSetLimits, minimal_cut_sets};
use super::focus::Focus;
use super::ix::{IxSet, IxVec};
use super::label_orders::as_written;
use super::marginals::{Chance, Marginals};
use super::outage_function::{Effort, OutageFunction, level_of};
use super::region::{Outcome, Region};

/// A sub-model is repaired at most so many times for each order of cut sets; repairs double in size.
const ROUNDS: usize = 32;

/// What bounds may cost and when they are good enough.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundsEffort {
    pub(super) effort: Effort,
    pub(super) cut_sets: CutSetLimits,
    /// Stop when the bounds differ by at most this part of the upper one.
    pub(super) gap: f64,
}

/// Marginals by label of a function that fails at most, and of one that fails at least, when the goal does.
#[derive(Debug)]
pub(super) struct Bounds {
    pub(super) optimistic: Marginals<LabelIx>,
    pub(super) pessimistic: Marginals<LabelIx>,
    /// Whether both are the goal's own.
    pub(super) exact: bool,
}

impl Bounds {
    pub(super) fn of(region: &Region, chances: &IxVec<LabelIx, Chance>, limits: &BoundsEffort) -> Self {
        let mut model = SubModel::of_one_proof(region);
        let never = Marginals::constant(Chance::UP, chances.len());
        let always = Marginals::constant(Chance::DOWN, chances.len());
        let mut this = Self {
            optimistic: never,
            pessimistic: model.marginals(chances, limits.effort).unwrap_or(always),
            exact: false,
        };
        for order in 1..=limits.cut_sets.order {
            let mut cuts = minimal_cut_sets(region, &CutSetLimits { order, ..limits.cut_sets });
            sort_by_chance(&mut cuts.sets, chances);
            this.optimistic = union(region, &cuts.sets, chances, limits.effort).unwrap_or(this.optimistic);
            if cuts.complete_to < order {
                break;
            }
            cuts.sets.sort_unstable();
            let grown = model.repair(order, &cuts.sets, chances, limits, &mut this.pessimistic);
            if !grown || this.gap() <= limits.gap {
                break;
            }
        }
        this
    }

    /// From marginals by group, of which any member's failure is the group's, to marginals by member.
    pub(super) fn of_members(&self, groups: &IxVec<LabelIx, Vec<LabelIx>>, chances: &IxVec<LabelIx, Chance>) -> Self {
        let by_member = |by_group: &Marginals<LabelIx>| {
            let mut by_member = Marginals::constant(by_group.chance, chances.len());
            for (group, members) in groups.enumerate() {
                for (&label, rest) in members.iter().zip(series_of_others(members, chances)) {
                    by_member.set(label, by_group, group, rest);
                }
            }
            by_member
        };
        Self { optimistic: by_member(&self.optimistic), pessimistic: by_member(&self.pessimistic), exact: self.exact }
    }

    /// Puts `singles`, each of which takes the goal down, in series.
    pub(super) fn with_singles(&self, singles: &[LabelIx], chances: &IxVec<LabelIx, Chance>) -> Self {
        let with = |rest: &Marginals<LabelIx>| rest.in_series(singles, &series_of_others(singles, chances), chances);
        Self { optimistic: with(&self.optimistic), pessimistic: with(&self.pessimistic), exact: self.exact }
    }

    /// The difference of the bounds as a part of the upper.
    fn gap(&self) -> f64 {
        let (low, high) = (self.optimistic.chance.down, self.pessimistic.chance.down);
        if high > 0.0 { (high - low) / high } else { 0.0 }
    }
}

/// For each of `labels` the chance of all the others in series.
fn series_of_others(labels: &[LabelIx], chances: &IxVec<LabelIx, Chance>) -> Vec<Chance> {
    let mut others = Vec::with_capacity(labels.len());
    let mut before = Chance::UP;
    for &label in labels {
        others.push(before);
        before = before.either_down(chances[label]);
    }
    let mut after = Chance::UP;
    for (others, &label) in others.iter_mut().zip(labels).rev() {
        *others = others.either_down(after);
        after = after.either_down(chances[label]);
    }
    others
}

/// Most probable first, then by labels.
fn sort_by_chance(sets: &mut [Vec<LabelIx>], chances: &IxVec<LabelIx, Chance>) {
    let chance = |set: &Vec<LabelIx>| set.iter().map(|&label| chances[label].down).product::<f64>();
    sets.sort_by(|a, b| chance(b).total_cmp(&chance(a)).then_with(|| a.cmp(b)));
}

/// The union of as many of `sets`, from the first on, as its diagram can hold.
fn union(
    region: &Region,
    sets: &[Vec<LabelIx>],
    chances: &IxVec<LabelIx, Chance>,
    effort: Effort,
) -> Option<Marginals<LabelIx>> {
    let label_at = as_written(region);
    let level_of = level_of(region, &label_at);
    let mut best = None;
    let mut taken = 0;
    while taken < sets.len() {
        taken = (taken * 8).max(64).min(sets.len());
        let mut levels: Vec<Vec<Level>> = sets[..taken].iter().map(|set| sorted_levels(set, &level_of)).collect();
        // Sets that begin far down come first: each union then only touches the top of what there is.
        levels.sort_unstable_by(|a, b| b.cmp(a));
        let Ok((bdd, any)) = union_diagram(&levels, effort) else { break };
        let by_level = label_at.iter().map(|&label| chances[label]).collect();
        best = Some(Marginals::of(&bdd, any, &by_level).by_label(&label_at, chances.len()));
    }
    best
}

fn sorted_levels(set: &[LabelIx], level_of: &IxVec<LabelIx, Level>) -> Vec<Level> {
    let mut levels: Vec<Level> = set.iter().map(|&label| level_of[label]).collect();
    levels.sort_unstable();
    levels
}

fn union_diagram(sets: &[Vec<Level>], effort: Effort) -> Result<(Bdd, Function), CapReached> {
    let mut bdd = Bdd::new(effort.vertices, effort.steps);
    let mut any = Function::FALSE;
    for set in sets {
        let mut all = Function::TRUE;
        for &level in set.iter().rev() {
            let variable = bdd.variable(level)?;
            all = bdd.and(variable, all)?;
        }
        any = bdd.or(any, all)?;
    }
    Ok((bdd, any))
}

/// A region with only some of its rules.
struct SubModel<'r> {
    region: &'r Region,
    kept: IxSet<RuleIx>,
}

impl<'r> SubModel<'r> {
    fn of_one_proof(region: &'r Region) -> Self {
        let mut this = Self { region, kept: IxSet::with_capacity(region.graph.rule_count()) };
        let focus = Focus::on(region, &IxSet::new());
        this.kept.extend(focus.proof_rules(region, &[]).0);
        this
    }

    /// What decides the goal here; labels by the numbers of the whole region.
    fn region(&self) -> Outcome {
        self.region.with_rules(&self.kept)
    }

    fn marginals(&self, chances: &IxVec<LabelIx, Chance>, effort: Effort) -> Result<Marginals<LabelIx>, CapReached> {
        match self.region() {
            Outcome::Depends(part) => {
                let function = OutageFunction::of(&part, effort)?;
                let label_at: IxVec<Level, LabelIx> =
                    function.label_at.iter().map(|&label| part.labels[label]).collect();
                let by_level = label_at.iter().map(|&label| chances[label]).collect();
                Ok(Marginals::of(&function.bdd, function.fails, &by_level).by_label(&label_at, chances.len()))
            }
            Outcome::Always => Ok(Marginals::constant(Chance::UP, chances.len())),
            Outcome::Never => Ok(Marginals::constant(Chance::DOWN, chances.len())),
        }
    }

    /// Adds proofs until the cut sets to `order` are `cuts` (sorted), the most probable false ones first, in steps
    /// that double; keeps the best marginals. Whether that was reached within the effort.
    fn repair(
        &mut self,
        order: u32,
        cuts: &[Vec<LabelIx>],
        chances: &IxVec<LabelIx, Chance>,
        limits: &BoundsEffort,
        best: &mut Marginals<LabelIx>,
    ) -> bool {
        let mut batch = 4;
        for _ in 0..ROUNDS {
            let Outcome::Depends(part) = self.region() else { return true };
            let mut own = minimal_cut_sets(&part, &CutSetLimits { order, ..limits.cut_sets });
            for label in own.sets.iter_mut().flatten() {
                *label = part.labels[*label];
            }
            // A minimal cut set of the sub-model that cuts the whole is minimal there too.
            own.sets.retain(|set| cuts.binary_search(set).is_err());
            if own.sets.is_empty() {
                return own.complete_to >= order;
            }
            sort_by_chance(&mut own.sets, chances);
            own.sets.truncate(batch);
            batch *= 2;
            let failed = own.sets.iter().flatten().copied().collect();
            let focus = Focus::on(self.region, &failed);
            for set in &own.sets {
                self.kept.extend(focus.proof_rules(self.region, set).0);
            }
            let Ok(marginals) = self.marginals(chances, limits.effort) else { return false };
            if marginals.chance.down < best.chance.down {
                *best = marginals;
            }
        }
        false
    }
}
