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
    let mut writer = Escaping { out: Vec::new() };
    serde_json::to_writer_pretty(&mut writer, answer).expect("answers have text for keys and nothing that can fail");
    let mut out = String::from_utf8(writer.out).expect("whole characters are written");
    out.push('\n');
    out
}

/// Takes JSON piece by piece, so that a long answer is held once.
struct Escaping {
    out: Vec<u8>,
}

impl io::Write for Escaping {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        // What is written at once are whole characters: texts are cut only beside ASCII.
        let text = std::str::from_utf8(piece).map_err(io::Error::other)?;
        // The line ends are those of the indentation: within texts they are escaped already.
        let mut begin = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| is_invisible(*c) && *c != '\n') {
            self.out.extend_from_slice(&piece[begin..at]);
            for unit in c.encode_utf16(&mut [0; 2]) {
                self.out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
            begin = at + c.len_utf8();
        }
        self.out.extend_from_slice(&piece[begin..]);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
