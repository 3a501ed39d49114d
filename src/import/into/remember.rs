//! What an import leaves for the next one.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::base::{Base, BaseEntry, BaseInput, Share};
use super::found::Found;
use super::three::Cover;
use crate::edit::Piece;
use crate::import::Made;

/// What an import of nothing but its inputs leaves.
pub(in crate::import) fn remembered(made: &Made) -> Base {
    let (found, shares) = super::given(made);
    let mut base = Base::new();
    put_inputs(&mut base, made);
    let (settings, stated) = super::settings::given(made);
    if settings.value != Piece::Map(Vec::new()) {
        base.put("settings", "", entry(&settings, &stated, None, &|_| Cover::Whole));
    }
    for (at, one) in found.iter().enumerate() {
        base.put(
            one.section.list,
            &one.id,
            entry(one, &shares.get(&at).cloned().unwrap_or_default(), None, &|_| Cover::Whole),
        );
    }
    base
}

/// The inputs of this import.
pub(super) fn put_inputs(base: &mut Base, made: &Made) {
    for part in &made.parts {
        let input = BaseInput { format: part.format.to_owned(), within: part.within.clone() };
        base.inputs.insert(part.file.clone(), input);
    }
}

/// An entry as earlier imports left it, and which inputs are not here now.
type Before<'b> = (&'b BaseEntry, &'b dyn Fn(&str) -> bool);

/// An entry as the inputs gave it; `before` is what earlier imports left, of which the inputs that are not here now
/// still hold.
pub(super) fn entry(
    one: &Found,
    shares: &BTreeMap<String, Piece>,
    before: Option<Before<'_>>,
    cover: &dyn Fn(&str) -> Cover,
) -> BaseEntry {
    let mut inputs: BTreeMap<String, Share> = BTreeMap::new();
    for file in one.keys.keys().chain(shares.keys()) {
        let keys = one.keys.get(file).cloned().unwrap_or_default();
        inputs.insert(file.clone(), Share { keys, says: shares.get(file).map(Piece::json) });
    }
    let mut says = one.value.json();
    let mut said = said(&one.value);
    if let Some((before, is_absent)) = before {
        for (file, share) in before.inputs.iter().filter(|(file, _)| is_absent(file)) {
            let says = before.share(file).cloned();
            inputs.insert(file.clone(), Share { keys: share.keys.clone(), says });
        }
        says = united(&before.says, &says, "", cover);
        for (key, words) in before.said.iter().filter(|(key, _)| cover(key) != Cover::Whole) {
            said.insert(key.clone(), words.clone());
        }
    }
    if inputs.len() == 1 {
        inputs.values_mut().filter(|share| share.says.as_ref() == Some(&says)).for_each(|share| share.says = None);
    }
    BaseEntry { says, said, inputs }
}

/// What all inputs say, of which those that are not here now said what was written.
fn united(before: &Json, now: &Json, path: &str, cover: &dyn Fn(&str) -> Cover) -> Json {
    let empty = Map::new();
    let (Json::Object(now), before) = (now, before.as_object().unwrap_or(&empty)) else { return now.clone() };
    let mut all = Map::new();
    let mut keys: Vec<&String> = before.keys().chain(now.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let full = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let value = match (before.get(key), now.get(key)) {
            (Some(before @ Json::Object(_)), Some(now @ Json::Object(_))) => Some(united(before, now, &full, cover)),
            (before, now) => match cover(&full) {
                Cover::Whole | Cover::Changed { is_surer: true } => now.cloned(),
                Cover::Unchanged | Cover::Guessed | Cover::Changed { .. } => before.or(now).cloned(),
            },
        };
        all.extend(value.map(|value| (key.clone(), value)));
    }
    Json::Object(all)
}

fn said(value: &Piece) -> BTreeMap<String, String> {
    let Piece::Map(pairs) = value else { return BTreeMap::new() };
    pairs.iter().filter_map(|pair| Some((pair.key.clone(), pair.said.clone()?))).collect()
}
