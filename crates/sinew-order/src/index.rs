//! Places in lists, one type for each kind of list: an item cannot be taken for a benefit.

use std::fmt::Debug;
use std::iter::Enumerate;
use std::marker::PhantomData;
use std::ops;

/// A place in lists of one kind, counted from 0.
pub trait Index: Copy + Ord + Debug {
    /// The place with this number.
    fn new(place: usize) -> Self;
    /// The number of the entry, from 0.
    fn place(self) -> usize;
}

/// Declares a type for places in lists of one kind.
#[macro_export]
macro_rules! index {
    ($(#[$doc:meta])* $visibility:vis $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(u32);

        impl $crate::Index for $name {
            fn new(place: usize) -> Self {
                Self(u32::try_from(place).expect("a list of 2^32 does not fit into memory"))
            }

            fn place(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// An item of an instance.
    pub ItemIx
}
index! {
    /// A benefit of an instance.
    pub BenefitIx
}

/// A list that is read by one kind of place only.
///
/// ```compile_fail,E0277
/// use sinew_order::{BenefitIx, Index, Item, ItemIx, List};
///
/// let items: List<ItemIx, Item> = List::default();
/// let item = &items[BenefitIx::new(0)];
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<I, T> {
    values: Vec<T>,
    by: PhantomData<I>,
}

impl<I: Index, T> List<I, T> {
    /// As many values as `like` has.
    #[must_use]
    pub fn like<U>(like: &List<I, U>, value: T) -> Self
    where
        T: Clone,
    {
        vec![value; like.len()].into()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// All places, in order.
    #[must_use]
    pub fn places(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.len()).map(I::new)
    }

    /// The values, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }

    /// The values, in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.values.iter_mut()
    }

    /// The values with their places.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        let values: Enumerate<_> = self.values.iter().enumerate();
        values.map(|(place, value)| (I::new(place), value))
    }

    /// The value at `place`, if there is one.
    #[must_use]
    pub fn get(&self, place: I) -> Option<&T> {
        self.values.get(place.place())
    }

    /// Adds a value at the end, and returns its place.
    pub fn push(&mut self, value: T) -> I {
        self.values.push(value);
        I::new(self.values.len() - 1)
    }

    /// The first place whose value is `is_wanted`.
    pub fn position(&self, is_wanted: impl FnMut(&T) -> bool) -> Option<I> {
        self.values.iter().position(is_wanted).map(I::new)
    }
}

impl<I, T> From<Vec<T>> for List<I, T> {
    fn from(values: Vec<T>) -> Self {
        Self { values, by: PhantomData }
    }
}

impl<I, T> FromIterator<T> for List<I, T> {
    fn from_iter<V: IntoIterator<Item = T>>(values: V) -> Self {
        Vec::from_iter(values).into()
    }
}

impl<I, T> Default for List<I, T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<I: Index, T> ops::Index<I> for List<I, T> {
    type Output = T;

    fn index(&self, place: I) -> &T {
        &self.values[place.place()]
    }
}

impl<I: Index, T> ops::IndexMut<I> for List<I, T> {
    fn index_mut(&mut self, place: I) -> &mut T {
        &mut self.values[place.place()]
    }
}

impl<'l, I, T> IntoIterator for &'l List<I, T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}

impl<I, T> IntoIterator for List<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}
