//! The keys of a stack file as a merge sees them: which lists are sets, and where an entry names another.

use crate::edit::Piece;
use crate::model::shape::{Key, STACK, Takes, short_form};

/// The lists of entries, in the order in which they are merged: an entry names those of lists before its own.
pub(super) const SECTIONS: [Section; 5] = [
    Section { list: "teams", word: "team", what: "team" },
    Section { list: "systems", word: "system", what: "system" },
    Section { list: "data", word: "data", what: "data object" },
    Section { list: "flows", word: "flow", what: "flow" },
    Section { list: "processes", word: "process", what: "process" },
];

/// One list of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Section {
    /// The key of the file.
    pub(super) list: &'static str,
    /// The word for one entry in reports and in `guessed`.
    pub(super) word: &'static str,
    /// The word for one entry where another names it.
    pub(super) what: &'static str,
}

impl Section {
    /// The keys of an entry.
    pub(super) fn keys(self) -> &'static [Key] {
        let key = STACK.iter().find(|key| key.name == self.list);
        match key.map(|key| key.takes) {
            Some(Takes::ById(keys) | Takes::List(keys)) => keys,
            _ => &[],
        }
    }
}

/// The row of a key.
pub(super) fn row(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| !key.is_extra() && key.name == name)
}

/// The keys within what stands behind a key.
pub(super) fn within(key: Option<&'static Key>) -> &'static [Key] {
    match key.map(|key| key.takes) {
        Some(Takes::Object(keys)) => keys,
        _ => &[],
    }
}

/// Whether a list behind this key says the same in any order, so that two of them can be united.
pub(super) fn is_set(key: Option<&'static Key>) -> bool {
    matches!(
        key.map(|key| key.takes),
        Some(
            Takes::IdsOf(_)
                | Takes::IdsOr(..)
                | Takes::Words(_)
                | Takes::KeyNames
                | Takes::Domains
                | Takes::FormerIds
                | Takes::List(_)
                | Takes::OneOfTables(_)
        )
    )
}

/// Calls `found` with every id by which `piece`, an entry with `keys`, names another entry, and what that is.
pub(super) fn each_reference(
    piece: &mut Piece,
    keys: &'static [Key],
    found: &mut dyn FnMut(&'static str, &mut String),
) {
    let Piece::Map(pairs) = piece else { return };
    for pair in pairs {
        if let Some(key) = row(keys, &pair.key) {
            each_of(&mut pair.value, key.takes, found);
        }
    }
}

fn each_of(piece: &mut Piece, takes: Takes, found: &mut dyn FnMut(&'static str, &mut String)) {
    let one = match takes {
        Takes::IdOf(what) | Takes::IdsOf(what) | Takes::IdOrWord(what, _) | Takes::IdsOr(what, _) => Some(what),
        Takes::List(keys) => match short_form(keys).map(|key| key.takes) {
            Some(Takes::IdOf(what)) => Some(what),
            _ => None,
        },
        _ => None,
    };
    match piece {
        Piece::Scalar { text, .. } => {
            if let Some(what) = one {
                found(what, text);
            }
        }
        Piece::List(items) => items.iter_mut().for_each(|item| each_of(item, takes, found)),
        Piece::Map(pairs) => {
            for table in takes.within() {
                // Of several tables a key counts for the first that has it.
                for pair in pairs.iter_mut() {
                    let first = takes.within().into_iter().find(|table| row(table, &pair.key).is_some());
                    if let Some(key) =
                        row(table, &pair.key).filter(|_| first.is_some_and(|first| std::ptr::eq(first, table)))
                    {
                        each_of(&mut pair.value, key.takes, found);
                    }
                }
            }
        }
        Piece::Nothing => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, Section, each_reference, is_set, row, within};
    use crate::edit::Piece;
    use crate::source::{Diagnostics, Limits, Source, parse};

    fn section(list: &str) -> Section {
        SECTIONS.into_iter().find(|section| section.list == list).unwrap()
    }

    fn references(list: &str, text: &str) -> Vec<(&'static str, String)> {
        let source = Source::new("x", text.to_owned());
        let root = parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap();
        let mut all = Vec::new();
        let keys = section(list).keys();
        each_reference(&mut Piece::of(&root), keys, &mut |what, id| all.push((what, id.clone())));
        all.sort();
        all
    }

    #[test]
    fn every_id_of_another_entry_is_found_wherever_it_stands() {
        let own =
            |all: &[(&'static str, &str)]| all.iter().map(|(what, id)| (*what, (*id).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            references(
                "flows",
                "{ from: a, to: [b, c], data: d, through: [m], performer: t, review: { by: r }, watched_by: nobody, runs: 1/day, basis: { from: file } }"
            ),
            own(&[
                ("data object", "d"),
                ("system", "a"),
                ("system", "b"),
                ("system", "c"),
                ("system", "m"),
                ("team", "nobody"),
                ("team", "r"),
                ("team", "t")
            ])
        );
        assert_eq!(
            references(
                "systems",
                "{ owner: t, depends_on: [a, { any_of: [b, c] }], makes: [d, { data: e, from: [f], model: { feedback: [g] } }], pilot: { decider: u } }"
            ),
            own(&[
                ("data object", "d"),
                ("data object", "e"),
                ("data object", "f"),
                ("data object", "g"),
                ("system", "a"),
                ("system", "b"),
                ("system", "c"),
                ("team", "t"),
                ("team", "u")
            ])
        );
        assert_eq!(
            references(
                "processes",
                "{ owner: t, needs: [{ data: d, at: a }, { process: p }, { any_of: [{ data: e, at: b }] }] }"
            ),
            own(&[
                ("data object", "d"),
                ("data object", "e"),
                ("process", "p"),
                ("system", "a"),
                ("system", "b"),
                ("team", "t")
            ])
        );
    }

    #[test]
    fn lists_of_ids_are_sets_and_ranges_are_none() {
        let of = |list: &str, key: &str| row(section(list).keys(), key);
        for (list, key) in [
            ("flows", "data"),
            ("flows", "through"),
            ("systems", "depends_on"),
            ("systems", "makes"),
            ("processes", "needs"),
        ] {
            assert!(is_set(of(list, key)), "{key}");
        }
        for (list, key) in [("flows", "runs"), ("flows", "minutes"), ("systems", "availability"), ("flows", "from")] {
            assert!(of(list, key).is_some() && !is_set(of(list, key)), "{key}");
        }
        assert!(is_set(row(within(of("flows", "basis")), "guessed")));
        assert!(SECTIONS.iter().all(|section| !section.keys().is_empty()));
    }
}
