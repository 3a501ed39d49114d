//! What stands in a box: its words broken into lines, and the room they need.

use crate::Node;
use crate::breaks::may_end;
use crate::number::real;
use crate::svg::has_icon;
use crate::text::{self, LINE_HEIGHT};

/// Font sizes in points of one attempt at a slide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub(super) name: f64,
    /// Captions and notes in boxes.
    pub(super) caption: f64,
    /// Words and numbers on lines, and the key.
    pub(super) label: f64,
    pub(super) head: f64,
    /// Whether captions are drawn.
    pub(super) captions: bool,
    /// How wide boxes are: 0 for words on two lines, 1 for words on one.
    pub(super) wide: f64,
    /// Whether distances are the least that can be told apart, for crowded slides.
    pub(super) tight: bool,
}

impl Type {
    /// The sizes that go with names of `name` points, none of them below `least`.
    pub(super) fn of(name: f64, captions: bool, wide: f64, least: f64) -> Type {
        let label = (name * 0.78).clamp(least, 10.5);
        let caption = (name * 0.8).clamp(least, 12.0);
        Type { name, caption, label, head: (name * 0.95).clamp(least, 12.5), captions, wide, tight: false }
    }

    fn choose<T>(&self, ample: T, tight: T) -> T {
        if self.tight { tight } else { ample }
    }

    /// Left and right of words, and between words and icon.
    pub(super) fn pad_x(&self) -> (f64, f64) {
        self.choose((PAD_X, ICON_GAP), (4.0, 3.0))
    }

    /// Least distance of parallel lines: half the height of a label of 7 points, and clear of it; on a crowded slide
    /// labels stand where lines are further apart.
    pub(super) fn pitch(&self) -> f64 {
        self.choose(6.4, 4.6)
    }

    /// Least distance of ports at one side of a box: arrowheads side by side.
    pub(super) fn port_pitch(&self) -> f64 {
        self.choose(6.4, 5.2)
    }

    /// From a frame to its boxes.
    pub(super) fn pad(&self) -> f64 {
        self.choose(5.0, 4.2)
    }

    /// From a frame or box to the first line.
    pub(super) fn gap(&self) -> f64 {
        self.choose(4.5, 3.6)
    }

    /// For an arrowhead: level, and upright.
    pub(super) fn stub(&self) -> (f64, f64) {
        self.choose((9.0, 7.5), (8.0, 7.0))
    }

    /// Least length of a straight line between facing boxes: level, and upright.
    pub(super) fn straight(&self) -> (f64, f64) {
        self.choose((26.0, 17.0), (22.0, 17.0))
    }
}

/// One line of words in a box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BoxLine {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) kind: LineKind,
}

/// What a line of words in a box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// The name, in bold.
    Name,
    /// Caption and notes.
    Small,
    /// The price, on its badge.
    Price,
}

impl BoxLine {
    pub(super) fn is_bold(&self) -> bool {
        self.kind != LineKind::Small
    }

    /// Width of the words, with the badge that they stand on.
    pub(super) fn width(&self) -> f64 {
        let ends = if self.kind == LineKind::Price { self.size } else { 0.0 };
        text::width(&self.text, self.size, self.is_bold()) + ends
    }

    /// How far the next line stands beneath it.
    pub(super) fn step(&self) -> f64 {
        let around = if self.kind == LineKind::Price { 2.0 } else { 0.0 };
        self.size * LINE_HEIGHT + around
    }
}

/// Words of a box, broken to a width.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Content {
    pub(super) lines: Vec<BoxLine>,
    pub(super) badge: String,
    pub(super) height: f64,
}

/// Room around the words.
const PAD_X: f64 = 6.0;
const PAD_Y: f64 = 3.0;
/// Side of an icon and its distance from the words.
pub(super) const ICON: f64 = 9.0;
const ICON_GAP: f64 = 4.0;
/// Lines that a name or a caption may take, and the longest line in widths of the letter size.
const NAME_LINES: usize = 2;
const LONGEST: f64 = 13.0;
const NOTES: usize = 3;
/// Width of the widest badge, in its size.
const BADGE: f64 = 4.6;

/// The name as it is drawn: its id where it has none.
pub(super) fn shown_name(node: &Node) -> String {
    let name = text::clean(&node.name);
    if name.is_empty() { text::clean(&node.id) } else { name }
}

/// The words of a node, clean, and what stands beside them.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// The name as it is drawn: the id where there is none.
    pub(super) name: String,
    caption: String,
    notes: Vec<String>,
    badge: String,
    price: String,
    icon: bool,
    /// Lines that a name and a note may take.
    name_lines: usize,
    note_lines: usize,
    mark: bool,
}

impl Words {
    pub(super) fn of(node: &Node) -> Words {
        let (mut badge, mut notes) = (text::clean(&node.badge), Vec::new());
        if text::width(&badge, 10.0, true) > 10.0 * BADGE {
            // A badge that would be cut is a line of its own: `phasing out`.
            notes.push(std::mem::take(&mut badge));
        }
        notes.extend(node.notes.iter().map(|note| text::clean(note)));
        notes.truncate(NOTES);
        Words {
            name: shown_name(node),
            caption: text::clean(&node.caption),
            notes,
            badge,
            price: text::clean(&node.price),
            name_lines: NAME_LINES,
            note_lines: NAME_LINES,
            icon: has_icon(node.role),
            mark: node.emphasis.has_corner_mark(),
        }
    }

