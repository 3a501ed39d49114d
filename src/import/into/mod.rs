//! Into a stack file that people have edited since: what changed in the inputs is taken, what hands changed stands.
//!
//! It goes through the text that an import writes, entry by entry and key by key, so that it works for whatever an
//! importer can say. The last import is known from a file beside the stack ([`Base`]).

mod base;
mod cover;
mod entry;
mod found;
mod gone;
mod pairing;
mod plan;
mod remember;
mod settings;
mod shape;
#[cfg(test)]
mod tests;
mod three;

use std::collections::{BTreeMap, BTreeSet};

use super::Made;
use super::report::{EntryReport, ImportReport};
use super::stated::Stated;
use crate::edit::{Editor, Piece, Place, Refused};

use crate::catalog::SharedCatalog;
use crate::source::{Diagnostic, Diagnostics, Level, Limits, Source, parse};
use cover::Present;
use found::{Found, Held};
use plan::Plan;

pub use base::Base;
pub use gone::Gone;
pub(super) use remember::remembered;

/// A stack file with what the inputs say now.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Its text.
    pub stack: String,
    /// What the next import has to know.
    pub base: Base,
    /// What was done.
    pub report: ImportReport,
    /// What is odd in the stack file as it was.
    pub warnings: Vec<Diagnostic>,
}

/// Why nothing was merged.
#[derive(Clone, Debug)]
pub enum Unmerged {
    /// The stack file has errors.
    Stack(Vec<Diagnostic>),
    /// An edit cannot be made.
    Refused(Refused),
}

/// What each input says of each entry, by the entry's place.
type Shares = BTreeMap<usize, BTreeMap<String, Piece>>;

/// Every entry of a text by kind and id, with the line on which its own keys begin.
pub(super) fn entries_of(text: &str) -> Vec<(String, usize)> {
    let source = Source::new("import", text.to_owned());
    let Some(root) = parse(&source, &Limits::default(), &mut Diagnostics::default()) else { return Vec::new() };
    let line = |at: u32| source.position(at as usize).line as usize;
    let name = |held: &Held<'_>| (format!("{} {}", held.section.word, held.id), line(held.place().node().span.start));
    found::held(Place::root(&root)).iter().map(name).collect()
}

/// How many settings a text states that no merge takes over.
pub(super) fn settings_of_merges(text: &str) -> usize {
    let source = Source::new("import", text.to_owned());
    let Some(root) = parse(&source, &Limits::default(), &mut Diagnostics::default()) else { return 0 };
    let is_merged = |key: &str| {
        ["sinew", "name"].contains(&key)
            || settings::KEYS.contains(&key)
            || shape::SECTIONS.iter().any(|section| section.list == key)
    };
    Place::root(&root).entries().iter().filter(|entry| !is_merged(&entry.key)).count()
}

/// The entries that the inputs give, with what each input says of them.
fn given(made: &Made) -> (Vec<Found>, Shares) {
    let all = found::found(&made.written.text, &made.written.origins);
    let index: BTreeMap<(&str, &str), usize> =
        all.iter().enumerate().map(|(at, one)| ((one.section.list, one.id.as_str()), at)).collect();
    let mut shares = Shares::new();
    for part in &made.parts {
        for one in found::found(&part.written.text, &part.written.origins) {
            if let Some(at) = index.get(&(one.section.list, one.id.as_str())) {
                shares.entry(*at).or_default().insert(part.file.clone(), one.value);
            }
        }
    }
    (all, shares)
}

