//! The tables of a report, one file each: facts in, one [`Table`] out.

mod table;

pub use table::{Amount, Bound, Cell, Column, Kind, Named, Rank, Row, Table, Tone};
