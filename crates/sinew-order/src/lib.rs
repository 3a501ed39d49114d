//! Which items to build, and in which order: an instance in, a solution with its proof out.
//!
//! An [`Instance`] holds items (work, cost, what they need first) and benefits, each earned by one of several sets of
//! items, with the team's capacity, a horizon and perhaps a budget. [`solve`] returns the [`Solution`]: a [`Schedule`],
//! and an upper bound on what any other could be worth. [`departures`] says where it differs from Smith's rule, and
//! [`uncertainty`] what a plan is worth when the numbers are ranges.
//!
//! The crate knows nothing of what the items are. The mathematics is in `docs/theory/plan-order.md`.

pub mod departures;
mod duals;
mod instance;
mod local_search;
mod partial;
pub mod sampling;
mod scaled;
mod search;
mod sequence;
mod timeline;
pub mod uncertainty;
mod wsjf;

pub use instance::{Benefit, Instance, Item, OrderError};
pub use sequence::{Effort, Placed, Schedule, Solution, adapted, evaluate, kept, solve};
