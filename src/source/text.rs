//! A source text and places in it: byte spans, lines and columns.

use super::cells::{CellText, Cells, column_letters};

/// A half-open range of bytes in a source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Its first byte, from 0.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`; positions past 4 GiB saturate.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }
}

/// A value and the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value as read, without its place.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// A place as people name it: both numbers count from 1, columns in characters. In a workbook these are a row and a
/// column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Which line, from 1.
    pub line: u32,
    /// Column in characters (not bytes), from 1.
    pub column: u32,
}

/// Why bytes could not be taken as a source text at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The text is larger than the limit; both in bytes.
    #[error(
        "the file has {size} bytes, more than the limit of {limit}; raise it with `--max-bytes` if this size is intended"
    )]
    TooLarge {
        /// How many bytes there are.
        size: usize,
        /// How many bytes are allowed.
        limit: usize,
    },
    /// The bytes are not UTF-8 from this place on.
    #[error("line {}, column {}: the text is not UTF-8; save the file as UTF-8 and try again", at.line, at.column)]
    NotUtf8 {
        /// Where the first byte that fits no character stands.
        at: Position,
        /// What is wrong with it.
        #[source]
        cause: std::str::Utf8Error,
    },
}

/// A named text with its line starts. A leading byte order mark is dropped.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
    /// Characters before every [`Source::STRIDE`]th byte: a place in a line of many megabytes is found at once.
    characters: Vec<u32>,
    /// Which cells the text shows, where it is that of a workbook.
    cells: Option<Cells>,
    /// The file that stands behind the first, where two are joined.
    behind: Option<Behind>,
}

/// The second of two joined files.
#[derive(Clone, Debug)]
struct Behind {
    name: String,
    /// The byte at which it begins, and the line, from 0.
    start: usize,
    line: usize,
}

impl Source {
    /// Bytes between two counts of characters.
    const STRIDE: usize = 1_024;

    /// Bytes a text may have unless the caller raises it: 64 MiB.
    pub const MAX_BYTES: usize = 64 << 20;

    /// Takes `bytes` as UTF-8 text named `name` in messages.
    ///
    /// # Errors
    /// Where there are more than `max_bytes` bytes (or 4 GiB), or they are not UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>, max_bytes: usize) -> Result<Self, SourceError> {
        let limit = max_bytes.min(u32::MAX as usize - 1);
        if bytes.len() > limit {
            return Err(SourceError::TooLarge { size: bytes.len(), limit });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
                let end = before.len();
                Err(SourceError::NotUtf8 { at: Self::new(name, before).position(end), cause: error.utf8_error() })
            }
        }
    }

    /// Takes `text`, named `name` in messages, whatever its size.
    #[must_use]
    pub fn new(name: impl Into<String>, mut text: String) -> Self {
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, byte)| *byte == b'\n')
                    .map(|(at, _)| Span::new(at + 1, at + 1).start),
            )
            .collect();
        let mut counted = 0;
        let counts = text.as_bytes().chunks(Self::STRIDE).map(|chunk| {
            let before = counted;
            counted += characters(chunk);
            Span::new(before, before).start
        });
        let characters = counts.collect();
        Self { name: name.into(), text, line_starts, characters, cells: None, behind: None }
    }

    /// Takes the rows of a workbook named `name` in messages: places in them are cells.
    #[must_use]
    pub fn of_cells(name: impl Into<String>, rows: CellText) -> Self {
        let CellText { text, cells } = rows;
        Self { cells: Some(cells), ..Self::new(name, text) }
    }

    /// Two files as one text, the second behind the first on a line of its own; places of each bear its name and its lines.
    #[must_use]
    pub fn joined(first: &Self, second: &Self) -> Self {
        let start = first.text.len() + 1;
        let joined = Self::new(first.name.clone(), format!("{}\n{}", first.text, second.text));
        let behind = Behind { name: second.name.clone(), start, line: joined.line_at(start) };
        Self { cells: first.cells.clone(), behind: Some(behind), ..joined }
    }

    /// The name of the file on which byte `at` stands.
    #[must_use]
    pub fn name_at(&self, at: usize) -> &str {
        self.behind.as_ref().filter(|behind| at >= behind.start).map_or(&self.name, |behind| &behind.name)
    }

    /// The sheet on which byte `at` stands, where the text is that of a workbook.
    #[must_use]
    pub fn sheet(&self, at: usize) -> Option<&str> {
        self.cells.as_ref()?.at(self.line_at(at), at).map(|(sheet, ..)| sheet)
    }

    /// Where byte `at` stands, behind the name of the file: `12:5`, or `Flows!F12` in a workbook.
    #[must_use]
    pub fn place(&self, at: usize) -> String {
        let Position { line, column } = self.position(at);
        match self.sheet(at) {
            Some(sheet) => format!("{sheet}!{}{line}", column_letters(column)),
            None => format!("{line}:{column}"),
        }
    }

    /// Where all of the cell stands that byte `at` is part of, where the text is that of a workbook.
    #[must_use]
    pub fn cell(&self, at: usize) -> Option<Span> {
        self.cells.as_ref()?.value(self.line_at(at), at)
    }

    /// The line of the text, from 0, on which byte `at` stands.
    pub(super) fn line_at(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start as usize <= at.min(self.text.len())) - 1
    }

    /// The name under which messages speak of this text, usually its path.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, without byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of byte `at`; a place past the end is the end.
    #[must_use]
    pub fn position(&self, at: usize) -> Position {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.line_at(at);
        if let Some((_, line, column)) = self.cells.as_ref().and_then(|cells| cells.at(line, at)) {
            return Position { line, column };
        }
        let start = self.line_starts[line] as usize;
        let before = self.behind.as_ref().filter(|behind| line >= behind.line).map_or(0, |behind| behind.line);
        let line = line - before + 1;
        let column = self.characters_before(at) - self.characters_before(start) + 1;
        let clamp = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: clamp(line), column: clamp(column) }
    }

    /// Characters that begin before byte `at`.
    fn characters_before(&self, at: usize) -> usize {
        let stride = at / Self::STRIDE;
        match self.characters.get(stride) {
            Some(before) => *before as usize + characters(&self.text.as_bytes()[stride * Self::STRIDE..at]),
            // Only the end of a text whose length is a multiple of the stride has no count of its own.
            None => characters(self.text.as_bytes()),
        }
    }

    /// The bytes of the line with the number `at` from 0, without its line end.
    #[must_use]
    pub(super) fn line_span(&self, at: usize) -> (usize, usize) {
        let start = self.line_starts[at] as usize;
        let end = self.line_starts.get(at + 1).map_or(self.text.len(), |next| *next as usize);
        let end = start + self.text[start..end].trim_end_matches(['\n', '\r']).len();
        (start, end)
    }
}

