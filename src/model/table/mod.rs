//! `mapping!`: one row a key, from which follow the field with its documentation, the reader, the writer, the entry in
//! the schema and the reference, and what `sinew anonymize` does with it.
//!
//! A row reads: field (`as "key"` where they differ), type, presence, form, mask, meaning. Presence is one of
//!
//! - `may`: an `Option`, `None` where the file does not state it;
//! - `must`: required; without it there is no value at all;
//! - `or(default)`: the default where it is absent, and written only where it differs from it;
//! - `always(default)`: the same, but written in any case;
//! - `many`: a list, empty where it is absent, and written only where it is not empty;
//! - `named(path)`: where it is absent, what `path` makes of the finished value, if anything; written where it differs;
//! - `flat`: no key of its own but a group of keys that other mappings may share; its type is a [`Mapping`].
//!
//! A row that begins with `+` is no key but something else that the struct knows: what a path makes of the mapping.
//!
//! What no row can describe (what two keys must agree on, defaults from elsewhere) is [`Irregular`] code.

mod extra;
mod fields;
mod form;
mod key;
mod mask;
mod names;
mod node;
mod written;

use crate::model::name::Name;

pub(crate) use extra::Extra;
pub(super) use fields::Fields;
pub(super) use form::{Context, Form};
pub(super) use key::find_key;
pub use key::{Key, Mask, Takes, short_form};
pub(crate) use mask::{Maskable, Masker};
pub(crate) use names::Tables;
pub(super) use names::{Names, check_shared_name_space, warn_of_repetitions};
pub(super) use node::{Parsed, Refusal, entries, items, parsed, quoted, scalar, start_of};
pub(crate) use written::text;
pub(crate) use written::{Pairs, Written};
pub(super) use written::{list, mapping as mapping_line, pair, range};

/// A mapping of a stack file with a fixed set of keys.
pub(crate) trait Mapping: Sized {
    /// What it is, with its article, as messages name it.
    const WHAT: &'static str;
    /// Its keys, in the order of the reference.
    const KEYS: &'static [Key];

    /// What the mapping says; nothing where a required key is missing, which has been reported with all else.
    fn read(fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self>;

    /// The value of which nothing is stated.
    fn blank(fields: &Fields<'_, '_>) -> Self;

    /// Adds the keys that it states.
    fn write(&self, ids: &Tables, out: &mut Pairs);
}

/// A mapping that stands under an id of its own.
pub(crate) trait Keyed: Mapping {
    /// The key under which it stands.
    fn id(&self) -> &str;

    /// The name of what has no other.
    fn id_in_words(&self) -> Option<Name> {
        Some(Name::in_words(self.id()))
    }
}

/// What of a mapping no row of its table can describe.
pub(crate) trait Irregular: Sized {
    /// Judges the mapping as it is written, before its keys are read.
    fn look(_fields: &Fields<'_, '_>, _cx: &mut Context) {}

    /// Completes the value made of the rows, or gives it up; why has been reported then.
    fn settle(self, _fields: &Fields<'_, '_>, _cx: &mut Context) -> Option<Self> {
        Some(self)
    }
}

/// The word that stands for the whole entry where guesses are listed: `flow` of `a flow`.
pub(crate) fn entry_word(what: &'static str) -> &'static str {
    let word = what.split_once(' ').map_or(what, |(_, word)| word);
    word.strip_suffix(" object").unwrap_or(word)
}

/// The same by the list that the entry stands in.
#[must_use]
pub(crate) fn word_of_list(list: &str) -> &'static str {
    match list {
        "systems" => "system",
        "teams" => "team",
        "processes" => "process",
        "flows" => "flow",
        _ => "data",
    }
}

/// The keys that `value` states, in the order in which they are written.
pub(crate) fn pairs(ids: &Tables, value: &impl Mapping) -> Pairs {
    let mut pairs = Pairs::new();
    value.write(ids, &mut pairs);
    pairs
}

/// How many keys `parts` have together.
pub(crate) const fn total(parts: &[&[Key]]) -> usize {
    let (mut at, mut sum) = (0, 0);
    while at < parts.len() {
        sum += parts[at].len();
        at += 1;
    }
    sum
}

/// The keys of all `parts`, one after the other.
pub(crate) const fn joined<const N: usize>(parts: &[&[Key]]) -> [Key; N] {
    let mut all = [Key { name: "", takes: Takes::Text, required: false, mask: Mask::Keep, doc: "" }; N];
    let (mut part, mut to) = (0, 0);
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].len() {
            all[to] = parts[part][at];
            at += 1;
            to += 1;
        }
        part += 1;
    }
    all
}

