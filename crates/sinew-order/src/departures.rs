//! Where the best plan departs from Smith's rule, and why.

use crate::index::{BenefitIx, ItemIx, List};
use crate::instance::{Instance, OrderError};
use crate::partial::Partial;
use crate::scaled::{Scaled, ScaledRequirement};
use crate::sequence::{Schedule, Solution};
use crate::units::Money;
use crate::wsjf::bundle;

/// Why an item is not where Smith's rule puts it.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Items of the plan need it; its own number does not count them.
    Enables {
        /// The items concerned, by place.
        items: Vec<ItemIx>,
    },
    /// It needs these items of the plan first.
    Needs {
        /// The items concerned, by place.
        items: Vec<ItemIx>,
    },
    /// It earns a benefit only together with these items.
    Shares {
        /// The benefit that is shared, by place.
        benefit: BenefitIx,
        /// The other items of the way.
        with: Vec<ItemIx>,
    },
    /// It has no reason of its own: these items, which have, moved past it.
    MakesRoom {
        /// The items concerned, by place.
        items: Vec<ItemIx>,
    },
    /// All it would earn is earned by another option in the plan that lacks it.
    OtherOption {
        /// Items of the ways that earn it there.
        instead: Vec<ItemIx>,
    },
    /// With what it still needs, it does not fit the horizon of the plan that lacks it.
    Horizon,
    /// At no place does it keep to the budget of the plan that lacks it.
    Budget,
    /// It fits into the plan that lacks it, and changes the net value there by this much at its best place.
    Change {
        /// Net value with it, less that without it.
        money: Money,
    },
    /// It is forced in or out.
    Forced,
    /// It is required, or one of those that meet a requirement need it.
    Required,
}

/// One item that is not where Smith's rule puts it.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// The item that is elsewhere, by place.
    pub item: ItemIx,
    /// Place in the list by Smith's rule, from 0.
    pub by_wsjf: Option<usize>,
    /// Place in the plan, from 0.
    pub in_plan: Option<usize>,
    /// Why it is not at its WSJF rank; at least one.
    pub reasons: Vec<Reason>,
}

/// Items that only one of the two plans builds, and items that pass another between the two, in the instance's
/// order. Empty where Smith's rule found no plan.
///
/// # Errors
/// As [`crate::sequence::solve`]; the solution must be that of the instance.
pub fn departures(instance: &Instance, solution: &Solution) -> Result<Vec<Departure>, OrderError> {
    let scaled = Scaled::new(instance)?;
    let Some(list) = &solution.by_wsjf else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut with_reason: List<ItemIx, Option<bool>> = List::like(&scaled.out, None);
    for item in scaled.items() {
        let (by_wsjf, in_plan) = (list.position(item), solution.plan.position(item));
        let passing = passing(list, &solution.plan, item);
        let reasons = match (by_wsjf, in_plan) {
            (None, None) => continue,
            (Some(_), Some(_)) if passing.is_empty() => continue,
            (Some(_), Some(_)) => {
                let own = own_reasons(&scaled, &solution.plan, item);
                let mut own_of = |i: &ItemIx| {
                    let has = || !own_reasons(&scaled, &solution.plan, *i).is_empty();
                    *with_reason[*i].get_or_insert_with(has)
                };
                let items: Vec<ItemIx> = passing.iter().copied().filter(|i| own_of(i)).collect();
                match own.is_empty() {
                    true => vec![Reason::MakesRoom { items: if items.is_empty() { passing } else { items } }],
                    false => own,
                }
            }
            (Some(_), None) => vec![obstacle(instance, &scaled, &solution.plan, item)],
            (None, Some(_)) => {
                let mut reasons = own_reasons(&scaled, &solution.plan, item);
                reasons.push(obstacle(instance, &scaled, list, item));
                reasons
            }
        };
        found.push(Departure { item, by_wsjf, in_plan, reasons });
    }
    Ok(found)
}

/// Items of both plans whose order relative to the item differs.
fn passing(a: &Schedule, b: &Schedule, item: ItemIx) -> Vec<ItemIx> {
    let (Some(in_a), Some(in_b)) = (a.position(item), b.position(item)) else { return Vec::new() };
    let mut passing: Vec<ItemIx> = Vec::new();
    for (place, other) in a.items.iter().enumerate() {
        if b.position(other.item).is_some_and(|p| (p < in_b) != (place < in_a)) && other.item != item {
            passing.push(other.item);
        }
    }
    passing.sort_unstable();
    passing
}

