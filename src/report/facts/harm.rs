//! What a failure does to processes, as the ledger and the register say it.

use std::sync::Arc;

use crate::analysis::Analysis;
use crate::analysis::Component;
use crate::analysis::ledger::Harm;
use crate::model::{ProcessIx, Stack};

use crate::report::facts::StackOverview;
use crate::report::say::document::Line;

/// What the failure of a component does, off the failures of `analysis`.
pub(super) fn harm_of<'a>(analysis: &'a Analysis<'_>) -> impl Fn(Component) -> Harm + 'a {
    |component| {
        let outage = analysis.outage_of(component);
        Harm { down: outage.processes_down.clone(), degraded: outage.processes_degraded.clone() }
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

/// Processes that are named before the rest is counted.
const NAMED: usize = 3;

/// `stops launch, scoring; degrades reporting`; `nothing` where nothing is harmed.
pub(super) fn harm_line(stack: &StackOverview, down: &[Arc<str>], degraded: &[Arc<str>]) -> Line {
    let some = |verb: &str, ids: &[Arc<str>]| {
        let mut words = stack.names.processes_of(&ids[..ids.len().min(NAMED)]).join(", ");
        if ids.len() > NAMED {
            words.push_str(&format!(" and {} more", ids.len() - NAMED));
        }
        format!("{verb} {words}")
    };
    let parts = [("stops", down), ("degrades", degraded)];
    let said: Vec<String> =
        parts.iter().filter(|(_, ids)| !ids.is_empty()).map(|(verb, ids)| some(verb, ids)).collect();
    Line::of(if said.is_empty() { "nothing".to_owned() } else { said.join("; ") })
}
