//! A scenario: edits of a stack, read with the care that a stack file gets, and the stack that comes of them.
//!
//! Both files are read as trees, the edits are made in the tree of the stack, and the reader of stack files judges what comes
//! out. So every check of a stack file holds for the result, and every place points into the file that says it.

mod find;
mod flows;
mod merge;

use super::form::Text;
use super::read::{Bring, Brought, files, judge};
use super::rewrite::{Untold, rename_keys, rewrite};
use super::stack::{DataObject, Flow, PlanSettings, Process, Stack, System, Team};
use super::table::{Context, Fields, Key, Mapping, Mask, Takes};
use crate::source::{Diagnostic, Diagnostics, Limits, Node, Source, Span, Value, is_json, parse};
use merge::Merge;

/// What a scenario file is.
const WHAT: &str = "a scenario file";

const fn key(name: &'static str, takes: Takes, required: bool, doc: &'static str) -> Key {
    Key { name, takes, required, mask: Mask::Keep, doc }
}

/// The lists of a stack file to which a scenario can add.
pub(super) const LISTS: [&str; 5] = ["teams", "systems", "data", "flows", "processes"];

/// What stands behind `add`.
const ADD: &[Key] = &[
    key(LISTS[0], Takes::ById(Team::KEYS), false, "Teams that the stack has not."),
    key(LISTS[1], Takes::ById(System::KEYS), false, "Systems that the stack has not."),
    key(LISTS[2], Takes::ById(DataObject::KEYS), false, "Data objects that the stack has not."),
    key(LISTS[3], Takes::List(Flow::KEYS), false, "Flows that the stack has not."),
    key(LISTS[4], Takes::ById(Process::KEYS), false, "Processes that the stack has not."),
];

/// The keys of a scenario file. What stands behind `add` and `plan` are keys of a stack file.
pub const KEYS: &[Key] = &[
    key("name", Takes::Text, true, "What the scenario is called."),
    key("why", Takes::Text, false, "Why anybody would do it, in a sentence."),
    key(
        "retire",
        Takes::IdsOf("entry"),
        false,
        "Ids of systems that are retired, of flows that are off, and of teams, processes and data objects that are no more.",
    ),
    key("add", Takes::Object(ADD), false, "Teams, systems, data objects, flows and processes, as in a stack file."),
    key(
        "change",
        Takes::ById(&[]),
        false,
        "Other values for keys of entries, by their ids; an empty value takes the key out.",
    ),
    key("plan", Takes::Object(PlanSettings::KEYS), false, "Settings of the plan in place of those of the stack file."),
];

/// What a scenario file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// Why anybody would do it.
    pub why: Option<String>,
    /// What it retires, by id, in the order of the file.
    pub retired: Vec<String>,
    /// What it adds, by id, in the order of the stack's lists.
    pub added: Vec<String>,
    /// What it changes, by id in the order of the file, with the keys.
    pub changed: Vec<(String, Vec<String>)>,
    /// The settings of the plan that it states.
    pub settings: Vec<String>,
}

/// A scenario with the stack that comes of it.
#[derive(Debug)]
pub struct ScenarioReading {
    /// What the scenario says, as far as it could be read.
    pub scenario: Scenario,
    /// The stack with its edits; `None` where one of the problems is an error.
    pub stack: Option<Stack>,
    /// Both texts as one: places of the stack and of the problems are in it.
    pub source: Source,
    /// What is wrong or odd and was not so in the stack alone, by place.
    pub problems: Vec<Diagnostic>,
}

