//! What is told, and in which order: which tables, pictures and sentences each format shows.

mod baseline;
mod chapters;
#[cfg(feature = "pptx")]
mod deck;
mod findings;
mod ledger;
mod medium;
mod outage;
mod page;
mod part;
mod picture;
mod plan;
mod stage;
mod summary;
#[cfg(feature = "xlsx")]
mod workbook;

pub use chapters::{all_tables, chapters, left_out};
#[cfg(feature = "pptx")]
pub use deck::{Chapter as View, deck};
pub use medium::Medium;
pub use page::page;
pub use part::{Chapter, Document, Item, Part};
pub use picture::Picture;
pub use summary::summary;
#[cfg(feature = "xlsx")]
pub use workbook::{Workbook, workbook};
