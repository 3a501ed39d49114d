//! The page around the drawing: title, subtitle, notes, key, legend and source line.

use super::pen::Pen;
use crate::legend::LegendEntry;
use crate::number::real;
use crate::scene::{Ink, Owner, Panel, Plate, Point, Rect, Sample, Text};
use crate::text::{self, ASCENT, DESCENT};
use crate::{Arrangement, Diagram, EdgeEmphasis, Mark, Paper, Style};

/// Height of a row of the legend in sizes of its letters.
const ROW: f64 = 1.5;
/// Width that the source line gets at least, also on narrow slides.
const SOURCE: f64 = 290.0;
/// Widest entry on one line of a key at the foot; where one is wider, the key stands in columns of this width at most.
const KEY_WIDEST: f64 = 260.0;
/// Widest column of a key at the right of the drawing.
const KEY_ASIDE: f64 = 190.0;
/// Height of a line of the key in sizes of its letters, and what parts entries.
const KEY_LINE: f64 = 1.2;
const KEY_GAP: f64 = 0.25;
/// Lines that an entry of the key may take.
const KEY_LINES: usize = 6;
/// Width of a sample in the legend, its height, and what follows it.
const SAMPLE: (f64, f64) = (18.0, 9.5);

/// Words around the drawing, placed.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) texts: Vec<Text>,
    pub(super) samples: Vec<Sample>,
    pub(super) panels: Vec<Panel>,
    /// What is left for drawing and key.
    pub(super) room: Rect,
    paper: Paper,
}

/// An entry of the key.
#[derive(Debug, Clone)]
pub(super) struct KeyEntry {
    pub(super) link: usize,
    /// What the disc shows: a rank, or a number of the layout's own.
    pub(super) number: String,
    pub(super) words: String,
    pub(super) style: Style,
    pub(super) emphasis: EdgeEmphasis,
}

impl Page {
    /// The page of a diagram.
    pub(super) fn of(diagram: &Diagram, notes: &[String], legend: &[LegendEntry]) -> Page {
        // A second line of the subtitle, where one would cut it, is taken from the picture; boxes of a ladder need all room for
        // words, and say what its subtitle says.
        let lines = if diagram.arrangement == Arrangement::Ladder { 1 } else { 2 };
        Page::new(&diagram.paper, [&diagram.title, &diagram.subtitle, &diagram.source], lines, notes, legend)
    }

    /// A page with title, a subtitle of so many lines at most, and source.
    pub(super) fn new(paper: &Paper, words: [&str; 3], lines: usize, notes: &[String], legend: &[LegendEntry]) -> Page {
        let [title, subtitle, source] = words;
        let room = Rect { h: 0.0, ..paper.room };
        let mut page = Page { texts: Vec::new(), samples: Vec::new(), panels: Vec::new(), room, paper: *paper };
        let small = paper.least;
        // The source stands at the foot, unless the legend then needs a row more; it is wide where the legend needs none for that.
        let rows = |taken: f64| legend_rows(legend, &page.room, small, taken).len();
        let source = text::clean(source);
        let within = |share: f64| text::ellipsize(&source, small, false, (page.room.w * share).max(SOURCE));
        let taken = |source: &str| if source.is_empty() { 0.0 } else { text::width(source, small, false) + 16.0 };
        let [narrow, wide] = [0.4, 0.6].map(within);
        let source = if rows(taken(&wide)) > rows(taken(&narrow)) { narrow } else { wide };
        let taken = taken(&source);
        let aloft = !subtitle.trim().is_empty() && rows(0.0) < rows(taken);
        let top = page.head([title, subtitle], lines, if aloft { taken } else { 0.0 });
        let bottom = page.foot(if aloft { 0.0 } else { taken }, notes, legend);
        if taken > 0.0 {
            let y = if aloft { top - 5.0 - 10.5 * (text::LINE_HEIGHT - ASCENT) } else { paper.room.bottom() };
            let at = Point { x: paper.room.right(), y };
            page.texts.push(Pen::end(small, Ink::Muted).write(source, at, Owner::Source));
        }
        page.room.y = top;
        page.room.h = bottom - top;
        page
    }

    /// Title and subtitle of so many lines at most; returns where they end.
    fn head(&mut self, words: [&str; 2], lines: usize, taken: f64) -> f64 {
        let [title, subtitle] = words.map(text::clean);
        let Rect { x, w: width, .. } = self.room;
        let title = if self.paper.has_title { title } else { String::new() };
        let size = if text::width(&title, 20.0, true) <= width { 20.0 } else { 16.0 };
        let mut y = self.paper.room.y;
        for line in text::wrap(&title, size, true, width, 2) {
            y += size * ASCENT;
            let at = Point { x, y };
            self.texts.push(Pen::start(size, Ink::Strong).bold().write(line, at, Owner::Title));
            y += size * (text::LINE_HEIGHT - ASCENT);
        }
        for line in text::wrap(&subtitle, 10.5, false, width - taken, lines) {
            y += 10.5 * ASCENT + 1.0;
            let at = Point { x, y };
            self.texts.push(Pen::start(10.5, Ink::Muted).write(line, at, Owner::Subtitle));
            y += 10.5 * (text::LINE_HEIGHT - ASCENT);
        }
        y + 5.0
    }