/// Reads the scenario `file` of a `stack` that was read from `of`, with what was odd about it in `known`. `bring` opens the
/// catalog files that the stack names, as it did when the stack was read.
#[must_use]
pub fn read_scenario(
    file: &Source,
    (of, stack): (&Source, &Stack),
    known: &[Diagnostic],
    bring: Bring<'_>,
) -> ScenarioReading {
    let source = Source::joined(of, file);
    let start = of.text().len() + 1;
    // Behind as much space as the stack takes, each place is that of the joined text.
    let padded = Source::new(file.name(), format!("{}\n{}", " ".repeat(start - 1), file.text()));
    let mut cx = Context::default();
    let mut scenario = Scenario::default();
    let mut told = Diagnostics::default();
    let root = parse(of, &Limits::default(), &mut told);
    let edits = parse(&padded, &Limits::default(), &mut cx.problems);
    let (Some(mut root), Some(edits)) = (root, edits) else {
        return ScenarioReading { scenario, stack: None, source, problems: cx.problems.into_sorted() };
    };
    let Brought { catalog, is_broken, .. } = bring(&files(&root));
    if !is_json(of) {
        let _ = rewrite(&mut root, of.text(), &catalog, &mut told);
    }
    let mut edits = edits;
    if !is_json(file) {
        rename(&mut edits, source.text(), &mut cx.problems);
    }
    if let Some(place) = version_of(&edits) {
        let message = format!("{} is a stack file, and no scenario", file.name());
        let help = format!(
            "`sinew diff {} {}` compares two stack files; a scenario says what to `retire`, `add` or `change`",
            of.name(),
            file.name()
        );
        cx.problems.push(Diagnostic::error("stack-for-scenario", place, message).help(help));
        return ScenarioReading { scenario, stack: None, source, problems: cx.problems.into_sorted() };
    }
    let Some(fields) = Fields::of(&edits, WHAT, KEYS, &mut cx.problems) else {
        return ScenarioReading { scenario, stack: None, source, problems: cx.problems.into_sorted() };
    };
    scenario.name = fields.read("name", &Text::Word, &mut cx).unwrap_or_default();
    scenario.why = fields.read("why", &Text::Word, &mut cx);
    let mut merge = Merge::new(&mut root, stack, std::mem::take(&mut cx.problems));
    // Adding comes first, so that an id that is there already is told with both places; retiring last, so that what is
    // changed as well is retired all the same.
    merge.add(fields.get("add"));
    scenario.changed = merge.change(fields.get("change"));
    scenario.settings = merge.settings(fields.get("plan"));
    scenario.retired = merge.retire(fields.get("retire"));
    let (mut problems, retired) = merge.finish();
    let mut untold = Untold::default();
    if !is_json(of) {
        untold = rewrite(&mut root, source.text(), &catalog, &mut problems);
    }
    let is_refused = !untold.is_empty();
    let mut reading = judge(Some(root), problems, catalog, is_broken);
    untold.tell(source.text(), &mut reading.problems);
    let stack = reading.stack.filter(|_| !is_refused);
    let mut problems = reading.problems;
    problems.retain(|problem| !known.contains(problem));
    let problems = named_still(problems, &retired, &source);
    if let Some(stack) = &stack {
        scenario.added = added(stack, start);
    }
    ScenarioReading { scenario, stack, source, problems }
}

/// Gives keys that were meant otherwise their names, in the scenario and in its settings of the plan.
fn rename(edits: &mut Node<'_>, text: &str, problems: &mut Diagnostics) {
    let Value::Map(entries) = &mut edits.value else { return };
    rename_keys(entries, WHAT, KEYS, text, problems);
    for entry in entries.iter_mut() {
        match (&*entry.key, &mut entry.node.value) {
            ("plan", Value::Map(settings)) => {
                rename_keys(settings, PlanSettings::WHAT, PlanSettings::KEYS, text, problems);
            }
            ("add", Value::Map(lists)) => rename_keys(lists, "`add`", ADD, text, problems),
            _ => {}
        }
    }
}

/// Where a stack file states its version; a scenario has none.
fn version_of(root: &Node<'_>) -> Option<Span> {
    let Value::Map(entries) = &root.value else { return None };
    let has = |key: &str| entries.iter().any(|entry| entry.key == key);
    let version = entries.iter().find(|entry| entry.key == "sinew")?;
    (!["retire", "add", "change"].into_iter().any(has)).then_some(version.key_span)
}

/// The ids of what stands behind `start`, list by list.
fn added(stack: &Stack, start: usize) -> Vec<String> {
    let is_added = |place: Span| place.start as usize >= start;
    let teams = stack.teams.iter().map(|one| (one.place, one.id.as_str()));
    let systems = stack.systems.iter().map(|one| (one.place, one.id.as_str()));
    let data = stack.data.iter().map(|one| (one.place, one.id.as_str()));
    let flows = stack.flows.iter().map(|one| (one.place, one.id.as_str()));
    let processes = stack.processes.iter().map(|one| (one.place, one.id.as_str()));
    let all = teams.chain(systems).chain(data).chain(flows).chain(processes);
    all.filter(|(place, _)| is_added(*place)).map(|(_, id)| id.to_owned()).collect()
}

/// What nothing defines any more because it is retired is told once, where it is retired, with every place that names it.
fn named_still(problems: Vec<Diagnostic>, retired: &[(String, Span)], source: &Source) -> Vec<Diagnostic> {
    let mut places: Vec<Vec<Span>> = vec![Vec::new(); retired.len()];
    let mut kept = Vec::with_capacity(problems.len());
    for problem in problems {
        let span = problem.span;
        let word = source.text().get(span.start as usize..span.end as usize).unwrap_or_default();
        let word = word.trim().trim_matches(['"', '\'']);
        let at = retired.iter().position(|(id, _)| problem.code == "unknown-id" && id == word);
        match at {
            Some(at) => {
                places[at].push(span);
                places[at].extend(problem.related.iter().map(|(place, _)| *place));
            }
            None => kept.push(problem),
        }
    }
    for ((id, span), places) in retired.iter().zip(places).filter(|(_, places)| !places.is_empty()) {
        let message = format!("`{id}` is retired, and still named");
        let help = "retire or change what names it as well";
        let problem = Diagnostic::error("retired-in-use", *span, message).help(help);
        kept.push(places.into_iter().fold(problem, |problem, place| problem.related(place, "named here")));
    }
    kept.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    kept
}
