//! The page: what stands in it, that words stay words, and what it does in a real browser.

pub(crate) mod browser;
pub(crate) mod fixture;
mod structure;
pub(crate) mod words;
