//! What is told, and in which order: which tables, pictures and sentences each format shows.

#[cfg(feature = "pptx")]
mod deck;
mod page;
mod picture;
mod summary;

#[cfg(feature = "pptx")]
pub use deck::{Chapter, deck};
pub use page::page;
pub use picture::Picture;
pub use summary::summary;
