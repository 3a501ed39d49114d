//! Deliveries: which flow brings which data object from where to where.
//!
//! A vertex is a *fact*, one data object at one system; an edge is one live flow that carries the object. Questions
//! about one object are then plain reachability, since an edge never changes the object.

use std::collections::HashMap;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{DataIx, FlowIx, Stack, SystemIx};

/// Which of the live flows are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flows {
    /// All of them.
    All,
    /// Those that run without a failure: no standby flows.
    Regular,
}

/// One data object at one system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// Where.
    pub at: SystemIx,
    /// What.
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
pub struct Deliveries {
    graph: DiGraph<Fact, FlowIx>,
    vertices: HashMap<Fact, NodeIndex>,
}

impl Deliveries {
    /// The deliveries by the live flows of `stack`, all or only regular ones. Linear in the flows and their objects.
    #[must_use]
    pub fn of(stack: &Stack, flows: Flows) -> Self {
        let mut this = Self { graph: DiGraph::new(), vertices: HashMap::new() };
        for (ix, flow) in stack.live_flows().filter(|(_, flow)| flows == Flows::All || !flow.is_standby) {
            for data in &flow.data {
                let from = this.vertex(Fact { at: flow.from, data: *data });
                let to = this.vertex(Fact { at: flow.to, data: *data });
                this.graph.add_edge(from, to, ix);
            }
        }
        this
    }

    fn vertex(&mut self, fact: Fact) -> NodeIndex {
        *self.vertices.entry(fact).or_insert_with(|| self.graph.add_node(fact))
    }

    /// The deliveries out of `fact`, by flow.
    #[must_use]
    pub fn out_of(&self, fact: Fact) -> Vec<Delivery> {
        self.beside(fact, Direction::Outgoing)
    }

    /// The deliveries into `fact`, by flow.
    #[must_use]
    pub fn into_fact(&self, fact: Fact) -> Vec<Delivery> {
        self.beside(fact, Direction::Incoming)
    }

    fn beside(&self, fact: Fact, direction: Direction) -> Vec<Delivery> {
        let Some(vertex) = self.vertices.get(&fact) else { return Vec::new() };
        let mut found: Vec<Delivery> = self
            .graph
            .edges_directed(*vertex, direction)
            .map(|edge| {
                let other = if direction == Direction::Outgoing { edge.target() } else { edge.source() };
                Delivery { flow: *edge.weight(), other: self.graph[other] }
            })
            .collect();
        found.sort_by_key(|delivery| delivery.flow);
        found
    }

    /// Whether a delivery leads out of `fact`.
    #[must_use]
    pub fn leaves(&self, fact: Fact) -> bool {
        self.has(fact, Direction::Outgoing)
    }

    /// Whether a delivery leads into `fact`.
    #[must_use]
    pub fn arrives(&self, fact: Fact) -> bool {
        self.has(fact, Direction::Incoming)
    }

    fn has(&self, fact: Fact, direction: Direction) -> bool {
        let vertex = self.vertices.get(&fact);
        vertex.is_some_and(|vertex| self.graph.first_edge(*vertex, direction).is_some())
    }

    /// Every fact that a flow begins or ends at, by system and object.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts: Vec<Fact> = self.graph.node_weights().copied().collect();
        facts.sort_unstable();
        facts
    }

    /// Everything that `sources` reach along deliveries, themselves included, by system and object.
    #[must_use]
    pub fn reached_from(&self, sources: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
        let mut reached: Vec<Fact> = Vec::new();
        let mut seen = vec![false; self.graph.node_count()];
        let mut open: Vec<NodeIndex> = Vec::new();
        for fact in sources {
            match self.vertices.get(&fact) {
                Some(vertex) => open.push(*vertex),
                None => reached.push(fact),
            }
        }
        while let Some(vertex) = open.pop() {
            if !std::mem::replace(&mut seen[vertex.index()], true) {
                reached.push(self.graph[vertex]);
                open.extend(self.graph.neighbors(vertex));
            }
        }
        reached.sort_unstable();
        reached.dedup();
        reached
    }
}
