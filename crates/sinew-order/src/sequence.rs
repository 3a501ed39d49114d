//! The best choice and order of items, and how sure that is.

use crate::index::{BenefitIx, ItemIx, List};
use crate::instance::{Instance, OrderError};
use crate::local_search;
use crate::local_search::Steps;
use crate::memory::{Known, Memory};
use crate::partial::Partial;
use crate::scaled::Scaled;
use crate::search::{self, Found};
use crate::units::{Money, Weeks};
use crate::wsjf;

/// How hard to look. The limits are counts, not times, so that the same input gives the same answer everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Most nodes of the search tree.
    pub nodes: usize,
    /// Most numbers to look at, each a matter of about a nanosecond. What has to be looked at for any plan and any
    /// bound at all is looked at even so.
    pub work: u64,
}

impl Default for Effort {
    /// Some ten seconds where nothing can be proved.
    fn default() -> Self {
        Self { nodes: 20_000, work: 10_000_000_000 }
    }
}

/// One item of a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The item that is placed, by place in the instance.
    pub item: ItemIx,
    /// When work on it begins.
    pub start: Weeks,
    /// When it is finished.
    pub finish: Weeks,
}

/// How many times the work of a search without what is built last a search with it may take, and what it may take in any case.
const WHOLE: u64 = 4;
const WHOLE_LEAST: u64 = 12_000_000;

/// A sequence with what it earns.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Items in the order they are built.
    pub items: Vec<Placed>,
    /// Benefits, less losses, one-off and running costs.
    pub net_value: Money,
    /// What counts against the budget: one-off and running costs.
    pub spent: Money,
    /// When each benefit is first earned, if it is.
    pub earned: List<BenefitIx, Option<Weeks>>,
}

/// A choice and order of items, with the proof of how good it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The best plan found.
    pub plan: Schedule,
    /// No plan is worth more than this; where `proved`, it is the plan's own net value.
    pub bound: Money,
    /// The plan is the best there is, to half a cent.
    pub proved: bool,
    /// Nodes of the search tree that were visited.
    pub nodes: usize,
    /// Numbers that were looked at, as [`Effort::work`] counts them.
    pub work: u64,
    /// What Smith's rule alone leads to; `None` if that cannot keep to the budget with what is forced in.
    pub by_wsjf: Option<Schedule>,
    /// Weighted shortest job first, per item: cost of delay (money a year) by effort (person-days).
    pub wsjf: List<ItemIx, f64>,
}

impl Solution {
    /// What the best plan may be worth more, as a share of the bound; zero where `proved`.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let (bound, value) = (self.bound.0, self.plan.net_value.0);
        let gap = bound - value;
        if gap <= 0.0 { 0.0 } else { gap / bound.abs().max(value.abs()) }
    }
}

impl Schedule {
    /// Place of an item in the sequence.
    #[must_use]
    pub fn position(&self, item: ItemIx) -> Option<usize> {
        self.items.iter().position(|p| p.item == item)
    }

    /// Wave of each item of `instance`, from 1; an item belongs to the wave in which it finishes, and one that finishes on the
    /// last day of a wave belongs to that wave. `None` for items that are not in the plan.
    #[must_use]
    pub fn waves(&self, wave: Weeks, instance: &Instance) -> List<ItemIx, Option<usize>> {
        let mut waves = List::like(&instance.items, None);
        for placed in &self.items {
            // A finish that is a sum of thousandths of a day may miss the boundary by rounding only.
            let wave = (placed.finish.0 / wave.0 - 1e-9).ceil().max(1.0);
            waves[placed.item] = Some(wave as usize);
        }
        waves
    }
}

/// Chooses and orders the items so that the net value over the horizon is greatest.
///
/// Among plans of equal value, the one in which AI handoffs are removed earlier is better, then the one with fewer
/// items, then the one whose ids come first. That order holds among the plans compared, and no swap of neighbors
/// in the answer betters it.
///
/// # Errors
/// Where the instance makes no sense, or what is forced in cannot be built; see [`OrderError`].
pub fn solve(instance: &Instance, effort: Effort) -> Result<Solution, OrderError> {
    solve_again(instance, effort, &mut Memory::default())
}

