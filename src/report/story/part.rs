//! What a document is made of, with no word of how a format writes it.

use crate::report::say::Line;
use crate::report::tables::Table;

/// A whole document: a report, or the answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The first line; `None` where the reader knows what is asked.
    pub title: Option<Line>,
    /// What stands below the title.
    pub lead: Vec<Line>,
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
    /// Which other form has the rows that a table leaves out: `the JSON has them`.
    pub rest: &'static str,
}

/// What has all rows of a report.
const REST: &str = "the JSON and the workbook have them";

impl Default for Document {
    fn default() -> Self {
        Self { title: None, lead: Vec::new(), chapters: Vec::new(), rest: REST }
    }
}

impl Document {
    /// The same with at most `most` rows of a table and entries of a list, the rest of each counted, and at the end of
    /// the document how to see all of a list. What a table says in its title, below its rows and beside them stays.
    #[must_use]
    pub fn brief(mut self, most: usize) -> Self {
        let mut is_cut = false;
        self.rest = "`--all` lists them";
        for part in self.chapters.iter_mut().flat_map(|chapter| &mut chapter.parts) {
            match part {
                Part::Table(table) if !table.is_answer => {
                    table.most = Some(table.most.unwrap_or(usize::MAX).min(most));
                }
                Part::Items(items) if items.len() > most => {
                    let rest = items.split_off(most).len();
                    items.push(Item::of(Line::of(format!("and {rest} more"))));
                    is_cut = true;
                }
                _ => {}
            }
        }
        if is_cut {
            let rest = Line::of("`--all` shows everything.");
            self.chapters.push(Chapter::of("rest", "", vec![Part::Sentences(vec![rest])]));
        }
        self
    }

    /// The same with every row of every table.
    #[must_use]
    pub fn whole(mut self) -> Self {
        for part in self.chapters.iter_mut().flat_map(|chapter| &mut chapter.parts) {
            if let Part::Table(table) = part {
                table.most = None;
            }
        }
        self
    }
}

/// A chapter; one without parts is never told.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Its name in every format, for anchors.
    pub id: &'static str,
    /// Its heading; empty for a chapter that needs none.
    pub heading: String,
    /// What it holds, in order.
    pub parts: Vec<Part>,
}

/// A part of a chapter.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "most parts are tables, and a story has some thirty parts")]
pub enum Part {
    /// Running text, each line a paragraph.
    Sentences(Vec<Line>),
    /// A list of lines with details.
    Items(Vec<Item>),
    /// A table that the medium lays out.
    Table(Table),
    /// The picture of this view.
    Picture(&'static str),
}

/// One entry of a list, with lines below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The line that stands out, before the details.
    pub head: Line,
    /// What belongs to it.
    pub details: Vec<Line>,
}

impl Item {
    /// An entry with nothing below it.
    #[must_use]
    pub fn of(head: Line) -> Self {
        Self { head, details: Vec::new() }
    }
}

impl Chapter {
    /// A chapter of these parts.
    #[must_use]
    pub fn of(id: &'static str, heading: impl Into<String>, parts: Vec<Part>) -> Self {
        Self { id, heading: heading.into(), parts }
    }
}
