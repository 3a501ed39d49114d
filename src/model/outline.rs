//! A stack as the tree of its keys, for whoever compares two: which keys differ, and the stack with one of them changed.
//!
//! The tree is what the table of keys writes, so no key can be forgotten.

mod alike;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use super::read::{Brought, CatalogFile, read_tree, read_with};
use super::stack::{Remarks, Stack};
use super::table::{Mapping, Pairs, Written, pairs};
use super::write::lines;
use crate::catalog::{OwnCell, SharedCatalog};
use crate::source::{Diagnostics, Source};
use tree::tree;

/// Every key that a stack states, with each flow under its id.
#[derive(Clone, Debug)]
pub struct Outline {
    keys: Pairs,
    /// What its products are read with.
    catalog: SharedCatalog,
}

/// Where a key stands: the key of the file, the id where that is a list of entries, then key in key. Of an entry that is
/// there on one side only, as far as its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<String>);

/// One difference between two stacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub path: Path,
    /// The list of the entry (`systems`), where it is one of an entry.
    pub list: Option<String>,
    /// What stood there, on one line as the stack file would write it; `None` where nothing did.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
}

impl Path {
    /// Its parts from the key of the file inwards.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        &self.0
    }

    fn with(&self, part: &str) -> Self {
        Self(self.0.iter().cloned().chain([part.to_owned()]).collect())
    }
}

impl Change {
    /// The id of the entry, where it is one of an entry.
    #[must_use]
    pub fn entry(&self) -> Option<&str> {
        self.list.as_ref().and(self.path.0.get(1)).map(String::as_str)
    }

    /// The key within the entry, or of the file: `plan.budget`; `None` where a whole entry came or went.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let parts = if self.list.is_some() { self.path.0.get(2..)? } else { &self.path.0 };
        (!parts.is_empty()).then(|| parts.join("."))
    }

    /// Whether it is a remark that no analysis reads: notes, keys of one's own, where an entry came from.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        let within = if self.list.is_some() { self.path.0.get(2) } else { self.path.0.first() };
        within.is_some_and(|key| is_remark(key))
    }
}

fn is_remark(key: &str) -> bool {
    key.starts_with("x-") || Remarks::KEYS.iter().any(|remark| remark.name == key)
}

/// The key that names catalog files of one's own.
const CATALOG: &str = "catalog";

/// Cells of catalogs that are told; of more, how many there are.
const SHOWN_CELLS: usize = 4;

fn or_empty(value: &str) -> String {
    if value.is_empty() { "empty".to_owned() } else { format!("`{value}`") }
}

/// Where an entry says which of its keys are guesses.
const BASIS: &str = "basis";
const GUESSED: &str = "guessed";

/// The key that says former ids: what it does is done before stacks are compared, so it is no difference itself.
const FORMER_IDS: &str = "was";

