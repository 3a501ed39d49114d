//! What changed between two stacks: systems, flows, findings, handoffs, single points of failure, stage.

use std::collections::{BTreeMap, BTreeSet};

use super::stage::{Constraint, Standing, State};
use super::{Analysis, Effort, Finding, Severity};
use crate::model::{Pairs, pairs};

/// One stack with what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The analysis of the stack, which holds the stack itself.
    pub analysis: &'a Analysis<'a>,
    /// What the rules find in it, in the order of the report.
    pub findings: &'a [Finding],
    /// The stage with all criteria, as the analysis gives it.
    pub standing: &'a Standing,
    /// The components whose failure alone takes a process down, by the id of the process; ids sorted.
    pub single_points: &'a BTreeMap<String, Vec<String>>,
}

/// A key whose value differs; `None` where it is not stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChange {
    /// The key of the stack file.
    pub key: String,
    /// The value before, as the stack file would write it.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
}

/// Entries that came, went or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryChanges {
    /// Ids that are new.
    pub added: Vec<String>,
    /// Ids that are gone.
    pub removed: Vec<String>,
    /// Ids that stayed, with what changed about them.
    pub changed: Vec<(String, Vec<KeyChange>)>,
}

/// Findings that came, went or stayed, each list in the order of its report. They are the same where their ids are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindingChanges {
    /// Found before and not now, as they were before.
    pub fixed: Vec<Finding>,
    /// Found now and not before.
    pub new: Vec<Finding>,
    /// Found before and now, as they are now.
    pub unchanged: Vec<Finding>,
    /// Of the unchanged ones, those whose severity moved: id, before, now.
    pub moved: Vec<(String, Severity, Severity)>,
    /// Of the unchanged ones, the ids of those accepted now and not before.
    pub newly_accepted: Vec<String>,
    /// Of the unchanged ones, the ids of those no longer accepted.
    pub no_longer_accepted: Vec<String>,
}

/// Single points of failure that a process gained and lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinglePointChange {
    /// The process, by its id in both stacks.
    pub process: String,
    /// Its new single points of failure.
    pub added: Vec<String>,
    /// Those that are none any more.
    pub removed: Vec<String>,
}

/// The stage before and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageChange {
    /// The stage before and the stage now, 1 to 5.
    pub stage: (u8, u8),
    /// The binding constraint before and now.
    pub constraint: (Option<Constraint>, Option<Constraint>),
    /// Criteria whose state changed: id, before, now.
    pub criteria: Vec<(&'static str, State, State)>,
}

/// What changed from one stack to another, list by list.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// Systems by id: added, removed, and changed with their keys.
    pub systems: EntryChanges,
    /// Flows. One without an id of its own is another flow where its ends or objects change.
    pub flows: EntryChanges,
    /// Findings by id: new, fixed, and those that stayed.
    pub findings: FindingChanges,
    /// Work and cost of all handoffs, before and now.
    pub handoffs: (Effort, Effort),
    /// Chains without figures, before and now.
    pub unknown_chains: (usize, usize),
    /// Single points of failure, by process; only where they differ.
    pub single_points: Vec<SinglePointChange>,
    /// The stage, its binding constraint and the criteria that changed.
    pub stage: StageChange,
}

impl Diff {
    /// Whether no list holds a change; findings that stayed are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let no_entries = |entries: &EntryChanges| *entries == EntryChanges::default();
        let findings = &self.findings;
        no_entries(&self.systems)
            && no_entries(&self.flows)
            && *findings == FindingChanges { unchanged: findings.unchanged.clone(), ..FindingChanges::default() }
            && self.handoffs.0 == self.handoffs.1
            && self.unknown_chains.0 == self.unknown_chains.1
            && self.single_points.is_empty()
            && self.stage.stage.0 == self.stage.stage.1
            && self.stage.constraint.0 == self.stage.constraint.1
            && self.stage.criteria.is_empty()
    }
}

