//! The instance in whole numbers, so that equal is equal and every sum is exact.
//!
//! Work is counted in ticks (a thousandth of a person-day), money in cents; the objective, money a year times
//! ticks of time left, is an integer in cent-ticks. One cent of net value is [`Scaled::year`] cent-ticks.

use std::collections::BTreeMap;

use crate::index;
use crate::index::{BenefitIx, Index, ItemIx, List};
use crate::instance::{Instance, OrderError};
use crate::units::{Days, Money, MoneyPerYear, Weeks};

pub(crate) const TICKS_PER_DAY: f64 = 1000.0;
pub(crate) const WEEKS_PER_YEAR: f64 = 52.0;
pub(crate) const MOST_MONEY: f64 = 1e15;
pub(crate) const MOST_TICKS: f64 = 1e12;

index! {
    /// A benefit that can be earned.
    pub(crate) LiveIx
}

/// A benefit with the ways that are still possible.
#[derive(Debug, Clone)]
pub(crate) struct ScaledBenefit {
    /// Which of the instance it is: all that are earned in the same ways, in order.
    pub(crate) given: Vec<BenefitIx>,
    pub(crate) value: i64,
    /// The items of each way, sorted.
    pub(crate) ways: Vec<Vec<ItemIx>>,
    /// Per way: its items and all they need, sorted.
    pub(crate) closures: Vec<Vec<ItemIx>>,
}

/// A requirement with the items that can still meet it.
#[derive(Debug, Clone)]
pub(crate) struct ScaledRequirement {
    /// Sorted, none of them out.
    pub(crate) any: Vec<ItemIx>,
    /// Sorted, none of them out.
    pub(crate) where_all: Vec<ItemIx>,
    /// Those of `any` and all they need, sorted.
    pub(crate) closure: Vec<ItemIx>,
    /// What may be built while it goes first and is open, sorted: `closure`, and what items needed that are left out of it.
    pub(crate) lets_in: Vec<ItemIx>,
    pub(crate) first: bool,
}

/// The instance in ticks and cents, with dead ends removed.
#[derive(Debug, Clone)]
pub(crate) struct Scaled {
    pub(crate) effort: List<ItemIx, i64>,
    pub(crate) one_off: List<ItemIx, i64>,
    /// Cents a year that count against the budget.
    pub(crate) running: List<ItemIx, i64>,
    /// Cents a year lost from the finish on: running cost and loss.
    pub(crate) drain: List<ItemIx, i64>,
    pub(crate) needs: List<ItemIx, Vec<ItemIx>>,
    pub(crate) dependents: List<ItemIx, Vec<ItemIx>>,
    /// All items needed, directly or not, sorted; without the item itself.
    pub(crate) ancestors: List<ItemIx, Vec<ItemIx>>,
    pub(crate) benefits: List<LiveIx, ScaledBenefit>,
    /// How many benefits the instance has.
    pub(crate) given_benefits: usize,
    /// Number of the first way of each benefit, all ways counted through.
    pub(crate) first_way: List<LiveIx, usize>,
    /// Items in each way, all ways counted through.
    pub(crate) way_size: Vec<u32>,
    /// Per item: (benefit, way) it is a member of.
    pub(crate) member_of: List<ItemIx, Vec<(LiveIx, usize)>>,
    /// Ticks of work within the horizon.
    pub(crate) horizon: i64,
    /// Ticks of work by which all is to be finished; no more than the horizon.
    pub(crate) deadline: i64,
    /// Ticks of work in a year.
    pub(crate) year: i64,
    pub(crate) budget: Option<i128>,
    pub(crate) forced: List<ItemIx, bool>,
    pub(crate) out: List<ItemIx, bool>,
    pub(crate) requirements: Vec<ScaledRequirement>,
    /// Whether finishing something later can help: an item forced in that only costs, or running costs that the
    /// budget is short of. If so, arguments by exchange do not hold.
    pub(crate) delay_can_pay: bool,
    pub(crate) goes_first: List<ItemIx, bool>,
    /// Rank by id, the last tie-break.
    pub(crate) rank: List<ItemIx, usize>,
}

