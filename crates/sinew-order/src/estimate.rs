//! How much a small change to a plan can gain at most, from sums over the plan as it is: most changes that a local search
//! tries are told to be worse by a few of them, without building the plan that comes of them.

use crate::index::{ItemIx, List};
use crate::partial::Partial;
use crate::scaled::{LiveIx, Scaled};

/// Sums over a sequence up to each place. An estimate is never below what a change gains: it looks at time and value, and
/// limits, precedence and what else a plan has to hold can only refuse it.
#[derive(Debug)]
pub(crate) struct Estimate {
    /// Ticks of work before each place, and after the last.
    time: Vec<i64>,
    /// Money a year, in cents, that starts with the items before each place.
    earned: Vec<i128>,
    /// The part of it that is earned in no other way later in the plan.
    earned_one_way: Vec<i128>,
    /// Cents a year that the items before each place cost from their finish on.
    drained: Vec<i128>,
    /// When each benefit is earned, in ticks of work; `None` where it is not.
    since: List<LiveIx, Option<i64>>,
    /// What the whole is worth, in cent-ticks.
    pub(crate) value: i128,
}

impl Estimate {
    /// The sums over a plan.
    pub(crate) fn of(partial: &Partial<'_>) -> Self {
        let s = partial.scaled;
        let count = partial.sequence.len();
        let mut sums = Self {
            time: Vec::with_capacity(count + 1),
            earned: Vec::with_capacity(count + 1),
            earned_one_way: Vec::with_capacity(count + 1),
            drained: Vec::with_capacity(count + 1),
            since: List::like(&s.benefits, None),
            value: partial.value,
        };
        let mut places = List::like(&s.out, 0);
        partial.sequence.iter().enumerate().for_each(|(place, &item)| places[item] = place);
        // Other ways that are complete, too, but later; those that are not built are none.
        let has_other = |benefit: LiveIx, place: usize| {
            let ways = &s.benefits[benefit].ways;
            ways.len() > 1
                && (0..ways.len())
                    .any(|way| partial.missing(benefit, way) == 0 && ways[way].iter().any(|&item| places[item] > place))
        };
        let (mut time, mut earned, mut one_way, mut drained) = (0, 0, 0, 0);
        for (place, &item) in partial.sequence.iter().enumerate() {
            sums.push(time, earned, one_way, drained);
            time += s.effort[item];
            drained += i128::from(s.drain[item]);
            for &benefit in partial.earned_at(place) {
                let value = i128::from(s.benefits[benefit].value);
                earned += value;
                one_way += if has_other(benefit, place) { 0 } else { value };
                sums.since[benefit] = Some(time);
            }
        }
        sums.push(time, earned, one_way, drained);
        sums
    }

    fn push(&mut self, time: i64, earned: i128, one_way: i128, drained: i128) {
        self.time.push(time);
        self.earned.push(earned);
        self.earned_one_way.push(one_way);
        self.drained.push(drained);
    }

    /// The most that is gained where the items at `from..middle` change places with those at `middle..to`.
    ///
    /// What the second begin to earn comes sooner by the time of the first and no more; so may what the first earn that is
    /// earned another way later. What else the first earn comes later by the time of the second. Beyond `to` nothing changes.
    pub(crate) fn of_exchange(&self, from: usize, middle: usize, to: usize) -> i128 {
        let between = |sums: &[i128], a: usize, b: usize| sums[b] - sums[a];
        let first = i128::from(self.time[middle] - self.time[from]);
        let second = i128::from(self.time[to] - self.time[middle]);
        let one_way = between(&self.earned_one_way, from, middle);
        let others = between(&self.earned, from, middle) - one_way;
        let sooner = between(&self.earned, middle, to) - between(&self.drained, middle, to) + others;
        first * sooner - second * (one_way - between(&self.drained, from, middle))
    }

