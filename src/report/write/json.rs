//! A report as JSON.

use std::io;

use serde::Serialize;

use crate::report::facts::Report;
use crate::source::is_invisible;

/// The report as indented JSON with a line end.
#[must_use]
pub fn json(report: &Report) -> String {
    json_text(report)
}

/// Any serializable answer as indented JSON with a line end.
///
/// Characters that drive a terminal or turn the direction of text are escaped, which means the same to every reader
/// of JSON and is safe to look at.
///
/// # Panics
/// Where `answer` has keys that are no text, which no type of this crate has.
#[must_use]
pub fn json_text<T: Serialize>(answer: &T) -> String {
    let mut out = Vec::new();
    write_json(&mut out, answer).expect("answers have text for keys and nothing that can fail");
    String::from_utf8(out).expect("whole characters are written")
}

/// The same, written piece by piece as it is made, so that a long answer is never held whole.
///
/// # Errors
/// Those of `out`.
///
/// # Panics
/// As [`json_text`].
pub fn write_json<T: Serialize>(out: &mut impl io::Write, answer: &T) -> io::Result<()> {
    serde_json::to_writer_pretty(Escaping { out: &mut *out }, answer).map_err(|error| {
        assert!(error.is_io(), "answers have text for keys and nothing that can fail: {error}");
        io::Error::from(error)
    })?;
    out.write_all(b"\n")
}

/// Takes JSON piece by piece.
struct Escaping<W> {
    out: W,
}

/// Whether each byte is a character that is seen, or the line end of the indentation: most pieces are words and punctuation.
fn is_plain(piece: &[u8]) -> bool {
    piece.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n'))
}

impl<W: io::Write> io::Write for Escaping<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if is_plain(piece) {
            self.out.write_all(piece)?;
            return Ok(piece.len());
        }
        // What is written at once are whole characters: texts are cut only beside ASCII.
        let text = std::str::from_utf8(piece).map_err(io::Error::other)?;
        // The line ends are those of the indentation: within texts they are escaped already.
        let mut begin = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| is_invisible(*c) && *c != '\n') {
            self.out.write_all(&piece[begin..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(self.out, "\\u{unit:04x}")?;
            }
            begin = at + c.len_utf8();
        }
        self.out.write_all(&piece[begin..])?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
