//! Keys and values as they are written: the YAML of a stack file.

use std::borrow::Cow;

use super::key::is_extra;
use crate::model::units::{Quantity, Range};

/// What stands behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// One line, in flow style.
    Line(String),
    /// A list of lines.
    List(Vec<String>),
    /// A mapping, in flow style on one line.
    Mapping(Pairs),
    /// A list of mappings, one key a line.
    Items(Vec<Pairs>),
    /// A mapping from ids to mappings, one key a line.
    Entries(Vec<(String, Pairs)>),
}

impl Written {
    /// All of it on one line.
    #[must_use]
    pub(crate) fn line(&self) -> String {
        match self {
            Self::Line(line) => line.clone(),
            Self::List(items) => list(items),
            Self::Mapping(pairs) => mapping(pairs),
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
pub(crate) type Pairs = Vec<(Cow<'static, str>, Written)>;

/// Text that is written without quotes: it begins with a letter and holds nothing that YAML could take for more.
fn is_plain(text: &str) -> bool {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    // Words that YAML reads as something else than text, here or in other versions.
    const TAKEN: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];
    is_word && !TAKEN.contains(&text.to_ascii_lowercase().as_str())
}

/// Text as a YAML scalar: plain where that is safe, else in double quotes with everything escaped that is not printable.
pub(crate) fn text(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' '..='~' | '\u{a1}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}'
                if !matches!(c, '\u{2028}' | '\u{2029}') =>
            {
                out.push(c);
            }
            '\u{10000}'.. => out.push(c),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// `[a, b]` of lines already written.
pub(in crate::model) fn list(items: &[String]) -> String {
    format!("[{}]", items.join(", "))
}

/// A key as it is written: those of the table as they are, those of the file's own like text.
fn written_key(key: &str) -> Cow<'_, str> {
    if is_extra(key) { text(key).into() } else { key.into() }
}

/// `{ key: value }`, all on one line.
pub(in crate::model) fn mapping(pairs: &Pairs) -> String {
    if pairs.is_empty() {
        return "{}".to_owned();
    }
    let pairs: Vec<String> =
        pairs.iter().map(|(key, value)| format!("{}: {}", written_key(key), value.line())).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// A quantity, or low, likely and high, each as `word` writes its amount.
pub(in crate::model) fn range<T: Quantity + PartialEq>(range: Range<T>, word: impl Fn(f64) -> String) -> String {
    let one = |value: T| word(value.amount());
    if range.low == range.likely && range.likely == range.high {
        one(range.likely)
    } else {
        list(&[range.low, range.likely, range.high].map(one))
    }
}

/// A key with its value at an indentation of `depth` spaces.
pub(in crate::model) fn pair(out: &mut String, depth: usize, key: &str, value: &Written) {
    let indent = " ".repeat(depth);
    let key = written_key(key);
    match value {
        Written::Line(_) | Written::Mapping(_) => out.push_str(&format!("{indent}{key}: {}\n", value.line())),
        Written::List(items) if items.is_empty() => out.push_str(&format!("{indent}{key}: []\n")),
        Written::List(items) => {
            out.push_str(&format!("{indent}{key}:\n"));
            for item in items {
                out.push_str(&format!("{indent}  - {item}\n"));
            }
        }
        Written::Items(items) => {
            out.push_str(&format!("{indent}{key}:\n"));
            items.iter().for_each(|pairs| item(out, depth + 2, pairs));
        }
        Written::Entries(entries) => {
            out.push_str(&format!("{indent}{key}:\n"));
            entries.iter().for_each(|(id, pairs)| entry(out, depth + 2, id, pairs));
        }
    }
}

/// An entry of a mapping from ids.
fn entry(out: &mut String, depth: usize, id: &str, pairs: &Pairs) {
    let indent = " ".repeat(depth);
    // Ids may look like numbers or words that YAML takes for something else.
    let id = text(id);
    if pairs.is_empty() {
        out.push_str(&format!("{indent}{id}: {{}}\n"));
        return;
    }
    out.push_str(&format!("{indent}{id}:\n"));
    for (key, value) in pairs {
        pair(out, depth + 2, key, value);
    }
}

/// An item of a list of mappings.
fn item(out: &mut String, depth: usize, pairs: &Pairs) {
    let mut lines = String::new();
    for (key, value) in pairs {
        pair(&mut lines, depth + 2, key, value);
    }
    lines.replace_range(depth..=depth, "-");
    out.push_str(&lines);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::Hours;

    #[test]
    fn text_is_quoted_where_it_could_be_something_else() {
        for plain in ["jasper", "docs/brand-voice.md", "rev_ops.2"] {
            assert_eq!(text(plain), plain);
        }
        for (written, expected) in [
            ("no", "\"no\""),
            ("2026-01-01", "\"2026-01-01\""),
            ("a: b", "\"a: b\""),
            ("say \"x\" \\", "\"say \\\"x\\\" \\\\\""),
            ("", "\"\""),
            ("\u{feff}", "\"\\ufeff\""),
        ] {
            assert_eq!(text(written), expected);
        }
    }

    #[test]
    fn ranges_keep_every_bit() {
        assert_eq!(range(Range::exact(Hours(0.1)), |hours| format!("{hours}h")), "0.1h");
        assert_eq!(
            range(Range { low: Hours(0.0), likely: Hours(1.0 / 3.0), high: Hours(1e15) }, |hours| hours.to_string()),
            "[0, 0.3333333333333333, 1000000000000000]"
        );
    }
}
