//! The structural view: where the picture of the stack falls apart. Beside the failure analysis and never instead of it:
//! an articulation point need not stop anything, and a single point of failure need not be one.

use crate::model::{FlowIx, Stack, SystemIx};
use sinew_graph::ix::IxVec;
use sinew_graph::structure::{EdgeIx, Structure, VertexIx};

/// How much of the stack runs through one middleware.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MiddlewareShare {
    /// The system that flows name under `through`.
    pub system: SystemIx,
    /// How many live flows run through it.
    pub flows: usize,
    /// Their share of all live flows, 0 to 1.
    pub share: f64,
}

/// Live systems as vertices and live flows as undirected edges, parallel flows being parallel edges.
#[derive(Clone, Debug, PartialEq)]
pub struct StructuralView {
    /// Systems without which their part of the picture falls apart; by id.
    pub articulation_points: Vec<SystemIx>,
    /// Flows without which it does; by id.
    pub bridges: Vec<FlowIx>,
    /// Every system that a live flow names under `through`; by id.
    pub middleware: Vec<MiddlewareShare>,
}

/// The structural view of `stack`; linear.
#[must_use]
pub fn structural_view(stack: &Stack) -> StructuralView {
    let flows: IxVec<EdgeIx, FlowIx> = stack.live_flows().map(|(ix, _)| ix).collect();
    let ends = |ix: &FlowIx| [stack.flow(*ix).from, stack.flow(*ix).to].map(|system| VertexIx::new(system.at()));
    let edges = flows.iter().map(ends).collect();
    // Retired systems are vertices without edges, which neither join nor part anything.
    let found = Structure::new(stack.systems.len(), &edges);
    let mut through = vec![0_usize; stack.systems.len()];
    for ix in flows.iter().flat_map(|ix| &stack.flow(*ix).through) {
        through[ix.at()] += 1;
    }
    let used = stack.all_systems().map(|(ix, _)| (ix, through[ix.at()])).filter(|(_, count)| *count > 0);
    StructuralView {
        articulation_points: found.articulation_points.into_iter().map(|vertex| SystemIx::new(vertex.at())).collect(),
        bridges: found.bridges.into_iter().map(|edge| flows[edge]).collect(),
        middleware: used
            .map(|(system, count)| MiddlewareShare { system, flows: count, share: count as f64 / flows.len() as f64 })
            .collect(),
    }
}