impl Outline {
    /// What `stack` states.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let mut stack = stack.clone();
        stack.flows.iter_mut().for_each(|flow| flow.has_own_id = true);
        Self { keys: pairs(&stack.ids(), &stack), catalog: stack.catalog.clone() }
    }

    /// The stack that it says with its text, where it says a valid one.
    #[must_use]
    pub fn stack(&self) -> Option<(Stack, Source)> {
        let source = Source::new("stack.yaml", lines(&self.keys));
        Some((read_with(&source, &self.catalog).stack?, source))
    }

    /// The same without a text, and so without places: what is only analyzed is read in half the time.
    #[must_use]
    pub fn stack_without_places(&self) -> Option<Stack> {
        let brought = |_: &[CatalogFile]| Brought { catalog: self.catalog.clone(), ..Brought::default() };
        read_tree(&tree(&self.keys)?, Diagnostics::default(), brought).stack
    }

    /// The same without what follows from an id by itself, such as a name: of each entry called `(list, id)` only the keys
    /// stay that `original` states for what `former` says it was called.
    #[must_use]
    pub fn as_stated(mut self, original: &Self, former: impl Fn(&str, &str) -> Option<String>) -> Self {
        for (list, value) in &mut self.keys {
            let Written::Entries(all) = value else { continue };
            let stated = entries(find(&original.keys, list)).unwrap_or_default();
            let stated: BTreeMap<&str, &Pairs> = stated.into_iter().collect();
            for (id, keys) in all {
                if let Some(was) = former(list, id).and_then(|former| stated.get(former.as_str()).copied()) {
                    keys.retain(|(key, _)| find(was, key).is_some());
                }
            }
        }
        self
    }

    /// What stands at a key of an entry, on one line as the stack file would write it: the key, or keys within one another
    /// joined by dots; `None` where it is not stated.
    #[must_use]
    pub fn stated(&self, list: &str, id: &str, key: &str) -> Option<String> {
        let keys = entries(find(&self.keys, list))?.into_iter().find(|(known, _)| *known == id)?.1;
        line_at(keys, key)
    }

    /// What stands at a key of the file itself, on one line; `None` where it is not stated.
    #[must_use]
    pub fn setting(&self, key: &str) -> Option<String> {
        line_at(&self.keys, key)
    }

    /// The same with `value`, as a stack file writes it, at a key of an entry of `list`, or of the file where `list` is
    /// `settings`; the same as it is where there is no such entry.
    #[must_use]
    pub fn answered(mut self, list: &str, id: &str, key: &str, value: &str) -> Self {
        if let Some(keys) = self.keys_of(list, id) {
            write_at(keys, key, value);
        }
        self
    }

    /// The same with a key, or the word for the entry itself, no longer marked as a guess.
    #[must_use]
    pub fn confirmed(mut self, list: &str, id: &str, key: &str) -> Self {
        let basis = self.keys_of(list, id).and_then(|keys| find_mut(keys, BASIS));
        if let Some(Written::Mapping(basis)) = basis
            && let Some(Written::Line(guessed)) = find_mut(basis, GUESSED)
        {
            let inner = guessed.trim_matches(['[', ']']);
            // The names of keys hold no comma, nor anything that is escaped.
            let left: Vec<String> = inner
                .split(", ")
                .filter(|word| !word.is_empty() && word.trim_matches('"') != key)
                .map(str::to_owned)
                .collect();
            if left.is_empty() {
                basis.retain(|(known, _)| known != GUESSED);
            } else {
                *guessed = format!("[{}]", left.join(", "));
            }
        }
        self
    }

    /// The same without an entry; what names it makes no valid stack then.
    #[must_use]
    pub fn without(mut self, list: &str, id: &str) -> Self {
        match find_mut(&mut self.keys, list) {
            Some(Written::Entries(all)) => all.retain(|(known, _)| known != id),
            Some(Written::Items(all)) => all.retain(|keys| id_of(keys) != id),
            _ => {}
        }
        self
    }

    /// The keys of an entry, or those of the file for `settings`.
    fn keys_of(&mut self, list: &str, id: &str) -> Option<&mut Pairs> {
        if list == "settings" {
            return Some(&mut self.keys);
        }
        match find_mut(&mut self.keys, list)? {
            Written::Entries(all) => all.iter_mut().find(|(known, _)| known == id).map(|(_, keys)| keys),
            Written::Items(all) => all.iter_mut().find(|keys| id_of(keys) == id),
            _ => None,
        }
    }

    /// What differs from here to `new`: settings first, in the order of the file, then entries by id.
    #[must_use]
    pub fn changes(&self, new: &Self) -> Vec<Change> {
        let mut found = Vec::new();
        found.extend(self.change_of_catalog(new));
        compare(&Path(Vec::new()), None, &self.keys, &new.keys, &mut found);
        // Other files with the same rows are a change of the key; other rows are one, whatever the files are called.
        let is_catalog = |change: &Change| change.path.0 == [CATALOG];
        if found.iter().filter(|change| is_catalog(change)).count() > 1 {
            let last = found.iter().rposition(is_catalog).unwrap_or_default();
            found.remove(last);
        }
        found
    }

    /// The cells of catalogs of one's own that differ, as one change.
    fn change_of_catalog(&self, new: &Self) -> Option<Change> {
        let (old, now) = (self.catalog.own_cells(), new.catalog.own_cells());
        if old == now {
            return None;
        }
        let named = |outline: &Self, cells: &[OwnCell], others: &[OwnCell]| {
            let files = find(&outline.keys, CATALOG).map(Written::line);
            let differing: Vec<&OwnCell> = cells.iter().filter(|cell| others.binary_search(cell).is_err()).collect();
            let shown = differing.iter().take(SHOWN_CELLS);
            let mut words: Vec<String> =
                shown.map(|cell| format!("{}: {} {}", cell.row, cell.column, or_empty(&cell.value))).collect();
            if differing.len() > SHOWN_CELLS {
                words.push(format!("{} more", differing.len() - SHOWN_CELLS));
            }
            match (files, words.is_empty()) {
                (None, true) => None,
                (Some(files), true) => Some(files),
                (None, false) => Some(words.join("; ")),
                (Some(files), false) => Some(format!("{files} with {}", words.join("; "))),
            }
        };
        let path = Path(vec![CATALOG.to_owned()]);
        Some(Change { path, list: None, old: named(self, old, now), new: named(new, now, old) })
    }

    /// The same with what `other` has at `path`.
    #[must_use]
    pub fn with(&self, path: &Path, other: &Self) -> Self {
        let mut keys = self.keys.clone();
        set(&mut keys, &path.0, &other.keys);
        // Files and what is in them change together.
        let from = if path.0.first().is_some_and(|key| key == CATALOG) { other } else { self };
        Self { keys, catalog: from.catalog.clone() }
    }
}

