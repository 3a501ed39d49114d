//! What is to be done with each entry, and its being done.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::base::{Base, BaseEntry};
use super::cover::Present;
use super::entry::{Asks, EntryMerge, put};
use super::found::{Found, Held, flow_id, section_of};
use super::gone::Gone;
use super::pairing::{Pairing, pair};
use super::shape::{SECTIONS, Section, each_reference};
use super::{Shares, remember, sources};
use crate::edit::{Change, Editor, Pair, Piece, Place, Said};
use crate::import::Made;
use crate::import::report::{EntryReport, Question};
use crate::source::Value;

/// Which entry is which.
pub(super) struct Plan<'p, 't> {
    pub(super) found: &'p [Found],
    shares: &'p Shares,
    pub(super) held: &'p [Held<'t>],
    pub(super) pairs: BTreeMap<usize, Pairing>,
}

/// What became of the entries.
pub(super) struct Outcome {
    /// What the whole file is to say.
    pub(super) wanted: Piece,
    pub(super) base: Base,
    pub(super) reports: Reports,
    pub(super) questions: Vec<Question>,
    /// The kind and id of each entry of the inputs in the stack file.
    pub(super) names: BTreeMap<usize, String>,
    /// Entries of the inputs that are not in the stack file.
    pub(super) left_out: BTreeSet<usize>,
    /// What is said of entries that stood in the stack file before.
    merged: BTreeMap<usize, Piece>,
}

/// The part of the report that is about entries.
#[derive(Default)]
pub(super) struct Reports {
    pub(super) found: BTreeMap<usize, EntryReport>,
    pub(super) gone: Vec<EntryReport>,
}

impl Outcome {
    /// Whether the stack file settles a question about a setting, whose id ends in the setting.
    pub(super) fn has_setting(&self, question: &str) -> bool {
        let key = question.rsplit(':').next().unwrap_or_default().replace('-', "_");
        self.wanted.get(&key).is_some()
    }

    /// Whether the stack file says `key` of an entry, and does not call it a guess.
    pub(super) fn states_by_hand(&self, at: usize, key: &str) -> bool {
        let Some(merged) = self.merged.get(&at) else { return false };
        let guessed =
            merged.get("basis").and_then(|basis| basis.get("guessed")).map(Piece::members).unwrap_or_default();
        merged.get(key).is_some_and(|value| !value.is_nothing())
            && guessed.iter().all(|word| word.scalar() != Some(key))
    }
}

