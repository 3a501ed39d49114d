//! Numbers that know what they number, and what is kept by them: vectors, sets, rows.
//!
//! A graph here is a handful of flat tables whose rows name each other by number. With bare numbers a fact's could be
//! looked up in the table of labels; with a type for each kind of number that does not compile:
//!
//! ```compile_fail
//! use sinew_graph::and_or::AndOrGraph;
//!
//! let mut graph = AndOrGraph::new(1);
//! let label = graph.labels().next().expect("there is one label");
//! graph.place(label); // expected `FactIx`, found `LabelIx`
//! ```
//!
//! All conversions between these numbers and `usize` stand in this file.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use fixedbitset::FixedBitSet;

/// The number of one thing among its kind, counted from 0, in 32 bits.
pub trait Ix: Copy + Ord + Debug {
    /// The number of the thing at place `at` of a table.
    ///
    /// # Panics
    /// Where `at` is 2^32 - 1 or more.
    fn new(at: usize) -> Self;

    /// Its place in a table.
    fn at(self) -> usize;
}

/// Declares types of numbers, each with the methods of [`Ix`] as its own, so that users need not import the trait.
macro_rules! index_types {
    ($($(#[$meta:meta])* $visibility:vis struct $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(u32);

        impl $name {
            /// The number of the thing at place `at` of a table.
            ///
            /// # Panics
            /// Where `at` is 2^32 - 1 or more.
            #[must_use]
            #[inline]
            $visibility const fn new(at: usize) -> Self {
                Self($crate::ix::narrow(at))
            }

            /// Its place in a table.
            #[must_use]
            #[inline]
            $visibility const fn at(self) -> usize {
                $crate::ix::wide(self.0)
            }
        }

        impl $crate::ix::Ix for $name {
            #[inline]
            fn new(at: usize) -> Self {
                Self::new(at)
            }

            #[inline]
            fn at(self) -> usize {
                self.at()
            }
        }
    )*};
}

pub(crate) use index_types;

/// A place or a length in 32 bits. The largest number of all is kept for [`Slot::NONE`].
///
/// # Panics
/// Where `at` is 2^32 - 1 or more.
#[inline]
pub(crate) const fn narrow(at: usize) -> u32 {
    assert!(at < wide(u32::MAX), "there are fewer than 2^32 - 1 of anything");
    at as u32
}

/// A 32-bit number as a place or a length.
#[inline]
pub(crate) const fn wide(number: u32) -> usize {
    number as usize
}

/// The first `count` numbers.
pub(crate) fn first<I: Ix>(count: usize) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone {
    (0..count).map(I::new)
}

/// A number or none, in 32 bits: half the size of an `Option`, which matters where memory is what a pass waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot<I>(u32, PhantomData<I>);

impl<I: Ix> Slot<I> {
    pub(crate) const NONE: Self = Self(u32::MAX, PhantomData);

    #[inline]
    pub(crate) fn some(index: I) -> Self {
        Self(narrow(index.at()), PhantomData)
    }

    #[inline]
    pub(crate) fn is_none(self) -> bool {
        self.0 == u32::MAX
    }

    /// The number as it stands, for those who know that there is one.
    #[inline]
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    #[inline]
    pub(crate) fn get(self) -> Option<I> {
        (!self.is_none()).then(|| I::new(wide(self.0)))
    }
}

/// A vector whose items are looked up by numbers of one kind.
///
/// ```
/// use sinew_graph::and_or::LabelIx;
/// use sinew_graph::ix::IxVec;
///
/// let names: IxVec<LabelIx, &str> = ["database", "network"].into_iter().collect();
/// assert_eq!(names[LabelIx::new(1)], "network");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IxVec<I, T> {
    items: Vec<T>,
    by: PhantomData<I>,
}

impl<I, T> Default for IxVec<I, T> {
    fn default() -> Self {
        Self { items: Vec::new(), by: PhantomData }
    }
}

impl<I: Ix, T> IxVec<I, T> {
    /// A list of `count` entries, each a clone of `value`.
    #[must_use]
    pub fn filled(value: T, count: usize) -> Self
    where
        T: Clone,
    {
        vec![value; count].into()
    }

    /// Appends an item and returns its number.
    ///
    /// # Panics
    /// Where there are 2^32 - 1 items already.
    pub fn push(&mut self, item: T) -> I {
        let index = I::new(self.items.len());
        self.items.push(item);
        index
    }