/// What in the structure of the problem Smith's rule does not see.
fn own_reasons(scaled: &Scaled, plan: &Schedule, item: ItemIx) -> Vec<Reason> {
    let built = |i: ItemIx| plan.position(i).is_some();
    let mut reasons = Vec::new();
    let is_asked = |one: &ScaledRequirement| one.where_all.iter().all(|&i| built(i));
    let mut asked = scaled.requirements.iter().filter(|one| is_asked(one));
    if asked.any(|one| one.closure.binary_search(&item).is_ok()) {
        reasons.push(Reason::Required);
    }
    let enables = scaled.items().filter(|&i| built(i) && scaled.ancestors[i].binary_search(&item).is_ok());
    let enables: Vec<ItemIx> = enables.collect();
    if !enables.is_empty() {
        reasons.push(Reason::Enables { items: enables });
    }
    let needs: Vec<ItemIx> = scaled.ancestors[item].iter().copied().filter(|&i| built(i)).collect();
    if !needs.is_empty() {
        reasons.push(Reason::Needs { items: needs });
    }
    for &(b, k) in &scaled.member_of[item] {
        let with: Vec<ItemIx> = scaled.benefits[b].ways[k].iter().copied().filter(|&i| i != item).collect();
        if !with.is_empty() && with.iter().all(|&i| built(i)) {
            let shares = |&benefit: &BenefitIx| Reason::Shares { benefit, with: with.clone() };
            reasons.extend(scaled.benefits[b].given.iter().map(shares));
        }
    }
    reasons
}

/// What keeps the item out of a plan that lacks it.
fn obstacle(instance: &Instance, scaled: &Scaled, plan: &Schedule, item: ItemIx) -> Reason {
    if scaled.forced[item] || instance.force_out.contains(&item) {
        return Reason::Forced;
    }
    let sequence: Vec<ItemIx> = plan.items.iter().map(|p| p.item).collect();
    let Some(whole) = Partial::of(scaled, &sequence) else { return Reason::Forced };
    if let Some(instead) = other_option(scaled, &whole, item) {
        return Reason::OtherOption { instead };
    }
    let work: i64 = bundle(scaled, &whole, item).iter().map(|&i| scaled.effort[i]).sum();
    if work > whole.left() {
        return Reason::Horizon;
    }
    let best = (0..=sequence.len()).filter_map(|place| {
        let before = Partial::of(scaled, &sequence[..place])?;
        let added = bundle(scaled, &before, item);
        let later = sequence[place..].iter().filter(|i| !added.contains(i));
        let with: Vec<ItemIx> = sequence[..place].iter().chain(&added).chain(later).copied().collect();
        Some(Partial::of(scaled, &with)?.value - whole.value)
    });
    best.max().map_or(Reason::Budget, |change| Reason::Change { money: scaled.money(change) })
}

