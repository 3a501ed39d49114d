//! Former ids: which entry of an earlier stack is which entry of this one, by what `was` says.

use std::collections::BTreeMap;

use super::EntryKind;
use crate::model::{Remarks, Stack};

/// The present ids of entries that had others, by kind and former id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames(BTreeMap<(EntryKind, String), String>);

impl Renames {
    /// What `was` says in `stack`, of an earlier one in which `had` tells what there was. A former id that something has
    /// now stays its own, and an entry that had its id there already had it from no other: `was` may stay in the file
    /// after a rename. Where two entries claim one former id, the first by id has it.
    #[must_use]
    pub fn of(stack: &Stack, had: impl Fn(EntryKind, &str) -> bool) -> Self {
        let mut renames = BTreeMap::new();
        for (kind, id, remarks) in entries(stack) {
            if remarks.was.is_empty() || had(kind, id) {
                continue;
            }
            for former in remarks.was.iter().filter(|former| !has(stack, kind, former)) {
                renames.entry((kind, former.clone())).or_insert_with(|| id.to_owned());
            }
        }
        Self(renames)
    }

    /// The present id of what was called `id`, where that is another.
    #[must_use]
    pub fn new_id(&self, kind: EntryKind, id: &str) -> Option<&str> {
        self.0.get(&(kind, id.to_owned())).map(String::as_str)
    }

    /// The present id of what was called `id`.
    #[must_use]
    pub fn id_now(&self, kind: EntryKind, id: &str) -> String {
        self.new_id(kind, id).unwrap_or(id).to_owned()
    }
}

fn has(stack: &Stack, kind: EntryKind, id: &str) -> bool {
    match kind {
        EntryKind::System => stack.find_system(id).is_some(),
        EntryKind::Team => stack.find_team(id).is_some(),
        EntryKind::Data => stack.find_data(id).is_some(),
        EntryKind::Process => stack.find_process(id).is_some(),
        EntryKind::Flow => stack.find_flow(id).is_some(),
    }
}

fn entries(stack: &Stack) -> impl Iterator<Item = (EntryKind, &str, &Remarks)> {
    let systems = stack.systems.iter().map(|one| (EntryKind::System, one.id.as_str(), &one.remarks));
    let teams = stack.teams.iter().map(|one| (EntryKind::Team, one.id.as_str(), &one.remarks));
    let data = stack.data.iter().map(|one| (EntryKind::Data, one.id.as_str(), &one.remarks));
    let processes = stack.processes.iter().map(|one| (EntryKind::Process, one.id.as_str(), &one.remarks));
    let flows = stack.flows.iter().map(|one| (EntryKind::Flow, one.id.as_str(), &one.remarks));
    systems.chain(teams).chain(data).chain(processes).chain(flows)
}