    /// The most that is gained where `added` items come in at `place`: what they may earn sooner than it is earned, less
    /// what they cost and what all that follows loses by coming later.
    pub(crate) fn of_addition(&self, scaled: &Scaled, place: usize, added: &[ItemIx]) -> i128 {
        let last = self.time.len() - 1;
        let begin = self.time[place];
        let mut finish = begin;
        let mut gain = 0;
        for &item in added {
            finish += scaled.effort[item];
            let left = i128::from(scaled.horizon - finish);
            gain -= i128::from(scaled.drain[item]) * left + i128::from(scaled.one_off[item]) * i128::from(scaled.year);
        }
        let delay = finish - begin;
        let following = (self.earned[last] - self.earned[place]) - (self.drained[last] - self.drained[place]);
        gain -= i128::from(delay) * following;
        let mut finish = begin;
        for &item in added {
            // What the item has a part in is not earned before it is finished.
            finish += scaled.effort[item];
            let mut before = None;
            for &(benefit, _) in &scaled.member_of[item] {
                if before.replace(benefit) == Some(benefit) {
                    continue;
                }
                // What comes later without the items is counted as a loss above; that is taken back where they earn it.
                let since = match self.since[benefit] {
                    None => scaled.horizon,
                    Some(since) if since > begin => since + delay,
                    Some(since) => since,
                };
                gain += i128::from(scaled.benefits[benefit].value) * i128::from((since - finish).max(0));
            }
        }
        gain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::index::Index;
    use crate::instance::{Benefit, Instance, Item};
    use crate::units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};
    use crate::wsjf::{bundle, repaired};

    /// Shared benefits, several ways to earn one, enablers, running costs that outweigh what is earned.
    fn instance(dice: &mut Dice, n: usize) -> Instance {
        let item = |dice: &mut Dice, at: usize| Item {
            id: format!("i{at}"),
            effort: Days((1 + dice.below(9)) as f64),
            one_off: Money(dice.below(80) as f64),
            running: MoneyPerYear((dice.below(3) * dice.below(400)) as f64),
            loss: MoneyPerYear((dice.below(2) * dice.below(300)) as f64),
            needs: (0..at).filter(|_| dice.below(8) == 0).map(ItemIx::new).collect(),
            goes_first: false,
            preference: 0,
        };
        let items: Vec<Item> = (0..n).map(|at| item(dice, at)).collect();
        let benefits: Vec<Benefit> = (0..2 * n)
            .map(|_| Benefit {
                value: MoneyPerYear(dice.below(1_500) as f64),
                ways: (0..1 + dice.below(3))
                    .map(|_| (0..1 + dice.below(3)).map(|_| ItemIx::new(dice.below(n))).collect())
                    .collect(),
            })
            .collect();
        Instance {
            items: items.into(),
            benefits: benefits.into(),
            capacity: DaysPerWeek(5.0),
            horizon: Weeks(4.0 + dice.below(8) as f64),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: Vec::new(),
        }
    }

    #[test]
    fn no_change_gains_more_than_its_estimate() {
        let mut dice = Dice::new(7);
        let (mut exchanges, mut additions, mut tight) = (0, 0, 0);
        for _ in 0..1_500 {
            let n = 3 + dice.below(7);
            let scaled = Scaled::new(&instance(&mut dice, n)).expect("it makes sense");
            let mut order: Vec<ItemIx> = scaled.items().collect();
            (1..n).for_each(|at| order.swap(at, dice.below(at + 1)));
            order.truncate(1 + dice.below(n));
            let plan = repaired(&scaled, &order).expect("nothing is forced");
            let estimate = Estimate::of(&plan);
            let base = plan.sequence.clone();
            let value = |sequence: &[ItemIx]| Partial::of(&scaled, sequence).map(|changed| changed.value);
            for from in 0..base.len() {
                for middle in from + 1..base.len() {
                    for to in middle + 1..=base.len() {
                        let changed = [&base[..from], &base[middle..to], &base[from..middle], &base[to..]].concat();
                        let Some(value) = value(&changed) else { continue };
                        let most = estimate.value + estimate.of_exchange(from, middle, to);
                        assert!(value <= most, "{value} > {most}");
                        exchanges += 1;
                        tight += usize::from(value == most);
                    }
                }
            }
            for item in scaled.items().filter(|item| !base.contains(item) && !scaled.out[*item]) {
                for place in 0..=base.len() {
                    let mut before = Partial::new(&scaled);
                    base[..place].iter().for_each(|one| before.push(*one));
                    let added = bundle(&scaled, &before, item);
                    if added.iter().any(|one| base.contains(one)) {
                        continue;
                    }
                    let changed = [&base[..place], &added, &base[place..]].concat();
                    let Some(value) = value(&changed) else { continue };
                    let most = estimate.value + estimate.of_addition(&scaled, place, &added);
                    assert!(value <= most, "{value} > {most}");
                    additions += 1;
                    tight += usize::from(value == most);
                }
            }
        }
        assert!(exchanges > 5_000 && additions > 500 && tight > 1_000, "{exchanges} {additions} {tight}");
    }
}