impl Scaled {
    pub(crate) fn new(instance: &Instance) -> Result<Self, OrderError> {
        check_numbers(instance)?;
        check_indices(instance)?;
        let needs: List<ItemIx, Vec<ItemIx>> = instance.items.iter().map(|i| sorted(&i.needs)).collect();
        let ancestors = ancestors(instance, &needs)?;
        let items = &instance.items;
        let year = ticks(Days(WEEKS_PER_YEAR * instance.capacity.0)).max(1);
        let mut dependents = List::like(&needs, Vec::new());
        for (i, list) in needs.enumerate() {
            for &j in list {
                dependents[j].push(i);
            }
        }
        let mut scaled = Self {
            effort: items.iter().map(|i| ticks(i.effort).max(1)).collect(),
            one_off: items.iter().map(|i| cents(i.one_off)).collect(),
            running: items.iter().map(|i| cents_a_year(i.running)).collect(),
            drain: items.iter().map(|i| cents_a_year(i.running) + cents_a_year(i.loss)).collect(),
            needs,
            dependents,
            ancestors,
            benefits: List::default(),
            given_benefits: instance.benefits.len(),
            first_way: List::default(),
            way_size: Vec::new(),
            member_of: List::like(items, Vec::new()),
            horizon: ticks(Days(instance.capacity.0 * instance.horizon.0)),
            deadline: ticks(Days(instance.capacity.0 * instance.horizon.0)),
            year,
            budget: instance.budget.map(|b| i128::from(cents(b)) * i128::from(year)),
            forced: List::like(items, false),
            out: List::like(items, false),
            requirements: Vec::new(),
            delay_can_pay: false,
            goes_first: items.iter().map(|i| i.goes_first).collect(),
            rank: ranks(instance),
        };
        scaled.apply_forces(instance)?;
        scaled.keep_open_requirements(instance);
        scaled.keep_live_ways(instance);
        scaled.drop_idle_budget();
        scaled.delay_can_pay = scaled.find_whether_delay_can_pay();
        Ok(scaled)
    }

    pub(crate) fn len(&self) -> usize {
        self.effort.len()
    }

    pub(crate) fn items(&self) -> impl DoubleEndedIterator<Item = ItemIx> + ExactSizeIterator + Clone + use<> {
        self.effort.places()
    }

    pub(crate) fn money(&self, cent_ticks: i128) -> Money {
        Money(cent_ticks as f64 / (100.0 * self.year as f64))
    }

    /// The largest sum that the value of a plan is made of, in cent-ticks: all benefits, and all costs.
    pub(crate) fn most(&self) -> f64 {
        let cost = |i: ItemIx| self.drain[i] as f64 * self.horizon as f64 + self.one_off[i] as f64 * self.year as f64;
        self.benefits.iter().map(|b| b.value as f64).sum::<f64>() * self.horizon as f64
            + self.items().map(cost).sum::<f64>()
    }

    /// Ticks of work as weeks.
    pub(crate) fn weeks(&self, ticks: i64) -> Weeks {
        Weeks(ticks as f64 * WEEKS_PER_YEAR / self.year as f64)
    }

    pub(crate) fn find_whether_delay_can_pay(&self) -> bool {
        let is_required = |i: ItemIx| self.requirements.iter().any(|one| one.closure.binary_search(&i).is_ok());
        let costs = |i: ItemIx| self.drain[i] > 0 && (self.forced[i] || is_required(i));
        let strains = |i: ItemIx| self.budget.is_some() && !self.out[i] && self.running[i] > 0;
        self.items().any(|i| costs(i) || strains(i))
    }

    fn apply_forces(&mut self, instance: &Instance) -> Result<(), OrderError> {
        for &i in &instance.force_out {
            self.out[i] = true;
        }
        for i in self.items() {
            let alone = self.effort[i] + self.ancestors[i].iter().map(|&a| self.effort[a]).sum::<i64>();
            self.out[i] |= self.ancestors[i].iter().any(|&a| instance.force_out.contains(&a));
            if instance.force_in.contains(&i) {
                if self.out[i] {
                    return Err(OrderError::ForcedBothWays { item: instance.items[i].id.clone() });
                }
                self.forced[i] = true;
                for &a in &self.ancestors[i] {
                    self.forced[a] = true;
                }
            }
            self.out[i] |= alone > self.horizon && !self.forced[i];
        }
        let forced: i64 = self.items().filter(|&i| self.forced[i]).map(|i| self.effort[i]).sum();
        if forced > self.horizon { Err(OrderError::ForcedBeyondHorizon) } else { Ok(()) }
    }

