//! What `sinew anonymize` does with values, by the mask of the key behind which they stand.

use jiff::civil::Date;

use super::key::Mask;
use crate::catalog::TaskQuota;
use crate::catalog::words::Word;
use crate::model::id::{DataIx, FlowId, ProcessIx, SystemIx, TeamIx};
use crate::model::units::{Duration, Money, Peak, PersonDays, Quantity, Range};

/// What becomes of money and texts.
pub(crate) trait Masker {
    /// Whether nothing is to be left of the money, its currency included.
    fn hides_money(&self) -> bool;
    /// Scales or masks an amount of money.
    fn money(&mut self, amount: f64) -> f64;
    /// Puts the mask in place of a text.
    fn text(&mut self, text: &mut String);
    /// Masks a text that keeps telling what is alike.
    fn label(&mut self, word: &'static str, text: &mut String);
}

/// A value that can be masked.
pub(crate) trait Maskable {
    /// Masks it as the key says behind which it stands.
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker);
}

impl<T: Maskable> Maskable for Option<T> {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        if how == Mask::Drop || (how == Mask::Currency && masker.hides_money()) {
            *self = None;
        }
        self.iter_mut().for_each(|value| value.mask(how, masker));
    }
}

impl<T: Maskable> Maskable for Vec<T> {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        if how == Mask::Drop {
            self.clear();
        }
        self.iter_mut().for_each(|value| value.mask(how, masker));
    }
}

/// A value under a word of a fixed list, which tells nothing.
impl<T: Maskable> Maskable for (String, T) {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        self.1.mask(how, masker);
    }
}

impl Maskable for String {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        match how {
            Mask::Text => masker.text(self),
            Mask::Label(word) => masker.label(word, self),
            _ => {}
        }
    }
}

impl<T: Quantity> Maskable for Range<T> {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        if how == Mask::Money {
            let mut money = |one: T| T::of(masker.money(one.amount()));
            *self = Range { low: money(self.low), likely: money(self.likely), high: money(self.high) };
        }
    }
}

impl Maskable for Money {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        if how == Mask::Money {
            self.0 = masker.money(self.0);
        }
    }
}

/// What tells nobody whose stack it is, or is named anew with what it stands for.
macro_rules! kept {
    ($($type:ty),*) => {$(
        impl Maskable for $type {
            fn mask(&mut self, how: Mask, _: &mut dyn Masker) {
                assert!(matches!(how, Mask::Keep | Mask::Name), "{} cannot be masked", stringify!($type));
            }
        }
    )*};
}

kept! {
    bool, u32, u64, &'static str, Date, Duration, Peak, TaskQuota, PersonDays, FlowId, TeamIx, SystemIx, DataIx, ProcessIx
}

impl<W: Word> Maskable for W {
    fn mask(&mut self, how: Mask, _: &mut dyn Masker) {
        assert!(how == Mask::Keep, "words of ours are kept");
    }
}
