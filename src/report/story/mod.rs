//! What is told, and in which order: which tables, pictures and sentences each format shows.

mod baseline;
pub mod catalog;
mod chapters;
mod compare;
#[cfg(feature = "pptx")]
mod deck;
mod diff;
mod figures;
mod findings;
mod ladder;
mod ledger;
mod medium;
mod message;
pub mod offline;
mod outage;
mod part;
mod picture;
mod pictures;
mod plan;
mod portfolio;
mod questions;
pub mod reach;
mod rules;
mod since;
mod stage;
mod summary;
mod told;
mod views;
#[cfg(feature = "xlsx")]
mod workbook;

pub use chapters::{all_tables, chapters, left_out};
pub use compare::compared;
#[cfg(feature = "xlsx")]
pub use compare::compared_workbook;
#[cfg(feature = "pptx")]
pub use deck::{Chapter as View, compared_deck, deck};
pub use diff::changes;
pub use figures::{KeyFigure, figures};
pub use ladder::{Rung, Step, ladder};
pub use medium::Medium;
pub use part::{Chapter, Document, Item, Part};
pub use picture::Picture;
pub use pictures::{lacking, unseen};
pub use plan::explained;
#[cfg(feature = "xlsx")]
pub use portfolio::portfolio_workbook;
pub use portfolio::told_together;
pub use questions::asked;
pub use rules::rules;
pub use since::since;
pub use summary::summary;
pub use told::told;
pub use views::{further_views, story_views};
#[cfg(feature = "xlsx")]
pub use workbook::{Workbook, workbook};