/// Brings `source` up to date; `target` is its name for the places of questions.
pub(super) fn merge(made: Made, source: &Source, base: &Base, gone: Gone, target: &str) -> Result<Merged, Unmerged> {
    let reading = crate::model::read_with(source, &made.catalog);
    let Some(stack) = reading.stack else { return Err(Unmerged::Stack(reading.problems)) };
    let Some(root) = parse(source, &Limits::default(), &mut Diagnostics::default()) else {
        return Err(Unmerged::Stack(reading.problems));
    };
    let root = Place::root(&root);
    let (mut found, mut shares) = given(&made);
    let names: Vec<String> = found.iter().map(|one| format!("{} {}", one.section.word, one.id)).collect();
    let held = found::held(root);
    let read = made.parts.iter().map(|part| (part.file.clone(), part.within.clone())).collect();
    let present = Present::of(base, &read, &made.damaged);
    let plan = Plan::of(&mut found, &mut shares, &held, base, &present);
    let mut editor = Editor::new(source);
    let mut outcome = plan.carry_out(&mut editor, root, &made, (base, &present, gone));
    settings::merge(&mut editor, root, &made, (base, &present), &mut outcome);
    let is_edited = !editor.is_empty();
    let text = match is_edited {
        true => editor.finish(&outcome.wanted.json()).map_err(Unmerged::Refused)?,
        false => source.text().to_owned(),
    };
    let edited = Source::new(source.name(), text);
    valid(&edited, &made.catalog)?;
    let lines = lines(&edited);
    let place = |name: &str| lines.get(name).map_or_else(|| target.to_owned(), |line| format!("{target}:{line}"));
    let mut report = made.report;
    report.entries = reported(report.entries, &names, &made.stated, &mut outcome.reports);
    let about: BTreeMap<usize, usize> = found.iter().enumerate().map(|(at, one)| (one.line, at)).collect();
    for asked in made.questions {
        let entry = asked.line.and_then(|line| about.get(&line)).copied();
        let is_answered = match asked.question.id.split(':').next() {
            Some("hourly-rate") => stack.hourly_rate.is_some(),
            Some("dispute") if asked.line.is_none() => outcome.has_setting(&asked.question.id),
            Some("runs" | "starter") => entry.is_some_and(|at| outcome.states_by_hand(at, "runs")),
            Some("effort" | "work") => {
                entry.is_some_and(|at| ["runs", "minutes"].iter().all(|key| outcome.states_by_hand(at, key)))
            }
            Some("how") => entry.is_some_and(|at| outcome.states_by_hand(at, "mechanism")),
            Some("data" | "between") => entry.is_some_and(|at| outcome.states_by_hand(at, "data")),
            Some("kind") => entry.is_some_and(|at| outcome.states_by_hand(at, "kind")),
            _ => false,
        };
        let is_out = entry.is_some_and(|at| outcome.left_out.contains(&at));
        if !is_answered && !is_out {
            let mut question = asked.question;
            question.place = match entry {
                Some(at) => place(&outcome.names[&at]),
                None => target.to_owned(),
            };
            report.questions.push(question);
        }
    }
    for mut question in outcome.questions {
        question.place = place(&question.place);
        report.questions.push(question);
    }
    Ok(Merged { stack: edited.text().to_owned(), base: outcome.base, report, warnings: reading.problems })
}

/// An edited stack that cannot be read is not written.
fn valid(edited: &Source, catalog: &SharedCatalog) -> Result<(), Unmerged> {
    let reading = crate::model::read_with(edited, catalog);
    match reading.problems.iter().find(|problem| problem.level == Level::Error) {
        None => Ok(()),
        Some(problem) => {
            let line = edited.position(problem.span.start as usize).line;
            let why = format!("the stack would not be valid: line {line}: {}", problem.message);
            Err(Unmerged::Refused(Refused { why, edits: Vec::new() }))
        }
    }
}

/// The line of every entry, by kind and id.
pub(super) fn lines(source: &Source) -> BTreeMap<String, u32> {
    let Some(root) = parse(source, &Limits::default(), &mut Diagnostics::default()) else { return BTreeMap::new() };
    let line = |held: &Held<'_>| {
        let at = match held.list.entries().get(held.at) {
            Some(entry) => entry.key_span.start,
            None => held.place().node().span.start,
        };
        (format!("{} {}", held.section.word, held.id), source.position(at as usize).line)
    };
    found::held(Place::root(&root)).iter().map(line).collect()
}

/// The entries of the report, in the order of the import, with what became of them; then those that are gone.
fn reported(
    entries: Vec<EntryReport>,
    names: &[String],
    stated: &BTreeMap<String, Stated>,
    outcomes: &mut plan::Reports,
) -> Vec<EntryReport> {
    let mut by_name: BTreeMap<String, EntryReport> =
        entries.into_iter().map(|entry| (entry.entry.clone(), entry)).collect();
    let mut all = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let Some(report) = outcomes.found.remove(&at) else { continue };
        let known = by_name.remove(name);
        let (place, guessed, also) = known.map(|known| (known.at, known.guessed, known.conflicts)).unwrap_or_default();
        let mut report = EntryReport { at: place, guessed, ..report };
        for conflict in &mut report.conflicts {
            conflict.inputs = stated.get(name).map(|stated| stated.values(&conflict.key)).unwrap_or_default();
        }
        report.conflicts.extend(also);
        if !report.conflicts.is_empty() {
            report.state = "conflict";
        }
        all.push(report);
    }
    all.append(&mut outcomes.gone);
    // What inputs say differently of the whole stack.
    if let Some(settings) = by_name.remove("settings") {
        match all.iter_mut().find(|entry| entry.entry == "settings") {
            Some(entry) => {
                entry.state = settings.state;
                entry.conflicts.extend(settings.conflicts);
            }
            None => all.push(settings),
        }
    }
    all
}

/// The names of inputs that stand in a comment.
fn sources(files: &BTreeSet<String>) -> String {
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    crate::source::words::listed_few(&files, 3)
}
