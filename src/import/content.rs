//! What a format looks for in a file, and what it reads it from.

use serde_json::Value;

use super::clean::LeftOut;
use super::joined::ReadJoined;
use super::opened::Opened;
use super::reading::{File, Reading};

/// What makes a file one of a format: a short description of the sign that was found.
type Sign<T> = fn(&T) -> Option<&'static str>;
type Read<T> = fn(&File<'_>, &T, &mut LeftOut) -> Reading;

/// The sign and the reader of a format, by what they need of a file.
#[derive(Debug)]
pub(super) enum Content {
    /// Its JSON.
    Json { sign: Sign<Value>, read: Read<Value> },
    /// Its text.
    Text { sign: Sign<str>, read: Read<str> },
    /// Whatever it is: several of these, or bytes and archives.
    Any { sign: fn(&Opened<'_>) -> Option<&'static str>, read: fn(&File<'_>, &Opened<'_>, &mut LeftOut) -> Reading },
    /// Texts that are read together once all are there, as they may include each other.
    Joined { sign: fn(&Opened<'_>) -> Option<&'static str>, read: ReadJoined },
}

impl Content {
    /// The sign that `opened` has, if it has one.
    pub(super) fn sign(&self, opened: &Opened<'_>) -> Option<&'static str> {
        match self {
            Self::Json { sign, .. } => opened.json.as_ref()?.as_ref().ok().and_then(sign),
            Self::Text { sign, .. } => opened.text.and_then(sign),
            Self::Any { sign, .. } | Self::Joined { sign, .. } => sign(opened),
        }
    }

    /// Reads `opened`, which has the sign.
    pub(super) fn read(&self, file: &File<'_>, opened: &Opened<'_>, left_out: &mut LeftOut) -> Reading {
        match self {
            Self::Json { read, .. } => match &opened.json {
                Some(Ok(value)) => read(file, value, left_out),
                _ => Reading::default(),
            },
            Self::Text { read, .. } => opened.text.map_or_else(Reading::default, |text| read(file, text, left_out)),
            Self::Any { read, .. } => read(file, opened, left_out),
            Self::Joined { .. } => Reading::default(),
        }
    }
}
