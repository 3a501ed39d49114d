//! The page: what stands in it, that words stay words, and what it does in a real browser.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod browser;
mod fixture;
mod structure;
