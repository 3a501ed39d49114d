//! How long the lists of a report may get together. Where systems hang on each other in a row, what each failure takes away is a
//! list as long as the rest of the row, so all of them grow with the square of the stack.

use std::collections::BTreeMap;

/// Entries that all lists of one key hold together before any is cut.
const ENTRIES: usize = 200_000;

/// As many more for each list, so that no list is cut below that.
const ENTRIES_EACH: usize = 16;

/// Whether long lists are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// To what a reader, a page and a program can still hold.
    Told,
    /// Never: for comparing one stack with another, since a list that is cut may hide what changed.
    Whole,
}

/// How many entries are left out of the lists of one row, by their keys; lists that are whole are not in it.
pub type LeftOut = BTreeMap<&'static str, usize>;

/// The lists of a row by their keys, and how long each is.
pub(super) type Lists<T> = [(&'static str, fn(&T) -> usize)];

/// The lengths to which the lists of all rows are cut, by their keys.
pub(super) struct Levels(BTreeMap<&'static str, Level>);

impl Levels {
    /// No list is cut.
    pub(super) const WHOLE: Self = Self(BTreeMap::new());

    /// Those of `rows` with these lists, as far as these are cut at all.
    pub(super) fn of<'t, T: 't>(rows: impl Iterator<Item = &'t T>, lists: &Lists<T>, extent: Extent) -> Self {
        if extent == Extent::Whole {
            return Self::WHOLE;
        }
        let rows: Vec<&T> = rows.collect();
        Self(lists.iter().map(|(key, length)| (*key, Level::of(rows.iter().map(|row| length(row))))).collect())
    }

    /// For the lists of one row.
    pub(super) fn row(&self) -> Row<'_> {
        Row { levels: self, left_out: LeftOut::new() }
    }
}

/// Cuts the lists of one row.
pub(super) struct Row<'l> {
    levels: &'l Levels,
    pub(super) left_out: LeftOut,
}

impl Row<'_> {
    /// The first entries of the list under `key`; how many are left out is noted.
    pub(super) fn cut<'t, T>(&mut self, key: &'static str, list: &'t [T]) -> &'t [T] {
        assert!(self.levels.0.is_empty() || self.levels.0.contains_key(key), "{key} has a level");
        let level = self.levels.0.get(key).map_or(usize::MAX, |level| level.0);
        let (kept, rest) = list.split_at(list.len().min(level));
        if !rest.is_empty() {
            self.left_out.insert(key, rest.len());
        }
        kept
    }
}

/// The length to which lists of one key are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level(pub(super) usize);

impl Level {
    /// No list is cut.
    pub(super) const WHOLE: Self = Self(usize::MAX);

    /// The greatest length so that lists of these lengths, none longer than it, hold at most 200,000 entries together, and
    /// 16 more for each list. Where they do uncut, none is cut.
    pub(super) fn of(lengths: impl IntoIterator<Item = usize>) -> Self {
        let mut lengths: Vec<usize> = lengths.into_iter().collect();
        let room = ENTRIES.saturating_add(ENTRIES_EACH.saturating_mul(lengths.len()));
        lengths.sort_unstable();
        let mut left = room;
        for (at, length) in lengths.iter().enumerate() {
            let each = left / (lengths.len() - at);
            if *length > each {
                return Self(each);
            }
            left -= length;
        }
        Self::WHOLE
    }
}

/// How many entries a list has together with those that are left out of it.
#[must_use]
pub fn whole_length<T>(list: &[T], key: &str, left_out: &LeftOut) -> usize {
    list.len() + left_out.get(key).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cut_only_where_they_are_too_long_together() {
        assert_eq!(Level::of([]), Level::WHOLE);
        assert_eq!(Level::of([216_016]), Level(200_016));
        assert_eq!(Level::of([200_016]), Level::WHOLE);
        assert_eq!(Level::of(vec![300; 600]), Level::WHOLE);
        // As many short ones as there are leave room to the long ones; no list is cut below sixteen.
        let mixed: Vec<usize> = [vec![5; 1_000], vec![1_000; 1_000]].concat();
        assert_eq!(Level::of(mixed), Level((200_000 + 16 * 2_000 - 5 * 1_000) / 1_000));
        assert_eq!(Level::of(vec![1_000; 1_000_000]), Level(16));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let levels = Levels(BTreeMap::from([("list", Level(2)), ("other", Level(2))]));
        let mut row = levels.row();
        assert_eq!(row.cut("list", &['a', 'b', 'c']), ['a', 'b']);
        assert_eq!(row.cut("other", &['a', 'b']), ['a', 'b']);
        let left_out = row.left_out;
        assert_eq!(left_out, LeftOut::from([("list", 1)]));
        assert_eq!(whole_length(&['a', 'b'], "list", &left_out), 3);
        assert_eq!(whole_length(&['a', 'b'], "other", &left_out), 2);
    }
}
