//! Jobs as flows: from each system that a job reads to each other system that it writes.

use std::collections::{BTreeMap, BTreeSet};

use super::dataset::{Dataset, Places};
use super::events::{Found, Job};
use crate::catalog::{Expected, Kind};
use crate::import::clean::LeftOut;
use crate::import::draft::EntryKey;
use crate::import::drafting::{Drafting, StatedFlow};
use crate::import::problem::Fault;
use crate::import::reading::{File, Reading};
use crate::import::recognise::{self, Named};
use crate::model::Mechanism;

/// Objects of one flow that are told one by one; more are told by what the job writes.
const OBJECTS: usize = 4;

/// Systems on each side of one job.
const SYSTEMS: usize = 40;
/// Flows of one file, as its jobs tell them.
const FLOWS: usize = 50_000;

/// By namespace and name of a job what the first file that names it gave, and whether that moves anything.
pub(super) type Told = BTreeMap<(String, String), (Vec<EntryKey>, bool)>;

/// Makes the draft of one file.
pub(super) fn draft(
    file: &File<'_>,
    found: Found,
    places: &Places,
    told: &mut Told,
    left_out: &mut LeftOut,
) -> Reading {
    let mut maker = Maker {
        drafting: Drafting::new(*file, "openlineage"),
        places,
        told: BTreeSet::new(),
        engines: BTreeMap::new(),
        flows: 0,
        is_cut: false,
    };
    let jobs = found.jobs.len();
    for ((namespace, name), job) in &found.jobs {
        let key = (namespace.clone(), name.clone());
        match told.get(&key) {
            Some((entries, moves)) => maker.events(name, job.events, entries, *moves),
            None => drop(told.insert(key, maker.job(namespace, name, job))),
        }
    }
    for at in found.others {
        maker.drafting.dropped("other event", &at, "it tells of no job");
    }
    let is_cut = maker.is_cut;
    let mut reading = Reading { draft: maker.drafting.draft, ..Reading::default() };
    reading.faults = found.faults.into_iter().map(|fault| fault.cleaned(left_out)).collect();
    if is_cut {
        let message = format!("of a job {SYSTEMS} systems on each side are read, and of a file {FLOWS} flows");
        reading.faults.push(Fault::new("too-many-flows", message).help("export the events of fewer jobs"));
    }
    reading.units.insert("jobs", jobs);
    reading
}

struct Maker<'a> {
    drafting: Drafting<'a>,
    places: &'a Places,
    /// Systems that an event has told of.
    told: BTreeSet<EntryKey>,
    /// By what runs jobs: the tool that it is.
    engines: BTreeMap<String, Option<Named>>,
    /// Flows that were made, and whether there are more.
    flows: usize,
    is_cut: bool,
}

/// Datasets of one system.
type Ends = BTreeMap<String, (Named, BTreeSet<String>)>;

impl Maker<'_> {
    fn ends(&mut self, datasets: &BTreeSet<Dataset>, at: &str) -> (Ends, Vec<EntryKey>) {
        let (mut ends, mut entries) = (Ends::new(), Vec::new());
        for dataset in datasets {
            let (named, called) = self.places.system(&dataset.namespace);
            entries.push(self.drafting.system(&named, at));
            if let Some(system) = self.drafting.draft.systems.get_mut(&named.key) {
                system.called = system.called.take().or(called);
            }
            ends.entry(named.key.clone()).or_insert_with(|| (named, BTreeSet::new())).1.insert(dataset.object());
        }
        entries.sort();
        entries.dedup();
        (ends, entries)
    }

    /// What a job reads and writes; what that gives, and whether anything moves.
    fn job(&mut self, namespace: &str, name: &str, job: &Job) -> (Vec<EntryKey>, bool) {
        let at = format!("job {name}");
        let (inputs, mut entries) = self.ends(&job.inputs, &at);
        let (outputs, more) = self.ends(&job.outputs, &at);
        entries.extend(more);
        let by = &job.integration;
        let through = self.engines.entry(by.clone()).or_insert_with(|| engine(by)).clone();
        self.is_cut |= inputs.len() > SYSTEMS || outputs.len() > SYSTEMS || self.flows >= FLOWS;
        let mut moves = false;
        for (key, (to, written)) in outputs.iter().take(SYSTEMS) {
            for (_, (from, read)) in inputs.iter().filter(|(other, _)| *other != key).take(SYSTEMS) {
                if self.flows >= FLOWS {
                    break;
                }
                self.flows += 1;
                let to_business = recognise::kind(to).is_some_and(|kind| !is_store(kind));
                let mechanism = if to_business { Mechanism::ReverseEtl } else { Mechanism::Etl };
                let mut flow = StatedFlow::new(from, to, mechanism);
                flow.data =
                    if read.len() <= OBJECTS { read.clone() } else { written.iter().take(OBJECTS).cloned().collect() };
                flow.runs = job.runs();
                flow.through = through.clone().filter(|tool| ![&from.key, &to.key].contains(&&tool.key));
                if flow.through.is_none() {
                    flow.guesses.push(("mechanism", "lineage says that a job moves it, not with what"));
                }
                entries.extend(self.drafting.flow(flow, &at, &format!("{namespace}/{name}/{}/{}", from.name, to.name)));
                moves = true;
            }
        }
        self.events(name, job.events, &entries, moves);
        if outputs.is_empty() && !inputs.is_empty() {
            let names: Vec<&str> = inputs.values().map(|(named, _)| named.name.as_str()).take(3).collect();
            let ask = format!("Where does the job \"{name}\" bring what it reads from {}?", names.join(", "));
            self.drafting.ask(4, ("output", name), ask, None, &[]);
        }
        (entries, moves)
    }

    /// The events of a job, each of which gives what the job gives.
    fn events(&mut self, name: &str, events: usize, entries: &[EntryKey], moves: bool) {
        let at = format!("job {name}");
        // The first event that names a system gives it; the others say the same, so that one entry is enough of them.
        let is_news = entries.iter().any(|entry| !self.told.contains(entry));
        self.told.extend(entries.iter().cloned());
        for event in 0..events {
            if event == 0 && (moves || is_news) {
                self.drafting.gave(entries.to_vec());
            } else if moves {
                self.drafting.gave(entries[..1].to_vec());
            } else if entries.is_empty() {
                self.drafting.dropped("event", &at, "the job names no dataset");
            } else {
                self.drafting.dropped("event", &at, "it moves nothing from one system to another");
            }
        }
    }
}

/// The tool that runs a job, where it is one that moves data.
fn engine(integration: &str) -> Option<Named> {
    let known = recognise::tool(integration, Expected::Tool).filter(|named| named.guess.is_none())?;
    recognise::kind(&known).is_some_and(Kind::is_middleware).then_some(known)
}

/// Whether data is kept there, or carried on, for others to work with.
fn is_store(kind: Kind) -> bool {
    kind.is_middleware() || matches!(kind, Kind::Warehouse | Kind::FileShare | Kind::Cdp | Kind::Other)
}