/// What changed from `old` to `new`.
#[must_use]
pub fn diff(old: Side<'_>, new: Side<'_>) -> Diff {
    let systems = |side: Side<'_>| -> BTreeMap<String, Pairs> {
        let stack = side.analysis.stack;
        let ids = stack.ids();
        stack.systems.iter().map(|system| (system.id.to_string(), pairs(&ids, system))).collect()
    };
    let flows = |side: Side<'_>| -> BTreeMap<String, Pairs> {
        let stack = side.analysis.stack;
        let ids = stack.ids();
        stack.flows.iter().map(|flow| (flow.id.to_string(), pairs(&ids, flow))).collect()
    };
    let (before, now) = (&old.analysis.handoffs, &new.analysis.handoffs);
    Diff {
        systems: entry_changes(&systems(old), &systems(new)),
        flows: entry_changes(&flows(old), &flows(new)),
        findings: finding_changes(old.findings, new.findings),
        handoffs: (before.total, now.total),
        unknown_chains: (before.unknown.len(), now.unknown.len()),
        single_points: single_point_changes(old.single_points, new.single_points),
        stage: stage_change(old.standing, new.standing),
    }
}

fn entry_changes(old: &BTreeMap<String, Pairs>, new: &BTreeMap<String, Pairs>) -> EntryChanges {
    let missing = |these: &BTreeMap<String, Pairs>, those: &BTreeMap<String, Pairs>| {
        these.keys().filter(|id| !those.contains_key(*id)).cloned().collect()
    };
    let both = old.iter().filter_map(|(id, before)| Some((id, before, new.get(id)?)));
    let changed = both.filter(|(_, before, now)| before != now);
    EntryChanges {
        added: missing(new, old),
        removed: missing(old, new),
        changed: changed.map(|(id, before, now)| (id.clone(), key_changes(before, now))).collect(),
    }
}

/// The keys that differ, in the order of the file now, then those that are gone.
fn key_changes(before: &Pairs, now: &Pairs) -> Vec<KeyChange> {
    let find =
        |fields: &Pairs, key: &str| fields.iter().find(|(known, _)| *known == key).map(|(_, value)| value.line());
    let mut keys: Vec<&str> = now.iter().map(|(key, _)| &**key).collect();
    keys.extend(before.iter().map(|(key, _)| &**key).filter(|key| find(now, key).is_none()));
    let changes =
        keys.into_iter().map(|key| KeyChange { key: key.to_owned(), old: find(before, key), new: find(now, key) });
    changes.filter(|change| change.old != change.new).collect()
}

/// What changed from the findings `old` to `new`; also the answer to which of `new` a baseline does not have.
#[must_use]
pub fn finding_changes(old: &[Finding], new: &[Finding]) -> FindingChanges {
    let before: BTreeMap<&str, &Finding> = old.iter().map(|finding| (finding.id.as_str(), finding)).collect();
    let now: BTreeSet<&str> = new.iter().map(|finding| finding.id.as_str()).collect();
    let mut changes = FindingChanges {
        fixed: old.iter().filter(|finding| !now.contains(finding.id.as_str())).cloned().collect(),
        ..FindingChanges::default()
    };
    for finding in new {
        let Some(earlier) = before.get(finding.id.as_str()) else {
            changes.new.push(finding.clone());
            continue;
        };
        if earlier.severity != finding.severity {
            changes.moved.push((finding.id.clone(), earlier.severity, finding.severity));
        }
        match (earlier.is_accepted, finding.is_accepted) {
            (false, true) => changes.newly_accepted.push(finding.id.clone()),
            (true, false) => changes.no_longer_accepted.push(finding.id.clone()),
            _ => {}
        }
        changes.unchanged.push(finding.clone());
    }
    changes
}

fn single_point_changes(
    old: &BTreeMap<String, Vec<String>>,
    new: &BTreeMap<String, Vec<String>>,
) -> Vec<SinglePointChange> {
    let processes: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let of = |all: &BTreeMap<String, Vec<String>>, process: &String| -> BTreeSet<String> {
        all.get(process).into_iter().flatten().cloned().collect()
    };
    let changes = processes.into_iter().map(|process| {
        let (before, now) = (of(old, process), of(new, process));
        SinglePointChange {
            process: process.clone(),
            added: now.difference(&before).cloned().collect(),
            removed: before.difference(&now).cloned().collect(),
        }
    });
    changes.filter(|change| !change.added.is_empty() || !change.removed.is_empty()).collect()
}

fn stage_change(old: &Standing, new: &Standing) -> StageChange {
    let states = new.criteria.iter().filter_map(|now| Some((now.id, old.criterion(now.id)?.state, now.state)));
    StageChange {
        stage: (old.stage, new.stage),
        constraint: (old.constraint, new.constraint),
        criteria: states.filter(|(_, before, now)| before != now).collect(),
    }
}
