//! The questions: each as the report that answers it, for whoever asks.
//!
//! It knows no arguments, files, streams and protocols: `cli` and `mcp` bring what was asked, and show the answer.

mod check;
mod edits;
mod find;
mod handoffs;
mod name;
mod outage;
mod picture;
mod plan;
mod portfolio;
mod questions;
mod refused;
mod register;
mod report;
mod stage;

pub use check::{check, known_rule};
pub use edits::scenario_text;
pub use find::{Found, find, find_schema, found_document, ways};
pub use handoffs::handoffs;
pub use name::{components, entry, process, product};
pub use outage::{outages, together};
pub use picture::{View, picture};
pub use plan::{explanation, plan, planned, positive_length, stage_to_reach, what_if};
pub use portfolio::{Member, portfolio};
pub use questions::{Questioned, questions};
pub use refused::Refused;
pub use register::register;
pub use report::whole;
pub use stage::stage;
