//! What a plan must hold and does best last: it earns nothing and costs the same whenever it is finished, so the search need not
//! place it. The proof is in `docs/theory/plan-order.md`.

use crate::index::{ItemIx, List};
use crate::scaled::{Scaled, ScaledRequirement};

/// Items that come last in a plan, with what they come to.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    /// In the order in which they are built.
    pub(crate) items: Vec<ItemIx>,
    /// What they cost together, in cent-ticks.
    pub(crate) cost: i128,
    /// What a plan may gain at most by not building them last, in cent-ticks: what it must hold besides may drain for less long.
    pub(crate) slack: i128,
}

impl Scaled {
    /// Takes out what is best built last, as far as every plan holds it; what is left is to be finished so much sooner. After
    /// [`Scaled::drop_useless_items`].
    pub(crate) fn without_tail(&self) -> (Self, Tail) {
        let mut core = self.clone();
        let is_tail = self.is_tail();
        let mut items: Vec<ItemIx> = self.items().filter(|&i| is_tail[i]).collect();
        if items.is_empty() {
            return (core, Tail::default());
        }
        items.sort_by_key(|&i| (self.ancestors[i].len(), self.rank[i]));
        for &i in &items {
            core.out[i] = true;
            core.forced[i] = false;
            core.deadline -= core.effort[i];
            self.ancestors[i].iter().filter(|&&a| !is_tail[a]).for_each(|&a| core.forced[a] = true);
        }
        core.requirements.retain(|one| !one.any.iter().any(|&i| is_tail[i]));
        for one in &mut core.requirements {
            one.where_all.retain(|&i| !is_tail[i]);
        }
        let mut held: List<ItemIx, bool> = core.forced.clone();
        for &i in core.requirements.iter().filter(|one| !one.first).flat_map(|one| &one.closure) {
            held[i] = true;
        }
        let drain = core.most_drain_of(|i| held[i]);
        let pays_to_wait = |i: ItemIx| {
            !held[i]
                && !core.out[i]
                && i128::from(core.one_off[i]) * i128::from(core.year) < drain * i128::from(core.effort[i])
        };
        if core.items().any(pays_to_wait) {
            return (self.clone(), Tail::default());
        }
        core.delay_can_pay = core.find_whether_delay_can_pay();
        let cost = |&i: &ItemIx| i128::from(self.one_off[i]) * i128::from(self.year);
        let work: i64 = items.iter().map(|&i| self.effort[i]).sum();
        let tail = Tail { cost: items.iter().map(cost).sum(), slack: drain * i128::from(work), items };
        (core, tail)
    }

    /// Whether each item is in every plan, earns nothing, drains nothing and has no part in what goes first, and so has all that
    /// needs it. Nothing is where money is short: what comes sooner may spend more.
    fn is_tail(&self) -> List<ItemIx, bool> {
        let mut is_tail: List<ItemIx, bool> = self.forced.clone();
        if self.budget.is_some() {
            return List::like(&is_tail, false);
        }
        let is_certain = |one: &&ScaledRequirement| one.any.len() == 1 && one.where_all.is_empty();
        for one in self.requirements.iter().filter(is_certain) {
            one.closure.iter().for_each(|&i| is_tail[i] = true);
        }
        for i in self.items() {
            let is_first = self.requirements.iter().any(|one| one.first && one.lets_in.binary_search(&i).is_ok());
            is_tail[i] &= !self.out[i] && !is_first && self.member_of[i].is_empty();
            is_tail[i] &= self.drain[i] == 0 && self.running[i] == 0 && !self.goes_first[i];
        }
        // What others need is looked at after them.
        let mut order: Vec<ItemIx> = self.items().collect();
        order.sort_by_key(|&i| std::cmp::Reverse(self.ancestors[i].len()));
        for i in order {
            is_tail[i] &= self.dependents[i].iter().all(|&d| self.out[d] || is_tail[d]);
        }
        is_tail
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::instance::{Benefit, Instance, Item, Requirement};
    use crate::memory::Memory;
    use crate::sequence::{Effort, evaluate, solve, solve_again};
    use crate::units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};

    /// A paper that every plan holds, after a draft of it, and two that pay, the second of which only drains where `drain` says so.
    fn instance(drain: f64) -> Instance {
        let item = |id: &str, running: f64, needs: Vec<ItemIx>| Item {
            id: id.to_owned(),
            effort: Days(2.0),
            one_off: Money(200.0),
            running: MoneyPerYear(running),
            loss: MoneyPerYear(0.0),
            needs,
            goes_first: false,
            preference: 0,
        };
        let at = ItemIx::new;
        let asked = |any: Vec<ItemIx>| Requirement { any, where_all: Vec::new(), first: false };
        let pays = |item: usize, value: f64| Benefit { value: MoneyPerYear(value), ways: vec![vec![at(item)]] };
        Instance {
            items: vec![
                item("a draft", 0.0, Vec::new()),
                item("a paper", 0.0, vec![at(0)]),
                item("pays", 0.0, Vec::new()),
                item("drains", drain, Vec::new()),
            ]
            .into(),
            benefits: vec![pays(2, 2_000.0), pays(3, 900.0)].into(),
            capacity: DaysPerWeek(1.0),
            horizon: Weeks(20.0),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: vec![asked(vec![at(1)]), asked(vec![at(3)])],
        }
    }

