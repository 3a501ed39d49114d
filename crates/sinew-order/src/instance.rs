//! What is given to the search: items, benefits, capacity, horizon, budget.

use std::fmt;

use crate::index::{BenefitIx, Index, ItemIx, List};
use crate::scaled::{MOST_MONEY, MOST_TICKS, TICKS_PER_DAY, WEEKS_PER_YEAR};
use crate::units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};

/// One thing that can be built.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Name; the last tie-break, and otherwise without meaning.
    pub id: String,
    /// More than zero. Rounded to a thousandth of a person-day.
    pub effort: Days,
    /// Paid once, zero or more. Charged in full when the item is in the plan.
    pub one_off: Money,
    /// Zero or more, paid from the item's finish to the horizon. Counts against the budget.
    pub running: MoneyPerYear,
    /// Yearly loss the item brings from its finish on (outage cost added, say), zero or more. No budget pays it.
    pub loss: MoneyPerYear,
    /// Items that must be finished before this one starts.
    pub needs: Vec<ItemIx>,
    /// Goes first where all else is equal.
    pub goes_first: bool,
}

/// Something earned for as long as it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Benefit {
    /// Zero or more, from the moment the first way is complete to the horizon.
    pub value: MoneyPerYear,
    /// Alternatives; each is a set of items of which all are needed. A benefit without a way is never earned.
    pub ways: Vec<Vec<ItemIx>>,
}

/// Something that a plan must do, whatever it pays: one of several items is in it. What no plan can do by itself is asked
/// for only where other items are in the plan, so that what these break is repaired by one of `any`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Items of which at least one must be in the plan.
    pub any: Vec<ItemIx>,
    /// Asked for only in plans that hold all of these; where there are none, in every plan.
    pub where_all: Vec<ItemIx>,
    /// Whether it goes first: until all such requirements are met, only what one of `any`, or what these need, is built.
    /// Means nothing where `where_all` names an item.
    pub first: bool,
}

/// A planning problem. Change a copy of it to ask "what if".
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// What can be built.
    pub items: List<ItemIx, Item>,
    /// What can be earned.
    pub benefits: List<BenefitIx, Benefit>,
    /// More than zero; the whole of it goes to one item after the other.
    pub capacity: DaysPerWeek,
    /// What would finish later is worth nothing.
    pub horizon: Weeks,
    /// Most money for one-off and running cost within the horizon; `None` for no limit.
    pub budget: Option<Money>,
    /// Items that must be in the plan, with all they need.
    pub force_in: Vec<ItemIx>,
    /// Items that must not be in the plan, nor anything that needs them.
    pub force_out: Vec<ItemIx>,
    /// What the plan must do, whatever it pays.
    pub requirements: Vec<Requirement>,
}

impl Instance {
    /// The same with every number that is too large for the search at the largest that it takes: 1e15 for money, a
    /// thousand million person-days for work, and as much for the capacity of a year and the work within the horizon. So
    /// what comes of it is the least that is known where a number was larger.
    #[must_use]
    pub fn within_bounds(mut self) -> Self {
        const MOST_DAYS: f64 = MOST_TICKS / TICKS_PER_DAY;
        for item in self.items.iter_mut() {
            item.effort.0 = item.effort.0.min(MOST_DAYS);
            for amount in [&mut item.one_off.0, &mut item.running.0, &mut item.loss.0] {
                *amount = amount.min(MOST_MONEY);
            }
        }
        for benefit in self.benefits.iter_mut() {
            benefit.value.0 = benefit.value.0.min(MOST_MONEY);
        }
        self.capacity.0 = self.capacity.0.min(MOST_DAYS / WEEKS_PER_YEAR);
        if self.capacity.0 > 0.0 && self.capacity.0 * self.horizon.0 > MOST_DAYS {
            // A little less, so that rounding does not bring it over.
            self.horizon.0 = MOST_DAYS / self.capacity.0 * (1.0 - 1e-12);
        }
        if let Some(budget) = &mut self.budget {
            budget.0 = budget.0.min(MOST_MONEY);
        }
        self
    }
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderError {
    /// A number is not finite, out of its range, or an amount is above 1e15.
    Number {
        /// What the number is, with the item's id or the benefit's place.
        what: String,
    },
    /// There is no such item.
    UnknownItem {
        /// Place of the item in the instance.
        item: ItemIx,
    },
    /// A way asks for no item at all.
    EmptyWay {
        /// Place of the benefit in the instance.
        benefit: BenefitIx,
    },
    /// Items need each other in a circle.
    Cycle {
        /// Ids of the items that can never start, in input order.
        items: Vec<String>,
    },
    /// An item is forced in, and it or something it needs is forced out.
    ForcedBothWays {
        /// Id of the item that the error is about.
        item: String,
    },
    /// The items forced in, with what they need, take longer than the horizon.
    ForcedBeyondHorizon,
    /// No order of the items forced in keeps to the budget.
    ForcedOverBudget,
    /// No order of any items within horizon and budget meets all requirements.
    RequirementsUnmet,
    /// The search ended, for want of nodes, before it found an order of the items forced in that keeps to the budget and meets all
    /// requirements.
    NoneFound,
}

impl fmt::Display for OrderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { what } => write!(f, "{what} is out of range"),
            Self::UnknownItem { item } => write!(f, "there is no item {}", item.place()),
            Self::EmptyWay { benefit } => write!(f, "benefit {} has a way without items", benefit.place()),
            Self::Cycle { items } => write!(f, "items need each other: {}", items.join(", ")),
            Self::ForcedBothWays { item } => write!(f, "`{item}` is both required and excluded"),
            Self::ForcedBeyondHorizon => write!(f, "the required items do not fit into the horizon"),
            Self::ForcedOverBudget => write!(f, "the required items do not fit into the budget"),
            Self::RequirementsUnmet => write!(f, "no plan within horizon and budget holds all that it must"),
            Self::NoneFound => {
                write!(f, "no order of the required items was found that keeps to the budget; there may be one")
            }
        }
    }
}

impl std::error::Error for OrderError {}