    /// From the lower edge up: legend with the source line at its right, then notes; returns where
    /// they begin.
    fn foot(&mut self, taken: f64, notes: &[String], legend: &[LegendEntry]) -> f64 {
        let (small, base) = (self.paper.least, self.paper.room.bottom());
        let rows = legend_rows(legend, &self.room, small, taken);
        let count = rows.len();
        let mut y = base - ROW * small * real(count.max(1) - 1);
        let top = y - small * ASCENT;
        for row in rows {
            for (entry, x) in row {
                if let Mark::Guess = entry.mark {
                    let at = Point { x: x + SAMPLE.0 / 2.0, y };
                    self.texts.push(Pen::middle(small, Ink::Muted).bold().write("?".into(), at, Owner::Legend));
                } else if let Mark::Key = entry.mark {
                    let mut number = Pen::middle(small, Ink::Number(Style::Automated, EdgeEmphasis::Normal))
                        .bold()
                        .write("1".into(), Point { x: x + SAMPLE.0 / 2.0, y }, Owner::Legend);
                    number.plate = Plate::Disc;
                    let side = small * 1.3;
                    number.rect = Rect { x: x + (SAMPLE.0 - side) / 2.0, y: y - small * 1.01, w: side, h: side };
                    self.texts.push(number);
                } else {
                    let rect = Rect { x, y: y - small * 0.36 - SAMPLE.1 / 2.0, w: SAMPLE.0, h: SAMPLE.1 };
                    self.samples.push(Sample { mark: entry.mark, line: entry.line, emphasis: entry.emphasis, rect });
                }
                let at = Point { x: x + SAMPLE.0 + 5.0, y };
                self.texts.push(Pen::start(small, Ink::Muted).write(entry.words.into(), at, Owner::Legend));
            }
            y += ROW * small;
        }
        let mut top = if count == 0 && taken == 0.0 { base } else { top - 4.0 };
        for note in notes.iter().rev() {
            for line in text::wrap(&text::clean(note), small, false, self.room.w, 2).into_iter().rev() {
                let at = Point { x: self.room.x, y: top - small * DESCENT - 1.0 };
                self.texts.push(Pen::start(small, Ink::Muted).write(line, at, Owner::Note));
                top -= small * text::LINE_HEIGHT + 1.0;
            }
        }
        top - 3.0
    }
}

/// Legend entries dealt to rows with their left edges; the last row leaves `taken` for the source.
fn legend_rows(legend: &[LegendEntry], room: &Rect, small: f64, taken: f64) -> Vec<Vec<(LegendEntry, f64)>> {
    let need = |e: &LegendEntry| SAMPLE.0 + 5.0 + text::width(e.words, small, false) + 11.0;
    let mut rows: Vec<Vec<(LegendEntry, f64)>> = Vec::new();
    let mut x = f64::INFINITY;
    for (i, e) in legend.iter().enumerate() {
        // The last entry may not reach the source line.
        let end = x + need(e) - 11.0 - room.x;
        let width = if i + 1 == legend.len() { room.w - taken } else { room.w };
        match rows.last_mut() {
            Some(row) if end <= width => row.push((*e, x)),
            _ => {
                x = room.x;
                rows.push(vec![(*e, x)]);
            }
        }
        x += need(e);
    }
    rows
}

/// Width of the number of an entry with what parts it from the words.
fn lead(entry: &KeyEntry, size: f64) -> f64 {
    super::labels::disc(size, entry.number.chars().count().max(2)).0 + 4.0
}

/// Width of an entry on one line with its number and what parts it from the next.
fn entry_width(entry: &KeyEntry, size: f64) -> f64 {
    text::width(&entry.words, size, false) + lead(entry, size) + 9.0
}

/// Width of the widest entry, at most `most`.
fn widest(entries: &[KeyEntry], size: f64, most: f64) -> f64 {
    entries.iter().map(|e| entry_width(e, size)).fold(56.0, f64::max).min(most)
}

/// The words of an entry, broken for a column.
fn entry_lines(entry: &KeyEntry, size: f64, column: f64) -> Vec<String> {
    text::wrap(&entry.words, size, false, column - lead(entry, size) - 4.0, KEY_LINES)
}

