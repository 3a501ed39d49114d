//! Entries that went and came with nearly the same keys: perhaps one entry with another id.

use std::collections::BTreeSet;

use super::{Outline, entries, is_remark};
use crate::model::table::Pairs;

/// Of a hundred keys that either of two entries states, so many are equal where they may be one entry.
const ALIKE: usize = 66;

impl Outline {
    /// List, id here and id in `new` of entries of which one went and one came, and which state nearly the same: two thirds of
    /// their keys and values, names that differ aside. Each is in one pair at most, the most alike first; what two others are
    /// as like is in none. By list, then id here.
    #[must_use]
    pub fn alike(&self, new: &Self) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        for (list, value) in &self.keys {
            let theirs = new.keys.iter().find(|(known, _)| known == list).map(|(_, value)| value);
            let [Some(old), Some(new)] = [entries(Some(value)), entries(theirs)] else { continue };
            let ids =
                |all: &[(&str, &Pairs)]| -> BTreeSet<String> { all.iter().map(|(id, _)| (*id).to_owned()).collect() };
            let (before, now) = (ids(&old), ids(&new));
            let gone: Vec<_> = old.into_iter().filter(|(id, _)| !now.contains(*id)).collect();
            let come: Vec<_> = new.into_iter().filter(|(id, _)| !before.contains(*id)).collect();
            found.extend(pairs(&gone, &come).into_iter().map(|(old, new)| (list.to_string(), old, new)));
        }
        found
    }
}

/// Most entries that are compared with one another: of more, which one is which is no question for a machine.
const MOST: usize = 200;

fn pairs(gone: &[(&str, &Pairs)], come: &[(&str, &Pairs)]) -> Vec<(String, String)> {
    if gone.len() > MOST || come.len() > MOST {
        return Vec::new();
    }
    let mut all: Vec<(usize, usize, usize)> = Vec::new();
    for (a, (_, old)) in gone.iter().enumerate() {
        for (b, (_, new)) in come.iter().enumerate() {
            all.extend(likeness(old, new).map(|likeness| (likeness, a, b)));
        }
    }
    all.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (likeness, a, b) in &all {
        if left.contains(a) || right.contains(b) {
            continue;
        }
        // What two others are as like, nobody can tell from here.
        let is_rival = |other: &&(usize, usize, usize)| {
            other.0 == *likeness
                && ((other.1 == *a && other.2 != *b && !right.contains(&other.2))
                    || (other.2 == *b && other.1 != *a && !left.contains(&other.1)))
        };
        if !all.iter().any(|other| is_rival(&other)) {
            found.push((gone[*a].0.to_owned(), come[*b].0.to_owned()));
        }
        left.insert(*a);
        right.insert(*b);
    }
    found.sort();
    found
}

/// How many keys both state with one value, and more of those the better; `None` where that is too few of all.
fn likeness(old: &Pairs, new: &Pairs) -> Option<usize> {
    let counts = |key: &str| !is_remark(key) && key != "id";
    let value = |keys: &Pairs, key: &str| keys.iter().find(|(known, _)| known == key).map(|(_, value)| value.line());
    let keys: BTreeSet<&str> = old.iter().chain(new).map(|(key, _)| key.as_ref()).filter(|key| counts(key)).collect();
    let (mut equal, mut differing) = (0, 0);
    for key in keys {
        match value(old, key) == value(new, key) {
            true => equal += 1,
            // A name may have been made of the id.
            false if key == "name" => {}
            false => differing += 1,
        }
    }
    // Two that state nothing have nothing in common.
    let percent: usize = (equal * 100_usize).checked_div(equal + differing)?;
    (percent >= ALIKE).then_some(percent * 1_000 + equal)
}
