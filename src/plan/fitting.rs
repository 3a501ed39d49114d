//! The best plan whose items together keep to the quotas of the systems that they call.

use std::collections::BTreeSet;

use sinew_order::{Effort, Instance, ItemIx, Memory, Money, OrderError, Solution, solve_again};

use super::candidates::Candidate;
use super::quota::{QuotaUse, together};

/// Problems that are solved to keep to all quotas; beyond, the overrun is told instead.
const MOST_SOLVED: usize = 24;

/// What was chosen, with what it leaves out for want of calls.
#[derive(Clone)]
pub(super) struct Fitted {
    pub(super) instance: Instance,
    pub(super) solution: Solution,
    /// What the items together do to quotas, by system.
    pub(super) quotas: Vec<QuotaUse>,
    /// What all problems that were solved took, as [`Effort::work`] counts it.
    pub(super) work: u64,
}

/// Solves `instance`. Where the items together overrun a quota, at least one of any set that does so by itself has to be
/// left out: each is tried, the most valuable plans first, so the first that fits is the best. Where none is found the
/// best plan is returned as it is, and its quotas tell the overrun. `of_item` is the candidate of an item, `memory` what was solved before.
pub(super) fn fitted<'c>(
    instance: Instance,
    effort: Effort,
    of_item: &dyn Fn(ItemIx) -> &'c Candidate,
    memory: &mut Memory,
) -> Result<Fitted, OrderError> {
    // Where no quota can be overrun all work is for the problem as it is. Else half of it, and an even share of the rest for each that
    // keeps to a quota.
    let all = together(instance.items.places().map(|item| of_item(item).quotas.as_slice()));
    let share = if all.iter().any(|quota| quota.left() < 0.0) { 2 } else { 1 };
    let mut of = |instance: Instance, share: u64| -> Result<Fitted, OrderError> {
        let solution = solve_again(&instance, Effort { work: effort.work / share, ..effort }, memory)?;
        let quotas = together(solution.plan.items.iter().map(|placed| of_item(placed.item).quotas.as_slice()));
        let work = solution.work;
        Ok(Fitted { instance, solution, quotas, work })
    };
    let first = of(instance, share)?;
    let mut work = first.work;
    if first.overrun().is_none() {
        return Ok(first);
    }
    let mut open = vec![first.clone()];
    let mut tried: BTreeSet<Vec<ItemIx>> = BTreeSet::new();
    let mut solved = 1;
    let mut unsearched = Money(f64::NEG_INFINITY);
    while let Some(mut best) = pop_best(&mut open) {
        let Some(system) = best.overrun() else {
            // Plans that are still open may be better than their value, as far as they are not proved.
            let others = open.iter().map(|other| other.solution.bound);
            let bound = others.chain([unsearched]).fold(best.solution.bound, greater);
            best.solution.proved &= bound <= best.solution.bound;
            best.solution.bound = bound;
            return Ok(Fitted { work, ..best });
        };
        if solved >= MOST_SOLVED {
            unsearched = greater(unsearched, best.solution.bound);
            continue;
        }
        for item in best.conflict(system, of_item) {
            let mut instance = best.instance.clone();
            instance.force_out.push(item);
            instance.force_out.sort_unstable();
            if tried.insert(instance.force_out.clone()) {
                solved += 1;
                // What is required may need the item; then there is no plan without it.
                let fitted = of(instance, 2 * MOST_SOLVED as u64);
                work += fitted.as_ref().map_or(0, |fitted| fitted.work);
                open.extend(fitted);
            }
        }
    }
    Ok(Fitted { work, ..first })
}

fn greater(a: Money, b: Money) -> Money {
    Money(a.0.max(b.0))
}

fn pop_best(open: &mut Vec<Fitted>) -> Option<Fitted> {
    let value = |at: &usize| open[*at].solution.plan.net_value.0;
    let best = (0..open.len()).max_by(|a, b| value(a).total_cmp(&value(b)).then(b.cmp(a)))?;
    Some(open.remove(best))
}

impl Fitted {
    /// The first system whose quota is overrun.
    fn overrun(&self) -> Option<&QuotaUse> {
        self.quotas.iter().find(|quota| quota.left() < 0.0)
    }

    /// The busiest items that overrun a quota by themselves.
    fn conflict<'c>(&self, quota: &QuotaUse, of_item: &dyn Fn(ItemIx) -> &'c Candidate) -> Vec<ItemIx> {
        let calls = |item: ItemIx| -> f64 {
            of_item(item).quotas.iter().filter(|one| one.is_about(quota)).map(|one| one.added).sum()
        };
        let mut items: Vec<ItemIx> = self.solution.plan.items.iter().map(|placed| placed.item).collect();
        items.retain(|item| calls(*item) > 0.0);
        items.sort_by(|a, b| calls(*b).total_cmp(&calls(*a)).then(a.cmp(b)));
        let mut left = quota.quota - quota.present;
        let enough = items.iter().position(|item| {
            left -= calls(*item);
            left < 0.0
        });
        items.truncate(enough.map_or(items.len(), |at| at + 1));
        items
    }
}
