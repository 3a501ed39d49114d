//! The algorithms against enumeration, definitions read aloud, closed forms, published results and each other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod any_graph;
mod availability;
mod classic;
mod cut_sets;
mod failures;
mod fault_tree;
#[path = "../../../tests/support/judge.rs"]
mod judge;
mod naive;
mod open_psa_reader;
mod published;
mod random_graphs;
mod relevance;
mod textbooks;
mod worlds;
