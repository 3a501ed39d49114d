//! What registers of regulators ask of each AI tool: purpose, role and oversight as stated; data, consumers, reviews and
//! audience as the graph has them. Null is not stated or not known.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Analysis;
use crate::analysis::ai_use::{self, Held};
use crate::model::Role;
use crate::report::facts::cut::{Extent, LeftOut, Levels, Lists};
use crate::report::facts::harm::ProcessIds;

pub use crate::analysis::ai_use::IsPersonal;

/// One AI tool as a register of a regulator asks for it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "AiUse")]
pub struct Row {
    /// Id of the AI tool.
    pub system: String,
    /// How far its use has come.
    pub status: &'static str,
    /// Whether it is in today's graph: the lists of one that is not are empty, and say nothing.
    pub live: bool,
    /// Who sells it.
    pub vendor: Option<String>,
    /// What it is meant to do.
    pub purpose: Option<String>,
    /// Who works with it or is spoken to by it.
    pub users: Option<String>,
    /// What the company is to it.
    pub role: Option<Role>,
    /// The team that answers for it.
    pub owner: Option<String>,
    /// The team that oversees it.
    pub oversight: Option<String>,
    /// Where assessments, tests and instructions are.
    pub evidence: Option<String>,
    /// What flows bring to it or through it and what it makes, by id.
    pub data: Vec<Data>,
    /// Other systems that what is at it reaches, also through what is made of it, by id.
    pub consumers: Vec<String>,
    /// Processes that need any of that where it is, by id.
    pub processes: Vec<Arc<str>>,
    /// Flows on these ways on which people review, by id.
    pub review_points: Vec<String>,
    /// Whether customers see content that was at it.
    pub audience: Audience,
    /// When it was last reviewed, not after the day of the file.
    pub last_review: LastReview,
    /// How many entries are left out of the lists of this tool, by key: see `ai_register`.
    #[serde(skip_serializing_if = "LeftOut::is_empty")]
    #[schemars(with = "Option<std::collections::BTreeMap<String, usize>>")]
    pub left_out: LeftOut,
}

/// A data object at a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "AiUseData")]
pub struct Data {
    /// Id of the data object.
    pub id: String,
    /// Whether it is personal.
    pub personal: IsPersonal,
    /// The flow with which its shortest way there ends; null where the tool makes it.
    pub flow: Option<String>,
    /// Of personal data: how it gets there, from where it originates, and why it counts as personal. Of more than sixteen flows
    /// those between are counted.
    pub way: Option<String>,
}

/// Whether content that was at a tool gets to where customers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "AiUseAudience")]
pub struct Audience {
    /// Whether it does.
    pub reaches: Option<bool>,
    /// Where customers see it, by id.
    pub at: Vec<String>,
    /// The shortest way to one of these.
    pub way: Option<String>,
    /// Whether a way to one of these has no review on it; null where no way is known.
    pub unreviewed: Option<bool>,
}

/// When a tool was last reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "AiUseReview")]
pub struct LastReview {
    /// Its security.
    #[schemars(extend("format" = "date"))]
    pub security: Option<String>,
    /// Its vendor.
    #[schemars(extend("format" = "date"))]
    pub vendor: Option<String>,
}

/// The AI tools of `analysis`, planned and retired ones too, by id.
#[must_use]
pub fn ai_use(analysis: &Analysis<'_>) -> Vec<Row> {
    ai_use_to(analysis, Extent::Told)
}

/// The lists of a tool that can be as long as the stack, with their lengths.
const LISTS: &Lists<ai_use::Row> = &[
    ("data", |row| row.data.len()),
    ("consumers", |row| row.consumers.len()),
    ("processes", |row| row.processes.len()),
    ("review_points", |row| row.review_points.len()),
    ("at", |row| row.audience.at.len()),
];

pub(super) fn ai_use_to(analysis: &Analysis<'_>, extent: Extent) -> Vec<Row> {
    let stack = analysis.stack;
    let ids = ProcessIds::of(stack);
    let all = ai_use::ai_use(analysis);
    let levels = Levels::of(all.iter(), LISTS, extent);
    let system = |ix: &crate::model::SystemIx| stack.system(*ix).id.to_string();
    let flow = |ix: &crate::model::FlowIx| stack.flow(*ix).id.to_string();
    let team = |ix: crate::model::TeamIx| stack.team(ix).id.to_string();
    let data = |held: &Held| Data {
        id: stack.data_object(held.data).id.to_string(),
        personal: held.is_personal,
        flow: held.flow.as_ref().map(flow),
        way: held.way.clone(),
    };
    let row = |row: ai_use::Row| {
        let mut cut = levels.row();
        let tool = stack.system(row.system);
        let stated = &tool.ai_use;
        Row {
            system: tool.id.to_string(),
            status: tool.status.as_str(),
            live: tool.is_live(),
            vendor: tool.facts.vendor.clone(),
            purpose: stated.purpose.clone(),
            users: stated.users.clone(),
            role: stated.role,
            owner: tool.owner.map(team),
            oversight: stated.oversight.map(team),
            evidence: stated.evidence.clone(),
            data: cut.cut("data", &row.data).iter().map(data).collect(),
            consumers: cut.cut("consumers", &row.consumers).iter().map(system).collect(),
            processes: ids.list(cut.cut("processes", &row.processes)),
            review_points: cut.cut("review_points", &row.review_points).iter().map(flow).collect(),
            audience: Audience {
                reaches: row.audience.reaches,
                at: cut.cut("at", &row.audience.at).iter().map(system).collect(),
                way: row.audience.way,
                unreviewed: row.audience.is_unreviewed,
            },
            last_review: LastReview {
                security: row.security_review.map(|day| day.to_string()),
                vendor: row.vendor_review.map(|day| day.to_string()),
            },
            left_out: cut.left_out,
        }
    };
    all.into_iter().map(row).collect()
}
