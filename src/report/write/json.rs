//! A report as JSON.

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
    let plain = serde_json::to_string_pretty(answer).expect("answers have text for keys and nothing that can fail");
    let mut out = String::with_capacity(plain.len() + 1);
    for c in plain.chars() {
        // The line ends are those of the indentation: within texts they are escaped already.
        if is_invisible(c) && c != '\n' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}