    fn plan(instance: &Instance) -> (Vec<&str>, f64) {
        let solution = solve(instance, Effort::default()).unwrap();
        assert!(solution.proved);
        let ids = solution.plan.items.iter().map(|placed| instance.items[placed.item].id.as_str());
        (ids.collect(), cents(solution.plan.net_value))
    }

    fn cents(money: Money) -> f64 {
        (money.0 * 100.0).round()
    }

    /// A paper beside which something is asked for that nothing meets is another problem than one without that paper.
    #[test]
    fn what_is_asked_for_beside_what_is_built_last_is_not_forgotten() {
        let never_beside_the_paper = Requirement { any: Vec::new(), where_all: vec![ItemIx::new(1)], first: false };
        let mut without = instance(0.0);
        without.force_out = vec![ItemIx::new(0), ItemIx::new(1)];
        without.requirements[0] = never_beside_the_paper.clone();
        let mut with = instance(0.0);
        with.requirements.push(never_beside_the_paper);
        let mut memory = Memory::default();
        assert!(solve_again(&without, Effort::default(), &mut memory).is_ok());
        for memory in [&mut memory, &mut Memory::default()] {
            let found = solve_again(&with, Effort::default(), memory).map(|solution| solution.plan.items.len());
            assert_eq!(found, Err(crate::instance::OrderError::RequirementsUnmet));
        }
    }

    #[test]
    fn what_is_asked_for_and_earns_nothing_is_built_last_and_before_what_drains_most() {
        let scaled = Scaled::new(&instance(0.0)).unwrap();
        let (core, tail) = scaled.without_tail();
        assert_eq!(tail.items, [ItemIx::new(0), ItemIx::new(1)]);
        assert_eq!((core.deadline, tail.slack), (scaled.horizon - 4_000, 0));
        assert_eq!(plan(&instance(0.0)).0, ["pays", "drains", "a draft", "a paper"]);
        // It must be built and costs more than it earns, so that it is put off, and by more than is known without it.
        let costly = instance(4_000.0);
        let scaled = Scaled::new(&costly).unwrap();
        assert!(scaled.without_tail().1.slack > 0);
        assert_eq!(plan(&costly).0, ["pays", "a draft", "a paper", "drains"]);
        // Money that is short is spent on running what comes sooner.
        let short = Instance { budget: Some(Money(850.0)), ..instance(300.0) };
        assert!(Scaled::new(&short).unwrap().without_tail().1.items.is_empty());
    }

    /// Something cheap that earns nothing puts off what drains, and drains a little itself, so that the papers are better built before it:
    /// by more than the bound without them allows for.
    #[test]
    fn nothing_is_taken_out_where_it_pays_to_wait() {
        let at = ItemIx::new;
        let with = |one_off: f64| {
            let mut instance = instance(4_000.0);
            instance.items[at(2)].one_off = Money(one_off);
            instance.items[at(2)].running = MoneyPerYear(500.0);
            instance.items[at(2)].effort = Days(8.0);
            instance.benefits = vec![Benefit { value: MoneyPerYear(1.0), ways: vec![vec![at(3)]] }].into();
            instance
        };
        let cheap = with(10.0);
        let of = |instance: &Instance, order: [usize; 4], count: usize| {
            let order: Vec<ItemIx> = order[..count].iter().map(|&item| at(item)).collect();
            evaluate(instance, &order).unwrap().unwrap().net_value.0
        };
        assert_eq!(plan(&cheap).0, ["a draft", "a paper", "pays", "drains"]);
        // The core alone, less what the papers cost, and what drains for four days less of the 52 of a year.
        let claim = of(&cheap, [2, 3, 0, 0], 2) - 400.0 + 4_000.0 * 4.0 / 52.0;
        assert!(of(&cheap, [0, 1, 2, 3], 4) > claim + 1.0);
        let tail = |instance: &Instance| Scaled::new(instance).unwrap().without_tail().1.items.len();
        assert_eq!([tail(&cheap), tail(&with(700.0))], [0, 2]);
    }

    #[test]
    fn what_was_found_is_not_looked_for_again_and_holds_as_far_as_there_is_time() {
        let asked = instance(0.0);
        let free = Instance { requirements: asked.requirements[1..].to_vec(), ..asked.clone() };
        let mut memory = Memory::default();
        let first = solve_again(&free, Effort::default(), &mut memory).unwrap();
        let again = solve_again(&asked, Effort::default(), &mut memory).unwrap();
        assert!(again.work < first.work && again.proved);
        assert_eq!(cents(again.plan.net_value), cents(first.plan.net_value) - 40_000.0);
        assert_eq!(cents(again.plan.net_value), plan(&asked).1);
        // Not all that was found fits before the paper any more.
        let mut tight =
            Instance { horizon: Weeks(6.0), requirements: asked.requirements[..1].to_vec(), ..asked.clone() };
        tight.benefits.iter_mut().for_each(|one| one.value.0 *= 10.0);
        let free = Instance { requirements: Vec::new(), ..tight.clone() };
        let first = solve_again(&free, Effort::default(), &mut memory).unwrap();
        let again = solve_again(&tight, Effort::default(), &mut memory).unwrap();
        assert_eq!((first.plan.items.len(), again.plan.items.len()), (2, 3));
        assert_eq!(cents(again.plan.net_value), plan(&tight).1);
        let late = Instance { horizon: Weeks(3.0), ..asked };
        assert!(solve(&late, Effort::default()).is_err());
    }
}