/// Writes a line behind a key, or behind keys within one another joined by dots.
fn write_at(keys: &mut Pairs, key: &str, value: &str) {
    let (first, rest) = key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let at = keys.iter().position(|(known, _)| known == first);
    match (rest, at) {
        (None, Some(at)) => keys[at].1 = Written::Line(value.to_owned()),
        (None, None) => keys.push((first.to_owned().into(), Written::Line(value.to_owned()))),
        (Some(rest), at) => {
            let at = at.unwrap_or_else(|| {
                keys.push((first.to_owned().into(), Written::Mapping(Pairs::new())));
                keys.len() - 1
            });
            if !matches!(keys[at].1, Written::Mapping(_)) {
                keys[at].1 = Written::Mapping(Pairs::new());
            }
            if let Written::Mapping(within) = &mut keys[at].1 {
                write_at(within, rest, value);
            }
        }
    }
}

/// The entries of a list that has ids, by id.
fn entries(value: Option<&Written>) -> Option<Vec<(&str, &Pairs)>> {
    Some(match value? {
        Written::Entries(entries) => entries.iter().map(|(id, keys)| (id.as_str(), keys)).collect(),
        Written::Items(items) => items.iter().map(|keys| (id_of(keys), keys)).collect(),
        _ => return None,
    })
}

/// The id of a flow, as it is written.
fn id_of(keys: &Pairs) -> &str {
    match find(keys, "id") {
        // Ids hold nothing that is escaped.
        Some(Written::Line(id)) => id.trim_matches('"'),
        _ => "",
    }
}

fn find_mut<'p>(keys: &'p mut Pairs, key: &str) -> Option<&'p mut Written> {
    keys.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
}

/// What stands at a key, or at a path of keys such as `contract.cost`, on one line.
fn line_at(mut keys: &Pairs, path: &str) -> Option<String> {
    let mut parts = path.split('.').peekable();
    while let Some(part) = parts.next() {
        match find(keys, part)? {
            value if parts.peek().is_none() => return Some(value.line()),
            Written::Mapping(within) => keys = within,
            _ => return None,
        }
    }
    None
}

