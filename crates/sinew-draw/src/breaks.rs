//! Where lines of text end, whatever they are measured in.
//!
//! No line ends, and nothing is cut, within what a reader takes for one letter: a flag, a family, an accent with its
//! letter (extended grapheme clusters, Unicode Standard Annex 29).

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation as _;

/// Where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// At blanks, and nowhere else.
    AtBlanks,
    /// Wherever Unicode's rules let it (Unicode Standard Annex 14), and after the `_` and `&` of names.
    Anywhere,
}

/// How many bytes of `text` go on a line of `room`: as far as the last place where it may end, or, where the first word
/// alone is too wide, as many letters as fit, at least one. Blanks at the end take no room. `width` measures a letter.
#[must_use]
pub fn line_end(text: &str, room: f64, breaks: Breaks, width: impl Fn(&str) -> f64) -> usize {
    let (mut used, mut fits) = (0.0, 0);
    for letter in text.graphemes(true) {
        used += width(letter);
        if used > room && fits > 0 {
            break;
        }
        fits += letter.len();
    }
    if fits == text.len() {
        return fits;
    }
    let held = |end: &usize| text[..*end].trim_end().len() <= fits;
    let last = match breaks {
        Breaks::AtBlanks => blanks(text).take_while(held).last(),
        Breaks::Anywhere => {
            let ruled = linebreaks(text).map(|(end, _)| end).take_while(held).last();
            ruled.max(text[..fits].rfind(['_', '&']).map(|at| at + 1))
        }
    };
    last.unwrap_or(fits)
}

/// The ends of all runs of blanks.
fn blanks(text: &str) -> impl Iterator<Item = usize> {
    let ends = text.char_indices().filter(|(_, c)| is_blank(*c)).map(|(at, c)| at + c.len_utf8());
    ends.filter(|end| !text[*end..].starts_with(is_blank))
}

/// Whether lines may end at `c`: white space that ties no words together.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Whether a line of `text` may end after `end` bytes.
#[must_use]
pub fn may_end(text: &str, end: usize) -> bool {
    text[end..].starts_with(is_blank)
        || text[..end].ends_with(['_', '&'])
        || linebreaks(text).map(|(at, _)| at).take_while(|at| *at <= end).last() == Some(end)
}

/// How many bytes of `text` stay where it is cut to `room` with `dots` of it taken by what marks the cut; `None` where
/// all of it fits. `width` measures a letter.
#[must_use]
pub fn cut(text: &str, room: f64, dots: f64, width: impl Fn(&str) -> f64) -> Option<usize> {
    let (mut used, mut kept) = (0.0, 0);
    for (at, letter) in text.grapheme_indices(true) {
        used += width(letter);
        if used > room {
            return Some(kept);
        }
        if used + dots <= room {
            kept = at + letter.len();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: f64, breaks: Breaks) -> Vec<&str> {
        let (mut rest, mut lines) = (text, Vec::new());
        while !rest.is_empty() {
            let (line, next) = rest.split_at(line_end(rest, room, breaks, |_| 1.0));
            lines.push(line.trim_end());
            rest = next.trim_start();
        }
        lines
    }

    #[test]
    fn lines_end_where_words_do() {
        assert_eq!(lines("one two three", 7.0, Breaks::AtBlanks), ["one two", "three"]);
        assert_eq!(lines("lead-to-cash", 8.0, Breaks::AtBlanks), ["lead-to-", "cash"], "a word that is too long");
        assert_eq!(lines("my lead-to-cash", 8.0, Breaks::AtBlanks), ["my", "lead-to-", "cash"]);
        assert_eq!(lines("my lead-to-cash", 9.0, Breaks::Anywhere), ["my lead-", "to-cash"]);
        assert_eq!(lines("crm_to_map", 5.0, Breaks::Anywhere), ["crm_", "to_", "map"]);
        assert_eq!(lines("one\u{a0}two three", 9.0, Breaks::Anywhere), ["one\u{a0}two", "three"]);
        assert_eq!(lines("顧客、関係", 2.0, Breaks::Anywhere), ["顧", "客、", "関係"], "no line begins with a comma");
    }

    #[test]
    fn what_a_reader_takes_for_one_letter_is_never_split() {
        for letter in ["e\u{301}", "👨‍👩‍👧", "🇩🇪", "👍🏽", "a"] {
            let text = letter.repeat(5);
            let expected = [letter.repeat(2), letter.repeat(2), letter.to_owned()];
            for breaks in [Breaks::AtBlanks, Breaks::Anywhere] {
                let found = lines(&text, 2.0, breaks);
                assert!(found.iter().all(|line| line.len().is_multiple_of(letter.len())), "{found:?}");
            }
            assert_eq!(lines(&text, 2.0, Breaks::AtBlanks), expected);
            assert_eq!(cut(&text, 3.0, 1.0, |_| 1.0), Some(2 * letter.len()));
            assert_eq!(cut(&text, 5.0, 1.0, |_| 1.0), None);
        }
    }

    #[test]
    fn a_line_may_end_at_blanks_and_after_hyphens() {
        let ends = |text: &str| (1..=text.len()).filter(|end| may_end(text, *end)).collect::<Vec<_>>();
        assert_eq!(ends("a b-c_d&e"), [1, 2, 4, 6, 8, 9]);
        assert_eq!(ends("Copy.ai"), [7]);
    }
}
