//! What a plan must hold whatever it pays: obligations, and the way to a higher stage.

mod ahead;
mod cut;
mod judge;
mod missing;
mod must;
mod obligations;
mod pool;
mod scout;
mod smallest;
mod way;

pub(super) use must::{End, Goal, Must};
pub(super) use obligations::Asked;
pub use obligations::{LeftOut, Obligations};
pub(super) use scout::Scouted;
pub use smallest::Smallest;
pub use way::{Plain, Price, Reached, Way, WayStep};
