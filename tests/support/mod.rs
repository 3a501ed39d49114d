//! Random AND/OR graphs, and what holds in them, computed in the simplest way that can be read off the definition.

pub(crate) mod naive;
pub(crate) mod random_graph;
