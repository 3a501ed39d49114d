//! One page for each AI tool and each single point of failure: what to know when it is down.

use std::collections::BTreeSet;

use crate::analysis::outages::component_id;
use crate::analysis::roads::{Standby, roads_within, standby_in_use};
use crate::analysis::{self, Analysis};
use crate::analysis::{Component, Fact};
use crate::model::{FlowIx, Process, ProcessIx, Stack, System, SystemIx, TeamIx};
use crate::report::say::{Figure, counted, grouped, listed_few};

use crate::report::facts::assumption::length;

/// Lines of one list that all pages hold together before those of a page are cut to an even share.
const LINES: usize = 100_000;

/// Lines of one list that a page has room for in any case.
const LINES_EACH: usize = 40;

/// How many lines a list of each of so many pages has room for. What is longer ends with the number of those left out.
fn share(pages: usize) -> usize {
    (LINES / pages.max(1)).max(LINES_EACH)
}

/// The systems that get a page: live AI tools, and systems whose failure takes a process down or degrades one; by id.
#[must_use]
pub fn subjects(analysis: &Analysis<'_>) -> Vec<SystemIx> {
    let is_point = |ix: SystemIx| {
        let outage = analysis.outage_of(Component::System(ix));
        !outage.processes_down.is_empty() || !outage.processes_degraded.is_empty()
    };
    let live = analysis.stack.live_systems();
    live.filter(|(ix, system)| system.is_ai() || is_point(*ix)).map(|(ix, _)| ix).collect()
}

/// The page of one system.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The id of the system.
    pub system: String,
    /// What it is called.
    pub name: String,
    /// What stops, and what an hour of it costs.
    pub first: String,
    /// What to do while it is down, and how long what stops may stand still.
    pub what_to_do: Vec<Advice>,
    /// Processes that stop, each with the shortest chain of reasons.
    pub stops: Vec<Told>,
    /// Processes that run on standby, each with the standby flows that it uses.
    pub degrades: Vec<Told>,
    /// Copies of data that are no longer refreshed and that a process needs.
    pub stale: Vec<Stale>,
    /// How many more there are than the page has room for.
    pub stale_left_out: usize,
    /// Names of systems that no longer get something.
    pub starved: Vec<String>,
    /// Who has to know.
    pub contacts: Vec<String>,
    /// What is known of how often and how costly this is, and what is not.
    pub known: Vec<String>,
}

/// One thing to do or to know at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Path or link of the runbook to follow.
    Runbook(String),
    /// A sentence, where there is no link.
    Words(String),
}

/// A process with what there is to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The name of the process.
    pub process: String,
    /// Sentences about it, in the order of the chain of reasons.
    pub lines: Vec<String>,
}

/// A copy of data that goes stale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The name of the data object.
    pub data: String,
    /// The name of the system that holds the copy.
    pub at: String,
    /// The age from which it is too old; not known without `max_age`.
    pub max_age: Option<String>,
    /// The name of the process that needs it.
    pub process: String,
}

/// The pages of all of them.
#[must_use]
pub fn pages(analysis: &Analysis<'_>) -> Vec<Page> {
    let subjects = subjects(analysis);
    let room = share(subjects.len());
    subjects.into_iter().map(|ix| page(analysis, ix, room)).collect()
}

/// The page of one system, none of whose lists has more lines than there is room for.
#[must_use]
pub fn page(analysis: &Analysis<'_>, ix: SystemIx, room: usize) -> Page {
    let outage = analysis.outage_of(Component::System(ix));
    let about = About { analysis, stack: analysis.stack, ix, outage, room };
    let (stale, stale_left_out) = about.goes_stale();
    Page {
        system: about.system().id.to_string(),
        name: about.system().name.to_string(),
        first: about.first_sentence(),
        what_to_do: about.what_to_do(),
        stops: about.stops_now(),
        degrades: about.degrades(),
        stale,
        stale_left_out,
        starved: about.outage.systems_starved.iter().map(|ix| about.stack.system(*ix).name.to_string()).collect(),
        contacts: about.contacts(),
        known: about.known(),
    }
}

struct About<'a> {
    analysis: &'a Analysis<'a>,
    stack: &'a Stack,
    ix: SystemIx,
    outage: &'a analysis::Outage,
    /// Lines of a list.
    room: usize,
}