/// As [`solve`]; what was found for the same problem before, or for one that differs by what is best built last, is not looked for
/// again. So the answer depends on what was solved before, where that had more effort.
///
/// # Errors
/// As [`solve`].
pub fn solve_again(instance: &Instance, effort: Effort, memory: &mut Memory) -> Result<Solution, OrderError> {
    let mut scaled = Scaled::new(instance)?;
    scaled.drop_useless_items();
    let (core, tail) = scaled.without_tail();
    let unmet =
        || if instance.requirements.is_empty() { OrderError::ForcedOverBudget } else { OrderError::RequirementsUnmet };
    if core.deadline < 0 {
        return Err(unmet());
    }
    let (mut work, mut nodes) = (0, 0);
    let before = memory.find(instance, &core);
    let fits = |known: &&Known| Partial::in_turn(&core, &known.plan).is_some();
    let mut found = match before.as_ref().filter(fits) {
        Some(known) => Known { plan: known.plan.clone(), bound: known.bound, proved: known.proved },
        None => {
            let found = memory.searched(instance, effort, || searched(&core, Vec::new(), effort));
            (work, nodes) = (found.work, found.nodes);
            let none = if found.proved { unmet() } else { OrderError::NoneFound };
            let found = Known { plan: found.plan.ok_or(none)?, bound: found.bound, proved: found.proved };
            memory.keep(instance, &core, &found);
            found
        }
    };
    if let Some(known) = before {
        found.bound = found.bound.min(known.bound);
    }
    found.plan.extend(&tail.items);
    found.bound += tail.slack - tail.cost;
    if tail.slack > 0 && found.proved {
        // What drains may be worth putting off: then only a search of the whole proves something.
        let left = Effort { work: effort.work.saturating_sub(work).min((work * WHOLE).max(WHOLE_LEAST)), ..effort };
        let whole = searched(&scaled, vec![found.plan.clone()], left);
        (work, nodes) = (work + whole.work, nodes + whole.nodes);
        found.bound = found.bound.min(whole.bound);
        found.proved = whole.proved;
        found.plan = whole.plan.unwrap_or(found.plan);
    }
    let mut settling = Steps::within(effort.work / 4);
    let plan = local_search::settle_ties(&scaled, found.plan, &mut settling);
    let plan = schedule(&scaled, &plan).expect("the search offers only plans that keep all limits");
    // From cents a tick.
    let per_day = 10.0;
    Ok(Solution {
        bound: if found.proved { plan.net_value } else { Money(scaled.money(found.bound).0.max(plan.net_value.0)) },
        proved: found.proved,
        nodes,
        work: work + settling.work(),
        by_wsjf: wsjf::list_schedule(&scaled).and_then(|sequence| schedule(&scaled, &sequence)),
        wsjf: scaled.items().map(|i| wsjf::wsjf(&scaled, i) * per_day).collect(),
        plan,
    })
}

/// The best plan of `scaled`, from Smith's rule and from `known` plans.
fn searched(scaled: &Scaled, mut known: Vec<Vec<ItemIx>>, effort: Effort) -> Found {
    known.extend(wsjf::list_schedule(scaled));
    known.extend(wsjf::forced_only(scaled));
    // Half of the work is for the search that proves something.
    let mut steps = Steps::within(effort.work / 2);
    for start in known.clone() {
        known.push(local_search::improve(scaled, start, &mut steps));
    }
    let left = Effort { nodes: effort.nodes.max(1), work: effort.work - steps.work().min(effort.work / 2) };
    let found = search::search(scaled, &known, left);
    Found { work: found.work + steps.work(), ..found }
}

/// What a given sequence earns, or `None` where it breaks precedence, horizon or budget or builds what is out.
///
/// # Errors
/// As [`solve`], and [`OrderError::UnknownItem`] for an item that does not exist.
pub fn evaluate(instance: &Instance, sequence: &[ItemIx]) -> Result<Option<Schedule>, OrderError> {
    check_known(instance, sequence)?;
    Ok(schedule(&Scaled::new(instance)?, sequence))
}

