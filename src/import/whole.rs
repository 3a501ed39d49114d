//! Whole stacks among the inputs, such as workbooks of ours: the first is the stack, and all other inputs are brought into
//! it as into a stack file that the same import wrote.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Origin;
use super::into::{Base, Gone, Merged, Unmerged, entries_of, lines, merge, remembered, settings_of_merges};
use super::report::{Conflict, EntryReport, ImportReport, InputValue, LeftOutField, Question};
use super::stated::which_is_right;
use super::write::Text;
use super::{Import, Imported, Made, Part, clean};
use crate::catalog::SharedCatalog;
use crate::source::Source;

/// A whole stack.
#[derive(Clone, Debug)]
pub struct WholeStack {
    /// Name of the input.
    pub name: String,
    /// Its text as a stack file.
    pub text: String,
    /// Rows that are entries.
    pub rows: usize,
    /// What is not carried over.
    pub left_out: Vec<LeftOutField>,
    /// Where a value stands, by the kind and id of its entry (`system crm`) and its key; an entry itself under no key.
    pub places: BTreeMap<(String, String), String>,
}

/// The format of workbooks of ours in reports.
pub(super) const FORMAT: &str = "workbook";

impl WholeStack {
    /// The stack as an import that has nothing else.
    pub(super) fn made(&self, catalog: &SharedCatalog) -> Made {
        let mut origins: BTreeMap<usize, BTreeSet<Origin>> = BTreeMap::new();
        for (name, line) in entries_of(&self.text) {
            let at = self.places.get(&(name.clone(), String::new())).cloned().unwrap_or_default();
            let key = format!("workbook:{}", name.replacen(' ', "/", 1));
            origins.entry(line).or_default().insert(Origin { file: self.name.clone(), at, key });
        }
        let written = || Text { text: self.text.clone(), lines: BTreeMap::new(), origins: origins.clone() };
        let report = ImportReport::of_rows(
            &self.name,
            FORMAT,
            "sheets of a workbook of sinew",
            self.rows,
            self.left_out.clone(),
        );
        let file = self.name.clone();
        Made {
            written: written(),
            parts: vec![Part { within: file.clone(), file, format: FORMAT, written: written() }],
            report,
            questions: Vec::new(),
            damaged: BTreeSet::new(),
            seen: None,
            catalog: catalog.clone(),
            stated: BTreeMap::new(),
            settings: super::stated::Stated::default(),
        }
    }

    /// Brings the stack file `stack` up to date with this one, as [`Import::into_stack`] does with what it read.
    ///
    /// # Errors
    /// As for [`Import::into_stack`].
    pub fn into_stack(
        &self,
        catalog: &SharedCatalog,
        stack: &Source,
        base: Option<&Base>,
        gone: Gone,
        target: &str,
    ) -> Result<Merged, Unmerged> {
        let mut made = self.made(catalog);
        made.report.is_merge = true;
        merge(made, stack, base.unwrap_or(&Base::default()), gone, target)
    }

    fn at(&self, entry: &str, key: &str) -> Option<String> {
        let place = |key: &str| self.places.get(&(entry.to_owned(), key.to_owned()));
        // A key within another has a column of its own, or stands with the entry.
        let found = place(key).or_else(|| place(key.split('.').next().unwrap_or(key))).or_else(|| place(""));
        found.map(|at| format!("{}: {at}", self.name))
    }
}