    /// Leaves out requirements that every plan meets.
    fn keep_open_requirements(&mut self, instance: &Instance) {
        for one in &instance.requirements {
            let where_all = sorted(&one.where_all);
            let is_idle = where_all.iter().any(|i| self.out[*i] || one.any.contains(i));
            if is_idle {
                continue;
            }
            let mut any = sorted(&one.any);
            any.retain(|&i| !self.out[i]);
            let mut closure = any.clone();
            closure.extend(any.iter().flat_map(|&i| self.ancestors[i].iter().copied()));
            let first = one.first && where_all.is_empty();
            let closure = sorted(&closure);
            self.requirements.push(ScaledRequirement { any, where_all, lets_in: closure.clone(), closure, first });
        }
    }

    /// A budget that no plan can exceed is no limit, and without it more can be proved.
    fn drop_idle_budget(&mut self) {
        let most = |i: ItemIx| {
            i128::from(self.one_off[i]) * i128::from(self.year) + i128::from(self.running[i]) * i128::from(self.horizon)
        };
        let most: i128 = self.items().filter(|&i| !self.out[i]).map(most).sum();
        self.budget = self.budget.filter(|&budget| most > budget);
    }

    /// Keeps what can still be earned. Benefits that are earned in the same ways are earned together, so they are one.
    fn keep_live_ways(&mut self, instance: &Instance) {
        let mut by_ways: BTreeMap<Vec<Vec<ItemIx>>, LiveIx> = BTreeMap::new();
        for (given, benefit) in instance.benefits.enumerate() {
            let value = cents_a_year(benefit.value);
            let mut kept = ScaledBenefit { given: vec![given], value, ways: Vec::new(), closures: Vec::new() };
            for way in &benefit.ways {
                let way = sorted(way);
                let mut closure: Vec<ItemIx> = way.iter().flat_map(|&i| self.ancestors[i].iter().copied()).collect();
                closure.extend(&way);
                let closure = sorted(&closure);
                let work: i64 = closure.iter().map(|&i| self.effort[i]).sum();
                if work <= self.horizon && !closure.iter().any(|&i| self.out[i]) && !kept.ways.contains(&way) {
                    kept.ways.push(way);
                    kept.closures.push(closure);
                }
            }
            if kept.value > 0 && !kept.ways.is_empty() {
                let mut ways = kept.ways.clone();
                ways.sort_unstable();
                if let Some(&same) = by_ways.get(&ways)
                    && let Some(value) = self.benefits[same].value.checked_add(kept.value)
                {
                    self.benefits[same].value = value;
                    self.benefits[same].given.push(given);
                    continue;
                }
                let live = LiveIx::new(self.benefits.len());
                by_ways.insert(ways, live);
                for (k, way) in kept.ways.iter().enumerate() {
                    for &i in way {
                        self.member_of[i].push((live, k));
                    }
                }
                self.first_way.push(self.way_size.len());
                self.way_size.extend(kept.ways.iter().map(|w| w.len() as u32));
                self.benefits.push(kept);
            }
        }
    }

    /// Excludes items in no closure of a live way or a requirement. Such an item earns nothing and only puts off the rest: what
    /// that saves at most, all that may be built draining until then, is no more than what the item costs.
    pub(crate) fn drop_useless_items(&mut self) {
        self.drop_dominated_items();
        let mut useful = self.forced.clone();
        for &i in self.requirements.iter().flat_map(|one| &one.closure) {
            useful[i] = true;
        }
        for benefit in &self.benefits {
            for &i in benefit.closures.iter().flatten() {
                useful[i] = true;
            }
        }
        let most = self.most_drain();
        // What needs others is looked at before them: they stay where it stays.
        let mut items: Vec<ItemIx> = self.items().collect();
        items.sort_by_key(|&i| std::cmp::Reverse(self.ancestors[i].len()));
        for i in items {
            let cost = i128::from(self.one_off[i]) * i128::from(self.year);
            let is_needed = self.dependents[i].iter().any(|&d| !self.out[d]);
            if !useful[i] && !is_needed && cost >= most * i128::from(self.effort[i]) {
                self.out[i] = true;
            }
        }
    }