/// A plan near `start`, which no small change betters: no search, and no bound. `None` where what is forced in is not kept
/// within the limits. Takes no more from `work` than it has, and then the plan may be bettered by a small change.
///
/// # Errors
/// As [`evaluate`].
pub fn adapted(instance: &Instance, start: &[ItemIx], work: &mut u64) -> Result<Option<Schedule>, OrderError> {
    check_known(instance, start)?;
    let mut scaled = Scaled::new(instance)?;
    scaled.drop_useless_items();
    let kept = wsjf::repaired(&scaled, start).map(|partial| partial.sequence);
    let start = kept.or_else(|| wsjf::list_schedule(&scaled)).or_else(|| wsjf::forced_only(&scaled));
    let mut steps = Steps::within(*work);
    let plan = start.and_then(|start| schedule(&scaled, &local_search::adapt(&scaled, start, &mut steps)));
    *work -= steps.work().min(*work);
    Ok(plan)
}

/// What the items of a sequence earn in this order where they still fit: what has no place any more is passed over.
///
/// # Errors
/// As [`evaluate`].
pub fn kept(instance: &Instance, sequence: &[ItemIx]) -> Result<Option<Schedule>, OrderError> {
    check_known(instance, sequence)?;
    let scaled = Scaled::new(instance)?;
    Ok(wsjf::repaired(&scaled, sequence).and_then(|plan| schedule(&scaled, &plan.sequence)))
}

fn check_known(instance: &Instance, sequence: &[ItemIx]) -> Result<(), OrderError> {
    match sequence.iter().find(|&&item| instance.items.get(item).is_none()) {
        Some(&item) => Err(OrderError::UnknownItem { item }),
        None => Ok(()),
    }
}

fn schedule(scaled: &Scaled, sequence: &[ItemIx]) -> Option<Schedule> {
    let partial = Partial::of(scaled, sequence)?;
    let mut earned: List<BenefitIx, Option<Weeks>> = vec![None; scaled.given_benefits].into();
    let mut items = Vec::new();
    let mut time = 0;
    for (place, &item) in sequence.iter().enumerate() {
        let start = scaled.weeks(time);
        time += scaled.effort[item];
        items.push(Placed { item, start, finish: scaled.weeks(time) });
        for &b in partial.earned_at(place) {
            scaled.benefits[b].given.iter().for_each(|&given| earned[given] = Some(scaled.weeks(time)));
        }
    }
    Some(Schedule { items, net_value: scaled.money(partial.value), spent: scaled.money(partial.spent), earned })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use crate::instance::Item;
    use crate::units::{Days, DaysPerWeek, MoneyPerYear};

    #[test]
    fn an_item_belongs_to_the_wave_in_which_it_finishes() {
        let item = |id: &str| Item {
            id: id.to_owned(),
            effort: Days(1.0),
            one_off: Money(0.0),
            running: MoneyPerYear(0.0),
            loss: MoneyPerYear(0.0),
            needs: Vec::new(),
            goes_first: false,
            preference: 0,
        };
        let instance = Instance {
            items: ["a", "b", "c", "d"].into_iter().map(item).collect(),
            benefits: List::default(),
            capacity: DaysPerWeek(1.0),
            horizon: Weeks(20.0),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: Vec::new(),
        };
        let placed = |item: usize, start: f64, finish: f64| Placed {
            item: ItemIx::new(item),
            start: Weeks(start),
            finish: Weeks(finish),
        };
        let items = vec![placed(2, 0.0, 4.0), placed(0, 4.0, 4.2), placed(3, 4.2, 12.0)];
        let schedule = Schedule { items, net_value: Money(0.0), spent: Money(0.0), earned: List::default() };
        let waves = schedule.waves(Weeks(4.0), &instance);
        assert_eq!(waves.iter().copied().collect::<Vec<_>>(), [Some(2), None, Some(1), Some(3)]);
        assert_eq!(schedule.position(ItemIx::new(3)), Some(2));
    }
}
