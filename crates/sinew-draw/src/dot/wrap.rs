//! Long names in lines that a box can hold.

use unicode_width::UnicodeWidthStr as _;

use crate::breaks::{Breaks, cut, line_end};

/// Columns of a letter: two for those of East Asian scripts and for pictures, one for most others.
fn columns(letter: &str) -> f64 {
    f64::from(u32::try_from(letter.width()).unwrap_or(u32::MAX))
}

/// `text` in lines of at most `most` columns, broken between words where there are any, and shortened with an ellipsis
/// after `lines` of them. Text that fits on one line is not touched.
pub(super) fn wrapped(text: &str, most: u32, lines: usize) -> String {
    let most = f64::from(most);
    if columns(text) <= most {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    let (mut rest, mut out) = (words.as_str(), Vec::new());
    while !rest.is_empty() {
        let (line, next) = rest.split_at(line_end(rest, most, Breaks::AtBlanks, columns));
        let line = line.trim_end();
        rest = next.trim_start();
        if out.len() + 1 == lines && !rest.is_empty() {
            let end = cut(line, most - 1.0, 0.0, columns).unwrap_or(line.len());
            out.push(format!("{}…", &line[..end]));
            break;
        }
        out.push(line.to_owned());
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_between_words_and_end_in_an_ellipsis() {
        assert_eq!(wrapped("two  words", 10, 2), "two  words");
        assert_eq!(wrapped("one two three", 7, 2), "one two\nthree");
        assert_eq!(wrapped("one two three four", 7, 2), "one two\nthree…");
        assert_eq!(wrapped(&"x".repeat(10_000), 8, 2), "xxxxxxxx\nxxxxxxx…");
        assert_eq!(wrapped("日本語日本語", 4, 9), "日本\n語日\n本語");
        assert_eq!(wrapped("", 4, 2), "");
    }
}