    /// How many items there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The numbers of the items, ascending.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        first(self.items.len())
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items in order, each with its number.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(at, item)| (I::new(at), item))
    }

    /// The items as a plain slice.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// Puts `value` in place of every item.
    pub(crate) fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        self.items.fill(value);
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<I, T> From<Vec<T>> for IxVec<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, by: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IxVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<I: Ix, T> Index<I> for IxVec<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, index: I) -> &T {
        &self.items[index.at()]
    }
}

impl<I: Ix, T> IndexMut<I> for IxVec<I, T> {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.items[index.at()]
    }
}

/// A set of numbers of one kind, one bit each. Two sets are equal where they have the same members.
#[derive(Clone, Debug)]
pub struct IxSet<I> {
    bits: FixedBitSet,
    of: PhantomData<I>,
}

impl<I> Default for IxSet<I> {
    fn default() -> Self {
        Self { bits: FixedBitSet::new(), of: PhantomData }
    }
}

impl<I: Ix> IxSet<I> {
    /// A set without members, which grows with what is added.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The empty set, with room for the first `count` numbers.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self { bits: FixedBitSet::with_capacity(count), of: PhantomData }
    }

    /// The first `count` numbers.
    #[must_use]
    pub fn all(count: usize) -> Self {
        let mut all = Self::with_capacity(count);
        all.bits.insert_range(..);
        all
    }

    /// Whether `member` is in the set.
    #[must_use]
    #[inline]
    pub fn contains(&self, member: I) -> bool {
        self.bits.contains(member.at())
    }

    /// Adds `member`; whether it is new.
    #[inline]
    pub fn insert(&mut self, member: I) -> bool {
        self.bits.grow(member.at() + 1);
        !self.bits.put(member.at())
    }

    /// Takes `member` out, if it is in.
    #[inline]
    pub fn remove(&mut self, member: I) {
        if member.at() < self.bits.len() {
            self.bits.remove(member.at());
        }
    }

    /// Adds all of `others`.
    pub(crate) fn union_with(&mut self, others: &Self) {
        self.bits.union_with(&others.bits);
    }

    /// Takes all members out.
    pub fn clear(&mut self) {
        self.bits.clear();
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.is_clear()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bits.count_ones(..)
    }

    /// The members in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = I> {
        self.bits.ones().map(I::new)
    }
}

impl<I> PartialEq for IxSet<I> {
    fn eq(&self, other: &Self) -> bool {
        self.bits.is_subset(&other.bits) && other.bits.is_subset(&self.bits)
    }
}

impl<I> Eq for IxSet<I> {}

impl<I: Ix> Extend<I> for IxSet<I> {
    fn extend<A: IntoIterator<Item = I>>(&mut self, members: A) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<I: Ix> FromIterator<I> for IxSet<I> {
    fn from_iter<A: IntoIterator<Item = I>>(members: A) -> Self {
        let mut set = Self::new();
        set.extend(members);
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    index_types! {
        struct Number;
    }

    #[test]
    fn a_slot_holds_a_number_or_none() {
        assert_eq!(size_of::<Slot<Number>>(), 4);
        assert_eq!(Slot::<Number>::NONE.get(), None);
        let largest = Number::new(wide(u32::MAX) - 1);
        assert_eq!(
            [Number::new(0), largest].map(|number| Slot::some(number).get()),
            [Some(Number::new(0)), Some(largest)]
        );
    }

    #[test]
    #[should_panic(expected = "fewer than 2^32 - 1 of anything")]
    fn the_number_that_stands_for_none_is_refused() {
        let _ = Number::new(wide(u32::MAX));
    }

    #[test]
    fn sets_with_the_same_members_are_equal_however_much_room_they_have() {
        let mut roomy = IxSet::with_capacity(1000);
        assert!(roomy.insert(Number::new(3)) && !roomy.insert(Number::new(3)));
        let mut small: IxSet<Number> = [Number::new(3)].into_iter().collect();
        assert_eq!(roomy, small);
        small.insert(Number::new(70));
        assert_ne!(roomy, small);
        small.remove(Number::new(70));
        small.remove(Number::new(5000));
        assert_eq!((small.len(), small.iter().next()), (1, Some(Number::new(3))));
        assert_eq!(IxSet::<Number>::all(2).iter().collect::<Vec<_>>(), [0, 1].map(Number::new));
    }
}
