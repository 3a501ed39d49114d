//! What a deck says: slides with a title, a picture, a table or sentences, and notes.

use crate::scene::Scene;
use crate::theme::Theme;

/// Slides and what holds for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// Title of the document, as its properties say it.
    pub title: String,
    /// Who says so, for the properties of the document; may be empty.
    pub author: String,
    /// Day of the facts, `2026-11-21`, for the properties of the document; 1980-01-01 where it is not
    /// a day, as no clock is read.
    pub day: String,
    /// Colors; the fonts are the deck's own or the template's.
    pub theme: Theme,
    /// The slides in order. A deck without any gets one with its title.
    pub slides: Vec<Slide>,
}

/// One slide; a table that is too long becomes several.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slide {
    /// The message, one sentence. Slides that share one have their places among them written behind it: `(2 of 3)`.
    pub title: String,
    /// What is on it.
    pub body: Body,
    /// Where the facts come from, at the foot; empty for none. A scene brings its own.
    pub source: String,
    /// Speaker notes, a paragraph each.
    pub notes: Vec<String>,
    /// The section that begins with it; empty where that of the slide before it goes on.
    pub section: String,
    /// By what links of other slides lead to it, unique in the deck; empty where none does.
    pub id: String,
    /// Links at its foot, from left to right.
    pub links: Vec<Link>,
}

/// Words at the foot of a slide that lead to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What is read; without words there is no link.
    pub words: String,
    /// The [id](Slide::id) of the slide that it leads to, the first of them where that takes several. A link that leads nowhere is left
    /// out.
    pub to: String,
}

/// What a slide shows beneath its title.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The opening slide: lines beneath a large title.
    Opening(Vec<String>),
    /// A picture. Its title gives way to the slide's.
    Scene(Box<Scene>),
    /// A table, in type of at least 12 points, or of 11 where all of it then fits.
    Table(Table),
    /// Tables beneath each other, each with a heading that may be empty, and a strip at the foot that says what to do, if anything. Each
    /// takes its share of one slide, with as many rows as have room.
    Tables(Vec<(String, Table)>, String),
    /// A few sentences, in type as large as they leave room for, 14 to 24 points; what does not fit
    /// goes on to a further slide.
    Words(Vec<String>),
}

impl Default for Body {
    /// Nothing beneath the title.
    fn default() -> Self {
        Body::Words(Vec::new())
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading, in the first row of the table.
    pub name: String,
    /// Whether it holds numbers: set at the right, never broken.
    pub is_number: bool,
}

/// A cell of a native table: words, weight, alignment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The words; empty cells keep their place.
    pub text: String,
    /// Set bold: a total, a name.
    pub is_strong: bool,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell { text: text.into(), is_strong: false }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell { text, is_strong: false }
    }
}

/// Columns and rows; a row with too few cells is filled with empty ones, cells beyond the columns are
/// not shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The columns, at most 24.
    pub columns: Vec<Column>,
    /// The rows in order.
    pub rows: Vec<Vec<Cell>>,
    /// What a last row says of the rows that do not fit on one slide, behind their number: `more, in the workbook`.
    /// Without it the table goes on on further slides.
    pub rest: Option<String>,
    /// How many more rows there are that `rows` has not, and the last row counts.
    pub beyond: usize,
}
