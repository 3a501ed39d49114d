//! The tables of a report, one file each: facts in, one [`Table`] out.

mod table;
mod words;

pub use crate::report::say::{Amount, Bound, Kind};
pub use table::{Cell, Column, Named, Rank, Row, Table, Tone};
pub use words::{NOT_KNOWN, cell, cell_parts};
