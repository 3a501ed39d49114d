//! One entry of the stack file with what the inputs say of it now.

use std::collections::BTreeSet;

use super::base::BaseEntry;
use super::shape::{each_reference, is_set, row, within};
use super::three::{About, Cover, Outcome, Three, is_same_product};
use crate::edit::{Change, Editor, Pair, Piece, Place, Said};
use crate::import::report::{Conflict, KeptValue};
use crate::model::shape::{Key, Takes};

/// What the merge of one entry may ask.
pub(super) struct Asks<'a> {
    /// What is known of the inputs that gave a key.
    pub(super) cover: &'a dyn Fn(&str) -> Cover,
    /// Whether the stack file will have an entry of this kind and id.
    pub(super) exists: &'a dyn Fn(&'static str, &str) -> bool,
}

/// The merge of one entry.
pub(super) struct EntryMerge<'a> {
    name: String,
    base: Option<&'a BaseEntry>,
    asks: Asks<'a>,
    guessed: [BTreeSet<String>; 3],
    pub(super) conflicts: Vec<Conflict>,
    pub(super) kept: Vec<KeptValue>,
    pub(super) is_updated: bool,
    /// Keys whose value is not that of the inputs.
    held: BTreeSet<String>,
    /// Keys whose value is taken from the inputs.
    filled: BTreeSet<String>,
}

/// Keys that say something also where they are not there: an entry without them is live.
pub(super) const WITH_DEFAULT: [&str; 2] = ["status", "standby"];

/// What these say where they are not there: of a system, of a flow.
const DEFAULTS: [&str; 3] = ["production", "live", "false"];

impl<'a> EntryMerge<'a> {
    pub(super) fn new(name: String, base: Option<&'a BaseEntry>, asks: Asks<'a>) -> Self {
        Self {
            name,
            base,
            asks,
            guessed: Default::default(),
            conflicts: Vec::new(),
            kept: Vec::new(),
            is_updated: false,
            held: BTreeSet::new(),
            filled: BTreeSet::new(),
        }
    }

    /// Adds the edits of the entry at `place`, and gives what it will say.
    pub(super) fn merge(
        &mut self,
        editor: &mut Editor<'_>,
        place: Place<'_>,
        ours: &Piece,
        theirs: &Piece,
        keys: &'static [Key],
    ) -> Piece {
        let base = self.base.map(|base| Piece::from_json(&base.says));
        self.guessed = [guessed(Some(ours)), guessed(base.as_ref()), guessed(Some(theirs))];
        let values = Three { ours: Some(ours), base: base.as_ref(), theirs: Some(theirs) };
        let mut merged = self.map(editor, place, values, keys, "");
        self.basis(editor, place, values, &mut merged);
        merged
    }

    fn map(
        &mut self,
        editor: &mut Editor<'_>,
        place: Place<'_>,
        values: Three<'_>,
        keys: &'static [Key],
        path: &str,
    ) -> Piece {
        let mut merged = values.ours.cloned().unwrap_or(Piece::Nothing);
        let pairs = |piece: Option<&Piece>| -> Vec<Pair> {
            match piece {
                Some(Piece::Map(pairs)) => pairs.clone(),
                _ => Vec::new(),
            }
        };
        let (own, new) = (pairs(values.ours), pairs(values.theirs));
        let more = new.iter().filter(|pair| own.iter().all(|known| known.key != pair.key));
        let mut change = Change::default();
        let mut words = Vec::new();
        for name in own.iter().chain(more).map(|pair| pair.key.clone()).collect::<Vec<_>>() {
            // What an entry is called is the hand's; where it came from is settled last.
            if path.is_empty() && (name == "basis" || name == "id") {
                continue;
            }
            let full = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let key = row(keys, &name);
            let get = |piece: Option<&'_ Piece>| piece.and_then(|piece| piece.get(&name)).cloned();
            let (ours, base, theirs) = (get(values.ours), get(values.base), get(values.theirs));
            let three = Three { ours: ours.as_ref(), base: base.as_ref(), theirs: theirs.as_ref() };
            let at = place.entries().iter().position(|entry| entry.key == name);
            let is_map = |piece: &Option<Piece>| matches!(piece, Some(Piece::Map(_)));
            // Where nothing of it is left, and no hand changed it, the key goes as a whole.
            let is_left = theirs.is_none() && is_map(&base) && ours != base;
            if let Some(at) = at.filter(|_| is_map(&ours) && (is_map(&theirs) || is_left)) {
                let inner = self.map(editor, place.entry(at), three, within(key), &full);
                put(&mut merged, &name, Some(inner));
                continue;
            }
            let about = self.about(&full, key);
            let is_default = about.has_default
                && three.ours.is_none()
                && !(about.has_base && about.cover == Cover::Whole)
                && three.theirs.and_then(Piece::scalar).is_some_and(|word| DEFAULTS.contains(&word));
            let outcome = if is_default || name == "product" && is_same_product(three.ours, three.theirs) {
                Outcome::Same
            } else {
                three.outcome(about)
            };
            let said = new.iter().find(|pair| pair.key == name).and_then(|pair| pair.said.clone());
            if let Some(value) = self.settle(outcome, three, &full, key) {
                words.push(format!("{full}: {}", value.as_ref().map_or_else(|| "taken out".to_owned(), Piece::shown)));
                self.write(editor, place, (at, &name, &full, is_set(key)), &value, said, &mut change);
                put(&mut merged, &name, value);
            }
        }
        editor.change(&format!("{}: {}", self.name, words.join(", ")), place, &change);
        merged
    }

