//! Where the instances of a data object come from: two systems have the same only if they have it from the same origins.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::analysis::Fact;
use crate::model::{DataIx, SystemIx};

/// For some data objects, from which origins every system has them.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    /// Along all regular flows.
    regular: BTreeMap<Fact, BTreeSet<SystemIx>>,
    /// Along automated flows only.
    automated: BTreeMap<Fact, BTreeSet<SystemIx>>,
}

impl Origins {
    /// The origins of `data`: who makes them, and who counts as their origin. Linear in the flows for each origin.
    pub(super) fn of(analysis: &Analysis<'_>, data: &BTreeSet<DataIx>) -> Self {
        let stack = analysis.stack;
        let mut beginnings: BTreeSet<Fact> = analysis.supply.assumed_origins().iter().copied().collect();
        for (at, system) in stack.live_systems() {
            beginnings.extend(system.makes.iter().map(|making| Fact { at, data: making.data }));
        }
        beginnings.retain(|fact| data.contains(&fact.data));
        let mut out: BTreeMap<Fact, Vec<(SystemIx, bool)>> = BTreeMap::new();
        for (_, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_standby) {
            for data in flow.data.iter().filter(|object| data.contains(object)) {
                out.entry(Fact { at: flow.from, data: *data }).or_default().push((flow.to, flow.is_manual()));
            }
        }
        let mut this = Self::default();
        for begin in beginnings {
            for (found, with_manual) in [(&mut this.regular, true), (&mut this.automated, false)] {
                let mut open = vec![begin];
                while let Some(fact) = open.pop() {
                    if found.entry(fact).or_default().insert(begin.at) {
                        let next = out.get(&fact).into_iter().flatten().filter(|(_, manual)| with_manual || !manual);
                        open.extend(next.map(|(to, _)| Fact { at: *to, data: fact.data }));
                    }
                }
            }
        }
        this
    }

    /// Whether `source` has without a person all that `from` has of the object.
    pub(super) fn has_all_of(&self, data: DataIx, source: SystemIx, from: SystemIx) -> bool {
        let none = BTreeSet::new();
        let wanted = self.regular.get(&Fact { at: from, data }).unwrap_or(&none);
        let there = self.automated.get(&Fact { at: source, data }).unwrap_or(&none);
        !wanted.is_empty() && wanted.is_subset(there)
    }
}
