//! What the ids of a report stand for: names, domains, and which systems a flow joins.

use std::collections::BTreeMap;

use crate::model::{Flow, Stack};
use crate::report::say::{listed, listed_few};
use crate::source::words::spaced;

/// Data objects that a sentence or a line names; of more, the rest is counted.
const NAMED_OBJECTS: usize = 3;

/// Names of everything that a report speaks of by id. An id that is not here is shown as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Names of systems, by id of the stack file.
    pub systems: BTreeMap<String, SystemName>,
    /// Ends and data of flows, by id of the stack file.
    pub flows: BTreeMap<String, FlowName>,
    /// Names of teams by id.
    pub teams: BTreeMap<String, String>,
    /// Names of data objects by id.
    pub data: BTreeMap<String, String>,
    /// Names of processes by id.
    pub processes: BTreeMap<String, String>,
}

/// What a reader is shown in place of a system's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SystemName {
    /// What it is called.
    pub name: String,
    /// The domain it belongs to.
    pub domain: Option<String>,
}

/// A flow, which has no name but joins two systems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowName {
    /// Id of the system it leaves.
    pub from: String,
    /// Id of the system it enters.
    pub to: String,
    /// Ids of the systems it runs through.
    pub through: Vec<String>,
    /// Ids of the data objects it carries.
    pub data: Vec<String>,
    /// Id of the team that performs it, if it is manual.
    pub performer: Option<String>,
    /// Whether a person performs it.
    pub is_manual: bool,
}

/// What an id is made of in words: a rule or a kind, then the ids of what it is about, each as `named` has it.
#[must_use]
pub fn made_of(id: &str, named: impl Fn(&str) -> Option<String>) -> String {
    let (first, about) = id.split_once(':').unwrap_or((id, ""));
    let first = spaced(first);
    let each = || about.split(':').map(|part| named(part).unwrap_or_else(|| spaced(part)));
    match named(about) {
        _ if about.is_empty() => first,
        Some(one) => format!("{first} of {one}"),
        None => format!("{first} of {}", listed(&each().collect::<Vec<_>>())),
    }
}

impl Names {
    /// The names of `stack`.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let system = |system: &crate::model::System| {
            (system.id.to_string(), SystemName { name: system.name.to_string(), domain: system.domain.clone() })
        };
        Self {
            systems: stack.systems.iter().map(system).collect(),
            flows: stack.flows.iter().map(|flow| (flow.id.to_string(), flow_name(stack, flow))).collect(),
            teams: stack.teams.iter().map(|team| (team.id.to_string(), team.name.to_string())).collect(),
            data: stack.data.iter().map(|data| (data.id.to_string(), data.name.to_string())).collect(),
            processes: stack.processes.iter().map(|one| (one.id.to_string(), one.name.to_string())).collect(),
        }
    }

    /// The name of a system.
    #[must_use]
    pub fn system<'a>(&'a self, id: &'a str) -> &'a str {
        self.systems.get(id).map_or(id, |system| said(&system.name, id))
    }

    /// The name of a team.
    #[must_use]
    pub fn team<'a>(&'a self, id: &'a str) -> &'a str {
        self.teams.get(id).map_or(id, |name| said(name, id))
    }

    /// The name of a data object.
    #[must_use]
    pub fn data<'a>(&'a self, id: &'a str) -> &'a str {
        self.data.get(id).map_or(id, |name| said(name, id))
    }

    /// The name of a process.
    #[must_use]
    pub fn process<'a>(&'a self, id: &'a str) -> &'a str {
        self.processes.get(id).map_or(id, |name| said(name, id))
    }

    /// What a system, flow or team is called: systems, flows and teams share one name space.
    #[must_use]
    pub fn component(&self, id: &str) -> String {
        match self.flows.get(id) {
            Some(flow) => {
                let mut data: Vec<&str> = flow.data.iter().take(NAMED_OBJECTS).map(|data| self.data(data)).collect();
                let more = format!("{} more", flow.data.len().saturating_sub(NAMED_OBJECTS));
                data.extend((flow.data.len() > NAMED_OBJECTS).then_some(more.as_str()));
                format!("{} → {}: {}", self.system(&flow.from), self.system(&flow.to), data.join(", "))
            }
            None if self.systems.contains_key(id) => self.system(id).to_owned(),
            None => self.team(id).to_owned(),
        }
    }

    /// Names of data objects as a sentence has them; of many, the first and how many more.
    #[must_use]
    pub fn objects(&self, ids: &[String]) -> String {
        listed_few(&ids.iter().map(|id| self.data(id)).collect::<Vec<_>>(), NAMED_OBJECTS)
    }

    /// Names of processes, in the order given.
    pub fn processes_of<T: AsRef<str>>(&self, ids: &[T]) -> Vec<String> {
        ids.iter().map(|id| self.process(id.as_ref()).to_owned()).collect()
    }

    /// Names of teams, in the order given.
    pub fn teams_of<T: AsRef<str>>(&self, ids: &[T]) -> Vec<String> {
        ids.iter().map(|id| self.team(id.as_ref()).to_owned()).collect()
    }

    /// Names of systems, flows and teams, in the order given.
    pub fn components_of<T: AsRef<str>>(&self, ids: &[T]) -> Vec<String> {
        ids.iter().map(|id| self.component(id.as_ref())).collect()
    }

    /// Whether the stack has an entry with this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.systems.contains_key(id)
            || self.flows.contains_key(id)
            || self.teams.contains_key(id)
            || self.data.contains_key(id)
            || self.processes.contains_key(id)
    }

    /// What anything is called that an id of the report can stand for.
    #[must_use]
    pub fn anything(&self, id: &str) -> String {
        if self.processes.contains_key(id) {
            self.process(id).to_owned()
        } else if self.data.contains_key(id) {
            self.data(id).to_owned()
        } else {
            self.component(id)
        }
    }

    /// All domains, by name.
    #[must_use]
    pub fn domains(&self) -> Vec<&str> {
        let mut domains: Vec<&str> = self.systems.values().filter_map(|system| system.domain.as_deref()).collect();
        domains.sort_unstable();
        domains.dedup();
        domains
    }
}

fn said<'a>(name: &'a str, id: &'a str) -> &'a str {
    if name.trim().is_empty() { id } else { name }
}

fn flow_name(stack: &Stack, flow: &Flow) -> FlowName {
    let system = |ix| stack.system(ix).id.to_string();
    FlowName {
        from: system(flow.from),
        to: system(flow.to),
        through: flow.through.iter().map(|ix| system(*ix)).collect(),
        data: flow.data.iter().map(|ix| stack.data_object(*ix).id.to_string()).collect(),
        performer: flow.performer.map(|ix| stack.team(ix).id.to_string()),
        is_manual: flow.is_manual(),
    }
}
