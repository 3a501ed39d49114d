//! The media that tell a story, and how much each has room for.

use crate::report::tables::Rank;

/// Where a report is read, which decides the chapters that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// The page, `report.html`, read in a browser.
    Page,
    /// `report.md`, and every answer in Markdown.
    Document,
    /// The deck, `slides.pptx`, shown to a room.
    Deck,
    /// The workbook, `plan.xlsx`, for close readers.
    Workbook,
    /// Answers on a terminal.
    Terminal,
}

impl Medium {
    /// Every medium, in the order in which parts name them.
    pub const ALL: [Self; 5] = [Self::Page, Self::Document, Self::Deck, Self::Workbook, Self::Terminal];

    /// The file that a report writes of it.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Page => "report.html",
            Self::Document | Self::Terminal => "report.md",
            Self::Deck => "slides.pptx",
            Self::Workbook => "plan.xlsx",
        }
    }

    /// The columns that it has room for.
    #[must_use]
    pub fn rank(self) -> Rank {
        match self {
            Self::Deck => Rank::Slide,
            Self::Document | Self::Terminal => Rank::Page,
            Self::Page | Self::Workbook => Rank::Detail,
        }
    }
}
