//! Guesses: the keys under `basis.guessed`, and which findings rest on which of them.
//!
//! A guess is read like any other value, so no figure changes with what is said here.

use std::collections::{BTreeMap, BTreeSet};

use super::outages::find_component;
use super::renames::entries;
use super::roads::touched;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Analysis, Assumption, Component, EntryKind, Finding};
use crate::model::outline::Outline;
use crate::model::{FlowIx, Stack, SystemIx};
use sinew_graph::fixpoint::Derivation;
use sinew_graph::ix::IxSet;
use sinew_graph::reasons::Losses;

/// One key that is a guess.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Guess {
    /// The kind of its entry.
    pub kind: EntryKind,
    /// Id of its entry.
    pub id: String,
    /// The key; `None` where the entry itself is the guess.
    pub key: Option<String>,
}

impl Guess {
    /// Where it stands in the stack file: `flows.draft-to-cms.runs`, or `flows.draft-to-cms` for the flow itself.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.key {
            Some(key) => format!("{}.{}.{key}", self.kind.list(), self.id),
            None => format!("{}.{}", self.kind.list(), self.id),
        }
    }
}

/// All guesses of a stack, by list, entry and key.
#[must_use]
pub fn guesses(stack: &Stack) -> Vec<Guess> {
    let mut all: Vec<Guess> = Vec::new();
    for (kind, id, remarks) in entries(stack) {
        let key = |key: &String| Some(key.clone()).filter(|key| key != kind.as_str());
        all.extend(remarks.guessed().iter().map(|word| Guess { kind, id: id.to_owned(), key: key(word) }));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Each guess as something taken for granted: where it stands, what stands there, and what rests on it: its entry, then
/// the findings, by id. After them what was last confirmed more than a year before `as_of`, by day.
#[must_use]
pub fn assumptions(stack: &Stack, findings: &[Finding]) -> Vec<Assumption> {
    let guesses = guesses(stack);
    let outline = (!guesses.is_empty()).then(|| Outline::of(stack));
    let mut resting: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in findings {
        for path in &finding.rests_on {
            resting.entry(path).or_default().push(finding.id.clone());
        }
    }
    let row = |guess: &Guess| {
        let path = guess.path();
        let words = match &guess.key {
            None => "that it exists".to_owned(),
            Some(key) => {
                let stated = outline.as_ref().and_then(|outline| outline.stated(guess.kind.list(), &guess.id, key));
                stated.unwrap_or_else(|| "not stated".to_owned())
            }
        };
        let mut used_by = resting.get(path.as_str()).cloned().unwrap_or_default();
        used_by.sort_unstable();
        used_by.insert(0, guess.id.clone());
        Assumption::words(&path, words, used_by)
    };
    let mut rows: Vec<Assumption> = guesses.iter().map(row).collect();
    rows.extend(
        unconfirmed(stack)
            .into_iter()
            .map(|(day, ids)| Assumption::words("basis.seen", format!("not confirmed since {day}"), ids)),
    );
    rows
}

/// Entries whose source is more than a year older than `as_of`, by its day; none where the file has no day to count from.
fn unconfirmed(stack: &Stack) -> BTreeMap<Date, Vec<String>> {
    let mut by_day: BTreeMap<Date, Vec<String>> = BTreeMap::new();
    for (_, id, remarks) in entries(stack) {
        let seen = remarks.basis.as_ref().and_then(|basis| basis.seen);
        let Some((seen, today)) = seen.zip(stack.as_of) else { continue };
        // A day beyond the calendar is not older than anything.
        if seen.checked_add(1.year()).is_ok_and(|due| due < today) {
            by_day.entry(seen).or_default().push(id.to_owned());
        }
    }
    by_day
}

/// Keys on which whatever is said of an entry rests: that it is there, what it is, and what it joins.
const ALWAYS: &[&str] = &["from", "to", "data", "through", "status", "standby", "kind", "product", "ai"];

/// Keys that findings of a rule rest on beside those. A rule that is not here rests on every key of its entries.
const READS: &[(&[&str], &[&str])] = &[
    (
        &["manual-handoff", "file-relay", "repeated-entry"],
        &[
            "mechanism",
            "runs",
            "minutes",
            "minutes_per_record",
            "records",
            "error_rate",
            "performer",
            "hourly_rate",
            "makes",
        ],
    ),
    (&["dead-end-output", "unsupplied-need"], &["makes", "needs", "depends_on"]),
    (
        &["single-point-of-failure", "bus-factor"],
        &["makes", "needs", "depends_on", "availability", "outage_cost", "mechanism", "performer", "people"],
    ),
    (&["common-dependency"], &["makes", "needs", "depends_on"]),
    (&["sole-owner"], &["owner", "people", "makes", "needs", "depends_on"]),
    (&["unwatched-flow"], &["watched_by", "mechanism", "makes", "needs", "depends_on"]),
    (&["ai-silo", "missing-feedback"], &["mechanism", "makes"]),
    (&["stale-feed"], &["needs", "makes", "delay", "review"]),
    (&["quota-overrun"], &["mechanism", "runs", "peak", "records", "quotas"]),
    (&["personal-data-to-ai"], &["makes", "personal", "security_review"]),
    (&["unreviewed-content"], &["makes", "content", "audience_facing", "review"]),
    (&["bolted-on-review"], &["review", "content"]),
    (&["shadow-ai", "no-owner", "no-budget-owner", "no-runbook"], &[]),
    (&["no-quality-standard"], &["makes", "content"]),
    (&["review-overdue"], &["vendor_review"]),
    (&["pilot-without-decision"], &["pilot"]),
    (&["model-unwatched"], &["makes"]),
    (&["competing-writers"], &["makes", "master"]),
    (&["contract-ends-soon"], &["contract"]),
];

/// The guesses of a stack, by entry, for whoever asks what rests on them.
pub(super) struct Guesses<'a> {
    analysis: &'a Analysis<'a>,
    by_entry: BTreeMap<(EntryKind, String), Vec<Guess>>,
    /// For the roads of failures, with standby flows and without; nothing where nothing is guessed.
    derivations: Option<[Derivation<'a>; 2]>,
}

impl<'a> Guesses<'a> {
    pub(super) fn of(analysis: &'a Analysis<'a>) -> Self {
        let mut by_entry: BTreeMap<_, Vec<Guess>> = BTreeMap::new();
        for guess in guesses(analysis.stack) {
            by_entry.entry((guess.kind, guess.id.clone())).or_default().push(guess);
        }
        let supply = &analysis.supply;
        let views = || [supply.with_standby(), supply.without_standby()].map(Derivation::new);
        let derivations = (!by_entry.is_empty()).then(views);
        Self { analysis, by_entry, derivations }
    }

    /// The guesses that the evidence of `finding` rests on, as paths, sorted: keys that its rule reads, of what it is about,
    /// of the flows that show it, and of what lies between a failure and the processes that it stops.
    pub(super) fn behind(&self, finding: &Finding) -> Vec<String> {
        let Some(derivations) = &self.derivations else { return Vec::new() };
        let reads = READS.iter().find(|(rules, _)| rules.contains(&finding.rule)).map(|(_, keys)| *keys);
        let is_read = |guess: &&Guess| match (&guess.key, reads) {
            (None, _) | (_, None) => true,
            (Some(key), Some(reads)) => {
                let first = key.split('.').next().unwrap_or(key);
                ALWAYS.contains(&first) || reads.contains(&first)
            }
        };
        let mut found = BTreeSet::new();
        for entry in self.entries_of(finding, derivations) {
            let guesses = self.by_entry.get(&entry).into_iter().flatten();
            found.extend(guesses.filter(is_read).map(Guess::path));
        }
        found.into_iter().collect()
    }

    /// The entries of the stack file that a finding rests on.
    fn entries_of(&self, finding: &Finding, derivations: &[Derivation<'_>; 2]) -> BTreeSet<(EntryKind, String)> {
        let stack = self.analysis.stack;
        let named = finding.fingerprint.entries().map(|(kind, id)| (kind, id.to_owned()));
        let data = finding.data.iter().map(|id| (EntryKind::Data, id.clone()));
        let processes = finding.processes.iter().chain(&*finding.stops).map(|id| (EntryKind::Process, id.to_string()));
        let mut all: BTreeSet<_> = named.chain(data).chain(processes).collect();
        for flow in &finding.flows {
            self.add_flow(*flow, &mut all);
        }
        for component in self.on_the_road(finding, derivations) {
            match component {
                Component::System(ix) => drop(all.insert(system(stack, ix))),
                Component::Team(ix) => drop(all.insert((EntryKind::Team, stack.team(ix).id.to_string()))),
                Component::Flow(ix) => self.add_flow(ix, &mut all),
            }
        }
        all
    }

    /// A flow, what it joins, and who performs it.
    fn add_flow(&self, ix: FlowIx, all: &mut BTreeSet<(EntryKind, String)>) {
        let stack = self.analysis.stack;
        let flow = stack.flow(ix);
        all.insert((EntryKind::Flow, flow.id.to_string()));
        all.extend([flow.from, flow.to].iter().chain(&flow.through).map(|ix| system(stack, *ix)));
        all.extend(flow.performer.map(|team| (EntryKind::Team, stack.team(team).id.to_string())));
    }

    /// What lies on the shortest chains of reasons from what fails to each process that stops by it, or is left to standby
    /// flows.
    fn on_the_road(&self, finding: &Finding, derivations: &[Derivation<'_>; 2]) -> BTreeSet<Component> {
        let (stack, supply) = (self.analysis.stack, &self.analysis.supply);
        let failing: Vec<Component> = match finding.rule {
            "single-point-of-failure" | "bus-factor" | "common-dependency" | "sole-owner" => {
                finding.subjects.iter().filter_map(|id| find_component(stack, supply, id)).collect()
            }
            "unwatched-flow" => finding.flows.iter().map(|flow| Component::Flow(*flow)).collect(),
            _ => return BTreeSet::new(),
        };
        let left = finding.processes.iter().filter(|id| finding.stops.binary_search(id).is_err()).collect();
        let mut found = BTreeSet::new();
        for (derivation, harmed) in derivations.iter().zip([finding.stops.iter().collect::<Vec<_>>(), left]) {
            let harmed: Vec<_> = harmed.into_iter().filter_map(|id| stack.find_process(id.as_str())).collect();
            // Each alone: of flows that nobody watches, none is said to fail together with another.
            for component in failing.iter().filter(|_| !harmed.is_empty()) {
                let failed = supply.label(*component).into_iter().collect();
                let losses = Losses::new(derivation, &failed);
                let mut seen = IxSet::new();
                for process in &harmed {
                    let steps = losses.chain_to_seen(supply.runs(*process), &mut seen);
                    found.extend(steps.iter().flat_map(|step| touched(supply, step)));
                }
            }
        }
        found
    }
}

fn system(stack: &Stack, ix: SystemIx) -> (EntryKind, String) {
    (EntryKind::System, stack.system(ix).id.to_string())
}
