//! What changed between the results of two stacks: findings, handoffs, single points of failure, stage.

use std::collections::{BTreeMap, BTreeSet};

use super::pairing::{Known, pairs};
use super::stage::{Constraint, Standing, State};
use super::void::is_void;
use super::{Analysis, Finding, Severity, Total};
use crate::model::ProcessId;

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

/// Findings that came, went or stayed, each list in the order of its report. They are paired as [`pairs`] says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindingChanges {
    /// Found before and not now, as they were before.
    pub fixed: Vec<Finding>,
    /// The same, where what they were about is gone or runs no more.
    pub void: Vec<Finding>,
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
    /// Findings by id: new, fixed, and those that stayed.
    pub findings: FindingChanges,
    /// Work and cost of all handoffs, before and now.
    pub handoffs: (Total, Total),
    /// Chains without figures, before and now.
    pub unknown_chains: (usize, usize),
    /// Single points of failure, by process; only where they differ.
    pub single_points: Vec<SinglePointChange>,
    /// The stage, its binding constraint and the criteria that changed.
    pub stage: StageChange,
}

/// What changed from `old` to `new`.
#[must_use]
pub fn diff(old: Side<'_>, new: Side<'_>) -> Diff {
    let (before, now) = (old.analysis.handoffs(), new.analysis.handoffs());
    Diff {
        findings: finding_changes(old.findings, new.findings, new.analysis),
        handoffs: (before.total, now.total),
        unknown_chains: (before.unknown.len(), now.unknown.len()),
        single_points: single_point_changes(old.single_points, new.single_points),
        stage: stage_change(old.standing, new.standing),
    }
}

/// What changed from the findings `old` to `new`, which are those of `analysis`.
#[must_use]
pub fn finding_changes(old: &[Finding], new: &[Finding], analysis: &Analysis<'_>) -> FindingChanges {
    let [then, found] = [old, new].map(|findings| findings.iter().map(known).collect::<Vec<_>>());
    let mut earlier: Vec<Option<&Finding>> = vec![None; new.len()];
    let mut is_found = vec![false; old.len()];
    for (a, b) in pairs(&then, &found) {
        earlier[b] = Some(&old[a]);
        is_found[a] = true;
    }
    let gone = old.iter().zip(is_found).filter(|(_, is_found)| !is_found).map(|(finding, _)| finding.clone());
    let is_void = |finding: &Finding| {
        is_void(&finding.fingerprint, &finding.data, finding.processes.iter().map(ProcessId::as_str), analysis)
    };
    let (void, fixed) = gone.partition(is_void);
    let mut changes = FindingChanges { void, fixed, ..FindingChanges::default() };
    for (finding, earlier) in new.iter().zip(earlier) {
        let Some(earlier) = earlier else {
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

fn known(finding: &Finding) -> Known<'_> {
    Known {
        fingerprint: finding.fingerprint.clone(),
        data: &finding.data,
        severity: Some(finding.severity),
        cost: finding.cost.map(|cost| cost.0),
    }
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
