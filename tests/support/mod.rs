//! What several tests share: random stacks and graphs, golden files, the program itself.

pub(crate) mod binary;
pub(crate) mod diagrams;
pub(crate) mod golden;
pub(crate) mod naive;
pub(crate) mod open_psa_reader;
pub(crate) mod random_graph;
pub(crate) mod random_graphs;
pub(crate) mod random_stack;
pub(crate) mod shuffle;
