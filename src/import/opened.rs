//! A file as formats look at it: bytes, and the text, JSON, XML or archive that they are.

use serde_json::Value;

use super::archive::{self, Archive};
use super::problem::Fault;
use super::xml::Element;
use super::{json, xml};

/// A file that is opened as far as its bytes allow. What is damaged is kept as what is wrong with it, so that a format
/// that reads the same bytes in another way can still have them.
#[derive(Debug)]
pub(super) struct Opened<'b> {
    /// The bytes as they came.
    pub(super) bytes: &'b [u8],
    /// The text without its byte order mark, where the bytes are UTF-8.
    pub(super) text: Option<&'b str>,
    /// Its JSON, where the text begins like JSON.
    pub(super) json: Option<Result<Value, Fault>>,
    /// The root of its XML, where the text begins like XML.
    pub(super) xml: Option<Result<Element, Fault>>,
    /// Its entries, where it is a zip archive.
    pub(super) archive: Option<Result<Archive<'b>, Fault>>,
}

impl<'b> Opened<'b> {
    /// Opens `bytes`.
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        if archive::is_zip(bytes) {
            return Self { bytes, text: None, json: None, xml: None, archive: Some(Archive::open(bytes)) };
        }
        let text = std::str::from_utf8(bytes).ok().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
        let begins_with = |signs: &[char]| text.filter(|text| text.trim_start().starts_with(signs));
        Self {
            bytes,
            text,
            json: begins_with(&['{', '[']).map(json::parse),
            xml: begins_with(&['<']).map(xml::parse),
            archive: None,
        }
    }

    /// What is wrong with the JSON, XML or archive that the file seems to be.
    pub(super) fn fault(&self) -> Option<&Fault> {
        let json = self.json.as_ref().and_then(|json| json.as_ref().err());
        let xml = self.xml.as_ref().and_then(|xml| xml.as_ref().err());
        json.or(xml).or_else(|| self.archive.as_ref().and_then(|archive| archive.as_ref().err()))
    }
}
