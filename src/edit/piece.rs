//! What is written into a stack file: values in the order in which they are to stand there.

use serde_json::Value as Json;

use crate::source::{Node, Value};

/// A value of a stack file, apart from any text.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Nothing.
    Nothing,
    /// Text, a number, a word.
    Scalar {
        /// The text, unquoted.
        text: String,
        /// Whether it may stand without quotes as it is.
        plain: bool,
    },
    /// A list.
    List(Vec<Piece>),
    /// A mapping, in the order in which it is written.
    Map(Vec<Pair>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The key, unquoted.
    pub key: String,
    /// What stands behind it.
    pub value: Piece,
    /// The words that were read as the value: a comment behind it.
    pub said: Option<String>,
}

impl Pair {
    /// A pair without a comment.
    #[must_use]
    pub fn new(key: impl Into<String>, value: Piece) -> Self {
        Self { key: key.into(), value, said: None }
    }
}

impl Piece {
    /// A word that needs no quotes.
    pub fn word(text: impl Into<String>) -> Self {
        Self::Scalar { text: text.into(), plain: true }
    }

    /// The value of `node`, with what its aliases stand for.
    #[must_use]
    pub fn of(node: &Node<'_>) -> Self {
        match &node.resolved().value {
            Value::Null | Value::Alias(_) => Self::Nothing,
            Value::Scalar(scalar) => Self::Scalar { text: scalar.text.to_string(), plain: scalar.plain },
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|entry| Pair::new(&*entry.key, Self::of(&entry.node))).collect())
            }
        }
    }

    /// The value at `key`, if this is a mapping and has one there.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(pairs) => pairs.iter().find(|pair| pair.key == key).map(|pair| &pair.value),
            _ => None,
        }
    }

    /// The text at `key`, if there is a single value.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Self::scalar)
    }

    /// The text of a single value.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Self::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether there is nothing in it: also an empty list or mapping.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Scalar { .. } => false,
            Self::List(items) => items.is_empty(),
            Self::Map(pairs) => pairs.is_empty(),
        }
    }

    /// The members of a list; a single value is a list of one.
    #[must_use]
    pub fn members(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Nothing => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// The same for comparisons and for files: every single value as text, what is empty as null, keys sorted.
    #[must_use]
    pub fn json(&self) -> Json {
        match self {
            _ if self.is_nothing() => Json::Null,
            Self::Nothing => Json::Null,
            Self::Scalar { text, .. } => Json::String(text.clone()),
            Self::List(items) => Json::Array(items.iter().map(Self::json).collect()),
            Self::Map(pairs) => Json::Object(pairs.iter().map(|pair| (pair.key.clone(), pair.value.json())).collect()),
        }
    }

    /// A value from such a file.
    #[must_use]
    pub fn from_json(value: &Json) -> Self {
        match value {
            Json::Null => Self::Nothing,
            Json::Array(items) => Self::List(items.iter().map(Self::from_json).collect()),
            Json::Object(pairs) => {
                Self::Map(pairs.iter().map(|(key, value)| Pair::new(key, Self::from_json(value))).collect())
            }
            Json::String(text) => Self::Scalar { text: text.clone(), plain: false },
            Json::Bool(_) | Json::Number(_) => Self::word(value.to_string()),
        }
    }

    /// The value on one line, for a message.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Scalar { text, .. } => text.clone(),
            other => super::print::flow(other, false),
        }
    }
}

/// Equal where the same is written, whatever the order of keys and the quotes.
impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Scalar { text: one, .. }, Self::Scalar { text: other, .. }) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            (Self::Map(one), Self::Map(pairs)) => {
                one.len() == pairs.len() && one.iter().all(|pair| other.get(&pair.key) == Some(&pair.value))
            }
            (one, other) => one.is_nothing() && other.is_nothing(),
        }
    }
}
