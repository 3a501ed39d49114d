//! What may stand at a path: the table of keys, followed from the outside in.

use crate::edit::Part;
use crate::model::shape::{Key, STACK, Takes, short_form};

/// What a path leads to.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A mapping with the keys of one of these tables.
    Keys(Vec<&'static [Key]>),
    /// What this key takes.
    Value(&'static Key),
    /// An item of what this key takes.
    Item(&'static Key),
}

/// What stands at `path`; nothing where no stack file has such a path.
pub(super) fn shape(path: &[Part]) -> Option<Shape> {
    let mut shape = Shape::Keys(vec![STACK]);
    for part in path {
        shape = inner(shape, part)?;
    }
    Some(shape)
}

fn inner(shape: Shape, part: &Part) -> Option<Shape> {
    match (shape, part) {
        (Shape::Keys(tables), Part::Key(name)) => {
            tables.into_iter().flatten().find(|key| key.is_written(name)).map(Shape::Value)
        }
        (Shape::Value(key), Part::Item(_)) => Some(Shape::Item(key)),
        (Shape::Value(key) | Shape::Item(key), Part::Key(name)) => match key.takes {
            Takes::ById(keys) => Some(Shape::Keys(vec![keys])),
            Takes::RangesBy(..) => None,
            _ => inner(Shape::Keys(key.takes.within()), &Part::Key(name.clone())),
        },
        _ => None,
    }
}

impl Shape {
    /// The keys of the mapping that may stand there.
    pub(super) fn keys(&self) -> Vec<&'static Key> {
        let tables = match self {
            Self::Keys(tables) => tables.clone(),
            Self::Value(key) if matches!(key.takes, Takes::Object(_)) => key.takes.within(),
            Self::Item(key) if !matches!(key.takes, Takes::ById(_)) => key.takes.within(),
            _ => Vec::new(),
        };
        let mut known: Vec<&'static Key> = Vec::new();
        for key in tables.into_iter().flatten().filter(|key| !key.is_extra()) {
            if known.iter().all(|other| other.name != key.name) {
                known.push(key);
            }
        }
        known
    }

    /// Words that are keys of the mapping there, where it is one from words.
    pub(super) fn words_as_keys(&self) -> Vec<&'static str> {
        match self {
            Self::Value(Key { takes: Takes::RangesBy(words, _), .. }) => words(),
            _ => Vec::new(),
        }
    }

    /// The key whose value it is, or an item of it.
    pub(super) fn key(&self) -> Option<&'static Key> {
        match self {
            Self::Value(key) | Self::Item(key) => Some(key),
            Self::Keys(_) => None,
        }
    }

    /// The kind of thing whose ids may stand there: `system`.
    pub(super) fn ids(&self) -> Option<&'static str> {
        of_ids(self.key()?.takes)
    }

    /// The words that may stand there.
    pub(super) fn words(&self) -> Vec<&'static str> {
        match self.key().map(|key| key.takes) {
            Some(Takes::Word(words) | Takes::Words(words)) => words(),
            Some(Takes::Bool) => vec!["true", "false"],
            Some(Takes::IdOrWord(_, word)) => vec![word],
            Some(Takes::Version) => vec!["1"],
            _ => Vec::new(),
        }
    }
}

/// The kind of thing whose ids a key takes; of a list of mappings that may be written as ids, that of their one key.
fn of_ids(takes: Takes) -> Option<&'static str> {
    match takes {
        Takes::IdOf(what) | Takes::IdsOf(what) | Takes::IdOrWord(what, _) | Takes::IdsOr(what, _) => Some(what),
        Takes::List(keys) => of_ids(short_form(keys)?.takes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::path;

    fn at(keys: &[&str]) -> Option<Shape> {
        shape(&path(keys))
    }

    #[test]
    fn the_table_is_followed_through_ids_lists_and_alternatives() {
        let names = |shape: Shape| shape.keys().into_iter().map(|key| key.name).collect::<Vec<_>>();
        assert!(names(at(&[]).unwrap()).contains(&"systems"));
        assert!(names(at(&["systems", "crm"]).unwrap()).contains(&"product"));
        assert!(at(&["systems"]).unwrap().keys().is_empty(), "ids stand there");
        assert_eq!(at(&["systems", "crm", "owner"]).unwrap().ids(), Some("team"));
        let needs = [path(&["processes", "p", "needs"]), vec![Part::Item(0)]].concat();
        assert!(names(shape(&needs).unwrap()).contains(&"any_of"));
        let at_of = [needs, path(&["any_of"]), vec![Part::Item(1)], path(&["at"])].concat();
        assert_eq!(shape(&at_of).unwrap().ids(), Some("system"));
        let makes = [path(&["systems", "a", "makes"]), vec![Part::Item(0)]].concat();
        assert_eq!(shape(&makes).unwrap().ids(), Some("data object"));
        assert!(at(&["systems", "crm", "nothing"]).is_none());
        assert!(!at(&["plan", "efforts"]).unwrap().words_as_keys().is_empty());
    }
}
