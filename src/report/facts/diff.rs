//! What changed between two stacks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::outages::component_id;
use crate::analysis::stage::standing;
use crate::analysis::{self, Analysis, Effort, diff};
use crate::report::facts::Range;
use crate::report::facts::Report;
use crate::report::facts::StackOverview;
use crate::report::facts::finding::{self, Finding};
use crate::report::facts::stage::ConstraintWord;
use crate::source::Source;

/// One of the two stacks.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The stack of one side, with everything computed from it.
    pub analysis: &'a Analysis<'a>,
    /// All findings of that stack, accepted ones included.
    pub findings: &'a [analysis::Finding],
    /// The text of its file.
    pub source: &'a Source,
}

/// What changed from one stack to another. Ids tell what is the same.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "sinew diff")]
pub struct Diff {
    /// Version of this format.
    pub sinew: u32,
    /// The stack as it was.
    pub old: StackOverview,
    /// The stack as it is.
    pub new: StackOverview,
    /// Whether anything at all changed.
    pub changed: bool,
    /// Maturity stage and what blocks it, on both sides.
    pub stage: StageChange,
    /// Systems added, removed and changed, by id.
    pub systems: EntryChanges,
    /// Flows. One without an id of its own is another flow where its ends or objects change.
    pub flows: EntryChanges,
    /// All findings of that stack, accepted ones included.
    pub findings: FindingChanges,
    /// All handoffs together, before and now.
    pub handoffs: HandoffChange,
    /// Single points of failure, by process; only where they differ.
    pub single_points: Vec<SinglePointChange>,
}

/// The stage before and now.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StageChange {
    /// The stage before, 1 to 5.
    pub old: u8,
    /// The stage of the new file, 1 to 5.
    pub new: u8,
    /// What held the stack before.
    #[schemars(with = "Option<ConstraintWord>")]
    pub old_constraint: Option<&'static str>,
    /// What holds it now.
    #[schemars(with = "Option<ConstraintWord>")]
    pub new_constraint: Option<&'static str>,
    /// Criteria whose state changed.
    pub criteria: Vec<Moved>,
}

/// Something whose word changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moved {
    /// Id of the entry, criterion or process that changed.
    pub id: String,
    /// The state in the old file.
    pub old: &'static str,
    /// The state in the new file.
    pub new: &'static str,
}

/// Entries that came, went or changed, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EntryChanges {
    /// Those that are new.
    pub added: Vec<String>,
    /// Those that are gone.
    pub removed: Vec<String>,
    /// Those that stayed and changed.
    pub changed: Vec<EntryChange>,
}

/// What changed about one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EntryChange {
    /// Id of the entry, criterion or process that changed.
    pub id: String,
    /// Its keys whose values changed.
    pub keys: Vec<KeyChange>,
}

/// A key whose value changed; null where it is not stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeyChange {
    /// The key of the stack file.
    pub key: String,
    /// Its value in the old file; `None` where it was not stated.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
}

/// Findings that came, went or stayed, accepted ones among them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FindingChanges {
    /// No longer found; locations are those of the old file.
    pub fixed: Vec<Finding>,
    /// Found now and not before.
    pub new: Vec<Finding>,
    /// Found before and now, by id.
    pub unchanged: Vec<String>,
    /// Of the unchanged ones, those whose severity changed.
    pub moved: Vec<Moved>,
    /// Of the unchanged ones, those accepted now and not before.
    pub newly_accepted: Vec<String>,
    /// Of the unchanged ones, those accepted before and not now.
    pub no_longer_accepted: Vec<String>,
}

/// All handoffs before and now.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HandoffChange {
    /// Totals of the old file.
    pub old: HandoffSum,
    /// Totals of the new file.
    pub new: HandoffSum,
}

/// All handoffs of one stack.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HandoffSum {
    /// Hours of work a year.
    pub hours: Range,
    /// Hours a year to fix what went wrong.
    pub error_hours: Range,
    /// What both cost a year.
    pub cost: Range,
    /// How many chains have no figures.
    pub unknown: usize,
}

