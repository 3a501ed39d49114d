//! The structural view: articulation points, bridges, middleware.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::structure::structural_view;
use crate::model::{Flow, FlowStatus, Stack, SystemIx};
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
    /// How much is in each domain, by name.
    pub domains: Vec<Domain>,
}

/// One domain of systems.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Domain {
    /// Its name, as systems state it.
    pub domain: String,
    /// How many live systems are in it.
    pub systems: usize,
    /// How many flows begin or end in it: live ones, and planned ones between live systems.
    pub flows: usize,
    /// How many of them people perform in regular use.
    pub by_hand: usize,
}

/// The domains of `stack`.
fn domains(stack: &Stack) -> Vec<Domain> {
    let of = |ix: SystemIx| stack.system(ix).domain.as_deref().filter(|domain| !domain.trim().is_empty());
    let mut systems: BTreeMap<&str, usize> = BTreeMap::new();
    for domain in stack.live_systems().filter_map(|(ix, _)| of(ix)) {
        *systems.entry(domain).or_default() += 1;
    }
    // The place of each system's domain, so that no name is looked up for a flow.
    let names: Vec<&str> = systems.keys().copied().collect();
    let place = |ix| names.binary_search(&of(ix)?).ok();
    let places: Vec<Option<usize>> = stack.all_systems().map(|(ix, _)| place(ix)).collect();
    let domain = |(domain, systems): (&str, usize)| Domain { domain: domain.to_owned(), systems, flows: 0, by_hand: 0 };
    let mut all: Vec<Domain> = systems.into_iter().map(domain).collect();
    let is_drawn = |flow: &Flow| flow.status != FlowStatus::Off && flow.systems().all(|ix| stack.system(ix).is_live());
    for flow in stack.flows.iter().filter(|flow| is_drawn(flow)) {
        let [from, to] = [flow.from, flow.to].map(|end| places[end.at()]);
        for domain in from.into_iter().chain(to.filter(|to| Some(*to) != from)) {
            all[domain].flows += 1;
            all[domain].by_hand += usize::from(flow.is_manual() && !flow.is_standby && !flow.is_planned());
        }
    }
    all
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
            domains: domains(stack),
            middleware_share: view
                .middleware
                .into_iter()
                .map(|of| MiddlewareShare { system: system(of.system), flows: of.flows, share: of.share.into() })
                .collect(),
        }
    }
}
