//! What would these edits change?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::edits::Edits;
use super::{Tool, arguments, input};
use crate::analysis::Analysis;
use crate::ask;
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::in_schema;
use crate::mcp::trouble::Trouble;
use crate::plan::scenario::keep_assumed_origins;
use crate::report::diff::Diff;
use crate::report::schema::diff_schema;
use crate::report::story::changes;

pub(super) const TOOL: Tool = Tool {
    name: "what_if",
    title: "What would edits change",
    about: "What edits of a stack would change: findings fixed and new, hours and cost of handoffs, maturity stage, single points of \
            failure, and every other figure with the edit that moves it. Nothing is written. `compare` plans each of several sets of edits.",
    input: input::<Asked>,
    answer: || in_schema(diff_schema()),
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// What to change. Entries go by id, or by a name that fits one alone.
    edits: Edits,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let (at, opened) = desk.open(asked.stack.as_deref())?;
    let mut then = asked.edits.made(desk, (at, &opened), ("edits", None))?;
    let analysis = Analysis::of(&opened.stack);
    keep_assumed_origins(&analysis, &mut then.stack);
    let diff = Diff::of((&opened.stack, &opened.source), (&then.stack, &then.source));
    let findings = analysis.findings();
    let answer = Answer::of(json_of(&diff), changes(&diff)).about(desk.shelved(at), &opened);
    Ok(answer.resting(&analysis, &findings, &ask::handoffs(&analysis, &findings)))
}
