//! The one place that turns a quantity, a list or a cell into words.

mod cell;
mod number;

pub use super::document::{Line, Look};
pub use cell::{NOT_KNOWN, cell, cell_parts};
pub use number::{amount, availability, decimal, money, percent, plain, short, spread};
