//! A validated stack as the text of a stack file, complete: reading it gives the same stack, up to places.

mod emit;

use super::stack::Stack;
use super::table::Mapping;

pub(super) use emit::{list, mapping, range, text};

/// What stands behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// One line, in flow style.
    Line(String),
    /// A list of lines.
    List(Vec<String>),
    /// A list of mappings, one key a line.
    Items(Vec<Pairs>),
    /// A mapping from ids to mappings, one key a line.
    Entries(Vec<(String, Pairs)>),
}

impl Written {
    /// All of it on one line.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Line(line) => line.clone(),
            Self::List(items) => list(items),
            Self::Items(items) => list(&items.iter().map(mapping).collect::<Vec<_>>()),
            Self::Entries(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(id, pairs)| format!("{}: {}", text(id), mapping(pairs))).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

/// A mapping in the order in which it is written.
pub type Pairs = Vec<(&'static str, Written)>;

/// `stack` as a stack file. Every key that the stack states is written, and none that it does not; quantities are
/// written such that reading gives the same number to the last bit (hours for delays, a number a year for rates, a
/// fraction for shares).
#[must_use]
pub fn write(stack: &Stack) -> String {
    let mut out = String::new();
    for (key, value) in pairs(stack, stack) {
        emit::pair(&mut out, 0, key, &value);
    }
    out
}

/// The keys that one mapping of `stack` states, references as ids; two entries differ where these differ.
pub(crate) fn pairs(stack: &Stack, value: &impl Mapping) -> Pairs {
    let mut pairs = Pairs::new();
    value.write(stack, &mut pairs);
    pairs
}
