//! How wide words are in the embedded font, and how they are broken into lines.

use std::sync::LazyLock;

use ttf_parser::Face;
use unicode_width::UnicodeWidthChar as _;

use crate::breaks::{Breaks, cut, line_end};

/// Height of a line of text, as a share of its font size.
pub const LINE_HEIGHT: f64 = 1.2;
/// Height of letters above the base line, as a share of the font size; with [`DESCENT`] the extent
/// that is kept free of everything else.
pub const ASCENT: f64 = 0.80;
/// Depth of letters beneath the base line, as a share of the font size.
pub const DESCENT: f64 = 0.24;
/// Text may be drawn by a substitute font on another machine; Segoe UI and Arial are at most this
/// much wider than Noto Sans in running text.
const ALLOWANCE: f64 = 1.02;

/// Advance widths of one face, in em: those of the basic plane's first part in a table.
struct Metrics {
    face: Option<Face<'static>>,
    latin: Vec<f32>,
    /// Of "…", which ends what is cut.
    dots: f64,
}

impl Metrics {
    fn of(bytes: &'static [u8]) -> Metrics {
        let face = Face::parse(bytes, 0).ok();
        let latin = (0..0x250)
            .map(|c| {
                let c = char::from_u32(c).unwrap_or(' ');
                face.as_ref().map_or(0.6, |f| advance(f, c)) as f32
            })
            .collect();
        let dots = face.as_ref().map_or(1.0, |f| advance(f, '…'));
        Metrics { face, latin, dots }
    }

    fn of_weight(bold: bool) -> &'static Metrics {
        if bold { &BOLD } else { &REGULAR }
    }

    /// Width of one letter, whatever it is made of, at `scale` points an em.
    fn width(&self, letter: &str, scale: f64) -> f64 {
        letter.chars().map(|c| self.char_width(c) * scale).sum()
    }

    fn char_width(&self, c: char) -> f64 {
        match self.latin.get(c as usize) {
            Some(&w) => f64::from(w),
            None => self.face.as_ref().map_or(1.0, |f| advance(f, c)),
        }
    }
}

static REGULAR: LazyLock<Metrics> = LazyLock::new(|| Metrics::of(notosans::REGULAR_TTF));
static BOLD: LazyLock<Metrics> = LazyLock::new(|| Metrics::of(notosans::BOLD_TTF));

/// Advance of a letter in em; one that the font lacks counts as a wide one, so that whatever
/// substitute draws it (Chinese, emoji) has room, unless it shows nothing or stands over another.
fn advance(face: &Face<'_>, c: char) -> f64 {
    if c.is_control() {
        return 0.0;
    }
    match face.glyph_index(c).and_then(|g| face.glyph_hor_advance(g)) {
        Some(units) => f64::from(units) / f64::from(face.units_per_em()),
        None if c.width() == Some(0) => 0.0,
        None => 1.1,
    }
}

/// Width in points of `text` at font size `size`.
#[must_use]
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let metrics = Metrics::of_weight(bold);
    text.chars().map(|c| metrics.char_width(c)).sum::<f64>() * size * ALLOWANCE
}

/// Width in points of `text` at font size `size` in the embedded font itself, without allowance for others; nothing where
/// it lacks a letter or a script joins letters, so that the sum of their widths would be a guess.
#[must_use]
pub fn own_width(text: &str, size: f64, bold: bool) -> Option<f64> {
    let metrics = Metrics::of_weight(bold);
    let is_single = |c: char| c < '\u{590}' || matches!(c, '\u{2010}'..='\u{2044}' | '→' | '€');
    let has = |c: char| is_single(c) && metrics.face.as_ref().is_some_and(|face| face.glyph_index(c).is_some());
    text.chars().all(has).then(|| width(text, size, bold) / ALLOWANCE)
}

/// The blank that ties words together: no line ends at it.
pub const TIE: char = '\u{a0}';