impl About<'_> {
    fn system(&self) -> &System {
        self.stack.system(self.ix)
    }

    /// A cost of the failure, of which a part may not be known.
    fn cost(&self, amount: f64) -> String {
        Figure::least_if(self.outage.is_cost_least(), amount).money(self.stack.currency.as_deref())
    }

    fn listed<T: AsRef<str>>(&self, names: &[T]) -> String {
        listed_few(names, self.room)
    }

    /// How to be told what a page has no room for.
    fn command(&self) -> String {
        format!("sinew outage STACK --without {}", self.system().id)
    }

    /// As many lines as there is room for, and one that counts the others as `what`.
    fn shortened(&self, mut lines: Vec<String>, what: [&str; 2]) -> Vec<String> {
        if lines.len() > self.room + 1 {
            let more = counted(lines.len() - self.room, what[0], what[1]);
            lines.truncate(self.room);
            lines.push(format!("{more} not listed here: {}", self.command()));
        }
        lines
    }

    fn process_name(&self, ix: ProcessIx) -> &str {
        &self.stack.process(ix).name
    }

    fn first_sentence(&self) -> String {
        let names = |processes: &[ProcessIx]| -> Vec<String> {
            processes.iter().map(|ix| self.process_name(*ix).to_owned()).collect()
        };
        let down = &self.outage.processes_down;
        let degraded = &self.outage.processes_degraded;
        let mut words = match (down.len(), degraded.len()) {
            (0, 0) if self.outage.facts_lost.is_empty() => "Nothing stops and nothing is lost.".to_owned(),
            (0, 0) => "No process stops.".to_owned(),
            (0, 1) => format!("No process stops; {} runs on standby.", self.listed(&names(degraded))),
            (0, _) => format!("No process stops; {} run on standby.", self.listed(&names(degraded))),
            (1, _) => format!("{} stops.", self.listed(&names(down))),
            _ => format!("{} stop.", self.listed(&names(down))),
        };
        if !down.is_empty() {
            words.push_str(&match self.outage.cost_per_hour {
                Some(cost) => {
                    format!(" It costs {} per hour.", self.cost(cost.0))
                }
                None => " The cost per hour is not known.".to_owned(),
            });
        }
        words
    }

    fn what_to_do(&self) -> Vec<Advice> {
        let mut advice = vec![match &self.system().runbook {
            Some(runbook) => Advice::Runbook(runbook.clone()),
            None => Advice::Words("No runbook is stated: write one.".to_owned()),
        }];
        let down = self.outage.processes_down.iter().map(|ix| self.stack.process(*ix));
        let tolerant = down.filter_map(|process| Some((process, process.tolerates?))).map(|(process, tolerates)| {
            let written = tolerates.to_string();
            let length = length(&written).unwrap_or(written);
            format!("{} can be down for {length} without harm.", process.name)
        });
        let tolerant = self.shortened(tolerant.collect(), ["more such process is", "more such processes are"]);
        advice.extend(tolerant.into_iter().map(Advice::Words));
        advice
    }

    fn stops_now(&self) -> Vec<Told> {
        let failed = [Component::System(self.ix)];
        let down = &self.outage.processes_down;
        let roads = roads_within(self.stack, &self.analysis.supply, &failed, down, self.room);
        let told = |road: analysis::roads::Road| Told {
            process: self.process_name(road.process).to_owned(),
            lines: road.steps,
        };
        let mut told: Vec<Told> = roads.into_iter().map(told).collect();
        told.extend(self.untold(down.len() - told.len()));
        told
    }

    /// What stands for processes of which there is no room to say why.
    fn untold(&self, processes: usize) -> Option<Told> {
        let words = counted(processes, "more process", "more processes");
        (processes > 0)
            .then(|| Told { process: words, lines: vec![format!("For the reasons, run: {}", self.command())] })
    }

    fn degrades(&self) -> Vec<Told> {
        let failed = [Component::System(self.ix)];
        let all = &self.outage.processes_degraded;
        let shown = &all[..all.len().min(self.room)];
        let in_use = standby_in_use(self.stack, &self.analysis.supply, &failed, shown);
        let mut room = self.room;
        let mut told = Vec::new();
        for (ix, used) in shown.iter().zip(in_use) {
            if room == 0 {
                break;
            }
            let mut lines: Vec<String> = used.iter().take(room).map(|one| self.standby_of(*one)).collect();
            if used.len() > room {
                lines.push(format!("and {} more", grouped((used.len() - room) as f64)));
            }
            room = room.saturating_sub(lines.len().max(1));
            told.push(Told { process: self.process_name(*ix).to_owned(), lines });
        }
        told.extend(self.untold(all.len() - told.len()));
        told
    }

    fn standby_of(&self, one: Standby) -> String {
        match one {
            Standby::Flow(flow) => self.standby(flow),
            Standby::Making(at, entry) => self.standby_making(at, entry),
        }
    }

    fn standby(&self, ix: FlowIx) -> String {
        let flow = self.stack.flow(ix);
        let by = match flow.performer.filter(|_| flow.is_manual()) {
            Some(team) => format!(", by {}", self.stack.team(team).name),
            None if flow.is_manual() => ", performer not stated".to_owned(),
            None => String::new(),
        };
        let data: Vec<&str> = flow.data.iter().map(|data| self.stack.data_object(*data).name.as_str()).collect();
        let (from, to) = (&self.stack.system(flow.from).name, &self.stack.system(flow.to).name);
        format!("{}: {} from {from} to {to} ({}{by})", flow.id, self.listed(&data), flow.mechanism.as_str())
    }

    fn standby_making(&self, at: SystemIx, entry: usize) -> String {
        let system = self.stack.system(at);
        let making = &system.makes[entry];
        let by = making.by.map(|team| format!(" by {}", self.stack.team(team).name)).unwrap_or_default();
        format!("{} is made at {}{by}", self.stack.data_object(making.data).name, system.name)
    }

    /// What processes need and no longer get: the copy that is there goes stale.
    fn goes_stale(&self) -> (Vec<Stale>, usize) {
        let lost: BTreeSet<&Fact> = self.outage.facts_lost.iter().collect();
        let down: BTreeSet<&SystemIx> = self.outage.systems_down.iter().collect();
        let (mut stale, mut left_out) = (Vec::new(), 0);
        for process in &self.stack.processes {
            for need in process.data_needs() {
                let is_stale = lost.contains(&Fact { at: need.at, data: need.data }) && !down.contains(&need.at);
                if is_stale && stale.len() >= self.room {
                    left_out += 1;
                } else if is_stale {
                    stale.push(Stale {
                        data: self.stack.data_object(need.data).name.to_string(),
                        at: self.stack.system(need.at).name.to_string(),
                        max_age: need.max_age.map(|age| age.to_string()),
                        process: process.name.to_string(),
                    });
                }
            }
        }
        (stale, left_out)
    }

    fn contacts(&self) -> Vec<String> {
        let team = |ix: Option<TeamIx>| ix.map_or("no owner", |ix| self.stack.team(ix).name.as_str());
        let mut items = vec![format!("Owner of {}: {}", self.system().name, team(self.system().owner))];
        if let Some(vendor) = &self.system().facts.vendor {
            items.push(format!("Vendor: {vendor}"));
        }
        let mut owners = Vec::new();
        let processes: Vec<&Process> = (self.outage.processes_down.iter())
            .chain(&self.outage.processes_degraded)
            .map(|ix| self.stack.process(*ix))
            .collect();
        for process in processes {
            owners.push(format!("Owner of {}: {}", process.name, team(process.owner)));
        }
        items.extend(self.shortened(owners, ["more owner of a process is", "more owners of processes are"]));
        let mut owners = Vec::new();
        let down = self.outage.systems_down.iter().filter(|ix| **ix != self.ix);
        for system in down.map(|ix| self.stack.system(*ix)) {
            owners.push(format!("Owner of {}, which goes down too: {}", system.name, team(system.owner)));
        }
        items.extend(self.shortened(owners, ["more owner of a system is", "more owners of systems are"]));
        items
    }

    fn known(&self) -> Vec<String> {
        let mut items = Vec::new();
        if self.system().availability.is_none() {
            items.push("How often this happens is not known: no `availability` is stated.".to_owned());
        }
        if !self.outage.cost_unknown.is_empty() {
            let unpriced = self.outage.cost_unknown.iter().map(|ix| self.stack.process(*ix).name.as_str());
            let unpriced: Vec<&str> = unpriced.collect();
            let part = if self.outage.is_cost_least() { "A part of the cost per hour is" } else { "Cost per hour" };
            items.push(format!("{part} not known: no `outage_cost` is stated for {}.", self.listed(&unpriced)));
        }
        if let Some(cost) = self.outage.expected_cost.filter(|cost| cost.0 > 0.0) {
            let id = component_id(self.stack, Component::System(self.ix));
            items.push(format!("Outages of {id} are expected to cost {} a year.", self.cost(cost.0)));
        }
        items
    }
}
