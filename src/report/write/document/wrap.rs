//! Text with looks, wrapped to a width.

use sinew_draw::breaks::{Breaks, line_end};
use unicode_width::UnicodeWidthStr as _;

use crate::report::say::{Line, Look};
use crate::source::visible;

/// Characters with their looks; one line of output.
pub(super) type Row = Vec<(Look, char)>;

/// `line` in rows of at most `width` columns: broken at spaces, and within a word only where it is longer than a row.
/// All rows but the first have `indent` columns less.
pub(super) fn wrapped(line: &Line, width: usize, indent: usize) -> Vec<Row> {
    let mut left = spaced(line);
    let text: String = left.iter().map(|(_, c)| c).collect();
    let (mut rest, mut rows) = (text.as_str(), Vec::new());
    while !rest.is_empty() {
        let room = if rows.is_empty() { width } else { width.saturating_sub(indent) };
        let (row, next) = rest.split_at(line_end(rest, room.max(1) as f64, Breaks::AtBlanks, |c| c.width() as f64));
        let next_row = left.split_off(row.chars().count());
        left.truncate(row.trim_end_matches(' ').chars().count());
        rows.push(left);
        (left, rest) = (next_row, next);
    }
    if rows.is_empty() { vec![Row::new()] } else { rows }
}

/// The words of a line with one space between them, in the look of the word that follows.
fn spaced(line: &Line) -> Row {
    let letters =
        line.pieces().iter().flat_map(|(look, text)| visible(text).chars().map(|c| (*look, c)).collect::<Row>());
    let mut row = Row::new();
    let mut is_parted = false;
    for (look, c) in letters {
        if c == ' ' {
            is_parted = !row.is_empty();
            continue;
        }
        if std::mem::take(&mut is_parted) {
            row.push((look, ' '));
        }
        row.push((look, c));
    }
    row
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

    #[test]
    fn what_a_reader_takes_for_one_letter_stays_whole() {
        let rows = wrapped(&Line::of("🇩🇪🇫🇷 e\u{301}e\u{301}"), 2, 0);
        assert_eq!(text(&rows), ["🇩🇪", "🇫🇷", "e\u{301}e\u{301}"]);
    }
}