    /// Notes what becomes of a value; the new one, where there is a change.
    fn settle(
        &mut self,
        outcome: Outcome,
        three: Three<'_>,
        path: &str,
        key: Option<&'static Key>,
    ) -> Option<Option<Piece>> {
        let shown = |piece: Option<&Piece>| piece.map(Piece::shown);
        match outcome {
            Outcome::Same => None,
            Outcome::Take(Some(piece)) => {
                if let Some(why) = self.names_nothing(&piece, key) {
                    self.held.insert(path.to_owned());
                    self.kept.push(KeptValue {
                        key: path.to_owned(),
                        yours: shown(three.ours),
                        input: Some(piece.shown()),
                        why,
                    });
                    return None;
                }
                self.is_updated = true;
                self.filled.insert(path.to_owned());
                Some(Some(piece))
            }
            Outcome::Take(None) => {
                self.is_updated = true;
                Some(None)
            }
            Outcome::Kept => {
                self.held.insert(path.to_owned());
                let why = match (three.ours, self.base) {
                    (None, Some(_)) => "taken out by hand",
                    (None, None) => "it is live where it says nothing",
                    (Some(_), Some(_)) => "changed by hand",
                    (Some(_), None) => "written by hand",
                };
                let value = KeptValue {
                    key: path.to_owned(),
                    yours: shown(three.ours),
                    input: shown(three.theirs),
                    why: why.to_owned(),
                };
                self.kept.push(value);
                None
            }
            Outcome::Conflict => {
                self.held.insert(path.to_owned());
                self.conflicts.push(Conflict {
                    key: path.to_owned(),
                    yours: shown(three.ours),
                    input: shown(three.theirs),
                    before: shown(three.base),
                    inputs: Vec::new(),
                });
                None
            }
        }
    }

    /// Adds the edit of one key.
    fn write(
        &self,
        editor: &mut Editor<'_>,
        place: Place<'_>,
        (at, name, path, is_set): (Option<usize>, &str, &str, bool),
        value: &Option<Piece>,
        said: Option<String>,
        change: &mut Change,
    ) {
        match (at, value) {
            (Some(at), None) => {
                change.remove.insert(at);
            }
            (None, None) => {}
            (None, Some(value)) => change.add.push(Pair { key: name.to_owned(), value: value.clone(), said }),
            (Some(at), Some(value)) => {
                let list = place.entry(at);
                match value {
                    // Of a list only what is new or gone is touched.
                    Piece::List(members) if is_set && !list.items().is_empty() => {
                        let own: Vec<Piece> = list.items().iter().map(Piece::of).collect();
                        let inner = Change {
                            remove: (0..own.len()).filter(|at| !members.contains(&own[*at])).collect(),
                            append: members.iter().filter(|one| !own.contains(one)).cloned().collect(),
                            ..Change::default()
                        };
                        editor.change(&format!("{}: {path}: {}", self.name, value.shown()), list, &inner);
                    }
                    _ => {
                        let before = self.base.and_then(|base| base.said.get(path).cloned());
                        change.set.push((at, value.clone(), Said { before, now: said }));
                    }
                }
            }
        }
    }

    fn about(&self, path: &str, key: Option<&'static Key>) -> About {
        let first = path.split('.').next().unwrap_or(path);
        let is_in = |set: &BTreeSet<String>| set.contains(path) || set.contains(first);
        let [ours, base, _] = &self.guessed;
        About {
            has_base: self.base.is_some(),
            is_confirmed: is_in(base) && !is_in(ours),
            is_set: is_set(key),
            has_default: WITH_DEFAULT.contains(&path),
            cover: (self.asks.cover)(path),
        }
    }

