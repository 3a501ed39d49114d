//! The page around the drawing: title, subtitle, notes, key, legend and source line.

use super::super::legend::{LegendEntry, Mark};
use super::super::scene::{Anchor, Ink, Owner, Plate, Point, Rect, SLIDE_HEIGHT, SLIDE_WIDTH, Sample, Text};
use super::super::text::{self, ASCENT, DESCENT};
use super::super::{EdgeEmphasis, Style};

/// Margin left and right, and what the title and the foot keep from the edge.
const MARGIN: f64 = 26.0;
const TOP: f64 = 15.0;
const FOOT: f64 = 14.0;
const SMALL: f64 = 8.0;
const ROW: f64 = 13.0;
/// Width of a sample in the legend, its height, and what follows it.
const SAMPLE: (f64, f64) = (20.0, 9.5);

/// Words around the drawing, placed.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) texts: Vec<Text>,
    pub(super) samples: Vec<Sample>,
    /// What is left for drawing and key.
    pub(super) room: Rect,
}

/// An entry of the key.
#[derive(Debug, Clone)]
pub(super) struct KeyEntry {
    pub(super) link: usize,
    pub(super) number: usize,
    pub(super) words: String,
    pub(super) style: Style,
    pub(super) emphasis: EdgeEmphasis,
}

/// A text hung at a point of its base line; its extent follows from the font.
pub(super) fn run(text: String, at: Point, anchor: Anchor, size: f64, bold: bool, ink: Ink, owner: Owner) -> Text {
    let w = text::width(&text, size, bold);
    let x = match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - w / 2.0,
        Anchor::End => at.x - w,
    };
    let rect = Rect { x, y: at.y - size * ASCENT, w, h: size * (ASCENT + DESCENT) };
    Text { text, at, anchor, size, bold, ink, rect, plate: Plate::None, owner }
}

impl Page {
    pub(super) fn new(title: &str, subtitle: &str, source: &str, notes: &[String], legend: &[LegendEntry]) -> Page {
        let mut page = Page {
            texts: Vec::new(),
            samples: Vec::new(),
            room: Rect { x: MARGIN, y: 0.0, w: SLIDE_WIDTH - 2.0 * MARGIN, h: 0.0 },
        };
        let top = page.head(title, subtitle);
        let bottom = page.foot(source, notes, legend);
        page.room.y = top;
        page.room.h = bottom - top;
        page
    }

    /// Title and subtitle; returns where they end.
    fn head(&mut self, title: &str, subtitle: &str) -> f64 {
        let (title, subtitle) = (text::clean(title), text::clean(subtitle));
        let width = self.room.w;
        let size = if text::width(&title, 20.0, true) <= width { 20.0 } else { 16.0 };
        let mut y = TOP;
        for line in text::wrap(&title, size, true, width, 2) {
            y += size * ASCENT;
            let at = Point { x: MARGIN, y };
            self.texts.push(run(line, at, Anchor::Start, size, true, Ink::Strong, Owner::Title));
            y += size * (text::LINE_HEIGHT - ASCENT);
        }
        for line in text::wrap(&subtitle, 10.5, false, width, 1) {
            y += 10.5 * ASCENT + 1.0;
            let at = Point { x: MARGIN, y };
            self.texts.push(run(line, at, Anchor::Start, 10.5, false, Ink::Muted, Owner::Subtitle));
            y += 10.5 * (text::LINE_HEIGHT - ASCENT);
        }
        y + 5.0
    }

