//! What changed between two stacks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::moved::{Moved, Results};
use crate::analysis::outages::{component_id, find_component};
use crate::analysis::stage::standing;
use crate::analysis::{self, Analysis, Component, EntryKind, Renames, Total, aligned, diff};
use crate::model::Stack;
use crate::model::outline::{self, Outline};
use crate::report::facts::Names;
use crate::report::facts::Range;
use crate::report::facts::Report;
use crate::report::facts::StackOverview;
use crate::report::facts::finding::{self, Finding};
use crate::report::facts::stage::ConstraintWord;
use crate::report::say::listed_few;
use crate::source::{Source, Span};

/// What changed from one stack to another: what the file says, key by key, and every computed figure with the change
/// that moved it. Ids are those of the new file; `was` tells which entry was which.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "sinew diff")]
pub struct Diff {
    /// Version of this format.
    pub sinew: u32,
    /// The stack as it was.
    pub old: StackOverview,
    /// The stack as it is.
    pub new: StackOverview,
    /// Whether any key of any entry differs; `was` itself is none.
    pub changed: bool,
    /// What has another id, as `was` says.
    pub renamed: Vec<Renamed>,
    /// Entries of which one went and one came that states nearly the same: if they are one, `was: OLD` at the new one says
    /// so. Until then they count as removed and added.
    pub perhaps_renamed: Vec<Renamed>,
    /// What differs in the file: settings in its order, then entries by list and id.
    pub changes: Vec<Change>,
    /// Every computed figure that differs, by path in `report.json`; `rest` where several are left out.
    pub figures: Vec<Figure>,
    /// How many changes were not tried alone, because there are too many: what they moved is not told apart.
    pub untried: usize,
    /// How many changes were tried without a plan, for want of work: which of the plan's figures they move is not told apart.
    pub unplanned: usize,
    /// Maturity stage and what blocks it, on both sides.
    pub stage: StageChange,
    /// All findings of the two stacks, accepted ones included.
    pub findings: FindingChanges,
    /// All handoffs together, before and now.
    pub handoffs: HandoffChange,
    /// Processes that cannot run, before and now.
    pub cannot_run: IdleChange,
    /// Single points of failure, by process; only where they differ.
    pub single_points: Vec<SinglePointChange>,
}

/// An entry that has another id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Renamed {
    /// What it is: `system`, `team`, `data`, `process` or `flow`.
    pub kind: &'static str,
    /// Its former id.
    pub old: String,
    /// Its id now.
    pub new: String,
}

/// One difference between the two files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// What figures name it by: its list, entry and key, joined by dots.
    pub id: String,
    /// The list of the entry, such as `systems`; null for a setting of the file.
    pub list: Option<String>,
    /// Id of the entry; null for a setting of the file.
    pub entry: Option<String>,
    /// The key, within another joined by a dot (`plan.budget`); null where a whole entry came or went.
    pub key: Option<String>,
    /// What stood there; null where nothing did.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
    /// What it moved, as far as that was found.
    pub moved: Moves,
}

/// What a change moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Moves {
    /// At least one figure.
    Figures,
    /// No figure.
    Nothing,
    /// Not known: it cannot be made alone, or was not tried.
    NotKnown,
}

/// A computed figure that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// Where `report.json` has it, entries of lists in brackets by their id.
    pub path: String,
    /// Its value before; null where there was no such figure. Of lists that are too long together it is said how many
    /// entries each has and which of them only this side has; they are compared whole.
    pub old: Option<String>,
    /// Its value now; null where there is none.
    pub new: Option<String>,
    /// Whether the value before is at least so much: some of what it sums has no figures.
    pub old_at_least: bool,
    /// Whether the value now is at least so much.
    pub new_at_least: bool,
    /// The changes that move it, each tried alone; empty where only several together do, or where that was not tried.
    pub by: Vec<String>,
    /// How many changes were not tried for it: where there are some, others than those under `by` may move it too.
    pub untried: usize,
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
    pub criteria: Vec<StateChange>,
}

/// Something whose word changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StateChange {
    /// Id of the entry, criterion or process that changed.
    pub id: String,
    /// The state in the old file.
    pub old: &'static str,
    /// The state in the new file.
    pub new: &'static str,
}

