//! What the plan is worth when its numbers are ranges: shares, quantiles, and which assumption matters most.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use crate::index;
use crate::index::{ItemIx, List};
use crate::sampling::{Random, Range};
use crate::units::{Money, Weeks};

index! {
    /// A number that is not known exactly.
    pub AssumptionIx
}

/// Samples that are drawn at once, for all cores together; at first fewer, since nothing is known of what one takes.
const AT_ONCE: usize = 64;
const AT_FIRST: usize = 8;

/// A number that is not known exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// Name; also chooses the stream of random numbers, so that a new assumption leaves the others' samples alone.
    pub id: String,
    /// What is known of it.
    pub range: Range,
}

/// The plan under one set of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Wave of each item, from 1; `None` if it is not in the plan.
    pub waves: List<ItemIx, Option<usize>>,
    /// Time until each item has repaid its cost; `None` if it never does.
    pub payback: List<ItemIx, Option<Weeks>>,
    /// Gains less costs within the horizon.
    pub net_value: Money,
}

/// Tenth, fiftieth and ninetieth percentile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles {
    /// One sample in ten is below.
    pub p10: Money,
    /// Half of the samples are below this.
    pub p50: Money,
    /// One sample in ten is above.
    pub p90: Money,
}

/// One item over all samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemUncertainty {
    /// Share of samples with the same wave, or the same absence, as with the likely values; 0 to 1.
    pub wave_share: f64,
    /// Time to payback, tenth to ninetieth percentile. A sample without payback counts as infinitely late; a percentile
    /// that falls on one is `None`.
    pub payback: [Option<Weeks>; 3],
}

/// What one assumption does to the net value, all others at their likely values.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The assumption that was moved.
    pub assumption: AssumptionIx,
    /// Net value at the low end of the range.
    pub at_low: Money,
    /// Net value at the high end.
    pub at_high: Money,
}

impl Swing {
    /// How far apart the ends are; zero or more.
    #[must_use]
    pub fn width(&self) -> Money {
        Money((self.at_high.0 - self.at_low.0).abs())
    }
}

/// How value, waves and payback spread over the samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// With all assumptions at their likely values.
    pub likely: Outcome,
    /// Per item, as in the outcome.
    pub items: List<ItemIx, ItemUncertainty>,
    /// Distribution of the plan's net value.
    pub net_value: Quantiles,
    /// Share of samples in which the plan is worth more than nothing.
    pub positive_share: f64,
    /// The widest swing first, then by the assumption's place.
    pub tornado: Vec<Swing>,
    /// Samples that were drawn: fewer than asked for where the work did not suffice.
    pub samples: usize,
    /// Assumptions that were not moved by themselves.
    pub unmoved: usize,
}

/// How the ranges are sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampling {
    /// Samples over all ranges; at least one is taken.
    pub samples: usize,
    /// Where random numbers begin.
    pub seed: u64,
    /// What all evaluations together may take, in the unit of those who evaluate. The likely values and one sample are
    /// evaluated in any case; no sample is begun with less left than the likely values took.
    pub work: u64,
}

/// Evaluates the plan at the likely values and at samples of all ranges together, independently of
/// each other, and finds its worth at both ends of the ranges of those in `moved`.
///
/// `evaluate` and `worth` get one number per assumption, and take what they cost from the work that is left. Whether they
/// plan anew or keep the plan is their choice; both are honest, and the report should say which. Every outcome must speak
/// of the same items, and be the same however much more work is left than it takes: so samples are evaluated on all cores, and
/// are those that one after the other would be.
pub fn uncertainty(
    assumptions: &List<AssumptionIx, Assumption>,
    moved: &[AssumptionIx],
    sampling: Sampling,
    evaluate: impl Fn(&List<AssumptionIx, f64>, &mut u64) -> Outcome + Sync,
    worth: impl Fn(&List<AssumptionIx, f64>, &mut u64) -> Money,
) -> Uncertainty {
    let mut numbers: List<AssumptionIx, f64> = assumptions.iter().map(|a| a.range.likely).collect();
    let mut work = sampling.work;
    let likely = evaluate(&numbers, &mut work);
    let one = sampling.work - work;
    let tornado = tornado(assumptions, moved, &mut numbers, |numbers| worth(numbers, &mut work));
    let mut streams: Vec<Random> = assumptions.iter().map(|a| Random::stream(sampling.seed, &a.id)).collect();
    let mut outcomes: Vec<Outcome> = Vec::new();
    let given = work;
    let has_work = |work: u64| work >= one.max(1);
    while outcomes.is_empty() || (outcomes.len() < sampling.samples && has_work(work)) {
        // What the work does not suffice for is not evaluated in vain.
        let fits = match (given - work).checked_div(outcomes.len() as u64) {
            Some(each) => usize::try_from(work / each.max(1)).unwrap_or(AT_ONCE).clamp(1, AT_ONCE),
            None => AT_FIRST,
        };
        let count = (sampling.samples.max(1) - outcomes.len()).min(fits);
        let draw = |_| assumptions.iter().zip(&mut streams).map(|(one, stream)| one.range.sample(stream)).collect();
        let drawn: Vec<List<AssumptionIx, f64>> = (0..count).map(draw).collect();
        for (numbers, (outcome, took)) in drawn.iter().zip(evaluated(&drawn, work, &evaluate)) {
            if !outcomes.is_empty() && !has_work(work) {
                break;
            }
            let outcome = if took <= work {
                work -= took;
                outcome
            } else {
                // It was given more than those before it left.
                evaluate(numbers, &mut work)
            };
            outcomes.push(outcome);
        }
    }
    let count = outcomes.len() as f64;
    let values: Vec<f64> = sorted(outcomes.iter().map(|o| o.net_value.0));
    let item = |i: ItemIx| {
        let wave = likely.waves[i];
        let kept = outcomes.iter().filter(|o| o.waves.get(i) == Some(&wave)).count();
        let payback = |o: &Outcome| o.payback.get(i).copied().flatten().map_or(f64::INFINITY, |weeks| weeks.0);
        let paybacks = sorted(outcomes.iter().map(payback));
        let finite = |share: f64| Some(quantile(&paybacks, share)).filter(|weeks| weeks.is_finite()).map(Weeks);
        ItemUncertainty { wave_share: kept as f64 / count, payback: [0.1, 0.5, 0.9].map(finite) }
    };
    let money = |share: f64| Money(quantile(&values, share));
    Uncertainty {
        items: likely.waves.places().map(item).collect(),
        net_value: Quantiles { p10: money(0.1), p50: money(0.5), p90: money(0.9) },
        positive_share: values.iter().filter(|&&v| v > 0.0).count() as f64 / count,
        samples: outcomes.len(),
        unmoved: assumptions.len() - tornado.len(),
        tornado,
        likely,
    }
}

