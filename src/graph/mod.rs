//! The stack as a graph, and the algorithms on it; speaks graph theory and nothing else.

pub mod and_or;
pub mod fixpoint;
mod landmarks;
pub mod reasons;
mod rederive;
pub mod single_failures;
pub mod structure;
pub mod view;
