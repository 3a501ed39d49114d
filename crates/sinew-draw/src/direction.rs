//! Words that run from right to left within sentences that run from left to right.

use std::borrow::Cow;

use unicode_bidi::{BidiClass, bidi_class};

/// Says "left to right" and shows nothing (LEFT-TO-RIGHT MARK). Isolates would say the same, but office programs draw
/// them as boxes where a font lacks them; this mark every program knows.
pub const MARK: &str = "\u{200e}";

/// `text` with a mark on both sides of each run of words from right to left, so that a figure, a comma or an arrow after
/// a Hebrew or Arabic name stays after it, and a sentence that begins with one still runs from left to right (Unicode
/// Standard Annex 9). Words that are such a run as a whole are left as they are.
#[must_use]
pub fn kept_in_place(text: &str) -> Cow<'_, str> {
    let pieces = pieces(text);
    if pieces.len() < 2 {
        return Cow::Borrowed(text);
    }
    let marked = pieces.into_iter().map(|(is_run, piece)| match is_run {
        true => format!("{MARK}{piece}{MARK}"),
        false => piece.to_owned(),
    });
    Cow::Owned(marked.collect())
}

/// `text` in pieces, each with whether it is a run of words from right to left.
#[must_use]
pub fn pieces(text: &str) -> Vec<(bool, &str)> {
    let (mut pieces, mut done) = (Vec::new(), 0);
    while let Some((start, end)) = run(text, done) {
        pieces.extend([(false, &text[done..start]), (true, &text[start..end])]);
        done = end;
    }
    pieces.push((false, &text[done..]));
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

/// The first run from right to left at or after `from`: where it begins and ends, in bytes.
fn run(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text[from..].find(is_right_to_left)?;
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        match bidi_class(c) {
            BidiClass::R | BidiClass::AL | BidiClass::AN => end = start + at + c.len_utf8(),
            BidiClass::NSM | BidiClass::BN if end == start + at => end += c.len_utf8(),
            BidiClass::EN | BidiClass::NSM | BidiClass::BN => {}
            // What stands within one name; commas, arrows and brackets stand between two.
            _ if matches!(c, ' ' | '\u{a0}' | '-' | '&' | '_' | '.' | '"' | '\'' | '’') => {}
            _ => break,
        }
    }
    Some((start, end))
}

fn is_right_to_left(c: char) -> bool {
    // Nothing before Hebrew is; most text ends here.
    c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_bidi::BidiInfo;

    /// The words as they stand on paper from left to right, in a paragraph that asks its first letter for its direction.
    fn seen(text: &str) -> String {
        let info = BidiInfo::new(text, None);
        let paragraph = &info.paragraphs[0];
        info.reorder_line(paragraph, paragraph.range.clone()).replace(MARK, "")
    }

    #[test]
    fn a_figure_after_a_name_stays_after_it() {
        let reversed = |name: &str| name.chars().rev().collect::<String>();
        for name in ["שלום", "לוח בקרה", "نظام", "גרסה 2 חדשה"] {
            // Digits keep their own order within a name.
            let shown = if name.contains('2') { "השדח 2 הסרג".to_owned() } else { reversed(name) };
            for (before, after) in [("to ", " 43 hours"), ("", " 43 hours"), ("", ", "), ("", " (7)"), ("x 7 ", "")] {
                let text = format!("{before}{name}{after}");
                assert_eq!(seen(&kept_in_place(&text)), format!("{before}{shown}{after}"), "{text}");
            }
        }
        // Two names keep their order; without marks they swap.
        let text = "From שלום, נמל";
        assert_eq!(seen(&kept_in_place(text)), "From םולש, למנ");
        assert_ne!(seen(text), "From םולש, למנ");
        assert_eq!(seen(&kept_in_place("שלום → נמל: 4")), "םולש → למנ: 4");
    }

    #[test]
    fn what_needs_no_mark_gets_none() {
        for text in ["", "CRM to BI: 43", "שלום", "لوحة القيادة", "顧客 3", "👩\u{200d}💻 desk"] {
            assert!(matches!(kept_in_place(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
