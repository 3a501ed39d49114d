//! Texts and lists of a tree in as little room as they can have: a file of a million flows is a tree of ten million nodes.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

/// A text as a part of the file, or of its own where it is not written there to the letter: as a `Cow`, in two thirds of the
/// room.
#[derive(Clone)]
pub struct Text<'a>(Held<'a>);

#[derive(Clone)]
enum Held<'a> {
    Part(&'a str),
    #[expect(clippy::box_collection, reason = "few texts are held so, and the others are smaller for it")]
    Own(Box<String>),
}

impl Text<'_> {
    /// The text as one of its own.
    #[must_use]
    pub fn into_owned(self) -> String {
        match self.0 {
            Held::Part(text) => text.to_owned(),
            Held::Own(text) => *text,
        }
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Held::Part(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Held::Own(Box::new(text)))
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Held::Part(text) => text,
            Held::Own(text) => text,
        }
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text<'_> {}

impl PartialOrd for Text<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialEq<Text<'_>> for &str {
    fn eq(&self, other: &Text<'_>) -> bool {
        **self == **other
    }
}

impl PartialEq<Text<'_>> for String {
    fn eq(&self, other: &Text<'_>) -> bool {
        **self == **other
    }
}

impl PartialEq<String> for Text<'_> {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

/// A list that seldom changes: without room for more.
#[derive(Clone, Debug)]
pub struct Items<T>(Box<[T]>);

impl<T> Items<T> {
    /// Lets `how` change the list as one that can grow; what it does not touch costs nothing.
    pub fn change<R>(&mut self, how: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let mut list = std::mem::take(&mut self.0).into_vec();
        let result = how(&mut list);
        self.0 = list.into();
        result
    }

    /// Adds one behind the others; of many it is `extend` or `change` that moves the list once.
    pub fn push(&mut self, one: T) {
        self.change(|list| list.push(one));
    }

    /// Takes out the one at `at`.
    ///
    /// # Panics
    /// Where there is none.
    pub fn remove(&mut self, at: usize) -> T {
        self.change(|list| list.remove(at))
    }
}

impl<T> Deref for Items<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for Items<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(list: Vec<T>) -> Self {
        Self(list.into())
    }
}

impl<T> From<Items<T>> for Vec<T> {
    fn from(items: Items<T>) -> Self {
        items.0.into_vec()
    }
}

impl<T> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> Extend<T> for Items<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, all: I) {
        self.change(|list| list.extend(all));
    }
}

impl<'i, T> IntoIterator for &'i Items<T> {
    type Item = &'i T;
    type IntoIter = std::slice::Iter<'i, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'i, T> IntoIterator for &'i mut Items<T> {
    type Item = &'i mut T;
    type IntoIter = std::slice::IterMut<'i, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Entry, Node};
    use super::{Items, Text};

    #[test]
    fn a_tree_of_a_million_nodes_stays_small() {
        let (text, node, entry) = (size_of::<Text<'_>>(), size_of::<Node<'_>>(), size_of::<Entry<'_>>());
        assert!(text <= 16 && node <= 32 && entry <= 56, "a text takes {text} bytes, a node {node}, an entry {entry}");
    }

    #[test]
    fn a_list_can_be_changed() {
        let mut items: Items<u8> = vec![1, 2].into();
        items.change(|list| list.push(3));
        assert_eq!(items.change(|list| list.remove(0)), 1);
        assert_eq!(Vec::from(items), [2, 3]);
    }
}
