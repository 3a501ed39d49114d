//! From text to a validated stack: every problem of the file in one pass, each at its place.

mod check;
mod fields;
mod flow;
mod names;
mod process;
mod scalar;
mod settings;
mod system;

use crate::model::shape;
use crate::model::stack::Stack;
use crate::source::{Diagnostic, Diagnostics, Entry, Limits, Node, Source, parse};

use super::units::{Duration, PersonDays};
use fields::{Fields, entries, items};
use names::{Names, Tables};
use scalar::{date, parsed, plain_number, quoted, range, word};

/// A stack and what was odd about its file, or only what was wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The stack; `None` where one of the problems is an error.
    pub stack: Option<Stack>,
    /// All problems, by place.
    pub problems: Vec<Diagnostic>,
}

/// Reads `source` as a stack file.
///
/// The cost is linear in the size of the text, but for a logarithm.
#[must_use]
pub fn read(source: &Source) -> Reading {
    let mut problems = Diagnostics::default();
    let stack = parse(source, &Limits::default(), &mut problems).and_then(|root| stack(&root, &mut problems));
    let stack = stack.filter(|_| !problems.has_errors());
    Reading { stack, problems: problems.into_sorted() }
}

/// Person-days a week as a stack file and the command line write them: `5d/week`.
///
/// # Errors
/// What is wrong with `text`, and what to write.
pub fn capacity(text: &str) -> Result<PersonDays, String> {
    scalar::capacity(text).map(PersonDays).map_err(|(message, help)| format!("{message}; {help}"))
}

/// A length of time as a stack file and the command line write it: `26w`.
///
/// # Errors
/// What is wrong with `text`, and what to write.
pub fn duration(text: &str) -> Result<Duration, String> {
    scalar::duration(text).map_err(|(message, help)| format!("{message}; {help}"))
}

fn stack(root: &Node<'_>, problems: &mut Diagnostics) -> Option<Stack> {
    let fields = Fields::of(root, "a stack file", shape::STACK, problems)?;
    version(&fields, problems);
    let mut listed = |name, what| fields.get(name).map(|node| entries(node, what, problems)).unwrap_or_default();
    let (teams, systems) = (listed("teams", "teams"), listed("systems", "systems"));
    let (data, processes) = (listed("data", "data objects"), listed("processes", "processes"));
    let tables = Tables {
        teams: Names::of("team", teams, problems),
        systems: Names::of("system", systems, problems),
        data: Names::of("data object", data, problems),
    };
    let process_names = Names::of("process", processes, problems);
    let mut stack = Stack {
        teams: by_id(teams, &tables.teams, |entry| system::team(entry, problems)),
        data: by_id(data, &tables.data, |entry| system::data_object(entry, problems)),
        systems: by_id(systems, &tables.systems, |entry| system::system(entry, &tables, problems)),
        processes: by_id(processes, &process_names, |entry| process::process(entry, &tables, problems)),
        ..Stack::default()
    };
    settings_of(&mut stack, &fields, problems);
    let written = fields.get("flows").map(|node| items(node, "flows", problems)).unwrap_or_default();
    let flows = written.iter().filter_map(|node| flow::flow(node, &tables, problems)).collect();
    stack.flows = flow::sort(flows, problems);
    let own_ids: Vec<_> =
        stack.flows.iter().filter(|flow| flow.has_own_id).map(|flow| (flow.id.as_str(), flow.place)).collect();
    names::check_shared_name_space(&tables, &own_ids, problems);
    check::check(&stack, problems);
    Some(stack)
}

fn version(fields: &Fields<'_, '_>, problems: &mut Diagnostics) {
    let one = |text: &str| match text {
        "1" => Ok(()),
        _ => Err((format!("format version {} is not known", quoted(text)), "write `sinew: 1`".to_owned())),
    };
    fields.read("sinew", problems, |node, problems| parsed(node, "bad-version", "a version", problems, one));
}

fn settings_of(stack: &mut Stack, fields: &Fields<'_, '_>, problems: &mut Diagnostics) {
    stack.name = fields.read("name", problems, word).map_or_else(|| "Unnamed stack".to_owned(), |name| name.value);
    stack.as_of = fields.read("as_of", problems, date);
    stack.currency = fields.read("currency", problems, word).map(|currency| currency.value);
    stack.hourly_rate = fields.read("hourly_rate", problems, |node, problems| {
        range(node, "bad-number", "an hourly rate", problems, plain_number("money an hour"))
    });
    stack.error_minutes = fields.read("error_minutes", problems, |node, problems| {
        range(node, "bad-number", "a number of minutes", problems, plain_number("minutes"))
    });
    stack.practices = fields.get("practices").map(|node| settings::practices(node, problems)).unwrap_or_default();
    stack.severity = fields.get("severity").map(|node| settings::severity(node, problems)).unwrap_or_default();
    stack.plan = fields.get("plan").map(|node| settings::plan(node, problems)).unwrap_or_default();
    let accepted = fields.get("accept").map(|node| items(node, "acceptances", problems)).unwrap_or_default();
    stack.accept = accepted.iter().filter_map(|node| settings::acceptance(node, problems)).collect();
}

/// Reads the well-formed entries, in the order of their ids, so that a place in the result is a place among the names.
fn by_id<'t, 'a, T>(listed: &'t [Entry<'a>], names: &Names<'t>, mut read: impl FnMut(&'t Entry<'a>) -> T) -> Vec<T> {
    let mut ordered: Vec<&Entry<'a>> = listed.iter().filter(|entry| names.find(&entry.key).is_some()).collect();
    ordered.sort_by(|a, b| a.key.cmp(&b.key));
    ordered.into_iter().map(&mut read).collect()
}