/// Findings that came, went or stayed, accepted ones among them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FindingChanges {
    /// No longer found; locations are those of the old file.
    pub fixed: Vec<Finding>,
    /// No longer found, because what they were about is gone or runs no more.
    pub void: Vec<Finding>,
    /// Found now and not before.
    pub new: Vec<Finding>,
    /// Found before and now, by id.
    pub unchanged: Vec<String>,
    /// Of the unchanged ones, those whose severity changed.
    pub moved: Vec<StateChange>,
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
    /// Hours of work a year of what has figures; null where there are handoffs and none has.
    pub hours: Option<Range>,
    /// Hours a year to fix what went wrong.
    pub error_hours: Option<Range>,
    /// What costs of them are known, a year; null where there are handoffs and no cost is known.
    pub cost: Option<Range>,
    /// How many handoffs have no hours.
    pub unknown: usize,
}

/// Processes that do not run even if nothing fails, in both files, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IdleChange {
    /// Those of the old file.
    pub old: Vec<String>,
    /// Those of the new file.
    pub new: Vec<String>,
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
    /// What stands in for those of `removed` that are still there, where one more failure stops the process.
    pub covers: Vec<Cover>,
    /// Whether it runs in the new file as long as nothing fails: nothing stops a process that does not run, which is no gain. Null
    /// where the new file does not have it.
    pub runs: Option<bool>,
}

/// What a process falls back on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cover {
    /// The component that no longer stops it alone.
    pub point: String,
    /// The components each of which stops it if that one has failed.
    pub by: Vec<String>,
    /// The systems among these that have no owner.
    pub unowned: Vec<String>,
}

impl SinglePointChange {
    /// What the process falls back on now, in words: `ChatGPT → Marketo: Copy (by hand) and ChatGPT (no owner)`.
    #[must_use]
    pub fn covered_by(&self, names: &Names) -> Option<String> {
        let mut told: Vec<String> = Vec::new();
        for cover in &self.covers {
            for id in &cover.by {
                let how = match names.flows.get(id) {
                    Some(flow) if flow.is_manual => " (by hand)",
                    None if cover.unowned.contains(id) => " (no owner)",
                    _ => "",
                };
                let words = format!("{}{how}", names.component(id));
                if !told.contains(&words) {
                    told.push(words);
                }
            }
        }
        (!told.is_empty()).then(|| listed_few(&told, NAMED_COVERS))
    }
}

/// Components that are named of what a process falls back on; of more, the rest is counted.
const NAMED_COVERS: usize = 4;

/// What stands in for each of `removed` in the new stack, where the process runs.
fn covers(analysis: &Analysis<'_>, process: &str, removed: &[String]) -> Vec<Cover> {
    let stack = analysis.stack;
    let runs = stack.find_process(process).filter(|ix| analysis.runs(*ix));
    let points = removed.iter().filter_map(|id| Some((id, find_component(stack, &analysis.supply, id)?)));
    let points: Vec<(&String, Component)> = points.collect();
    let Some(process) = runs.filter(|_| !points.is_empty()) else { return Vec::new() };
    let sets = &analysis.resilience()[process.at()].cut_sets;
    let other = |set: &[Component], point: Component| match *set {
        [a, b] if a == point => Some(b),
        [a, b] if b == point => Some(a),
        _ => None,
    };
    let cover = |(id, point): (&String, Component)| {
        let by: Vec<Component> = sets.iter().filter_map(|set| other(set, point)).collect();
        let is_unowned = |one: &&Component| match one {
            Component::System(ix) => stack.system(*ix).owner.is_none(),
            _ => false,
        };
        let ids = |components: &mut dyn Iterator<Item = &Component>| -> Vec<String> {
            components.map(|one| component_id(stack, *one).to_owned()).collect()
        };
        let unowned = ids(&mut by.iter().filter(is_unowned));
        (!by.is_empty()).then(|| Cover { point: id.clone(), by: ids(&mut by.iter()), unowned })
    };
    points.into_iter().filter_map(cover).collect()
}

/// One of the two files: the stack, and the text that it was read from.
pub type Side<'a> = (&'a Stack, &'a Source);

