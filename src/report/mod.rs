//! What is shown of an analyzed stack, and the formats that show it.
//!
//! A [`Report`] is built once from an analysis and holds what `report.json` says. A question of its own (`sinew check`,
//! `sinew handoffs`) is a report with fewer parts. Rooms know only those before them: [`say`], [`facts`], [`tables`],
//! [`story`], [`mod@write`]; only `facts` sees analysis and plan.

pub mod facts;
pub mod say;
pub mod story;
pub mod tables;
pub mod write;

pub use facts::{
    Assumption, Finding, FlowName, Handoff, HandoffTotals, Location, Names, Number, Outage, Plan, Process, Range,
    Report, Sources, StackOverview, Stage, Structure, SystemName, made_of,
};
pub use facts::{
    assumption, baseline, compare, diagnosis, diff, finding, handoff, layout, ledger, offline, outage, plan, portfolio,
    process, question, register, schema, stack_schema, stage, structure, views,
};
pub use story::{Medium, summary, told, unseen};
#[cfg(feature = "xlsx")]
pub use write::xlsx;
pub use write::{File, FilesError, Look, Part, Pictures, Place, Take, Told};
pub use write::{csv, files, files_to, files_with, json, json_text, write_json};
pub use write::{html, open_psa, sarif, theme_file};

/// Pictures and their formats.
pub mod pictures {
    pub use super::story::Picture;
    pub use super::write::pictures::PictureFormat;
}

/// Documents and their formats.
pub mod document {
    pub use super::story::Document;
    pub use super::write::document::{markdown, terminal};
}
