//! What a workbook changed of the keys of an entry, and of the items of a list in it.

use std::collections::BTreeSet;

use super::columns::{Holds, Rows, Sheet};
use super::into::Bringing;
use super::show::rate;
use crate::edit::{Change, Pair, Piece, Place, Said};
use crate::model::Mechanism;
use crate::model::shape::Takes;

/// One mapping before the workbook, in the workbook, and in the file now.
#[derive(Clone, Copy)]
pub(super) struct Three<'p> {
    pub(super) base: &'p Piece,
    pub(super) book: &'p Piece,
    pub(super) now: &'p Piece,
}

impl Bringing<'_> {
    /// Takes what the workbook changed of a mapping.
    pub(super) fn keys(
        &mut self,
        what: &str,
        sheet: Option<&Sheet>,
        place: Place<'_>,
        wanted: &mut Piece,
        three: Three<'_>,
    ) {
        self.within(what, "", sheet, place, wanted, three);
    }

    fn within(
        &mut self,
        what: &str,
        path: &str,
        sheet: Option<&Sheet>,
        place: Place<'_>,
        wanted: &mut Piece,
        three: Three<'_>,
    ) {
        let mut keys: Vec<String> = Vec::new();
        for piece in [three.book, three.base] {
            if let Piece::Map(pairs) = piece {
                keys.extend(pairs.iter().map(|pair| pair.key.clone()));
            }
        }
        let mut known = BTreeSet::new();
        keys.retain(|key| known.insert(key.clone()));
        let mut change = Change::default();
        let is_manual = three.book.text("mechanism").and_then(Mechanism::parse).is_some_and(Mechanism::is_manual);
        for key in keys {
            let (base, book, now) = (three.base.get(&key), three.book.get(&key), three.now.get(&key));
            if same(base, book) || same(now, book) {
                continue;
            }
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let told = format!("{what}{}{path}", if what.is_empty() { "" } else { ": " });
            let at = place.entries().iter().position(|entry| entry.key == key);
            let shown = |piece: Option<&Piece>| piece.map_or_else(|| "nothing".to_owned(), Piece::shown);
            if let (Some(Piece::Map(_)), Some(Piece::Map(_)), Some(Piece::Map(_)), Some(at)) = (base, book, now, at)
                && let (Some(base), Some(book), Some(now)) = (base, book, now)
                && let Piece::Map(pairs) = wanted
                && matches!(pairs[at].value, Piece::Map(_))
            {
                let three = Three { base, book, now };
                self.within(what, &path, sheet, place.entry(at), &mut pairs[at].value, three);
                continue;
            }
            if !same(now, base) {
                let (yours, theirs, before) = (shown(now), shown(book), shown(base));
                self.brought.conflicts.push(format!("{told}: yours {yours}, workbook {theirs}, before {before}"));
                continue;
            }
            let Piece::Map(pairs) = wanted else { continue };
            if let (Some(Piece::List(before)), Some(Piece::List(after)), Some(at)) = (now, book, at)
                && self.items(&told, sheet, place.entry(at), &mut pairs[at].value, (before, after))
            {
                continue;
            }
            let new = book.map(|piece| friendly(piece, takes(sheet, &path), is_manual));
            let old = base.map(|piece| friendly(piece, takes(sheet, &path), is_manual));
            let words = format!("{told}: {} in place of {}", shown(new.as_ref()), shown(old.as_ref()));
            if let (Some(piece), Some(at)) = (&new, at)
                && let Some(line) = self.editor.comment_in_the_way(place, at)
            {
                let (piece, name) = (piece.shown(), self.editor.name());
                self.brought.conflicts.push(format!(
                    "{told}: the comment in {name}:{line} would be lost; write {piece} there by hand, or move the comment above `{key}`"
                ));
                continue;
            }
            match (new, at) {
                (Some(piece), Some(at)) => {
                    pairs[at].value = piece.clone();
                    change.set.push((at, piece, Said::default()));
                }
                (Some(piece), None) => {
                    pairs.push(Pair::new(key, piece.clone()));
                    let added = pairs[pairs.len() - 1].clone();
                    change.add.push(added);
                }
                (None, Some(at)) => {
                    change.remove.insert(at);
                }
                (None, None) => continue,
            }
            self.brought.taken.push(words);
        }
        if let Piece::Map(pairs) = wanted {
            let mut at = 0;
            pairs.retain(|_| {
                at += 1;
                !change.remove.contains(&(at - 1))
            });
        }
        self.editor.change(if what.is_empty() { "settings" } else { what }, place, &change);
    }
}

fn takes(sheet: Option<&Sheet>, path: &str) -> Option<Takes> {
    let sheet = sheet.filter(|sheet| matches!(sheet.rows, Rows::Entries(_) | Rows::Flows))?;
    let column = sheet.of_key(path).map(|at| &sheet.columns[at])?;
    if let Holds::Key(takes) = column.holds { Some(takes) } else { None }
}

/// A value as people would write it, which for how often a machine does it depends on another key: `1/day` and not `365/year`.
fn friendly(piece: &Piece, takes: Option<Takes>, is_manual: bool) -> Piece {
    let each = |say: &dyn Fn(&str) -> String| match piece {
        Piece::Scalar { text, .. } => Piece::word(say(text)),
        Piece::List(items) => Piece::List(items.iter().filter_map(Piece::scalar).map(say).map(Piece::word).collect()),
        other => other.clone(),
    };
    match takes {
        Some(Takes::RateRange) => each(&|text| rate(text, is_manual)),
        _ => piece.clone(),
    }
}

/// The same of all keys of a new entry.
pub(super) fn friendly_all(piece: &Piece, sheet: Option<&Sheet>) -> Piece {
    let Piece::Map(pairs) = piece else { return piece.clone() };
    let is_manual = piece.text("mechanism").and_then(Mechanism::parse).is_some_and(Mechanism::is_manual);
    let one = |pair: &Pair| Pair::new(&pair.key, friendly(&pair.value, takes(sheet, &pair.key), is_manual));
    Piece::Map(pairs.iter().map(one).collect())
}

/// Whether two values say the same; the order of items that are mappings says nothing.
fn same(one: Option<&Piece>, other: Option<&Piece>) -> bool {
    let (Some(Piece::List(one)), Some(Piece::List(other))) = (one, other) else { return one == other };
    let are_maps = one.iter().chain(other).all(|item| matches!(item, Piece::Map(_)));
    let mut left: Vec<&Piece> = other.iter().collect();
    let is_there = |item: &Piece| left.iter().position(|known| *known == item).map(|at| left.remove(at)).is_some();
    one == other || are_maps && one.len() == other.len() && one.iter().all(is_there)
}