    /// Excludes items that earn nothing and are only there to meet requirements, where another one meets the same for no more work
    /// and cost: of plans with such an item, the one with the other at its place is worth no less.
    fn drop_dominated_items(&mut self) {
        let mut meets: List<ItemIx, Vec<usize>> = List::like(&self.effort, Vec::new());
        for (r, one) in self.requirements.iter().enumerate() {
            one.any.iter().for_each(|&i| meets[i].push(r));
        }
        let most = self.most_drain();
        let is_kept = |i: ItemIx| {
            let cost = i128::from(self.one_off[i]) * i128::from(self.year);
            let is_needed = self.dependents[i].iter().any(|&d| !self.out[d]);
            // Without it all that follows drains for longer.
            let is_cheap = cost < most * i128::from(self.effort[i]);
            self.forced[i] || !self.member_of[i].is_empty() || is_needed || is_cheap
        };
        let brings: Vec<ItemIx> =
            sorted(&self.requirements.iter().flat_map(|one| one.where_all.iter().copied()).collect::<Vec<_>>());
        let beats = |i: ItemIx, j: ItemIx| {
            let (work, cost) = (self.effort[j] - self.effort[i], self.one_off[j] - self.one_off[i]);
            let is_no_dearer =
                work >= 0 && cost >= 0 && self.drain[i] <= self.drain[j] && self.running[i] <= self.running[j];
            let saves = i128::from(cost) * i128::from(self.year) >= most * i128::from(work);
            let is_strict = work > 0 || cost > 0 || self.drain[i] < self.drain[j] || self.rank[i] < self.rank[j];
            is_no_dearer
                && saves
                && is_strict
                && self.goes_first[i] >= self.goes_first[j]
                && meets[i] == meets[j]
                && self.ancestors[i].iter().all(|a| self.ancestors[j].binary_search(a).is_ok())
                && brings.binary_search(&i).is_err()
        };
        let mut dropped: Vec<ItemIx> = Vec::new();
        for j in self.items().filter(|&j| !self.out[j] && !meets[j].is_empty() && !is_kept(j)) {
            // What meets the same stands in the same list.
            let others = &self.requirements[meets[j][0]].any;
            if others.iter().any(|&i| i != j && beats(i, j)) {
                dropped.push(j);
            }
        }
        dropped.iter().for_each(|&j| self.out[j] = true);
        // What is asked for only beside an item that is in no plan is never asked for.
        self.requirements.retain(|one| !one.where_all.iter().any(|&i| self.out[i]));
        for one in &mut self.requirements {
            one.any.retain(|&i| !self.out[i]);
            let needed = one.any.iter().flat_map(|&i| self.ancestors[i].iter().copied());
            one.closure = sorted(&one.any.iter().copied().chain(needed).collect::<Vec<_>>());
        }
    }

    /// What the items of one plan drain together at most, in cents a year: those that drain most for their effort, as far as the
    /// horizon goes, the last one whole.
    fn most_drain(&self) -> i128 {
        self.most_drain_of(|_| true)
    }

    /// The same of those items only that are `meant`.
    pub(crate) fn most_drain_of(&self, meant: impl Fn(ItemIx) -> bool) -> i128 {
        let drains = |&i: &ItemIx| !self.out[i] && self.drain[i] > 0 && meant(i);
        let mut items: Vec<ItemIx> = self.items().filter(drains).collect();
        items.sort_by(|&a, &b| {
            let rate = |x: ItemIx, y: ItemIx| i128::from(self.drain[x]) * i128::from(self.effort[y]);
            rate(b, a).cmp(&rate(a, b)).then(a.cmp(&b))
        });
        let (mut work, mut most) = (0_i128, 0_i128);
        for i in items {
            if work >= i128::from(self.horizon) {
                break;
            }
            work += i128::from(self.effort[i]);
            most += i128::from(self.drain[i]);
        }
        most
    }
}