/// What joins two pictures to one (woman and girl to a family), and what keeps two letters of one word apart, as Persian
/// is spelt.
const JOINERS: [char; 2] = ['\u{200d}', '\u{200c}'];

/// `text` on one line: every run of white space but ties one blank, control characters and those that turn
/// the direction of writing gone, joiners only where they follow a letter beyond ASCII.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4096));
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() && c != TIE {
            gap = !out.is_empty();
        } else if !c.is_control()
            && (!JOINERS.contains(&c) || !gap && out.ends_with(|before: char| !before.is_ascii()))
            && !matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        {
            if std::mem::take(&mut gap) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    // Ties alone are no words.
    if out.trim().is_empty() { String::new() } else { out }
}

/// `text` cut to `room` points, with "…" at its end if it was cut.
#[must_use]
pub fn ellipsize(text: &str, size: f64, bold: bool, room: f64) -> String {
    let metrics = Metrics::of_weight(bold);
    let scale = size * ALLOWANCE;
    match cut(text, room, metrics.dots * scale, |letter| metrics.width(letter, scale)) {
        Some(end) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// `text` in at most `max_lines` lines of at most `room` points: broken where Unicode lets a line end, within a word
/// only where the word alone is too wide; what does not fit ends in "…". Empty for empty text.
#[must_use]
pub fn wrap(text: &str, size: f64, bold: bool, room: f64, max_lines: usize) -> Vec<String> {
    let metrics = Metrics::of_weight(bold);
    let scale = size * ALLOWANCE;
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && max_lines > 0 {
        if lines.len() + 1 == max_lines {
            lines.push(ellipsize(rest, size, bold, room));
            break;
        }
        let end = line_end(rest, room, Breaks::Anywhere, |letter| metrics.width(letter, scale));
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measured_words_fit_where_they_are_broken() {
        for text in ["Marketing automation platform", "Donaudampfschifffahrtsgesellschaft", "顧客関係管理システム", "a"]
        {
            for room in [12.0, 40.0, 90.0, 400.0] {
                for lines in 1..4 {
                    let broken = wrap(text, 9.0, true, room, lines);
                    assert!(broken.len() <= lines && !broken.is_empty());
                    for line in &broken {
                        assert!(width(line, 9.0, true) <= room + 1e-9, "{line} in {room}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_cut_where_there_is_room() {
        assert_eq!(wrap("Lead tracker", 9.0, true, 500.0, 2), ["Lead tracker"]);
        assert_eq!(wrap("Lead tracker", 9.0, true, 50.0, 2), ["Lead", "tracker"]);
        assert_eq!(ellipsize("Lead", 9.0, false, 100.0), "Lead");
        assert!(ellipsize(&"x".repeat(10_000), 9.0, false, 60.0).ends_with('…'));
    }

    #[test]
    fn names_are_cut_between_letters_as_readers_see_them() {
        for letter in ["e\u{301}", "👩\u{200d}👧", "🇩🇪"] {
            let name = clean(&letter.repeat(40));
            for room in [9.0, 31.0, 60.0] {
                let cut = ellipsize(&name, 9.0, false, room);
                let kept = cut.strip_suffix('…').unwrap();
                assert!(kept.len().is_multiple_of(letter.len()) && name.starts_with(kept), "{cut}");
                for line in wrap(&name, 9.0, false, room, 50) {
                    assert!(line.trim_end_matches('…').len().is_multiple_of(letter.len()), "{line}");
                }
            }
        }
    }

    #[test]
    fn cleaning_keeps_words_and_drops_control() {
        assert_eq!(clean("  a\n\tb\u{202e}\u{0}c "), "a bc");
        assert_eq!(clean("a\u{200d}b 👩\u{200d}👧"), "ab 👩\u{200d}👧");
        assert_eq!(clean("a\u{200c}b می\u{200c}خواهم"), "ab می\u{200c}خواهم");
        assert_eq!(clean("می \u{200c}\u{200d}خ"), "می خ", "at the begin of a word they join nothing");
    }
}
