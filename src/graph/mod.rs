//! The stack as a graph, and the algorithms on it; speaks graph theory and nothing else.

pub mod and_or;
