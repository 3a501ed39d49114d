//! How likely a goal is to hold, and how much each label matters for that.
//!
//! Labels fail independently, each with a stated unavailability. Steps: cut out what decides the goal; factor its
//! single points of failure out, which is exact because it needs all of them; simplify; then a decision diagram, or,
//! where that would be too large, certified bounds from both sides. `docs/theory/availability.md` has the reasons.

use super::and_or::{FactIx, LabelIx};
use super::bdd::Level;
use super::bounds::{Bounds, BoundsEffort};
use super::cut_sets::{CutSetLimits, Goals, minimal_cut_sets};
use super::ix::{IxSet, IxVec};
use super::marginals::{Chance, Marginals};
use super::outage_function::{Effort, OutageFunction};
use super::region::{Outcome, Region};
use super::simplify::Simplified;

/// A closed interval that certainly contains the number meant; a number known exactly is an interval of one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The least it can be.
    pub low: f64,
    /// The most it can be; may be infinite.
    pub high: f64,
}

/// How much one label matters for a goal. `P` is the goal's unavailability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance {
    /// The label that is measured.
    pub label: LabelIx,
    /// `P(label failed) - P(label up)`: the chance that the goal hangs on it (Birnbaum 1969). 0 to 1.
    pub birnbaum: Interval,
    /// `(P - P(label up)) / P`: the part of the unavailability that goes when the label never fails, the
    /// Fussell-Vesely measure as risk analysts compute it (Cheok, Parry, Sherry 1998). 0 to 1.
    pub fussell_vesely: Interval,
    /// `P(label failed) / P`: how many times worse while it has failed (same source). At least 1.
    pub risk_achievement_worth: Interval,
    /// `P / P(label up)`: how many times better if it never failed (same source). At least 1; infinite where the goal
    /// would then never fail.
    pub risk_reduction_worth: Interval,
}

/// How likely a goal is to hold, and what that depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Availability {
    /// Whether the bounds meet: then the numbers are exact but for rounding, relatively at most some 1e-15 for each label
    /// that matters.
    pub exact: bool,
    /// The probability that the goal holds.
    pub availability: Interval,
    /// The probability that it does not; computed on its own, so that a small one keeps its digits.
    pub unavailability: Interval,
    /// Of every label that can matter, by label; empty where the unavailability is 0 or 1 whatever they do.
    pub importance: Vec<Importance>,
}

/// What an answer may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AvailabilityLimits {
    /// Vertices of a decision diagram, some 40 bytes each.
    pub vertices: usize,
    /// Cut sets that bounds start from; its order is the largest that is tried.
    pub cut_sets: CutSetLimits,
    /// Bounds are good enough when they differ by this part of the unavailability.
    pub gap: f64,
}

impl Default for AvailabilityLimits {
    fn default() -> Self {
        let cut_sets = CutSetLimits { order: 4, rule_visits: 4_000_000, worlds: 100_000 };
        // 39 of the 40 coherent trees of the Aralia benchmark fit into so many; into half of it, 34.
        Self { vertices: 1 << 19, cut_sets, gap: 1e-3 }
    }
}

/// How likely each label fails, looked through once for all goals.
#[derive(Clone, Debug)]
pub struct Failing {
    unavailability: IxVec<LabelIx, Option<f64>>,
    may_fail: IxSet<LabelIx>,
}

impl Failing {
    /// Where label `l` has failed with probability `unavailability[l]`, independently of the others; `None` and 0 never
    /// fail.
    ///
    /// # Panics
    /// Where a probability is not within 0 to 1.
    #[must_use]
    pub fn of(unavailability: IxVec<LabelIx, Option<f64>>) -> Self {
        assert!(unavailability.iter().flatten().all(|q| (0.0..=1.0).contains(q)), "probabilities are from 0 to 1");
        let fails = |&(_, q): &(LabelIx, &Option<f64>)| q.is_some_and(|q| q > 0.0);
        let may_fail = unavailability.enumerate().filter(fails).map(|(label, _)| label).collect();
        Self { unavailability, may_fail }
    }

    /// What was said of `label`.
    #[must_use]
    pub fn stated(&self, label: LabelIx) -> Option<f64> {
        self.unavailability[label]
    }
}

/// The availability of `goal`, where label `l` has failed with probability `unavailability[l]`, independently of the
/// others; `None` and 0 never fail. For several goals, [`availability_of`] looks through the labels once.
///
/// # Panics
/// As [`Failing::of`] and [`availability_of`].
#[must_use]
pub fn availability(
    goals: &Goals<'_>,
    goal: FactIx,
    unavailability: &IxVec<LabelIx, Option<f64>>,
    limits: &AvailabilityLimits,
) -> Availability {
    availability_of(goals, goal, &Failing::of(unavailability.clone()), limits)
}

/// The availability of `goal` where labels fail as `failing` says.
///
/// # Panics
/// Where that does not say it of each label, and of no others.
#[must_use]
pub fn availability_of(
    goals: &Goals<'_>,
    goal: FactIx,
    failing: &Failing,
    limits: &AvailabilityLimits,
) -> Availability {
    let unavailability = &failing.unavailability;
    assert_eq!(unavailability.len(), goals.label_count(), "one unavailability, or none, for each label");
    match goals.region(goal, &failing.may_fail) {
        Outcome::Always => certain(0.0),
        Outcome::Never => certain(1.0),
        Outcome::Depends(region) => {
            let chance = |&label: &LabelIx| Chance::of_unavailability(unavailability[label].unwrap_or(0.0));
            let chances = region.labels.iter().map(chance).collect();
            of_region(&region, &chances, limits)
        }
    }
}