/// If everything the item and its dependents could earn is earned: the items that do.
fn other_option(scaled: &Scaled, plan: &Partial, item: ItemIx) -> Option<Vec<ItemIx>> {
    let mut instead = Vec::new();
    for (b, benefit) in scaled.benefits.enumerate() {
        if !benefit.closures.iter().any(|c| c.binary_search(&item).is_ok()) {
            continue;
        }
        let complete = (0..benefit.ways.len()).find(|&k| plan.missing(b, k) == 0)?;
        instead.extend(&benefit.ways[complete]);
    }
    instead.sort_unstable();
    instead.dedup();
    (!instead.is_empty()).then_some(instead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::instance::{Benefit, Item};
    use crate::sequence::{Effort, solve};
    use crate::units::{Days, DaysPerWeek, MoneyPerYear, Weeks};

    fn ix(place: usize) -> ItemIx {
        ItemIx::new(place)
    }

    fn all(places: &[usize]) -> Vec<ItemIx> {
        places.iter().copied().map(ItemIx::new).collect()
    }

    fn item(effort: f64, needs: &[usize]) -> Item {
        Item {
            id: format!("{effort}-{needs:?}"),
            effort: Days(effort),
            one_off: Money(0.0),
            running: MoneyPerYear(0.0),
            loss: MoneyPerYear(0.0),
            needs: all(needs),
            goes_first: false,
            preference: 0,
        }
    }

    fn instance(items: Vec<Item>, values: &[(f64, &[&[usize]])], horizon: f64) -> Instance {
        let ways = |ways: &[&[usize]]| ways.iter().map(|w| all(w)).collect();
        Instance {
            items: items.into(),
            benefits: values.iter().map(|&(value, w)| Benefit { value: MoneyPerYear(value), ways: ways(w) }).collect(),
            capacity: DaysPerWeek(1.0),
            horizon: Weeks(horizon),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: Vec::new(),
        }
    }

    fn reasons(instance: &Instance, item: usize) -> Vec<Reason> {
        let solution = solve(instance, Effort::default()).unwrap();
        let found = departures(instance, &solution).unwrap();
        found.into_iter().find(|d| d.item == ix(item)).map_or(Vec::new(), |d| d.reasons)
    }

    #[test]
    fn what_an_enabler_costs_puts_it_off() {
        // Item 2 has the best number, 100 a day, and pulls its enabler forward; with it, it has 100 / 11.
        let items = vec![item(10.0, &[]), item(4.0, &[0]), item(1.0, &[0]), item(3.0, &[])];
        let plan = instance(items, &[(100.0, &[&[1]]), (100.0, &[&[2]]), (90.0, &[&[3]])], 100.0);
        let solution = solve(&plan, Effort::default()).unwrap();
        let order = |s: &Schedule| s.items.iter().map(|p| p.item.place()).collect::<Vec<_>>();
        assert_eq!(order(solution.by_wsjf.as_ref().unwrap()), [0, 2, 3, 1]);
        assert_eq!(order(&solution.plan), [3, 0, 2, 1]);
        assert_eq!(reasons(&plan, 0), [Reason::Enables { items: all(&[1, 2]) }]);
        assert_eq!(reasons(&plan, 1), []);
        assert_eq!(reasons(&plan, 2), [Reason::Needs { items: all(&[0]) }]);
        assert_eq!(reasons(&plan, 3), [Reason::MakesRoom { items: all(&[0, 2]) }]);
    }

    #[test]
    fn a_shared_benefit_keeps_its_items_together() {
        // Each half of item 0 and 1's benefit rates 50 a day and both come before item 2's 45; a half alone earns 0.
        let items = vec![item(1.0, &[]), item(9.0, &[]), item(2.0, &[])];
        let plan = instance(items, &[(100.0, &[&[0, 1]]), (90.0, &[&[2]])], 50.0);
        assert_eq!(reasons(&plan, 0), [Reason::Shares { benefit: BenefitIx::new(0), with: all(&[1]) }]);
    }

    #[test]
    fn the_budget_keeps_the_better_number_out() {
        let mut items = vec![item(1.0, &[]), item(2.0, &[])];
        items[0].one_off = Money(60.0);
        items[1].one_off = Money(50.0);
        let mut plan = instance(items, &[(5000.0, &[&[0]]), (9000.0, &[&[1]])], 52.0);
        plan.budget = Some(Money(100.0));
        assert_eq!(reasons(&plan, 0), [Reason::Budget]);
        plan.budget = None;
        assert_eq!(reasons(&plan, 0), []);
    }

    #[test]
    fn the_horizon_keeps_a_long_item_out() {
        // By rating the long item is first and leaves no room; two short ones earn more.
        let items = vec![item(9.0, &[]), item(5.0, &[]), item(5.0, &[])];
        let plan = instance(items, &[(950.0, &[&[0]]), (500.0, &[&[1]]), (500.0, &[&[2]])], 10.5);
        assert_eq!(reasons(&plan, 0), [Reason::Horizon]);
        assert_eq!(reasons(&plan, 1), [Reason::Horizon]);
    }

    #[test]
    fn one_option_replaces_another() {
        // Item 0 has the better number for its one benefit; item 1 earns both.
        let mut items = vec![item(1.0, &[]), item(2.0, &[])];
        items[0].one_off = Money(10.0);
        let plan = instance(items, &[(100.0, &[&[0], &[1]]), (90.0, &[&[1]])], 10.0);
        assert_eq!(reasons(&plan, 0), [Reason::OtherOption { instead: all(&[1]) }]);
    }
}
