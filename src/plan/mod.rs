//! The plan: which items to build, in which order, and how sure that is.
//!
//! [`candidates`] finds ways to remove what the analysis found, [`value`] prices each by analysing the stack as it would
//! be, and [`sequence::solve`] chooses and orders them as abstract items, with a bound that proves how good the answer
//! is. [`departures`] says where that differs from Smith's rule, and [`uncertainty`] what the answer is worth when the
//! numbers are ranges. `docs/theory/plan.md` has the definitions, `docs/theory/plan-order.md` the mathematics.

pub mod building;
pub mod candidates;
pub mod departures;
mod duals;
pub mod edit;
pub mod effort;
mod fitting;
pub mod instance;
pub mod link;
mod local_search;
pub mod making;
mod partial;
pub mod problem;
pub mod quota;
pub mod ranges;
pub mod sampling;
mod scaled;
mod search;
pub mod sequence;
pub mod settings;
pub mod situation;
pub mod target;
mod timeline;
pub mod trace;
pub mod uncertainty;
pub mod value;
mod wsjf;

pub use making::{Plan, PlanItem};
pub use settings::{Options, Settings};

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod oracle_subsets;
