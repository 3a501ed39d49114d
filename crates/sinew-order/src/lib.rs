//! Which items to build, and in which order: an instance in, a solution with its proof out.
//!
//! An [`Instance`] holds items (work, cost, what they need first) and benefits, each earned by one of several sets of
//! items, with the team's capacity, a horizon and perhaps a budget. [`solve`] returns the [`Solution`]: a [`Schedule`],
//! and an upper bound on what any other could be worth. [`departures`] says where it differs from Smith's rule, and
//! [`uncertainty`] what a plan is worth when the numbers are ranges.
//!
//! The crate knows nothing of what the items are. The mathematics is in `docs/theory/plan-order.md`.
//!
//! A connector helps only once the platform under it is there; a switch is worth less, and needs nothing:
//!
//! ```
//! use sinew_order::{
//!     Benefit, Days, DaysPerWeek, Effort, Instance, Item, ItemIx, List, Money, MoneyPerYear, Weeks, solve,
//! };
//!
//! let mut items: List<ItemIx, Item> = List::default();
//! let mut item = |id: &str, days: f64, needs: Vec<ItemIx>| {
//!     items.push(Item {
//!         id: id.to_owned(),
//!         effort: Days(days),
//!         one_off: Money(0.0),
//!         running: MoneyPerYear(0.0),
//!         loss: MoneyPerYear(0.0),
//!         needs,
//!         goes_first: false,
//!         preference: 0,
//!     })
//! };
//! let platform = item("platform", 10.0, Vec::new());
//! let connector = item("connector", 5.0, vec![platform]);
//! let switch = item("switch", 1.0, Vec::new());
//! let benefit = |item: ItemIx, value: f64| Benefit { value: MoneyPerYear(value), ways: vec![vec![item]] };
//! let instance = Instance {
//!     items,
//!     benefits: vec![benefit(connector, 52_000.0), benefit(switch, 5_200.0)].into(),
//!     capacity: DaysPerWeek(5.0),
//!     horizon: Weeks(52.0),
//!     budget: None,
//!     force_in: Vec::new(),
//!     force_out: Vec::new(),
//!     requirements: Vec::new(),
//! };
//!
//! let solution = solve(&instance, Effort::default())?;
//! let order: Vec<&str> = solution.plan.items.iter().map(|placed| instance.items[placed.item].id.as_str()).collect();
//! assert_eq!(order, ["switch", "platform", "connector"]);
//! assert!(solution.proved);
//! // 5,200 a year from week 0.2 on, and 52,000 a year from week 3.2 on.
//! assert!((solution.plan.net_value.0 - (100.0 * 51.8 + 1_000.0 * 48.8)).abs() < 0.01);
//! # Ok::<(), sinew_order::OrderError>(())
//! ```

mod asked;
pub mod departures;
#[cfg(test)]
mod dice;
mod duals;
mod estimate;
mod index;
mod instance;
mod lanes;
mod local_search;
mod memory;
mod opening;
mod partial;
mod parts;
mod programme;
pub mod sampling;
mod scaled;
mod search;
mod sequence;
mod subgradient;
mod tail;
mod timeline;
pub mod uncertainty;
mod units;
mod wsjf;

pub use index::{BenefitIx, Index, ItemIx, List};
pub use instance::{Benefit, Instance, Item, OrderError, Requirement};
pub use memory::{Memory, Searches};
pub use sequence::{Effort, Placed, Schedule, Solution, adapted, evaluate, kept, solve, solve_again};
pub use units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};
