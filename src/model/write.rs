//! A validated stack as the text of a stack file, complete: reading it gives the same stack, up to places.

mod emit;
mod entries;
mod settings;

use super::stack::Stack;

pub use entries::{flow_fields, system_fields};

/// What stands behind a key: one line of YAML, or a list whose items are lines or mappings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// One line, in flow style.
    Line(String),
    /// A list of lines.
    List(Vec<String>),
}

/// A mapping in the order in which it is written.
pub type Fields = Vec<(&'static str, Written)>;

/// `stack` as a stack file. Every key that the stack states is written, and none that it does not; quantities are
/// written such that reading gives the same number to the last bit (hours for delays, a number a year for rates, a
/// fraction for shares).
#[must_use]
pub fn write(stack: &Stack) -> String {
    let mut out = String::from("sinew: 1\n");
    for (key, value) in settings::head(stack) {
        emit::pair(&mut out, 0, key, &value);
    }
    by_id(&mut out, "teams", stack.teams.iter().map(|team| (team.id.as_str(), entries::team_fields(team))));
    let systems = stack.systems.iter().map(|system| (system.id.as_str(), system_fields(stack, system)));
    by_id(&mut out, "systems", systems);
    by_id(&mut out, "data", stack.data.iter().map(|data| (data.id.as_str(), entries::data_fields(data))));
    if !stack.flows.is_empty() {
        out.push_str("flows:\n");
        for flow in &stack.flows {
            emit::item(&mut out, &flow_fields(stack, flow));
        }
    }
    let processes =
        stack.processes.iter().map(|process| (process.id.as_str(), entries::process_fields(stack, process)));
    by_id(&mut out, "processes", processes);
    for (key, value) in settings::tail(stack) {
        emit::pair(&mut out, 0, key, &value);
    }
    out
}

fn by_id<'s>(out: &mut String, list: &'static str, all: impl Iterator<Item = (&'s str, Fields)>) {
    for (at, (id, fields)) in all.enumerate() {
        if at == 0 {
            out.push_str(&format!("{list}:\n"));
        }
        emit::entry(out, id, &fields);
    }
}