fn entry_height(entry: &KeyEntry, size: f64, column: f64) -> f64 {
    size * (real(entry_lines(entry, size, column).len().max(1)) * KEY_LINE + KEY_GAP)
}

/// Where an entry of the key stands in its room, and how wide it may be.
#[derive(Debug, Clone, Copy)]
struct Slot {
    x: f64,
    y: f64,
    width: f64,
}

/// The places of all entries in a key of `width`, and its height: beneath each other at the right (`aside`); at the foot
/// along the rows, or in columns where an entry needs more than one line.
fn slots(entries: &[KeyEntry], size: f64, width: f64, aside: bool) -> (Vec<Slot>, f64) {
    if aside {
        columns(entries, size, width, 1)
    } else if entries.iter().any(|e| entry_width(e, size) > KEY_WIDEST.min(width)) {
        columns(entries, size, width, (width / widest(entries, size, KEY_WIDEST)).floor().max(1.0) as usize)
    } else {
        rows(entries, size, width)
    }
}

fn rows(entries: &[KeyEntry], size: f64, width: f64) -> (Vec<Slot>, f64) {
    let row = size * (KEY_LINE + KEY_GAP);
    let (mut x, mut y) = (0.0, 0.0);
    let mut slots = Vec::with_capacity(entries.len());
    for entry in entries {
        let need = entry_width(entry, size);
        if x > 0.0 && x + need > width {
            (x, y) = (0.0, y + row);
        }
        slots.push(Slot { x, y, width: need });
        x += need;
    }
    (slots, if entries.is_empty() { 0.0 } else { y + row })
}

/// In columns as even in number as can be.
fn columns(entries: &[KeyEntry], size: f64, width: f64, count: usize) -> (Vec<Slot>, f64) {
    let column = width / real(count);
    let mut slots = Vec::with_capacity(entries.len());
    let mut tallest = 0.0_f64;
    for (at, part) in entries.chunks(entries.len().div_ceil(count).max(1)).enumerate() {
        let mut y = 0.0;
        for entry in part {
            slots.push(Slot { x: real(at) * column, y, width: column });
            y += entry_height(entry, size, column);
        }
        tallest = tallest.max(y);
    }
    (slots, tallest)
}

/// Parts the room into what is left for the drawing and what the key takes, at the right (`aside`)
/// or at the foot; `None` where the key leaves too little.
pub(super) fn part(room: &Rect, entries: &[KeyEntry], size: f64, aside: bool) -> Option<(Rect, Rect)> {
    if aside {
        let width = widest(entries, size, KEY_ASIDE);
        let fits = slots(entries, size, width, true).1 + 6.0 <= room.h;
        let area = Rect { w: room.w - width - 8.0, ..*room };
        return fits.then_some((area, Rect { x: area.right() + 8.0, w: width, ..*room }));
    }
    let height = slots(entries, size, room.w, false).1 + 6.0;
    let area = Rect { h: room.h - height, ..*room };
    (area.h > 0.4 * room.h).then_some((area, Rect { y: area.bottom(), h: height, ..*room }))
}

/// The key in its room, each entry owned by its line's edge.
pub(super) fn key(
    entries: &[KeyEntry],
    size: f64,
    room: &Rect,
    aside: bool,
    edge: impl Fn(&KeyEntry) -> String,
) -> Vec<Text> {
    let mut texts = Vec::new();
    for (e, slot) in entries.iter().zip(slots(entries, size, room.w, aside).0) {
        let (x, y) = (room.x + slot.x, room.y + 5.0 + size * (ASCENT + 0.1) + slot.y);
        let (w, h) = super::labels::disc(size, e.number.chars().count().max(2));
        let rect = Rect { x, y: y - size * 0.36 - h / 2.0, w, h };
        let owner = Owner::Key(edge(e));
        texts.push(e.on_disc(rect, size, owner.clone()));
        for (line, words) in entry_lines(e, size, slot.width).into_iter().enumerate() {
            let at = Point { x: x + w + 4.0, y: y + real(line) * size * KEY_LINE };
            texts.push(Pen::start(size, Ink::Edge(e.style, e.emphasis)).write(words, at, owner.clone()));
        }
    }
    texts
}

impl KeyEntry {
    /// Its number on its disc.
    pub(super) fn on_disc(&self, disc: Rect, size: f64, owner: Owner) -> Text {
        number(&self.number, disc, size, Ink::Number(self.style, self.emphasis), owner)
    }
}

/// A number in the middle of its disc.
pub(super) fn number(words: &str, disc: Rect, size: f64, ink: Ink, owner: Owner) -> Text {
    let at = Point { x: disc.center().x, y: disc.center().y + size * 0.36 };
    let text = Pen::middle(size, ink).bold().write(words.to_owned(), at, owner);
    Text { plate: Plate::Disc, rect: disc, ..text }
}
