//! Text with looks, wrapped to a width.

use unicode_width::UnicodeWidthChar;

use crate::report::say::{Line, Look};
use crate::source::visible;

/// Characters with their looks; one line of output.
pub(super) type Row = Vec<(Look, char)>;

/// `line` in rows of at most `width` columns: broken at spaces, and within a word only where it is longer than a row.
/// All rows but the first have `indent` columns less.
pub(super) fn wrapped(line: &Line, width: usize, indent: usize) -> Vec<Row> {
    let mut rows = vec![Row::new()];
    let mut used = 0;
    for word in words(line) {
        let letters: usize = word.iter().map(columns).sum();
        let room = |rows: &[Row]| if rows.len() == 1 { width } else { width.saturating_sub(indent) }.max(1);
        if used > 0 && used + 1 + letters > room(&rows) {
            rows.push(Row::new());
            used = 0;
        }
        if used > 0 {
            rows.last_mut().expect("there is always a row").push((word[0].0, ' '));
            used += 1;
        }
        for letter in word {
            let wide = columns(&letter);
            if used > 0 && used + wide > room(&rows) {
                rows.push(Row::new());
                used = 0;
            }
            rows.last_mut().expect("there is always a row").push(letter);
            used += wide;
        }
    }
    rows
}

fn columns((_, c): &(Look, char)) -> usize {
    c.width().unwrap_or(0)
}

/// The words of a line; a word may have several looks.
fn words(line: &Line) -> Vec<Row> {
    let mut words = vec![Row::new()];
    for (look, text) in line.pieces() {
        for c in visible(text).chars() {
            if c == ' ' {
                words.push(Row::new());
            } else {
                words.last_mut().expect("there is always a word").push((*look, c));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.iter().map(|(_, c)| c).collect()).collect()
    }

    #[test]
    fn breaks_at_spaces_and_long_words_anywhere() {
        assert_eq!(text(&wrapped(&Line::of("one two three"), 7, 0)), ["one two", "three"]);
        assert_eq!(text(&wrapped(&Line::of("abcdefghij k"), 4, 1)), ["abcd", "efg", "hij", "k"]);
        assert_eq!(text(&wrapped(&Line::of("日本語"), 4, 0)), ["日本", "語"]);
        assert_eq!(text(&wrapped(&Line::of(""), 4, 0)), [""]);
    }
}
