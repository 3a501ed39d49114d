//! The views: what an architect asks to see, each a pure function from the analyzed stack to a
//! [`Diagram`](sinew_draw::Diagram).
//!
//! A view decides what is drawn, with which words, and what the picture says; boxes and lines come from
//! [`elements`], so that a system looks and reads alike in all of them.

mod change;
pub mod elements;
mod failure;
mod focus;
mod frontier;
mod handoffs;
mod landscape;
mod outage;
mod phrases;
mod roadmap;
mod stage;
mod target;

pub use change::change;
pub use failure::failure;
pub use frontier::frontier;
pub use handoffs::handoffs;
pub use landscape::landscape;
pub use outage::outage;
pub use roadmap::roadmap;
pub use stage::stage;
pub use target::{after_wave, target};

#[cfg(test)]
pub(in crate::report::facts) mod samples;
