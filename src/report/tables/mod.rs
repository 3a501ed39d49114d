//! The tables of a report, one file each: facts in, one [`Table`] out.

mod ai_register;
mod assumptions;
mod before_after;
mod criteria;
mod findings;
mod handoffs;
mod outages;
mod plan_items;
mod table;
mod words;

pub use crate::report::say::{Amount, Bound, Kind};
pub use ai_register::ai_register;
pub use assumptions::assumptions;
pub use before_after::before_after;
pub use criteria::{criteria, state};
pub use findings::{findings, severity};
pub use handoffs::{handoffs, usual_rate};
pub use outages::outages;
pub use plan_items::{plan_items, title, worth};
pub use table::{Cell, Column, Named, Rank, Row, Shape, Table, Tone};
pub use words::{NOT_KNOWN, cell, cell_parts};
