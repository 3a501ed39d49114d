//! Handoff chains with their hours and cost.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::handoffs::Effort;
use crate::analysis::words::{counted, grouped};
use crate::analysis::{Analysis, Chain};
use crate::model::FlowIx;
use crate::report::facts::Range;
use crate::report::facts::StackOverview;
use crate::report::say::document::{Block, Column, Line, Table};

/// One data object carried from system to system over relays, at least once by hand.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Handoff {
    /// The ids of its steps joined by `+`, then `:` and the data object.
    pub id: String,
    /// The data object.
    pub data: String,
    /// The system where it begins.
    pub from: String,
    /// The system where it ends.
    pub to: String,
    /// Its flows in order, automated ones included.
    pub steps: Vec<String>,
    /// Whether what is carried comes unchanged from an AI tool.
    pub ai_output: bool,
    /// Hours of work a year for the runs; null where a manual step has no figures.
    pub hours: Option<Range>,
    /// Hours a year to mend what went wrong.
    pub error_hours: Option<Range>,
    /// What both cost a year.
    pub cost: Option<Range>,
    /// The teams that perform its manual steps, where that is said.
    pub performers: Vec<String>,
}

/// All handoffs together; a step of several chains is counted once.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HandoffTotals {
    /// Hours of work a year for the runs of all steps that have figures.
    pub hours: Range,
    /// Hours a year to mend what went wrong.
    pub error_hours: Range,
    /// What both cost a year.
    pub cost: Range,
    /// The chains without figures, by id; the totals hold those of their steps that have some.
    pub unknown: Vec<String>,
    /// What the totals add up: manual flows in regular use, by likely cost descending (unknown last), then id.
    pub steps: Vec<Step>,
}

/// One manual flow, whatever it carries.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "HandoffStep")]
pub struct Step {
    /// The flow.
    pub flow: String,
    /// The team that performs it; null where that is not said.
    pub performer: Option<String>,
    /// What an hour of it costs; null where no rate is known.
    pub rate: Option<Range>,
    /// Whether that is the rate of the team and not of the stack.
    pub has_own_rate: bool,
    /// Hours of work a year for the runs; null where it has no figures.
    pub hours: Option<Range>,
    /// Hours a year of rework.
    pub error_hours: Option<Range>,
    /// What both cost a year.
    pub cost: Option<Range>,
}

/// The handoff chains of `analysis`, in its order.
#[must_use]
pub fn handoffs(analysis: &Analysis<'_>) -> Vec<Handoff> {
    analysis.handoffs.chains.iter().map(|chain| handoff(analysis, chain)).collect()
}

fn handoff(analysis: &Analysis<'_>, chain: &Chain) -> Handoff {
    let stack = analysis.stack;
    Handoff {
        id: chain.id.clone(),
        data: stack.data_object(chain.data).id.to_string(),
        from: stack.system(chain.from).id.to_string(),
        to: stack.system(chain.to).id.to_string(),
        steps: chain.steps.iter().map(|ix| stack.flow(*ix).id.to_string()).collect(),
        ai_output: chain.is_ai_output,
        hours: chain.effort.map(|effort| effort.hours.into()),
        error_hours: chain.effort.map(|effort| effort.error_hours.into()),
        cost: chain.effort.map(|effort| effort.cost.into()),
        performers: chain.performers.iter().map(|ix| stack.team(*ix).id.to_string()).collect(),
    }
}

impl HandoffTotals {
    /// The totals of `analysis`.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>) -> Self {
        let handoffs = &analysis.handoffs;
        Self {
            hours: handoffs.total.hours.into(),
            error_hours: handoffs.total.error_hours.into(),
            cost: handoffs.total.cost.into(),
            unknown: handoffs.unknown.clone(),
            steps: steps(analysis),
        }
    }
}

