//! Which inputs are here again, and what each says of an entry now and said before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::base::{Base, BaseEntry};
use super::entry::WITH_DEFAULT;
use super::three::Cover;

/// The inputs of this import, as far as earlier ones are concerned.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// Inputs that were read, and files that are no longer in a folder or archive that was.
    pub(super) all: BTreeSet<String>,
    /// Those of them of which everything was read, so that what they do not say any more is gone.
    pub(super) judged: BTreeSet<String>,
}

impl Present {
    /// `read` are the inputs with what was named for each, `damaged` those names, and inputs, that are not whole.
    pub(super) fn of(base: &Base, read: &BTreeMap<String, String>, damaged: &BTreeSet<String>) -> Self {
        let named: BTreeSet<&str> =
            read.values().map(String::as_str).filter(|named| !damaged.contains(*named)).collect();
        let missing = base.inputs.iter().filter(|(file, input)| {
            !read.contains_key(*file) && !damaged.contains(*file) && named.contains(input.within.as_str())
        });
        let missing: BTreeSet<String> = missing.map(|(file, _)| file.clone()).collect();
        let mut judged: BTreeSet<String> = read.keys().filter(|file| !damaged.contains(*file)).cloned().collect();
        judged.extend(missing.iter().cloned());
        let all = read.keys().cloned().chain(missing).collect();
        Self { all, judged }
    }

    /// What is known of the inputs that gave the key at `path`; `now` is what each says of the entry.
    pub(super) fn cover(&self, path: &str, base: Option<&BaseEntry>, now: &BTreeMap<String, Json>) -> Cover {
        let Some(base) = base else { return Cover::Whole };
        if base.inputs.keys().all(|file| self.all.contains(file)) {
            return Cover::Whole;
        }
        let gave = |file: &String| {
            let says = base.share(file).map_or(&Json::Null, |says| BaseEntry::at(says, path));
            // Of a flow that is there it is said that it is live; a table of systems may have no column for how far they have come.
            !says.is_null() || WITH_DEFAULT.contains(&path) && !BaseEntry::at(&base.says, "mechanism").is_null()
        };
        if base.inputs.keys().filter(|file| !self.all.contains(*file)).all(|file| !gave(file)) {
            return Cover::Whole;
        }
        let before = |file: &str| base.share(file).map_or(&Json::Null, |says| BaseEntry::at(says, path));
        let is_same = |(file, says): (&String, &Json)| BaseEntry::at(says, path) == before(file);
        if now.iter().all(is_same) {
            return Cover::Unchanged;
        }
        let is_guess = |says: &Json| {
            let words = BaseEntry::at(says, "basis.guessed").as_array().cloned().unwrap_or_default();
            words.iter().any(|word| word.as_str() == Some(path))
        };
        let says = |says: &&Json| !BaseEntry::at(says, path).is_null();
        let states = now.values().filter(says).any(|says| !is_guess(says));
        if !states && now.values().any(|one| says(&one)) {
            return Cover::Guessed;
        }
        Cover::Changed { is_surer: states && is_guess(&base.says) }
    }
}
