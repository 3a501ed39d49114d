//! The page: what stands in it, that words stay words, and what it does in a real browser.

mod browser;
mod fixture;
mod golden;
mod structure;
pub(crate) mod words;
