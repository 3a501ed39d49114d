//! What is said of every key of a stack file beside its type: the rows of `mapping!` as values, for the schema, the
//! reference and the tests.

/// One key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as written.
    pub name: &'static str,
    /// What may stand there.
    pub takes: Takes,
    /// Whether it must be there.
    pub required: bool,
    /// What `sinew anonymize` does with what stands there.
    pub mask: Mask,
    /// What it means, in one sentence.
    pub doc: &'static str,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// The number 1: the version of the format.
    Version,
    /// Any text, to 10,000 characters.
    Text,
    /// Text, a number, `true` or `false` behind any key that begins with `x-`.
    Extra,
    /// Anything behind any key that begins with `x-`.
    Anything,
    /// An id that something had before, or a list of them.
    FormerIds,
    /// The name of a key of the same entry, or a list of them.
    KeyNames,
    /// The path of a file, or a list of them.
    Files,
    /// The name of a domain, or a list of them.
    Domains,
    /// An id that this key gives.
    NewId,
    /// The id of a team, system, data object (named in the word).
    IdOf(&'static str),
    /// One id, or a list of them.
    IdsOf(&'static str),
    /// One of the words `true` and `false`.
    Bool,
    /// A day of the calendar, `2026-11-21`.
    Date,
    /// A number with a unit: `4h`, `90d`, `26w`.
    Duration,
    /// A whole number from 1.
    Whole,
    /// A number from 0, in the unit named.
    Number(&'static str),
    /// A number from 0, or low, likely and high; the unit is named.
    NumberRange(&'static str),
    /// `40/week`, or low, likely and high.
    RateRange,
    /// `1000/day` or `5/second`, or both in a list.
    Peak,
    /// `2000/month`.
    Tasks,
    /// The id of a team (named in the first word), or the second word.
    IdOrWord(&'static str, &'static str),
    /// `99.9%` or `0.999`, or low, likely and high.
    ShareRange,
    /// `4h`, or low, likely and high.
    DurationRange,
    /// Person-days a week, written `5d/week`.
    Capacity,
    /// One word of a fixed list.
    Word(fn() -> Vec<&'static str>),
    /// A list of words of a fixed list.
    Words(fn() -> Vec<&'static str>),
    /// A mapping with these keys.
    Object(&'static [Key]),
    /// A list of mappings with these keys.
    List(&'static [Key]),
    /// A mapping from ids to mappings with these keys.
    ById(&'static [Key]),
    /// A mapping from words of a fixed list to numbers or ranges, in the unit named.
    RangesBy(fn() -> Vec<&'static str>, &'static str),
    /// One id, or a list of ids and of mappings with these keys.
    IdsOr(&'static str, &'static [Key]),
    /// A list of mappings, each with the keys of one of these tables.
    OneOfTables(&'static [&'static [Key]]),
}

/// What `sinew anonymize` does with what stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// Leaves it: what findings rest on, and tells nobody whose stack it is.
    Keep,
    /// Scales or masks the amount.
    Money,
    /// Leaves it where money is scaled, and leaves it out where money is masked.
    Currency,
    /// Puts one word in its place.
    Text,
    /// Puts this word and a number in its place; what was equal stays equal.
    Label(&'static str),
    /// Names it anew by its kind and place, or after what it names.
    Name,
    /// Leaves the key out of the copy.
    Drop,
    /// Does with the keys below it what they say.
    Within,
}

impl Takes {
    /// The tables of the keys that may stand in what this takes.
    #[must_use]
    pub fn within(self) -> Vec<&'static [Key]> {
        match self {
            Self::Object(keys) | Self::List(keys) | Self::ById(keys) | Self::IdsOr(_, keys) => vec![keys],
            Self::OneOfTables(tables) => tables.to_vec(),
            _ => Vec::new(),
        }
    }
}

impl Key {
    /// Whether it stands for all keys that begin with `x-`.
    #[must_use]
    pub fn is_extra(&self) -> bool {
        matches!(self.takes, Takes::Extra | Takes::Anything)
    }

    /// Whether `name` is this key as a file writes it.
    #[must_use]
    pub fn is_written(&self, name: &str) -> bool {
        if self.is_extra() { is_extra(name) } else { self.name == name }
    }
}

/// Whether a key is one of the file's own.
pub(super) fn is_extra(name: &str) -> bool {
    name.len() > 2 && name.starts_with("x-")
}

/// The key that `path` names, in `keys` or, after a point, within them: `runs`, `review.minutes`.
pub(in crate::model) fn find_key(keys: &'static [Key], path: &str) -> Option<&'static Key> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let key = keys.iter().find(|key| !key.is_extra() && key.name == first)?;
    if rest.is_empty() {
        return (!path.ends_with('.')).then_some(key);
    }
    key.takes.within().into_iter().find_map(|below| find_key(below, rest))
}

/// The key whose id may stand for a whole mapping with `keys` in a list: the only required one (`makes: [lead]`).
#[must_use]
pub fn short_form(keys: &'static [Key]) -> Option<&'static Key> {
    let mut required = keys.iter().filter(|key| key.required);
    match (required.next(), required.next()) {
        (Some(key), None) if matches!(key.takes, Takes::IdOf(_)) => Some(key),
        _ => None,
    }
}
