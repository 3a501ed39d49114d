//! The plan: which items to build, in which order, and how sure that is.
//!
//! So far the room knows abstract numbers only: items with effort and cost, what they need, and what they earn.
//! [`sequence::solve`] chooses and orders them, with a bound that proves how good the answer is; [`departures`]
//! says where that differs from Smith's rule, and [`sampling`] what the answer is worth when the numbers are
//! ranges. The mathematics is in `docs/theory/plan-order.md`.

pub mod building;
pub mod candidates;
pub mod departures;
pub mod edit;
pub mod effort;
pub mod instance;
pub mod link;
mod local_search;
pub mod making;
mod partial;
pub mod problem;
pub mod quota;
pub mod ranges;
mod relaxation;
pub mod sampling;
mod scaled;
mod search;
pub mod sequence;
pub mod settings;
pub mod situation;
pub mod target;
pub mod trace;
pub mod uncertainty;
pub mod value;
mod wsjf;

pub use making::{Plan, PlanItem};
pub use settings::{Options, Settings};

#[cfg(test)]
mod oracle;
