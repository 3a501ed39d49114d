//! What the inputs have no more: listed, and on request taken out or marked.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::base::Base;
use super::cover::Present;
use super::entry::put;
use super::found::Held;
use super::plan::{Outcome, Plan, name};
use super::shape::{SECTIONS, each_reference};
use crate::edit::{Change, Editor, Pair, Piece, Place, Said};
use crate::import::report::EntryReport;

/// What becomes of entries that the inputs have no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gone {
    /// They are listed.
    #[default]
    Listed,
    /// They are taken out of the stack file, unless something else in it names them.
    Deleted,
    /// Systems get `status: retired`, flows `status: off`.
    Retired,
}

/// Of entries that are to be taken out, those that something which stays names, each with what names it.
fn needed(
    out: &BTreeSet<usize>,
    held: &[Held<'_>],
    values: &BTreeMap<usize, Piece>,
    new: &[(String, Piece, &'static [crate::model::shape::Key])],
    accepted: &BTreeMap<String, String>,
) -> BTreeMap<usize, String> {
    let index: BTreeMap<(&str, &str), usize> =
        held.iter().enumerate().map(|(at, one)| ((one.section.what, one.id.as_str()), at)).collect();
    let mut needed: BTreeMap<usize, String> = BTreeMap::new();
    let mut mark = |found: usize, by: &str, open: &mut Vec<usize>| {
        if out.contains(&found) && !needed.contains_key(&found) {
            needed.insert(found, by.to_owned());
            open.push(found);
        }
    };
    let mut open = Vec::new();
    for (id, by) in accepted {
        for section in SECTIONS {
            if let Some(at) = index.get(&(section.what, id.as_str())) {
                mark(*at, by, &mut open);
            }
        }
    }
    let mut names = |piece: &Piece, keys, by: &str, open: &mut Vec<usize>| {
        each_reference(&mut piece.clone(), keys, &mut |what, id| {
            if let Some(at) = index.get(&(what, id.as_str())) {
                mark(*at, by, open);
            }
        });
    };
    for (name, piece, keys) in new {
        names(piece, keys, name, &mut open);
    }
    for (at, one) in held.iter().enumerate().filter(|(at, _)| !out.contains(at)) {
        let piece = values.get(&at).unwrap_or(&one.value);
        names(piece, one.section.keys(), &format!("{} {}", one.section.word, one.id), &mut open);
    }
    while let Some(at) = open.pop() {
        let one = &held[at];
        names(&one.value, one.section.keys(), &format!("{} {}", one.section.word, one.id), &mut open);
    }
    needed
}

impl Plan<'_, '_> {
    /// What earlier imports wrote and no input has any more; the entries that are taken out.
    pub(super) fn gone(
        &self,
        editor: &mut Editor<'_>,
        (base, present, wish): (&Base, &Present, Gone),
        root: Place<'_>,
        new: &[usize],
        values: &mut BTreeMap<usize, Piece>,
        outcome: &mut Outcome,
    ) -> BTreeSet<usize> {
        let paired: BTreeSet<usize> = self.pairs.values().filter_map(|pairing| pairing.held).collect();
        let known: BTreeSet<(&str, &str)> = self
            .pairs
            .iter()
            .filter_map(|(at, pairing)| Some((self.found[*at].section.list, pairing.base.as_deref()?)))
            .collect();
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut by_key: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (at, one) in self.held.iter().enumerate().filter(|(at, _)| !paired.contains(at)) {
            places.insert((one.section.list, one.id.as_str()), at);
            if let Some(key) = one.value.get("basis").and_then(|basis| basis.text("key")) {
                by_key.insert((one.section.list, key), at);
            }
        }
        let mut gone: Vec<(usize, String)> = Vec::new();
        for section in SECTIONS {
            for (id, entry) in base.entries.get(section.list).into_iter().flatten() {
                if known.contains(&(section.list, id.as_str())) || outcome.base.entry(section.list, id).is_some() {
                    continue;
                }
                let mut keys = entry.inputs.values().flat_map(|share| &share.keys);
                let place = places.get(&(section.list, id.as_str())).copied();
                let place = place.or_else(|| keys.find_map(|key| by_key.get(&(section.list, key.as_str())).copied()));
                let mut left = entry.clone();
                left.inputs.retain(|file, _| !present.judged.contains(file));
                match (left.inputs.is_empty(), place) {
                    // Others still have it.
                    (false, _) => {
                        for share in left.inputs.values_mut().filter(|share| share.says.is_none()) {
                            share.says = Some(entry.says.clone());
                        }
                        outcome.base.put(section.list, id, left);
                    }
                    (true, None) => {}
                    (true, Some(at)) => {
                        outcome.base.put(section.list, id, entry.clone());
                        gone.push((at, id.clone()));
                    }
                }
            }
        }
        let mut out: BTreeSet<usize> = match wish {
            Gone::Deleted => gone.iter().map(|(at, _)| *at).collect(),
            Gone::Listed | Gone::Retired => BTreeSet::new(),
        };
        let added: Vec<_> = new
            .iter()
            .map(|at| &self.found[*at])
            .map(|one| (name(one.section, &one.id), one.value.clone(), one.section.keys()))
            .collect();
        let needed =
            if out.is_empty() { BTreeMap::new() } else { needed(&out, self.held, values, &added, &accepted(root)) };
        out.retain(|at| !needed.contains_key(at));
        for (at, id) in gone {
            let one = &self.held[at];
            let why = match wish {
                _ if out.contains(&at) => {
                    if let Some(entries) = outcome.base.entries.get_mut(one.section.list) {
                        entries.remove(&id);
                    }
                    "taken out".to_owned()
                }
                Gone::Deleted => format!("left, as {} names it", needed[&at]),
                Gone::Retired => self.retire(editor, at, &id, values, outcome),
                Gone::Listed => "no input has it any more".to_owned(),
            };
            outcome
                .reports
                .gone
                .push(EntryReport { why: Some(why), ..EntryReport::of(name(one.section, &one.id), "gone") });
        }
        out
    }

    /// Marks what is gone as no longer in use, where an entry can say so.
    fn retire(
        &self,
        editor: &mut Editor<'_>,
        at: usize,
        id: &str,
        values: &mut BTreeMap<usize, Piece>,
        outcome: &mut Outcome,
    ) -> String {
        let one = &self.held[at];
        let status = match one.section.word {
            "system" => "retired",
            "flow" => "off",
            _ => return "no input has it any more; it has no status to say so".to_owned(),
        };
        if one.value.text("status") == Some(status) {
            return format!("no input has it any more; it is `status: {status}`");
        }
        let place = one.place();
        let word = Piece::word(status);
        let at_status = place.entries().iter().position(|entry| entry.key == "status");
        let change = match at_status {
            Some(at) => Change { set: vec![(at, word.clone(), Said::default())], ..Change::default() },
            None => Change { add: vec![Pair::new("status", word.clone())], ..Change::default() },
        };
        let mut merged = one.value.clone();
        put(&mut merged, "status", Some(word));
        editor.change(&format!("{}: status: {status}", name(one.section, &one.id)), place, &change);
        values.insert(at, merged);
        let entry = outcome.base.entries.get_mut(one.section.list).and_then(|entries| entries.get_mut(id));
        if let Some(Json::Object(says)) = entry.map(|entry| &mut entry.says) {
            says.insert("status".to_owned(), status.into());
        }
        format!("now `status: {status}`")
    }
}

/// The subjects of accepted findings, which have to be there.
fn accepted(root: Place<'_>) -> BTreeMap<String, String> {
    let root = Piece::of(root.node());
    let rows = root.get("accept").map(Piece::members).unwrap_or_default();
    rows.iter().filter_map(|row| Some((row.text("subject")?.to_owned(), "an accepted finding".to_owned()))).collect()
}
