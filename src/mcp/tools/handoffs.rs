//! What is carried by hand, for how many hours and at what cost?

use serde_json::{Map, Value};

use super::{OfStack, Tool, arguments, input, reported};
use crate::ask;
use crate::mcp::answer::Answer;
use crate::mcp::desk::Desk;
use crate::mcp::schema::of_report;
use crate::mcp::trouble::Trouble;

pub(super) const TOOL: Tool = Tool {
    name: "handoffs",
    title: "List the manual handoffs",
    about: "What people carry by hand from system to system, most expensive first: chains with hours and cost a year, error \
            hours, who performs them, and the totals. Null is not known.",
    input: input::<OfStack>,
    answer: || of_report(&["handoffs", "handoff_totals"]),
    is_of_stack: true,
    run,
};

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let OfStack { stack } = arguments(TOOL.name, given)?;
    reported(desk, stack.as_deref(), |_, analysis, findings| Ok(ask::handoffs(analysis, findings)))
}
