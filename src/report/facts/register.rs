//! The AI register: who sells each AI tool, who answers for it, what was reviewed, and what breaks without it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::words::grouped;
use crate::analysis::{Analysis, register};
use crate::model::FlowIx;
use crate::report::facts::Range;
use crate::report::facts::StackOverview;
use crate::report::facts::harm::{ProcessIds, harm_line, harm_of};
use crate::report::facts::ledger::or_nobody;
use crate::report::say::document::{Block, Column, Line, Look, Table};

/// One AI tool.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "AiTool")]
pub struct Row {
    /// The tool.
    pub system: String,
    /// Who sells it.
    pub vendor: Option<String>,
    /// The systems that it stands on, by itself or through others, by id.
    pub depends_on: Vec<String>,
    /// Who sells those, each once, by name.
    pub underlying_vendors: Vec<String>,
    /// How far its use has come.
    pub status: &'static str,
    /// The team that answers for it.
    pub owner: Option<String>,
    /// Who pays for it.
    pub budget_owner: Option<String>,
    /// When its security was reviewed; null where it was not, or not yet.
    #[schemars(extend("format" = "date"))]
    pub security_review: Option<String>,
    /// The review of its vendor.
    pub vendor_review: VendorReview,
    /// Its contract.
    pub contract: Contract,
    /// What its output must come up to.
    pub quality_standard: Option<String>,
    /// Whether a person reviews what leaves it.
    pub human_review: HumanReview,
    /// What there is to fall back on.
    pub fallback: Fallback,
    /// The processes that stop without it.
    pub breaks: Vec<Arc<str>>,
    /// The processes that then run only with standby flows.
    pub degrades: Vec<Arc<str>>,
}

/// The review of a vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VendorReview {
    /// The last one.
    #[schemars(extend("format" = "date"))]
    pub last: Option<String>,
    /// The last day on which the next one is in time.
    #[schemars(extend("format" = "date"))]
    pub due: Option<String>,
    /// Whether it is overdue; null where the file names no day to count from.
    pub overdue: Option<bool>,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Contract {
    /// When it renews.
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
}

/// The register of `analysis`: every AI tool, retired ones too, by id.
#[must_use]
pub fn register(analysis: &Analysis<'_>) -> Vec<Row> {
    let stack = analysis.stack;
    let processes = ProcessIds::of(stack);
    let flows = |flows: Vec<FlowIx>| flows.into_iter().map(|ix| stack.flow(ix).id.to_string()).collect();
    let row = |row: register::Row| {
        let mut vendors: Vec<String> = row.underlying.iter().filter_map(|under| under.vendor.clone()).collect();
        vendors.sort_unstable();
        vendors.dedup();
        Row {
            system: stack.system(row.system).id.to_string(),
            vendor: row.vendor,
            depends_on: row.underlying.iter().map(|under| stack.system(under.system).id.to_string()).collect(),
            underlying_vendors: vendors,
            status: row.status.as_str(),
            owner: row.owner.map(|ix| stack.team(ix).id.to_string()),
            budget_owner: row.budget_owner,
            security_review: row.security_review.map(|date| date.to_string()),
            vendor_review: VendorReview {
                last: row.vendor_review.last.map(|date| date.to_string()),
                due: row.vendor_review.due.map(|date| date.to_string()),
                overdue: row.vendor_review.is_overdue,
            },
            contract: Contract { renews: row.renews.map(|date| date.to_string()), cost: row.cost.map(Range::from) },
            quality_standard: row.quality_standard,
            human_review: HumanReview { reviewed: flows(row.reviewed_flows), unreviewed: flows(row.unreviewed_flows) },
            fallback: Fallback { runbook: row.fallback.runbook, standby_flows: flows(row.fallback.standby_flows) },
            breaks: processes.list(&row.harm.down),
            degrades: processes.list(&row.harm.degraded),
        }
    };
    register::register(analysis, &harm_of(analysis)).into_iter().map(row).collect()
}

/// Two tables: who answers for each tool, and what was settled about it. Nothing where there is no AI tool.
#[must_use]
pub fn blocks(stack: &StackOverview, rows: &[Row]) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Line::of("AI register"))];
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Line::of("No AI tool is named.")));
        return blocks;
    }
    let cost = match &stack.currency {
        Some(currency) => format!("{currency} a year"),
        None => "cost a year".to_owned(),
    };
    let mut who = Table::new([
        Column::text("AI tool"),
        Column::text("status"),
        Column::text("vendor"),
        Column::text("stands on"),
        Column::text("owner"),
        Column::text("budget owner"),
        Column::text("renews"),
        Column::number(cost),
    ]);
    let mut what = Table::new(
        ["AI tool", "security review", "vendor review", "quality standard", "human review", "fallback", "without it"]
            .map(Column::text),
    );
    for row in rows {
        who.push([
            Line::of(stack.names.system(&row.system)),
            Line::of(row.status),
            Line::of(row.vendor.as_deref().unwrap_or("?")),
            Line::of(stands_on(stack, row)),
            or_nobody(row.owner.as_deref().map(|owner| stack.names.team(owner))),
            or_nobody(row.budget_owner.as_deref()),
            Line::of(row.contract.renews.as_deref().unwrap_or("?")),
            Line::of(row.contract.cost.map_or("?".into(), |cost| grouped(cost.likely.get()))),
        ]);
        what.push([
            Line::of(stack.names.system(&row.system)),
            or_none(row.security_review.as_deref()),
            vendor_review(&row.vendor_review),
            or_none(row.quality_standard.as_deref()),
            human_review(&row.human_review),
            fallback(stack, &row.fallback),
            harm_line(stack, &row.breaks, &row.degrades),
        ]);
    }
    blocks.extend([Block::Table(who), Block::Table(what)]);
    blocks
}

/// `OpenAI API (OpenAI)`, or the vendors after all systems where there are several.
fn stands_on(stack: &StackOverview, row: &Row) -> String {
    let systems = stack.names.components_of(&row.depends_on).join(", ");
    match row.underlying_vendors.as_slice() {
        [] => systems,
        vendors => format!("{systems} ({})", vendors.join(", ")),
    }
}

fn or_none(text: Option<&str>) -> Line {
    match text {
        Some(text) => Line::of(text),
        None => Line::looking(Look::Muted, "none"),
    }
}

fn vendor_review(review: &VendorReview) -> Line {
    let last = review.last.as_deref();
    match (review.overdue, &review.due, last) {
        (Some(true), Some(due), _) => Line::looking(Look::Medium, format!("overdue since {due}")),
        (Some(true), None, _) => Line::looking(Look::Medium, "overdue: never done"),
        (_, Some(due), Some(last)) => Line::of(format!("{last}, next by {due}")),
        _ => or_none(last),
    }
}

fn human_review(review: &HumanReview) -> Line {
    let (reviewed, all) = (review.reviewed.len(), review.reviewed.len() + review.unreviewed.len());
    match (reviewed, all) {
        (_, 0) => Line::looking(Look::Muted, "nothing leaves it"),
        (0, _) => Line::looking(Look::Muted, "none"),
        (some, all) if some == all => Line::of("on every flow"),
        (some, all) => Line::of(format!("on {some} of {all} flows")),
    }
}

fn fallback(stack: &StackOverview, fallback: &Fallback) -> Line {
    let mut parts: Vec<String> = fallback.runbook.iter().cloned().collect();
    parts.extend(fallback.standby_flows.iter().map(|flow| format!("standby {}", stack.names.component(flow))));
    if parts.is_empty() { Line::looking(Look::Muted, "none") } else { Line::of(parts.join("; ")) }
}
