//! What a workbook changed of a list in an entry, item by item: what else stands in the list keeps its lines and comments.

use std::collections::BTreeSet;

use super::columns::Sheet;
use super::into::Bringing;
use super::keys::Three;
use crate::edit::{Change, Piece, Place};

/// What becomes of the items of a list, by their places before and after.
#[derive(Debug, Default, PartialEq, Eq)]
struct Matched {
    /// Those that stay and say something else.
    changed: Vec<(usize, usize)>,
    gone: Vec<usize>,
    new: Vec<usize>,
}

impl Bringing<'_> {
    /// Makes what changed from `before` to `after` of the list at `place`, of which the file says `wanted`. Whether that could
    /// be done item by item.
    pub(super) fn items(
        &mut self,
        told: &str,
        sheet: Option<&Sheet>,
        place: Place<'_>,
        wanted: &mut Piece,
        (before, after): (&[Piece], &[Piece]),
    ) -> bool {
        let Piece::List(own) = wanted else { return false };
        let all = || before.iter().chain(after);
        let are_maps = all().all(|one| matches!(one, Piece::Map(_)));
        // Three figures are one value, and a list on one line is written again as it was.
        let is_figure = |one: &Piece| one.scalar().is_none_or(|text| text.starts_with(|c: char| !c.is_alphabetic()));
        if !are_maps && (all().any(is_figure) || !self.editor.is_on_lines(place)) || place.items().len() != own.len() {
            return false;
        }
        let Some(at_of) = places(own, before) else { return false };
        let matched = matched(before, after);
        let mut gone: BTreeSet<usize> = matched.gone.iter().map(|at| at_of[*at]).collect();
        let mut new: Vec<usize> = matched.new.clone();
        for (was, is) in matched.changed {
            let at = at_of[was];
            if !matches!(own[at], Piece::Map(_)) {
                gone.insert(at);
                new.push(is);
                continue;
            }
            let three = Three { base: &before[was], book: &after[is], now: &before[was] };
            let what = format!("{told} ({})", called(&before[was], was));
            self.keys(&what, sheet, place.item(at), &mut own[at], three);
        }
        let brought = &mut self.brought.taken;
        brought.extend(gone.iter().map(|at| format!("{told}: {} is taken out", own[*at].shown())));
        brought.extend(new.iter().map(|at| format!("{told}: {} is new", after[*at].shown())));
        let append: Vec<Piece> = new.iter().map(|at| after[*at].clone()).collect();
        let kept = own.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, one)| one.clone());
        *own = kept.chain(append.iter().cloned()).collect();
        self.editor.change(told, place, &Change { remove: gone, append, are_entries: true, ..Change::default() });
        true
    }
}

/// An item in a few words: its first two single values, else its number.
fn called(item: &Piece, at: usize) -> String {
    let Piece::Map(pairs) = item else { return item.shown() };
    let words: Vec<&str> = pairs.iter().filter_map(|pair| pair.value.scalar()).take(2).collect();
    if words.is_empty() { format!("item {}", at + 1) } else { words.join(", ") }
}

/// Where each of `items` stands among those of the file, which may be written otherwise: alike ones first, then in their order.
fn places(file: &[Piece], items: &[Piece]) -> Option<Vec<usize>> {
    if file.len() != items.len() {
        return None;
    }
    let mut free: BTreeSet<usize> = (0..file.len()).collect();
    let mut found: Vec<Option<usize>> = vec![None; items.len()];
    for (item, place) in items.iter().zip(&mut found) {
        *place = free.iter().copied().find(|at| file[*at] == *item);
        free.retain(|at| Some(*at) != *place);
    }
    let mut rest = free.into_iter();
    found.into_iter().map(|place| place.or_else(|| rest.next())).collect()
}

/// Pairs of items that are held against each other, each time one is found.
const MOST_COMPARED: usize = 10_000;

/// Which item is which: those that are the same, then those that have most in common.
fn matched(before: &[Piece], after: &[Piece]) -> Matched {
    let mut new: Vec<usize> = Vec::new();
    let mut gone: Vec<usize> = (0..before.len()).collect();
    for (at, item) in after.iter().enumerate() {
        match gone.iter().position(|was| before[*was] == *item) {
            Some(same) => drop(gone.remove(same)),
            None => new.push(at),
        }
    }
    let mut changed = Vec::new();
    // Of very many, each is taken out and written anew.
    while gone.len() * new.len() <= MOST_COMPARED {
        let pairs = gone.iter().flat_map(|was| new.iter().map(move |is| (*was, *is)));
        let best =
            pairs.map(|(was, is)| (in_common(&before[was], &after[is]), was, is)).filter(|(common, ..)| *common > 0);
        // Of equals the first.
        let Some((_, was, is)) = best.min_by_key(|(common, was, is)| (std::cmp::Reverse(*common), *was, *is)) else {
            break;
        };
        gone.retain(|at| *at != was);
        new.retain(|at| *at != is);
        changed.push((was, is));
    }
    changed.sort_unstable();
    Matched { changed, gone, new }
}

/// How many keys of two items say the same; of a list in them, how many of its items.
fn in_common(one: &Piece, other: &Piece) -> usize {
    let Piece::Map(pairs) = one else { return 0 };
    let of_pair = |(one, other): (&Piece, &Piece)| match (one, other) {
        (Piece::List(one), Piece::List(other)) => one.iter().filter(|item| other.contains(item)).count(),
        _ => usize::from(one == other),
    };
    pairs.iter().filter_map(|pair| Some((&pair.value, other.get(&pair.key)?))).map(of_pair).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Pair;

    fn item(keys: &[(&str, &str)]) -> Piece {
        Piece::Map(keys.iter().map(|(key, word)| Pair::new(*key, Piece::word(*word))).collect())
    }

    #[test]
    fn an_item_that_says_something_else_is_told_from_one_that_is_new() {
        let (a, b) = (item(&[("data", "lead"), ("at", "crm")]), item(&[("data", "deal"), ("at", "crm")]));
        let older = item(&[("data", "deal"), ("at", "crm"), ("max_age", "2d")]);
        let other = item(&[("data", "offer"), ("at", "erp")]);
        let is = |before: &[&Piece], after: &[&Piece]| {
            let of = |all: &[&Piece]| all.iter().map(|one| (*one).clone()).collect::<Vec<_>>();
            let Matched { changed, gone, new } = matched(&of(before), &of(after));
            (changed, gone, new)
        };
        assert_eq!(is(&[&a, &b], &[&b, &a]), (vec![], vec![], vec![]), "in another order it says the same");
        assert_eq!(is(&[&a, &b], &[&a, &older]), (vec![(1, 1)], vec![], vec![]));
        assert_eq!(is(&[&a, &b], &[&older]), (vec![(1, 0)], vec![0], vec![]));
        assert_eq!(is(&[&a], &[&a, &other]), (vec![], vec![], vec![1]));
        assert_eq!(places(&[b.clone(), a.clone()], &[a.clone(), b.clone()]), Some(vec![1, 0]));
        // One that is written otherwise stands where the others leave room.
        assert_eq!(places(&[b.clone(), Piece::word("lead@crm")], &[a, b]), Some(vec![1, 0]));
    }
}