fn find<'p>(keys: &'p Pairs, key: &str) -> Option<&'p Written> {
    keys.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn compare(at: &Path, list: Option<&str>, old: &Pairs, new: &Pairs, found: &mut Vec<Change>) {
    let gone = old.iter().filter(|(key, _)| find(new, key).is_none());
    for (key, _) in new.iter().chain(gone).filter(|(key, _)| key != FORMER_IDS) {
        let (before, now) = (find(old, key), find(new, key));
        if before == now {
            continue;
        }
        let path = at.with(key);
        let all = [entries(before), entries(now)];
        if list.is_none() && all.iter().any(Option::is_some) {
            let [before, now] = all.map(Option::unwrap_or_default);
            compare_entries(&path, &before, &now, found);
            continue;
        }
        if let (Some(Written::Mapping(before)), Some(Written::Mapping(now))) = (before, now) {
            compare(&path, list, before, now, found);
            continue;
        }
        let [old, new] = [before, now].map(|value| value.map(Written::line));
        found.push(Change { path, list: list.map(str::to_owned), old, new });
    }
}

fn compare_entries<'p>(at: &Path, old: &[(&'p str, &'p Pairs)], new: &[(&'p str, &'p Pairs)], found: &mut Vec<Change>) {
    let list = at.0.last().cloned();
    let by_id =
        |entries: &[(&'p str, &'p Pairs)]| -> BTreeMap<&'p str, &'p Pairs> { entries.iter().copied().collect() };
    let (old, new) = (by_id(old), by_id(new));
    let ids: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for id in ids {
        let path = at.with(id);
        match (old.get(id), new.get(id)) {
            (Some(old), Some(new)) => compare(&path, list.as_deref(), old, new, found),
            (old, new) => {
                let [old, new] = [old, new].map(|keys| keys.map(|keys| Written::Mapping((*keys).clone()).line()));
                found.push(Change { path, list: list.clone(), old, new });
            }
        }
    }
}

/// Sets in `keys` what `other` has at `path`, or removes it where `other` has nothing there.
fn set(keys: &mut Pairs, path: &[String], other: &Pairs) {
    let Some((key, within)) = path.split_first() else { return };
    let theirs = find(other, key);
    let Some(at) = keys.iter().position(|(known, _)| known == key) else {
        // All of it is missing here: of a list as much as the path names, so that the rest stays missing.
        let value = theirs.and_then(|value| only(value, within));
        keys.extend(value.map(|value| (key.clone().into(), value)));
        return;
    };
    let ours = &mut keys[at].1;
    match (ours, theirs, within.split_first()) {
        (Written::Mapping(ours), Some(Written::Mapping(theirs)), Some(_)) => set(ours, within, theirs),
        (Written::Entries(ours), theirs, Some((id, within))) => {
            let theirs = entries(theirs).and_then(|all| all.into_iter().find(|(known, _)| known == id));
            let place = ours.iter().position(|(known, _)| known == id);
            match (place, theirs) {
                (Some(place), Some((_, theirs))) if !within.is_empty() => set(&mut ours[place].1, within, theirs),
                (Some(place), _) => drop(ours.remove(place)),
                (None, Some((_, theirs))) => ours.push((id.clone(), theirs.clone())),
                (None, None) => {}
            }
        }
        (Written::Items(ours), theirs, Some((id, within))) => {
            let theirs = entries(theirs).and_then(|all| all.into_iter().find(|(known, _)| known == id));
            let place = ours.iter().position(|keys| id_of(keys) == id);
            match (place, theirs) {
                (Some(place), Some((_, theirs))) if !within.is_empty() => set(&mut ours[place], within, theirs),
                (Some(place), _) => drop(ours.remove(place)),
                (None, Some((_, theirs))) => ours.push(theirs.clone()),
                (None, None) => {}
            }
        }
        (ours, Some(theirs), _) => *ours = theirs.clone(),
        (_, None, _) => drop(keys.remove(at)),
    }
}

/// Of a list of entries the one that `path` names; anything else whole.
fn only(value: &Written, path: &[String]) -> Option<Written> {
    let Some(id) = path.first() else { return Some(value.clone()) };
    match value {
        Written::Entries(all) => Some(Written::Entries(all.iter().filter(|(known, _)| known == id).cloned().collect())),
        Written::Items(all) => Some(Written::Items(all.iter().filter(|keys| id_of(keys) == id).cloned().collect())),
        whole => Some(whole.clone()),
    }
}
