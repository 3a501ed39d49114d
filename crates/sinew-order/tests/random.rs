//! Random instances, the same for the same seed.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use sinew_order::{Benefit, Days, DaysPerWeek, Index, Instance, Item, ItemIx, Money, MoneyPerYear, Requirement, Weeks};

/// Random numbers of a seed.
pub(crate) struct Dice(SplitMix64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SplitMix64::seed_from_u64(seed))
    }

    pub(crate) fn item(&mut self, items: usize) -> ItemIx {
        ItemIx::new(self.below(items))
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.0.next_u64() % n as u64) as usize
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Anything may occur: enablers, alternatives, ways of several items, losses, worthless items, all limits.
pub(crate) fn anything(dice: &mut Dice, n: usize) -> Instance {
    let costly = dice.chance(50);
    let mut items: Vec<Item> = (0..n)
        .map(|i| Item {
            id: format!("item-{i}"),
            effort: Days((1 + dice.below(8)) as f64 / if dice.chance(20) { 2.0 } else { 1.0 }),
            one_off: Money(if costly && dice.chance(50) { dice.below(60) as f64 } else { 0.0 }),
            running: MoneyPerYear(if costly && dice.chance(40) { dice.below(300) as f64 } else { 0.0 }),
            loss: MoneyPerYear(if dice.chance(20) { dice.below(300) as f64 } else { 0.0 }),
            needs: (0..i).filter(|_| dice.chance(15)).map(ItemIx::new).collect(),
            goes_first: dice.chance(20),
        })
        .collect();
    if n > 1 && dice.chance(50) {
        // Precedence against the order of the indices.
        items.reverse();
        for item in &mut items {
            item.needs.iter_mut().for_each(|j| *j = ItemIx::new(n - 1 - j.place()));
        }
    }
    let benefits = (0..1 + dice.below(n + 2))
        .map(|_| Benefit {
            value: MoneyPerYear(dice.below(1200) as f64),
            ways: (0..1 + dice.below(3))
                .map(|_| (0..1 + dice.below(2) + dice.below(2)).map(|_| dice.item(n)).collect())
                .collect(),
        })
        .collect();
    let capacity = (1 + dice.below(5)) as f64;
    let work: f64 = items.iter().map(|i| i.effort.0).sum();
    let horizon = Weeks(work / capacity * (30 + dice.below(150)) as f64 / 100.0);
    let mut instance = Instance {
        items: items.into(),
        benefits,
        capacity: DaysPerWeek(capacity),
        horizon,
        budget: dice.chance(40).then(|| Money(dice.below(120) as f64)),
        force_in: Vec::new(),
        force_out: Vec::new(),
        requirements: Vec::new(),
    };
    if dice.chance(15) {
        instance.force_in.push(dice.item(n));
    }
    if dice.chance(15) {
        instance.force_out.push(dice.item(n));
    }
    instance
}

/// Anything, and requirements of every kind: that go first, that hold only with other items, that nothing meets.
pub(crate) fn with_requirements(dice: &mut Dice, n: usize) -> Instance {
    let mut instance = anything(dice, n);
    for _ in 0..1 + dice.below(3) {
        let some = |dice: &mut Dice, most: usize| (0..dice.below(most + 1)).map(|_| dice.item(n)).collect();
        let mut any: Vec<ItemIx> = some(dice, 3);
        let where_all: Vec<ItemIx> = if dice.chance(35) { some(dice, 2) } else { Vec::new() };
        if any.is_empty() && where_all.is_empty() {
            any.push(dice.item(n));
        }
        instance.requirements.push(Requirement { any, where_all, first: dice.chance(40) });
    }
    instance
}
