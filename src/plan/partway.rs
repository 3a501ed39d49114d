//! The stack once some of the plan is done.

use std::collections::BTreeMap;

use super::building::{Site, Trace};
use super::candidates::Candidate;
use super::making::Plan;
use crate::analysis::Analysis;
use crate::model::Stack;

/// A stack on its way to the target.
#[derive(Clone, Debug)]
pub struct Partway {
    /// The stack as it is then.
    pub stack: Stack,
    /// What has happened to its flows by then, by id.
    pub traces: BTreeMap<String, Trace>,
}

impl Plan {
    /// The number of its last wave; 0 where it builds nothing.
    #[must_use]
    pub fn last_wave(&self) -> usize {
        self.items.iter().map(|item| item.wave).max().unwrap_or(0)
    }

    /// The stack once the waves up to `wave`, counted from 1, are done; `analysis` is that of the stack that was planned for.
    #[must_use]
    pub fn after_wave(&self, analysis: &Analysis<'_>, wave: usize) -> Partway {
        let done = self.items.iter().filter(|item| item.wave <= wave);
        let done: Vec<&Candidate> = done.map(|item| self.candidate(item)).collect();
        let site = Site::of(analysis, &self.links);
        let built = site.build(&done);
        Partway { traces: site.traces(&done, &built), stack: built.stack }
    }
}
