//! A scene: one slide with every shape, line and letter at its place, in points.
//!
//! Formats draw scenes and nothing else. Colors are not here but in the theme: a scene says what
//! a mark means, so that light, dark and company colors draw the same scene.

pub use crate::paint::Paint;
pub use crate::plane::{Point, Rect, SLIDE_HEIGHT, SLIDE_WIDTH};
use crate::{EdgeEmphasis, Emphasis, Mark, Role, Style};

/// A side of a box, in the order of Office connection sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Upper side, connection site 0.
    Top,
    /// Left side, connection site 1.
    Left,
    /// Lower side, connection site 2.
    Bottom,
    /// Right side, connection site 3.
    Right,
}

impl Side {
    /// The number of the connection site in the middle of this side of an Office rectangle.
    #[must_use]
    pub fn site(self) -> u32 {
        match self {
            Side::Top => 0,
            Side::Left => 1,
            Side::Bottom => 2,
            Side::Right => 3,
        }
    }
}

/// One slide as marks with places, which every picture format draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width, in points; never negative.
    pub width: f64,
    /// Height, in points; never negative.
    pub height: f64,
    /// The title in full, also where the drawn one had to be shortened.
    pub title: String,
    /// Alternative text of the whole.
    pub alt: String,
    /// Plain grounds, bars and rules, drawn first.
    pub panels: Vec<Panel>,
    /// Frames of clusters, drawn on them.
    pub frames: Vec<FrameShape>,
    /// Lines, drawn on the frames.
    pub lines: Vec<Line>,
    /// Boxes, drawn on the lines.
    pub boxes: Vec<BoxShape>,
    /// Samples of marks in the legend.
    pub samples: Vec<Sample>,
    /// All text, drawn last.
    pub texts: Vec<Text>,
    /// Size of the smallest box name in points; 0 without boxes.
    pub name_size: f64,
    /// How many lines carry a number explained in the key rather than words.
    pub keyed: usize,
}

/// A rectangle that is no box: the ground of words, a bar of a chart, a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What it is or says, for those who cannot see it; empty for what is only decoration.
    pub name: String,
    /// Where it is drawn, in points of the slide.
    pub rect: Rect,
    /// What it looks like.
    pub paint: Paint,
}

/// The frame of a cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameShape {
    /// Id of the cluster.
    pub id: String,
    /// Name in full, even where the words drawn are cut.
    pub name: String,
    /// Where it is drawn, in points of the slide.
    pub rect: Rect,
}

/// A box as drawn: outline, icon, ring, and the texts inside.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxShape {
    /// Id of the node.
    pub id: String,
    /// Id of its cluster's frame, if it is in one.
    pub frame: Option<String>,
    /// Name in full, also where the drawn one had to be shortened.
    pub name: String,
    /// Where; the outline lies on this rectangle.
    pub rect: Rect,
    /// What the box stands for, which gives shape, icon and color.
    pub role: Role,
    /// What is said of it.
    pub emphasis: Emphasis,
    /// Where its icon goes, if its role has one.
    pub icon: Option<Rect>,
    /// What to show on pointing at it.
    pub tooltip: String,
}

/// A line with right angles, from box to box; the arrowhead is at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Unique among the lines of the slide: the id of the first of its edges, and where it leads that one on from a stop,
    /// ` from ` and the id of the stop behind it.
    pub id: String,
    /// Ids of the edges it stands for, at least one.
    pub edges: Vec<String>,
    /// Id of the node it leaves.
    pub from: String,
    /// Side it leaves by.
    pub from_side: Side,
    /// Id of the node it enters.
    pub to: String,
    /// Side it enters by.
    pub to_side: Side,
    /// Corners from end to end, at least two; each step is level or upright.
    pub points: Vec<Point>,
    /// How the flow works, which gives dash and color.
    pub style: Style,
    /// What is said of it.
    pub emphasis: EdgeEmphasis,
    /// Width, in points; never negative.
    pub width: f64,
    /// What to show on pointing at it.
    pub tooltip: String,
}

/// How a line is drawn, whatever its course.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) style: Style,
    pub(crate) emphasis: EdgeEmphasis,
    pub(crate) width: f64,
}

impl Line {
    pub(crate) fn stroke(&self) -> Stroke {
        Stroke { style: self.style, emphasis: self.emphasis, width: self.width }
    }
}

/// A sample of a mark in the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The mark that the legend explains.
    pub mark: Mark,
    /// How the line works that it is shown on, if it is shown on one.
    pub line: Style,
    /// What is said of that line.
    pub emphasis: EdgeEmphasis,
    /// Where it is drawn, in points of the slide.
    pub rect: Rect,
}

/// Where a text is hung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// By its left end.
    Start,
    /// The middle of the text is at its point.
    Middle,
    /// By its right end.
    End,
}

/// Whose words a text is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The title of the slide.
    Title,
    /// The line beneath the title.
    Subtitle,
    /// The line that says where the figures come from.
    Source,
    /// What is left out here.
    Note,
    /// Words of an entry of the legend.
    Legend,
    /// An entry of the key of numbers (first of its line's edges' ids).
    Key(String),
    /// The name of a cluster (its id).
    Frame(String),
    /// Name, caption, note or badge of a node (its id).
    Node(String),
    /// Words of a node (its id) that stand beside it.
    Beside(String),
    /// What is said beside the picture, by the number of its block.
    Aside(usize),
    /// The label or number of a line (first of its edges' ids).
    Edge(String),
}

/// What color a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The theme's color for titles and names.
    Strong,
    /// The theme's softer color for captions.
    Muted,
    /// As befits text in a box.
    Node(Role, Emphasis),
    /// As befits the smaller text in a box.
    Caption(Role, Emphasis),
    /// That of a line.
    Edge(Style, EdgeEmphasis),
    /// On a number disc, or on the badge of a line's price.
    Number(Style, EdgeEmphasis),
    /// On the badge of a box's price.
    Price(Emphasis),
}

/// What a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Plate {
    /// On the bare slide, with nothing behind it.
    None,
    /// On a patch of the background, so that its own line does not strike it through.
    Patch,
    /// On a patch of the frames' color: most of it lies in a frame.
    FramePatch,
    /// On a filled round-ended disc in the color of its line or box: a number, a price.
    Disc,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The words, without line breaks.
    pub text: String,
    /// Where it is hung, on its base line.
    pub at: Point,
    /// Which end of the text stands at its point.
    pub anchor: Anchor,
    /// Font size in points.
    pub size: f64,
    /// Whether it is set in the bold font.
    pub bold: bool,
    /// Which color of the theme it takes.
    pub ink: Ink,
    /// Extent of letters and plate.
    pub rect: Rect,
    /// What it stands on.
    pub plate: Plate,
    /// Whose words they are.
    pub owner: Owner,
}
