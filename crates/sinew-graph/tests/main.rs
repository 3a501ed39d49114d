//! The algorithms against enumeration, definitions read aloud, closed forms, published results and each other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that lacks its samples says so")]

mod any_graph;
mod availability;
mod classic;
mod cut_sets;
mod failures;
mod fault_tree;
mod naive;
mod open_psa_reader;
mod published;
mod random_graphs;
mod worlds;
