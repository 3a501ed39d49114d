//! Points and rectangles of a slide, and its size, in points.

/// Width of a slide in points (13.33 in).
pub const SLIDE_WIDTH: f64 = 960.0;
/// Height of a slide in points (7.5 in).
pub const SLIDE_HEIGHT: f64 = 540.0;

/// A point; x to the right, y downwards, from the upper left corner of the slide.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Points from the left edge.
    pub x: f64,
    /// Points from the upper edge.
    pub y: f64,
}

/// An upright rectangle, in points from the upper left corner of the slide.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge, in points from the left.
    pub x: f64,
    /// Upper edge, in points from the top.
    pub y: f64,
    /// Width, in points; never negative.
    pub w: f64,
    /// Height, in points; never negative.
    pub h: f64,
}

impl Rect {
    /// The x of the right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// The y of the lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The point in the middle of both edges.
    #[must_use]
    pub fn center(&self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// The rectangle grown by `by` on all sides.
    #[must_use]
    pub fn grown(&self, by: f64) -> Rect {
        Rect { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// Whether `other` lies within, edges included.
    #[must_use]
    pub fn contains(&self, other: &Rect) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// Whether the two share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}
