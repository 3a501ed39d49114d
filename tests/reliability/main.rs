//! Cut sets, availability and fault trees against enumeration, closed forms, published results and each other.

mod availability;
mod cut_sets;
#[path = "../support/open_psa_reader.rs"]
mod open_psa_reader;
mod published;
#[path = "../support/random_graphs.rs"]
mod random_graphs;