/// Characters that begin in `bytes` of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_the_same_far_into_a_long_line() {
        let text = format!("ü\n{}", "aü日".repeat(2_000));
        let source = Source::new("x", text.clone());
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let line_start = if at < 3 { 0 } else { 3 };
            let column = text[line_start..at].chars().count() + 1;
            assert_eq!(source.position(at).column as usize, column, "byte {at}");
        }
        let even = Source::new("x", "a".repeat(2 * Source::STRIDE));
        assert_eq!(even.position(2 * Source::STRIDE).column as usize, 2 * Source::STRIDE + 1);
    }

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let source = Source::new("x", "\u{feff}a: ü\r\nbß: c\n".into());
        let at = source.text().find("c").unwrap();
        assert_eq!(source.position(at), Position { line: 2, column: 5 });
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(9999), Position { line: 3, column: 1 });
        let (start, end) = source.line_span(0);
        assert_eq!(&source.text()[start..end], "a: ü");
    }

    #[test]
    fn places_of_joined_files_are_those_of_each() {
        for end in ["", "\n"] {
            let (first, second) = (format!("a: 1\nb: ü{end}"), "c: 2\n  d: 3\n");
            let files = [Source::new("one.yaml", first.clone()), Source::new("two.yaml", second.to_owned())];
            let joined = Source::joined(&files[0], &files[1]);
            let start = first.len() + 1;
            assert_eq!(&joined.text()[start..], second);
            for (at, _) in first.char_indices() {
                assert_eq!((joined.name_at(at), joined.position(at)), ("one.yaml", files[0].position(at)));
            }
            for (at, _) in second.char_indices() {
                let found = (joined.name_at(start + at), joined.position(start + at), joined.place(start + at));
                assert_eq!(found, ("two.yaml", files[1].position(at), files[1].place(at)));
            }
        }
    }

    #[test]
    fn refuses_what_is_no_text_and_says_where() {
        let error = Source::from_bytes("x", b"ab\ncd\xff".to_vec(), 100).unwrap_err();
        assert!(matches!(error, SourceError::NotUtf8 { at: Position { line: 2, column: 3 }, .. }), "{error}");
        assert!(matches!(
            Source::from_bytes("x", vec![b'a'; 11], 10),
            Err(SourceError::TooLarge { size: 11, limit: 10 })
        ));
    }
}
