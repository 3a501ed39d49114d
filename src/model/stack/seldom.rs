//! Groups of keys of which most entries state none.

use std::ops::{Deref, DerefMut};

use crate::model::table::{Context, Fields, Key, Mapping, Mask, Maskable, Masker, Pairs, Tables};

/// A group of keys as one pointer, which leads nowhere where none of them is stated: flows are many, and of a hundred
/// bytes and more that such a group takes nothing would be used.
#[derive(Clone, Debug, Default)]
pub struct Seldom<T>(Option<Box<T>>);

/// A group of keys that has a value of which nothing is stated.
pub trait Unstated: Default + PartialEq + 'static {
    /// That value.
    fn unstated() -> &'static Self;
}

impl<T: Unstated> From<T> for Seldom<T> {
    fn from(value: T) -> Self {
        Self((value != *T::unstated()).then(|| Box::new(value)))
    }
}

impl<T: Unstated> Deref for Seldom<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::unstated())
    }
}

impl<T: Unstated> DerefMut for Seldom<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Unstated> PartialEq for Seldom<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Unstated + Mapping> Mapping for Seldom<T> {
    const WHAT: &'static str = T::WHAT;
    const KEYS: &'static [Key] = T::KEYS;

    fn read(fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        T::read(fields, cx).map(Self::from)
    }

    fn blank(fields: &Fields<'_, '_>) -> Self {
        T::blank(fields).into()
    }

    fn write(&self, ids: &Tables, out: &mut Pairs) {
        T::write(self, ids, out);
    }
}

impl<T: Maskable> Maskable for Seldom<T> {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        self.0.iter_mut().for_each(|value| value.mask(how, masker));
    }
}

#[cfg(test)]
mod tests {
    use super::Seldom;
    use crate::model::{AiUse, Flow, Remarks, System};

    #[test]
    fn what_states_nothing_takes_no_room() {
        let unstated: Seldom<Remarks> = Remarks::default().into();
        assert!(unstated.0.is_none());
        assert!(Seldom::<AiUse>::default().0.is_none());
        let mut stated = unstated.clone();
        stated.guess("runs");
        assert_eq!(stated.guessed(), ["runs"]);
        assert_ne!(stated, unstated);
        // What was touched and left as it was is the same as what never was.
        let mut touched = unstated.clone();
        touched.was.clear();
        assert_eq!(touched, unstated);
    }

    #[test]
    fn a_flow_of_a_million_stays_small() {
        let (flow, system) = (size_of::<Flow>(), size_of::<System>());
        assert!(flow <= 176, "a flow takes {flow} bytes");
        assert!(system <= 776, "a system takes {system} bytes");
    }
}
