//! Rows of numbers, all in one allocation (compressed sparse rows).

use std::marker::PhantomData;

use super::ix::{Ix, first, narrow, wide};

/// For each `R` a row of `I`: that of `row` is `items[offsets[row]..offsets[row + 1]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows<R, I> {
    offsets: Vec<u32>,
    items: Vec<I>,
    by: PhantomData<R>,
}

impl<R, I> Default for Rows<R, I> {
    fn default() -> Self {
        Self { offsets: vec![0], items: Vec::new(), by: PhantomData }
    }
}

impl<R: Ix, I: Ix> Rows<R, I> {
    /// Appends one row and returns its number.
    ///
    /// # Panics
    /// Where the rows together would hold 2^32 - 1 items or more.
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = I>) -> R {
        let index = R::new(self.len());
        self.items.extend(row);
        self.offsets.push(narrow(self.items.len()));
        index
    }

    pub(crate) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The numbers of the rows, ascending.
    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = R> + ExactSizeIterator + Clone + use<R, I> {
        first(self.len())
    }

    #[inline]
    pub(crate) fn row(&self, row: R) -> &[I] {
        &self.items[wide(self.offsets[row.at()])..wide(self.offsets[row.at() + 1])]
    }

    /// How many items all rows hold together.
    pub(crate) fn item_count(&self) -> usize {
        self.items.len()
    }

    /// All rows in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (R, &[I])> + Clone {
        self.keys().map(|row| (row, self.row(row)))
    }

    /// The transpose: row `c` lists, ascending, the rows that hold `c` (as often as they hold it), for all `c` below
    /// `columns`. Linear in the items (counting sort).
    ///
    /// # Panics
    /// Where an item is not below `columns`.
    pub(crate) fn transpose(&self, columns: usize) -> Rows<I, R> {
        Rows::group(columns, || self.iter().flat_map(|(row, items)| items.iter().map(move |&item| (item, row))))
    }

    /// Sorts the items of each row.
    pub(crate) fn sort_rows(&mut self) {
        for ends in self.offsets.windows(2) {
            self.items[wide(ends[0])..wide(ends[1])].sort_unstable();
        }
    }

    /// Each row ascending, without repetition.
    pub(crate) fn sorted(&self) -> Self {
        let mut sorted = Self::default();
        let mut row = Vec::new();
        for (_, items) in self.iter() {
            row.clear();
            row.extend_from_slice(items);
            row.sort_unstable();
            row.dedup();
            sorted.push(row.iter().copied());
        }
        sorted
    }

    /// Rows from (row, item) pairs: `pairs` is called twice, must give the same pairs both times, and each row keeps
    /// their order.
    pub(crate) fn group<P: Iterator<Item = (R, I)>>(rows: usize, pairs: impl Fn() -> P) -> Self {
        let mut offsets = vec![0_u32; rows + 1];
        let mut total = 0_usize;
        for (row, _) in pairs() {
            offsets[row.at()] += 1;
            total += 1;
        }
        // No count above can have wrapped where all of them together fit.
        narrow(total);
        let mut start = 0;
        for offset in &mut offsets {
            start += std::mem::replace(offset, start);
        }
        let mut items = vec![I::new(0); total];
        for (row, item) in pairs() {
            let next = &mut offsets[row.at()];
            items[wide(*next)] = item;
            *next += 1;
        }
        // Each offset now stands at its row's end: shift by one to make them starts again.
        offsets.copy_within(0..rows, 1);
        offsets[0] = 0;
        Self { offsets, items, by: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::and_or::{FactIx, LabelIx};

    #[test]
    fn a_transpose_lists_who_holds_what_as_often_as_they_do() {
        let mut rows = Rows::<FactIx, LabelIx>::default();
        for row in [&[2, 0][..], &[], &[2, 2]] {
            rows.push(row.iter().copied().map(LabelIx::new));
        }
        let transposed = rows.transpose(4);
        let found: Vec<Vec<usize>> =
            transposed.iter().map(|(_, facts)| facts.iter().map(|fact| fact.at()).collect()).collect();
        assert_eq!(found, [vec![0], vec![], vec![0, 2, 2], vec![]]);
        assert_eq!((rows.len(), rows.item_count(), rows.sorted().item_count()), (3, 4, 3));
    }
}
