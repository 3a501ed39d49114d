//! Random stacks of any size in the shape of real ones, as AND/OR graphs; the same seed gives the same stack.
//!
//! Systems stand in domains of fifty; within a domain flows favor a few hubs (the square of a uniform number), and one
//! in ten crosses to another domain's hub. Four flows per system, one to three objects each, of those the source has.
//! One flow in eight runs against an earlier one (a synchronization, hence a loop), one in twelve beside one (a parallel
//! flow), a quarter through shared middleware, one in seven by hand, some of those by a team of one. Three systems in
//! ten depend on a shared vendor, most vendors on one of three clouds. One system in eight makes objects, and one step in
//! thirty derives an object from two or three others.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use sinew_graph::and_or::{AndOrGraph, FactIx, LabelIx, PlaceIx};

struct Random(SplitMix64);

impl Random {
    /// Uniform below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// Below `bound`, the lower the likelier.
    fn skewed(&mut self, bound: usize) -> usize {
        let uniform = (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        (uniform * uniform * bound as f64) as usize
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

const DOMAIN: usize = 50;

/// A stack while it grows.
struct Stack {
    random: Random,
    graph: AndOrGraph,
    systems: usize,
    teams: usize,
    kinds: usize,
    /// Object and fact of what each system has, in order of arrival.
    has: Vec<Vec<(usize, FactIx)>>,
    /// Source, target and objects of each flow.
    flows: Vec<(usize, usize, Vec<usize>)>,
}

/// A stack of `flow_count` flows: labels are its systems, then its flows, then its teams of one; the last facts are its
/// processes.
pub(crate) fn stack(flow_count: usize, seed: u64) -> AndOrGraph {
    let systems = (flow_count / 4).max(DOMAIN);
    let teams = systems / 20 + 1;
    let mut stack = Stack {
        random: Random(SplitMix64::seed_from_u64(seed)),
        graph: AndOrGraph::new(systems + flow_count + teams),
        systems,
        teams,
        kinds: 40 + flow_count / 200,
        has: vec![Vec::new(); systems],
        flows: Vec::new(),
    };
    stack.add_systems();
    for _ in 0..flow_count {
        stack.add_flow();
        if stack.random.percent(3) {
            stack.derive_object();
        }
    }
    stack.add_processes();
    stack.graph
}

impl Stack {
    /// The last systems are clouds, those before them vendors, and before those stands middleware.
    fn add_systems(&mut self) {
        let vendors = 8 + self.systems / 500;
        let first_cloud = self.systems - 3;
        let first_vendor = first_cloud - vendors;
        for system in 0..self.systems {
            let mut labels = vec![system];
            if system < first_vendor && self.random.percent(30) {
                labels.push(first_vendor + self.random.skewed(vendors));
            }
            if labels[labels.len() - 1] >= first_vendor && system < first_cloud && self.random.percent(70) {
                labels.push(first_cloud + self.random.skewed(3));
            }
            self.graph.add_place(labels.into_iter().map(LabelIx::new));
        }
        for system in 0..self.systems {
            if self.random.percent(12) {
                for _ in 0..=self.random.below(2) {
                    let object = self.random.below(self.kinds);
                    self.make(system, object, &[]);
                }
            }
        }
    }

    fn make(&mut self, system: usize, object: usize, body: &[FactIx]) {
        let fact = self.fact(system, object);
        self.graph.add_rule(fact, body.iter().copied(), []);
    }

    fn fact(&mut self, system: usize, object: usize) -> FactIx {
        let has = &mut self.has[system];
        if let Some(&(_, fact)) = has.iter().find(|&&(known, _)| known == object) {
            return fact;
        }
        let fact = self.graph.add_fact(PlaceIx::new(system));
        has.push((object, fact));
        fact
    }

    /// A system of the domain that begins at `first`, its hubs more often.
    fn system_in(&mut self, first: usize) -> usize {
        let size = DOMAIN.min(self.systems - first);
        first + self.random.skewed(size)
    }

    fn add_flow(&mut self) {
        let kind = self.random.below(24);
        if kind < 5 && !self.flows.is_empty() {
            let earlier = self.random.below(self.flows.len());
            let (from, to, objects) = self.flows[earlier].clone();
            // three in five against the earlier flow, two beside it
            return if kind < 3 { self.connect(to, from, objects) } else { self.connect(from, to, objects) };
        }
        let domain = self.random.below(self.systems.div_ceil(DOMAIN)) * DOMAIN;
        let mut from = self.system_in(domain);
        for _ in 0..8 {
            if self.has[from].is_empty() {
                from = self.system_in(domain);
            }
        }
        let target_domain =
            if self.random.percent(10) { self.random.below(self.systems.div_ceil(DOMAIN)) * DOMAIN } else { domain };
        let mut to = self.system_in(target_domain);
        if to == from {
            to = (from + 1) % self.systems;
        }
        if self.has[from].is_empty() {
            let object = self.random.below(self.kinds);
            self.make(from, object, &[]);
        }
        let mut objects = Vec::new();
        for _ in 0..=self.random.skewed(3) {
            let has = self.has[from].len();
            let (object, _) = self.has[from][self.random.below(has)];
            if !objects.contains(&object) {
                objects.push(object);
            }
        }
        self.connect(from, to, objects);
    }

    fn connect(&mut self, from: usize, to: usize, objects: Vec<usize>) {
        let mut labels = vec![LabelIx::new(self.systems + self.flows.len())];
        if self.random.percent(25) {
            let count = 3 + self.systems / 400;
            let first = self.systems.saturating_sub(3 + 8 + self.systems / 500 + count);
            let middleware = first + self.random.skewed(count);
            labels.extend_from_slice(self.graph.place_labels(PlaceIx::new(middleware)));
        }
        if self.random.percent(4) {
            labels.push(LabelIx::new(self.graph.label_count() - 1 - self.random.below(self.teams)));
        }
        for &object in &objects {
            let body = self.fact(from, object);
            let head = self.fact(to, object);
            self.graph.add_rule(head, [body], labels.iter().copied());
        }
        self.flows.push((from, to, objects));
    }

    /// One system makes an object from two or three that it has.
    fn derive_object(&mut self) {
        let domain = self.random.below(self.systems.div_ceil(DOMAIN)) * DOMAIN;
        let system = self.system_in(domain);
        let has = &self.has[system];
        if has.len() < 3 {
            return;
        }
        let first = self.random.below(has.len() - 2);
        let body: Vec<FactIx> = has[first..].iter().take(2 + self.random.below(2)).map(|&(_, fact)| fact).collect();
        let object = self.random.below(self.kinds);
        self.make(system, object, &body);
    }

    /// One process for twenty systems, each with two to four needs in its domain.
    fn add_processes(&mut self) {
        let everywhere = self.graph.add_place([]);
        for number in 0..self.systems / 20 {
            let domain = number * 20 / DOMAIN * DOMAIN;
            let mut needs = Vec::new();
            for _ in 0..2 + self.random.below(3) {
                let system = self.system_in(domain);
                let has = &self.has[system];
                if !has.is_empty() {
                    needs.push(has[self.random.below(has.len())].1);
                }
            }
            let process = self.graph.add_fact(everywhere);
            self.graph.add_rule(process, needs, []);
        }
    }
}
