//! One key of an entry three times: in the stack file, as the inputs said it last time, and as they say it now.

use crate::edit::Piece;
use crate::import::recognise::{same_product, says_nothing};

/// What becomes of one value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// Nothing is to be done, and nothing to be said.
    Same,
    /// The input's value is written; nothing takes the key out.
    Take(Option<Piece>),
    /// The value of the stack file stands, though the inputs say something else, as they did before.
    Kept,
    /// It stands, and the inputs have changed too.
    Conflict,
}

/// The three values of a key, each as far as there is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Three<'p> {
    pub(super) ours: Option<&'p Piece>,
    pub(super) base: Option<&'p Piece>,
    pub(super) theirs: Option<&'p Piece>,
}

/// What is known beside the values.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    /// Whether an earlier import wrote the entry, so that a key that is not there was taken out.
    pub(super) has_base: bool,
    /// Whether the key was taken off the list of guesses, which is a change by hand.
    pub(super) is_confirmed: bool,
    /// Whether a list is a set.
    pub(super) is_set: bool,
    /// Whether the key says something also where it is not there.
    pub(super) has_default: bool,
    /// What is known of the inputs that gave it.
    pub(super) cover: Cover,
}

/// Whether all inputs that spoke of a key are here again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// They are.
    Whole,
    /// Some are not, and those that are here say what they said.
    Unchanged,
    /// Some are not, and those that are here only guess it: what was written stands.
    Guessed,
    /// Some are not, and those that are here say something else; whether that beats what was written, being stated
    /// where that was guessed.
    Changed {
        /// It does.
        is_surer: bool,
    },
}

impl Three<'_> {
    /// What becomes of a value that is no mapping.
    pub(super) fn outcome(self, about: About) -> Outcome {
        let Self { ours, base, theirs } = self.seen();
        if same(ours, theirs) {
            return Outcome::Same;
        }
        match about.cover {
            Cover::Unchanged => return Outcome::Same,
            Cover::Guessed if base.is_some() || ours.is_some() => return Outcome::Same,
            Cover::Changed { .. } if about.is_set && theirs.is_some_and(|piece| piece.scalar().is_none()) => {
                return set(ours, None, theirs);
            }
            Cover::Changed { is_surer } if same(ours, base) => {
                return if is_surer { Outcome::Take(theirs.cloned()) } else { Outcome::Conflict };
            }
            Cover::Changed { .. } => return Outcome::Conflict,
            Cover::Whole | Cover::Guessed => {}
        }
        let Some(theirs_now) = theirs else { return self.gone(about) };
        if !about.has_base {
            return match ours {
                None if !about.has_default => Outcome::Take(Some(theirs_now.clone())),
                _ => Outcome::Kept,
            };
        }
        let is_list =
            |piece: Option<&Piece>| piece.is_none_or(|piece| matches!(piece, Piece::List(_) | Piece::Scalar { .. }));
        let is_any_list = [ours, base, theirs].into_iter().flatten().any(|piece| matches!(piece, Piece::List(_)));
        if about.is_set && is_any_list && ours.is_some() && is_list(ours) && is_list(base) && is_list(theirs) {
            return set(ours, base, theirs);
        }
        let is_ours_changed = !same(ours, base) || about.is_confirmed && base.is_some();
        match (is_ours_changed, same(base, theirs)) {
            (false, _) => Outcome::Take(Some(theirs_now.clone())),
            (true, true) => Outcome::Kept,
            (true, false) => Outcome::Conflict,
        }
    }

    /// What becomes of a value that no input has any more.
    fn gone(self, about: About) -> Outcome {
        let Self { ours, base, .. } = self.seen();
        match (ours, base) {
            (None, _) | (_, None) => Outcome::Same,
            _ if !about.has_base => Outcome::Same,
            (Some(_), Some(_)) if same(ours, base) && !about.is_confirmed => Outcome::Take(None),
            _ => Outcome::Conflict,
        }
    }

    /// The values that say something: `?` is none.
    fn seen(self) -> Self {
        let says = |piece: Option<&'_ Piece>| piece.is_some_and(|piece| !is_unknown(piece));
        Self {
            ours: self.ours.filter(|_| says(self.ours)),
            base: self.base.filter(|_| says(self.base)),
            theirs: self.theirs.filter(|_| says(self.theirs)),
        }
    }
}

fn is_unknown(piece: &Piece) -> bool {
    piece.is_nothing() || piece.scalar().is_some_and(says_nothing)
}

fn same(one: Option<&Piece>, other: Option<&Piece>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other || one.members() == other.members(),
        (None, None) => true,
        _ => false,
    }
}

/// Two names of one product.
pub(super) fn is_same_product(one: Option<&Piece>, other: Option<&Piece>) -> bool {
    let id = |piece: Option<&Piece>| piece.and_then(Piece::scalar).and_then(same_product);
    one.is_some() && id(one).is_some() && id(one) == id(other)
}