    /// The same with notes of up to `lines` lines.
    pub(super) fn with_notes_of(self, lines: usize) -> Words {
        Words { note_lines: lines, ..self }
    }

    /// The same with a name of up to `lines` lines.
    pub(super) fn with_name_of(self, lines: usize) -> Words {
        Words { name_lines: lines, ..self }
    }

    /// Width left and right of the words: padding, icon, badge, and the corner mark.
    pub(super) fn sides(&self, t: &Type) -> (f64, f64) {
        let (pad, gap) = t.pad_x();
        let left = pad + if self.icon { ICON + gap } else { 0.0 };
        let mark = if self.mark { 4.0 } else { 0.0 };
        let right =
            pad + mark + if self.badge.is_empty() { 0.0 } else { text::width(&self.badge, t.caption, true) + 5.0 };
        (left, right)
    }

    /// Least width of the box, with its words on two lines, and the width with its name on one.
    pub(super) fn widths(&self, t: &Type) -> (f64, f64) {
        let (left, right) = self.sides(t);
        let cap = LONGEST * t.name;
        let mut least = narrowest(&self.name, t.name, true, cap).max(3.5 * t.name);
        let mut wish = text::width(&self.name, t.name, true).clamp(least, cap.max(least));
        let small = t.captions.then_some(&self.caption).into_iter().chain(&self.notes);
        for words in small {
            least = least.max(narrowest(words, t.caption, false, cap));
            wish = wish.max(text::width(words, t.caption, false).clamp(least, cap.max(least)));
        }
        if !self.price.is_empty() {
            let price = text::width(&self.price, t.caption, true) + t.caption;
            (least, wish) = (least.max(price), wish.max(price));
        }
        (least + left + right + 0.5, wish.max(least) + left + right + 0.5)
    }

    /// The words broken for a box of `width`.
    pub(super) fn content(&self, t: &Type, width: f64) -> Content {
        let (left, right) = self.sides(t);
        let room = (width - left - right).max(t.name);
        let mut lines = Vec::new();
        let mut add = |words: &str, size: f64, kind: LineKind, most: usize| {
            for text in text::wrap(words, size, kind == LineKind::Name, room, most) {
                lines.push(BoxLine { text, size, kind });
            }
        };
        add(&self.name, t.name, LineKind::Name, self.name_lines);
        if t.captions {
            add(&self.caption, t.caption, LineKind::Small, NAME_LINES);
        }
        for note in &self.notes {
            add(note, t.caption, LineKind::Small, self.note_lines);
        }
        if !self.price.is_empty() {
            let text = text::ellipsize(&self.price, t.caption, true, room - t.caption);
            lines.push(BoxLine { text, size: t.caption, kind: LineKind::Price });
        }
        let height: f64 = lines.iter().map(BoxLine::step).sum::<f64>() + 2.0 * t.choose(PAD_Y, 2.0);
        Content { lines, badge: self.badge.clone(), height: height.max(t.choose(2.2, 1.8) * t.name) }
    }
}

/// The narrowest width, up to `cap`, at which two lines hold all of `words`.
fn narrowest(words: &str, size: f64, bold: bool, cap: f64) -> f64 {
    let whole = text::width(words, size, bold);
    let mut room = whole / real(NAME_LINES);
    if room >= cap {
        return cap;
    }
    while room < whole.min(cap) {
        let lines = text::wrap(words, size, bold, room, NAME_LINES + 1);
        let broken_word = lines.len() > 1 && lines.iter().any(|l| text::width(l, size, bold) > room + 1e-6)
            || !lines.iter().all(|l| is_whole(words, l));
        if lines.len() <= NAME_LINES && !broken_word {
            return room + 0.01;
        }
        room += (whole * 0.03).max(1.0);
    }
    whole.min(cap) + 0.01
}

/// Whether a line ends where a word of `words` ends.
fn is_whole(words: &str, line: &str) -> bool {
    words.match_indices(line).any(|(at, _)| may_end(words, at + line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_a_full_stop_is_not_torn() {
        let node = Node { name: "Copy.ai".into(), badge: "ad hoc".into(), ..Node::default() };
        let words = Words::of(&node);
        for size in [9.0, 10.5, 16.0] {
            let kind = Type::of(size, false, 0.0, 8.0);
            let content = words.content(&kind, words.widths(&kind).0);
            let lines: Vec<&str> = content.lines.iter().map(|l| l.text.as_str()).collect();
            assert_eq!(lines, ["Copy.ai"]);
        }
    }

    #[test]
    fn a_badge_that_has_no_room_at_the_side_is_a_line_at_every_size() {
        let of = |badge: &str| Words::of(&Node { name: "Drift".into(), badge: badge.into(), ..Node::default() });
        for size in [9.0, 16.0] {
            let content = |words: Words| words.content(&Type::of(size, true, 0.0, 8.0), 200.0);
            let long = content(of("phasing out"));
            assert_eq!((long.lines.last().unwrap().text.as_str(), long.badge.as_str()), ("phasing out", ""));
            for short in ["ad hoc", "planned", "wave 12"] {
                assert_eq!(content(of(short)).badge, short);
            }
        }
    }
}
