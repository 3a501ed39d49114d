//! The media that tell a story, and how much each has room for.

use crate::report::tables::Rank;

/// A medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// `report.html`.
    Page,
    /// `report.md`, and every answer in Markdown.
    Document,
    /// `slides.pptx`.
    Deck,
    /// `plan.xlsx`.
    Workbook,
    /// Answers on a terminal.
    Terminal,
}

impl Medium {
    /// All of them.
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
