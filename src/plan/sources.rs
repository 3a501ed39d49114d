//! From where an object really comes, where carriers only pass it on.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Analysis, Fact};
use crate::model::SystemIx;

/// Where objects come from, each looked for once.
#[derive(Debug, Default)]
pub(super) struct Sources(BTreeMap<Fact, Vec<SystemIx>>);

impl Sources {
    /// As [`sources`].
    pub(super) fn of(&mut self, analysis: &Analysis<'_>, fact: Fact) -> &[SystemIx] {
        self.0.entry(fact).or_insert_with(|| sources(analysis, fact))
    }
}

/// From where a carrier has an object that is used there, over carriers that only pass it: systems that are no carrier,
/// and carriers that make it or get it from nowhere; by id. Empty for a system that is none, or that makes it.
#[must_use]
fn sources(analysis: &Analysis<'_>, fact: Fact) -> Vec<SystemIx> {
    let stack = analysis.stack;
    let begins = |fact: Fact| {
        let system = stack.system(fact.at);
        !system.is_carrier()
            || !analysis.regular().arrives(fact)
            || system.makes.iter().any(|making| making.data == fact.data)
    };
    if begins(fact) {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::from([fact]);
    let mut open = vec![fact];
    while let Some(fact) = open.pop() {
        for before in analysis.regular().into_fact(fact).into_iter().map(|delivery| delivery.other) {
            if begins(before) {
                found.insert(before.at);
            } else if seen.insert(before) {
                open.push(before);
            }
        }
    }
    found.into_iter().collect()
}
