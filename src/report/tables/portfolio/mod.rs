//! The tables of a portfolio: where each stack stands, what several of them share, and which files could not be read.

mod shared;
mod stacks;
mod unreadable;

pub use shared::shared;
pub use stacks::{files, stacks};
pub use unreadable::unreadable;
