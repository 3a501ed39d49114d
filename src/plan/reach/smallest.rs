//! The smallest setting with which a plan holds what it must, where there is none with the settings as they are.

use sinew_order::{Instance, List, Money, MoneyPerYear, OrderError, Weeks};

use super::must::{End, Goal, Must};
use crate::plan::problem::Problem;

/// The smallest of each setting that would do; the others are as they are, but for the budget that more people or more time may need.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Smallest {
    /// Money, to a whole unit; `None` where none is set, and where no money would do without more people or more time.
    pub budget: Option<f64>,
    /// Person-days a week, to a tenth; `None` where those that are set are enough.
    pub capacity: Option<f64>,
    /// The budget for it, to a whole unit; `None` where the budget as it is would do.
    pub capacity_budget: Option<f64>,
    /// Weeks, to a tenth; `None` where those that are set are enough.
    pub horizon: Option<f64>,
    /// The budget for it, to a whole unit; `None` where the budget as it is would do.
    pub horizon_budget: Option<f64>,
}

/// `amount`, rounded up to so many parts of a unit; what is above by rounding only stays.
fn rounded_up(amount: f64, parts: f64) -> f64 {
    (amount * parts - 1e-6).ceil() / parts
}

/// Nothing is earned: what is left to weigh is what the plan costs.
fn earning_nothing(instance: &mut Instance) {
    instance.benefits = List::default();
}

/// What the plan costs is its work, and it may take as long as it does.
pub(super) fn counting_work(instance: &mut Instance) {
    earning_nothing(instance);
    let all: f64 = instance.items.iter().map(|item| item.effort.0).sum();
    for item in instance.items.iter_mut() {
        (item.one_off, item.running, item.loss) = (Money(item.effort.0), MoneyPerYear(0.0), MoneyPerYear(0.0));
    }
    instance.budget = None;
    instance.horizon = Weeks(all / instance.capacity.0 + 1.0);
}

impl Must<'_> {
    /// Whether any plan keeps to `goal`, as `change` makes the problem.
    pub(super) fn can_be(
        &mut self,
        problem: &mut Problem,
        goal: &Goal,
        change: &dyn Fn(&mut Instance),
        work: &mut u64,
    ) -> Result<Option<bool>, OrderError> {
        let cheapest = |instance: &mut Instance| {
            earning_nothing(instance);
            change(instance);
        };
        Ok(match self.settle(problem, goal, &cheapest, work)? {
            End::Found(..) => Some(true),
            End::Unmet(_) => Some(false),
            End::Unsettled(_) => None,
        })
    }

    /// The smallest settings for `goal`; `None` where no setting would do, or that is not known for want of work.
    pub(super) fn smallest(
        &mut self,
        problem: &mut Problem,
        goal: &Goal,
        work: &mut u64,
    ) -> Result<Option<Smallest>, OrderError> {
        // The least work with which any plan holds it all: nothing shorter and nobody slower can.
        let End::Found(least, _) = self.settle(problem, goal, &counting_work, work)? else { return Ok(None) };
        let days: f64 = least.solution.plan.items.iter().map(|placed| least.instance.items[placed.item].effort.0).sum();
        let (a_week, weeks) = (self.settings.capacity.0, self.settings.horizon.0);
        let mut found = Smallest { budget: self.cheapest(problem, goal, &|_| {}, work)?, ..Smallest::default() };
        let capacity = rounded_up(days / weeks.max(f64::MIN_POSITIVE), 10.0).max(a_week);
        let horizon = rounded_up(days / a_week, 10.0).max(weeks);
        let faster = |instance: &mut Instance| instance.capacity.0 = capacity;
        let longer = |instance: &mut Instance| instance.horizon.0 = horizon;
        if capacity > a_week {
            (found.capacity, found.capacity_budget) = self.enough(problem, goal, (capacity, &faster), work)?;
        }
        if horizon > weeks {
            (found.horizon, found.horizon_budget) = self.enough(problem, goal, (horizon, &longer), work)?;
        }
        Ok(Some(found))
    }

    /// `amount`, which `change` sets, if a plan holds `goal` then, and the budget for it where the one that is set is too small for that.
    fn enough(
        &mut self,
        problem: &mut Problem,
        goal: &Goal,
        (amount, change): (f64, &dyn Fn(&mut Instance)),
        work: &mut u64,
    ) -> Result<(Option<f64>, Option<f64>), OrderError> {
        Ok(match self.can_be(problem, goal, change, work)? {
            Some(true) => (Some(amount), None),
            // Neither more people nor more time make a budget larger.
            Some(false) => match self.cheapest(problem, goal, change, work)? {
                Some(budget) => (Some(amount), Some(budget)),
                None => (None, None),
            },
            None => (None, None),
        })
    }

    /// What the cheapest plan for `goal` spends, as `change` makes the problem, rounded up to a whole unit; `None` where no budget is set, and where
    /// no plan holds it at any price, or that is not known for want of work.
    fn cheapest(
        &mut self,
        problem: &mut Problem,
        goal: &Goal,
        change: &dyn Fn(&mut Instance),
        work: &mut u64,
    ) -> Result<Option<f64>, OrderError> {
        if self.settings.budget.is_none() {
            return Ok(None);
        }
        let free = |instance: &mut Instance| {
            earning_nothing(instance);
            change(instance);
            instance.budget = None;
        };
        let End::Found(cheapest, _) = self.settle(problem, goal, &free, work)? else { return Ok(None) };
        Ok(Some(rounded_up(cheapest.solution.plan.spent.0 / self.settings.of_money, 1.0)))
    }
}
