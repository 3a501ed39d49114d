//! A document as lines, lists and grids of lines, as Markdown and terminals write them alike.

use crate::report::say::Line;
use crate::report::story::Item;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// The title of the whole.
    Title(Line),
    /// The title of a part.
    Heading(Line),
    Paragraph(Line),
    Items(Vec<Item>),
    Grid(Grid),
}

/// Rows and columns of lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    /// Headings, each with whether its column holds numbers, which stand to the right.
    pub(super) columns: Vec<(String, bool)>,
    /// Rows, each with a line for each column.
    pub(super) rows: Vec<Vec<Line>>,
}
