//! What every entry may say of itself beside its own keys: notes, keys of one's own, former ids, and where it came from.

use jiff::civil::Date;

use super::seldom::Unstated;
use crate::model::form::{Day, Text, Texts, object};
use crate::model::table::{
    Context, Extra, Fields, Irregular, Key, Mapping, Mask, Maskable, Masker, Pairs, Tables, Takes, entry_word,
    find_key, mapping, quoted,
};
use crate::source::{Diagnostic, Node, Value, nearest};

mapping! {
    /// What an entry says of itself that no analysis computes with.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Remarks = "an entry" + Irregular {
        notes: Option<String> = may, Text::Lines, Drop, "Any text about it.";
        was: Vec<String> = many, Texts::FormerIds, Drop,
            "Its former id, or a list of them: baselines and `diff` then know it again.";
        basis: Option<Basis> = may, object::<Basis>(), Within,
            "Where the entry came from, and which of its keys are guesses.";
        extras: Extras = flat, (), Within, "Keys of one's own.";
    }
}

mapping! {
    /// Where an entry came from, and what of it was inferred.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Basis = "`basis`" {
        from: Option<String> = may, Text::Word, Drop, "The file or person that it is from.";
        at: Option<String> = may, Text::Word, Drop, "The place there, such as `Flows!F12`.";
        seen: Option<Date> = may, Day, Keep, "The date that the source bears.";
        guessed: Vec<String> = many, Texts::Keys, Keep,
            "The keys of this entry that are guesses; `flow`, `system`, `team`, `data` or `process` for the entry itself.";
        key: Option<String> = may, Text::Word, Drop, "What the next import finds it by.";
    }
}

impl Unstated for Remarks {
    fn unstated() -> &'static Self {
        static NONE: Remarks = Remarks { notes: None, was: Vec::new(), basis: None, extras: Extras(Vec::new()) };
        &NONE
    }
}

impl Remarks {
    /// Marks a key of the entry as a guess.
    pub(crate) fn guess(&mut self, key: &str) {
        let guessed = &mut self.basis.get_or_insert_default().guessed;
        if let Err(at) = guessed.binary_search_by(|known| known.as_str().cmp(key)) {
            guessed.insert(at, key.to_owned());
        }
    }

    /// The keys of the entry that are guesses, by name.
    #[must_use]
    pub fn guessed(&self) -> &[String] {
        self.basis.as_ref().map_or(&[], |basis| &basis.guessed)
    }
}

/// A guess is one of the keys that the entry can have.
impl Irregular for Remarks {
    fn look(fields: &Fields<'_, '_>, cx: &mut Context) {
        let Some(Value::Map(basis)) = fields.get("basis").map(|node| &node.resolved().value) else { return };
        let Some(guessed) = basis.iter().find(|entry| entry.key == "guessed") else { return };
        let one = std::slice::from_ref(&guessed.node);
        let words: &[Node<'_>] = match &guessed.node.resolved().value {
            Value::List(items) => items,
            _ => one,
        };
        for node in words {
            let Value::Scalar(word) = &node.resolved().value else { continue };
            let (word, itself) = (word.text.trim(), entry_word(fields.what()));
            if word == itself || find_key(fields.keys(), word).is_some() {
                continue;
            }
            let names = fields.keys().iter().map(|key| key.name).chain([itself]);
            let help = match nearest(word, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("name a key of {}, or write `{itself}` for the entry itself", fields.what()),
            };
            let message = format!("{} has no key {} that could be a guess", fields.what(), quoted(word));
            cx.problems.push(Diagnostic::error("unknown-word", node.span, message).help(help));
        }
    }

    /// What the reader guessed of the other keys, all of which have been read by now, is marked as if the file did.
    fn settle(mut self, _: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        let guessed = std::mem::take(&mut cx.guessed);
        if !guessed.is_empty() {
            let basis = self.basis.get_or_insert_default();
            basis.guessed.extend(guessed);
            basis.guessed.sort_unstable();
            basis.guessed.dedup();
        }
        Some(self)
    }
}

/// Keys of one's own at an entry, `x-ticket: MOPS-112`: kept, and never read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras(Vec<(String, Extra)>);

/// The same for the whole file, where they may hold anything: lists and mappings too, such as those that merge keys name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileExtras(Vec<(String, Extra)>);

macro_rules! extras {
    ($name:ident $read:ident $takes:ident $doc:literal) => {
        impl Mapping for $name {
            const WHAT: &'static str = "an entry";
            const KEYS: &'static [Key] =
                &[Key { name: "x-…", takes: Takes::$takes, required: false, mask: Mask::Drop, doc: $doc }];

            fn read(fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
                let mut read = Vec::new();
                for entry in fields.extras() {
                    let value = Extra::$read(&entry.node, &mut cx.problems);
                    read.extend(value.map(|value| (entry.key.clone().into_owned(), value)));
                }
                read.sort_by(|a, b| a.0.cmp(&b.0));
                Some(Self(read))
            }

            fn blank(_: &Fields<'_, '_>) -> Self {
                Self::default()
            }

            fn write(&self, _: &Tables, out: &mut Pairs) {
                out.extend(self.0.iter().map(|(key, value)| (key.clone().into(), value.written())));
            }
        }

        impl Maskable for $name {
            fn mask(&mut self, _: Mask, _: &mut dyn Masker) {
                self.0.clear();
            }
        }
    };
}

extras!(Extras single Extra "A key of your own that begins with `x-`: kept, and never read.");
extras!(FileExtras any Anything
    "A key of your own that begins with `x-`: kept, and never read; it may hold what merge keys (`<<`) name.");
