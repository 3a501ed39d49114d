//! What an id of the stack stands for.

use crate::model::stack::{DataObject, Flow, Process, Stack, System, Team};
use crate::model::table::{Key, Mapping, quoted};
use crate::source::{Diagnostic, Span, nearest};

/// Most ids among which the nearest is looked for: of a hundred thousand typing errors each would take too long.
const MANY: usize = 5_000;

/// A kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Team,
    System,
    Data,
    Flow,
    Process,
}

impl Kind {
    /// The list of a stack file in which it stands.
    pub(super) const fn list(self) -> &'static str {
        match self {
            Self::Team => "teams",
            Self::System => "systems",
            Self::Data => "data",
            Self::Flow => "flows",
            Self::Process => "processes",
        }
    }

    /// The keys of such an entry.
    pub(super) const fn keys(self) -> &'static [Key] {
        match self {
            Self::Team => Team::KEYS,
            Self::System => System::KEYS,
            Self::Data => DataObject::KEYS,
            Self::Flow => Flow::KEYS,
            Self::Process => Process::KEYS,
        }
    }

    pub(super) const fn what(self) -> &'static str {
        match self {
            Self::Team => "a team",
            Self::System => "a system",
            Self::Data => "a data object",
            Self::Flow => "a flow",
            Self::Process => "a process",
        }
    }
}

/// What `id`, written at `span`, stands for in `stack`; else what is wrong with it.
pub(super) fn find(stack: &Stack, id: &str, span: Span) -> Result<Kind, Box<Diagnostic>> {
    let all = [
        stack.find_team(id).map(|_| Kind::Team),
        stack.find_system(id).map(|_| Kind::System),
        stack.find_data(id).map(|_| Kind::Data),
        stack.find_flow(id).map(|_| Kind::Flow),
        stack.find_process(id).map(|_| Kind::Process),
    ];
    let mut found = all.into_iter().flatten();
    match (found.next(), found.next()) {
        (Some(kind), None) => Ok(kind),
        (Some(one), Some(other)) => {
            let message = format!("{} is the id of {} and of {}", quoted(id), one.what(), other.what());
            let help = "a scenario names things by ids alone; give one of the two another id in the stack file";
            Err(Box::new(Diagnostic::error("two-things", span, message).help(help)))
        }
        (None, _) => {
            let problem =
                Diagnostic::error("unknown-id", span, format!("the stack has nothing with the id {}", quoted(id)));
            let near = near(stack, id);
            Err(Box::new(match near {
                Some(near) => problem.nearest(Some(near)),
                None => problem.help("name a team, system, data object, flow or process of the stack file"),
            }))
        }
    }
}

fn near<'s>(stack: &'s Stack, id: &str) -> Option<&'s str> {
    if stack.count_entries() + stack.teams.len() > MANY {
        return None;
    }
    let teams = stack.teams.iter().map(|one| one.id.as_str());
    let systems = stack.systems.iter().map(|one| one.id.as_str());
    let data = stack.data.iter().map(|one| one.id.as_str());
    let flows = stack.flows.iter().map(|one| one.id.as_str());
    let processes = stack.processes.iter().map(|one| one.id.as_str());
    nearest(id, systems.chain(flows).chain(teams).chain(processes).chain(data))
}