impl Diff {
    /// What changed from `old` to `new`.
    #[must_use]
    pub fn of(old: Side<'_>, new: Side<'_>) -> Self {
        let aligned = aligned(old.0, new.0);
        let before = Outline::of(&aligned.stack);
        let now = Outline::of(new.0);
        let mut differences = before.changes(&now);
        differences.sort_by_key(|change| change.list.is_some());
        let source = aligned.source.as_ref().unwrap_or(old.1);
        let results = [Results::of(&aligned.stack, source), Results::of(new.0, new.1)];
        let moved = Moved::between(&before, &now, &differences, [&results[0], &results[1]]);
        let ids = aligned.flows.iter().map(|(old, new)| Change {
            id: format!("flows.{new}.id"),
            list: Some("flows".to_owned()),
            entry: Some(new.clone()),
            key: Some("id".to_owned()),
            old: Some(old.clone()),
            new: Some(new.clone()),
            moved: Moves::Nothing,
        });
        let told = differences.iter().zip(&moved.moves).map(|(change, moved)| change_of(change, *moved));
        let changes: Vec<Change> = told.chain(ids).collect();
        let renamed = aligned.renames.all().map(|(kind, old, new)| Renamed {
            kind: kind.as_str(),
            old: old.to_owned(),
            new: new.to_owned(),
        });
        let renamed: Vec<Renamed> = renamed.collect();
        // A flow whose id is made of its ends follows these by itself.
        let has_own_id = |stack: &Stack, id: &str| stack.find_flow(id).is_some_and(|ix| stack.flow(ix).has_own_id);
        let is_asked =
            |list: &str, was: &str, id: &str| list != "flows" || (has_own_id(old.0, was) && has_own_id(new.0, id));
        let alike = before.alike(&now).into_iter().filter(|(list, was, id)| is_asked(list, was, id));
        let perhaps =
            alike.filter_map(|(list, old, new)| Some(Renamed { kind: EntryKind::of_list(&list)?.as_str(), old, new }));
        // Where ids are other ones, places are looked up in the file as it was.
        let original = aligned.source.is_some().then(|| Analysis::of(old.0).findings());
        Self {
            changed: !changes.is_empty(),
            changes,
            figures: moved.figures,
            untried: moved.untried,
            unplanned: moved.unplanned,
            perhaps_renamed: perhaps.collect(),
            ..Self::results([&results[0], &results[1]], [old, new], original.as_deref(), renamed, &aligned.renames)
        }
    }

    /// The same without the figures one by one and the plan, for whoever cannot wait: what differs in the file, and stage,
    /// findings, handoffs and single points before and now. Its `figures` are empty, and what a change moved is not known.
    #[must_use]
    pub fn at_once(old: Side<'_>, new: Side<'_>) -> Self {
        let aligned = aligned(old.0, new.0);
        let mut differences = Outline::of(&aligned.stack).changes(&Outline::of(new.0));
        differences.sort_by_key(|change| change.list.is_some());
        let source = aligned.source.as_ref().unwrap_or(old.1);
        let results = [Results::of(&aligned.stack, source), Results::of(new.0, new.1)];
        let original = aligned.source.is_some().then(|| Analysis::of(old.0).findings());
        let changes: Vec<Change> = differences.iter().map(|change| change_of(change, Moves::NotKnown)).collect();
        Self {
            changed: !changes.is_empty(),
            untried: changes.len(),
            changes,
            ..Self::results([&results[0], &results[1]], [old, new], original.as_deref(), Vec::new(), &aligned.renames)
        }
    }

