//! Cut sets, availability and fault trees against enumeration, closed forms, published results and each other.

mod availability;
mod classic;
mod cut_sets;
mod fault_tree;
mod published;
mod scram;
