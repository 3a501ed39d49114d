//! The AI register: who sells each AI tool, who answers for it, what was reviewed, and what breaks without it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Analysis, Fact, register};
use crate::model::{FlowIx, SystemIx};
use crate::report::facts::Range;
use crate::report::facts::cut::{Extent, LeftOut, Levels, Lists};
use crate::report::facts::harm::{ProcessIds, harm_of};

/// One AI tool with owner, reviews, contract and what depends on it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "AiTool")]
pub struct Row {
    /// Id of the AI tool.
    pub system: String,
    /// Who sells it; `None` where neither file nor catalog says.
    pub vendor: Option<String>,
    /// The systems that it stands on, by itself or through others, by id: each of them takes it down.
    pub depends_on: Vec<String>,
    /// Groups of systems of which one must be up, for it or for what it may stand on, by id.
    pub depends_on_any: Vec<Vec<String>>,
    /// Who sells all of those, each once, by name.
    pub underlying_vendors: Vec<String>,
    /// How far its use has come.
    pub status: &'static str,
    /// The day on which it is taken out of use; null where none is stated.
    #[schemars(extend("format" = "date"))]
    pub ends: Option<String>,
    /// The system that takes its place, by id; null where none is stated.
    pub replaced_by: Option<String>,
    /// The team that answers for it.
    pub owner: Option<String>,
    /// Who pays for it.
    pub budget_owner: Option<String>,
    /// When its security was reviewed; null where no day is stated, or one that has not come yet.
    #[schemars(extend("format" = "date"))]
    pub security_review: Option<String>,
    /// The review of its vendor.
    pub vendor_review: VendorReview,
    /// Renewal and cost, as far as stated.
    pub contract: Contract,
    /// What its output must come up to.
    pub quality_standard: Option<String>,
    /// Whether its output can be held to a standard: content, what a model makes, or scores.
    pub output_to_check: bool,
    /// Whether a person reviews what leaves it.
    pub human_review: HumanReview,
    /// What there is to fall back on.
    pub fallback: Fallback,
    /// The processes that stop without it.
    pub breaks: Vec<Arc<str>>,
    /// The processes that then run only with standby flows.
    pub degrades: Vec<Arc<str>>,
    /// How many entries are left out of the lists of this tool, by key. Only of stacks in which so much hangs on the tools that
    /// the report would grow with the square of the stack: lists are then cut to the same length.
    #[serde(skip_serializing_if = "LeftOut::is_empty")]
    #[schemars(with = "Option<std::collections::BTreeMap<String, usize>>")]
    pub left_out: LeftOut,
}

/// The review of a vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VendorReview {
    /// Date of the last review; null where none is stated.
    #[schemars(extend("format" = "date"))]
    pub last: Option<String>,
    /// The last day on which the next one is in time.
    #[schemars(extend("format" = "date"))]
    pub due: Option<String>,
    /// Whether it is overdue; null where the file names no day to count from.
    pub overdue: Option<bool>,
}

/// Renewal and yearly cost of a tool.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Contract {
    /// The day of renewal, `2026-11-21`.
    #[schemars(extend("format" = "date"))]
    pub renews: Option<String>,
    /// What it costs a year.
    pub cost: Option<Range>,
}

/// Flows out of a tool, with a review and without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HumanReview {
    /// Those on which a person reviews what it made, by id.
    pub reviewed: Vec<String>,
    /// Those without a review, by id.
    pub unreviewed: Vec<String>,
}

/// What there is to fall back on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fallback {
    /// What to do while the tool is down.
    pub runbook: Option<String>,
    /// Standby flows that do without the tool, by id.
    pub standby_flows: Vec<String>,
    /// What is made meanwhile at the systems to which the tool brings it.
    pub standby_makes: Vec<Made>,
}

/// A data object that a system makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Made {
    /// Id of the data object.
    pub data: String,
    /// Id of the system.
    pub at: String,
}

/// The register of `analysis`: every AI tool, planned and retired ones too, by id.
#[must_use]
pub fn register(analysis: &Analysis<'_>) -> Vec<Row> {
    register_to(analysis, Extent::Told)
}

/// The lists of a tool that can be as long as the stack, with their lengths.
const LISTS: &Lists<register::Row> = &[
    ("depends_on", |row| row.underlying.len()),
    ("depends_on_any", |row| row.alternatives.len()),
    ("underlying_vendors", |row| row.underlying_vendors.len()),
    ("standby_flows", |row| row.fallback.standby_flows.len()),
    ("standby_makes", |row| row.fallback.standby_makes.len()),
    ("breaks", |row| row.harm.down.len()),
    ("degrades", |row| row.harm.degraded.len()),
];

pub(super) fn register_to(analysis: &Analysis<'_>, extent: Extent) -> Vec<Row> {
    let stack = analysis.stack;
    let processes = ProcessIds::of(stack);
    let flows = |flows: &[FlowIx]| flows.iter().map(|ix| stack.flow(*ix).id.to_string()).collect();
    let made = |fact: &Fact| Made {
        data: stack.data_object(fact.data).id.to_string(),
        at: stack.system(fact.at).id.to_string(),
    };
    let all = register::register(analysis, &harm_of(analysis));
    let levels = Levels::of(all.iter(), LISTS, extent);
    let row = |row: register::Row| {
        let mut cut = levels.row();
        let ids = |systems: &[SystemIx]| systems.iter().map(|ix| stack.system(*ix).id.to_string()).collect();
        Row {
            system: stack.system(row.system).id.to_string(),
            vendor: row.vendor,
            depends_on: ids(cut.cut("depends_on", &row.underlying)),
            depends_on_any: cut.cut("depends_on_any", &row.alternatives).iter().map(|any| ids(any)).collect(),
            underlying_vendors: cut.cut("underlying_vendors", &row.underlying_vendors).to_vec(),
            status: row.status.as_str(),
            ends: row.ends.map(|day| day.to_string()),
            replaced_by: row.replaced_by.map(|ix| stack.system(ix).id.to_string()),
            owner: row.owner.map(|ix| stack.team(ix).id.to_string()),
            budget_owner: row.budget_owner,
            security_review: row.security_review.map(|date| date.to_string()),
            vendor_review: VendorReview {
                last: row.vendor_review.last.map(|date| date.to_string()),
                due: row.vendor_review.due.map(|date| date.to_string()),
                overdue: row.vendor_review.is_overdue,
            },
            contract: Contract { renews: row.renews.map(|date| date.to_string()), cost: row.cost.map(Range::from) },
            output_to_check: row.has_output_to_check,
            quality_standard: row.quality_standard,
            human_review: HumanReview {
                reviewed: flows(&row.reviewed_flows),
                unreviewed: flows(&row.unreviewed_flows),
            },
            fallback: Fallback {
                runbook: row.fallback.runbook,
                standby_flows: flows(cut.cut("standby_flows", &row.fallback.standby_flows)),
                standby_makes: cut.cut("standby_makes", &row.fallback.standby_makes).iter().map(made).collect(),
            },
            breaks: processes.list(cut.cut("breaks", &row.harm.down)),
            degrades: processes.list(cut.cut("degrades", &row.harm.degraded)),
            left_out: cut.left_out,
        }
    };
    all.into_iter().map(row).collect()
}