impl<'p, 't> Plan<'p, 't> {
    /// Pairs all entries, and gives those of the inputs the ids that they have in the stack file.
    pub(super) fn of(
        found: &'p mut [Found],
        shares: &'p mut Shares,
        held: &'p [Held<'t>],
        base: &Base,
        present: &Present,
    ) -> Self {
        let mut pairs = BTreeMap::new();
        let mut renames: BTreeMap<(&'static str, String), String> = BTreeMap::new();
        let mut taken = Taken::of(held);
        let (flows, others): (Vec<Section>, Vec<Section>) =
            SECTIONS.into_iter().partition(|section| section.word == "flow");
        for section in others.into_iter().chain(flows) {
            if section.word == "flow" {
                rename(found, shares, &renames);
            }
            let of_section = |one: &Section| *one == section;
            let theirs: Vec<(usize, &Found)> =
                found.iter().enumerate().filter(|(_, one)| of_section(&one.section)).collect();
            let ours: Vec<(usize, &Held<'_>)> =
                held.iter().enumerate().filter(|(_, one)| of_section(&one.section)).collect();
            let paired = pair(section, &theirs, &ours, base, present);
            for (at, pairing) in &paired {
                let one = &mut found[*at];
                let id = match (pairing.held, &pairing.base) {
                    (Some(at), _) => held[at].id.clone(),
                    (None, Some(id)) => id.clone(),
                    (None, None) => taken.free(section, &one.id),
                };
                if section.word == "flow"
                    && pairing.held.is_none()
                    && pairing.base.is_none()
                    && id != flow_id(&one.value)
                {
                    give_id(&mut one.value, &id);
                }
                renames.insert((section.what, std::mem::replace(&mut one.id, id.clone())), id);
            }
            pairs.extend(paired);
        }
        Self { found, shares, held, pairs }
    }

    /// Adds every edit to `editor`.
    pub(super) fn carry_out(
        &self,
        editor: &mut Editor<'_>,
        root: Place<'_>,
        made: &Made,
        (base, present, gone): (&Base, &Present, Gone),
    ) -> Outcome {
        let mut outcome = Outcome {
            wanted: Piece::Nothing,
            base: Base::new(),
            reports: Reports::default(),
            questions: Vec::new(),
            names: self.found.iter().enumerate().map(|(at, one)| (at, name(one.section, &one.id))).collect(),
            left_out: BTreeSet::new(),
            merged: BTreeMap::new(),
        };
        outcome.base.inputs.clone_from(&base.inputs);
        remember::put_inputs(&mut outcome.base, made);
        let new = self.new_entries(&mut outcome);
        let mut values: BTreeMap<usize, Piece> = BTreeMap::new();
        let exists = self.entries_with(&new);
        for (at, one) in self.found.iter().enumerate() {
            let pairing = &self.pairs[&at];
            let before = pairing.base.as_deref().or(pairing.held.map(|held| self.held[held].id.as_str()));
            let before = before.and_then(|id| base.entry(one.section.list, id));
            let now: BTreeMap<String, Json> =
                self.shares.get(&at).into_iter().flatten().map(|(file, says)| (file.clone(), says.json())).collect();
            let cover = |path: &str| present.cover(path, before, &now);
            if let Some(held) = pairing.held {
                let exists = |what: &'static str, id: &str| exists.contains(&(what, id));
                let asks = Asks { cover: &cover, exists: &exists };
                let (merged, report) = self.merge(editor, (at, held), before, asks);
                outcome.merged.insert(at, merged.clone());
                values.insert(held, merged);
                outcome.reports.found.insert(at, report);
            } else if pairing.base.is_some() {
                outcome.left_out.insert(at);
                outcome.reports.found.insert(at, deleted_by_hand(one, before, &cover));
            }
            if !outcome.left_out.contains(&at) || pairing.base.is_some() {
                let is_absent = |file: &str| !present.all.contains(file);
                let shares = self.shares.get(&at).cloned().unwrap_or_default();
                // Its ends may be others now.
                let id = match outcome.merged.get(&at) {
                    Some(merged) if one.section.word == "flow" => flow_id(merged),
                    _ => one.id.clone(),
                };
                let remembered = remember::entry(one, &shares, before.map(|before| (before, &is_absent as _)), &cover);
                outcome.base.put(one.section.list, &id, remembered);
            }
        }
        let out = self.gone(editor, (base, present, gone), root, &new, &mut values, &mut outcome);
        self.write(editor, root, made, &new, &out, &values, &mut outcome);
        let speak: BTreeSet<String> =
            outcome.base.entries.values().flatten().flat_map(|(_, entry)| entry.inputs.keys().cloned()).collect();
        let read: BTreeSet<&str> = made.parts.iter().map(|part| part.file.as_str()).collect();
        outcome.base.inputs.retain(|file, _| read.contains(file.as_str()) || speak.contains(file));
        outcome
    }

    /// Kind and id of every entry that the stack file has, and of those of `new`.
    fn entries_with(&self, new: &[usize]) -> BTreeSet<(&str, &str)> {
        let held = self.held.iter().map(|one| (one.section.what, one.id.as_str()));
        let added = new.iter().map(|at| &self.found[*at]).map(|one| (one.section.what, one.id.as_str()));
        held.chain(added).collect()
    }

    /// Entries that are to be added: not those that name what was taken out by hand.
    fn new_entries(&self, outcome: &mut Outcome) -> Vec<usize> {
        let is_new = |(_, pairing): &(&usize, &Pairing)| pairing.held.is_none() && pairing.base.is_none();
        let mut new: Vec<usize> = self.pairs.iter().filter(is_new).map(|(at, _)| *at).collect();
        loop {
            let exists = self.entries_with(&new);
            let missing = |at: usize| {
                let one = &self.found[at];
                let mut missing = None;
                each_reference(&mut one.value.clone(), one.section.keys(), &mut |what, id| {
                    if !exists.contains(&(what, id.as_str())) && id != "nobody" {
                        missing.get_or_insert_with(|| format!("it names {what} `{id}`, which was taken out by hand"));
                    }
                });
                missing
            };
            let mut kept = Vec::new();
            for at in new.iter().copied() {
                match missing(at) {
                    None => kept.push(at),
                    Some(why) => {
                        outcome.left_out.insert(at);
                        let report = EntryReport { why: Some(why), ..report(&self.found[at], "kept") };
                        outcome.reports.found.insert(at, report);
                    }
                }
            }
            if kept.len() == new.len() {
                break;
            }
            new = kept;
        }
        for at in &new {
            let one = &self.found[*at];
            outcome.reports.found.insert(*at, report(one, "new"));
            if !self.pairs[at].could_be.is_empty() {
                let could_be: Vec<String> =
                    self.pairs[at].could_be.iter().map(|held| format!("`{}`", self.held[*held].id)).collect();
                let name = name(one.section, &one.id);
                outcome.questions.push(Question {
                    id: format!("same:{}", name.replace(' ', ":")),
                    ask: format!(
                        "Is the new {} `{}` one that was there: {}?",
                        one.section.what,
                        one.id,
                        could_be.join(" or ")
                    ),
                    place: name,
                    answers: Vec::new(),
                    worth: None,
                    exact: false,
                });
            }
        }
        new
    }

    fn merge(
        &self,
        editor: &mut Editor<'_>,
        (at, held): (usize, usize),
        before: Option<&BaseEntry>,
        asks: Asks<'_>,
    ) -> (Piece, EntryReport) {
        let (one, ours) = (&self.found[at], &self.held[held]);
        let name = name(ours.section, &ours.id);
        let mut report = report(one, "same");
        // An entry with nothing behind its id has no mapping that could get a key.
        if matches!(ours.place().node().value, Value::Null) {
            let is_new = |key: &str| before.is_none_or(|before| BaseEntry::at(&before.says, key).is_null());
            let Piece::Map(mut pairs) = one.value.clone() else { return (ours.value.clone(), report) };
            pairs.retain(|pair| is_new(&pair.key));
            if pairs.is_empty() {
                return (ours.value.clone(), report);
            }
            let whole = Piece::Map(pairs);
            let change = Change { set: vec![(ours.at, whole.clone(), Said::default())], ..Change::default() };
            editor.change(&format!("{name}: {}", whole.shown()), ours.list, &change);
            report.state = "updated";
            return (whole, report);
        }
        let mut merge = EntryMerge::new(name, before, asks);
        let merged = merge.merge(editor, ours.place(), &ours.value, &one.value, ours.section.keys());
        report.state = match (merge.conflicts.is_empty(), merge.is_updated, merge.kept.is_empty()) {
            (false, ..) => "conflict",
            (_, true, _) => "updated",
            (.., false) => "kept",
            _ => "same",
        };
        report.conflicts = merge.conflicts;
        report.kept = merge.kept;
        (merged, report)
    }

    /// Adds what is new, takes out what is to go, and says what the whole file will be.
    #[expect(clippy::too_many_arguments, reason = "one step, of which each is a different thing")]
    fn write(
        &self,
        editor: &mut Editor<'_>,
        root: Place<'_>,
        made: &Made,
        new: &[usize],
        out: &BTreeSet<usize>,
        values: &BTreeMap<usize, Piece>,
        outcome: &mut Outcome,
    ) {
        outcome.wanted = Piece::of(root.node());
        for section in SECTIONS {
            let added: Vec<&Found> =
                new.iter().map(|at| &self.found[*at]).filter(|one| one.section == section).collect();
            let files: BTreeSet<String> = added.iter().flat_map(|one| one.keys.keys().cloned()).collect();
            let date = made.seen.map(|day| format!(" {day}")).unwrap_or_default();
            let note = (!added.is_empty()).then(|| format!("imported{date} from {}", sources(&files)));
            let ours: Vec<(usize, &Held<'_>)> =
                self.held.iter().enumerate().filter(|(_, one)| one.section == section).collect();
            let remove: BTreeSet<usize> =
                ours.iter().filter(|(at, _)| out.contains(at)).map(|(_, one)| one.at).collect();
            let pair = |one: &&Found| Pair::new(&*one.id, one.value.clone());
            let whole = match section.word {
                "flow" => Piece::List(added.iter().map(|one| one.value.clone()).collect()),
                _ => Piece::Map(added.iter().map(pair).collect()),
            };
            let all = |kept: Vec<Piece>| -> Piece {
                match section.word {
                    "flow" => Piece::List(kept.into_iter().chain(whole.members().iter().cloned()).collect()),
                    _ => Piece::Nothing,
                }
            };
            let value = |at: usize, one: &Held<'_>| values.get(&at).unwrap_or(&one.value).clone();
            let kept = || ours.iter().filter(|(at, _)| !out.contains(at));
            let wanted = match section.word {
                "flow" => all(kept().map(|(at, one)| value(*at, one)).collect()),
                _ => {
                    let pairs = kept().map(|(at, one)| Pair::new(&*one.id, value(*at, one)));
                    Piece::Map(pairs.chain(added.iter().map(pair)).collect())
                }
            };
            let place = section_of(root, section);
            if place.is_some() || !added.is_empty() {
                put(&mut outcome.wanted, section.list, Some(wanted));
            }
            let names: Vec<String> = added.iter().map(|one| one.id.clone()).collect();
            let what = format!("{}: add {}", section.list, names.join(", "));
            let pair = Pair::new(section.list, whole);
            match place {
                None if added.is_empty() => {}
                None => editor.add_section(&what, root, pair, note),
                Some(_) if ours.is_empty() => {
                    let at = root.entries().iter().position(|entry| entry.key == section.list);
                    if let Some(at) = at.filter(|_| !added.is_empty()) {
                        editor.fill(&what, root, at, &pair.value, note.as_deref());
                    }
                }
                Some(place) => {
                    let what = if added.is_empty() { format!("{}: take out", section.list) } else { what };
                    let mut change = Change { remove, note, are_entries: true, ..Change::default() };
                    match pair.value {
                        Piece::Map(pairs) => change.add = pairs,
                        Piece::List(items) => change.append = items,
                        _ => {}
                    }
                    editor.change(&what, place, &change);
                }
            }
        }
    }
}

/// Gives references, and what each input says, the ids of the stack file.
fn rename(found: &mut [Found], shares: &mut Shares, renames: &BTreeMap<(&'static str, String), String>) {
    let mut each = |what: &'static str, id: &mut String| {
        if let Some(new) = renames.get(&(what, id.clone())) {
            id.clone_from(new);
        }
    };
    for (at, one) in found.iter_mut().enumerate() {
        let keys = one.section.keys();
        each_reference(&mut one.value, keys, &mut each);
        if one.section.word == "flow" {
            one.id = flow_id(&one.value);
        }
        for share in shares.get_mut(&at).into_iter().flat_map(BTreeMap::values_mut) {
            each_reference(share, keys, &mut each);
        }
    }
}

/// A flow whose ends and objects would give it the id of another says its own.
fn give_id(flow: &mut Piece, id: &str) {
    let Piece::Map(pairs) = flow else { return };
    pairs.retain(|pair| pair.key != "id");
    pairs.insert(0, Pair::new("id", Piece::Scalar { text: id.to_owned(), plain: true }));
}

fn deleted_by_hand(
    one: &Found,
    before: Option<&BaseEntry>,
    cover: &dyn Fn(&str) -> super::three::Cover,
) -> EntryReport {
    let is_bookkeeping = |key: &str| key == "basis";
    let Piece::Map(pairs) = &one.value else { return report(one, "kept") };
    let changed: Vec<String> = pairs
        .iter()
        .filter(|pair| !is_bookkeeping(&pair.key) && cover(&pair.key) != super::three::Cover::Unchanged)
        .filter(|pair| before.is_some_and(|before| BaseEntry::at(&before.says, &pair.key) != &pair.value.json()))
        .map(|pair| pair.key.clone())
        .collect();
    if changed.is_empty() {
        return EntryReport { why: Some("taken out by hand".into()), ..report(one, "kept") };
    }
    let conflict = |key: &String| crate::import::report::Conflict {
        key: key.clone(),
        yours: None,
        input: one.value.get(key).map(Piece::shown),
        before: before.map(|before| Piece::from_json(BaseEntry::at(&before.says, key)).shown()),
        inputs: Vec::new(),
    };
    let conflicts = changed.iter().map(conflict).collect();
    EntryReport {
        why: Some("taken out by hand, and the input changed it".into()),
        conflicts,
        ..report(one, "conflict")
    }
}

fn report(one: &Found, state: &'static str) -> EntryReport {
    EntryReport::of(name(one.section, &one.id), state)
}

pub(super) fn name(section: Section, id: &str) -> String {
    format!("{} {id}", section.word)
}

/// Ids that are in use; those of systems, teams and flows are one space.
struct Taken {
    components: BTreeSet<String>,
    others: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Taken {
    fn of(held: &[Held<'_>]) -> Self {
        let mut taken = Self { components: BTreeSet::new(), others: BTreeMap::new() };
        for one in held {
            taken.of_section(one.section).insert(one.id.to_lowercase());
        }
        taken
    }

    fn of_section(&mut self, section: Section) -> &mut BTreeSet<String> {
        match section.word {
            "team" | "system" | "flow" => &mut self.components,
            word => self.others.entry(word).or_default(),
        }
    }

    /// `id`, with a number behind it where it is taken.
    fn free(&mut self, section: Section, id: &str) -> String {
        let taken = self.of_section(section);
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let free = std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken.contains(&id.to_lowercase()));
        let free = free.expect("there is always a next number");
        taken.insert(free.to_lowercase());
        free
    }
}
