//! The stack as a graph, and the algorithms on it; the only room that names petgraph.

pub mod all_cut_sets;
pub mod and_or;
pub mod availability;
pub mod bdd;
mod bounds;
pub mod chains;
pub mod cut_sets;
pub mod fastest;
pub mod fault_tree;
pub mod fixpoint;
mod focus;
mod landmarks;
mod lanes;
mod marginals;
pub mod minimal_solutions;
mod outage_function;
pub mod reasons;
mod rederive;
mod region;
pub mod shortest;
mod simplify;
pub mod single_failures;
pub mod structure;
pub mod view;