/// Makes one stack file of `wholes` and of what `import` read.
///
/// # Errors
/// Where what others say cannot be written into the first of them.
pub(super) fn onto(import: Import, mut wholes: Vec<WholeStack>, target: &str) -> Result<Imported, Unmerged> {
    wholes.sort_by(|a, b| a.name.cmp(&b.name));
    let (catalog, has_others) = (import.catalog.clone(), import.has_seen_any());
    let mut made: Vec<Made> = wholes.iter().map(|whole| whole.made(&catalog)).collect();
    let last = import.for_stack(wholes.first().map_or("", |whole| &whole.text)).make();
    if has_others {
        made.push(last);
    }
    let mut made = made.into_iter();
    let Some(first) = made.next() else { return Err(Unmerged::Stack(Vec::new())) };
    let (mut text, mut base, mut report) = (first.written.text.clone(), remembered(&first), first.report);
    let start = entries_of(&text).into_iter().map(|(name, _)| (name, "new"));
    let mut states: BTreeMap<String, EntryReport> =
        start.map(|(name, state)| (name.clone(), EntryReport::of(name, state))).collect();
    for (number, next) in made.enumerate() {
        let input = wholes.get(number + 1);
        let source = Source::new(target, text);
        let merged = merge(next, &source, &base, Gone::Listed, target)?;
        (text, base) = (merged.stack, merged.base);
        for mut entry in merged.report.entries.iter().cloned() {
            for conflict in &mut entry.conflicts {
                between_inputs(&entry.entry, conflict, &wholes[..wholes.len().min(number + 1)], input);
            }
            entry.state = if entry.conflicts.is_empty() { "new" } else { "conflict" };
            let known =
                states.entry(entry.entry.clone()).or_insert_with(|| EntryReport::of(entry.entry.clone(), "new"));
            let mut conflicts = std::mem::take(&mut known.conflicts);
            conflicts.append(&mut entry.conflicts);
            let state = if conflicts.is_empty() { entry.state } else { "conflict" };
            *known = EntryReport { state, conflicts, ..entry };
        }
        report.add(ImportReport { entries: Vec::new(), is_merge: false, ..merged.report });
    }
    for whole in wholes.iter().skip(1) {
        let others = settings_of_merges(&whole.text);
        if others > 0 {
            let field = format!("settings of {}, as those of {} stand", whole.name, wholes[0].name);
            report.left_out.push(LeftOutField { field, count: others });
        }
    }
    let place = lines(&Source::new(target, text.clone()));
    report.entries = states.into_values().collect();
    report.entries.sort_by_key(|entry| place.get(&entry.entry).copied());
    for entry in &mut report.entries {
        if entry.at.is_empty() {
            entry.at = wholes.iter().find_map(|whole| whole.at(&entry.entry, "")).unwrap_or_default();
        }
        for conflict in &entry.conflicts {
            report.questions.push(asked(&entry.entry, conflict, place.get(&entry.entry).copied(), target));
        }
    }
    Ok(Imported { stack: text, report, base })
}

/// A conflict with what the same import took from a whole stack is one of inputs.
fn between_inputs(entry: &str, conflict: &mut Conflict, earlier: &[WholeStack], input: Option<&WholeStack>) {
    let (Some(yours), true) = (&conflict.yours, conflict.yours == conflict.before) else {
        // Where nothing is said of it, it is live.
        if conflict.yours.is_none() && conflict.before.is_none() && conflict.key == "status" {
            conflict.inputs.insert(0, taken("live", entry, conflict, earlier));
            (conflict.input, conflict.before) = (None, None);
        }
        return;
    };
    let first = taken(yours, entry, conflict, earlier);
    let mut inputs = vec![first];
    match input {
        Some(whole) => inputs.push(InputValue {
            value: conflict.input.clone().unwrap_or_else(|| "nothing".to_owned()),
            at: whole.at(entry, &conflict.key).into_iter().collect(),
            taken: false,
        }),
        None if conflict.inputs.is_empty() => inputs.push(InputValue {
            value: conflict.input.clone().unwrap_or_else(|| "nothing".to_owned()),
            at: Vec::new(),
            taken: false,
        }),
        None => inputs.append(&mut conflict.inputs),
    }
    *conflict = Conflict { key: conflict.key.clone(), yours: None, input: None, before: None, inputs };
}

fn taken(value: &str, entry: &str, conflict: &Conflict, wholes: &[WholeStack]) -> InputValue {
    let at = wholes.iter().filter_map(|whole| whole.at(entry, &conflict.key)).take(1).collect();
    InputValue { value: value.to_owned(), at, taken: true }
}

fn asked(entry: &str, conflict: &Conflict, line: Option<u32>, target: &str) -> Question {
    let name = entry.split_once(' ').map_or(entry, |(_, id)| id);
    let values: Vec<String> = conflict.inputs.iter().map(InputValue::text).collect();
    Question {
        id: format!("dispute:{}:{}", clean::slug(name, "entry"), clean::slug(&conflict.key, "key")),
        ask: which_is_right(&conflict.key, name, &values.join(" or ")),
        place: line.map_or_else(|| target.to_owned(), |line| format!("{target}:{line}")),
        answers: conflict.inputs.iter().map(|one| one.value.clone()).collect(),
        worth: None,
        exact: false,
    }
}
