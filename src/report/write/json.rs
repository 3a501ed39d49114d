//! A report as JSON.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

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
    let mut out = Escaping { out, held: Vec::with_capacity(HELD) };
    let mut serializer = Serializer::with_formatter(&mut out, Indented::default());
    answer.serialize(&mut serializer).map_err(|error| {
        assert!(error.is_io(), "answers have text for keys and nothing that can fail: {error}");
        io::Error::from(error)
    })?;
    out.held.push(b'\n');
    out.pass_on()
}

/// Bytes after which pieces are passed on.
const HELD: usize = 1 << 16;

/// A comma, a line end, and the indentation of as many levels as there ever are but for hostile ones.
const BREAK: &[u8] = b",\n                                                                ";

/// As [`PrettyFormatter`](serde_json::ser::PrettyFormatter), but a line end is one piece with the comma and the spaces
/// beside it: of a long answer they are most of the pieces.
#[derive(Default)]
struct Indented {
    level: usize,
    has_value: bool,
}

impl Indented {
    fn line<W: ?Sized + io::Write>(&self, out: &mut W, is_after_comma: bool) -> io::Result<()> {
        let begin = usize::from(!is_after_comma);
        let spaces = 2 * self.level;
        let most = BREAK.len() - 2;
        out.write_all(&BREAK[begin..2 + spaces.min(most)])?;
        (most..spaces).try_for_each(|_| out.write_all(b" "))
    }

    fn begin<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn end<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.has_value {
            self.line(out, false)?;
        }
        out.write_all(bracket)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, !first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, !first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

/// Takes JSON piece by piece, and passes it on in larger ones.
struct Escaping<W> {
    out: W,
    /// What was not passed on yet: whole characters, since texts are cut only beside ASCII.
    held: Vec<u8>,
}

/// Whether each byte is a character that is seen, or the line end of the indentation.
fn is_plain(piece: &[u8]) -> bool {
    piece.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~' | b'\n'))
}

impl<W: io::Write> Escaping<W> {
    fn pass_on(&mut self) -> io::Result<()> {
        if is_plain(&self.held) {
            self.out.write_all(&self.held)?;
        } else {
            let text = std::str::from_utf8(&self.held).map_err(io::Error::other)?;
            // The line ends are those of the indentation: within texts they are escaped already.
            let mut begin = 0;
            for (at, c) in text.char_indices().filter(|(_, c)| is_invisible(*c) && *c != '\n') {
                self.out.write_all(&self.held[begin..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(self.out, "\\u{unit:04x}")?;
                }
                begin = at + c.len_utf8();
            }
            self.out.write_all(&self.held[begin..])?;
        }
        self.held.clear();
        Ok(())
    }
}

impl<W: io::Write> io::Write for Escaping<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(piece);
        if self.held.len() >= HELD {
            self.pass_on()?;
        }
        Ok(piece.len())
    }

    // The one that is called: whole pieces, which nothing has to be asked about.
    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        self.write(piece).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::json_text;

    /// What serde_json prints, which has no opinion on what is invisible.
    fn plainly(value: &Value) -> String {
        format!("{}\n", serde_json::to_string_pretty(value).expect("values are JSON"))
    }

    #[test]
    fn answers_are_laid_out_as_serde_json_does() {
        let mut deep = json!([]);
        for level in 0..50 {
            deep = if level % 2 == 0 { json!({ "in": deep, "n": level }) } else { json!([deep, {}, [], null]) };
        }
        // More than is passed on at once, with characters of several bytes at every place.
        let long: Vec<String> = (0..9_000).map(|at| format!("{}é漢🙂 \"{at}\"\n", "x".repeat(at % 7))).collect();
        for value in
            [json!(null), json!([]), json!({}), json!([[], {}]), json!({ "a": [1, 2.5, "b"] }), deep, json!(long)]
        {
            assert_eq!(json_text(&value), plainly(&value));
        }
    }

    #[test]
    fn what_is_not_seen_is_escaped_wherever_it_stands() {
        let hostile: Vec<String> = (0..9_000).map(|at| format!("{}\u{202e}\u{7f}漢", "x".repeat(at % 11))).collect();
        let text = json_text(&hostile);
        assert_eq!(text, plainly(&json!(hostile)).replace('\u{202e}', "\\u202e").replace('\u{7f}', "\\u007f"));
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).expect("it is JSON"), hostile);
    }
}
