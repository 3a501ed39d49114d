//! The automation ledger: what is automated, what a person reviews, what a person does, and what happens when it fails.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Analysis;
use crate::analysis::ledger::{self, Entry, Watcher};
use crate::model::{Stack, TeamIx};
use crate::report::facts::Range;
use crate::report::facts::cut::{Extent, LeftOut, Levels, Lists};
use crate::report::facts::harm::{ProcessIds, harm_of};
use crate::report::facts::outage::Fact;

/// One flow, or one output of an AI tool.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "LedgerRow")]
pub struct Row {
    /// The flow; null where the row is about an output of an AI tool.
    pub flow: Option<String>,
    /// The output, at the AI tool that makes it; null where the row is about a flow.
    pub output: Option<Fact>,
    /// How much of it people do; null for an output that no flow carries away.
    pub mode: Option<Mode>,
    /// Whether it is used only when others fail.
    pub standby: bool,
    /// The processes that its failure takes down; for an output, the failure of the tool.
    pub failure: Vec<Arc<str>>,
    /// The processes that then run only with standby flows.
    pub degraded: Vec<Arc<str>>,
    /// What would notice that it goes wrong: a team, or `nobody`, as the stack file states; else `review`, `review by
    /// TEAM` or `drift monitor at SYSTEM`; null where that is not known.
    pub watched_by: Option<String>,
    /// The team that answers for it: that performs a manual flow; of an automated one that owns the first middleware on
    /// its way, else its source; of an output that owns the tool.
    pub owner: Option<String>,
    /// Hours a year of its review, which are no handoff hours; 0 where a flow has none, null where they are not known
    /// and for an output.
    pub review_hours: Option<Range>,
    /// Which of these are known, which are not, and of which there is nothing to judge: nothing else tells an empty list
    /// or a null of one kind from the other.
    pub states: States,
    /// How many entries are left out of the lists of this row, by key. Only of stacks in which single failures take so much
    /// down that the report would grow with the square of the stack: lists are then cut to the same length.
    #[serde(skip_serializing_if = "LeftOut::is_empty")]
    #[schemars(with = "Option<std::collections::BTreeMap<String, usize>>")]
    pub left_out: LeftOut,
}

/// For each column of the ledger whether its answer is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "LedgerStates")]
pub struct States {
    /// Of `mode`. Nothing to judge where no flow carries the output away.
    pub mode: Answer,
    /// Of `failure` and `degraded`. Nothing to judge where no process of the stack runs.
    pub failure: Answer,
    /// Of `watched_by`. Nothing to judge where a person performs the flow, or no flow carries the output away.
    pub watched_by: Answer,
    /// Of `owner`; not known where no team is stated.
    pub owner: Answer,
    /// Of `review_hours`. Nothing to judge where there is no review, and for an output: its reviews are those of flows.
    pub review_hours: Answer,
}

/// Whether there is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "LedgerAnswer")]
pub enum Answer {
    /// It is stated, or follows from what is.
    Known,
    /// The question arises, and the stack file does not say.
    NotKnown,
    /// The question does not arise.
    NothingToJudge,
}

impl From<ledger::Answer> for Answer {
    fn from(answer: ledger::Answer) -> Self {
        match answer {
            ledger::Answer::Known => Self::Known,
            ledger::Answer::NotKnown => Self::NotKnown,
            ledger::Answer::NothingToJudge => Self::NothingToJudge,
        }
    }
}

/// How much of it people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "LedgerMode")]
pub enum Mode {
    /// No person moves or reviews it.
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
    /// The word in `report.json`.
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
    ledger_to(analysis, Extent::Told)
}

/// The lists of a row, with their lengths.
const LISTS: &Lists<ledger::Row> =
    &[("failure", |row| row.harm.down.len()), ("degraded", |row| row.harm.degraded.len())];

pub(super) fn ledger_to(analysis: &Analysis<'_>, extent: Extent) -> Vec<Row> {
    let stack = analysis.stack;
    let processes = ProcessIds::of(stack);
    let all = ledger::ledger(analysis, &harm_of(analysis));
    let levels = Levels::of(all.iter(), LISTS, extent);
    let row = |row: ledger::Row| {
        let mut cut = levels.row();
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
            mode: row.mode.map(Mode::from),
            standby: row.is_standby,
            failure: processes.list(cut.cut("failure", &row.harm.down)),
            degraded: processes.list(cut.cut("degraded", &row.harm.degraded)),
            watched_by: row.watcher.map(|watcher| watched_by(stack, watcher)),
            owner: row.owner.map(|owner| team(stack, owner)),
            review_hours: row.review_hours.map(Range::from),
            states: States {
                mode: row.answers.mode.into(),
                failure: row.answers.harm.into(),
                watched_by: row.answers.watcher.into(),
                owner: row.answers.owner.into(),
                review_hours: row.answers.review_hours.into(),
            },
            left_out: cut.left_out,
        }
    };
    all.into_iter().map(row).collect()
}

fn team(stack: &Stack, ix: TeamIx) -> String {
    stack.team(ix).id.to_string()
}

fn watched_by(stack: &Stack, watcher: Watcher) -> String {
    match watcher {
        Watcher::Team(by) => team(stack, by),
        Watcher::Nobody => "nobody".to_owned(),
        Watcher::Review(None) => "review".to_owned(),
        Watcher::Review(Some(by)) => format!("review by {}", stack.team(by).id),
        Watcher::DriftMonitor(at) => format!("drift monitor at {}", stack.system(at).id),
    }
}
