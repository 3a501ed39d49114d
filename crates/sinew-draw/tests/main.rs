//! All integration tests of the crate, one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that lacks its judge says so")]

mod circles;
#[cfg(feature = "pptx")]
mod deck;
mod diagrams;
mod dot;
mod geometry;
mod graphviz;
#[cfg(feature = "pptx")]
mod office;
#[cfg(feature = "png")]
mod pictures;
