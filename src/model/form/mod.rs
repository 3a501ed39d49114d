//! Forms: how a value stands in a stack file, for reading and for writing.
//!
//! A form is a small constant that says what it takes (an inherent `const fn takes`, so that tables of keys are
//! constants) and reads and writes values of one or several types.

macro_rules! typed {
    ($(
        $(#[$doc:meta])*
        $make:ident($($arg:ident: $type:ty),*) -> $form:ident<$of:ident: $bound:ident> takes $takes:expr;
    )*) => {$(
        $(#[$doc])*
        pub(in crate::model) struct $form<$of> {
            $($arg: $type,)*
            of: std::marker::PhantomData<$of>,
        }

        $(#[$doc])*
        pub(in crate::model) const fn $make<$of>($($arg: $type),*) -> $form<$of> {
            $form { $($arg,)* of: std::marker::PhantomData }
        }

        impl<$of: $bound> $form<$of> {
            pub(in crate::model) const fn takes(&self) -> Takes {
                $(let $arg = self.$arg;)*
                $(let _ = $arg;)*
                $takes
            }
        }
    )*};
}

pub(super) mod between;
mod currency;
pub(super) mod date;
mod figure;
pub(super) mod money;
pub(super) mod number;
mod peak;
pub(super) mod rate;
mod reference;
pub(super) mod share;
mod text;
mod texts;
pub(super) mod time;
mod within;
mod word;

use super::table::Takes;

pub(super) use currency::{Currency, stated as stated_currency};
pub(super) use figure::{Amount, Capacity, Figures, Time, Whole};
pub(super) use peak::{Peaks, Tasks};
pub(crate) use rate::rate_in_words;
pub(super) use rate::{Calendar, capacity as parse_capacity, rate as parse_rate};
pub(super) use reference::{id_of, ids_of};
pub(crate) use share::percent;
pub(super) use share::share as parse_share;
pub(super) use text::{Called, Day, Flag, Text};
pub(super) use texts::Texts;
pub(super) use time::duration as parse_duration;
pub(super) use within::{boxed, by_id, list, object, ranges_by};
pub(super) use word::{Vocabulary, one_of, some_of};

macro_rules! takes {
    ($($form:ident $this:pat => $takes:expr;)*) => {$(
        impl $form {
            /// What the key of such a value may hold.
            pub(super) const fn takes(self) -> Takes {
                let $this = self;
                $takes
            }
        }
    )*};
}

takes! {
    Text _ => Takes::Text;
    Called _ => Takes::Text;
    Currency _ => Takes::Text;
    Texts this => match this {
        Texts::FormerIds => Takes::FormerIds,
        Texts::Keys => Takes::KeyNames,
        Texts::Files => Takes::Files,
        Texts::Domains => Takes::Domains,
    };
    Flag _ => Takes::Bool;
    Day _ => Takes::Date;
    Whole _ => Takes::Whole;
    Amount this => Takes::Number(this.1);
    Time _ => Takes::Duration;
    Capacity _ => Takes::Capacity;
    Peaks _ => Takes::Peak;
    Tasks _ => Takes::Tasks;
    Figures this => match this {
        Figures::Amount(_, unit) => Takes::NumberRange(unit),
        Figures::Rate => Takes::RateRange,
        Figures::Share(_) => Takes::ShareRange,
        Figures::Hours => Takes::DurationRange,
    };
}
