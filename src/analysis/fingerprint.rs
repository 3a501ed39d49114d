//! What makes a finding the same finding in two runs: the rule, and the ids of what it is about.
//!
//! A fingerprint holds no flow id, no name, no line and nothing of what else a flow carries, so none of these makes an
//! old finding new. It is text that can be read: `manual-handoff/system:jasper/system:sheet/system:wordpress`.

use std::fmt;
use std::str::FromStr;

/// The kinds of entries that a finding can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// An entry of `systems`.
    System,
    /// An entry of `teams`.
    Team,
    /// An entry of `data`.
    Data,
    /// An entry of `processes`.
    Process,
    /// An entry of `flows`; no fingerprint holds one.
    Flow,
}

impl EntryKind {
    /// All kinds with their words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::System, "system"),
        (Self::Team, "team"),
        (Self::Data, "data"),
        (Self::Process, "process"),
        (Self::Flow, "flow"),
    ];

    /// The kind of the entries in a list of the stack file.
    #[must_use]
    pub fn of_list(list: &str) -> Option<Self> {
        Self::ALL.into_iter().map(|(kind, _)| kind).find(|kind| kind.list() == list)
    }

    /// The list of the stack file that has such entries.
    #[must_use]
    pub fn list(self) -> &'static str {
        match self {
            Self::System => "systems",
            Self::Team => "teams",
            Self::Data => "data",
            Self::Process => "processes",
            Self::Flow => "flows",
        }
    }

    /// The word of a fingerprint.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }
}

/// Entries of one kind at one place of what a finding is about: one, or several that have no order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    kind: EntryKind,
    ids: Vec<String>,
}

impl Place {
    /// The one entry called `id`.
    #[must_use]
    pub fn one(kind: EntryKind, id: impl fmt::Display) -> Self {
        Self { kind, ids: vec![id.to_string()] }
    }

    /// Entries without an order among them.
    #[must_use]
    pub fn set(kind: EntryKind, ids: impl IntoIterator<Item = impl fmt::Display>) -> Self {
        Self { kind, ids: sorted(ids.into_iter().map(|id| id.to_string()).collect()) }
    }
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What a finding is known by. Findings may share one; they are told apart by what else they say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    rule: String,
    places: Vec<Place>,
}

impl Fingerprint {
    /// The fingerprint of what `rule` says about `places`, in their order.
    #[must_use]
    pub fn new(rule: &str, places: Vec<Place>) -> Self {
        Self { rule: rule.to_owned(), places }
    }

    /// Id of the rule.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Everything it names, place by place.
    pub fn entries(&self) -> impl Iterator<Item = (EntryKind, &str)> {
        self.places.iter().flat_map(|place| place.ids.iter().map(|id| (place.kind, id.as_str())))
    }

    /// The ids of the first place and of the last; of what has one place, that twice.
    #[must_use]
    pub fn ends(&self) -> Option<(&[String], &[String])> {
        Some((&self.places.first()?.ids, &self.places.last()?.ids))
    }

    /// The same with other ids where `new` gives one.
    #[must_use]
    pub fn renamed<'n>(&self, new: impl Fn(EntryKind, &str) -> Option<&'n str>) -> Self {
        let renamed = |place: &Place| {
            let ids = place.ids.iter().map(|id| new(place.kind, id).map_or_else(|| id.clone(), str::to_owned));
            Place { kind: place.kind, ids: sorted(ids.collect()) }
        };
        Self { rule: self.rule.clone(), places: self.places.iter().map(renamed).collect() }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rule)?;
        self.places.iter().try_for_each(|place| write!(f, "/{}:{}", place.kind.as_str(), place.ids.join("+")))
    }
}

impl FromStr for Fingerprint {
    type Err = ();

    /// The fingerprint that is written as `text`; rules and ids hold none of `/`, `:` and `+`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('/');
        let rule = parts.next().filter(|rule| !rule.is_empty()).ok_or(())?;
        let place = |part: &str| {
            let (word, ids) = part.split_once(':').ok_or(())?;
            let (kind, _) = EntryKind::ALL.iter().find(|(_, known)| *known == word).ok_or(())?;
            let ids: Vec<&str> = ids.split('+').collect();
            if ids.iter().any(|id| id.is_empty() || id.contains(':')) {
                return Err(());
            }
            Ok(Place::set(*kind, ids))
        };
        let places = parts.map(place).collect::<Result<Vec<_>, ()>>()?;
        if places.is_empty() { Err(()) } else { Ok(Self::new(rule, places)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        let ring = Place::set(EntryKind::System, ["c", "a", "b.1", "a"]);
        let all = [
            Fingerprint::new("manual-handoff", vec![ring]),
            Fingerprint::new("x", vec![Place::one(EntryKind::Process, "p"), Place::set(EntryKind::Data, ["e", "d"])]),
        ];
        let words = all.each_ref().map(ToString::to_string);
        assert_eq!(words, ["manual-handoff/system:a+b.1+c", "x/process:p/data:d+e"]);
        for (fingerprint, word) in all.iter().zip(&words) {
            assert_eq!(word.parse().as_ref(), Ok(fingerprint));
        }
        for wrong in ["", "rule", "/system:a", "r/system", "r/thing:a", "r/system:", "r/system:a+", "r/system:a:b"] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn what_has_no_order_is_sorted_again_after_a_new_name() {
        let known =
            Fingerprint::new("r", vec![Place::one(EntryKind::System, "s"), Place::set(EntryKind::System, ["a", "b"])]);
        let new = known.renamed(|kind, id| (kind == EntryKind::System && id == "a").then_some("z"));
        assert_eq!(new.to_string(), "r/system:s/system:b+z");
    }
}
