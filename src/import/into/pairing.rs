//! Which entry of the stack file is which of the inputs: by key, by what the last import wrote, by id, and last by what
//! they are. Where two fit, none is taken, and it is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::base::Base;
use super::cover::Present;
use super::found::{Found, Held};
use super::shape::Section;
use crate::edit::Piece;
use crate::import::draft::UNSAID;
use crate::import::recognise::{common_name, is_manual, same_product};

/// What an entry of the inputs is in the stack file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pairing {
    /// The entry of the stack file.
    pub(super) held: Option<usize>,
    /// The id under which the last import wrote it.
    pub(super) base: Option<String>,
    /// Entries of the stack file of which each could be it.
    pub(super) could_be: Vec<usize>,
}

/// Pairs the entries of one section; `found` and `held` are places in the lists of all.
pub(super) fn pair(
    section: Section,
    found: &[(usize, &Found)],
    held: &[(usize, &Held<'_>)],
    base: &Base,
    present: &Present,
) -> BTreeMap<usize, Pairing> {
    let mut pairs = Pairs { all: BTreeMap::new(), taken: vec![false; held.len()], held };
    // Of copies of an entry the first is the one that was imported.
    let keyed =
        held.iter().enumerate().rev().filter_map(|(at, (_, one))| Some((one.value.get("basis")?.text("key")?, at)));
    let by_key: BTreeMap<&str, usize> = keyed.collect();
    let by_id: BTreeMap<&str, usize> =
        held.iter().enumerate().rev().map(|(at, (_, held))| (held.id.as_str(), at)).collect();
    let mut known: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (id, entry) in base.entries.get(section.list).into_iter().flatten() {
        for (file, share) in &entry.inputs {
            known.extend(share.keys.iter().map(|key| ((file.as_str(), key.as_str()), id.as_str())));
        }
    }
    let keys = |one: &Found| -> Vec<(String, String)> {
        one.keys.iter().flat_map(|(file, keys)| keys.iter().map(|key| (file.clone(), key.clone()))).collect()
    };
    for (at, one) in found {
        let id = keys(one).iter().find_map(|(file, key)| known.get(&(file.as_str(), key.as_str())).copied());
        pairs.all.insert(*at, Pairing { base: id.map(str::to_owned), ..Pairing::default() });
    }
    let ids: BTreeSet<&str> = found.iter().map(|(_, one)| one.id.as_str()).collect();
    // What is known by its key is also called the same, as a rule: that comes first, as one key may have been the first of
    // several that gave the entry.
    let by_own_key = |pairs: &Pairs<'_, '_>, one: &Found| {
        let free = |key: &str| by_key.get(key).copied().filter(|at| !pairs.taken[*at]);
        keys(one).iter().find_map(|(_, key)| free(key))
    };
    for (at, one) in found {
        let own = by_own_key(&pairs, one).filter(|held| pairs.held[*held].1.id == one.id);
        let known = pairs.all[at].base.as_deref().filter(|id| *id == one.id);
        let place = own.or_else(|| known.and_then(|id| by_id.get(id).copied()));
        pairs.take(*at, place);
    }
    // Another id: a hand renamed the entry, or the inputs did, of which then none says the old one any more.
    for (at, one) in found {
        let id = pairs.all[at].base.clone();
        let is_whole = |id: &str| {
            base.entry(section.list, id).is_none_or(|entry| entry.inputs.keys().all(|file| present.all.contains(file)))
        };
        let may = |id: &str| id == one.id || !ids.contains(id) && is_whole(id);
        let own = by_own_key(&pairs, one);
        let own = own.filter(|held| may(id.as_deref().unwrap_or(&pairs.held[*held].1.id)));
        let known = id.as_deref().filter(|id| may(id)).and_then(|id| by_id.get(id).copied());
        pairs.take(*at, own.or(known));
    }
    for (at, one) in found {
        pairs.take(*at, by_id.get(one.id.as_str()).copied());
    }
    pairs.likely(section, found);
    // What the last import wrote is another entry's now, or still there: then this one was not taken out by hand.
    let claimed: BTreeSet<String> =
        pairs.all.values().filter(|one| one.held.is_some()).filter_map(|one| one.base.clone()).collect();
    for (at, one) in found {
        let pairing = pairs.all.get_mut(at).expect("every entry has one");
        let is_there = |id: &String| {
            claimed.contains(id) || by_id.contains_key(id.as_str()) || *id != one.id && ids.contains(id.as_str())
        };
        if pairing.held.is_none() && pairing.base.as_ref().is_some_and(is_there) {
            pairing.base = None;
        }
    }
    pairs.all
}

/// By what an entry with this value and id is known.
type Sign<'s> = &'s dyn Fn(&Piece, &str) -> Option<String>;

struct Pairs<'p, 't> {
    all: BTreeMap<usize, Pairing>,
    taken: Vec<bool>,
    held: &'p [(usize, &'p Held<'t>)],
}

impl Pairs<'_, '_> {
    fn take(&mut self, found: usize, at: Option<usize>) {
        let pairing = self.all.get_mut(&found).expect("every entry has one");
        if let Some(at) = at.filter(|at| pairing.held.is_none() && !self.taken[*at]) {
            pairing.held = Some(self.held[at].0);
            self.taken[at] = true;
        }
    }

    /// Pairs what is left by likeness.
    fn likely(&mut self, section: Section, found: &[(usize, &Found)]) {
        let is_free = |pairs: &Self, at: &usize| pairs.all[at].held.is_none();
        let signs: Vec<Sign<'_>> = match section.list {
            "systems" => vec![&product, &name],
            "flows" => vec![&ends],
            _ => vec![&name],
        };
        for sign in signs {
            let is_flow = section.list == "flows";
            // Of systems all count, also those that have their partner: with a second org of one product it is not
            // clear which is meant. A flow may well stand beside others of the same ends.
            let mut theirs: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, one) in found.iter().filter(|(at, _)| !is_flow || is_free(self, at)) {
                sign(&one.value, &one.id).into_iter().for_each(|sign| theirs.entry(sign).or_default().push(*at));
            }
            let mut ours: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, (_, one)) in self.held.iter().enumerate().filter(|(at, _)| !is_flow || !self.taken[*at]) {
                for sign in each_sign(sign, &one.value, &one.id) {
                    ours.entry(sign).or_default().push(at);
                }
            }
            let values: BTreeMap<usize, &Piece> = found.iter().map(|(at, one)| (*at, &one.value)).collect();
            for (sign, at) in &theirs {
                let Some(places) = ours.get(sign) else { continue };
                self.settle(at, places, &values, is_flow);
            }
        }
    }

    /// Pairs entries of one sign where only one fits each.
    fn settle(&mut self, theirs: &[usize], ours: &[usize], values: &BTreeMap<usize, &Piece>, is_flow: bool) {
        let fits = |one: usize, at: usize| !is_flow || share_an_object(values[&one], &self.held[at].1.value);
        let mut chosen = Vec::new();
        for one in theirs.iter().copied().filter(|one| self.all[one].held.is_none()) {
            let places: Vec<usize> = ours.iter().copied().filter(|at| fits(one, *at)).collect();
            let rivals = |at: usize| theirs.iter().filter(|other| fits(**other, at)).count();
            match places.as_slice() {
                [] => {}
                [at] if rivals(*at) == 1 && !self.taken[*at] => chosen.push((one, Ok(*at))),
                // Its partner is known by key or id, and there is no other.
                [at] if self.taken[*at] => {}
                several => chosen.push((one, Err(several.to_vec()))),
            }
        }
        for (one, outcome) in chosen {
            match outcome {
                Ok(at) => self.take(one, Some(at)),
                Err(several) => {
                    let could_be = several.iter().map(|at| self.held[*at].0).collect();
                    self.all.get_mut(&one).expect("every entry has one").could_be = could_be;
                }
            }
        }
    }
}