fn certain(unavailability: f64) -> Availability {
    Availability {
        exact: true,
        availability: point(1.0 - unavailability),
        unavailability: point(unavailability),
        importance: Vec::new(),
    }
}

fn of_region(region: &Region, chances: &IxVec<LabelIx, Chance>, limits: &AvailabilityLimits) -> Availability {
    let order_1 = CutSetLimits { order: 1, rule_visits: u64::MAX, worlds: usize::MAX };
    let singles: Vec<LabelIx> = minimal_cut_sets(region, &order_1).sets.into_iter().flatten().collect();
    let mut may_fail = IxSet::all(region.label_count());
    for &single in &singles {
        may_fail.remove(single);
    }
    let rest = match region.part(&may_fail, &region.fixpoint(&may_fail)) {
        Outcome::Depends(rest) => rest_of(&rest, chances, limits),
        Outcome::Always | Outcome::Never => {
            let never = Marginals::constant(Chance::UP, chances.len());
            Bounds { optimistic: never.clone(), pessimistic: never, exact: true }
        }
    };
    answer(&region.labels, chances, &rest.with_singles(&singles, chances), limits.vertices)
}

/// What is left when no single point of failure fails; marginals by the labels that `chances` is for.
fn rest_of(rest: &Region, chances: &IxVec<LabelIx, Chance>, limits: &AvailabilityLimits) -> Bounds {
    let simplified = Simplified::of(rest);
    let groups: IxVec<LabelIx, Vec<LabelIx>> =
        simplified.groups.iter().map(|group| group.iter().map(|&label| rest.labels[label]).collect()).collect();
    let series = |group: &Vec<LabelIx>| group.iter().fold(Chance::UP, |all, &label| all.either_down(chances[label]));
    let group_chances: IxVec<LabelIx, Chance> = groups.iter().map(series).collect();
    let region = &simplified.region;
    let effort = Effort::of_vertices(limits.vertices);
    let by_group = match OutageFunction::of(region, effort) {
        Ok(function) => {
            let by_level: IxVec<Level, Chance> = function.label_at.iter().map(|&group| group_chances[group]).collect();
            let exact = Marginals::of(&function.bdd, function.fails, &by_level);
            let exact = exact.by_label(&function.label_at, groups.len());
            Bounds { optimistic: exact.clone(), pessimistic: exact, exact: true }
        }
        Err(_) => {
            // Several smaller diagrams are built on the way to bounds.
            let effort = Effort { vertices: effort.vertices / 4, steps: effort.steps / 8 };
            Bounds::of(region, &group_chances, &BoundsEffort { effort, cut_sets: limits.cut_sets, gap: limits.gap })
        }
    };
    by_group.of_members(&groups, chances)
}

fn answer(
    labels: &IxVec<LabelIx, LabelIx>,
    chances: &IxVec<LabelIx, Chance>,
    bounds: &Bounds,
    vertices: usize,
) -> Availability {
    let (low, high) = (&bounds.optimistic, &bounds.pessimistic);
    // Each level of a diagram rounds at most four times, and there are no more levels than labels; a sum over the
    // vertices of a diagram rounds once for each (twice the unit in the last place covers second-order terms).
    let slack = if bounds.exact { 0.0 } else { f64::EPSILON * (8.0 * labels.len() as f64 + vertices as f64) };
    let between = |low: f64, high: f64| Interval { low: low * (1.0 - slack), high: high * (1.0 + slack) };
    let within = |interval: Interval| Interval { low: interval.low.max(0.0), high: interval.high.min(1.0) };
    let down = between(low.chance.down, high.chance.down);
    let importance = labels.enumerate().map(|(at, &label)| {
        let failed = between(low.failed[at].down, high.failed[at].down);
        let working = between(low.working[at].down, high.working[at].down);
        let (birnbaum, fussell_vesely) = if bounds.exact {
            // P - P(label up) is the label's unavailability times Birnbaum's measure: no digits are lost.
            (point(low.decides[at]), point(chances[at].down * low.decides[at] / down.low))
        } else {
            let birnbaum = Interval { low: failed.low - working.high, high: failed.high - working.low };
            let removed = |working: f64, all: f64| 1.0 - working / all;
            (birnbaum, Interval { low: removed(working.high, down.low), high: removed(working.low, down.high) })
        };
        Importance {
            label,
            birnbaum: within(birnbaum),
            fussell_vesely: within(fussell_vesely),
            risk_achievement_worth: at_least_one(ratio(failed, down)),
            risk_reduction_worth: at_least_one(ratio(down, working)),
        }
    });
    Availability {
        exact: bounds.exact,
        availability: within(between(high.chance.up, low.chance.up)),
        unavailability: within(down),
        importance: importance.collect(),
    }
}

fn point(value: f64) -> Interval {
    Interval { low: value, high: value }
}

fn ratio(of: Interval, to: Interval) -> Interval {
    let high = if to.low > 0.0 { of.high / to.low } else { f64::INFINITY };
    let low = if to.high > 0.0 { of.low / to.high } else { f64::INFINITY };
    Interval { low, high }
}

fn at_least_one(interval: Interval) -> Interval {
    Interval { low: interval.low.max(1.0), high: interval.high.max(1.0) }
}
