//! Cut sets, availability and fault trees against enumeration, closed forms, published results and each other.

mod availability;
mod cut_sets;
#[path = "../support/random_graphs.rs"]
mod random_graphs;