fn steps(analysis: &Analysis<'_>) -> Vec<Step> {
    let stack = analysis.stack;
    let step = |(ix, effort): &(FlowIx, Option<Effort>)| {
        let flow = stack.flow(*ix);
        let team = flow.performer.map(|ix| stack.team(ix));
        Step {
            flow: flow.id.to_string(),
            performer: team.map(|team| team.id.to_string()),
            rate: stack.rate(flow.performer).map(Range::from),
            has_own_rate: team.is_some_and(|team| team.hourly_rate.is_some()),
            hours: effort.map(|effort| effort.hours.into()),
            error_hours: effort.map(|effort| effort.error_hours.into()),
            cost: effort.map(|effort| effort.cost.into()),
        }
    };
    let mut steps: Vec<Step> = analysis.handoffs.steps.iter().map(step).collect();
    let likely = |step: &Step| step.cost.map(|cost| cost.likely.get());
    steps.sort_by(|a, b| {
        let cost = likely(b).partial_cmp(&likely(a)).unwrap_or(std::cmp::Ordering::Equal);
        cost.then_with(|| a.flow.cmp(&b.flow))
    });
    steps
}

/// The chains as a table, with the totals below.
#[must_use]
pub fn blocks(stack: &StackOverview, handoffs: &[Handoff], totals: Option<&HandoffTotals>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Line::of("Handoffs"))];
    if handoffs.is_empty() {
        blocks.push(Block::Paragraph(Line::of("Nothing is carried by hand.")));
        return blocks;
    }
    let cost = match &stack.currency {
        Some(currency) => format!("{currency} a year"),
        None => "cost a year".into(),
    };
    let columns = [
        Column::text("from"),
        Column::text("to"),
        Column::text("data"),
        Column::text("AI"),
        Column::text("by"),
        Column::number("hours"),
        Column::number("to mend"),
        Column::number(cost),
        Column::number("low to high"),
    ];
    let mut table = Table::new(columns);
    for handoff in handoffs {
        table.push([
            Line::of(stack.names.system(&handoff.from)),
            Line::of(stack.names.system(&handoff.to)),
            Line::of(stack.names.data(&handoff.data)),
            Line::of(if handoff.ai_output { "yes" } else { "" }),
            Line::of(stack.names.teams_of(&handoff.performers).join(", ")),
            amount(handoff.hours),
            amount(handoff.error_hours),
            amount(handoff.cost),
            spread(handoff.cost),
        ]);
    }
    if let Some(totals) = totals {
        let mut row = vec![Line::strong("all steps")];
        row.resize(5, Line::default());
        row.extend([totals.hours, totals.error_hours, totals.cost].map(|range| amount(Some(range))));
        row.push(spread(Some(totals.cost)));
        table.push(row);
    }
    blocks.push(Block::Table(table));
    if let Some(totals) = totals.filter(|totals| !totals.unknown.is_empty()) {
        let chains = counted(totals.unknown.len(), "chain has", "chains have");
        let words = format!("{chains} no figures (runs and minutes) and so no hours or cost: ");
        let mut line = Line::of(words);
        for (at, id) in totals.unknown.iter().take(SHOWN).enumerate() {
            line = if at > 0 { line.and(", ") } else { line }.and_code(id);
        }
        let more = totals.unknown.len().saturating_sub(SHOWN);
        blocks.push(Block::Paragraph(if more > 0 { line.and(format!(" and {more} more")) } else { line }));
    }
    blocks
}

/// How many chains without figures are named before the rest is counted.
const SHOWN: usize = 10;

/// The likely value; `?` where not known.
fn amount(range: Option<Range>) -> Line {
    Line::of(range.map_or("?".into(), |range| short(range.likely.get())))
}

/// `100 to 160` where the ends differ.
fn spread(range: Option<Range>) -> Line {
    let ends = range.map(|range| (short(range.low.get()), short(range.high.get())));
    ends.filter(|(low, high)| low != high)
        .map_or_else(Line::default, |(low, high)| Line::of(format!("{low} to {high}")))
}

/// Whole numbers from ten on, tenths below.
fn short(number: f64) -> String {
    if number == 0.0 || number.abs() >= 9.95 { grouped(number) } else { format!("{number:.1}") }
}
