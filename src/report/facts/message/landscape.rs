//! What the stack as it is comes to: AI tools whose output people carry on, and how many flows are manual.

use super::Message;
use super::choice::Statement;
use super::known::known_hours;
use crate::analysis::Analysis;
use crate::analysis::words::{capital, counted, spelled, spelled_of};
use crate::model::SystemIx;

/// How much the manual flows say beside what AI tools say: these are named where it is more than half of them.
const PLAIN: f64 = 0.5;

/// How much of the stack of `analysis` is done by hand.
#[must_use]
pub(in crate::report::facts) fn landscape(analysis: &Analysis<'_>) -> Message {
    let mut statements = vec![manual_flows(analysis)];
    statements.extend(ai_tools(analysis));
    Message::of(statements)
}

/// `Twelve of 24 flows are manual: 1,893 hours a year`.
fn manual_flows(analysis: &Analysis<'_>) -> Statement {
    let stack = analysis.stack;
    let (systems, flows) = (stack.live_systems().count(), stack.live_flows().count());
    let manual = analysis.handoffs().steps.len();
    let of_all = format!("{} of {}", spelled(manual), spelled_of(flows, "flow", "flows"));
    let said =
        |text: String| Statement { text: capital(&text), share: PLAIN, taken: 0.0, names: 1.0, about: Vec::new() };
    let subject = match (systems, flows, manual) {
        (0, _, _) => return said("no live systems in this stack".to_owned()),
        (_, 0, _) => return said(format!("{}, no flows between them", counted(systems, "system", "systems"))),
        (_, 1, 0) => return said("the one flow is not manual".to_owned()),
        (_, _, 0) => return said(format!("none of {} flows is manual", spelled(flows))),
        (_, 1, 1) => "the one flow is manual".to_owned(),
        (_, _, 1) => format!("{of_all} is manual"),
        (_, 2, 2) => "both flows are manual".to_owned(),
        (_, all, n) if all == n => format!("all {} flows are manual", spelled(n)),
        _ => format!("{of_all} are manual"),
    };
    said(match known_hours(analysis) {
        None => format!("{subject}, hours not known"),
        Some((hours, missing)) => format!("{subject}: {hours}{missing}"),
    })
}

/// `Five of six AI tools with output pass it on by hand`: tools with a manual flow out of them, of those with any flow out.
fn ai_tools(analysis: &Analysis<'_>) -> Option<Statement> {
    let stack = analysis.stack;
    let has_flow = |tool: &SystemIx| stack.live_flows().any(|(_, flow)| flow.from == *tool);
    let tools: Vec<SystemIx> =
        stack.live_systems().filter(|(_, system)| system.is_ai()).map(|(ix, _)| ix).filter(has_flow).collect();
    let is_by_hand =
        |tool: &&SystemIx| analysis.handoffs().steps.iter().any(|(flow, _)| stack.flow(*flow).from == **tool);
    let by_hand: Vec<SystemIx> = tools.iter().filter(is_by_hand).copied().collect();
    if by_hand.len() < 2 {
        return None;
    }
    let of = match by_hand.len() == tools.len() {
        true if tools.len() == 2 => "both AI tools with output".to_owned(),
        true => format!("all {} AI tools with output", spelled(tools.len())),
        false => format!("{} of {} AI tools with output", spelled(by_hand.len()), spelled(tools.len())),
    };
    Some(Statement {
        text: capital(&format!("{of} pass it on by hand")),
        share: by_hand.len() as f64 / tools.len() as f64,
        taken: 0.0,
        names: 1.0,
        about: by_hand.iter().map(|ix| stack.system(*ix).id.to_string()).collect(),
    })
}
