//! The views: what an architect asks to see, each a pure function from the analysed stack to a
//! [`Diagram`](super::diagram::Diagram).
//!
//! A view decides what is drawn, with which words, and what the picture says; boxes and lines come from
//! [`elements`], so that a system looks and reads alike in all of them.

pub mod elements;
mod handoffs;
mod landscape;
mod phrases;

pub use handoffs::handoffs;
pub use landscape::landscape;

#[cfg(test)]
mod samples;