    /// From the lower edge up: legend with the source line at its right, then notes; returns where
    /// they begin.
    fn foot(&mut self, source: &str, notes: &[String], legend: &[LegendEntry]) -> f64 {
        let base = SLIDE_HEIGHT - FOOT;
        let source = text::ellipsize(&text::clean(source), SMALL, false, self.room.w * 0.45);
        let taken = if source.is_empty() { 0.0 } else { text::width(&source, SMALL, false) + 16.0 };
        if !source.is_empty() {
            let at = Point { x: SLIDE_WIDTH - MARGIN, y: base };
            self.texts.push(run(source, at, Anchor::End, SMALL, false, Ink::Muted, Owner::Source));
        }
        let rows = legend_rows(legend, self.room.w, taken);
        let count = rows.len();
        let mut y = base - ROW * (count.max(1) - 1) as f64;
        let top = y - SMALL * ASCENT;
        for row in rows {
            for (entry, x) in row {
                if let Mark::Key = entry.mark {
                    let mut number = run(
                        "1".into(),
                        Point { x: x + SAMPLE.0 / 2.0, y },
                        Anchor::Middle,
                        7.0,
                        true,
                        Ink::Number(Style::Automated, EdgeEmphasis::Normal),
                        Owner::Legend,
                    );
                    number.plate = Plate::Disc;
                    number.rect = Rect { x: x + SAMPLE.0 / 2.0 - 4.5, y: y - 7.0, w: 9.0, h: 9.0 };
                    self.texts.push(number);
                } else {
                    let rect = Rect { x, y: y - SMALL * 0.36 - SAMPLE.1 / 2.0, w: SAMPLE.0, h: SAMPLE.1 };
                    self.samples.push(Sample { mark: entry.mark, rect });
                }
                let at = Point { x: x + SAMPLE.0 + 5.0, y };
                self.texts.push(run(entry.words.into(), at, Anchor::Start, SMALL, false, Ink::Muted, Owner::Legend));
            }
            y += ROW;
        }
        let mut top = if count == 0 && taken == 0.0 { SLIDE_HEIGHT - FOOT } else { top - 4.0 };
        for note in notes.iter().rev() {
            for line in text::wrap(&text::clean(note), SMALL, false, self.room.w, 2).into_iter().rev() {
                let at = Point { x: MARGIN, y: top - SMALL * DESCENT - 1.0 };
                self.texts.push(run(line, at, Anchor::Start, SMALL, false, Ink::Muted, Owner::Note));
                top -= SMALL * text::LINE_HEIGHT + 1.0;
            }
        }
        top - 3.0
    }
}

/// Legend entries dealt to rows with their left edges; the last row leaves `taken` for the source.
fn legend_rows(legend: &[LegendEntry], width: f64, taken: f64) -> Vec<Vec<(LegendEntry, f64)>> {
    let need = |e: &LegendEntry| SAMPLE.0 + 5.0 + text::width(e.words, SMALL, false) + 11.0;
    let mut rows: Vec<Vec<(LegendEntry, f64)>> = Vec::new();
    let mut x = f64::INFINITY;
    for (i, e) in legend.iter().enumerate() {
        // The last entry may not reach the source line.
        let end = x + need(e) - 11.0 - MARGIN;
        let room = if i + 1 == legend.len() { width - taken } else { width };
        match rows.last_mut() {
            Some(row) if end <= room => row.push((*e, x)),
            _ => {
                x = MARGIN;
                rows.push(vec![(*e, x)]);
            }
        }
        x += need(e);
    }
    rows
}

/// The key's size for `entries` at letters of `size`: width of a column, columns, rows.
fn key_shape(entries: &[KeyEntry], size: f64, width: f64) -> (f64, usize, usize) {
    let longest = entries.iter().map(|e| text::width(&e.words, size, false) + 30.0).fold(60.0, f64::max);
    let column = longest.min(width / 3.0).min(240.0);
    let columns = ((width / column).floor() as usize).max(1);
    let rows = entries.len().div_ceil(columns);
    (width / columns as f64, columns, rows)
}

/// Height of the key, with what parts it from the drawing.
pub(super) fn key_height(entries: &[KeyEntry], size: f64, width: f64) -> f64 {
    if entries.is_empty() {
        return 0.0;
    }
    key_shape(entries, size, width).2 as f64 * size * 1.4 + 8.0
}

/// The key in `room`, column by column.
pub(super) fn key(entries: &[KeyEntry], size: f64, room: &Rect) -> Vec<Text> {
    let (column, _, rows) = key_shape(entries, size, room.w);
    let mut texts = Vec::new();
    for (i, e) in entries.iter().enumerate() {
        let (c, row) = (i / rows.max(1), i % rows.max(1));
        let x = room.x + c as f64 * column;
        let y = room.y + 6.0 + size * (ASCENT + 0.1) + row as f64 * size * 1.4;
        let (w, h) = super::labels::disc(size, e.number.to_string().len().max(2));
        let rect = Rect { x, y: y - size * 0.36 - h / 2.0, w, h };
        texts.push(number(e, rect, size, Owner::Key));
        let words = text::ellipsize(&e.words, size, false, column - w - 10.0);
        let at = Point { x: x + w + 4.0, y };
        texts.push(run(words, at, Anchor::Start, size, false, Ink::Edge(e.style, e.emphasis), Owner::Key));
    }
    texts
}

/// A number on its disc.
pub(super) fn number(e: &KeyEntry, rect: Rect, size: f64, owner: Owner) -> Text {
    let at = Point { x: rect.center().x, y: rect.center().y + size * 0.36 };
    let mut text = run(e.number.to_string(), at, Anchor::Middle, size, true, Ink::Number(e.style, e.emphasis), owner);
    text.plate = Plate::Disc;
    text.rect = rect;
    text
}
