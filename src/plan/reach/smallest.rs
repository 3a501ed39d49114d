//! The smallest setting with which a plan holds what it must, where there is none with the settings as they are.

use sinew_order::{Instance, List, Money, MoneyPerYear, OrderError, Weeks};

use super::must::{End, Goal, Must};
use crate::plan::problem::Problem;

/// The smallest of each setting that would do by itself, the others as they are; `None` where none does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Smallest {
    /// Money, to a whole unit.
    pub budget: Option<f64>,
    /// Person-days a week, to a tenth.
    pub capacity: Option<f64>,
    /// Weeks, to a tenth.
    pub horizon: Option<f64>,
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
        let (of_budget, of_money) = (self.settings.budget, self.settings.of_money);
        let (a_week, weeks) = (self.settings.capacity.0, self.settings.horizon.0);
        let mut found = Smallest::default();
        if of_budget.is_some() {
            let free = |instance: &mut Instance| {
                earning_nothing(instance);
                instance.budget = None;
            };
            if let End::Found(cheapest, _) = self.settle(problem, goal, &free, work)? {
                found.budget = Some(rounded_up(cheapest.solution.plan.spent.0 / of_money, 1.0));
            }
        }
        let capacity = rounded_up(days / weeks.max(f64::MIN_POSITIVE), 10.0).max(a_week);
        let horizon = rounded_up(days / a_week, 10.0).max(weeks);
        let faster = |instance: &mut Instance| instance.capacity.0 = capacity;
        let longer = |instance: &mut Instance| instance.horizon.0 = horizon;
        // Where it is the budget that is too small, neither more people nor more time make it larger.
        if capacity > a_week && self.can_be(problem, goal, &faster, work)? == Some(true) {
            found.capacity = Some(capacity);
        }
        if horizon > weeks && self.can_be(problem, goal, &longer, work)? == Some(true) {
            found.horizon = Some(horizon);
        }
        Ok(Some(found))
    }
}