fn ticks(work: Days) -> i64 {
    (work.0 * TICKS_PER_DAY).round() as i64
}

fn cents(money: Money) -> i64 {
    (money.0 * 100.0).round() as i64
}

fn cents_a_year(money: MoneyPerYear) -> i64 {
    cents(Money(money.0))
}

pub(crate) fn sorted(list: &[ItemIx]) -> Vec<ItemIx> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list.dedup();
    list
}

fn ranks(instance: &Instance) -> List<ItemIx, usize> {
    let mut by_id: Vec<ItemIx> = instance.items.places().collect();
    by_id.sort_by(|&a, &b| {
        let key = |i: ItemIx| (instance.items[i].preference, &instance.items[i].id, i);
        key(a).cmp(&key(b))
    });
    let mut rank = List::like(&instance.items, 0);
    for (r, i) in by_id.into_iter().enumerate() {
        rank[i] = r;
    }
    rank
}

fn check_numbers(instance: &Instance) -> Result<(), OrderError> {
    let error = |what: String| Err(OrderError::Number { what });
    let amount = |x: f64| (0.0..=MOST_MONEY).contains(&x);
    for item in &instance.items {
        if !(item.effort.0 > 0.0 && item.effort.0 * TICKS_PER_DAY <= MOST_TICKS) {
            return error(format!("effort of `{}`", item.id));
        }
        if !(amount(item.one_off.0) && amount(item.running.0) && amount(item.loss.0)) {
            return error(format!("cost of `{}`", item.id));
        }
    }
    for (b, benefit) in instance.benefits.enumerate() {
        if !amount(benefit.value.0) {
            return error(format!("value of benefit {}", b.place()));
        }
    }
    let (capacity, horizon) = (instance.capacity.0, instance.horizon.0);
    let work = capacity * horizon * TICKS_PER_DAY;
    if !(capacity > 0.0 && capacity * WEEKS_PER_YEAR * TICKS_PER_DAY <= MOST_TICKS) {
        return error("capacity".to_owned());
    }
    if !(horizon >= 0.0 && work <= MOST_TICKS) {
        return error("horizon".to_owned());
    }
    if instance.budget.is_some_and(|b| !amount(b.0)) {
        return error("budget".to_owned());
    }
    Ok(())
}

fn check_indices(instance: &Instance) -> Result<(), OrderError> {
    let lists = instance.items.iter().map(|i| &i.needs).chain(instance.benefits.iter().flat_map(|b| &b.ways));
    let required = instance.requirements.iter().flat_map(|one| [&one.any, &one.where_all]);
    for &item in lists.chain([&instance.force_in, &instance.force_out]).chain(required).flatten() {
        if instance.items.get(item).is_none() {
            return Err(OrderError::UnknownItem { item });
        }
    }
    match instance.benefits.position(|b| b.ways.iter().any(Vec::is_empty)) {
        Some(benefit) => Err(OrderError::EmptyWay { benefit }),
        None => Ok(()),
    }
}

/// All items needed by each, found in topological order.
fn ancestors(instance: &Instance, needs: &List<ItemIx, Vec<ItemIx>>) -> Result<List<ItemIx, Vec<ItemIx>>, OrderError> {
    let mut found: List<ItemIx, Option<Vec<ItemIx>>> = List::like(needs, None);
    let mut left = needs.len();
    loop {
        let before = left;
        for i in needs.places() {
            if found[i].is_none() && needs[i].iter().all(|&j| found[j].is_some()) {
                let mut all = needs[i].clone();
                for &j in &needs[i] {
                    all.extend(found[j].iter().flatten());
                }
                found[i] = Some(sorted(&all));
                left -= 1;
            }
        }
        if left == 0 {
            return Ok(found.into_iter().flatten().collect());
        }
        if left == before {
            let items = needs.places().filter(|&i| found[i].is_none()).map(|i| instance.items[i].id.clone()).collect();
            return Err(OrderError::Cycle { items });
        }
    }
}