/// The signs of an entry of the stack file: a flow with several targets has one for each.
fn each_sign(sign: Sign<'_>, value: &Piece, id: &str) -> Vec<String> {
    let targets = value.get("to").map(Piece::members).unwrap_or_default();
    if targets.len() < 2 {
        return sign(value, id).into_iter().collect();
    }
    let Piece::Map(pairs) = value else { return Vec::new() };
    let one = |target: &Piece| {
        let mut pairs = pairs.clone();
        pairs.iter_mut().filter(|pair| pair.key == "to").for_each(|pair| pair.value = target.clone());
        sign(&Piece::Map(pairs), id)
    };
    targets.iter().filter_map(one).collect()
}

fn product(value: &Piece, _: &str) -> Option<String> {
    value.text("product").and_then(same_product)
}

fn name(value: &Piece, id: &str) -> Option<String> {
    Some(common_name(value.text("name"), value.text("product"), id))
}

/// Ends, and the side: automated or by hand.
fn ends(value: &Piece, _: &str) -> Option<String> {
    let to = value.get("to").map(Piece::members).unwrap_or_default();
    let side = is_manual(value.text("mechanism")?)?;
    Some(format!("{} {} {side}", value.text("from")?, to.first().and_then(Piece::scalar)?))
}

/// Whether two flows carry the same, or the first does not say what it carries.
fn share_an_object(one: &Piece, other: &Piece) -> bool {
    let guessed = one.get("basis").and_then(|basis| basis.get("guessed")).map(Piece::members).unwrap_or_default();
    let data = |flow: &Piece| -> Vec<String> {
        let members = flow.get("data").map(Piece::members).unwrap_or_default();
        members.iter().filter_map(Piece::scalar).map(str::to_owned).collect()
    };
    if guessed.iter().any(|key| key.scalar() == Some("data")) && data(one) == [UNSAID] {
        return true;
    }
    let other = data(other);
    data(one).iter().any(|id| other.contains(id))
}
