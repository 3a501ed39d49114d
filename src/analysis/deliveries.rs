//! Deliveries: which flow brings which data object from where to where.
//!
//! A vertex is a *fact*, one data object at one system; an edge is one live flow that carries the object. Questions
//! about one object are then plain reachability, since an edge never changes the object.

use crate::model::{DataIx, FlowIx, Stack, SystemIx};
use sinew_graph::multigraph::Multigraph;

/// Which of the live flows are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flows {
    /// All live flows, standby flows included.
    All,
    /// Those that run without a failure: no standby flows.
    Regular,
}

/// One data object at one system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// The system that has the object, or should.
    pub at: SystemIx,
    /// The object that is there, or should be.
    pub data: DataIx,
}

/// One delivery out of or into a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The flow that performs it.
    pub flow: FlowIx,
    /// The fact at its other end.
    pub other: Fact,
}

/// The deliveries of a stack today.
#[derive(Clone, Debug)]
pub struct Deliveries(Multigraph<Fact, FlowIx>);

impl Deliveries {
    /// The deliveries by the live flows of `stack`, all or only regular ones. Linear in the flows and their objects.
    #[must_use]
    pub fn of(stack: &Stack, flows: Flows) -> Self {
        let mut deliveries = Multigraph::default();
        for (ix, flow) in stack.live_flows().filter(|(_, flow)| flows == Flows::All || !flow.is_standby) {
            for &data in &flow.data {
                deliveries.add_edge(Fact { at: flow.from, data }, Fact { at: flow.to, data }, ix);
            }
        }
        Self(deliveries)
    }

    /// The deliveries out of `fact`, by flow.
    #[must_use]
    pub fn out_of(&self, fact: Fact) -> Vec<Delivery> {
        self.0.out_of(fact).into_iter().map(|(flow, other)| Delivery { flow, other }).collect()
    }

    /// The deliveries into `fact`, by flow.
    #[must_use]
    pub fn into_fact(&self, fact: Fact) -> Vec<Delivery> {
        self.0.into_vertex(fact).into_iter().map(|(flow, other)| Delivery { flow, other }).collect()
    }

    /// Whether a delivery leads out of `fact`.
    #[must_use]
    pub fn leaves(&self, fact: Fact) -> bool {
        self.0.has_edge_out_of(fact)
    }

    /// Whether a delivery leads into `fact`.
    #[must_use]
    pub fn arrives(&self, fact: Fact) -> bool {
        self.0.has_edge_into(fact)
    }

    /// Every fact that a flow begins or ends at, by system and object.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        self.0.vertices()
    }

    /// Everything that `sources` reach along deliveries, themselves included, by system and object.
    #[must_use]
    pub fn reached_from(&self, sources: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
        self.0.reached_from(sources)
    }

    /// Of the deliveries among `facts` the strongly connected components that no other component feeds, each sorted, by
    /// their first fact. Linear in the deliveries among them.
    #[must_use]
    pub fn source_components(&self, facts: &[Fact]) -> Vec<Vec<Fact>> {
        self.0.source_components(facts)
    }
}
