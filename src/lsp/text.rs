//! The text of a document as the client counts in it: lines from 0, columns in the units that were agreed.

use serde_json::{Value, json};

use crate::source::{Source, Span};

/// In what columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    /// Bytes.
    Utf8,
    /// Pairs of bytes of UTF-16: what the protocol has where nothing else is agreed.
    Utf16,
}

/// A text with its line starts.
#[derive(Clone, Debug)]
pub(super) struct Text {
    text: String,
    starts: Vec<usize>,
    units: Units,
}

impl Text {
    pub(super) fn new(text: String, units: Units) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Self { text, starts, units }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The byte at a place of the client; what lies behind the end of a line or of the text is that end.
    pub(super) fn offset(&self, position: &Value) -> Option<usize> {
        let line = usize::try_from(position["line"].as_u64()?).ok()?;
        let column = usize::try_from(position["character"].as_u64()?).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else { return Some(self.text.len()) };
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..end].strip_suffix('\r').unwrap_or(&self.text[start..end]);
        let mut left = column;
        for (at, c) in line.char_indices() {
            let width = self.width(c);
            // The middle of a character is its beginning.
            if left < width {
                return Some(start + at);
            }
            left -= width;
        }
        Some(start + line.len())
    }

    fn width(&self, c: char) -> usize {
        match self.units {
            Units::Utf8 => c.len_utf8(),
            Units::Utf16 => c.len_utf16(),
        }
    }

    /// The place of a byte as the client counts.
    pub(super) fn position(&self, at: usize) -> Value {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let column: usize = self.text[self.starts[line]..at].chars().map(|c| self.width(c)).sum();
        json!({ "line": line, "character": column })
    }

    /// A span as the client counts.
    pub(super) fn range(&self, span: Span) -> Value {
        json!({ "start": self.position(span.start as usize), "end": self.position(span.end as usize) })
    }

    /// Makes a change that the client tells, of a part or of the whole.
    pub(super) fn change(&mut self, change: &Value) -> Option<()> {
        let new = change["text"].as_str()?;
        let text = match &change["range"] {
            Value::Null => new.to_owned(),
            range => {
                let (start, end) = (self.offset(&range["start"])?, self.offset(&range["end"])?);
                let (start, end) = (start.min(end), start.max(end));
                let mut text = std::mem::take(&mut self.text);
                text.replace_range(start..end, new);
                text
            }
        };
        *self = Self::new(text, self.units);
        Some(())
    }

    /// The text as the reader takes it: without the mark of its encoding, which moves every place by what is returned too.
    pub(super) fn source(&self, name: &str) -> (Source, usize) {
        let mark = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        (Source::new(name, self.text[mark..].to_owned()), mark)
    }

    /// The edit that makes `new` of the text: one span, as short as it can be.
    pub(super) fn edit_to(&self, new: &str) -> Value {
        let old = self.text.as_str();
        let same = |pair: &((usize, char), char)| pair.0.1 == pair.1;
        let prefix =
            old.char_indices().zip(new.chars()).take_while(same).map(|((_, c), _)| c.len_utf8()).sum::<usize>();
        let (rest, rest_new) = (&old[prefix..], &new[prefix..]);
        let both = rest.chars().rev().zip(rest_new.chars().rev());
        let suffix = both.take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum::<usize>();
        let span = Span::new(prefix, old.len() - suffix);
        json!({ "range": self.range(span), "newText": rest_new[..rest_new.len() - suffix] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "a: 😀b\r\nä: x\nlast";

    #[test]
    fn places_are_counted_in_the_agreed_units_and_go_both_ways() {
        for (units, column) in [(Units::Utf16, 5), (Units::Utf8, 7)] {
            let text = Text::new(SAMPLE.to_owned(), units);
            let at = SAMPLE.find('b').unwrap();
            assert_eq!(text.position(at), json!({ "line": 0, "character": column }));
            for (at, _) in SAMPLE.char_indices().filter(|(_, c)| *c != '\n' && *c != '\r') {
                assert_eq!(text.offset(&text.position(at)), Some(at), "{units:?} {at}");
            }
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_the_nearest_one_before() {
        let text = Text::new(SAMPLE.to_owned(), Units::Utf16);
        let at = |line: u64, character: u64| text.offset(&json!({ "line": line, "character": character })).unwrap();
        assert_eq!(at(0, 4), 3, "within a pair");
        assert_eq!(at(0, 99), SAMPLE.find('\r').unwrap());
        assert_eq!(at(9, 0), SAMPLE.len());
        assert_eq!(at(0, u64::MAX), SAMPLE.find('\r').unwrap());
        assert_eq!(text.offset(&json!({ "line": -1, "character": 0 })), None);
    }

    #[test]
    fn changes_of_parts_add_up_and_nonsense_is_no_change() {
        let mut text = Text::new("one\ntwo\n".to_owned(), Units::Utf16);
        let range = |a: (u32, u32), b: (u32, u32)| json!({ "start": { "line": a.0, "character": a.1 }, "end": { "line": b.0, "character": b.1 } });
        text.change(&json!({ "range": range((0, 3), (1, 0)), "text": " and 😀 " })).unwrap();
        assert_eq!(text.text(), "one and 😀 two\n");
        text.change(&json!({ "range": range((0, 11), (0, 8)), "text": "" })).unwrap();
        assert_eq!(text.text(), "one and two\n");
        assert!(text.change(&json!({ "range": 7, "text": "x" })).is_none());
        assert!(text.change(&json!({ "range": null })).is_none());
        assert_eq!(text.text(), "one and two\n");
    }

    #[test]
    fn an_edit_is_as_short_as_it_can_be() {
        let text = Text::new("a: 1\nb: ää\nc: 3\n".to_owned(), Units::Utf16);
        let edit = text.edit_to("a: 1\nb: äüä\nc: 3\n");
        assert_eq!(edit["newText"], "ü");
        let mut made = text.clone();
        made.change(&json!({ "range": edit["range"], "text": edit["newText"] })).unwrap();
        assert_eq!(made.text(), "a: 1\nb: äüä\nc: 3\n");
        let same = text.edit_to(text.text());
        assert_eq!(same["newText"], "");
    }
}
