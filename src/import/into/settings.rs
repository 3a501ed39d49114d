//! What inputs state of the whole stack: the day, the currency, what an hour costs.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::base::Base;
use super::cover::Present;
use super::entry::put;
use super::found::{Found, written};
use super::plan::Outcome;
use super::remember;
use super::shape::Section;
use super::three::{About, Outcome as Becomes, Three};
use crate::edit::{Change, Editor, Pair, Piece, Place, Said};
use crate::import::Made;
use crate::import::report::{Conflict, EntryReport, KeptValue};
use crate::source::{Diagnostics, Limits, Source, parse};

/// The settings that an import brings up to date; all others are the hand's.
pub(in crate::import) const KEYS: [&str; 3] = ["as_of", "currency", "hourly_rate"];

/// Settings as an entry without an id.
const SECTION: Section = Section { list: "settings", word: "settings", what: "setting" };

/// The settings that a text states. The day that the call names is none of an input.
fn of(text: &str, is_dated: bool) -> Vec<Pair> {
    let source = Source::new("import", text.to_owned());
    let Some(root) = parse(&source, &Limits::default(), &mut Diagnostics::default()) else { return Vec::new() };
    let Piece::Map(mut pairs) = written(&root, &source) else { return Vec::new() };
    pairs.retain(|pair| KEYS.contains(&pair.key.as_str()) && !(is_dated && pair.key == "as_of"));
    pairs
}

/// What all inputs state of the stack, as an entry, and what each does.
pub(super) fn given(made: &Made) -> (Found, BTreeMap<String, Piece>) {
    let is_dated = made.seen.is_some();
    let value = Piece::Map(of(&made.written.text, is_dated));
    let share = |part: &crate::import::Part| (part.file.clone(), Piece::Map(of(&part.written.text, is_dated)));
    let says_something = |(_, says): &(String, Piece)| *says != Piece::Map(Vec::new());
    let shares = made.parts.iter().map(share).filter(says_something).collect();
    (Found { section: SECTION, id: String::new(), value, keys: BTreeMap::new(), line: 0 }, shares)
}

/// Adds the edits of all settings; what stands where no input states it, stays.
pub(super) fn merge(
    editor: &mut Editor<'_>,
    root: Place<'_>,
    made: &Made,
    (base, present): (&Base, &Present),
    outcome: &mut Outcome,
) {
    let (theirs, shares) = given(made);
    let before = base.entry(SECTION.list, "");
    let now: BTreeMap<String, Json> = shares.iter().map(|(file, says)| (file.clone(), says.json())).collect();
    let cover = |path: &str| present.cover(path, before, &now);
    let ours = Piece::of(root.node());
    let was = before.map(|before| Piece::from_json(&before.says));
    let (mut state, mut kept, mut conflicts) = ("same", Vec::new(), Vec::new());
    let mut change = Change::default();
    let add = |editor: &mut Editor<'_>, pair: Pair| {
        let last = root.entries().iter().rposition(|entry| is_head(&entry.key)).unwrap_or_default();
        let what = format!("settings: {}: {}", pair.key, pair.value.shown());
        editor.add_below(&what, root, last, pair);
    };
    // The day of the call is no word of an input: it is taken where neither the file nor an input says one.
    let is_undated = [&ours, &theirs.value].iter().all(|says| says.get("as_of").is_none());
    if let Some(day) = made.seen.filter(|_| is_undated) {
        state = "updated";
        let day = Piece::word(day.to_string());
        put(&mut outcome.wanted, "as_of", Some(day.clone()));
        add(editor, Pair { key: "as_of".to_owned(), value: day, said: None });
    }
    for key in KEYS {
        let get = |piece: Option<&'_ Piece>| piece.and_then(|piece| piece.get(key)).cloned();
        let (own, earlier, new) = (get(Some(&ours)), get(was.as_ref()), get(Some(&theirs.value)));
        let three = Three { ours: own.as_ref(), base: earlier.as_ref(), theirs: new.as_ref() };
        let about = About {
            has_base: before.is_some(),
            is_confirmed: false,
            is_set: false,
            has_default: false,
            cover: cover(key),
        };
        let shown = |piece: &Option<Piece>| piece.as_ref().map(Piece::shown);
        match three.outcome(about) {
            // A setting that no input states any more is still right.
            Becomes::Same | Becomes::Take(None) => {}
            Becomes::Take(Some(value)) => {
                state = "updated";
                let said = match &theirs.value {
                    Piece::Map(pairs) => pairs.iter().find(|pair| pair.key == key).and_then(|pair| pair.said.clone()),
                    _ => None,
                };
                put(&mut outcome.wanted, key, Some(value.clone()));
                match root.entries().iter().position(|entry| entry.key == key) {
                    Some(at) => {
                        let before = before.and_then(|before| before.said.get(key).cloned());
                        change.set.push((at, value, Said { before, now: said }));
                    }
                    None => add(editor, Pair { key: key.to_owned(), value, said }),
                }
            }
            Becomes::Kept => kept.push(KeptValue {
                key: key.to_owned(),
                yours: shown(&own),
                input: shown(&new),
                why: if before.is_some() { "changed by hand" } else { "written by hand" }.to_owned(),
            }),
            Becomes::Conflict => conflicts.push(Conflict {
                key: key.to_owned(),
                yours: shown(&own),
                input: shown(&new),
                before: shown(&earlier),
                inputs: made.settings.values(key),
            }),
        }
    }
    editor.change("settings", root, &change);
    if before.is_some() || theirs.value != Piece::Map(Vec::new()) {
        let is_absent = |file: &str| !present.all.contains(file);
        let left = remember::entry(&theirs, &shares, before.map(|before| (before, &is_absent as _)), &cover);
        outcome.base.put(SECTION.list, "", left);
    }
    state = match (conflicts.is_empty(), kept.is_empty()) {
        (false, _) => "conflict",
        (true, false) if state == "same" => "kept",
        _ => state,
    };
    if state != "same" {
        let report = EntryReport { kept, conflicts, ..EntryReport::of(SECTION.word.to_owned(), state) };
        outcome.reports.gone.insert(0, report);
    }
}

/// Keys that stand at the head of a file.
fn is_head(key: &str) -> bool {
    ["sinew", "name", "as_of", "currency", "hourly_rate", "error_minutes", "catalog"].contains(&key)
}