macro_rules! mapping {
    // An entry of a mapping from ids: it has its id and its place, and is called after its id unless it is named.
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident($id:ident) = $what:literal $(+ $irregular:ident)? $(, keys $order:path)? {
            $($rows:tt)*
        }
    ) => {
        $crate::model::table::mapping! {
            $(#[$meta])*
            $vis struct $name = $what $(+ $irregular)? $(, keys $order)? {
                + id: $id = $crate::model::table::Fields::id, "The key under which it stands.";
                + place: $crate::source::Span = $crate::model::table::Fields::place,
                    "Where the file defines it.";
                $($rows)*
            }
        }

        impl $crate::model::table::Keyed for $name {
            fn id(&self) -> &str {
                self.id.as_str()
            }
        }
    };
    // Any other struct, with what it knows of itself beside its keys.
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident = $what:literal $(+ $irregular:ident)? $(, keys $order:path)? {
            $(+ $own:ident : $own_type:ty = $from:path, $own_doc:literal;)*
            $($field:ident $(as $key:literal)? : $type:ty = $class:ident $(($default:expr))?,
                $form:expr, $mask:ident $(($label:literal))?, $doc:literal;)*
        }
    ) => {
        $(#[$meta])*
        $vis struct $name {
            $(#[doc = $own_doc] $vis $own: $own_type,)*
            $(#[doc = $doc] $vis $field: $type,)*
        }

        $crate::model::table::mapping! {
            impl $name = $what $(+ $irregular)? $(, keys $order)? {
                $(+ $own = $from;)*
                $($field $(as $key)? : $type = $class $(($default))?, $form, $mask $(($label))?, $doc;)*
            }
        }
    };
    // The table of a struct that is defined elsewhere.
    (
        impl $name:ident = $what:literal $(+ $irregular:ident)? $(, keys $order:path)? {
            $(+ $own:ident = $from:path;)*
            $($field:ident $(as $key:literal)? : $type:ty = $class:ident $(($default:expr))?,
                $form:expr, $mask:ident $(($label:literal))?, $doc:literal;)*
        }
    ) => {
        impl $crate::model::table::Mapping for $name {
            const WHAT: &'static str = $what;
            const KEYS: &'static [$crate::model::table::Key] = {
                use $crate::model::table::{Key, Mask};
                const PARTS: &[&[Key]] = &[$($crate::model::table::mapping!(
                    @keys $class, $type, ($field $($key)?), $form, Mask::$mask $(($label))?, $doc
                )),*];
                const ALL: [Key; $crate::model::table::total(PARTS)] = $crate::model::table::joined(PARTS);
                const ORDERED: [Key; ALL.len()] = $crate::model::table::mapping!(@order ALL $($order)?);
                &ORDERED
            };

            #[allow(unused_mut)]
            fn read(
                fields: &$crate::model::table::Fields<'_, '_>,
                cx: &mut $crate::model::table::Context,
            ) -> Option<Self> {
                $(<Self as $irregular>::look(fields, cx);)?
                $(let $field = $crate::model::table::mapping!(
                    @read $class $(($default))?, $type, ($field $($key)?), $form, fields, cx
                );)*
                let mut whole = Self {
                    $($own: $from(fields),)*
                    $($field: $crate::model::table::mapping!(@value $class $field),)*
                };
                $($crate::model::table::mapping!(@fill $class $(($default))?, $type, whole, $field);)*
                $(let whole = <Self as $irregular>::settle(whole, fields, cx)?;)?
                Some(whole)
            }

            fn blank(fields: &$crate::model::table::Fields<'_, '_>) -> Self {
                let _ = fields;
                Self {
                    $($own: $from(fields),)*
                    $($field: $crate::model::table::mapping!(@blank $class $(($default))?, $type, fields),)*
                }
            }

            fn write(&self, ids: &$crate::model::table::Tables, out: &mut $crate::model::table::Pairs) {
                $($crate::model::table::mapping!(
                    @write $class $(($default))?, self, $field, ($field $($key)?), $form, ids, out
                );)*
            }
        }

        impl $crate::model::table::Maskable for $name {
            fn mask(&mut self, _: $crate::model::table::Mask, masker: &mut dyn $crate::model::table::Masker) {
                $(self.$field.mask($crate::model::table::Mask::$mask $(($label))?, masker);)*
            }
        }
    };

    (@key ($field:ident)) => { stringify!($field) };
    (@key ($field:ident $key:literal)) => { $key };

    (@order $all:ident) => { $all };
    (@order $all:ident $order:path) => { $order($all) };

    (@keys flat, $type:ty, $key:tt, $form:expr, $mask:expr, $doc:literal) => {
        <$type as $crate::model::table::Mapping>::KEYS
    };
    (@keys $class:ident, $type:ty, $key:tt, $form:expr, $mask:expr, $doc:literal) => {
        &[Key {
            name: $crate::model::table::mapping!(@key $key),
            takes: $form.takes(),
            required: $crate::model::table::mapping!(@required $class),
            mask: $mask,
            doc: $doc,
        }]
    };

    (@required must) => { true };
    (@required $class:ident) => { false };

    (@read flat, $type:ty, $key:tt, $form:expr, $fields:ident, $cx:ident) => {
        <$type as $crate::model::table::Mapping>::read($fields, $cx)
    };
    (@read or($default:expr), $type:ty, $key:tt, $form:expr, $fields:ident, $cx:ident) => {
        $fields.read($crate::model::table::mapping!(@key $key), &$form, $cx).unwrap_or_else(|| $default)
    };
    (@read always($default:expr), $type:ty, $key:tt, $form:expr, $fields:ident, $cx:ident) => {
        $crate::model::table::mapping!(@read or($default), $type, $key, $form, $fields, $cx)
    };
    (@read many, $type:ty, $key:tt, $form:expr, $fields:ident, $cx:ident) => {
        $fields.read::<$type>($crate::model::table::mapping!(@key $key), &$form, $cx).unwrap_or_default()
    };
    (@read named($path:expr), $type:ty, $key:tt, $form:expr, $fields:ident, $cx:ident) => {
        $crate::model::table::mapping!(@read many, $type, $key, $form, $fields, $cx)
    };
    // `may` and `must`.
    (@read $class:ident, $type:ty, $key:tt, $form:expr, $fields:ident, $cx:ident) => {
        $fields.read($crate::model::table::mapping!(@key $key), &$form, $cx)
    };

    (@value must $field:ident) => { $field? };
    (@value flat $field:ident) => { $field? };
    (@value $class:ident $field:ident) => { $field };

    (@fill named($path:expr), $type:ty, $whole:ident, $field:ident) => {
        if $whole.$field == <$type>::default()
            && let Some(name) = $path(&$whole)
        {
            $whole.$field = name;
        }
    };
    (@fill $class:ident $(($default:expr))?, $type:ty, $whole:ident, $field:ident) => {};

    (@blank flat, $type:ty, $fields:ident) => { <$type as $crate::model::table::Mapping>::blank($fields) };
    (@blank or($default:expr), $type:ty, $fields:ident) => { $default };
    (@blank always($default:expr), $type:ty, $fields:ident) => { $default };
    (@blank $class:ident $(($path:expr))?, $type:ty, $fields:ident) => { <$type>::default() };

    (@write flat, $self:ident, $field:ident, $key:tt, $form:expr, $ids:ident, $out:ident) => {
        $crate::model::table::Mapping::write(&$self.$field, $ids, $out)
    };
    (@write may, $self:ident, $field:ident, $key:tt, $form:expr, $ids:ident, $out:ident) => {
        if let Some(value) = &$self.$field {
            $crate::model::table::mapping!(@push value, $key, $form, $ids, $out);
        }
    };
    (@write many, $self:ident, $field:ident, $key:tt, $form:expr, $ids:ident, $out:ident) => {
        if !$self.$field.is_empty() {
            $crate::model::table::mapping!(@push &$self.$field, $key, $form, $ids, $out);
        }
    };
    (@write or($default:expr), $self:ident, $field:ident, $key:tt, $form:expr, $ids:ident, $out:ident) => {
        if $self.$field != $default {
            $crate::model::table::mapping!(@push &$self.$field, $key, $form, $ids, $out);
        }
    };
    (@write named($path:expr), $self:ident, $field:ident, $key:tt, $form:expr, $ids:ident, $out:ident) => {
        if $path($self).as_ref() != Some(&$self.$field) {
            $crate::model::table::mapping!(@push &$self.$field, $key, $form, $ids, $out);
        }
    };
    // `must` and `always`.
    (@write $class:ident $(($default:expr))?, $self:ident, $field:ident, $key:tt, $form:expr, $ids:ident, $out:ident) => {
        $crate::model::table::mapping!(@push &$self.$field, $key, $form, $ids, $out)
    };
    (@push $value:expr, $key:tt, $form:expr, $ids:ident, $out:ident) => {
        $out.push((
            $crate::model::table::mapping!(@key $key).into(),
            $crate::model::table::Form::write(&$form, $value, $ids),
        ))
    };
}

pub(crate) use mapping;
