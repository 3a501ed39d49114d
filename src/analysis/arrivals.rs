//! Which data objects live flows bring to a system or through it, and on which ways.

use std::collections::BTreeMap;

use super::Analysis;
use crate::analysis::Fact;
use crate::analysis::lineage::{Lineage, Personal, Step, begin, described};
use crate::model::{DataIx, FlowIx, Stack, SystemIx};
use sinew_graph::shortest::ShortestPaths;

/// The shortest ways of data objects from where they originate, along all live flows.
pub struct Arrivals<'s> {
    stack: &'s Stack,
    reached: ShortestPaths<Fact, Step>,
}

/// Flows that a way names at either end where it is longer.
const ENDS: usize = 8;

impl<'s> Arrivals<'s> {
    /// Those of the objects that `is_wanted` lets in. Linear in the deliveries of these, but for a logarithm.
    #[must_use]
    pub fn of(analysis: &Analysis<'s>, is_wanted: &dyn Fn(DataIx) -> bool) -> Self {
        let stack = analysis.stack;
        let made = stack
            .live_systems()
            .flat_map(|(at, system)| system.makes.iter().map(move |making| Fact { at, data: making.data }));
        let sources = made.chain(analysis.supply.assumed_origins().iter().copied());
        let mut sources: Vec<Fact> = sources.filter(|fact| is_wanted(fact.data)).collect();
        sources.sort_unstable();
        Self { stack, reached: Lineage::new(stack, analysis.deliveries(), &|_| true, &|_| false).from(sources) }
    }

    /// What arrives at the systems that `is_asked` lets in, or runs through them: each object with the flow with which its
    /// shortest way ends, by system and object.
    #[must_use]
    pub fn at(&self, is_asked: &dyn Fn(SystemIx) -> bool) -> BTreeMap<SystemIx, BTreeMap<DataIx, FlowIx>> {
        let mut arriving: BTreeMap<SystemIx, BTreeMap<DataIx, FlowIx>> = BTreeMap::new();
        for (ix, flow) in self.stack.live_flows() {
            for data in flow.data.iter().filter(|data| self.reached.reaches(Fact { at: flow.from, data: **data })) {
                // What runs through a system reaches it as well.
                for system in std::iter::once(flow.to).chain(flow.through.iter().copied()) {
                    if is_asked(system) {
                        let best = arriving.entry(system).or_default().entry(*data).or_insert(ix);
                        if self.length(*data, ix) < self.length(*data, *best) {
                            *best = ix;
                        }
                    }
                }
            }
        }
        arriving
    }

    fn length(&self, data: DataIx, last: FlowIx) -> usize {
        self.before(data, last).len()
    }

    /// The steps to where `last` begins.
    fn before(&self, data: DataIx, last: FlowIx) -> Vec<Step> {
        self.reached.path_to(Fact { at: self.stack.flow(last).from, data }).unwrap_or_default()
    }

    /// All flows of the shortest way of `data` that ends with `last`.
    #[must_use]
    pub fn flows(&self, data: DataIx, last: FlowIx) -> Vec<FlowIx> {
        crate::analysis::lineage::carried(&self.before(data, last)).chain([last]).collect()
    }

    /// The same way as evidence shows it.
    #[must_use]
    pub fn described(&self, data: DataIx, last: FlowIx) -> String {
        self.told(data, last, usize::MAX)
    }

    /// The same, with at most eight flows at either end; those between are counted.
    #[must_use]
    pub fn described_briefly(&self, data: DataIx, last: FlowIx) -> String {
        self.told(data, last, ENDS)
    }

    fn told(&self, data: DataIx, last: FlowIx, ends: usize) -> String {
        let mut steps = self.before(data, last);
        let origin = begin(self.stack, &steps, Fact { at: self.stack.flow(last).from, data });
        steps.push(Step::Carried(last, data));
        briefly(self.stack, origin, &steps, ends)
    }
}

/// A way as evidence shows it, with at most `ends` steps at either end; those between are counted.
#[must_use]
fn briefly(stack: &Stack, origin: Fact, steps: &[Step], ends: usize) -> String {
    let between = steps.len().saturating_sub(ends.saturating_mul(2));
    if between == 0 {
        return described(stack, origin, steps);
    }
    let (first, rest) = steps.split_at(ends);
    let rest = &rest[between..];
    let after = begin(stack, rest, origin);
    let flows = if between == 1 { "flow" } else { "flows" };
    format!("{} -> {between} {flows} more -> {}", described(stack, origin, first), described(stack, after, rest))
}

/// The same way with eight steps at either end.
#[must_use]
pub fn way_in_brief(stack: &Stack, origin: Fact, steps: &[Step]) -> String {
    briefly(stack, origin, steps, ENDS)
}

/// Why an object counts as personal that nobody called so: what it is made of, back to what is stated; nothing where it is
/// stated itself, or not personal.
#[must_use]
pub fn why_personal(stack: &Stack, personal: &BTreeMap<DataIx, Personal>, data: DataIx) -> String {
    let mut words = String::new();
    let mut object = data;
    while let Some(Personal::Derived { of, at }) = personal.get(&object) {
        let (name, at) = (&stack.data_object(object).name, &stack.system(*at).name);
        words.push_str(&format!("; {name} is made of {} at {at}", stack.data_object(*of).name));
        object = *of;
    }
    if object != data {
        words.push_str(&format!(", which is personal, and {} is not stated otherwise", stack.data_object(data).name));
    }
    words
}