    /// Why a value cannot be written: it names what the stack file has no more.
    fn names_nothing(&self, piece: &Piece, key: Option<&'static Key>) -> Option<String> {
        let key = key?;
        let mut missing = None;
        let mut look = |what: &'static str, id: &mut String| {
            let is_word = matches!(key.takes, Takes::IdOrWord(_, word) if word == id);
            if !is_word && !(self.asks.exists)(what, id) {
                missing.get_or_insert_with(|| format!("it names {what} `{id}`, which is not in the stack file"));
            }
        };
        let mut one = Piece::Map(vec![Pair::new(key.name, piece.clone())]);
        each_reference(&mut one, std::slice::from_ref(key), &mut look);
        missing
    }

    /// Where the entry came from, and what of it is a guess.
    fn basis(&mut self, editor: &mut Editor<'_>, place: Place<'_>, values: Three<'_>, merged: &mut Piece) {
        let get = |piece: Option<&'_ Piece>| piece.and_then(|piece| piece.get("basis")).cloned();
        let (ours, base) = (get(values.ours), get(values.base));
        let Some(Piece::Map(theirs)) = get(values.theirs) else { return };
        let what = format!("{}: basis", self.name);
        let at = place.entries().iter().position(|entry| entry.key == "basis");
        let Some(at) = at.filter(|_| matches!(ours, Some(Piece::Map(_)))) else {
            if ours.is_none() && base.is_none() {
                let mut pairs = theirs;
                pairs.retain(|pair| pair.key != "guessed");
                let words: Vec<Piece> = self.new_guesses().into_iter().map(Piece::word).collect();
                if !words.is_empty() {
                    pairs.insert(pairs.len().min(2), Pair::new("guessed", Piece::List(words)));
                }
                let pair = Pair::new("basis", Piece::Map(pairs));
                put(merged, "basis", Some(pair.value.clone()));
                editor.change(&what, place, &Change { add: vec![pair], ..Change::default() });
            }
            return;
        };
        let mut basis = ours.unwrap_or(Piece::Nothing);
        let inner = place.entry(at);
        let mut change = Change::default();
        for pair in theirs.iter().filter(|pair| pair.key != "guessed") {
            let (own, before) =
                (basis.get(&pair.key).cloned(), base.as_ref().and_then(|base| base.get(&pair.key)).cloned());
            let is_filled = own.is_none() && before.is_none();
            let is_moved = before.is_some() && own == before && (self.asks.cover)("basis") == Cover::Whole;
            if own.as_ref() == Some(&pair.value) || !(is_filled || is_moved) {
                continue;
            }
            match inner.entries().iter().position(|entry| entry.key == pair.key) {
                Some(at) => change.set.push((at, pair.value.clone(), Said::default())),
                None => change.add.push(pair.clone()),
            }
            put(&mut basis, &pair.key, Some(pair.value.clone()));
        }
        self.guesses(editor, inner, &what, &mut change, &mut basis);
        editor.change(&what, inner, &change);
        put(merged, "basis", Some(basis));
    }

    /// Keys that are a guess since they were taken from the inputs.
    fn new_guesses(&self) -> Vec<String> {
        let [_, _, theirs] = &self.guessed;
        theirs.iter().filter(|word| self.filled.iter().any(|path| is_within(path, word))).cloned().collect()
    }

    fn guesses(
        &mut self,
        editor: &mut Editor<'_>,
        basis: Place<'_>,
        what: &str,
        change: &mut Change,
        merged: &mut Piece,
    ) {
        let [ours, base, theirs] = &self.guessed;
        let is_held = |word: &String| self.held.iter().any(|path| is_within(path, word));
        let is_whole = self.base.is_some() && (self.asks.cover)("basis") == Cover::Whole;
        let mut now: Vec<String> = ours
            .iter()
            .filter(|word| !is_whole || !base.contains(*word) || theirs.contains(*word) || is_held(word))
            .cloned()
            .collect();
        let since = |word: &&String| is_whole && !base.contains(*word) && !is_held(word);
        let new: BTreeSet<String> = theirs.iter().filter(since).cloned().chain(self.new_guesses()).collect();
        now.extend(new.into_iter().filter(|word| !ours.contains(word)));
        let at = basis.entries().iter().position(|entry| entry.key == "guessed");
        if now.iter().cloned().collect::<BTreeSet<_>>() == *ours {
            return;
        }
        self.is_updated = true;
        let words: Vec<Piece> = now.iter().map(Piece::word).collect();
        let list = (!words.is_empty()).then_some(Piece::List(words));
        self.write(editor, basis, (at, "guessed", what, true), &list, None, change);
        put(merged, "guessed", list);
    }
}

/// Whether a key, or a key below it, is the one that a word names.
fn is_within(path: &str, word: &str) -> bool {
    path == word
        || path.strip_prefix(word).is_some_and(|rest| rest.starts_with('.'))
        || word.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
}

/// The keys that an entry lists as guesses.
fn guessed(entry: Option<&Piece>) -> BTreeSet<String> {
    let words = entry.and_then(|entry| entry.get("basis")?.get("guessed")).map(Piece::members).unwrap_or_default();
    words.iter().filter_map(Piece::scalar).map(str::to_owned).collect()
}

/// Puts a value at a key of a mapping, or takes the key out.
pub(super) fn put(map: &mut Piece, key: &str, value: Option<Piece>) {
    if !matches!(map, Piece::Map(_)) {
        *map = Piece::Map(Vec::new());
    }
    let Piece::Map(pairs) = map else { return };
    let at = pairs.iter().position(|pair| pair.key == key);
    match (at, value) {
        (Some(at), Some(value)) => pairs[at].value = value,
        (Some(at), None) => drop(pairs.remove(at)),
        (None, Some(value)) => pairs.push(Pair::new(key, value)),
        (None, None) => {}
    }
}
