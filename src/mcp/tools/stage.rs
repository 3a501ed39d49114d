//! Where does the stack stand, and what holds it there?

use serde_json::{Map, Value};

use super::{OfStack, Tool, arguments, input, reported};
use crate::ask;
use crate::mcp::answer::Answer;
use crate::mcp::desk::Desk;
use crate::mcp::schema::of_report;
use crate::mcp::trouble::Trouble;

pub(super) const TOOL: Tool = Tool {
    name: "stage",
    title: "Show the maturity stage",
    about: "The maturity stage, 1 (ad hoc) to 5 (AI-native), each criterion with evidence, and what blocks the next stage. A \
            criterion that is not known never counts as met.",
    input: input::<OfStack>,
    answer: || of_report(&["stage"]),
    is_of_stack: true,
    run,
};

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let OfStack { stack } = arguments(TOOL.name, given)?;
    reported(desk, stack.as_deref(), |_, analysis, findings| Ok(ask::stage(analysis, findings)))
}
