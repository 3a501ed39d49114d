//! What a failure does to processes, as the ledger and the register say it.

use std::sync::Arc;

use crate::analysis::Analysis;
use crate::analysis::Component;
use crate::analysis::ledger::Harm;
use crate::model::{ProcessIx, Stack};

/// What the failure of a component does, off the failures of `analysis`.
pub(super) fn harm_of<'a>(analysis: &'a Analysis<'_>) -> impl Fn(Component) -> Harm + 'a {
    |component| {
        let outage = analysis.outage_of(component);
        Harm { down: outage.processes_down.to_vec(), degraded: outage.processes_degraded.to_vec() }
    }
}

/// Ids of processes, shared between all rows.
pub(super) struct ProcessIds(Vec<Arc<str>>);

impl ProcessIds {
    pub(super) fn of(stack: &Stack) -> Self {
        Self(stack.processes.iter().map(|process| process.id.as_str().into()).collect())
    }

    pub(super) fn list(&self, processes: &[ProcessIx]) -> Vec<Arc<str>> {
        processes.iter().map(|process| self.0[process.at()].clone()).collect()
    }
}
