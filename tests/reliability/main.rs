//! Cut sets, availability and fault trees against enumeration, closed forms, published results and each other.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on stops, and says what it skips")]

mod availability;
mod classic;
mod cut_sets;
mod fault_tree;
#[path = "../support/open_psa_reader.rs"]
mod open_psa_reader;
mod published;
#[path = "../support/random_graphs.rs"]
mod random_graphs;
mod scram;