/// A list without what the inputs have no more, and with what they have since.
fn set(ours: Option<&Piece>, base: Option<&Piece>, theirs: Option<&Piece>) -> Outcome {
    let members = |piece: Option<&Piece>| piece.map(Piece::members).unwrap_or_default().to_vec();
    let (own, base, theirs) = (members(ours), members(base), members(theirs));
    let mut united: Vec<Piece> =
        own.iter().filter(|one| !base.contains(one) || theirs.contains(one)).cloned().collect();
    let new: Vec<Piece> = theirs.into_iter().filter(|one| !base.contains(one) && !united.contains(one)).collect();
    united.extend(new);
    match united {
        united if united == own => Outcome::Same,
        nothing if nothing.is_empty() => Outcome::Take(None),
        united => Outcome::Take(Some(Piece::List(united))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: About =
        About { has_base: true, is_confirmed: false, is_set: false, has_default: false, cover: Cover::Whole };

    fn piece(text: &str) -> Option<Piece> {
        match text {
            "" => None,
            list if list.contains(',') => Some(Piece::List(list.split(',').map(Piece::word).collect())),
            word => Some(Piece::word(word)),
        }
    }

    fn outcome(ours: &str, base: &str, theirs: &str, about: About) -> String {
        let (ours, base, theirs) = (piece(ours), piece(base), piece(theirs));
        let three = Three { ours: ours.as_ref(), base: base.as_ref(), theirs: theirs.as_ref() };
        match three.outcome(about) {
            Outcome::Take(value) => format!("take {}", value.map_or_else(|| "nothing".into(), |value| value.shown())),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_hand_is_never_overruled() {
        for (ours, base, theirs, expected) in [
            ("1", "1", "2", "take 2"),
            ("1", "1", "1", "Same"),
            ("9", "1", "1", "Kept"),
            ("2", "1", "2", "Same"),
            ("9", "1", "2", "Conflict"),
            ("", "1", "1", "Kept"),
            ("", "1", "2", "Conflict"),
            ("", "", "2", "take 2"),
            ("?", "", "2", "take 2"),
            ("9", "", "2", "Conflict"),
            ("1", "1", "", "take nothing"),
            ("9", "1", "", "Conflict"),
            ("9", "", "", "Same"),
            ("", "1", "", "Same"),
        ] {
            assert_eq!(outcome(ours, base, theirs, WHOLE), expected, "{ours} {base} {theirs}");
        }
    }

    #[test]
    fn without_an_earlier_import_only_what_is_not_there_is_filled() {
        let about = About { has_base: false, ..WHOLE };
        for (ours, theirs, expected) in
            [("9", "2", "Kept"), ("", "2", "take 2"), ("9", "", "Same"), ("TBD", "2", "take 2")]
        {
            assert_eq!(outcome(ours, "", theirs, about), expected);
        }
        assert_eq!(outcome("", "", "planned", About { has_default: true, ..about }), "Kept");
    }

    #[test]
    fn what_was_confirmed_is_the_hands() {
        let about = About { is_confirmed: true, ..WHOLE };
        assert_eq!(outcome("1", "1", "2", about), "Conflict");
        assert_eq!(outcome("1", "1", "", about), "Conflict");
        assert_eq!(outcome("1", "1", "1", about), "Same");
    }

    #[test]
    fn lists_of_ids_are_united() {
        let about = About { is_set: true, ..WHOLE };
        for (ours, base, theirs, expected) in [
            ("a,b", "a,b", "a,b,c", "take [a, b, c]"),
            ("b,a,x", "a,b", "a,c", "take [a, x, c]"),
            ("a", "a,b", "a,b", "Same"),
            ("a", "a", "a,b", "take [a, b]"),
            ("a,b", "a,b", "b,a", "Same"),
            ("a", "a,b", "a,b,c", "take [a, c]"),
            ("a", "a", "b", "take b"),
            ("a,b", "a,b", "x", "take [x]"),
        ] {
            assert_eq!(outcome(ours, base, theirs, about), expected, "{ours} {base} {theirs}");
        }
    }

    #[test]
    fn a_part_of_the_inputs_moves_nothing_that_others_gave() {
        let about = |cover| About { cover, ..WHOLE };
        assert_eq!(outcome("2/day", "2/day", "1/day", about(Cover::Unchanged)), "Same");
        assert_eq!(outcome("2/day", "2/day", "3/day", about(Cover::Changed { is_surer: false })), "Conflict");
        assert_eq!(outcome("2/day", "2/day", "3/day", about(Cover::Changed { is_surer: true })), "take 3/day");
        assert_eq!(outcome("9/day", "2/day", "3/day", about(Cover::Changed { is_surer: true })), "Conflict");
    }
}
