//! What the inputs have no more: listed, and on request taken out or marked.

use std::collections::{BTreeMap, BTreeSet};

use super::found::Held;
use super::shape::{SECTIONS, each_reference};
use crate::edit::Piece;

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
pub(super) fn needed(
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
