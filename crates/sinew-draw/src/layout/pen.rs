//! How words are set: where they hang, how large and heavy, in which color.

use crate::scene::{Anchor, Ink, Owner, Plate, Point, Rect, Text};
use crate::text::{self, ASCENT, DESCENT};

/// A way to set one line of words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    anchor: Anchor,
    /// Font size in points.
    pub(super) size: f64,
    bold: bool,
    ink: Ink,
}

impl Pen {
    fn hung(anchor: Anchor, size: f64, ink: Ink) -> Pen {
        Pen { anchor, size, bold: false, ink }
    }

    pub(super) fn start(size: f64, ink: Ink) -> Pen {
        Pen::hung(Anchor::Start, size, ink)
    }

    pub(super) fn middle(size: f64, ink: Ink) -> Pen {
        Pen::hung(Anchor::Middle, size, ink)
    }

    pub(super) fn end(size: f64, ink: Ink) -> Pen {
        Pen::hung(Anchor::End, size, ink)
    }

    pub(super) fn bold(self) -> Pen {
        self.weight(true)
    }

    pub(super) fn weight(self, bold: bool) -> Pen {
        Pen { bold, ..self }
    }

    /// A text hung at a point of its base line; its extent follows from the font.
    pub(super) fn write(self, text: String, at: Point, owner: Owner) -> Text {
        let Pen { anchor, size, bold, ink } = self;
        let w = text::width(&text, size, bold);
        let x = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - w / 2.0,
            Anchor::End => at.x - w,
        };
        let rect = Rect { x, y: at.y - size * ASCENT, w, h: size * (ASCENT + DESCENT) };
        Text { text, at, anchor, size, bold, ink, rect, plate: Plate::None, owner }
    }
}
