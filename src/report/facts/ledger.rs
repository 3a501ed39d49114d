//! The automation ledger: what is automated, what a person reviews, what a person does, and what happens when it fails.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Analysis;
use crate::analysis::ledger::{self, Entry, Watcher};
use crate::model::{Stack, TeamIx};
use crate::report::facts::StackOverview;
use crate::report::facts::harm::{ProcessIds, harm_line, harm_of};
use crate::report::facts::outage::Fact;
use crate::report::say::document::{Block, Column, Line, Look, Table};

/// One flow, or one output of an AI tool.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "LedgerRow")]
pub struct Row {
    /// The flow; null where the row is about an output of an AI tool.
    pub flow: Option<String>,
    /// The output, at the AI tool that makes it; null where the row is about a flow.
    pub output: Option<Fact>,
    /// How much of it people do.
    pub mode: Mode,
    /// Whether it is used only when others fail.
    pub standby: bool,
    /// The processes that its failure takes down; for an output, the failure of the tool.
    pub failure: Vec<Arc<str>>,
    /// The processes that then run only with standby flows.
    pub degraded: Vec<Arc<str>>,
    /// What would notice that it goes wrong: `review`, `review by TEAM` or `drift monitor at SYSTEM`.
    pub watched_by: Option<String>,
    /// The team that answers for it: that performs a manual flow; of an automated one that owns the first middleware on
    /// its way, else its source; of an output that owns the tool.
    pub owner: Option<String>,
}

/// How much of it people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "LedgerMode")]
pub enum Mode {
    /// Nobody touches it.
    Automated,
    /// It runs by itself, and a person reviews what it brings.
    Reviewed,
    /// A person performs it.
    Manual,
}

impl From<ledger::Mode> for Mode {
    fn from(mode: ledger::Mode) -> Self {
        match mode {
            ledger::Mode::Automated => Self::Automated,
            ledger::Mode::Reviewed => Self::Reviewed,
            ledger::Mode::Manual => Self::Manual,
        }
    }
}

impl Mode {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automated => "automated",
            Self::Reviewed => "reviewed",
            Self::Manual => "manual",
        }
    }
}

/// The ledger of `analysis`: flows by id, then outputs by AI tool and object.
#[must_use]
pub fn ledger(analysis: &Analysis<'_>) -> Vec<Row> {
    let stack = analysis.stack;
    let processes = ProcessIds::of(stack);
    let row = |row: ledger::Row| {
        let (flow, output) = match row.entry {
            Entry::Flow(ix) => (Some(stack.flow(ix).id.to_string()), None),
            Entry::Output(fact) => {
                let (data, at) = (stack.data_object(fact.data), stack.system(fact.at));
                (None, Some(Fact { data: data.id.as_str().into(), at: at.id.as_str().into() }))
            }
        };
        Row {
            flow,
            output,
            mode: row.mode.into(),
            standby: row.is_standby,
            failure: processes.list(&row.harm.down),
            degraded: processes.list(&row.harm.degraded),
            watched_by: row.watcher.map(|watcher| watched_by(stack, watcher)),
            owner: row.owner.map(|owner| team(stack, owner)),
        }
    };
    ledger::ledger(analysis, &harm_of(analysis)).into_iter().map(row).collect()
}

fn team(stack: &Stack, ix: TeamIx) -> String {
    stack.team(ix).id.to_string()
}

fn watched_by(stack: &Stack, watcher: Watcher) -> String {
    match watcher {
        Watcher::Review(None) => "review".to_owned(),
        Watcher::Review(Some(by)) => format!("review by {}", stack.team(by).id),
        Watcher::DriftMonitor(at) => format!("drift monitor at {}", stack.system(at).id),
    }
}

/// How much is automated, reviewed and manual, and the table.
#[must_use]
pub fn blocks(stack: &StackOverview, rows: &[Row]) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Line::of("Automation ledger"))];
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Line::of("Nothing flows, and no AI tool makes anything.")));
        return blocks;
    }
    blocks.push(Block::Paragraph(Line::of(tally(rows))));
    let columns = ["flow or AI output", "mode", "its failure", "watched by", "owner"].map(Column::text);
    let mut table = Table::new(columns);
    for row in rows {
        let what = match (&row.flow, &row.output) {
            (_, Some(output)) => {
                Line::of(format!("{} of {}", stack.names.data(&output.data), stack.names.system(&output.at)))
            }
            (flow, None) => Line::of(stack.names.component(flow.as_deref().unwrap_or_default())),
        };
        let mode = if row.standby { format!("{}, standby", row.mode.as_str()) } else { row.mode.as_str().into() };
        table.push([
            what,
            Line::of(mode),
            harm_line(stack, &row.failure, &row.degraded),
            or_nobody(row.watched_by.as_deref()),
            or_nobody(row.owner.as_deref().map(|owner| stack.names.team(owner))),
        ]);
    }
    blocks.push(Block::Table(table));
    blocks
}

/// `Of 12 flows, 7 are automated, 2 reviewed by a person and 3 manual; of 2 AI outputs, 1, 0 and 1.`
fn tally(rows: &[Row]) -> String {
    let part = |is_flow: bool, what: &str| {
        let of_them = || rows.iter().filter(|row| row.flow.is_some() == is_flow);
        let count = |mode: Mode| of_them().filter(|row| row.mode == mode).count();
        let (automated, reviewed, manual) = (count(Mode::Automated), count(Mode::Reviewed), count(Mode::Manual));
        format!("{what}: {automated} automated, {reviewed} reviewed by a person, {manual} manual")
    };
    format!("{}. {}.", part(true, "Flows"), part(false, "AI outputs"))
}

pub(super) fn or_nobody(who: Option<&str>) -> Line {
    match who {
        Some(who) => Line::of(who),
        None => Line::looking(Look::Muted, "nobody"),
    }
}
