//! The plan: which items to build, in which order, and how sure that is.
//!
//! So far the room knows abstract numbers only: items with effort and cost, what they need, and what they earn.
//! [`sequence::solve`] chooses and orders them, with a bound that proves how good the answer is; [`departures`]
//! says where that differs from Smith's rule, and [`sampling`] what the answer is worth when the numbers are
//! ranges. The mathematics is in `docs/theory/plan-order.md`.

pub mod departures;
pub mod instance;
mod local_search;
mod partial;
mod relaxation;
pub mod sampling;
mod scaled;
mod search;
pub mod sequence;
pub mod uncertainty;
mod wsjf;

#[cfg(test)]
mod oracle;