/// Single points of failure that a process gained and lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SinglePointChange {
    /// Id of the process whose single points changed.
    pub process: String,
    /// Components that stop it alone only in the new file.
    pub added: Vec<String>,
    /// Those that are none any more.
    pub removed: Vec<String>,
}

impl Diff {
    /// What changed from `old` to `new`.
    #[must_use]
    pub fn of(old: Side<'_>, new: Side<'_>) -> Self {
        let standings = [old, new].map(|side| standing(side.analysis, side.findings));
        let points = [old, new].map(|side| single_points(side.analysis));
        let found = diff::diff(
            diff::Side {
                analysis: old.analysis,
                findings: old.findings,
                standing: &standings[0],
                single_points: &points[0],
            },
            diff::Side {
                analysis: new.analysis,
                findings: new.findings,
                standing: &standings[1],
                single_points: &points[1],
            },
        );
        let changed = !found.is_empty();
        let sum = |effort: Effort, unknown: usize| HandoffSum {
            hours: effort.hours.into(),
            error_hours: effort.error_hours.into(),
            cost: effort.cost.into(),
            unknown,
        };
        let stage = found.stage;
        let word = |constraint: Option<analysis::stage::Constraint>| constraint.map(|constraint| constraint.as_str());
        Self {
            sinew: Report::VERSION,
            old: StackOverview::of(old.analysis.stack),
            new: StackOverview::of(new.analysis.stack),
            changed,
            stage: StageChange {
                old: stage.stage.0,
                new: stage.stage.1,
                old_constraint: word(stage.constraint.0),
                new_constraint: word(stage.constraint.1),
                criteria: stage
                    .criteria
                    .into_iter()
                    .map(|(id, old, new)| Moved { id: id.to_owned(), old: old.as_str(), new: new.as_str() })
                    .collect(),
            },
            systems: entries(found.systems),
            flows: entries(found.flows),
            findings: findings(found.findings, old.source, new.source),
            handoffs: HandoffChange {
                old: sum(found.handoffs.0, found.unknown_chains.0),
                new: sum(found.handoffs.1, found.unknown_chains.1),
            },
            single_points: found
                .single_points
                .into_iter()
                .map(|of| SinglePointChange { process: of.process, added: of.added, removed: of.removed })
                .collect(),
        }
    }
}

/// The components whose failure alone takes a process down, by process.
fn single_points(analysis: &Analysis<'_>) -> BTreeMap<String, Vec<String>> {
    let stack = analysis.stack;
    let mut points: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for outage in analysis.outages() {
        let ids = outage.components.iter().map(|component| component_id(stack, *component));
        for id in ids {
            for process in &outage.processes_down {
                points.entry(stack.process(*process).id.to_string()).or_default().push(id.to_owned());
            }
        }
    }
    points.values_mut().for_each(|ids| ids.sort_unstable());
    points
}

fn entries(changes: diff::EntryChanges) -> EntryChanges {
    let key = |of: diff::KeyChange| KeyChange { key: of.key, old: of.old, new: of.new };
    let changed = changes.changed.into_iter();
    EntryChanges {
        added: changes.added,
        removed: changes.removed,
        changed: changed.map(|(id, keys)| EntryChange { id, keys: keys.into_iter().map(key).collect() }).collect(),
    }
}

fn findings(changes: diff::FindingChanges, old: &Source, new: &Source) -> FindingChanges {
    let moved = changes.moved.into_iter();
    FindingChanges {
        fixed: finding::findings(&changes.fixed, old),
        new: finding::findings(&changes.new, new),
        unchanged: changes.unchanged.into_iter().map(|finding| finding.id).collect(),
        moved: moved.map(|(id, old, new)| Moved { id, old: old.as_str(), new: new.as_str() }).collect(),
        newly_accepted: changes.newly_accepted,
        no_longer_accepted: changes.no_longer_accepted,
    }
}
