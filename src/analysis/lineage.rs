//! Where a data object goes and what becomes of it: along flows, and through what is made of it.

use std::collections::BTreeMap;

use super::Analysis;
use crate::analysis::{Deliveries, Fact};
use crate::model::{DataIx, Flow, FlowIx, Stack, SystemIx};
use sinew_graph::shortest::ShortestPaths;

/// One step of a data object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A flow carries the object.
    Carried(FlowIx, DataIx),
    /// The second object is made of the first at the system.
    Made(SystemIx, DataIx, DataIx),
}

/// Which steps are looked at.
pub struct Lineage<'a> {
    stack: &'a Stack,
    deliveries: &'a Deliveries,
    follows_flow: &'a dyn Fn(&Flow) -> bool,
    becomes: &'a dyn Fn(DataIx) -> bool,
}

impl<'a> Lineage<'a> {
    /// The lineage along those of `deliveries` that `follows_flow`, and through live systems into objects that
    /// `becomes` lets in.
    #[must_use]
    pub fn new(
        stack: &'a Stack,
        deliveries: &'a Deliveries,
        follows_flow: &'a dyn Fn(&Flow) -> bool,
        becomes: &'a dyn Fn(DataIx) -> bool,
    ) -> Self {
        Self { stack, deliveries, follows_flow, becomes }
    }

    /// The shortest ways from `sources` to all that they reach.
    #[must_use]
    pub fn from(&self, sources: impl IntoIterator<Item = Fact>) -> ShortestPaths<Fact, Step> {
        ShortestPaths::new(sources, |fact| self.steps_out_of(fact))
    }

    fn steps_out_of(&self, fact: Fact) -> Vec<(Step, Fact)> {
        let carried = self.deliveries.out_of(fact).into_iter().filter(|delivery| {
            let flow = self.stack.flow(delivery.flow);
            (self.follows_flow)(flow)
        });
        let mut steps: Vec<(Step, Fact)> =
            carried.map(|delivery| (Step::Carried(delivery.flow, fact.data), delivery.other)).collect();
        let system = self.stack.system(fact.at);
        if system.is_live() {
            let made = system.makes.iter().filter(|making| making.from.contains(&fact.data));
            let made = made.map(|making| making.data).filter(|data| (self.becomes)(*data));
            steps.extend(made.map(|data| (Step::Made(fact.at, fact.data, data), Fact { at: fact.at, data })));
        }
        steps
    }
}

/// A way as evidence shows it: `Draft: Jasper -> Drive (copy-paste) -> WordPress (api)`; what is made on the way is
/// named where it is made.
#[must_use]
pub fn described(stack: &Stack, from: Fact, steps: &[Step]) -> String {
    let mut words = format!("{}: {}", stack.data_object(from.data).name, stack.system(from.at).name);
    for step in steps {
        match step {
            Step::Carried(flow, _) => {
                let flow = stack.flow(*flow);
                words.push_str(&format!(" -> {} ({})", stack.system(flow.to).name, flow.mechanism.as_str()));
            }
            Step::Made(at, of, data) => {
                let (of, data, at) = (stack.data_object(*of), stack.data_object(*data), stack.system(*at));
                words.push_str(&format!("; {} is made of {} there; {}: {}", data.name, of.name, data.name, at.name));
            }
        }
    }
    words
}

/// The flows among `steps`.
pub fn carried(steps: &[Step]) -> impl Iterator<Item = FlowIx> {
    steps.iter().filter_map(|step| match step {
        Step::Carried(flow, _) => Some(*flow),
        Step::Made(..) => None,
    })
}

/// Where the first of `steps` begins; `end` where there is none.
#[must_use]
pub fn begin(stack: &Stack, steps: &[Step], end: Fact) -> Fact {
    match steps.first() {
        Some(Step::Carried(flow, data)) => Fact { at: stack.flow(*flow).from, data: *data },
        Some(Step::Made(at, of, _)) => Fact { at: *at, data: *of },
        None => end,
    }
}

/// Why each data object counts as personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// The file says so.
    Stated,
    /// It is made of a personal object at a system, and nothing says that it is not.
    Derived {
        /// The personal object of which this one is made.
        of: DataIx,
        /// Where it is made of it.
        at: SystemIx,
    },
}

/// The personal objects: those stated, and those that a live system makes of a personal one, unless stated not to be.
/// Linear in what systems make, but for a logarithm.
#[must_use]
pub fn personal_objects(stack: &Stack) -> BTreeMap<DataIx, Personal> {
    let mut made_of: BTreeMap<DataIx, Vec<(DataIx, SystemIx)>> = BTreeMap::new();
    for (at, system) in stack.live_systems() {
        for making in &system.makes {
            for of in &making.from {
                made_of.entry(*of).or_default().push((making.data, at));
            }
        }
    }
    let stated = stack.all_data().filter(|(_, object)| object.personal == Some(true));
    let mut personal: BTreeMap<DataIx, Personal> = stated.map(|(ix, _)| (ix, Personal::Stated)).collect();
    let mut open: Vec<DataIx> = personal.keys().rev().copied().collect();
    while let Some(of) = open.pop() {
        for (data, at) in made_of.get(&of).into_iter().flatten() {
            if stack.data_object(*data).personal.is_none() && !personal.contains_key(data) {
                personal.insert(*data, Personal::Derived { of, at: *at });
                open.push(*data);
            }
        }
    }
    personal
}

/// What an AI tool puts into the stack: the objects that it makes by itself or counts as the origin of; each once, in
/// order. What people write there is not its own.
#[must_use]
pub fn outputs(analysis: &Analysis<'_>, tool: SystemIx) -> Vec<DataIx> {
    let origins = analysis.supply.assumed_origins();
    let begin = origins.partition_point(|origin| origin.at < tool);
    let assumed = origins[begin..].iter().take_while(|origin| origin.at == tool).map(|origin| origin.data);
    let mut data: Vec<DataIx> = analysis
        .stack
        .system(tool)
        .makes
        .iter()
        .filter(|one| one.is_by_itself())
        .map(|one| one.data)
        .chain(assumed)
        .collect();
    data.sort_unstable();
    data.dedup();
    data
}

/// The content that an AI tool makes or counts as the origin of.
#[must_use]
pub fn content_outputs(analysis: &Analysis<'_>, tool: SystemIx) -> Vec<Fact> {
    let content = outputs(analysis, tool).into_iter().filter(|data| analysis.stack.data_object(*data).is_content());
    content.map(|data| Fact { at: tool, data }).collect()
}
