//! All integration tests of the crate, one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod badges;
mod budget;
mod circles;
#[cfg(feature = "pptx")]
mod deck;
mod diagrams;
mod dot;
mod gantt;
mod geometry;
mod graphviz;
#[path = "../../../tests/support/judge.rs"]
mod judge;
#[cfg(feature = "pptx")]
mod office;
#[cfg(feature = "png")]
mod pictures;
mod places;
