//! The plan: which items to build, in which order, and how sure that is.
//!
//! [`candidates`] finds ways to remove what the analysis found, [`value`] prices each by analyzing the stack as it would
//! be, and the crate [`sinew_order`] chooses and orders them as abstract items, with a bound that proves how good the
//! answer is, says where that differs from WSJF order, and what the answer is worth when the numbers are ranges.
//! `docs/theory/plan.md` has the definitions, `docs/theory/plan-order.md` the mathematics.

mod assumptions;
pub mod balance;
mod budget;
pub mod building;
pub mod candidates;
mod choosing;
pub mod covering;
pub mod doubtful;
pub mod edit;
pub mod effort;
mod error;
mod fitting;
pub mod gap;
pub mod link;
mod maker;
pub mod making;
pub mod measure;
pub mod owner;
pub mod pace;
pub mod partway;
pub mod problem;
pub mod questions;
pub mod quota;
pub mod ranges;
pub mod reach;
pub mod replacement;
pub mod scenario;
pub mod settings;
pub mod situation;
mod sources;
pub mod target;
pub mod trace;
pub mod value;

pub use budget::Budget;
pub use error::PlanError;
pub use maker::PlanItem;
pub use making::Plan;
pub use settings::{Options, Settings};
