//! The structural view: articulation points, bridges, middleware.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::structure::structural_view;
use crate::model::Stack;
use crate::report::facts::Number;

/// Where the picture of the stack, as undirected flows between live systems, falls apart.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Structure {
    /// Systems without which their part of the picture falls apart.
    pub articulation_points: Vec<String>,
    /// Flows without which it does.
    pub bridges: Vec<String>,
    /// How much runs through each middleware.
    pub middleware_share: Vec<MiddlewareShare>,
}

/// How much of the stack runs through one middleware.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MiddlewareShare {
    /// Id of the system that flows run through.
    pub system: String,
    /// How many live flows run through it.
    pub flows: usize,
    /// Their share of all live flows, 0 to 1.
    pub share: Number,
}

impl Structure {
    /// The structural view of `stack`.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let view = structural_view(stack);
        let system = |ix| stack.system(ix).id.to_string();
        Self {
            articulation_points: view.articulation_points.into_iter().map(system).collect(),
            bridges: view.bridges.into_iter().map(|ix| stack.flow(ix).id.to_string()).collect(),
            middleware_share: view
                .middleware
                .into_iter()
                .map(|of| MiddlewareShare { system: system(of.system), flows: of.flows, share: of.share.into() })
                .collect(),
        }
    }
}
