//! What slides are laid out for.

use crate::plane::{Rect, SLIDE_HEIGHT, SLIDE_WIDTH};

/// The size of slides, the room on them, and how small type may be; all in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Width of the slide.
    pub width: f64,
    /// Height of the slide.
    pub height: f64,
    /// Where the picture goes, its last line of words standing on the lower edge.
    pub room: Rect,
    /// Whether the picture's title stands there too; else the slide has one of its own.
    pub has_title: bool,
    /// Least size of type.
    pub least: f64,
}

impl Paper {
    /// Least size of type on a slide that is shown.
    pub const SHOWN: f64 = 10.0;
    /// Least size of type on a slide that is looked up.
    pub const READ: f64 = 8.0;

    /// The same with so many times the width and the height, at least 1, and type and margins as they are.
    #[must_use]
    pub fn times(&self, times: f64) -> Paper {
        let (wider, higher) = (self.width * (times - 1.0), self.height * (times - 1.0));
        let room = Rect { w: self.room.w + wider, h: self.room.h + higher, ..self.room };
        Paper { width: self.width + wider, height: self.height + higher, room, ..*self }
    }
}

impl Default for Paper {
    /// A slide of 16 to 9 to be read at a desk.
    fn default() -> Paper {
        let room = Rect { x: 26.0, y: 15.0, w: SLIDE_WIDTH - 52.0, h: SLIDE_HEIGHT - 27.0 };
        Paper { width: SLIDE_WIDTH, height: SLIDE_HEIGHT, room, has_title: true, least: Paper::READ }
    }
}