    fn results(
        results: [&Results<'_>; 2],
        [old, new]: [Side<'_>; 2],
        original: Option<&[analysis::Finding]>,
        renamed: Vec<Renamed>,
        renames: &Renames,
    ) -> Self {
        let standings = results.map(|one| standing(&one.analysis, &one.findings));
        let points = results.map(|one| single_points(&one.analysis));
        let runs = results.map(|one| runs(&one.analysis));
        let idle = |at: usize| runs[at].iter().filter(|(_, runs)| !**runs).map(|(id, _)| (*id).to_owned()).collect();
        let cannot_run = IdleChange { old: idle(0), new: idle(1) };
        let side = |at: usize| diff::Side {
            analysis: &results[at].analysis,
            findings: &results[at].findings,
            standing: &standings[at],
            single_points: &points[at],
        };
        let found = diff::diff(side(0), side(1));
        let sum = |total: Total, unknown: usize| HandoffSum {
            hours: total.hours.map(Range::from),
            error_hours: total.error_hours.map(Range::from),
            cost: total.cost.map(Range::from),
            unknown,
        };
        let stage = found.stage;
        let word = |constraint: Option<analysis::stage::Constraint>| constraint.map(|constraint| constraint.as_str());
        let placed = |findings: Vec<analysis::Finding>| in_place(findings, original, renames);
        Self {
            sinew: Report::VERSION,
            old: StackOverview::of(old.0),
            new: StackOverview::of(new.0),
            changed: false,
            renamed,
            changes: Vec::new(),
            figures: Vec::new(),
            untried: 0,
            unplanned: 0,
            perhaps_renamed: Vec::new(),
            stage: StageChange {
                old: stage.stage.0,
                new: stage.stage.1,
                old_constraint: word(stage.constraint.0),
                new_constraint: word(stage.constraint.1),
                criteria: stage
                    .criteria
                    .into_iter()
                    .map(|(id, old, new)| StateChange { id: id.to_owned(), old: old.as_str(), new: new.as_str() })
                    .collect(),
            },
            findings: findings(
                diff::FindingChanges {
                    fixed: placed(found.findings.fixed),
                    void: placed(found.findings.void),
                    ..found.findings
                },
                (results[0].analysis.stack, old.1),
                new,
            ),
            handoffs: HandoffChange {
                old: sum(found.handoffs.0, found.unknown_chains.0),
                new: sum(found.handoffs.1, found.unknown_chains.1),
            },
            cannot_run,
            single_points: found
                .single_points
                .into_iter()
                .map(|of| SinglePointChange {
                    runs: runs[1].get(of.process.as_str()).copied(),
                    covers: covers(&results[1].analysis, &of.process, &of.removed),
                    process: of.process,
                    added: of.added,
                    removed: of.removed,
                })
                .collect(),
        }
    }
}

/// `findings` at the places that they have in `original`, the findings of the file as it was.
fn in_place(
    mut findings: Vec<analysis::Finding>,
    original: Option<&[analysis::Finding]>,
    renames: &Renames,
) -> Vec<analysis::Finding> {
    let Some(original) = original else { return findings };
    for finding in &mut findings {
        let is_it = |one: &&analysis::Finding| {
            one.fingerprint.renamed(|kind, id| renames.new_id(kind, id)) == finding.fingerprint
        };
        finding.place = original.iter().find(is_it).map_or(Span::default(), |one| one.place);
    }
    findings
}

fn change_of(change: &outline::Change, moved: Moves) -> Change {
    Change {
        id: change.path.parts().join("."),
        list: change.list.clone(),
        entry: change.entry().map(str::to_owned),
        key: change.key(),
        old: change.old.clone(),
        new: change.new.clone(),
        moved,
    }
}

/// Whether each process runs as long as nothing fails, by id.
fn runs<'s>(analysis: &Analysis<'s>) -> BTreeMap<&'s str, bool> {
    let processes = analysis.stack.all_processes();
    processes.map(|(ix, process)| (process.id.as_str(), analysis.runs(ix))).collect()
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

fn findings(changes: diff::FindingChanges, old: Side<'_>, new: Side<'_>) -> FindingChanges {
    let moved = changes.moved.into_iter();
    FindingChanges {
        fixed: finding::findings(&changes.fixed, old.0, old.1),
        void: finding::findings(&changes.void, old.0, old.1),
        new: finding::findings(&changes.new, new.0, new.1),
        unchanged: changes.unchanged.into_iter().map(|finding| finding.id).collect(),
        moved: moved.map(|(id, old, new)| StateChange { id, old: old.as_str(), new: new.as_str() }).collect(),
        newly_accepted: changes.newly_accepted,
        no_longer_accepted: changes.no_longer_accepted,
    }
}
