//! What the last import wrote, kept in a file beside the stack: sorted, without secrets, meant for version control.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What is known of earlier imports into one stack file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    sinew: u32,
    /// Every input that the stack file has entries of.
    pub(super) inputs: BTreeMap<String, BaseInput>,
    /// What inputs said of each entry, by list and by the id that the entry has in the stack file.
    pub(super) entries: BTreeMap<String, BTreeMap<String, BaseEntry>>,
}

/// An input of an earlier import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BaseInput {
    pub(super) format: String,
    /// What was named on the command line: itself, or the folder or archive that it is in.
    #[serde(rename = "in")]
    pub(super) within: String,
}

/// An entry as inputs gave it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BaseEntry {
    /// What all of them together said.
    pub(super) says: Json,
    /// The words that values were read from, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) said: BTreeMap<String, String>,
    /// The inputs that speak of it.
    pub(super) inputs: BTreeMap<String, Share>,
}

/// What one input says of an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Share {
    /// What the input finds it by.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) keys: BTreeSet<String>,
    /// What it says, where others speak of the entry too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) says: Option<Json>,
}

impl Base {
    pub(super) fn new() -> Self {
        Self { sinew: 1, ..Self::default() }
    }

    /// Reads the file that an earlier import wrote.
    ///
    /// # Errors
    /// Where it is none, or is damaged; the words say what.
    pub fn parse(text: &str) -> Result<Self, String> {
        let base: Self = serde_json::from_str(text).map_err(|error| format!("line {}: {error}", error.line()))?;
        if base.sinew != 1 {
            return Err(format!("it has version {}, and this program reads version 1", base.sinew));
        }
        Ok(base)
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("it has texts as keys");
        text.push('\n');
        text
    }

    pub(super) fn entry(&self, list: &str, id: &str) -> Option<&BaseEntry> {
        self.entries.get(list)?.get(id)
    }

    pub(super) fn put(&mut self, list: &str, id: &str, entry: BaseEntry) {
        self.entries.entry(list.to_owned()).or_default().insert(id.to_owned(), entry);
    }
}

impl BaseEntry {
    /// What one input said of it.
    pub(super) fn share(&self, input: &str) -> Option<&Json> {
        let share = self.inputs.get(input)?;
        Some(share.says.as_ref().unwrap_or(&self.says))
    }

    /// The value at a path of keys, as all inputs together said it.
    pub(super) fn at<'j>(says: &'j Json, path: &str) -> &'j Json {
        path.split('.').fold(says, |value, key| value.get(key).unwrap_or(&Json::Null))
    }
}
