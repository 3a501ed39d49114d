//! The stack as a graph, and the algorithms on it; the only room that names petgraph.

pub mod all_cut_sets;
pub mod and_or;
pub mod chains;
mod deliveries;
pub mod fixpoint;
mod landmarks;
pub mod reasons;
mod rederive;
pub mod single_failures;
pub mod structure;
mod supply;
pub mod view;

pub use deliveries::{Deliveries, Delivery, Fact, Flows};
pub use supply::{Cause, Component, Meaning, Supply, assumed_origins, systems_up_today};
pub mod availability;
pub mod bdd;
mod bounds;
pub mod cut_sets;
pub mod fault_tree;
mod focus;
mod lanes;
mod marginals;
pub mod minimal_solutions;
mod outage_function;
mod region;
mod simplify;