/// What each of the samples leads to if it has all of `work`, and what it takes of it.
fn evaluated(
    drawn: &[List<AssumptionIx, f64>],
    work: u64,
    evaluate: &(impl Fn(&List<AssumptionIx, f64>, &mut u64) -> Outcome + Sync),
) -> Vec<(Outcome, u64)> {
    let one = |numbers: &List<AssumptionIx, f64>| {
        let mut left = work;
        let outcome = evaluate(numbers, &mut left);
        (outcome, work - left)
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = drawn.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let of = |part| scope.spawn(move || <[_]>::iter(part).map(one).collect::<Vec<_>>());
        let parts: Vec<_> = drawn.chunks(share).map(of).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

fn tornado(
    assumptions: &List<AssumptionIx, Assumption>,
    moved: &[AssumptionIx],
    numbers: &mut List<AssumptionIx, f64>,
    mut worth: impl FnMut(&List<AssumptionIx, f64>) -> Money,
) -> Vec<Swing> {
    let mut swings = Vec::new();
    for &i in moved {
        let Range { low, likely, high } = assumptions[i].range;
        numbers[i] = low;
        let at_low = worth(numbers);
        numbers[i] = high;
        let at_high = worth(numbers);
        numbers[i] = likely;
        swings.push(Swing { assumption: i, at_low, at_high });
    }
    swings.sort_by(|a, b| b.width().0.total_cmp(&a.width().0).then(a.assumption.cmp(&b.assumption)));
    swings
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The smallest sample that at least this share of samples does not exceed (Hyndman and Fan 1996, definition 1).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (share * sorted.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    sorted[place.min(sorted.len()) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;

    fn assumption(id: &str, low: f64, likely: f64, high: f64) -> Assumption {
        Assumption { id: id.to_owned(), range: Range { low, likely, high } }
    }

    /// It takes one of the work.
    fn outcome(n: &List<AssumptionIx, f64>, work: &mut u64) -> Outcome {
        *work = work.saturating_sub(1);
        let [first, second] = [0, 1].map(|place| n[AssumptionIx::new(place)]);
        let wave = if first <= 5.0 { 1 } else { 2 };
        let payback = (second > 2.0).then_some(Weeks(100.0 / second));
        let net_value = Money(10.0 * second - first);
        Outcome { waves: vec![Some(wave), None].into(), payback: vec![payback, None].into(), net_value }
    }

    fn worth(n: &List<AssumptionIx, f64>, work: &mut u64) -> Money {
        outcome(n, work).net_value
    }

    fn run(assumptions: &[Assumption], samples: usize, seed: u64) -> Uncertainty {
        within(assumptions, samples, seed, u64::MAX)
    }

    fn within(assumptions: &[Assumption], samples: usize, seed: u64, work: u64) -> Uncertainty {
        let assumptions: List<AssumptionIx, Assumption> = assumptions.to_vec().into();
        let all: Vec<AssumptionIx> = assumptions.places().collect();
        uncertainty(&assumptions, &all, Sampling { samples, seed, work }, outcome, worth)
    }

    #[test]
    fn samples_end_with_the_work_and_their_number_is_told() {
        let assumptions = [assumption("effort", 2.0, 4.0, 9.0), assumption("value", 1.0, 3.0, 4.0)];
        // One for the likely values, four for the ends of both ranges.
        let drawn = |work: u64| within(&assumptions, 100, 1, work).samples;
        assert_eq!([drawn(0), drawn(5), drawn(6), drawn(25), drawn(105), drawn(10_000)], [1, 1, 1, 20, 100, 100]);
        assert_eq!(within(&assumptions, 20, 1, 25), run(&assumptions, 20, 1));
        let none: List<AssumptionIx, Assumption> = assumptions.to_vec().into();
        let sampling = Sampling { samples: 3, seed: 1, work: u64::MAX };
        let found = uncertainty(&none, &[AssumptionIx::new(1)], sampling, outcome, worth);
        assert_eq!((found.tornado.len(), found.unmoved), (1, 1));
    }

    #[test]
    fn on_all_cores_samples_are_those_that_one_after_the_other_would_be() {
        let assumptions = [assumption("effort", 2.0, 4.0, 9.0), assumption("value", 1.0, 3.0, 4.0)];
        // Some take much, and where that is not left they end with nothing.
        let costly = |n: &List<AssumptionIx, f64>, work: &mut u64| {
            let takes = if n[AssumptionIx::new(0)] > 5.0 { 40 } else { 3 };
            let found = outcome(n, &mut u64::MAX.clone());
            let net_value = if takes > *work { Money(0.0) } else { found.net_value };
            *work = work.saturating_sub(takes);
            Outcome { net_value, ..found }
        };
        let (mut short, mut whole) = (0, 0);
        for work in (0..2_000).step_by(7) {
            let mut streams = [Random::stream(5, "effort"), Random::stream(5, "value")];
            let likely: List<AssumptionIx, f64> = vec![4.0, 3.0].into();
            let mut left = work;
            costly(&likely, &mut left);
            let mut values = Vec::new();
            while values.is_empty() || (values.len() < 100 && left >= 3.min(work).max(1)) {
                let draw = |(one, stream): (&Assumption, &mut Random)| one.range.sample(stream);
                let numbers = assumptions.iter().zip(&mut streams).map(draw).collect();
                values.push(costly(&numbers, &mut left).net_value.0);
            }
            short += usize::from(values.len() < 100 && values.ends_with(&[0.0]));
            whole += usize::from(values.len() == 100);
            let all = assumptions.to_vec().into();
            let sampling = Sampling { samples: 100, seed: 5, work };
            let found = uncertainty(&all, &[], sampling, costly, |n, work| costly(n, work).net_value);
            let values = sorted(values.into_iter());
            assert_eq!(found.samples, values.len(), "work {work}");
            assert_eq!(
                [found.net_value.p10.0, found.net_value.p90.0],
                [0.1, 0.9].map(|share| quantile(&values, share))
            );
        }
        assert!(short >= 50 && whole >= 10, "{short} {whole}");
    }

    #[test]
    fn quantiles_are_samples() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!([0.1, 0.5, 0.9, 1.0].map(|s| quantile(&values, s)), [1.0, 5.0, 9.0, 10.0]);
        assert_eq!(quantile(&[3.0], 0.1), 3.0);
    }

    #[test]
    fn the_widest_swing_comes_first_and_ends_are_exact() {
        let assumptions = [assumption("effort", 2.0, 4.0, 9.0), assumption("value", 1.0, 3.0, 4.0)];
        let tornado = run(&assumptions, 10, 1).tornado;
        let swing =
            |place, low, high| Swing { assumption: AssumptionIx::new(place), at_low: Money(low), at_high: Money(high) };
        assert_eq!(tornado[0], swing(1, 6.0, 36.0));
        assert_eq!(tornado[1], swing(0, 28.0, 21.0));
    }

    #[test]
    fn shares_and_paybacks_follow_the_distribution() {
        // Effort is symmetric about the wave's edge; value is uniform-like around the point of no payback.
        let assumptions = [assumption("effort", 0.0, 5.0, 10.0), assumption("value", 0.0, 2.0, 4.0)];
        let result = run(&assumptions, 4000, 9);
        assert!((result.items[ItemIx::new(0)].wave_share - 0.5).abs() < 0.03);
        assert_eq!(result.items[ItemIx::new(1)].wave_share, 1.0);
        assert!(result.items[ItemIx::new(0)].payback[0].is_some_and(|weeks| weeks.0 > 25.0 && weeks.0 < 50.0));
        assert_eq!(result.items[ItemIx::new(0)].payback[2], None);
        assert!(result.net_value.p10 < result.net_value.p50 && result.net_value.p50 < result.net_value.p90);
        assert!((result.net_value.p50.0 - 15.0).abs() < 1.0);
    }

    #[test]
    fn a_new_assumption_leaves_the_samples_of_the_others_alone() {
        let assumptions = [assumption("effort", 2.0, 4.0, 9.0), assumption("value", 1.0, 3.0, 4.0)];
        let mut more = assumptions.to_vec();
        more.insert(2, assumption("noise", 0.0, 1.0, 2.0));
        let (a, b) = (run(&assumptions, 50, 3), run(&more, 50, 3));
        assert_eq!((a.items, a.net_value), (b.items, b.net_value));
        assert_ne!(a.net_value, run(&assumptions, 50, 4).net_value);
    }
}
